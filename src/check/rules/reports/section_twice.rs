//! One section twice.

use std::collections::BTreeMap;

use crate::check::sections::sections;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    code: Code("section-twice"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "Two sections of a report have the same heading",
    explanation: "A section that was copied from another report and not merged. Headings are compared \
                  without number, case or closing colon.",
    basis: "Practice.",
    example: "# 7 Legal implications … # 9 LEGAL IMPLICATIONS:",
    remedy: "Merge the two, or give the second a heading of its own",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for section in sections(report) {
            if let Some(first) = seen.get(&section.name) {
                findings.push(
                    RULE.at(
                        section.span,
                        format!("There are two sections “{}”", section.heading),
                    )
                    .related(*first, "the first"),
                );
            } else {
                seen.insert(section.name, section.span);
            }
        }
    }
    findings
}
