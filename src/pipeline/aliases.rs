//! The second names of re-flowed pages: the pages of the standard edition that they hold.

use std::cmp::Ordering;

use crate::compose::large;
use crate::compose::words::Words;
use crate::typeset::Sheets;

/// For each page of a re-flowed part, the pages of the standard edition that it holds: "standard
/// page 39". Empty where no standard page is marked, as in the standard edition itself. `size` is
/// the size of the print, in points.
pub(super) fn aliases(sheets: &Sheets, size: f32, words: Words) -> Vec<Option<String>> {
    let prefix = large::standard_anchor("");
    let mut marks: Vec<(usize, f64, &str)> = sheets
        .anchors
        .iter()
        .filter_map(|anchor| {
            let label = anchor.name.strip_prefix(&prefix)?;
            Some((anchor.page, anchor.y, label))
        })
        .collect();
    marks.sort_by(|a, b| {
        (a.0, a.1)
            .partial_cmp(&(b.0, b.1))
            .unwrap_or(Ordering::Equal)
    });
    if marks.is_empty() {
        return Vec::new();
    }
    // As in the running head: a page begins inside a standard page unless the mark is the first
    // thing on it.
    let top = 20.0 * 72.0 / 25.4 + 3.0 * f64::from(size);
    (0..sheets.pages())
        .map(|page| {
            let on = marks.iter().filter(|mark| mark.0 == page);
            let before = marks.iter().rfind(|mark| mark.0 < page);
            let begun = on.clone().next().is_none_or(|mark| mark.1 > top);
            let held: Vec<&str> = before
                .filter(|_| begun)
                .into_iter()
                .chain(on)
                .map(|mark| mark.2)
                .collect();
            // A mark may itself stand for several pages: "39 to 41".
            let first = held.first()?.split(' ').next()?;
            let last = held.last()?.rsplit(' ').next()?;
            Some(words.on_standard_pages(first, last).to_lowercase())
        })
        .collect()
}
