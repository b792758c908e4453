//! The distribution list as text, CSV and JSON.

use super::line::{CopyKind, Line, edition_words, form_words, print_words};
use super::totals;

/// The list and its totals as a table for the eye.
pub fn text(lines: &[Line]) -> String {
    let mut rows = vec![["Recipient", "Edition", "Print", "Form", "Copies"].map(str::to_owned)];
    rows.extend(lines.iter().map(|line| {
        let name = if line.capacity.is_empty() {
            line.name.clone()
        } else {
            format!("{} ({})", line.name, line.capacity)
        };
        [
            name,
            edition_words(line.kind.edition).to_owned(),
            print_words(line.kind.print),
            form_words(line.kind.form).to_owned(),
            line.copies.to_string(),
        ]
    }));
    let mut text = table(&rows);
    text.push('\n');
    let mut rows = vec![["To make", "Copies"].map(str::to_owned)];
    rows.extend(
        totals(lines)
            .into_iter()
            .map(|(kind, copies)| [kind.words(), copies.to_string()]),
    );
    text.push_str(&table(&rows));
    text
}

/// Rows as aligned columns, the last one to the right.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: [usize; N] = std::array::from_fn(|column| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    });
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[column] - cell.chars().count());
            if column + 1 == N {
                text.push_str(&pad);
                text.push_str(cell);
                text.push('\n');
            } else {
                text.push_str(cell);
                text.push_str(&pad);
                text.push_str("  ");
            }
        }
    }
    text
}

/// The list as CSV with a head; spreadsheets read it as it is. Postal addresses are personal data:
/// they are left empty unless asked for.
pub fn csv(lines: &[Line], addresses: bool) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = [
        "recipient",
        "capacity",
        "edition",
        "print",
        "form",
        "copies",
        "address",
        "file",
    ];
    let rows = lines.iter().map(|line| {
        let CopyKind {
            edition,
            print,
            form,
        } = line.kind;
        [
            harmless(&line.name),
            harmless(&line.capacity),
            edition.as_str().to_owned(),
            print.to_string(),
            form.as_str().to_owned(),
            line.copies.to_string(),
            if addresses {
                harmless(&line.address.join(", "))
            } else {
                String::new()
            },
            harmless(line.file.as_deref().unwrap_or_default()),
        ]
    });
    // Writing to memory cannot fail, and every row has as many fields as the head.
    let written = writer
        .write_record(head)
        .and_then(|()| {
            rows.into_iter()
                .try_for_each(|row| writer.write_record(row))
        })
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

/// A cell that a spreadsheet would take for a formula gets a quotation mark before it.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The list and its totals as JSON.
pub fn json(lines: &[Line]) -> serde_json::Value {
    let copies: Vec<_> = lines
        .iter()
        .map(|line| {
            serde_json::json!({
                "recipient": line.name,
                "capacity": line.capacity,
                "edition": line.kind.edition.as_str(),
                "print": line.kind.print.to_string(),
                "form": line.kind.form.as_str(),
                "copies": line.copies,
                "address": line.address,
                "file": line.file,
            })
        })
        .collect();
    let totals: Vec<_> = totals(lines)
        .into_iter()
        .map(|(kind, copies)| {
            serde_json::json!({
                "edition": kind.edition.as_str(),
                "print": kind.print.to_string(),
                "form": kind.form.as_str(),
                "copies": copies,
            })
        })
        .collect();
    serde_json::json!({ "copies": copies, "totals": totals })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Audience, CopyForm, PrintSize};

    fn line(name: &str, print: PrintSize, copies: u32) -> Line {
        Line {
            name: name.to_owned(),
            capacity: String::new(),
            kind: CopyKind {
                edition: Audience::Members,
                print,
                form: CopyForm::Paper,
            },
            copies,
            address: vec!["1 High Street".to_owned(), "Town".to_owned()],
            file: None,
        }
    }

    #[test]
    fn totals_count_each_kind_once() {
        let lines = [
            line("A", PrintSize::LARGE, 1),
            line("B", PrintSize::Standard, 2),
            line("C", PrintSize::LARGE, 3),
        ];
        let counted: Vec<_> = totals(&lines)
            .into_iter()
            .map(|(kind, copies)| (kind.print, copies))
            .collect();
        assert_eq!(counted, [(PrintSize::Standard, 2), (PrintSize::LARGE, 4)]);
    }

    #[test]
    fn csv_quotes_commas_and_defuses_formulas() {
        let text = csv(&[line("=HYPERLINK(1)", PrintSize::Standard, 1)], true);
        assert_eq!(
            text.lines().nth(1),
            Some("'=HYPERLINK(1),,members,standard,paper,1,\"1 High Street, Town\",")
        );
    }

    #[test]
    fn columns_line_up() {
        let text = text(&[line("Councillor Ŵyn", PrintSize::GIANT, 10)]);
        assert_eq!(
            text.lines().next().map(|head| head.chars().count()),
            text.lines().nth(1).map(|row| row.chars().count())
        );
    }
}
