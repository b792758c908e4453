//! Tables of Markdown: their rows, and whether each has as many cells as the first.

use std::ops::Range;

use super::origin::Places;
use super::tree::{Builder, Cells, Frame, Open, paragraph};
use crate::finding::{Finding, counted};
use crate::load::codes;
use crate::prose::{Alignment, Block, BlockKind, Cell, Inline, Row, Table, plain};

impl Builder<'_> {
    /// Compares the cells of a row, as written, with the columns of its table: Markdown drops surplus
    /// cells and adds missing ones silently.
    pub(super) fn count_cells(&self, range: &Range<usize>) {
        let Some(Frame {
            open: Open::Table { columns, .. },
            ..
        }) = self.stack.last()
        else {
            return;
        };
        let text = self.text.get(range.clone()).unwrap_or("");
        let line = text.lines().next().unwrap_or("");
        let written = cells_in(line);
        if written == columns.len() {
            return;
        }
        let start = range.start;
        self.notes.add(
            Finding::error(
                codes::RAGGED_TABLE,
                self.origin.span(start..start + line.trim_end().len()),
                format!(
                    "This row has {}, the table has {}",
                    counted(written, "cell"),
                    counted(columns.len(), "column")
                ),
            )
            .label(if written > columns.len() {
                "the last would be lost"
            } else {
                "the last would be empty"
            })
            .help("Give each row the same number of cells; write \\| to print a |"),
        );
    }

    /// Looks in a paragraph for the line below a header row: if the two differ in their number of
    /// cells, Markdown does not read a table.
    pub(super) fn check_delimiter_row(&self, range: &Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or("");
        let mut lines = text.lines();
        let (Some(head), Some(under)) = (lines.next(), lines.next()) else {
            return;
        };
        let is_delimiter = under.contains('|')
            && under.contains("--")
            && under.trim().chars().all(|c| "|-: \t".contains(c));
        if !is_delimiter || !head.contains('|') {
            return;
        }
        let at = range.start + head.len() + 1;
        self.notes.add(
            Finding::error(
                codes::RAGGED_TABLE,
                self.origin.span(at..at + under.trim_end().len()),
                format!(
                    "The header row of this table has {}, the line below it has {}",
                    counted(cells_in(head), "cell"),
                    cells_in(under)
                ),
            )
            .label("so it is not read as a table")
            .help("Give both the same number of cells"),
        );
    }
}

/// How many cells a line of a table has.
fn cells_in(line: &str) -> usize {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = 1;
    let mut escaped = false;
    let mut ends_with_bar = false;
    for letter in line.chars() {
        ends_with_bar = letter == '|' && !escaped;
        if ends_with_bar {
            cells += 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    if ends_with_bar { cells - 1 } else { cells }
}

/// A table. A header row of empty cells is left out.
pub(super) fn table(
    columns: Vec<Alignment>,
    head: Vec<(Cells, Range<usize>)>,
    rows: Vec<(Cells, Range<usize>)>,
    origin: Places<'_>,
) -> Table {
    let head: Vec<Row> = head
        .into_iter()
        .filter(|(cells, _)| cells.iter().any(|(words, _)| !words.is_empty()))
        .map(|(cells, range)| row(cells, range, true, origin))
        .collect();
    let header_rows = head.len();
    let rows = head
        .into_iter()
        .chain(
            rows.into_iter()
                .map(|(cells, range)| row(cells, range, false, origin)),
        )
        .collect();
    Table {
        caption: None,
        columns,
        header_rows,
        rows,
    }
}

/// Takes the caption from the blocks before a table: a paragraph right before it that begins with
/// "Table 1:" ("Tabl 1:" in Welsh), whatever the number.
pub(super) fn caption(blocks: &mut Vec<Block>) -> Option<Vec<Inline>> {
    match &blocks.last()?.kind {
        BlockKind::Paragraph(words) if names_a_table(&plain(words)) => {}
        _ => return None,
    }
    match blocks.pop()?.kind {
        BlockKind::Paragraph(words) => Some(words),
        _ => None,
    }
}

fn names_a_table(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let named = parts
        .next()
        .is_some_and(|word| ["table", "tabl"].contains(&word.to_lowercase().as_str()));
    named
        && parts
            .next()
            .and_then(|number| number.strip_suffix([':', '.']))
            .is_some_and(|number| {
                (1..=6).contains(&number.len())
                    && number
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
            })
}

fn row(cells: Cells, range: Range<usize>, header: bool, origin: Places<'_>) -> Row {
    let cells = cells
        .into_iter()
        .map(|(words, range)| {
            let span = match (words.first(), words.last()) {
                (Some(first), Some(last)) => first.span.to(last.span),
                _ => origin.span(range),
            };
            let blocks = paragraph(words)
                .map(|kind| Block {
                    kind,
                    span,
                    lang: None,
                })
                .into_iter()
                .collect();
            Cell::new(blocks, header, span)
        })
        .collect();
    Row {
        cells,
        span: origin.span(range),
    }
}

#[cfg(test)]
mod tests {
    use super::{cells_in, names_a_table};

    #[test]
    fn captions_name_their_table() {
        for words in [
            "Table 1: Births",
            "Table A: Births",
            "Tabl 2.1: Lleoedd",
            "Table 3. Costs",
        ] {
            assert!(names_a_table(words), "{words}");
        }
        for words in [
            "Table 1 shows the births",
            "Tables 1: and 2",
            "The table below: births",
            "Table: births",
            "Table",
        ] {
            assert!(!names_a_table(words), "{words}");
        }
    }

    #[test]
    fn cells_are_counted_as_written() {
        assert_eq!(cells_in("| a | b |"), 2);
        assert_eq!(cells_in("a | b"), 2);
        assert_eq!(cells_in("| a \\| b |"), 1);
        assert_eq!(cells_in("| a | b"), 2);
        assert_eq!(cells_in("|  |  |"), 2);
    }
}
