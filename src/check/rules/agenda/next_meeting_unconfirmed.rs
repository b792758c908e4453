//! A next meeting without a date.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::NextMeeting;

pub(crate) const RULE: Rule = Rule {
    code: Code("next-meeting-unconfirmed"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "The next meeting has words instead of a date",
    explanation: "The front sheet tells members and the public when the body meets next. A calendar of \
                  meetings is usually adopted for the year, so a date is usually known.",
    basis: "Practice.",
    example: "next = \"To be confirmed\"",
    remedy: "Give the date, or leave `next` out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(next) = &subject.meeting.sitting.next else {
        return Vec::new();
    };
    match &next.value {
        NextMeeting::On(_) => Vec::new(),
        NextMeeting::Words(words) => vec![RULE.at(
            next.span,
            format!("The date of the next meeting is not given: “{words}”"),
        )],
    }
}
