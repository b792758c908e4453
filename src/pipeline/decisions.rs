//! The notice of a meeting's decisions: a pack of its own, with a paper for each item that its
//! minutes decide.
//!
//! It has what a record of executive decisions must say (S.I. 2012/2089, regulation 12): the decision,
//! its reasons, the alternatives considered and the interests declared. Where the minutes do not say,
//! the notice says so.

use std::sync::Arc;

use crate::compose::words::Words;
use crate::finding::Spanned;
use crate::model::{
    Calendar, Date, Decisions, HeaderRow, Item, ItemKind, Meeting, Minute, Minutes, NumberedBlock,
    Paper, PaperBody, Report, SourceName, Told,
};
use crate::prose::{Block, BlockKind, Inline, InlineKind, plain};
use crate::starter::TO_WRITE;

/// The notice of a meeting's decisions; `None` where its minutes decide nothing. `source` is the file
/// of the minutes.
pub(super) fn notice(
    meeting: &Meeting,
    minutes: &Minutes,
    published: Option<Date>,
    source: &SourceName,
) -> Option<Meeting> {
    let call_in = published.zip(meeting.council.call_in_days);
    let call_in_ends = call_in.and_then(|(published, days)| {
        Calendar::of(&meeting.council).working_day_after(published, days)
    });
    let clerk = Clerk {
        meeting,
        minutes,
        source,
        words: Words::of(meeting.lang()),
        call_in_ends,
    };
    let items: Vec<Item> = meeting
        .agenda
        .items
        .iter()
        .filter_map(|item| clerk.item(item))
        .collect();
    if items.is_empty() {
        return None;
    }
    let mut notice = meeting.clone();
    // Only the items that were decided stay on the agenda.
    notice.agenda.items = items;
    notice.record = None;
    notice.accessibility_page = false;
    notice.decisions = Some(Decisions {
        published,
        call_in_ends,
    });
    let council = Arc::make_mut(&mut notice.council);
    council.report.title = None;
    council.pack.number_from_front_sheet = true;
    Some(notice)
}

struct Clerk<'a> {
    meeting: &'a Meeting,
    minutes: &'a Minutes,
    source: &'a SourceName,
    words: Words,
    call_in_ends: Option<Date>,
}

impl Clerk<'_> {
    /// What was decided of an item and of those inside it.
    fn item(&self, item: &Item) -> Option<Item> {
        let minute = item.minute_in(self.minutes);
        let minute = minute.filter(|minute| minute.decisions().next().is_some());
        let items: Vec<Item> = item
            .items
            .iter()
            .filter_map(|inner| self.item(inner))
            .collect();
        if minute.is_none() && items.is_empty() {
            return None;
        }
        Some(Item {
            kind: ItemKind::Report,
            text: None,
            sub: Vec::new(),
            time: None,
            note: None,
            revision: None,
            supersedes: None,
            keep_numbers: false,
            supplement: None,
            withdrawn: None,
            papers: minute
                .map(|minute| self.paper(item, minute))
                .into_iter()
                .collect(),
            appendices: Vec::new(),
            items,
            ..item.clone()
        })
    }

    fn paper(&self, item: &Item, minute: &Minute) -> Paper {
        let words = self.words;
        let decision: Vec<Block> = minute.decisions().cloned().collect();
        let mut body = vec![heading(words.decision(), minute)];
        body.extend(decision);
        for (title, told) in [
            (words.reasons(), Told::Reasons),
            (words.alternatives(), Told::Alternatives),
            (words.interests(), Told::Interests),
        ] {
            body.push(heading(title, minute));
            let told_blocks = minute.told(told).into_iter();
            let mut blocks: Vec<Block> = told_blocks
                .filter(|block| !is_to_write(block))
                .cloned()
                .collect();
            if blocks.is_empty() && told == Told::Interests {
                blocks = self.declared(item, minute);
            }
            if blocks.is_empty() {
                blocks.push(paragraph(words.not_minuted(), minute));
            }
            body.extend(blocks);
        }
        Paper {
            key: format!("{}-decision", item.key),
            title: item.sheet_title().to_owned(),
            body: PaperBody::Report(Box::new(Report {
                subject: Some(Spanned::new(item.sheet_title().to_owned(), minute.span)),
                header: self.header(minute),
                missing_header: Vec::new(),
                contacts: Vec::new(),
                recommendations: None,
                body: body
                    .into_iter()
                    .map(|block| NumberedBlock {
                        number: None,
                        block,
                    })
                    .collect(),
                footnotes: self.minutes.footnotes.clone(),
                signatory: None,
                background_papers: None,
                lang: self.minutes.lang.clone(),
                span: minute.span,
            })),
            source: Some(self.source.clone()),
            access: item.access.clone(),
            accept_redaction: None,
            accept_marking: None,
            alternative: None,
            alternative_source: None,
            appendices: Vec::new(),
            span: item.span,
        }
    }

    fn header(&self, minute: &Minute) -> Vec<HeaderRow> {
        let words = self.words;
        let row = |label: &str, line: String| HeaderRow {
            key: String::new(),
            label: label.to_owned(),
            lines: vec![line],
            span: minute.span,
        };
        let date = *self.meeting.sitting.date;
        let mut rows = vec![
            row(words.decided_by(), self.meeting.body.name.clone()),
            row(words.decided_on(), words.long_date(date)),
        ];
        let number = minute.number.as_ref();
        rows.extend(number.map(|number| row(words.minute(), number.text.clone())));
        let ends = self.call_in_ends;
        rows.extend(ends.map(|day| row(words.call_in_ends(), words.long_date(day))));
        rows
    }

    /// Interests that were declared at the meeting and may concern an item: the words of the minute on
    /// declarations, without those that name other items.
    fn declared(&self, item: &Item, minute: &Minute) -> Vec<Block> {
        let items = self.meeting.items().filter(|item| item.access.is_public());
        let mut minutes = items.filter_map(|item| item.minute_in(self.minutes));
        let declared = minutes.find(|minute| minute.is_of(Told::Interests));
        let mut said = declared.map(Minute::text).unwrap_or_default();
        let anything = !said.is_empty();
        said.retain_mut(|block| match &mut block.kind {
            BlockKind::Paragraph(content) => concerns(&plain(content), item),
            BlockKind::List(list) => {
                list.items.retain(|point| {
                    let mut lines = point.blocks.iter().filter_map(|block| match &block.kind {
                        BlockKind::Paragraph(content) => Some(plain(content)),
                        _ => None,
                    });
                    lines.all(|line| concerns(&line, item))
                });
                !list.items.is_empty()
            }
            _ => true,
        });
        if anything && said.is_empty() {
            said.push(paragraph(self.words.none(), minute));
        }
        said
    }
}

/// Whether a declaration may concern an item: it names the item, what the item is in, what is in
/// the item, or no item at all.
fn concerns(declaration: &str, item: &Item) -> bool {
    let own = item.number.value.to_lowercase();
    let named = items_named(declaration);
    let is_in = |inner: &str, outer: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    named.is_empty() || named.iter().any(|it| is_in(it, &own) || is_in(&own, it))
}

/// The numbers of the items that words name: "items 4 and 7.2".
fn items_named(words: &str) -> Vec<String> {
    let mut named = Vec::new();
    let mut open = false;
    for word in words.split_whitespace() {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let word = word.to_lowercase();
        match word.as_str() {
            "item" | "items" | "eitem" | "eitemau" => open = true,
            "no" | "number" | "and" | "a" | "ac" | "" => {}
            _ if open && word.starts_with(|letter: char| letter.is_ascii_digit()) => {
                named.push(word);
            }
            _ => open = false,
        }
    }
    named
}

fn heading(words: &str, minute: &Minute) -> Block {
    block(
        BlockKind::Heading {
            level: 1,
            id: None,
            content: text(words, minute),
        },
        minute,
    )
}

fn paragraph(words: &str, minute: &Minute) -> Block {
    block(BlockKind::Paragraph(text(words, minute)), minute)
}

fn block(kind: BlockKind, minute: &Minute) -> Block {
    Block {
        kind,
        span: minute.span,
        lang: None,
    }
}

/// Whether a block is what `pack new` puts where words are still to come.
fn is_to_write(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(content) if plain(content).trim() == TO_WRITE)
}

fn text(words: &str, minute: &Minute) -> Vec<Inline> {
    vec![Inline {
        kind: InlineKind::Text(words.to_owned()),
        span: minute.span,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_named_one_by_one_and_together() {
        for (words, named) in [
            ("Councillor Hill has an interest in item 4.", &["4"][..]),
            ("an interest in items 4, 7.2 and 11", &["4", "7.2", "11"]),
            ("agenda item no. 5A, as a governor of 2 schools", &["5a"]),
            ("budd yn eitemau 3 a 6", &["3", "6"]),
            ("an item of 2 March", &[]),
            ("She is a governor.", &[]),
        ] {
            assert_eq!(items_named(words), named, "{words}");
        }
    }
}
