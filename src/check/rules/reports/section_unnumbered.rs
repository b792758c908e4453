//! A section without a number.

use crate::check::numbering::{FlawKind, flawed};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("section-unnumbered"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A section has no number among numbered ones",
    explanation: "Members refer to sections by number, and one without a number cannot be referred to. \
                  Only looked at where two or more sections of the report are numbered; the closing \
                  sections of a report (background papers, appendices, contacts) need no number.",
    basis: "Practice: found in published packs.",
    example: "# ALTERNATIVE OPTIONS between # 5 CONSULTATION and # 6 RESOURCES",
    remedy: "Number the section",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    flawed(subject, FlawKind::Unnumbered)
        .map(|flaw| RULE.at(flaw.span, flaw.message))
        .collect()
}
