//! A table without a header row.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::prose::Table;

pub(crate) const RULE: Rule = Rule {
    code: Code("table-without-header"),
    severity: Severity::Note,
    room: Room::Accessibility,
    summary: "A table has no header row",
    explanation: "A screen reader reads the header of a column with each cell, and large print needs it \
                  to set a row as a record. A Markdown table whose first row is empty, and a CSV with \
                  `header-rows = 0`, have none.",
    basis: "WCAG 2.2, 1.3.1; PDF/UA-1, 7.5",
    example: "| | |\n| --- | --- |\n| Staffing | £154,300 |",
    remedy: "Name each column in the first row",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .tables()
        .filter(|(table, _)| table.header_rows == 0 && table.rows.len() > 1 && !is_labelled(table))
        .map(|(table, span)| {
            let place = table.rows.first().map_or(span, |row| {
                if row.span.file == span.file && row.span.start > span.start {
                    crate::finding::Span {
                        end: row.span.start,
                        ..span
                    }
                } else {
                    span
                }
            });
            RULE.at(place, "This table has no header row")
        })
        .collect()
}

/// Whether a table is of labels and what they stand for, as at the head of a report: its first column
/// says what each row is.
fn is_labelled(table: &Table) -> bool {
    table.columns.len() == 2
        && table
            .rows
            .iter()
            .all(|row| row.cells.first().is_some_and(|cell| cell.header))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FileId, Span};
    use crate::prose::{Cell, Row};

    #[test]
    fn labels_and_what_they_stand_for_are_told_from_rows_without_names() {
        let span = Span::new(FileId(0), 0, 0);
        let table = |labels: [bool; 2], width: usize| {
            let row = |label: bool| Row {
                cells: (0..width)
                    .map(|at| Cell::new(Vec::new(), label && at == 0, span))
                    .collect(),
                span,
            };
            Table {
                caption: None,
                columns: vec![crate::prose::Alignment::Start; width],
                header_rows: 0,
                rows: labels.map(row).into(),
            }
        };
        assert!(is_labelled(&table([true, true], 2)));
        assert!(!is_labelled(&table([true, false], 2)));
        assert!(!is_labelled(&table([true, true], 3)));
    }
}
