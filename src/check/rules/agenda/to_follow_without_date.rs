//! A report that is to follow without a date.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::ItemKind;

pub(crate) const RULE: Rule = Rule {
    code: Code("to-follow-without-date"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "An item is to follow and has no due date",
    explanation: "A paper that is \"to follow\" without a day is the one that never comes. With a day, \
                  `pack status` counts down to it and `pack check` says when it is late.",
    basis: "Practice.",
    example: "kind = \"to-follow\"",
    remedy: "Add `due = …` with the day on which the paper is to be there",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .meeting
        .items()
        .filter(|item| item.kind == ItemKind::ToFollow { due: None })
        .map(|item| {
            RULE.at(
                item.title.span,
                format!(
                    "Item {} is to follow, but does not say by when",
                    item.number.value
                ),
            )
        })
        .collect()
}
