//! A number used twice.

use crate::check::numbering::{FlawKind, flawed};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("number-repeated"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "The number of a section or paragraph is used twice",
    explanation: "A minute that says \"paragraph 4.2\" must mean one paragraph. Only numbers \
                  that the author wrote are looked at.",
    basis: "Practice: found in published packs.",
    example: "# 14 BACKGROUND PAPERS after # 14 PROPERTY and # 15 CONCLUSIONS",
    remedy: "Correct the number, or set `paragraph-numbers = \"auto\"` and leave the counting to \
                  pack",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    flawed(subject, FlawKind::Repeated)
        .map(|flaw| RULE.at(flaw.span, flaw.message))
        .collect()
}
