//! Failed redactions and other things that a reader does not see and a machine reads.
//!
//! The page is followed mark by mark: what is painted over text later, what it stands on, and
//! whether it is on the page at all. Then come annotations, the file's own data and its earlier
//! versions. What a finding of this kind is worth, and what a clerk may do about it, is not known
//! here; nor can it be said whether somebody *meant* to hide what is hidden.

mod annotations;
mod document;
mod painted;

use lopdf::Document;
use rayon::prelude::*;

use super::content::Reader;
use super::pages;
use crate::model::{PageSelection, Suspect};

/// Pages that one reader takes in a row.
const PAGES_AT_A_TIME: usize = 16;
/// Suspects kept of one document.
const MOST_SUSPECTS: usize = 2_000;

/// What is suspect in the selected pages of a document and in the file as a whole, in the order of
/// the pages, the file's own last. `bytes` is the file itself, which shows its earlier versions;
/// empty where it is not at hand.
pub fn suspects(doc: &Document, bytes: &[u8], selection: &PageSelection) -> Vec<Suspect> {
    let pages = pages(doc);
    let selected = selection.indices(pages.len());
    let mut found: Vec<Suspect> = selected
        .par_chunks(PAGES_AT_A_TIME)
        .flat_map_iter(|chunk| {
            let mut reader = Reader::new(doc);
            let mut found = Vec::new();
            for &number in chunk {
                let Some(page) = pages.get(number) else {
                    continue;
                };
                let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
                let content = reader.page(page);
                let notes = annotations::read(doc, page);
                let over = annotations::painted(doc, &mut reader, page, &notes);
                found.extend(painted::suspects(&content, &over, page, number));
                found.extend(annotations::suspects(doc, &content, page, &notes, number));
            }
            found
        })
        .collect();
    found.extend(document::suspects(doc, bytes, &pages));
    found.truncate(MOST_SUSPECTS);
    found
}
