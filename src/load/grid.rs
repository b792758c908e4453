//! Makes a table of rows of cells, from any kind of spreadsheet: removes blank edges, makes titles the
//! caption, finds header rows and totals, and reports errors.

use std::sync::LazyLock;

use regex::Regex;

use super::codes;
use super::notes::Notes;
use crate::finding::{Finding, Span};
use crate::model::SourceName;
use crate::prose::codes::is_code;
use crate::prose::totals::is_total;
use crate::prose::{Alignment, Block, BlockKind, Cell, Inline, InlineKind, Row, Table};

/// The most cells of a table: typesetting this many takes a gigabyte.
pub(super) const MOST_CELLS: usize = 30_000;
/// The most header rows, unless the source says how many there are.
const MOST_HEADS: usize = 5;

/// Rows of single cells without blank edges.
#[derive(Debug)]
pub(super) struct Grid {
    rows: Vec<Row>,
    /// The titles above the header rows.
    caption: Option<Vec<Inline>>,
    /// How many rows were removed at the top.
    above: usize,
    /// How many columns were removed at the left.
    left: usize,
}

/// How many rows are header rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    /// This many of the table.
    First(usize),
    /// Those before this row, counted before edges were removed.
    Before(usize),
    /// One, or as many as its merged cells reach.
    Found,
}

/// A merged cell, counted before edges were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Grid {
    /// Rows without blank edges; `None` if everything is blank.
    pub(super) fn of(rows: Vec<Row>) -> Option<Self> {
        let grid = without_edges(rows);
        (!grid.rows.is_empty()).then_some(grid)
    }

    /// The rows that are left.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The table. What is wrong with its cells becomes a finding.
    pub(super) fn table(self, heads: Heads, merged: &[Merged], notes: &Notes) -> Table {
        let merged = self.inside(merged);
        let Self {
            mut rows,
            caption,
            above,
            ..
        } = self;
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for row in &mut rows {
            let span = row.span;
            row.cells.resize_with(width, || cell("", span));
        }
        say_errors(&rows, notes);
        let header_rows = match heads {
            Heads::First(count) => count,
            Heads::Before(row) => row.saturating_sub(above).clamp(1, MOST_HEADS),
            Heads::Found => found_heads(&merged, width),
        };
        let header_rows = header_rows.min(rows.len());
        for cell in rows
            .iter_mut()
            .take(header_rows)
            .flat_map(|row| &mut row.cells)
        {
            cell.header = true;
        }
        for row in rows.iter_mut().skip(header_rows) {
            if row
                .cells
                .iter()
                .map(words)
                .find(|words| !words.is_empty())
                .is_some_and(|label| is_total(&label))
            {
                row.cells.iter_mut().for_each(strengthen);
            }
        }
        let columns = (0..width)
            .map(|column| alignment(&rows[header_rows..], column))
            .collect();
        merge(&mut rows, &merged, header_rows);
        Table {
            caption,
            columns,
            header_rows,
            rows,
        }
    }

    /// Merged cells, counted in the rows and columns that are left.
    fn inside(&self, merged: &[Merged]) -> Vec<Merged> {
        let height = self.rows.len();
        let width = self.rows.iter().map(|row| row.cells.len()).max();
        let width = width.unwrap_or(0);
        let clipped = |first: usize, count: usize, before: usize, most: usize| {
            let end = (first + count).saturating_sub(before).min(most);
            let first = first.saturating_sub(before);
            (first, end.saturating_sub(first))
        };
        merged
            .iter()
            .map(|one| {
                let (row, rows) = clipped(one.row, one.rows, self.above, height);
                let (column, columns) = clipped(one.column, one.columns, self.left, width);
                Merged {
                    row,
                    column,
                    rows,
                    columns,
                }
            })
            .filter(|one| one.rows * one.columns > 1)
            .collect()
    }
}

/// How many header rows merged cells show: a head over several columns has their heads below it, and one
/// over several rows reaches down to the last header row.
fn found_heads(merged: &[Merged], width: usize) -> usize {
    let mut heads = 1;
    while heads < MOST_HEADS {
        let reach = merged
            .iter()
            .filter(|one| one.row < heads)
            .map(|one| {
                let over = one.columns > 1 && one.columns < width;
                one.row + one.rows + usize::from(over)
            })
            .max()
            .unwrap_or(0);
        if reach <= heads {
            break;
        }
        heads = reach.min(MOST_HEADS);
    }
    heads
}

/// Makes one cell of each merged cell. A head does not reach below the header rows.
fn merge(rows: &mut [Row], merged: &[Merged], header_rows: usize) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut covered = vec![false; rows.len() * width];
    for one in merged {
        let end = one.row + one.rows;
        let end = if one.row < header_rows {
            end.min(header_rows)
        } else {
            end
        };
        let places: Vec<usize> = (one.row..end)
            .flat_map(|row| (one.column..one.column + one.columns).map(move |at| row * width + at))
            .collect();
        // If two overlap, the first counts.
        if places.iter().any(|&place| covered[place]) || places.len() < 2 {
            continue;
        }
        for &place in &places {
            covered[place] = true;
        }
        let first = &mut rows[one.row].cells[one.column];
        (first.columns, first.rows) = (one.columns, end - one.row);
        covered[places[0]] = false;
    }
    for (index, row) in rows.iter_mut().enumerate() {
        let mut places = covered[index * width..(index + 1) * width].iter();
        row.cells.retain(|_| places.next() == Some(&false));
    }
}

/// The finding on an empty file.
pub(super) fn empty(name: &SourceName, place: Span) -> Finding {
    Finding::error(codes::NOT_A_TABLE, place, format!("{name} is empty"))
        .help("Add a header row and the rows of the table")
}

/// The finding on a table that is too large.
pub(super) fn too_large(name: &SourceName, place: Span) -> Finding {
    Finding::error(
        codes::NOT_A_TABLE,
        place,
        format!("{name} has more than {MOST_CELLS} cells, too many for anybody to read"),
    )
    .help(
        "Attach the rows that the report is about, and say in it where the whole file is published",
    )
}

/// Reports each table of a text that, with those before it, has more cells than can be printed, and keeps
/// only its header rows.
pub(super) fn hold_size(blocks: &mut [Block], notes: &Notes) {
    let mut left = MOST_CELLS;
    hold(blocks, &mut left, notes);
}

fn hold(blocks: &mut [Block], left: &mut usize, notes: &Notes) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Table(table) => {
                let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
                if cells > *left {
                    notes.add(
                        Finding::error(
                            codes::NOT_A_TABLE,
                            block.span,
                            format!(
                                "The tables of this text have more than {MOST_CELLS} cells, too many for anybody to read"
                            ),
                        )
                        .label("with this one")
                        .help("Keep the rows that the text is about, and say in it where all of them are published"),
                    );
                    table.rows.truncate(table.header_rows.max(1));
                }
                *left = left.saturating_sub(cells);
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    hold(&mut item.blocks, left, notes);
                }
            }
            BlockKind::Quote(blocks) => hold(blocks, left, notes),
            _ => {}
        }
    }
}

/// Removes blank rows and columns around a table, and the titles above its header rows: rows with words in
/// only one cell, above rows with words in several.
fn without_edges(mut rows: Vec<Row>) -> Grid {
    let filled = |row: &Row| {
        row.cells
            .iter()
            .filter(|cell| !cell.blocks.is_empty())
            .count()
    };
    let last = rows
        .iter()
        .rposition(|row| filled(row) > 0)
        .map_or(0, |at| at + 1);
    rows.truncate(last);
    let all = rows.len();
    let widest = rows.iter().map(filled).max().unwrap_or(0);
    let heads = rows.iter().position(|row| filled(row) > 1).unwrap_or(0);
    let mut caption = Vec::new();
    if widest > 1 {
        for row in rows.drain(..heads) {
            let span = row.span;
            let title = row
                .cells
                .into_iter()
                .find_map(|cell| cell.blocks.into_iter().next());
            if let Some(Block {
                kind: BlockKind::Paragraph(words),
                ..
            }) = title
            {
                if !caption.is_empty() {
                    caption.push(Inline {
                        kind: InlineKind::HardBreak,
                        span,
                    });
                }
                caption.extend(words);
            }
        }
    }
    let first = rows.iter().position(|row| filled(row) > 0).unwrap_or(0);
    rows.drain(..first);
    let above = all - rows.len();
    let blank = |row: &Row, column: usize| {
        row.cells
            .get(column)
            .is_none_or(|cell| cell.blocks.is_empty())
    };
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let left = (0..width.saturating_sub(1))
        .take_while(|&column| rows.iter().all(|row| blank(row, column)))
        .count();
    for row in &mut rows {
        row.cells.drain(..left.min(row.cells.len()));
    }
    loop {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if width < 2 || rows.iter().any(|row| !blank(row, width - 1)) {
            break;
        }
        rows.iter_mut()
            .for_each(|row| row.cells.truncate(width - 1));
    }
    Grid {
        rows,
        caption: (!caption.is_empty()).then_some(caption),
        above,
        left,
    }
}

/// What a spreadsheet shows in place of a value.
static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is fixed, and the tests compile it.
    Regex::new(r"^(?:#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)|#{3,}|Err:[0-9]{3})$|^[0-9](?:\.[0-9]+)?E[+-][0-9]+$")
        .expect("a fixed pattern")
});

/// Reports cells with an error or a cut figure in place of a value.
fn say_errors(rows: &[Row], notes: &Notes) {
    for row in rows {
        for (cell, place) in row
            .cells
            .iter()
            .map(|cell| (words(cell), cell.span))
            .filter(|(words, _)| ERROR.is_match(words))
        {
            let (what, help) = if cell.starts_with("##") {
                (
                    "is a column that was too narrow",
                    "Widen the column in the spreadsheet and save the file again",
                )
            } else if cell.starts_with(['#', 'E']) {
                (
                    "is an error of the spreadsheet",
                    "Correct the formula in the spreadsheet and save the file again",
                )
            } else {
                (
                    "is a figure that the spreadsheet cut short",
                    "Set the cell's format to a number, or to text for a reference, and save the file again",
                )
            };
            notes.add(
                Finding::warning(codes::SPREADSHEET_ERROR, place, format!("“{cell}” {what}"))
                    .help(help),
            );
        }
    }
}

/// The words of a cell.
fn words(cell: &Cell) -> String {
    cell.blocks
        .first()
        .map_or(String::new(), |block| match &block.kind {
            BlockKind::Paragraph(words) => crate::prose::plain(words),
            _ => String::new(),
        })
}

/// Makes the words of a cell bold, as in a row of totals.
fn strengthen(cell: &mut Cell) {
    for block in &mut cell.blocks {
        if let BlockKind::Paragraph(words) = &mut block.kind {
            let inner = std::mem::take(words);
            words.push(Inline {
                kind: InlineKind::Strong(inner),
                span: block.span,
            });
        }
    }
}

/// A cell with this text.
pub(super) fn cell(text: &str, span: Span) -> Cell {
    let mut words = Vec::new();
    for (index, line) in text.trim().lines().enumerate() {
        if index > 0 {
            words.push(Inline {
                kind: InlineKind::HardBreak,
                span,
            });
        }
        words.push(Inline {
            kind: InlineKind::Text(line.trim().to_owned()),
            span,
        });
    }
    let blocks = if words.is_empty() {
        Vec::new()
    } else {
        vec![Block {
            kind: BlockKind::Paragraph(words),
            span,
            lang: None,
        }]
    };
    Cell::new(blocks, false, span)
}

/// The alignment of a column: at the end if all its cells are figures.
fn alignment(body: &[Row], column: usize) -> Alignment {
    let mut figures = 0;
    for row in body {
        let Some(cell) = row.cells.get(column) else {
            continue;
        };
        let words = words(cell);
        if words.is_empty() {
            continue;
        }
        if !is_figure(&words) {
            return Alignment::Start;
        }
        figures += 1;
    }
    if figures > 0 {
        Alignment::End
    } else {
        Alignment::Start
    }
}

/// Whether a cell holds a figure: digits with signs, points, units of money and percent, or a
/// mark that stands for "none".
fn is_figure(words: &str) -> bool {
    if is_code(words) {
        return false;
    }
    let bare = words.trim_matches(['£', '€', '$', ' ']);
    if matches!(bare, "-" | "–" | "—" | "n/a" | "N/A") {
        return true;
    }
    let bare = words.trim_end_matches(['%', 'm', 'k', 'p', ')']);
    bare.chars().any(|letter| letter.is_ascii_digit())
        && bare
            .chars()
            .all(|letter| letter.is_ascii_digit() || "+-−–.,£€$( ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileId;

    fn rows(words: &[&[&str]]) -> Vec<Row> {
        let span = Span::new(FileId(0), 0, 0);
        let row = |cells: &&[&str]| Row {
            cells: cells.iter().map(|words| cell(words, span)).collect(),
            span,
        };
        words.iter().map(row).collect()
    }

    #[test]
    fn tables_of_a_text_that_are_too_many_together_are_told_at_the_first_that_is() {
        let span = |at| Span::new(FileId(0), at, at);
        let table = |at: usize, count: usize| Block {
            kind: BlockKind::Table(Table {
                header_rows: 1,
                rows: rows(&vec![&["a", "b"][..]; count]),
                ..Table::default()
            }),
            span: span(at),
            lang: None,
        };
        let quoted = |block: Block| Block {
            span: block.span,
            lang: None,
            kind: BlockKind::Quote(vec![block]),
        };
        let sizes = |blocks: &[Block]| {
            let notes = Notes::default();
            let mut blocks = blocks.to_vec();
            hold_size(&mut blocks, &notes);
            let rows = blocks.iter().map(|block| match &block.kind {
                BlockKind::Table(table) => table.rows.len(),
                _ => 0,
            });
            (rows.collect::<Vec<_>>(), notes.into_findings().len())
        };
        let fits = [table(1, 7_000), quoted(table(2, 7_000)), table(3, 1_000)];
        assert_eq!(sizes(&fits), (vec![7_000, 0, 1_000], 0));
        let many = [table(1, 7_000), quoted(table(2, 7_000)), table(3, 1_001)];
        assert_eq!(sizes(&many), (vec![7_000, 0, 1], 1));
        assert_eq!(sizes(&[table(1, 20_000)]), (vec![1], 1));
    }

    #[test]
    fn merged_cells_stand_once_and_tell_how_many_rows_are_heads() {
        let given = rows(&[
            &["", "Spending", "", ""],
            &["", "Service", "2025", ""],
            &["", "", "Plan", "Spent"],
            &["", "Parks", "1", "2"],
        ]);
        let at = |row, column, rows, columns| Merged {
            row,
            column,
            rows,
            columns,
        };
        let merged = [
            at(1, 1, 2, 1),
            at(1, 2, 1, 2),
            at(3, 1, 1, 2),
            at(3, 2, 1, 2),
        ];
        let grid = Grid::of(given).expect("a grid");
        let table = grid.table(Heads::Found, &merged, &Notes::default());
        assert_eq!(table.header_rows, 2);
        assert_eq!(
            crate::prose::plain(&table.caption.expect("a title")),
            "Spending"
        );
        let shape: Vec<Vec<(usize, usize)>> = table
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| (cell.columns, cell.rows))
                    .collect()
            })
            .collect();
        assert_eq!(
            shape,
            [
                vec![(1, 2), (2, 1)],
                vec![(1, 1), (1, 1)],
                vec![(2, 1), (1, 1)]
            ]
        );
    }

    #[test]
    fn errors_of_spreadsheets_are_told_from_values() {
        for error in [
            "#REF!", "#DIV/0!", "#N/A", "########", "Err:510", "1.23E+05", "4E-03",
        ] {
            assert!(ERROR.is_match(error), "{error}");
        }
        for value in ["#1", "1.23", "E10", "2E", "A1.2E+05", "–", "#"] {
            assert!(!ERROR.is_match(value), "{value}");
        }
    }

    #[test]
    fn figures_are_told_from_words() {
        for figure in ["12", "-3.5", "£1,200", "(4)", "77.7%", "–", "£3.2m", "£-"] {
            assert!(is_figure(figure), "{figure}");
        }
        for words in ["A4", "Q1", "March 2019", "m", "", "01632 960001", "2025-26"] {
            assert!(!is_figure(words), "{words}");
        }
    }
}
