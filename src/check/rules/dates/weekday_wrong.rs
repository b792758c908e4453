//! The weekday of the meeting.

use crate::check::subject::Subject;
use crate::check::written_date::{short, weekday, weekday_name};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("weekday-wrong"),
    severity: Severity::Error,
    room: Room::Dates,
    summary: "The weekday of the meeting is not that of its date",
    explanation: "People come on the weekday that they read. English and Welsh names are understood, in \
                  full or cut short.",
    basis: "Practice: a notice or summons states the time of the meeting",
    example: "date = 2019-03-18\nweekday = \"Tuesday\"",
    remedy: "Correct the weekday or the date; `pack check --fix` writes the weekday that the \
                  date has",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let sitting = &subject.meeting.sitting;
    let Some(given) = &sitting.weekday else {
        return Vec::new();
    };
    let date = sitting.date.value;
    let actual = weekday_name(date.weekday());
    let message = match weekday(given) {
        Some(weekday) if weekday == date.weekday() => return Vec::new(),
        Some(_) => format!("{} is a {actual}, not a {}", short(date), given.value),
        None => format!(
            "“{}” is not a weekday; {} is a {actual}",
            given.value,
            short(date)
        ),
    };
    vec![
        RULE.at(given.span, message)
            .related(sitting.date.span, "the date"),
    ]
}
