//! A weekday in prose that its date does not have.

use crate::check::subject::Subject;
use crate::check::written_date::{short, weekday_name};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("weekday-wrong-in-text"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "A weekday in the text is not that of the date beside it",
    explanation: "One of the two is wrong, and readers cannot tell which. Only dates with a year are \
                  looked at.",
    basis: "Practice.",
    example: "The site visit is on Friday 18 March 2019.",
    remedy: "Correct the weekday or the date",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        for written in passage.dates() {
            let (Some(weekday), Some(date)) = (written.weekday, written.date()) else {
                continue;
            };
            if date.weekday() != weekday {
                findings.push(RULE.at(
                    passage.at(written.range.clone()),
                    format!(
                        "{} is a {}, not a {}",
                        short(date),
                        weekday_name(date.weekday()),
                        weekday_name(weekday)
                    ),
                ));
            }
        }
    }
    findings
}
