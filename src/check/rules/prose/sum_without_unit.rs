//! A sum without a pound sign among others that have one.

use crate::check::figures::{ONE, Unit, figure};
use crate::check::subject::{Subject, cell_text};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("sum-without-unit"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "One figure in a column of pounds has no pound sign",
    explanation: "Found where a column of a table has three figures or more, all but one of them with a \
                  pound sign, and the one is a thousand or more, or not much smaller than they are.",
    basis: "Practice: found in published packs.",
    example: "£59,337, £50,558, 89,155",
    remedy: "Add the pound sign",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (table, _) in subject.tables() {
        for column in 0..table.columns.len() {
            let cells: Vec<_> = table
                .rows
                .iter()
                .skip(table.header_rows)
                .filter_map(|row| row.cells.get(column))
                .filter_map(|cell| figure(&cell_text(cell)).map(|figure| (figure, cell.span)))
                .collect();
            let mut plain = cells.iter().filter(|(figure, _)| figure.unit == Unit::None);
            let pounds: Vec<i128> = cells
                .iter()
                .filter(|(figure, _)| figure.unit == Unit::Pounds)
                .map(|(figure, _)| figure.value.abs())
                .collect();
            // A figure like the others; a few of something among sums of thousands is none.
            let least = pounds
                .iter()
                .min()
                .map_or(0, |&least| (1000 * ONE).min(least / 2));
            if let (Some((figure, span)), None) = (plain.next(), plain.next())
                && pounds.len() >= 2
                && pounds.len() + 1 == cells.len()
                && figure.value.abs() >= least
                && figure.value != 0
            {
                let message = "This figure has no pound sign, but the others have one";
                findings.push(RULE.at(*span, message));
            }
        }
    }
    findings
}
