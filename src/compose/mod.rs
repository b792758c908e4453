//! An edition becomes parts: engine-neutral headings, paragraphs, tables, links and page-number
//! slots.
//!
//! [`compose`] decides what is printed and in which words; it knows no sizes, fonts or pages.

mod accessibility;
pub mod agenda;
mod appendix;
pub mod exempt;
pub mod front;
pub mod large;
pub mod leaves;
pub mod marks;
pub mod minutes;
pub mod part;
mod report;
mod text;
pub mod words;

use std::collections::BTreeMap;

use crate::edition::Edition;
use crate::model::{Content, Item, Lang, Meeting, PaperBody};
use agenda::{Carrier, Said, carrier};
use part::{Inline, Part};
use words::Words;

/// The name of the slot for the last page number of a part: "Pages 45 to 60".
pub fn last_page_of(key: &str) -> String {
    format!("{key}!last")
}

/// The name of the slot for a number of the standard edition, in a re-flowed one.
pub fn standard_number_of(slot: &str) -> String {
    format!("{slot}!standard")
}

/// The place that the number in a slot is about: "item-4" for "item-4!last".
pub fn place_of(slot: &str) -> &str {
    slot.split('!').next().unwrap_or(slot)
}

/// The slots that some words print numbers from: `{page}` is the number of the slot named, and
/// `{standard}` the standard edition's.
pub fn slots_in(anchor: &str, words: &str) -> impl Iterator<Item = String> {
    let own = words.contains("{page}").then(|| anchor.to_owned());
    let standard = words
        .contains("{standard}")
        .then(|| standard_number_of(anchor));
    own.into_iter().chain(standard)
}

/// What is printed for some words, the numbers of their slots filled in.
pub fn filled(anchor: &str, words: &str, numbers: &BTreeMap<String, String>) -> String {
    let number = |slot: &str| numbers.get(slot).map_or("", String::as_str);
    words
        .replace("{page}", number(anchor))
        .replace("{standard}", number(&standard_number_of(anchor)))
}

/// The page about the accessibility of a pack, where the council wants it.
pub fn accessibility_page(edition: &Edition) -> Option<Part> {
    let desk = Desk::of(edition);
    (desk.meeting.accessibility_page).then(|| accessibility::part(&desk))
}

/// Every part of an edition that has to be typeset. Files that travel as they are have none.
pub fn compose(edition: &Edition) -> Vec<Part> {
    let desk = Desk::of(edition);
    let mut parts = vec![front::sheet(&desk)];
    if desk.meeting.supplement.is_none() {
        parts.push(front::distribution(&desk));
    }
    for item in edition.meeting().items() {
        desk.item(item, &mut parts);
    }
    parts.extend(accessibility_page(edition));
    parts
}

/// The leaf that a draft has in the place of a paper or an appendix that could not be set.
pub fn instead_of(edition: &Edition, part: &Part) -> Option<Part> {
    let holds = |item: &&Item| {
        let papers = item.papers.iter().map(|paper| &paper.key);
        let appendices = item.all_appendices().map(|appendix| &appendix.key);
        papers.chain(appendices).any(|key| *key == part.key)
    };
    let item = edition.meeting().items().find(holds)?;
    let desk = Desk::of(edition);
    Some(leaves::not_attached(&desk, item, &part.key, &part.title))
}

/// What every part is composed with.
struct Desk<'a> {
    meeting: &'a Meeting,
    words: Words,
    /// The anchor of each item that has a page, by its number.
    items: BTreeMap<&'a str, String>,
}

impl<'a> Desk<'a> {
    fn of(edition: &'a Edition) -> Self {
        let meeting = edition.meeting();
        let items = meeting
            .items()
            .filter_map(|item| Some((&*item.number.value, first_page(meeting, item)?)))
            .collect();
        Self {
            meeting,
            words: Words::of(meeting.lang()),
            items,
        }
    }

    /// The same desk for a paper in another language, which gets the program's words in its own.
    fn speaking(&self, own: Option<&Lang>) -> Self {
        Self {
            meeting: self.meeting,
            words: own.map_or(self.words, Words::of),
            items: self.items.clone(),
        }
    }

    fn lang(&self, own: Option<&Lang>) -> String {
        own.unwrap_or(self.meeting.lang()).0.clone()
    }

    /// The context for prose of a part with this key, in an item.
    fn context<'b>(
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
        }
    }

    /// What the head of a paper has to carry of what its item says.
    fn head(&self, item: &Item, paper: &str) -> Said {
        let first = item.papers.first().is_some_and(|first| first.key == paper);
        if first && carrier(self.meeting, item) == Carrier::Paper {
            agenda::said(self.meeting, self.words, item)
        } else {
            Said::default()
        }
    }

    fn item_anchor(&self, number: &str) -> Option<String> {
        self.items.get(number).cloned()
    }

    /// The line over a paper's title: body, date and item.
    fn eyebrow(&self, item: &Item) -> Vec<Inline> {
        vec![Inline::text(format!(
            "{}, {}, {} {}",
            self.meeting.body.name,
            self.words.long_date(*self.meeting.sitting.date),
            self.words.item().to_lowercase(),
            item.number.value
        ))]
    }

    fn item(&self, item: &Item, parts: &mut Vec<Part>) {
        if let Some(withheld) = &item.withheld {
            parts.push(leaves::withheld(self, item, &item.key, "", withheld));
            return;
        }
        if has_sheet(self.meeting, item) {
            parts.push(leaves::item_sheet(self, item));
        }
        for paper in &item.papers {
            self.exempt_leaf(item, &paper.key, &paper.access, parts);
            match &paper.body {
                PaperBody::Report(report) => {
                    let desk = self.speaking(report.lang.as_ref());
                    parts.push(report::part(&desk, item, paper, report));
                }
                PaperBody::Minutes(minutes) => {
                    let desk = self.speaking(minutes.lang.as_ref());
                    parts.push(minutes::part(&desk, item, paper, minutes));
                }
                PaperBody::Pdf(_) => {}
                PaperBody::Missing => {
                    parts.push(leaves::not_attached(self, item, &paper.key, &paper.title));
                }
                PaperBody::Withheld(withheld) => {
                    parts.push(leaves::withheld(self, item, &paper.key, "", withheld));
                }
            }
        }
        for appendix in item.all_appendices() {
            if !matches!(appendix.content, Content::Withheld(_)) {
                self.exempt_leaf(item, &appendix.key, &appendix.access, parts);
            }
            parts.extend(appendix::part(self, item, appendix));
        }
    }

    fn exempt_leaf(
        &self,
        item: &Item,
        key: &str,
        access: &crate::model::Access,
        parts: &mut Vec<Part>,
    ) {
        if self.meeting.council.pack.exempt_leaf {
            parts.extend(leaves::exempt(self, item, key, access));
        }
    }
}

/// Whether an item has a leaf of its own.
fn has_sheet(meeting: &Meeting, item: &Item) -> bool {
    carrier(meeting, item) == Carrier::Sheet
}

/// The anchor of the first page of an item; none where it has no page.
fn first_page(meeting: &Meeting, item: &Item) -> Option<String> {
    if item.withheld.is_some() || has_sheet(meeting, item) {
        return Some(item.key.clone());
    }
    item.papers
        .first()
        .map(|paper| paper.key.clone())
        .or_else(|| item.appendices.first().map(|appendix| appendix.key.clone()))
        .or_else(|| {
            item.items
                .iter()
                .find_map(|inner| first_page(meeting, inner))
        })
}
