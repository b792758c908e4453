//! A change that is not the difference of its figures.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, changes};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("difference-wrong"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A change in the text does not follow from the figures beside it",
    explanation: "Two figures and their difference are read in such phrasings as \"decreased by 0.44 (18.83 \
                  from 19.21)\", \"from 19.21 to 18.83, a decrease of 0.44\", \"18.83 compared with 19.21, a \
                  decrease of 0.44\" and \"18.83 (down 0.44 from 19.21)\". Percentages, days and years are \
                  left alone.",
    basis: "Practice: found in published packs.",
    example: "decreased by 0.44 cases per worker (18.83 from 19.21), which is 0.38",
    remedy: "Check the figures",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        for wrong in changes::wrong(&passage.text) {
            if !wrong.in_percent {
                findings.push(RULE.at(passage.at(wrong.range), wrong.message));
            }
        }
    }
    findings
}
