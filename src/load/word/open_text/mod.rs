//! Texts of LibreOffice and its like (`.odt`), written again as a Word file is, so that one reader
//! reads both: its headings, lists, numbers, tables, notes, changes and pictures are found out in one
//! place.
//!
//! Nothing is decided here about what a reader of the page sees: tracked changes, comments and hidden
//! text are handed on as what they are.

mod story;
mod styles;
mod written;

use self::story::Story;
use self::styles::Styles;
use self::written::{OFFICE, lead};
use super::refusal;
use crate::load::disk::Refusal;
use crate::load::open_document as archive;
use crate::load::package::MOST_PART;
use crate::load::xml::{self, child};
use crate::load::zip::{Archive, Fault, packed};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// The most bytes of all pictures together that are looked at.
const MOST_PICTURES: usize = 256 << 20;

/// Whether an archive is a text of this kind.
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
    if story.length() > MOST_PART {
        return Err(damaged(Fault::TooLarge));
    }
    let made = story.finish();
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
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect();
    // Whether a picture is there is looked up in the file that it came in.
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
