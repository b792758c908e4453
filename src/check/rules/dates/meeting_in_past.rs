//! A meeting that has already taken place.

use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("meeting-in-past"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "The meeting is before the day of the check",
    explanation: "Last month's date left in this month's pack, or last year's. Only looked at where \
                  `pack check --on` says what day it is.",
    basis: "Practice.",
    example: "date = 2025-01-14 in the pack for January 2026",
    remedy: "Correct the date of the meeting",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let date = &subject.meeting.sitting.date;
    match subject.context.on {
        Some(on) if date.value < on => vec![RULE.at(
            date.span,
            format!(
                "The meeting was on {}, before {}",
                long(date.value),
                long(on)
            ),
        )],
        _ => Vec::new(),
    }
}
