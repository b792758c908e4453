//! Converts OpenDocument texts (`.odt`, from LibreOffice and others) to Word files, so that one
//! reader serves both.
//!
//! Nothing is decided here about what is on the page: tracked changes, comments and hidden text are
//! passed on as such.

mod drawn;
mod form;
mod margins;
mod story;
mod styles;
mod written;

use self::story::Story;
use self::styles::Styles;
use self::written::{OFFICE, lead};
use super::refusal;
use crate::load::disk::Refusal;
use crate::load::open_document as archive;
use crate::load::xml::{self, child};
use crate::load::zip::{Archive, Fault, packed};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// The most bytes that all pictures together may have.
const MOST_PICTURES: usize = 256 << 20;

/// Whether a file is an OpenDocument text.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let start = bytes.get(..200).unwrap_or(bytes);
    let kind = b"application/vnd.oasis.opendocument.text";
    bytes.starts_with(b"PK") && memchr::memmem::find(start, kind).is_some()
}

/// The text as a Word file.
///
/// # Errors
/// When it cannot be read.
pub(super) fn as_word(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let damaged = |fault| refusal::damaged(name, fault);
    let opened = archive::open(bytes).map_err(damaged)?;
    let content = xml::document(&opened.content).ok_or_else(|| damaged(Fault::Damaged))?;
    let common = xml::document(&opened.styles);
    let root = content.root_element();
    let body = child(root, "body")
        .and_then(|body| child(body, "text"))
        .ok_or_else(|| damaged(Fault::Damaged))?;
    let styles = Styles::read(common.as_ref().map(|common| common.root_element()), root);
    let mut story = Story::new(&styles);
    story.text(body);
    if story.is_full() {
        return Err(damaged(Fault::TooLarge));
    }
    let mut made = story.finish();
    made.leads
        .push(lead("margins", "header", "header1.xml", false));
    let margins = common.as_ref().map(|common| common.root_element());
    let margins = margins.map(margins::written).unwrap_or_default();
    let wrapped = |name: &str, inner: &str| {
        format!(
            r#"<w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}">{inner}</w:{name}>"#
        )
    };
    let mut parts: Vec<(String, Vec<u8>)> = [
        (
            "_rels/.rels",
            related(&[lead("main", "officeDocument", "word/document.xml", false)]),
        ),
        (
            "word/document.xml",
            wrapped("document", &format!("<w:body>{}</w:body>", made.body)),
        ),
        ("word/_rels/document.xml.rels", related(&made.leads)),
        ("word/_rels/footnotes.xml.rels", related(&made.leads)),
        ("word/styles.xml", wrapped("styles", &styles.written())),
        ("word/numbering.xml", wrapped("numbering", &made.numbering)),
        ("word/footnotes.xml", wrapped("footnotes", &made.footnotes)),
        ("word/comments.xml", wrapped("comments", &made.comments)),
        ("word/header1.xml", wrapped("hdr", &margins)),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect();
    let files = Archive::open(bytes).map_err(damaged)?;
    let mut left = MOST_PICTURES;
    for picture in &made.pictures {
        if let Some(Ok(bytes)) = files.file(picture, left) {
            left -= bytes.len();
            parts.push((picture.clone(), bytes));
        }
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    Ok(packed(&parts))
}

fn related(leads: &[String]) -> String {
    format!("<Relationships>{}</Relationships>", leads.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::codes;

    #[test]
    fn repeated_cells_are_bounded() {
        let cells = r#"<t:table-cell t:number-columns-repeated="200"/>"#.repeat(100);
        let row = format!(r#"<t:table-row t:number-rows-repeated="200">{cells}</t:table-row>"#);
        let content = format!(
            r#"<o:document-content xmlns:o="o" xmlns:t="t"><o:body><o:text><t:table>{row}</t:table></o:text></o:body></o:document-content>"#
        );
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let refusal = as_word("a.odt", &bytes).expect_err("too much text");
        assert_eq!(refusal.code, codes::FILE_TOO_LARGE);
    }
}
