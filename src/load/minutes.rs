//! Minutes of an earlier meeting: who was there, and what each minute says and decides.

use super::appendix;
use super::council::language;
use super::markdown;
use super::numbers;
use super::people;
use super::reader::Reader;
use super::report::Paper;
use super::table::Table;
use crate::finding::Span;
use crate::model::{Access, Body, Minute, MinuteBlock, Minutes};
use crate::prose::{Block, BlockKind, Prose, plain};

/// The words that a decision begins with, in English and Welsh.
const DECISIONS: [&str; 4] = ["resolved", "recommended", "penderfynwyd", "argymhellwyd"];

/// Reads minutes from their front matter and text.
pub(super) fn read(
    table: Table<'_>,
    text: markdown::Reading,
    folder: &str,
    body: &Body,
    outer: &Access,
    reader: &Reader<'_>,
) -> Paper<Minutes> {
    let stated = stated(table, folder, body, outer, reader);
    Paper {
        paper: completed(stated.paper, text.prose, body.minute_number.as_deref()),
        ..stated
    }
}

/// Adds the text to minutes. `pattern` is the body's pattern of minute numbers.
pub(super) fn completed(stated: Minutes, prose: Prose, pattern: Option<&str>) -> Minutes {
    let (opening, minutes) = divide(prose.blocks, pattern);
    Minutes {
        opening,
        minutes,
        footnotes: prose.footnotes,
        ..stated
    }
}

/// Minutes without any keys; `span` is their place.
pub(super) fn nothing_stated(span: Span) -> Minutes {
    Minutes {
        date: None,
        time: None,
        place: None,
        present: Vec::new(),
        apologies: Vec::new(),
        in_attendance: Vec::new(),
        came_late: Vec::new(),
        left_early: Vec::new(),
        ended: None,
        contact: None,
        opening: Vec::new(),
        minutes: Vec::new(),
        footnotes: Vec::new(),
        lang: None,
        span,
    }
}

/// Minutes as far as their keys go, without the text.
pub(super) fn stated(
    table: Table<'_>,
    folder: &str,
    body: &Body,
    outer: &Access,
    reader: &Reader<'_>,
) -> Paper<Minutes> {
    let minutes = Minutes {
        date: table.date("date"),
        time: table.time("time"),
        place: table.text("place"),
        present: people::attendees(&table, "present", &body.members, reader.notes),
        apologies: people::attendees(&table, "apologies", &body.members, reader.notes),
        in_attendance: people::all(&table, "in-attendance"),
        came_late: people::movements(&table, "came-late", &body.members, reader.notes),
        left_early: people::movements(&table, "left-early", &body.members, reader.notes),
        ended: table.time("ended"),
        contact: people::one(&table, "contact"),
        lang: table
            .spanned_text("lang")
            .and_then(|lang| language(&table, lang)),
        ..nothing_stated(table.span())
    };
    let (access, appendices) = appendix::of_paper(&table, folder, outer, reader);
    table.finish();
    Paper {
        paper: minutes,
        access,
        appendices,
    }
}

/// Divides the blocks into what comes before the first minute, and the minutes.
fn divide(blocks: Vec<Block>, pattern: Option<&str>) -> (Vec<Block>, Vec<Minute>) {
    let mut opening = Vec::new();
    let mut minutes: Vec<(Minute, Vec<Block>)> = Vec::new();
    for mut block in blocks {
        if let BlockKind::Heading { level, content, .. } = &mut block.kind {
            let number = numbers::minute_number(content, pattern);
            if number.is_some() || *level == 1 {
                let minute = Minute {
                    number,
                    heading: std::mem::take(content),
                    blocks: Vec::new(),
                    span: block.span,
                };
                minutes.push((minute, Vec::new()));
                continue;
            }
        }
        match minutes.last_mut() {
            Some((_, said)) => said.push(block),
            None => opening.push(block),
        }
    }
    let minutes = minutes
        .into_iter()
        .map(|(minute, said)| Minute {
            blocks: with_decisions(said),
            ..minute
        })
        .collect();
    (opening, minutes)
}

/// Separates decisions from text: a decision is a paragraph that begins with "Resolved" and, if it ends
/// in a colon, what follows.
fn with_decisions(blocks: Vec<Block>) -> Vec<MinuteBlock> {
    let mut sorted = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        if !is_decision(&block) {
            sorted.push(MinuteBlock::Text(block));
            continue;
        }
        let mut goes_on = ends_in_colon(&block);
        let mut decision = vec![block];
        while goes_on
            && let Some(next) = blocks.next_if(|next| {
                matches!(next.kind, BlockKind::Paragraph(_) | BlockKind::List(_))
                    && !is_decision(next)
            })
        {
            goes_on = ends_in_colon(&next);
            decision.push(next);
        }
        sorted.push(MinuteBlock::Decision(decision));
    }
    sorted
}

fn is_decision(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else {
        return false;
    };
    let words = plain(content).to_lowercase();
    let words = words.trim_start();
    DECISIONS.iter().any(|decision| {
        words
            .strip_prefix(decision)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn ends_in_colon(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => {
            let words = plain(content);
            let words = words.trim_end();
            words.ends_with(':') || words.ends_with(":-") || words.ends_with(":–")
        }
        _ => false,
    }
}
