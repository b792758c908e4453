//! A next meeting that is not next.

use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::NextMeeting;

pub(crate) const RULE: Rule = Rule {
    code: Code("next-meeting-not-later"),
    severity: Severity::Error,
    room: Room::Dates,
    summary: "The next meeting is not after this one, or the previous one not before it",
    explanation: "The date was carried over from an earlier pack.",
    basis: "Practice.",
    example: "date = 2026-03-18\nnext = 2026-01-14",
    remedy: "Correct the date",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let sitting = &subject.meeting.sitting;
    let date = sitting.date.value;
    let mut findings = Vec::new();
    if let Some(next) = &sitting.next
        && let NextMeeting::On(day) = next.value
        && day <= date
    {
        findings.push(RULE.at(
            next.span,
            format!(
                "The next meeting, {}, is not after {}",
                long(day),
                long(date)
            ),
        ));
    }
    if let Some(previous) = &sitting.previous
        && previous.value >= date
    {
        findings.push(RULE.at(
            previous.span,
            format!(
                "The previous meeting, {}, is not before {}",
                long(previous.value),
                long(date)
            ),
        ));
    }
    findings
}
