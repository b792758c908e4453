//! Where the pages of the standard edition begin in a part that is set otherwise: on the pages of
//! large print, or on the web page. Where page 39 of the standard pack begins there is a mark, in
//! the middle of a paragraph or between the rows of a table too, so that everyone in the room can
//! turn to the same page.
//!
//! A page is known by its words alone, whichever program set it. The marks are put where most words
//! come after the mark of their own page. Words on a page that are not the author's (list labels,
//! numbers of other pages, repeated header rows) say nothing about where a page begins, and words
//! that are on several pages say little.

mod walk;

use super::part::Part;
pub use crate::prose::page_starts::PICTURE;
use crate::prose::page_starts::{places, words};
use walk::Walk;

/// A page of the standard edition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardPage {
    /// What it is called: its printed number.
    pub label: String,
    /// The words on it, in their order as far as that can be told. A picture stands as
    /// [`PICTURE`]. A blank page has none.
    pub words: String,
}

/// Puts a mark into a part for each page, in their order. `says` is what a mark prints: "Standard
/// page {page}".
pub fn mark(part: &mut Part, pages: &[StandardPage], says: &str) {
    let mut reading = Walk::default();
    reading.part(&mut part.clone());
    let words: Vec<Vec<u64>> = pages.iter().map(|page| words(&page.words)).collect();
    let starts = places(&reading.words.tokens, &words);
    let labels = pages.iter().map(|page| page.label.clone());
    Walk::writing(starts.into_iter().zip(labels).collect(), says).part(part);
}

#[cfg(test)]
mod tests;
