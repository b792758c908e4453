//! A number of things, and a list of another number.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::numerals::number;
use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::MinuteBlock;
use crate::prose::label::{Ending, Label};
use crate::prose::{Block, BlockKind, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("count-and-list-differ"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "The sentence before a list gives a different number of things from the list",
    explanation: "The last sentence before a list is read where it ends in a colon or without a full stop \
                  and holds a single number from 2 to 20 before a plural (\"the three partners\", \"the \
                  following 4 options\"). Numbers with a unit of time, money or measure are left alone.",
    basis: "Practice: found in published packs.",
    example: "the 3 statutory partners, before a list of four",
    remedy: "Correct the number or the list",
    run,
};

static COUNT: LazyLock<Regex> = pattern!(
    r"(?i)(?:^\W*(?:[0-9.]+\s+)?|\b[\p{L}'’-]+,?\s+)(?:following\s+|main\s+|key\s+)?(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-9]|20)\s+(?P<things>(?:[\w'’-]+\s+){0,3}(?:[\w'’-]+s|criteria))(?:\s+(?:to|for|in|within|behind|before|from|with)\s+(?:(?:the|our|this|its|each|any|a)\s+)?(?:[\w'’-]+\s+){0,2}[\w'’-]+)??(?:(?:\s+[\w'’-]+){1,6},\s+namely|,?\s+(?:went\s+\w+|emerged?|arose|arise|apply|applied|follow|remain|remained|exist|stand|stood\s+out|came\s+(?:up|out)|are|were|is|was|which\s+(?:are|were)|below|here|set\s+out(?:\s+(?:here|below))?|listed(?:\s+(?:here|below))?|as follows|as set out|namely|(?:are|were|is|was|(?:have|has)\s+(?:\w+\s+)?been)\s+(?:\w+ly\s+)?(?:as follows|set\s+out|made|chosen|put\s+forward|found|given|ruled\s+out|[a-z]+ed(?:\s+(?:at|out|on|for))?)(?:\s+by\s+(?:[\w'’-]+\s+){0,2}[\w'’-]+)?))?(?:\s+(?:below|since))?(?:,?\s+(?:from|namely|these\s+being|as\s+follows))?\s*[:–-]{0,2}\s*$"
);
/// People who are asked something: the list is of what, and not of them.
static ASKED: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:asked|told|required|invited|advised|informed|instructed|reminded|recommended|resolved|responsible|involved)\W*$"
);
/// What makes a list one of some of the things: "some of the 12 actions", "up to five of".
static SOME: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:(?:some|any|each|either|most|many|one|none|several)\s+of\s+(?:the|these|those|its|our|their)|up\s+to|at\s+(?:least|most)|(?:more|fewer|less)\s+than|over|about|around|nearly|almost)\s*$"
);
/// The same in Welsh, where the thing stands in the singular: "Mae tri opsiwn:".
static WELSH_COUNT: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:mae|oes|ceir|roedd|dyma['’]r|y|['’]r|yn)\s+(?P<count>dau|dwy|tri|tair|pedwar|pedair|pump?|chwech?|saith|wyth|naw|deg)\s+(?P<things>\p{L}+(?:\s+\p{L}+){0,3})\s*:\s*$"
);
/// "The 4 year programme covers", "the 20 mph zones are": the number measures, and counts nothing.
static MEASURE: LazyLock<Regex> = pattern!(
    r"(?i)^(?:years?|months?|weeks?|days?|hours?|minutes?|mph|km|miles?|metres?|m|cm|mm|hectares?|acres?|litres?|bed|beds|bedroom|bedroomed|storey|stage|step|star|tier|point|phase|person|page|seat|seater|place|form|part|way|lane|wheel|wheeled)\b.*\s"
);
static UNIT: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:years?|months?|weeks?|days?|hours?|minutes?|pounds?|miles?|metres?|hectares?|acres?|per ?cent|quarters|seasons|terms|decades|times|percentages?|points|others|members|councillors|people|residents|occasions|towns|wards|schools|pupils|children|staff)$"
);

/// Units that are places and people, and may be what a list is of.
static PEOPLE: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:members|councillors|people|residents|towns|wards|schools|pupils|children|staff)$"
);
/// A sentence that leads to a list of what the one before it counts.
static THEY_ARE: LazyLock<Regex> = pattern!(
    r"(?i)^\s*(?:they|these|those)\s+(?:are|were)(?:\s+(?:as\s+follows|listed|set\s+out|below))*\s*[:–-]*\s*$"
);
/// A sentence that begins with a number of things.
static COUNTED: LazyLock<Regex> = pattern!(
    r"(?i)^\W*(?:[0-9.]+\s+)?(?:(?:there\s+(?:are|were)|officers\s+\w+|we\s+\w+|the|these)\s+)?(?P<count>two|three|four|five|six|seven|eight|nine|ten|[2-9]|1[0-9]|20)\s+(?P<things>(?:[\w'’-]+\s+){0,2}[\w'’-]+s)\b"
);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        match document.home {
            Home::Report(_, report) => {
                let blocks: Vec<&Block> =
                    report.body.iter().map(|numbered| &numbered.block).collect();
                look(&blocks, &mut findings);
            }
            Home::Minutes(minutes) => {
                for minute in &minutes.minutes {
                    let blocks: Vec<&Block> = minute
                        .blocks
                        .iter()
                        .flat_map(|block| match block {
                            MinuteBlock::Text(block) => std::slice::from_ref(block),
                            MinuteBlock::Decision(blocks) => blocks.as_slice(),
                        })
                        .collect();
                    look(&blocks, &mut findings);
                }
            }
            _ => {}
        }
    }
    findings
}

fn look(blocks: &[&Block], findings: &mut Vec<Finding>) {
    for (at, pair) in blocks.windows(2).enumerate() {
        let BlockKind::Paragraph(inlines) = &pair[0].kind else {
            continue;
        };
        let items = match &pair[1].kind {
            BlockKind::List(list) => list.items.len(),
            BlockKind::Paragraph(_) => labelled(&blocks[at + 1..]),
            _ => continue,
        };
        if items < 2 {
            continue;
        }
        if let Some((count, things)) = count(&plain(inlines))
            && count != items
        {
            findings.push(
                RULE.at(
                    pair[0].span,
                    format!("The text says {count} {things}, and the list has {items}"),
                )
                .related(pair[1].span, "the list"),
            );
        }
    }
}

/// How many paragraphs follow one another with the labels of a list that was typed: "(a)", "(b)".
fn labelled(blocks: &[&Block]) -> usize {
    let counts = |block: &Block, number: usize| {
        let BlockKind::Paragraph(inlines) = &block.kind else {
            return false;
        };
        let text = plain(inlines);
        let mark = text.split_whitespace().next().and_then(Label::of);
        mark.is_some_and(|label| {
            matches!(label.ending, Ending::Bracket | Ending::Brackets) && label.counts(number)
        })
    };
    (1..)
        .zip(blocks)
        .take_while(|(number, block)| counts(block, *number))
        .count()
}

/// The number of things that the last sentence of a text announces.
fn count(text: &str) -> Option<(usize, String)> {
    let text = text.trim();
    if text.ends_with(['.', '?', '!', ';']) {
        return None;
    }
    let start = text
        .rmatch_indices(['.', '?', '!', ';'])
        .find(|(at, _)| text[at + 1..].starts_with(' '))
        .map_or(0, |(at, _)| at + 1);
    let sentence = &text[start..];
    // "Three options were looked at. They are:" counts in the sentence before.
    if start > 0 && THEY_ARE.is_match(sentence) {
        let before = text[..start].trim_end_matches(['.', ' ']);
        let from = before.rfind(". ").map_or(0, |at| at + 2);
        let found = COUNTED.captures(&before[from..])?;
        let things = found.name("things")?.as_str();
        let unit = UNIT.is_match(things) || MEASURE.is_match(things);
        return (!unit).then_some((number(&found["count"])?, things.to_owned()));
    }
    if let Some(found) = WELSH_COUNT.captures(sentence) {
        let things = found.name("things")?.as_str().to_owned();
        return Some((number(found.name("count")?.as_str())?, things));
    }
    let found = COUNT.captures(sentence)?;
    let things = found.name("things")?.as_str();
    let before = &sentence[..found.name("count")?.start()];
    // "The following five wards" are those of the list, whoever they are.
    let announced =
        found.get(0)?.as_str().to_lowercase().contains("following ") && PEOPLE.is_match(things);
    let unit = UNIT.is_match(things) && !announced;
    let asked = ASKED.is_match(sentence) && !things.ends_with("ions");
    if unit || asked || MEASURE.is_match(things) || SOME.is_match(before) {
        return None;
    }
    Some((number(found.name("count")?.as_str())?, things.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FileId, Span};
    use crate::prose::{Inline, InlineKind};

    fn paragraph(words: &str) -> Block {
        let span = Span::new(FileId(0), 0, 0);
        Block {
            kind: BlockKind::Paragraph(vec![Inline {
                kind: InlineKind::Text(words.to_owned()),
                span,
            }]),
            span,
            lang: None,
        }
    }

    #[test]
    fn typed_points_are_counted_by_letter_and_numeral() {
        for marks in [["(a)", "(b)"], ["i)", "ii)"], ["1)", "2)"], ["(I)", "(II)"]] {
            let points = marks.map(|mark| format!("{mark} A point"));
            let [first, second] = points.map(|it| paragraph(&it));
            let other = paragraph("And then");
            assert_eq!(labelled(&[&first, &second, &other]), 2, "{marks:?}");
            assert_eq!(labelled(&[&second]), 0, "{marks:?}");
        }
    }

    #[test]
    fn phrasings() {
        for (text, expected) in [
            (
                "Responsibility for the new body rests with the 3 Statutory Safeguarding Partners",
                Some(3),
            ),
            ("There are four options:", Some(4)),
            ("It met. The following three matters were raised:", Some(3)),
            ("within the next two months:", None),
            ("The 4 year programme covers:", None),
            ("Members noted the three options.", None),
            ("The 2019 reports:", None),
            (
                "comments and questions by members, the following points were highlighted:-",
                None,
            ),
            ("It was agreed:", None),
            ("The four safeguarding partners are responsible for:", None),
        ] {
            assert_eq!(count(text).map(|found| found.0), expected, "{text}");
        }
    }
}
