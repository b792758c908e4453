//! The names of items in links: the `id` that the clerk gave an item, or its number. A number means
//! another item as soon as one is inserted before it. Once a pack was published, its record says what
//! each number meant.

use std::collections::{BTreeMap, BTreeSet};

use super::agenda::ItemSource;
use super::codes;
use super::notes::Notes;
use crate::finding::{Finding, Spanned};
use crate::model::{Issued, Item, Record, SourceName};

/// The ids of items, each with the number of its item.
#[derive(Debug, Default)]
pub(super) struct ItemIds(BTreeMap<String, Spanned<String>>);

impl ItemIds {
    /// The ids of an agenda. One that is used twice, or is the number of an item, is a finding.
    pub(super) fn of(items: &[ItemSource], notes: &Notes) -> Self {
        let mut numbers = BTreeSet::new();
        let mut ids = Self::default();
        let mut stack: Vec<&ItemSource> = items.iter().rev().collect();
        let mut named = Vec::new();
        while let Some(source) = stack.pop() {
            let number = &source.item.number.value;
            numbers.insert(number);
            named.extend(source.id.as_ref().map(|id| (id, number)));
            stack.extend(source.items.iter().rev());
        }
        for (id, number) in named {
            if numbers.contains(&id.value) {
                notes.add(
                    Finding::error(
                        codes::NAME_TWICE,
                        id.span,
                        format!("The id “{}” is the number of an item", id.value),
                    )
                    .help("Use a word, such as id = \"rents\": the link item:rents then works even if the item's number changes"),
                );
            } else if let Some(first) = ids.0.get(&id.value) {
                notes.add(
                    Finding::error(
                        codes::NAME_TWICE,
                        id.span,
                        format!("Two items have the id “{}”", id.value),
                    )
                    .related(first.span, "the first")
                    .help("Give each item a different id"),
                );
            } else {
                let number = Spanned::new(number.clone(), id.span);
                ids.0.insert(id.value.clone(), number);
            }
        }
        ids
    }

    /// The number of the item with an id.
    pub(super) fn number(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|number| number.value.as_str())
    }

    /// Every id.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The numbers that meant other items when the pack was published, each with the title of the paper then
/// and the item's number now. Papers are recognised by their files.
pub(super) fn moved(items: &[Item], record: Option<&Record>) -> BTreeMap<String, (String, String)> {
    let mut moved = BTreeMap::new();
    let Some(record) = record else { return moved };
    let mut now: BTreeMap<&SourceName, &str> = BTreeMap::new();
    let mut stack: Vec<&Item> = items.iter().collect();
    while let Some(item) = stack.pop() {
        let papers = item.papers.iter().filter_map(|paper| paper.source.as_ref());
        now.extend(papers.map(|source| (source, item.number.value.as_str())));
        stack.extend(&item.items);
    }
    for (number, title, source) in record.issues().flat_map(published) {
        if let Some(&here) = now.get(source)
            && here != number
            && !stays(record, number, &now)
        {
            moved.insert(number.to_owned(), (title.to_owned(), here.to_owned()));
        }
    }
    moved
}

/// Whether a paper that was published with an item is still with the item of that number.
fn stays(record: &Record, number: &str, now: &BTreeMap<&SourceName, &str>) -> bool {
    record
        .issues()
        .flat_map(published)
        .filter(|(then, _, _)| *then == number)
        .any(|(_, _, source)| now.get(source) == Some(&number))
}

/// The papers of what was published: the number of the item, the title, the file.
fn published(issued: &Issued) -> impl Iterator<Item = (&str, &str, &SourceName)> {
    issued.documents.iter().filter_map(|document| {
        let rest = document.key.strip_prefix("item-")?;
        let number = issued
            .items
            .iter()
            .filter(|number| {
                rest.strip_prefix(number.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            })
            .max_by_key(|number| number.len())?;
        let (source, _) = document.source.as_ref()?;
        Some((number.as_str(), document.title.as_str(), source))
    })
}
