//! The outline of one file, as a flat list with levels.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, ObjectId};
use serde::{Deserialize, Serialize};

use super::destination::{Destination, Destinations};
use super::object::{get_dict, get_text, reference};

/// The most bookmarks that are read from one file.
const MOST: usize = 100_000;
/// The deepest level that is kept. Deeper bookmarks become siblings on that level.
const DEEPEST: usize = 24;

/// A bookmark of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Bookmark {
    pub(super) title: String,
    pub(super) level: usize,
    pub(super) destination: Destination,
}

/// The bookmarks that lead to selected pages. One that leads nowhere is kept if any below it lead to
/// selected pages, and leads to where the first of them does. One that leads to a page that is not
/// selected is left out, as its title is a heading of that page.
pub(super) fn bookmarks(doc: &Document, destinations: &Destinations) -> Vec<Bookmark> {
    let read: Vec<(String, usize, Option<Destination>)> = entries(doc)
        .into_iter()
        .map(|(entry, level)| {
            let title = get_text(doc, entry, b"Title").filter(|_| !destinations.leaves(doc, entry));
            (
                title.unwrap_or_default(),
                level,
                destinations.of(doc, entry),
            )
        })
        .collect();
    let mut kept: Vec<Bookmark> = Vec::new();
    let mut below: Vec<Option<Destination>> = vec![None; DEEPEST + 2];
    for (title, level, destination) in read.into_iter().rev() {
        let inherited = below[level + 1].take();
        for deeper in &mut below[level + 1..] {
            *deeper = None;
        }
        let Some(destination) = destination.or(inherited) else {
            continue;
        };
        below[level] = Some(destination.clone());
        if !title.is_empty() {
            kept.push(Bookmark {
                title,
                level,
                destination,
            });
        }
    }
    kept.reverse();
    kept
}

/// The entries in order, each with its level.
pub(super) fn entries(doc: &Document) -> Vec<(&Dictionary, usize)> {
    let mut read = Vec::new();
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let first = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"Outlines"))
        .and_then(|o| child(o, b"First"));
    let mut stack: Vec<(ObjectId, usize)> = first.map(|id| (id, 0)).into_iter().collect();
    while let Some((id, level)) = stack.pop() {
        if read.len() >= MOST || !seen.insert(id) {
            continue;
        }
        let Ok(entry) = doc.get_dictionary(id) else {
            continue;
        };
        if let Some(next) = child(entry, b"Next") {
            stack.push((next, level));
        }
        if let Some(first) = child(entry, b"First") {
            stack.push((first, (level + 1).min(DEEPEST)));
        }
        read.push((entry, level));
    }
    read
}

fn child(entry: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    entry.get(key).ok().and_then(reference)
}
