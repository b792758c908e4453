//! An executive decision whose minute lacks what its record must say.

use crate::check::subject::{Subject, block_texts};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::{BodyKind, Item, PaperBody, Told};
use crate::prose::Block;
use crate::starter::TO_WRITE;

pub(crate) const RULE: Rule = Rule {
    code: Code("decision-incomplete"),
    severity: Severity::Warning,
    room: Room::Minutes,
    summary: "The minute of an executive decision lacks its reasons or the alternatives considered",
    explanation: "Each minute of a cabinet's own meeting that decides on an item with a report must say the \
                  reasons for the decision and the alternatives considered, under headings of these \
                  names or in paragraphs that open with them; `pack decisions` prints both. Procedural \
                  items are left alone.",
    basis: "SI 2012/2089, reg. 12, for executives in England; practice elsewhere.",
    example: "Resolved that the lease be granted, and no \"Reasons for the decision\"",
    remedy: "Add `## Reasons for the decision` and `## Alternatives considered` to the minute",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let Some(minutes) = meeting
        .minutes
        .as_ref()
        .filter(|_| meeting.body.kind == BodyKind::Cabinet)
    else {
        return Vec::new();
    };
    let has_report = |item: &&Item| {
        let mut papers = item.papers.iter();
        papers.any(|paper| !matches!(paper.body, PaperBody::Minutes(_)))
    };
    let deciding = meeting
        .items()
        .filter(has_report)
        .filter_map(|item| Some((item, item.minute_in(minutes)?)))
        .filter(|(_, minute)| minute.decisions().next().is_some());
    deciding
        .filter_map(|(item, minute)| {
            let is_written = |block: &&Block| {
                let mut texts = block_texts(block).into_iter();
                texts.any(|text| !matches!(text.trim(), "" | TO_WRITE))
            };
            let lacks = |told, words| {
                let mut blocks = minute.told(told).into_iter();
                (!blocks.any(|block| is_written(&block))).then_some(words)
            };
            let lacking = [
                lacks(Told::Reasons, "the reasons for the decision"),
                lacks(Told::Alternatives, "the alternatives considered"),
            ];
            let lacking: Vec<&str> = lacking.into_iter().flatten().collect();
            (!lacking.is_empty()).then(|| {
                RULE.at(
                    minute.span,
                    format!(
                        "The minute of item {} does not say {}",
                        item.number.value,
                        lacking.join(" and ")
                    ),
                )
            })
        })
        .collect()
}
