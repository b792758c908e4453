//! The fields of a report's header, found by the labels that the council gives them.

use crate::model::{HeaderField, ReportLayout, names};
use crate::prose::{Block, BlockKind, Cell, Inline, InlineKind, Row, Table, plain};

/// Finds fields by the council's labels.
pub(in crate::load) struct Fields<'l>(pub(in crate::load) &'l ReportLayout);

impl Fields<'_> {
    /// The field of a label; `None` for one that the council does not know.
    pub(super) fn of(&self, label: &str) -> Option<&HeaderField> {
        let label = bare(label);
        let is = |other: &str| bare(other) == label;
        self.0.header.iter().find(|field| {
            !label.is_empty() && (is(&field.label) || is(&field.key.replace('-', " ")))
        })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.header.iter().any(|field| field.key == key)
    }

    pub(super) fn is_nil(&self, words: &str) -> bool {
        self.0.nil.iter().any(|nil| bare(nil) == bare(words))
    }

    pub(super) fn is_recommendations(&self, label: &str) -> bool {
        let heading = &self.0.recommendations_heading;
        // This is called for every line of a paper: long lines are not compared.
        if label.trim().len() > heading.len().max("recommendations".len()) * 2 {
            return false;
        }
        let label = bare(label);
        label == bare(heading) || matches!(label.as_str(), "recommendation" | "recommendations")
    }

    /// Whether a line is the heading over the recommendations, with or without a number.
    pub(in crate::load) fn asks(&self, line: &str) -> bool {
        let figure = |c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace();
        self.is_recommendations(line.trim_start_matches(figure))
    }

    /// Whether a row has a label of the header.
    pub(super) fn knows(&self, row: &Row) -> bool {
        matches!(row.cells.as_slice(), [label, _, ..] if self.of(&words(&label.blocks)).is_some())
    }

    /// Whether at least two rows of a table have labels of the header.
    pub(super) fn head(&self, table: &Table) -> bool {
        table.rows.iter().filter(|row| self.knows(row)).count() >= 2
    }
}

/// The key and the value of a line "Label: value". A bold label needs no colon.
pub(super) fn labelled<'f>(
    content: &[Inline],
    fields: &'f Fields<'_>,
) -> Option<(&'f str, String)> {
    let words = plain(content);
    let stressed = match content.first().map(|first| &first.kind) {
        Some(InlineKind::Strong(inner)) => plain(inner).len(),
        _ => 0,
    };
    let colon = words.find(':');
    let at = [colon, Some(stressed).filter(|at| *at > 0)];
    at.into_iter().flatten().find_map(|at| {
        let (label, value) = words.split_at_checked(at)?;
        let value = value.trim_start_matches(':').trim();
        let field = fields.of(label)?;
        (!value.is_empty()).then(|| (field.key.as_str(), value.to_owned()))
    })
}

/// The lines of a cell: its paragraphs and the items of its lists.
pub(super) fn lines(cell: &Cell) -> Vec<String> {
    let mut all = Vec::new();
    gather(&cell.blocks, &mut all);
    all
}

fn gather(blocks: &[Block], all: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                let words = plain(content);
                all.extend((!words.trim().is_empty()).then(|| words.trim().to_owned()));
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    gather(&item.blocks, all);
                }
            }
            BlockKind::Quote(inner) => gather(inner, all),
            BlockKind::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    gather(&cell.blocks, all);
                }
            }
            BlockKind::Figure(_) | BlockKind::Preformatted(_) | BlockKind::Rule => {}
        }
    }
}

pub(super) fn words(blocks: &[Block]) -> String {
    let mut all = Vec::new();
    gather(blocks, &mut all);
    all.join(" ")
}

/// A label for comparison: without case, closing colon and "(s)".
pub(super) fn bare(label: &str) -> String {
    let label = label.trim().trim_end_matches([':', ' ']).replace("(s)", "");
    names::folded(&label)
}
