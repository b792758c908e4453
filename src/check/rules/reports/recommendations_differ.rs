//! Recommendations at the head of a report that are not those of its conclusions.

use crate::check::sections::sections;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::prose::{Block, BlockKind};

pub(crate) const RULE: Rule = Rule {
    code: Code("recommendations-differ"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "The conclusions list a different number of recommendations from the report's head",
    explanation: "Where a section of conclusions or reasons for the recommendations repeats them \
                  as a numbered list, the two lists must have the same length: what is resolved must be \
                  what was recommended.",
    basis: "Practice: found in published packs.",
    example: "4 recommendations at the head, 6 in the conclusions",
    remedy: "Make the two lists agree, or refer to the recommendations instead of repeating them",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let Some(recommendations) = &report.recommendations else {
            continue;
        };
        let Some((head, _)) = numbered_list(recommendations.value.blocks.iter()) else {
            continue;
        };
        for section in sections(report) {
            let repeats = section.name.contains("conclusion") && section.name.contains("recommend");
            let list = numbered_list(section.blocks.iter().map(|block| &block.block));
            if let (true, Some((again, place))) = (repeats, list)
                && again != head
            {
                findings.push(
                    RULE.at(
                        place,
                        format!("{again} recommendations here, {head} at the head of the report"),
                    )
                    .related(recommendations.span, "the recommendations"),
                );
            }
        }
    }
    findings
}

/// How many items the only numbered list of some blocks has, and the place of the block before it.
fn numbered_list<'a>(blocks: impl Iterator<Item = &'a Block>) -> Option<(usize, Span)> {
    let mut found = None;
    let mut before: Option<Span> = None;
    for block in blocks {
        if let BlockKind::List(list) = &block.kind
            && list.start.is_some()
        {
            if found.is_some() {
                return None;
            }
            found = Some((list.items.len(), before.unwrap_or(block.span)));
        }
        before = Some(block.span);
    }
    found
}
