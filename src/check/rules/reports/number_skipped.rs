//! A number left out.

use crate::check::numbering::{FlawKind, flawed};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("number-skipped"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "The number of a section or paragraph does not follow the one before",
    explanation: "A gap makes readers look for a paragraph that was taken out. Only numbers that \
                  the author wrote are looked at.",
    basis: "Practice: found in published packs.",
    example: "3.3 followed by 3.5",
    remedy: "Correct the number, or set `paragraph-numbers = \"auto\"` and leave the counting to \
                  pack",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    flawed(subject, FlawKind::Skipped)
        .map(|flaw| RULE.at(flaw.span, flaw.message))
        .collect()
}
