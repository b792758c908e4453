//! A total that is not the sum of what stands above it.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::figures::{Figure, Unit, figure, written};
use crate::check::subject::{Subject, cell_text};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::prose::Table;

pub(crate) const RULE: Rule = Rule {
    code: Code("table-total-wrong"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A total in a table is not the sum of its figures",
    explanation: "For a row that begins with \"Total\" each column is added up, since the last total or from \
                  the top, and totals of totals are taken too. A row \"Variance\", \"Difference\" or \
                  \"Balance\" below two figures is held against their difference. Columns of percentages, \
                  columns with cells that are no figures, and tables in which figures follow a total and \
                  most totals are no sums, are left alone. The note shows the sum; a difference of a few \
                  units may come from rounding.",
    basis: "Practice: found in published packs.",
    example: "| Total | £459,198 | below figures that add up to £459,199",
    remedy: "Check the figures and the total",
    run,
};

static TOTAL: LazyLock<Regex> = pattern!(
    r"(?i)^\s*(?:grand|sub|overall|net)?[- ]?totals?\b(?:\s+\S+){0,3}\s*$|^\s*cyfanswm\s*$"
);
static NO_SUM: LazyLock<Regex> = pattern!(r"(?i)\btotals?\s+(?:number|population|of)\b");
static DIFFERENCE: LazyLock<Regex> =
    pattern!(r"(?i)\b(?:variance|difference|balance|surplus|deficit|shortfall)\b");

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (table, _) in subject
        .documents
        .iter()
        .flat_map(|document| &document.tables)
    {
        if spans(table) {
            continue;
        }
        for column in 1..table.columns.len() {
            for (span, message) in look(table, column) {
                findings.push(RULE.at(span, message));
            }
        }
    }
    findings
}

/// Whether a cell takes more than one place or a row lacks some, so that columns cannot be told by
/// counting cells.
fn spans(table: &Table) -> bool {
    table.rows.iter().any(|row| {
        row.cells.len() != table.columns.len()
            || row
                .cells
                .iter()
                .any(|cell| cell.columns > 1 || cell.rows > 1)
    })
}

/// What is wrong in one column.
fn look(table: &Table, column: usize) -> Vec<(Span, String)> {
    let mut wrong = Vec::new();
    let mut all: Vec<i128> = Vec::new();
    let mut since: Vec<i128> = Vec::new();
    let mut totals: Vec<i128> = Vec::new();
    // How many totals were right, and whether figures follow a total: a table in which they do is
    // built in some way of its own, and only its other totals can say that totals are sums there.
    let mut right = 0;
    let mut goes_on = false;
    let rows: Vec<_> = table.rows.iter().skip(table.header_rows).collect();
    for (index, row) in rows.iter().enumerate() {
        let Some(cell) = row.cells.get(column) else {
            return wrong;
        };
        let text = cell_text(cell);
        let labels: Vec<String> = row.cells[..column].iter().map(cell_text).collect();
        let is_total = labels
            .iter()
            .any(|label| TOTAL.is_match(label) && !NO_SUM.is_match(label));
        let is_difference = labels.iter().any(|label| DIFFERENCE.is_match(label));
        let Some(found) = figure(&text) else {
            if is_nothing(&text) {
                continue;
            }
            return wrong;
        };
        if found.unit == Unit::Percent {
            return wrong;
        }
        if is_total {
            let sums = [
                sum(&since),
                sum(&all),
                sum(&totals),
                sum(&since) + totals.last().copied().unwrap_or(0),
            ];
            if since.len() >= 2 && sums.contains(&found.value) {
                right += 1;
            } else if since.len() >= 2 {
                wrong.push((
                    cell.span,
                    say(found, sums[0], "the figures above add up to"),
                ));
            }
            totals.push(found.value);
            since.clear();
        } else if is_difference && index + 1 == rows.len() && all.len() + totals.len() == 2 {
            let both: Vec<i128> = all.iter().chain(&totals).copied().collect();
            let difference = (both[0] - both[1]).abs();
            if found.value.abs() != difference {
                wrong.push((
                    cell.span,
                    say(found, difference, "the figures above differ by"),
                ));
            }
        } else {
            goes_on |= !totals.is_empty();
            all.push(found.value);
            since.push(found.value);
        }
    }
    if goes_on && right < wrong.len() {
        wrong.clear();
    }
    wrong
}

fn sum(values: &[i128]) -> i128 {
    values.iter().sum()
}

fn say(printed: Figure, expected: i128, words: &str) -> String {
    format!(
        "This is {}, and {words} {}",
        written(printed.value, printed.places, printed.unit),
        written(expected, printed.places, printed.unit)
    )
}

fn is_nothing(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "" | "-" | "–" | "—" | "n/a" | "nil" | "*" | "."
    )
}
