//! Whether what was read can be relied on: all words of the pages, in an order that the pages
//! themselves bear out. Otherwise nothing is said.

use std::collections::HashSet;

use super::seen::{Chunk, Seen, Word};

/// A page with fewer words than this says nothing of its order.
const FEWEST: usize = 20;
/// So many words stand one after the other as they were painted, on the average of a page.
const RUN: f64 = 3.5;
/// Pages that are pictures, out of all.
const PICTURES: f64 = 0.34;

/// Whether the letters of the pages can be read at all.
pub(super) fn readable(pages: &[&Seen]) -> bool {
    let said = pages.iter().filter(|page| page.letters > 0).count();
    let pictured = pages
        .iter()
        .filter(|page| page.letters == 0 && !page.pictures.is_empty())
        .count();
    said > 0
        && pictured as f64 <= PICTURES * pages.len() as f64
        && pages.iter().all(|page| {
            page.whole
                && page.named.are_certain()
                // a page most of whose words are cut away may show them in a way not known here
                && page.unseen <= page.letters
                // words below a picture are what a machine made of a scan
                && page.unpainted <= page.letters / 10 + 20
        })
}

/// Whether the words of a page come out in an order that agrees with how they were painted, but
/// for pieces that stand elsewhere. `chunks` are all words, `read` those that were read, in order.
pub(super) fn in_order(chunks: &[Chunk], read: &[&Word]) -> bool {
    let mut painted: Vec<usize> = chunks
        .iter()
        .flat_map(|chunk| &chunk.words)
        .map(|word| word.order)
        .collect();
    painted.sort_unstable();
    let given: HashSet<usize> = read.iter().map(|word| word.order).collect();
    if given.len() != read.len() || given.len() != painted.len() {
        return false;
    }
    if painted.len() < FEWEST {
        return true;
    }
    let rank = |order: usize| painted.binary_search(&order).unwrap_or(usize::MAX);
    let breaks = read
        .windows(2)
        .filter(|pair| rank(pair[1].order) != rank(pair[0].order).wrapping_add(1))
        .count();
    read.len() as f64 / (breaks + 1) as f64 >= RUN
}
