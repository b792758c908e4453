//! Failed redactions and other things that a reader does not see and a machine reads.
//!
//! The page is followed mark by mark: what is painted over text later, what it stands on, and
//! whether it is on the page at all. Then come annotations, the file's own data and its earlier
//! versions. What a finding of this kind is worth, and what a clerk may do about it, is not known
//! here; nor can it be said whether somebody *meant* to hide what is hidden.

mod annotations;
mod document;
mod painted;
mod scanned;

use lopdf::Document;

use super::Page;
use super::bulk::Bulk;
use super::content::{PageContent, Reader};
use crate::model::{PageSelection, Suspect};

/// What is suspect in the selected pages of a document and in the file as a whole, in the order of
/// the pages, the file's own last. `bytes` is the file itself, which shows its earlier versions;
/// empty where it is not at hand.
pub fn suspects(doc: &Document, bytes: &[u8], selection: &PageSelection) -> Vec<Suspect> {
    super::read(doc, bytes, &[], Some(selection)).suspects
}

/// What is suspect on a page, the page counted from 0.
pub(super) fn on_page<'a>(
    doc: &'a Document,
    bulk: &Bulk,
    reader: &mut Reader<'a>,
    content: &PageContent,
    page: &Page<'a>,
    number: usize,
) -> Vec<Suspect> {
    let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
    let notes = annotations::read(doc, page);
    let over = annotations::painted(doc, reader, page, &notes);
    let mut found = painted::suspects(content, &over, page, number);
    found.extend(scanned::suspects(doc, bulk, content, page, number));
    found.extend(annotations::suspects(doc, content, page, &notes, number));
    found
}

/// What is suspect in the file as a whole.
pub(super) fn in_file(doc: &Document, bytes: &[u8], pages: &[Page<'_>]) -> Vec<Suspect> {
    document::suspects(doc, bytes, pages)
}
