//! A key decision and its notice.

use crate::check::deadline::{clock, is_executive};
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("key-decision-notice"),
    severity: Severity::Note,
    room: Room::Clock,
    summary: "A key decision names no entry of the forward plan",
    explanation: "A report to an English cabinet whose header says `key-decision = \"Yes\"` needs a \
                  notice 28 clear days before, with the documents to be considered. The item's \
                  `reference` is where the notice is named.",
    basis: "SI 2012/2089, reg. 9 to 11",
    example: "key-decision = \"Yes\" on an item without `reference`",
    remedy: "Add the notice's `reference` to the item, or record general exception or special \
                  urgency",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    if !is_executive(subject.meeting) {
        return Vec::new();
    }
    let Some(notice) = clock(subject.meeting).key_decisions else {
        return Vec::new();
    };
    subject
        .reports()
        .filter(|(item, _, _)| item.reference.is_none())
        .flat_map(|(item, _, report)| {
            report
                .header
                .iter()
                .filter(|row| {
                    row.key == "key-decision"
                        && row
                            .lines
                            .iter()
                            .any(|line| line.trim().to_lowercase().starts_with("yes"))
                })
                .map(move |row| (item, row.span))
        })
        .map(|(item, span)| {
            RULE.at(
                span,
                format!(
                    "Item {} is a key decision without a reference; its notice had to be published by {}",
                    item.number.value,
                    long(notice.publish_by)
                ),
            )
        })
        .collect()
}
