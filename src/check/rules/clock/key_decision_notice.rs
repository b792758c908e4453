//! A key decision and its notice.

use crate::check::deadline::clock;
use crate::check::key_decision;
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("key-decision-notice"),
    severity: Severity::Note,
    room: Room::Clock,
    summary: "A key decision names no entry of the forward plan",
    explanation: "A key decision of an English cabinet needs a notice 28 clear days before, with the \
                  documents to be considered. The item's `reference` is where the notice is named. Found \
                  where the report's header answers that it is one (`key-decision = \"Yes\"`, \"Type of \
                  decision: Key\"), or where the item's title or the report's text says so.",
    basis: law::KEY_DECISION.basis,
    example: "key-decision = \"Yes\" on an item without `reference`",
    remedy: "Add the notice's `reference` to the item, or record general exception or special \
                  urgency",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(notice) = clock(subject.meeting).key_decisions else {
        return Vec::new();
    };
    key_decision::said(subject.meeting)
        .into_iter()
        .filter(|said| said.item.reference.is_none())
        .map(|said| {
            RULE.at(
                said.span,
                format!(
                    "Item {} is a key decision without a reference; its notice had to be published by {}",
                    said.item.number.value,
                    long(notice.publish_by)
                ),
            )
        })
        .collect()
}
