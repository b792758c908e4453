//! A paragraph under another section.

use crate::check::numbering::{FlawKind, flawed};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("paragraph-in-wrong-section"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "The number of a paragraph is that of another section",
    explanation: "It was moved, or its section lost its number. Only numbers that the author \
                  wrote are looked at.",
    basis: "Practice: found in published packs.",
    example: "5.3 below a heading without a number, or in section 6",
    remedy: "Correct the number of the paragraph or of its section",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    flawed(subject, FlawKind::WrongSection)
        .map(|flaw| RULE.at(flaw.span, flaw.message))
        .collect()
}
