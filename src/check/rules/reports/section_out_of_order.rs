//! Sections that are not in the council's order.

use crate::check::sections::{place_in, sections};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("section-out-of-order"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A section comes before one that the council puts first",
    explanation: "Members find their way in a report because all reports have the same order. Sections \
                  that the council does not list may be anywhere.",
    basis: "The council's own report template.",
    example: "\"Legal\" before \"Alternative options\" where council.toml has them the other way \
                  round",
    remedy: "Move the section to its place",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let layout = &subject.meeting.council.report;
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let mut furthest: Option<(usize, String)> = None;
        for section in sections(report) {
            let Some(place) = place_in(layout, &section.name) else {
                continue;
            };
            match &furthest {
                Some((before, heading)) if place < *before => findings.push(RULE.at(
                    section.span,
                    format!("“{}” belongs before “{heading}”", section.heading),
                )),
                _ => furthest = Some((place, section.heading)),
            }
        }
    }
    findings
}
