//! Minutes of a meeting that has not taken place yet.

use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("minutes-not-earlier"),
    severity: Severity::Error,
    room: Room::Dates,
    summary: "Minutes are dated on or after the meeting that is to approve them",
    explanation: "A body approves the minutes of earlier meetings. In January it is usually the year \
                  that is wrong.",
    basis: law::MINUTES.basis,
    example: "date = 2019-11-12 in minutes for a meeting on 2019-03-18",
    remedy: "Correct the date in the front matter of the minutes",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting.sitting.date.value;
    subject
        .minutes()
        .filter_map(|(_, minutes)| minutes.date.as_ref())
        .filter(|date| date.value >= meeting)
        .map(|date| {
            RULE.at(
                date.span,
                format!(
                    "The minutes are of {}, but the meeting is on {}",
                    long(date.value),
                    long(meeting)
                ),
            )
        })
        .collect()
}
