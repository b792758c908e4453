//! Section numbers in two styles.

use crate::check::numbering::{FlawKind, flawed};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("number-style-mixed"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "Section numbers are written with and without a full stop",
    explanation: "The first number in the other style is named.",
    basis: "Practice: found in published packs.",
    example: "# 15. CONCLUSIONS after # 14 PROPERTY",
    remedy: "Write all numbers in one style",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    flawed(subject, FlawKind::Style)
        .map(|flaw| RULE.at(flaw.span, flaw.message))
        .collect()
}
