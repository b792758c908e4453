//! An item whose kind does not fit what it holds.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::{ItemKind, PaperBody};

pub(crate) const RULE: Rule = Rule {
    code: Code("item-kind-mismatch"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "The kind of an item does not fit the papers that it lists",
    explanation: "The kind decides what is printed on the agenda: \"to follow\" beside a report that is \
                  there misleads the reader, and minutes set as a report lose their decisions.",
    basis: "Practice.",
    example: "kind = \"to-follow\" beside source = \"05-budget/report.md\"",
    remedy: "Set the kind to what the item is, or take the paper out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in subject.meeting.items() {
        let number = &item.number.value;
        let wrong = match item.kind {
            ItemKind::ToFollow { .. } if !item.papers.is_empty() => Some(format!(
                "Item {number} is to follow, but its paper is there"
            )),
            ItemKind::NoneReceived if !item.papers.is_empty() => Some(format!(
                "Item {number} says that none were received, but lists a paper"
            )),
            ItemKind::CirculatedSeparately if !item.papers.is_empty() => Some(format!(
                "Item {number} is circulated separately, but its paper is in the pack"
            )),
            _ => None,
        };
        if let Some(message) = wrong {
            findings.push(RULE.at(item.title.span, message));
        }
        for paper in &item.papers {
            let wrong = match (&item.kind, &paper.body) {
                (ItemKind::Minutes, PaperBody::Report(_)) => "a report under an item of minutes",
                (ItemKind::Report, PaperBody::Minutes(_)) => "minutes under an item with a report",
                _ => continue,
            };
            findings.push(RULE.at(paper.span, format!("Item {number} lists {wrong}")));
        }
    }
    findings
}
