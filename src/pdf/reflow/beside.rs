//! Which tables of a page stand side by side.

use std::ops::Range;

use super::columns::{SLACK, Spot, Stretch, shared};

/// The most pieces on a page that are looked at.
const MOST_PIECES: usize = 200;

/// The tables in the groups that begin on one page each. One without words goes with those before
/// it.
pub(super) fn by_page(places: &[Spot]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut page = None;
    for (at, place) in places.iter().enumerate() {
        let on = place.pages().map(|(first, _)| first);
        match groups.last_mut() {
            Some(group) if on.is_none() || page.is_none() || on == page => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
        page = on.or(page);
    }
    groups
}

/// Whether two of some tables stand side by side.
pub(super) fn side_by_side(places: &[Spot]) -> bool {
    let run = Spot::main_run(places);
    let rects: Vec<Stretch> = places.iter().filter_map(|place| place.rect(run)).collect();
    let beside = |a: &Stretch, b: &Stretch| {
        let low = (a.down.1 - a.down.0).min(b.down.1 - b.down.0);
        shared(a.along, b.along) <= SLACK && shared(a.down, b.down) > low / 2.0
    };
    let found = |at: usize| rects[..at].iter().any(|a| beside(a, &rects[at]));
    rects.len() <= MOST_PIECES && (1..rects.len()).any(found)
}
