//! What every part is composed with: the meeting, its words, and where its items are.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::agenda::{self, Said, first_page};
use super::carrier::{Carrier, carrier};
use super::issued;
use super::part::Inline;
use super::text;
use super::words::Words;
use crate::edition::Edition;
use crate::model::{Item, Lang, Meeting};

/// What every part is composed with.
pub(super) struct Desk<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) words: Words,
    /// The anchor of each item that has a page, by its number.
    pub(super) items: Arc<BTreeMap<&'a str, String>>,
}

impl<'a> Desk<'a> {
    pub(super) fn of(edition: &'a Edition) -> Self {
        let meeting = edition.meeting();
        // An item whose pages are gone has a leaf in their place.
        let leaf = |item| Some(issued::gone(meeting, item).into_iter().next()?.key);
        let items = meeting
            .items()
            .filter_map(|item| {
                let first = first_page(meeting, item).or_else(|| leaf(item))?;
                Some((&*item.number.value, first))
            })
            .collect();
        Self {
            meeting,
            words: Words::of(meeting.lang()),
            items: Arc::new(items),
        }
    }

    /// The same desk for a paper in another language, which gets the program's words in its own.
    pub(super) fn speaking(&self, own: Option<&Lang>) -> Self {
        Self {
            meeting: self.meeting,
            words: own.map_or(self.words, Words::of),
            items: Arc::clone(&self.items),
        }
    }

    pub(super) fn lang(&self, own: Option<&Lang>) -> String {
        own.unwrap_or(self.meeting.lang()).0.clone()
    }

    /// The context for prose of a part with this key, in an item.
    pub(super) fn context<'b>(
        &'b self,
        key: &'b str,
        item: &'b Item,
        items: &'b dyn Fn(&str) -> Option<String>,
    ) -> text::Context<'b> {
        text::Context {
            key,
            top: 2,
            words: self.words,
            item: Some(item),
            items,
            paged: true,
        }
    }

    /// What the head of a paper says for its item.
    pub(super) fn head(&self, item: &Item, paper: &str) -> Said {
        let first = item.papers.first().is_some_and(|first| first.key == paper);
        if first && carrier(self.meeting, item) == Carrier::Paper {
            agenda::said(self.meeting, self.words, item)
        } else {
            Said::default()
        }
    }

    pub(super) fn item_anchor(&self, number: &str) -> Option<String> {
        self.items.get(number).cloned()
    }

    /// The line over a paper's title: body, date and item.
    pub(super) fn eyebrow(&self, item: &Item) -> Vec<Inline> {
        vec![Inline::text(format!(
            "{}, {}, {} {}",
            self.meeting.body.name,
            self.words.long_date(*self.meeting.sitting.date),
            self.words.item().to_lowercase(),
            item.number.value
        ))]
    }
}
