//! A report that is to follow and is overdue, or comes after the meeting.

use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::ItemKind;
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("to-follow-late"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "An item that is to follow is overdue, or due only after the meeting",
    explanation: "The due day is compared with the day of the meeting and, where `--on` gives it, with \
                  today. A report published with fewer clear days than the agenda needs the chair's \
                  agreement that it is urgent.",
    basis: law::URGENCY.basis,
    example: "kind = \"to-follow\", due = 2026-03-20 for a meeting on 2026-03-18",
    remedy: "Ask for the paper and list it with `source`, give the new day, or defer the item",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting.sitting.date.value;
    subject
        .meeting
        .items()
        .filter_map(|item| {
            let ItemKind::ToFollow { due: Some(due) } = item.kind else {
                return None;
            };
            let number = &item.number.value;
            let message = if due >= meeting {
                format!(
                    "Item {number} is due on {}, but the meeting is on {}",
                    long(due),
                    long(meeting)
                )
            } else if subject.context.on.is_some_and(|on| due < on) {
                format!("Item {number} was due on {} and is not there", long(due))
            } else {
                return None;
            };
            Some(RULE.at(item.title.span, message))
        })
        .collect()
}
