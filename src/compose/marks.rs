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

use std::collections::HashSet;

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

/// Where the last pages have their marks if they have nothing to read, such as a number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silent {
    /// After the last of the words.
    AtTheEnd,
    /// With the page before them: on paper, a mark at the end would announce nothing, and may take a page
    /// for itself.
    WithTheLast,
}

/// Puts a mark into a part for each page, in their order. `says` is what a mark prints: "Standard
/// page {page}", and where several begin at one place "Standard pages {first} to {last}".
pub fn mark(part: &mut Part, pages: &[StandardPage], says: [&str; 2], silent: Silent) {
    let mut reading = Walk::default();
    reading.part(&mut part.clone());
    let words: Vec<Vec<u64>> = pages.iter().map(|page| words(&page.words)).collect();
    let mut starts = places(&reading.words.tokens, &words);
    if silent == Silent::WithTheLast {
        join_last(&mut starts, pages, reading.words.tokens.len());
    }
    let labels = pages.iter().map(|page| page.label.clone());
    Walk::writing(starts.into_iter().zip(labels).collect(), says).part(part);
}

/// Lets the last pages begin with the page before them if they have nothing to read.
fn join_last(starts: &mut [usize], pages: &[StandardPage], end: usize) {
    let says = |page: &StandardPage| {
        let words = &page.words;
        words.contains(|c: char| c.is_alphabetic() || c == PICTURE)
    };
    let worded = pages.iter().rposition(says).map_or(0, |last| last + 1);
    let mut before = starts[..worded].iter().copied();
    if let Some(before) = before.rfind(|start| *start < end) {
        for start in starts[worded..].iter_mut().filter(|start| **start >= end) {
            *start = before;
        }
    }
}

/// Whether a part says what stands on these pages, so that the places of their beginnings in it can be
/// told: at least half of their pairs of neighbouring words are in it. A translation, a summary or the
/// description of a plan has far fewer.
pub(super) fn says(part: &Part, pages: &[String]) -> bool {
    let mut reading = Walk::default();
    reading.part(&mut part.clone());
    let tokens = &reading.words.tokens;
    let here: HashSet<(u64, u64)> = tokens
        .windows(2)
        .map(|pair| (pair[0].word, pair[1].word))
        .collect();
    let (mut all, mut found) = (0, 0);
    for page in pages {
        for pair in words(page).windows(2) {
            all += 1;
            found += usize::from(here.contains(&(pair[0], pair[1])));
        }
    }
    all > 0 && found * 2 >= all
}

#[cfg(test)]
mod tests;
