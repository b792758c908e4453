//! What a supplement holds of a meeting: the papers that were not in what was published, and those
//! that have changed since.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::Span;
use crate::model::{
    Access, Appendix, Brings, Date, Item, Meeting, PageRange, Paper, Record, Replacement,
    SourceName, Supplement, Withdrawal,
};

/// The meeting with only what is new since it was published; `None` where nothing is. `hash` gives
/// the SHA-256 of a file as it is now, in hexadecimal.
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
        lettered: Vec::new(),
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
    // Its numbers go on from those published, from its very first page.
    Arc::make_mut(&mut new.council).pack.number_from_front_sheet = true;
    new.supplement = Some(Supplement {
        number: u32::try_from(record.supplements.len()).map_or(u32::MAX, |known| known + 1),
        to: record.whole.published,
        issued,
        last_taken: record.last_taken(),
        brings: sieve.brings,
    });
    // Only parts of the agenda that still have an item print their headings.
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

/// The meeting as it was published, the pack and its supplements as one. An appendix that was withdrawn
/// before anybody had it has no pages, and none are kept for it.
pub fn consolidated(meeting: &Meeting, record: &Record) -> Meeting {
    let mut whole = meeting.clone();
    whole.consolidated = true;
    drop_unpublished(&mut whole.agenda.items, record);
    whole
}

fn drop_unpublished(items: &mut [Item], record: &Record) {
    for item in items {
        let had = |appendix: &Appendix| {
            appendix.withdrawn.is_none() || record.has_document(&appendix.key)
        };
        item.appendices.retain(had);
        for paper in &mut item.papers {
            paper.appendices.retain(had);
        }
        drop_unpublished(&mut item.items, record);
    }
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
    /// The numbers with a letter that have been given away.
    lettered: Vec<PageRange>,
}

/// What the clerk asks of a document that may replace a published one.
#[derive(Clone, Copy)]
struct Asked<'a> {
    /// The file that it says it replaces.
    supersedes: Option<&'a str>,
    /// Where the clerk asks for it to keep the numbers of what it replaces.
    keeps_numbers: Option<Span>,
}

impl Sieve<'_> {
    /// Whether a document is new or has changed.
    fn is_new(&self, key: &str, source: Option<&SourceName>) -> bool {
        match self.record.latest_hash(key) {
            Some(published) => source
                .and_then(self.hash)
                .is_some_and(|now| now != published),
            // A document without a recorded file may have been published as a leaf.
            None => source.is_some(),
        }
    }

    /// An item with only what is new of it; `None` where nothing is.
    fn item(&mut self, item: &Item) -> Option<Item> {
        let mut new = item.clone();
        new.items = item
            .items
            .iter()
            .filter_map(|inner| self.item(inner))
            .collect();
        let mut brings = Brings {
            is_new: !self.record.has_item(&item.number),
            is_withdrawn: item.withdrawn.is_some() && !self.record.has_withdrawn(&item.key),
            ..Brings::default()
        };
        (new.papers, new.appendices) = (Vec::new(), Vec::new());
        if item.withdrawn.is_none() {
            for (index, paper) in item.papers.iter().enumerate() {
                let is_new = self.is_new(&paper.key, paper.source.as_ref());
                let asked = Asked {
                    // What an item replaces is replaced by its first paper.
                    supersedes: item.supersedes.as_deref().filter(|_| index == 0),
                    keeps_numbers: item.keeps_numbers().filter(|_| has_own_numbers(item)),
                };
                self.place(&paper.key, asked, is_new, &mut brings);
                let outer = (item, &paper.access);
                let appendices = self.appendices(&paper.appendices, outer, &mut brings);
                if is_new {
                    new.papers.push(Paper {
                        appendices,
                        ..paper.clone()
                    });
                } else {
                    new.appendices.extend(appendices);
                }
            }
            let own = self.appendices(&item.appendices, (item, &item.access), &mut brings);
            new.appendices.extend(own);
        }
        let is_empty = new.papers.is_empty() && new.appendices.is_empty() && new.items.is_empty();
        let is_told = brings.is_new || brings.is_withdrawn || !brings.withdraws.is_empty();
        if is_empty && !is_told {
            return None;
        }
        self.brings.insert(item.key.clone(), brings);
        Some(new)
    }

    /// The new ones among appendices.
    fn appendices(
        &mut self,
        appendices: &[Appendix],
        (item, outer): (&Item, &Access),
        brings: &mut Brings,
    ) -> Vec<Appendix> {
        let mut new = appendices.to_vec();
        new.retain(|appendix| {
            if let Some(reason) = &appendix.withdrawn {
                let is_told = self.record.has_withdrawn(&appendix.key);
                // What was withdrawn before anybody had it is not missed.
                if !is_told && self.record.has_document(&appendix.key) {
                    let published = self.record.latest(&appendix.key);
                    brings.withdraws.push(Withdrawal {
                        key: appendix.key.clone(),
                        title: appendix.full_title(),
                        reason: reason.clone(),
                        pages: published.map(|published| published.pages),
                        access: appendix.access.within(outer).clone(),
                    });
                }
                return false;
            }
            let is_new = self.is_new(&appendix.key, appendix.source.as_ref());
            let asked = Asked {
                supersedes: appendix.supersedes.as_deref(),
                keeps_numbers: appendix.keeps_numbers().filter(|_| has_own_numbers(item)),
            };
            self.place(&appendix.key, asked, is_new, brings);
            is_new
        });
        new
    }

    /// Records whether a document stands as it was published, replaces one, or is new.
    fn place(&mut self, key: &str, asked: Asked<'_>, is_new: bool, brings: &mut Brings) {
        let published = self.record.latest(key);
        if !is_new {
            brings
                .stands
                .extend(published.map(|published| published.pages));
            return;
        }
        let replaced = asked
            .supersedes
            .and_then(|file| self.record.made_from(file));
        let Some(old) = replaced.or(published) else {
            brings.adds.push(key.to_owned());
            return;
        };
        let keeps = asked.keeps_numbers.and_then(|span| {
            let numbers = self.record.lettered(old.pages, &self.lettered)?;
            Some((numbers, span))
        });
        self.lettered.extend(keeps.map(|(numbers, _)| numbers));
        brings.replaces.push(Replacement {
            key: key.to_owned(),
            pages: old.pages,
            keeps,
        });
    }
}

/// Whether the papers of an item have numbers of their own in every edition. The public gets a single
/// leaf in place of an item that it may not see.
fn has_own_numbers(item: &Item) -> bool {
    item.access.is_public()
}
