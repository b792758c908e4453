//! Two versions of a sum, with two digits exchanged.

use crate::check::figures::{ONE, Scale, Unit, figure};
use crate::check::subject::{Subject, cell_text};
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("sum-in-two-versions"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "Two sums differ only in the order of two neighbouring digits",
    explanation: "Sums in pounds of five digits or more in the tables of one document, whose rows share a \
                  word, such as \"Total\".",
    basis: "Practice: found in published packs.",
    example: "Total forecast £169,531 in one table, total spend forecast £169,513 in the next",
    remedy: "Check which of the two is right",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let mut sums: Vec<(i128, Vec<String>, crate::finding::Span)> = Vec::new();
        for (table, _) in &document.tables {
            for row in table.rows.iter().skip(table.header_rows) {
                let label: String = row.cells.first().map(cell_text).unwrap_or_default();
                let label = words::content_words(&label);
                for cell in row.cells.iter().skip(1) {
                    if let Some(found) = figure(&cell_text(cell))
                        && found.unit == Unit::Pounds
                        && found.scale == Scale::One
                        && found.value >= 10_000 * ONE
                    {
                        sums.push((found.value / ONE, label.clone(), cell.span));
                    }
                }
            }
        }
        sums.truncate(500);
        for (index, (value, label, span)) in sums.iter().enumerate() {
            let earlier = sums[..index].iter().find(|(other, other_label, _)| {
                exchanged(*value, *other) && label.iter().any(|word| other_label.contains(word))
            });
            if let Some((other, _, first)) = earlier {
                findings.push(
                    RULE.at(
                        *span,
                        format!(
                            "£{value} here and £{other} above differ in the order of two digits"
                        ),
                    )
                    .related(*first, "the other"),
                );
            }
        }
    }
    findings
}

/// Whether two numbers differ by an exchange of two neighbouring digits.
fn exchanged(a: i128, b: i128) -> bool {
    let (a, b) = (a.to_string().into_bytes(), b.to_string().into_bytes());
    let different: Vec<usize> = (0..a.len().min(b.len()))
        .filter(|&k| a[k] != b[k])
        .collect();
    matches!(different[..], [i, j] if a.len() == b.len() && j == i + 1 && a[i] == b[j] && a[j] == b[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanges() {
        assert!(exchanged(169_531, 169_513));
        assert!(!exchanged(169_531, 169_531));
        assert!(!exchanged(169_531, 169_631));
        assert!(!exchanged(1_695, 16_950));
    }
}
