//! The distribution list as text, CSV and JSON.

use super::line::{Line, edition_words, form_words};
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
            line.kind.print_words(),
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
pub(super) fn table<const N: usize>(rows: &[[String; N]]) -> String {
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

/// The list as CSV with a header row; spreadsheets read it as it is. Postal addresses are personal data:
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
        "items",
        "volume-pages",
        "holds",
        "notes",
    ];
    let rows = lines.iter().map(|line| {
        let kind = &line.kind;
        [
            harmless(&line.name),
            harmless(&line.capacity),
            kind.edition.as_str().to_owned(),
            kind.print.to_string(),
            kind.form.as_str().to_owned(),
            line.copies.to_string(),
            if addresses {
                harmless(&line.address.join(", "))
            } else {
                String::new()
            },
            harmless(&line.files.join("; ")),
            harmless(&kind.binding.holds.items().join(", ")),
            kind.binding
                .volume_pages
                .map_or_else(String::new, |pages| pages.to_string()),
            kind.binding.holds.as_str().to_owned(),
            if kind.binding.notes { "yes" } else { "" }.to_owned(),
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
pub(super) fn harmless(cell: &str) -> String {
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
                "holds": line.kind.binding.holds.as_str(),
                "items": line.kind.binding.holds.items(),
                "notes": line.kind.binding.notes,
                "volume-pages": line.kind.binding.volume_pages,
                "file": line.files.first(),
                "files": line.files,
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
                "holds": kind.binding.holds.as_str(),
                "items": kind.binding.holds.items(),
                "notes": kind.binding.notes,
                "volume-pages": kind.binding.volume_pages,
                "copies": copies,
            })
        })
        .collect();
    serde_json::json!({ "copies": copies, "totals": totals })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::CopyKind;
    use crate::model::{Audience, Binding, CopyForm, Holds, PrintSize};

    fn line(name: &str, print: PrintSize, copies: u32) -> Line {
        Line {
            name: name.to_owned(),
            capacity: String::new(),
            kind: CopyKind {
                edition: Audience::Members,
                print,
                form: CopyForm::Paper,
                binding: Binding::default(),
            },
            copies,
            address: vec!["1 High Street".to_owned(), "Town".to_owned()],
            files: Vec::new(),
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
            Some("'=HYPERLINK(1),,members,standard,paper,1,\"1 High Street, Town\",,,,whole,")
        );
    }

    #[test]
    fn what_a_copy_holds_is_told_and_counted_by() {
        let whole = line("A", PrintSize::LARGE, 1);
        let mut some = whole.clone();
        some.kind.binding = Binding {
            holds: Holds::Items(vec!["4".to_owned(), "7".to_owned()]),
            notes: true,
            volume_pages: Some(120),
        };
        let said = "members' edition, large print (18 pt), items 4 and 7, \
                    a leaf for notes facing each item, volumes of at most 120 pages, paper";
        assert_eq!(some.kind.words(), said);
        assert_eq!(totals(&[whole.clone(), some.clone(), whole]).len(), 2);
        assert!(csv(&[some], false).ends_with(",\"4, 7\",120,items,yes\n"));
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
