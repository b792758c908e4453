//! A table without a header row.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

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
        .filter(|(table, _)| table.header_rows == 0 && table.rows.len() > 1)
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
