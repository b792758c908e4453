//! What was built of a pack, as it is written down when it is issued.

use std::collections::BTreeMap;

use super::manifest::DocumentMap;
use super::session::{Session, SessionError};
use crate::edition::{Edition, WithheldPages};
use crate::model::{Audience, Date, Document, Issued, Meeting, Recorded, SourceName};

/// What was built of a pack, as it was issued on a day. `map` is the page map of the public's
/// standard PDF.
///
/// # Errors
/// Where the pack could not be read.
pub fn issued(pack: &Session, map: &DocumentMap, published: Date) -> Result<Issued, SessionError> {
    let meeting = pack.loaded.meeting.as_ref();
    let meeting = meeting.ok_or(SessionError::NotRead)?;
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let open = files(edition.meeting());
    let members = Edition::of(meeting, Audience::Members, &WithheldPages::new());
    let all = files(members.meeting());
    let documents = map.parts.iter().filter_map(|part| {
        let source = open.get(&part.key).cloned();
        Some(Recorded {
            key: part.key.clone(),
            title: part.title.clone(),
            pages: part.taken()?,
            source: source.and_then(|source| Some((source.clone(), pack.hash(&source)?))),
        })
    });
    Ok(Issued {
        published,
        last_page: map.last_number,
        items: meeting
            .items()
            .map(|item| item.number.value.clone())
            .collect(),
        documents: documents.collect(),
        withheld: all
            .into_iter()
            .filter(|(key, _)| !open.contains_key(key))
            .filter_map(|(key, source)| Some((key, pack.hash(&source)?)))
            .collect(),
        withdrawn: withdrawn(meeting),
    })
}

/// The keys of what the agenda says is withdrawn.
fn withdrawn(meeting: &Meeting) -> Vec<String> {
    let standing = meeting.documents();
    let withdrawn = standing.iter().filter_map(|standing| {
        let (key, reason) = match standing.document {
            Document::Item(item) => (&item.key, &item.withdrawn),
            Document::Appendix(appendix) => (&appendix.key, &appendix.withdrawn),
            Document::Paper(_) => return None,
        };
        reason.as_ref().map(|_| key.clone())
    });
    // A supplement also says that papers are withdrawn that it does not hold.
    let brings = meeting.supplement.iter();
    let told = brings
        .flat_map(|supplement| supplement.brings.values())
        .flat_map(|brings| &brings.withdraws)
        .map(|told| told.key.clone());
    withdrawn.chain(told).collect()
}

/// The file of each document, by the document's key.
fn files(meeting: &Meeting) -> BTreeMap<String, SourceName> {
    let standing = meeting.documents();
    let files = standing.iter().filter_map(|standing| {
        let (key, source) = match standing.document {
            Document::Paper(paper) => (&paper.key, &paper.source),
            Document::Appendix(appendix) => (&appendix.key, &appendix.source),
            Document::Item(_) => return None,
        };
        Some((key.clone(), source.clone()?))
    });
    files.collect()
}
