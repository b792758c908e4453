//! The page numbers that a published page cites: those of its own issue, whatever has been replaced,
//! withdrawn or added since. The leaf on such a page says what became of it.

use super::issued::{self, Gone};
use super::part::{Block, Inline, Part};
use crate::model::{Issued, Meeting, Record};

/// Lets a part that was published cite the pages that it cited then.
pub(super) fn as_published(meeting: &Meeting, part: &mut Part) {
    let Some(record) = issued::consolidated(meeting) else {
        return;
    };
    let mut issues = record.issues().enumerate();
    let of_part = |(_, issued): &(usize, &Issued)| issued.document(&part.key).is_some();
    let Some((number, with)) = issues.by_ref().filter(of_part).last() else {
        return;
    };
    if issued::is_around(&part.key) {
        return;
    }
    let gone = meeting
        .items()
        .flat_map(|item| issued::gone(meeting, item))
        .collect();
    let day = Day {
        record,
        with,
        number,
        gone,
    };
    day.blocks(&mut part.blocks);
    for note in &mut part.footnotes {
        day.blocks(&mut note.blocks);
    }
}

/// What there was when a part was published.
struct Day<'a> {
    record: &'a Record,
    /// The issue that the part came with.
    with: &'a Issued,
    /// Which one it is, from 0.
    number: usize,
    gone: Vec<Gone<'a>>,
}

/// Where a published reference leads now.
enum Leads {
    /// To the same document as then.
    There,
    /// To the leaf with this key.
    ToLeaf(String),
    /// To something that came later: it cited no page.
    Later,
}

impl Day<'_> {
    fn leads(&self, anchor: &str) -> Leads {
        let document = anchor.split(['/', '!']).next().unwrap_or(anchor);
        if let Some(leaf) = self.gone.iter().find(|leaf| leaf.key == document) {
            let was = self.with.document(&leaf.recorded.key);
            return if was.is_some_and(|was| std::ptr::eq(was, leaf.recorded)) {
                Leads::There
            } else {
                Leads::Later
            };
        }
        if self.record.latest(document).is_none() {
            // What was withheld keeps its place; what has not been issued had none.
            let mut issues = self.record.issues();
            let is_withheld = issues.any(|issued| issued.withheld.contains_key(document));
            return if is_withheld {
                Leads::There
            } else {
                Leads::Later
            };
        }
        let then = self.with.document(document);
        let is_then = |gone: &&Gone<'_>| {
            let was = then.map_or(gone.by.as_deref() == Some(document), |then| {
                std::ptr::eq(then, gone.recorded)
            });
            was && gone.key.ends_with(&format!("-issue-{}", self.number + 1))
        };
        match (self.gone.iter().find(is_then), then) {
            (Some(leaf), _) => Leads::ToLeaf(leaf.key.clone()),
            (None, Some(_)) => Leads::There,
            (None, None) => Leads::Later,
        }
    }

    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            for running in block.running_mut() {
                self.inlines(running);
            }
            for inner in block.inner_mut() {
                self.blocks(inner);
            }
        }
    }

    fn inlines(&self, inlines: &mut Vec<Inline>) {
        let mut later = Vec::new();
        for (index, inline) in inlines.iter_mut().enumerate() {
            if let Inline::Go { anchor, .. } | Inline::Page { anchor, .. } = inline {
                match self.leads(anchor) {
                    Leads::There => {}
                    Leads::ToLeaf(key) => {
                        let which = anchor.split_once('!').map(|(_, which)| format!("!{which}"));
                        *anchor = key + &which.unwrap_or_default();
                    }
                    Leads::Later => later.push(index),
                }
            }
            if let Some(inner) = inline.inner_mut() {
                self.inlines(inner);
            }
        }
        // The brackets around the page go with it.
        for index in later.into_iter().rev() {
            if matches!(inlines[index], Inline::Page { .. }) {
                let from = index.saturating_sub(1);
                inlines.drain(from..(index + 2).min(inlines.len()));
            }
        }
    }
}
