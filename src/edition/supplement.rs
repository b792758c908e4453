//! What a supplement holds of a meeting: the papers that were not in what was published, and those
//! that have changed since.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Brings, Date, Item, Meeting, Record, SourceName, Supplement};

/// The meeting with nothing but what is new since it was published; nothing where there is nothing
/// new. `hash` says what a file holds now, as SHA-256 in hexadecimal.
pub fn supplement(
    meeting: &Meeting,
    record: &Record,
    issued: Option<Date>,
    hash: &dyn Fn(&SourceName) -> Option<String>,
) -> Option<Meeting> {
    let mut sieve = Sieve {
        record,
        hash,
        brings: BTreeMap::new(),
    };
    let items: Vec<Item> = meeting
        .agenda
        .items
        .iter()
        .filter_map(|item| sieve.item(item))
        .collect();
    if items.is_empty() {
        return None;
    }
    let mut new = meeting.clone();
    // Its numbers go on from what was published, on its first page already.
    Arc::make_mut(&mut new.council).pack.number_from_front_sheet = true;
    new.supplement = Some(Supplement {
        number: u32::try_from(record.supplements.len()).map_or(u32::MAX, |known| known + 1),
        to: record.whole.published,
        issued,
        last_taken: record.last_taken(),
        brings: sieve.brings,
    });
    // A part of the agenda prints its heading where one of the items left is in it.
    let used = |index: usize| {
        let mut all = items.iter();
        all.any(|item| item.part == Some(index))
    };
    let kept: Vec<usize> = (0..new.agenda.parts.len())
        .filter(|&index| used(index))
        .collect();
    new.agenda.items = items;
    new.agenda.parts = kept
        .iter()
        .map(|&index| meeting.agenda.parts[index].clone())
        .collect();
    renumber_parts(&mut new.agenda.items, &kept);
    Some(new)
}

fn renumber_parts(items: &mut [Item], kept: &[usize]) {
    for item in items {
        item.part = item
            .part
            .and_then(|part| kept.iter().position(|&index| index == part));
        renumber_parts(&mut item.items, kept);
    }
}

struct Sieve<'a> {
    record: &'a Record,
    hash: &'a dyn Fn(&SourceName) -> Option<String>,
    brings: BTreeMap<String, Brings>,
}

impl Sieve<'_> {
    /// Whether a document is new or has changed. One of which nothing was recorded is new.
    fn is_new(&self, key: &str, source: Option<&SourceName>) -> bool {
        match self.record.latest_hash(key) {
            Some(published) => source
                .and_then(self.hash)
                .is_some_and(|now| now != published),
            // A leaf may have stood for it.
            None => source.is_some(),
        }
    }

    /// What is new of an item; nothing where nothing is.
    fn item(&mut self, item: &Item) -> Option<Item> {
        let mut new = item.clone();
        new.items = item
            .items
            .iter()
            .filter_map(|inner| self.item(inner))
            .collect();
        let mut brings = Brings {
            is_new: !self.record.has_item(&item.number),
            ..Brings::default()
        };
        new.papers.clear();
        for paper in &item.papers {
            let is_new = self.is_new(&paper.key, paper.source.as_ref());
            self.place(&paper.key, &paper.title, is_new, &mut brings);
            let mut appendices = paper.appendices.clone();
            appendices.retain(|appendix| {
                let is_new = self.is_new(&appendix.key, appendix.source.as_ref());
                self.place(&appendix.key, &appendix.title, is_new, &mut brings);
                is_new
            });
            if is_new {
                new.papers.push(crate::model::Paper {
                    appendices,
                    ..paper.clone()
                });
            } else {
                new.appendices.splice(0..0, appendices);
            }
        }
        let mut own = item.appendices.clone();
        own.retain(|appendix| {
            let is_new = self.is_new(&appendix.key, appendix.source.as_ref());
            self.place(&appendix.key, &appendix.title, is_new, &mut brings);
            is_new
        });
        let before = new.appendices.len() - item.appendices.len();
        new.appendices.truncate(before);
        new.appendices.extend(own);
        let empty = new.papers.is_empty() && new.appendices.is_empty() && new.items.is_empty();
        if empty && !brings.is_new {
            return None;
        }
        self.brings.insert(item.key.clone(), brings);
        Some(new)
    }

    /// Where a document stands in what was published, if it does.
    fn place(&self, key: &str, title: &str, is_new: bool, brings: &mut Brings) {
        let Some(published) = self.record.latest(key) else {
            return;
        };
        if is_new {
            let title = title.to_owned();
            brings
                .replaces
                .push((title, published.first, published.last));
        } else {
            brings.stands.push((published.first, published.last));
        }
    }
}
