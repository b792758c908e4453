//! A public appendix under a report that is not.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("public-appendix-of-exempt-report"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "An appendix is public, and the report that it belongs to is not",
    explanation: "An appendix may be withheld from under a public report, not the other way round: by \
                  itself it tells what the report is about, and nobody checked it for that.",
    basis: "Local Government Act 1972, s.100B(2)",
    example: "access = \"exempt\" on the report, access = \"public\" on its appendix",
    remedy: "Withhold the appendix too, or make it an item's paper of its own",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in subject.meeting.items() {
        for paper in &item.papers {
            for appendix in &paper.appendices {
                let report_public = item.access.is_public() && paper.access.is_public();
                if !report_public && appendix.access.is_public() {
                    findings.push(RULE.at(
                        appendix.title.span,
                        format!(
                            "“{}” is public, and the report of item {} is not",
                            appendix.full_title(),
                            item.number.value
                        ),
                    ));
                }
            }
        }
    }
    findings
}
