//! A row of the header table with nothing in it.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("header-field-empty"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "A row of the report's header table is empty",
    explanation: "It prints as a label with nothing beside it.",
    basis: "The council's own report template.",
    example: "vision = []",
    remedy: "Fill it in, or take the key out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .reports()
        .flat_map(|(_, _, report)| &report.header)
        .filter(|row| row.lines.iter().all(|line| line.trim().is_empty()))
        .map(|row| RULE.at(row.span, format!("The header row “{}” is empty", row.label)))
        .collect()
}
