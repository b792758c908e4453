//! A date that no calendar has.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("impossible-date"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "A date in the text does not exist",
    explanation: "A day that the month does not have, a 13th month, 29 February outside a leap year, or \
                  two days of one month that run backwards (\"29th and 20th January\").",
    basis: "Practice: found in published packs.",
    example: "The consultation closes on 31 April 2020.",
    remedy: "Correct the date",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        for written in passage.dates() {
            if let Some(why) = written.impossible() {
                let words = &passage.text[written.range.clone()];
                findings.push(RULE.at(
                    passage.at(written.range.clone()),
                    format!("“{words}” cannot be: {why}"),
                ));
            }
        }
    }
    findings
}
