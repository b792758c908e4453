//! A member both there and not there.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("present-and-apologies"),
    severity: Severity::Warning,
    room: Room::People,
    summary: "A member is listed as present and as having sent apologies",
    explanation: "The record of attendance contradicts itself. A name that stands twice in one list is \
                  found too.",
    basis: law::ATTENDANCE.basis,
    example: "present = [\"Allen\"]\napologies = [\"Allen\"]",
    remedy: "Take the name out of one list",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, minutes) in subject.minutes() {
        let all: Vec<_> = minutes.present.iter().chain(&minutes.apologies).collect();
        for (index, attendee) in all.iter().enumerate() {
            let before = all[..index]
                .iter()
                .find(|other| match (other.member, attendee.member) {
                    (Some(a), Some(b)) => a == b,
                    (None, None) => words::squash(&other.name) == words::squash(&attendee.name),
                    _ => false,
                });
            if let Some(before) = before {
                let both = index >= minutes.present.len();
                let message = if both {
                    format!("{} is listed as present and as absent", attendee.name)
                } else {
                    format!("{} is listed twice", attendee.name)
                };
                findings.push(
                    RULE.at(attendee.span, message)
                        .related(before.span, "listed here first"),
                );
            }
        }
    }
    findings
}
