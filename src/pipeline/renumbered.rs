//! Numbers that were published keep meaning the same pages: what members have annotated, and what
//! minutes cite, must not move.

use super::error::Moved;
use super::numbering::Numbered;
use crate::model::Record;

/// Holds the numbers of an edition to those that were published. An edition that is not the one
/// that was recorded has other leaves, and only what it shares with that one is looked at.
///
/// # Errors
/// When a document that was published would be on other pages.
pub(super) fn hold(
    record: &Record,
    numbered: &Numbered,
    is_recorded: bool,
) -> Result<(), Vec<Moved>> {
    let moved: Vec<Moved> = record
        .whole
        .documents
        .iter()
        .filter_map(|document| {
            let section = numbered
                .map
                .sections
                .iter()
                .find(|section| section.key == document.key);
            let now = section.and_then(|section| {
                let (first, last) = section.taken()?;
                Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
            });
            let published = (document.first, document.last);
            let stays = now == Some(published) || (now.is_none() && !is_recorded);
            (!stays).then(|| Moved {
                title: document.title.clone(),
                published,
                now,
            })
        })
        .collect();
    if moved.is_empty() { Ok(()) } else { Err(moved) }
}
