//! Numbers that were published keep meaning the same pages: what members have annotated, and what
//! minutes cite, must not move.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{BuildError, Moved};
use super::numbering::Numbered;
use crate::compose::issued::{self, Gone};
use crate::model::{Audience, Meeting, PageNumber, Record, Recorded};

/// Holds the numbers of an edition to those that were published. `meeting` is the meeting as the
/// edition has it.
///
/// # Errors
/// When a page that was published would have another number, or a number would mean two pages.
pub(super) fn hold(
    meeting: &Meeting,
    numbered: &Numbered,
    audience: Audience,
    renumber: bool,
) -> Result<(), BuildError> {
    let is_recorded = audience == Audience::Public;
    let Some(record) = &meeting.record else {
        return Ok(());
    };
    if meeting.consolidated {
        return whole(record, meeting, numbered, is_recorded);
    }
    if meeting.supplement.is_some() {
        return fresh(record, numbered);
    }
    if renumber {
        return Ok(());
    }
    let published = record.whole.documents.iter();
    let published = published.map(|document| (document.key.as_str(), document));
    moved(numbered, published, is_recorded).map_err(BuildError::Renumbered)
}

/// Holds each document to the numbers that it was published with. An edition that is not the one
/// that was recorded has other leaves, and only what it shares with that one is looked at.
fn moved<'a>(
    numbered: &Numbered,
    published: impl Iterator<Item = (&'a str, &'a Recorded)>,
    is_recorded: bool,
) -> Result<(), Vec<Moved>> {
    let moved: Vec<Moved> = published
        .filter_map(|(key, document)| {
            let now = numbered.taken_by(key);
            let published = document.pages;
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

/// Holds a pack of all issues to every number that was published: each is on one page, or in place of
/// one, or belonged to one issue and not to its items.
fn whole(
    record: &Record,
    meeting: &Meeting,
    numbered: &Numbered,
    is_recorded: bool,
) -> Result<(), BuildError> {
    let leaves: Vec<Gone<'_>> = meeting
        .items()
        .flat_map(|item| issued::gone(meeting, item))
        .collect();
    let of_items = |document: &&Recorded| !issued::is_around(&document.key);
    let published = record.issues().flat_map(|issued| &issued.documents);
    let published = published.filter(of_items).map(|document| {
        let mut leaves = leaves.iter();
        let leaf = leaves.find(|leaf| std::ptr::eq(leaf.recorded, document));
        (
            leaf.map_or(document.key.as_str(), |leaf| &leaf.key),
            document,
        )
    });
    moved(numbered, published, is_recorded).map_err(BuildError::Renumbered)?;
    once(numbered)
}

/// Holds a supplement to numbers that have not been published.
fn fresh(record: &Record, numbered: &Numbered) -> Result<(), BuildError> {
    let published: BTreeSet<PageNumber> = record.numbers().collect();
    let sections = numbered.map.sections.iter().enumerate();
    let taken = sections.filter_map(|(index, section)| Some((index, section.taken?)));
    for (index, number) in taken.flat_map(|(index, taken)| {
        let numbers = taken.numbers();
        numbers.map(move |number| (index, number))
    }) {
        if published.contains(&number) {
            let mut documents = record.issues().flat_map(|issued| &issued.documents);
            let document = documents.find(|document| document.pages.contains(number));
            let published = document.map_or_else(String::new, |document| document.title.clone());
            return Err(BuildError::Twice {
                number,
                titles: [published, numbered.title_of(index)],
            });
        }
    }
    once(numbered)
}

/// Holds an edition to numbers that are each on one page.
fn once(numbered: &Numbered) -> Result<(), BuildError> {
    let mut known: BTreeMap<PageNumber, usize> = BTreeMap::new();
    for entry in &numbered.map.pages {
        if let Some(number) = entry.number
            && let Some(other) = known.insert(number, entry.section)
        {
            return Err(BuildError::Twice {
                number,
                titles: [other, entry.section].map(|section| numbered.title_of(section)),
            });
        }
    }
    Ok(())
}
