//! What has changed in a meeting since it was published, as far as the public may know: items,
//! papers, and the words of papers, one by one.
//!
//! The words are kept beside the record, in `published.txt`, as the public's edition had them. They
//! are compared with those of the public's edition now, so that nothing exempt is on either side.

use std::fmt::Write as _;

use super::reworded::{of_words, on_pages, words};
use super::session::{Session, SessionError};
use crate::compose::issued;
use crate::edition::{Edition, WithheldPages};
use crate::model::{Audience, Document, Item, Meeting, PublishedWords, Record};

/// What has changed of a published pack, as lines of text; `None` where nothing has.
///
/// # Errors
/// Where the pack could not be read, or has not been published.
pub fn difference(pack: &Session) -> Result<Option<String>, SessionError> {
    let meeting = pack.loaded.meeting.as_ref().ok_or(SessionError::NotRead)?;
    let record = meeting.record.as_ref();
    let record = record.ok_or_else(|| SessionError::NotPublished(pack.name.clone()))?;
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let before = record.words.as_ref();
    let now = before.map(|_| words(meeting));
    let mut text = String::new();
    for item in edition.meeting().items() {
        let mut told = of_item(pack, record, item, before.zip(now.as_ref()));
        for page in pack
            .reworded
            .iter()
            .filter(|page| issued::is_of(&page.key, item))
        {
            let _ = write!(
                told,
                "  {}: {}\n{}",
                page.title,
                if page.is_state {
                    "something else becomes of it"
                } else {
                    "no longer says what was published"
                },
                page.changes
            );
        }
        if !told.is_empty() {
            let title = item.title.trim();
            let title = if title.is_empty() {
                "Not for publication"
            } else {
                title
            };
            let _ = writeln!(text, "Item {} {title}\n{told}", item.number.value);
        }
    }
    for gone in record.issues().flat_map(|issued| &issued.items) {
        if !meeting.items().any(|item| item.number.value == *gone) {
            let _ = writeln!(text, "Item {gone} is no longer on the agenda");
        }
    }
    if hidden_changes(pack, meeting, record) {
        text.push_str("Papers that are not public have changed too\n");
    }
    Ok((!text.is_empty()).then_some(text))
}

/// Whether anything has changed that the public does not get.
fn hidden_changes(pack: &Session, meeting: &Meeting, record: &Record) -> bool {
    meeting.documents().iter().any(|standing| {
        let (key, source) = match standing.document {
            Document::Paper(paper) => (&paper.key, &paper.source),
            Document::Appendix(appendix) => (&appendix.key, &appendix.source),
            Document::Item(_) => return false,
        };
        if standing.access.admits(Audience::Public) {
            return false;
        }
        // What was withdrawn has gone, whatever its file holds.
        let withdrawn = match standing.document {
            Document::Appendix(appendix) if appendix.withdrawn.is_some() => Some(&appendix.key),
            _ => standing
                .item
                .withdrawn
                .is_some()
                .then_some(&standing.item.key),
        };
        if let Some(withdrawn) = withdrawn {
            return record.has_document(key) && !record.has_withdrawn(withdrawn);
        }
        let now = source.as_ref().and_then(|source| pack.hash(source));
        now.as_deref() != record.latest_hash(key)
    })
}

/// What has changed of an item, a line each.
fn of_item(
    pack: &Session,
    record: &Record,
    item: &Item,
    words: Option<(&PublishedWords, &PublishedWords)>,
) -> String {
    let mut text = String::new();
    if !record.has_item(&item.number) {
        text.push_str("  new\n");
    }
    if let Some(reason) = item
        .withdrawn
        .as_ref()
        .filter(|_| !record.has_withdrawn(&item.key))
    {
        let _ = writeln!(text, "  withdrawn: {}", reason.trim());
    }
    let papers = item
        .papers
        .iter()
        .map(|paper| (&paper.key, paper.title.clone(), &paper.source, None));
    let appendices = item.all_appendices().map(|appendix| {
        let title = appendix.full_title();
        (
            &appendix.key,
            title,
            &appendix.source,
            appendix.withdrawn.as_ref(),
        )
    });
    for (key, title, source, withdrawn) in papers.chain(appendices) {
        let published = record.latest(key);
        let at = published.map(on_pages).unwrap_or_default();
        if let Some(reason) = withdrawn {
            if record.has_document(key) && !record.has_withdrawn(key) {
                let _ = writeln!(text, "  {title}{at}: withdrawn: {}", reason.trim());
            }
            continue;
        }
        let Some(source) = source else { continue };
        let hash = pack.hash(source);
        match record.latest_hash(key) {
            None => {
                let _ = writeln!(text, "  {title}: new");
            }
            Some(known) if hash.as_deref() != Some(known) => {
                let _ = writeln!(text, "  {title}{at}: changed");
                if let Some((before, now)) = words {
                    let nothing = Vec::new();
                    let before = before.0.get(key).unwrap_or(&nothing);
                    text.push_str(&of_words(before, now.0.get(key).unwrap_or(&nothing)));
                }
            }
            Some(_) => {}
        }
    }
    for gone in record.issues().flat_map(|issued| &issued.documents) {
        let is_own = gone.key.strip_prefix(&item.key);
        let is_own = is_own.is_some_and(|rest| rest.starts_with('-'));
        let is_here = item.papers.iter().any(|paper| paper.key == gone.key)
            || item
                .all_appendices()
                .any(|appendix| appendix.key == gone.key);
        let is_told = item.withheld.is_some() || item.withdrawn.is_some();
        if is_own && !is_here && !is_told && record.latest(&gone.key) == Some(gone) {
            let _ = writeln!(
                text,
                "  {}{}: no longer in the pack",
                gone.title,
                on_pages(gone)
            );
        }
    }
    text
}
