//! The notice of a meeting's decisions: a pack of its own, with a paper for each item that its
//! minutes decide.
//!
//! What a record of executive decisions has to say (S.I. 2012/2089, regulation 12): the decision, its
//! reasons, the alternatives considered and the interests declared. What the minutes do not tell, the
//! notice says they do not.

use std::sync::Arc;

use crate::compose::words::Words;
use crate::finding::Spanned;
use crate::model::{
    Calendar, Date, Decisions, HeaderRow, Item, ItemKind, Meeting, Minute, Minutes, NumberedBlock,
    Paper, PaperBody, Report, SourceName, Told,
};
use crate::prose::{Block, BlockKind, Inline, InlineKind, plain};
use crate::starter::TO_WRITE;

/// The notice of a meeting's decisions; nothing where its minutes decide nothing. `source` is the file
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
    // Of the agenda only the lines are left that were decided.
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
                blocks = self.declared();
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

    /// What was declared at the meeting as such: the words of the minute that is about it.
    fn declared(&self) -> Vec<Block> {
        let items = self.meeting.items().filter(|item| item.access.is_public());
        let mut minutes = items.filter_map(|item| item.minute_in(self.minutes));
        minutes
            .find(|minute| minute.is_of(Told::Interests))
            .map(Minute::text)
            .unwrap_or_default()
    }
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
