//! OpenDocument files (LibreOffice and others) as archives: the text, the styles, and whether there is a
//! password. This file does not know what the text says.

use super::package::{MOST_PART, decoded};
use super::xml::{Element, attribute};
use super::zip::{Archive, Fault};

/// The most blanks that one element stands for.
const MOST_BLANKS: usize = 1_000;

/// The parts of a file that are read.
pub(super) struct OpenDocument {
    /// `content.xml`.
    pub(super) content: String,
    /// `styles.xml`; empty where there is none.
    pub(super) styles: String,
}

/// Opens a file.
///
/// # Errors
/// When it is not such an archive, or needs a password.
pub(super) fn open(bytes: &[u8]) -> Result<OpenDocument, Fault> {
    let archive = Archive::open(bytes)?;
    let part = |name| {
        let bytes = archive.file(name, MOST_PART)?;
        Some(bytes.and_then(|bytes| decoded(bytes).ok_or(Fault::Damaged)))
    };
    let locked = part("META-INF/manifest.xml")
        .and_then(Result::ok)
        .is_some_and(|manifest| manifest.contains("encryption-data"));
    if locked || archive.has("encrypted-package") {
        return Err(Fault::Encrypted);
    }
    Ok(OpenDocument {
        content: part("content.xml").unwrap_or(Err(Fault::Damaged))?,
        styles: part("styles.xml").transpose()?.unwrap_or_default(),
    })
}

/// The words in an element as the page shows them, without comments and notes.
pub(super) fn words(node: Element<'_>) -> String {
    let mut said = String::new();
    gather(node, &mut said);
    said
}

fn gather(node: Element<'_>, said: &mut String) {
    for inner in node.children() {
        if let Some(text) = inner.text().filter(|_| inner.is_text()) {
            push(text, said);
        } else if inner.is_element() {
            match inner.tag_name().name() {
                "s" => said.push_str(&blanks(inner)),
                "tab" | "line-break" => said.push(' '),
                "annotation" | "note" | "frame" => {}
                _ => gather(inner, said),
            }
        }
    }
}

/// Adds text, with consecutive blanks as one.
pub(super) fn push(text: &str, said: &mut String) {
    for letter in text.chars() {
        if !matches!(letter, ' ' | '\t' | '\n' | '\r') {
            said.push(letter);
        } else if !said.ends_with(' ') {
            said.push(' ');
        }
    }
}

/// The blanks that an element stands for.
pub(super) fn blanks(node: Element<'_>) -> String {
    let count = attribute(node, "c").and_then(|count| count.parse::<usize>().ok());
    " ".repeat(count.unwrap_or(1).min(MOST_BLANKS))
}
