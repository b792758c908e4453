//! A table with too many columns for a page becomes several tables, one below the other. Each repeats
//! the first column and has as many of the others as fit. If possible, the table is divided between
//! headings that span several columns.

use std::ops::Range;

use super::columns::comforts;
use super::engine::width;
use super::fit::is_brief;
use super::grid::{Grid, grid};
use super::records::holds_mark;
use crate::compose::part::{Block, BlockKind, Cell, Row, Table, plain_blocks};

/// The most room that the column of names gets, in ems, before its words go on a second line.
const NAMES: f64 = 9.0;

/// The tables that a table of short values becomes in `room` ems. `None` if the table has other
/// values, or if its columns cannot be divided. A column beside the names gets at most `comfort` ems
/// before its words go on a second line.
pub(super) fn by_columns(table: &Table, room: f64, comfort: f64) -> Option<Vec<Table>> {
    let columns = table.columns.len();
    if columns < 4
        || table.rows.len() < table.header_rows + 2
        || !is_matrix(table)
        || has_long_names(table)
    {
        return None;
    }
    let grid = grid(table, columns);
    // The names are in every part, and a mark must be there only once.
    let named = grid
        .iter()
        .zip(&table.rows)
        .filter(|(_, row)| !is_mark(row));
    let mut names = named.filter_map(|(places, _)| places[0]);
    if names.any(|(y, index)| holds_mark(&table.rows[y].cells[index].blocks)) {
        return None;
    }
    let names = comforts(table, NAMES)[0];
    let wide = comforts(table, comfort);
    let divided = |room| chunks(table, &grid, names, &wide, room);
    let fewest = divided(room)?;
    // The same number of tables in less room are of more equal width: nine columns and one become five
    // and five.
    let even = (10..20)
        .filter_map(|twentieths| divided(room * f64::from(twentieths) / 20.0))
        .find(|even| even.len() == fewest.len());
    Some(
        even.unwrap_or(fewest)
            .into_iter()
            .enumerate()
            .map(|(index, chunk)| {
                let kept: Vec<usize> = std::iter::once(0).chain(chunk).collect();
                slice(table, &grid, &kept, index == 0)
            })
            .collect(),
    )
}

/// Which columns each table has beside the names.
fn chunks(
    table: &Table,
    grid: &Grid,
    names: f64,
    wide: &[f64],
    room: f64,
) -> Option<Vec<Range<usize>>> {
    let columns = table.columns.len();
    let mut chunks = Vec::new();
    let mut from = 1;
    while from < columns {
        let mut taken = names;
        let fitting = (from..columns)
            .take_while(|&x| {
                taken += wide[x];
                taken <= room
            })
            .count();
        let to = boundary(table, grid, from, from + fitting)?;
        // One column beside the names is no better than a record.
        if to - from < 2 && to < columns {
            return None;
        }
        chunks.push(from..to);
        from = to;
    }
    Some(chunks)
}

/// Whether many names take more than a few lines, which every part would repeat.
fn has_long_names(table: &Table) -> bool {
    let body = table.rows.iter().skip(table.header_rows);
    let names: Vec<f64> = body
        .filter(|row| row.cells.len() > 1)
        .map(|row| width(plain_blocks(&row.cells[0].blocks).trim(), true))
        .collect();
    let long = names.iter().filter(|&&wide| wide > NAMES * 2.5).count();
    long * 5 > names.len()
}

/// Whether nearly all cells beside the names have a figure or a few words.
fn is_matrix(table: &Table) -> bool {
    let mut brief = 0usize;
    let mut all = 0usize;
    for row in table.rows.iter().skip(table.header_rows) {
        for cell in row.cells.iter().skip(1) {
            all += 1;
            brief += usize::from(is_brief(cell));
        }
    }
    all > 0 && brief * 20 >= all * 19
}

/// Where to divide, at `most` or before, so that no cell below the header rows is cut and, if
/// possible, no header cell either.
fn boundary(table: &Table, grid: &Grid, from: usize, most: usize) -> Option<usize> {
    let columns = table.columns.len();
    if most >= columns {
        return Some(columns);
    }
    let cut = |rows: &[Vec<Option<(usize, usize)>>], at: usize| {
        rows.iter().any(|row| {
            at < columns && row[at].is_some() && row[at] == row[at - 1] && row[at] != row[0]
        })
    };
    let (heads, body) = grid.split_at(table.header_rows);
    let sound = |at: &usize| !cut(body, *at);
    (from + 1..=most)
        .rev()
        .filter(sound)
        .find(|&at| !cut(heads, at))
        .or_else(|| (from + 1..=most).rev().find(sound))
}

/// The table with only these columns.
fn slice(table: &Table, grid: &Grid, kept: &[usize], first: bool) -> Table {
    let mut header_rows = table.header_rows;
    let rows = table
        .rows
        .iter()
        .enumerate()
        // A row that is the mark of a page must be there only once.
        .filter(|(_, row)| first || !is_mark(row))
        .map(|(y, row)| {
            let mut cells: Vec<Cell> = Vec::new();
            let mut last = None;
            for &x in kept {
                let at = grid[y][x];
                match at {
                    Some(at) if at.0 == y => {
                        let cell = &table.rows[y].cells[at.1];
                        match cells.last_mut() {
                            Some(same) if last == Some(at) => same.columns += 1,
                            _ => cells.push(Cell {
                                columns: 1,
                                rows: cell.rows - left_out(table, y, cell.rows, first),
                                ..cell.clone()
                            }),
                        }
                    }
                    Some(_) => {}
                    None => cells.push(Cell::blank()),
                }
                last = at;
            }
            Row {
                cells,
                mark: row.mark.filter(|_| first),
            }
        })
        .collect();
    let rows = without_idle_heads(rows, &mut header_rows);
    Table {
        caption: table.caption.clone().filter(|_| first),
        columns: kept.iter().map(|&x| table.columns[x]).collect(),
        header_rows,
        rows,
        fit: None,
    }
}

/// The rows without those header rows that have no words over these columns.
fn without_idle_heads(mut rows: Vec<Row>, header_rows: &mut usize) -> Vec<Row> {
    let says = |cell: &Cell| !plain_blocks(&cell.blocks).trim().is_empty();
    let heads = &rows[..*header_rows];
    if heads
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| cell.rows > 1)
    {
        return rows;
    }
    let idle = |row: &Row| !row.cells.iter().any(says);
    for y in (0..*header_rows).rev() {
        if idle(&rows[y]) && *header_rows > 1 {
            rows.remove(y);
            *header_rows -= 1;
        }
    }
    rows
}

/// How many of the rows that a cell at `y` spans are left out of a later table.
fn left_out(table: &Table, y: usize, rows: usize, first: bool) -> usize {
    let spanned = table.rows.iter().skip(y).take(rows);
    spanned.filter(|row| !first && is_mark(row)).count()
}

fn is_mark(row: &Row) -> bool {
    let mark = |block: &Block| matches!(block.kind, BlockKind::PageMark { .. });
    row.cells.len() == 1 && row.cells[0].blocks.iter().any(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::{Align, Inline};

    fn cell(words: &str, columns: usize) -> Cell {
        Cell {
            columns,
            ..Cell::of(vec![Inline::text(words)])
        }
    }

    fn said(table: &Table) -> Vec<String> {
        table
            .rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| plain_blocks(&cell.blocks))
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect()
    }

    #[test]
    fn columns_are_divided_between_the_heads_over_them() {
        let row = |cells: Vec<Cell>| Row { cells, mark: None };
        let figures = |name: &str| {
            row(std::iter::once(cell(name, 1))
                .chain((1..7).map(|n| cell(&format!("1,000,00{n}"), 1)))
                .collect())
        };
        let table = Table {
            columns: vec![Align::Auto; 7],
            header_rows: 1,
            rows: vec![
                row(vec![cell("Ward", 1), cell("2026", 3), cell("2027", 3)]),
                figures("North"),
                figures("South"),
            ],
            ..Table::default()
        };
        let tables = by_columns(&table, 34.0, 3.5).expect("a table of figures");
        assert_eq!(tables.len(), 2);
        assert_eq!(
            said(&tables[1]),
            [
                "Ward|2027",
                "North|1,000,004|1,000,005|1,000,006",
                "South|1,000,004|1,000,005|1,000,006",
            ]
        );
    }

    #[test]
    fn the_tables_are_of_one_width() {
        let row = |name: &str| Row {
            cells: std::iter::once(cell(name, 1))
                .chain((1..11).map(|n| cell(&format!("1,000,0{n:02}"), 1)))
                .collect(),
            mark: None,
        };
        let table = Table {
            columns: vec![Align::Auto; 11],
            header_rows: 1,
            rows: vec![row("Ward"), row("North"), row("South")],
            ..Table::default()
        };
        // Beside the names there is room for five to nine of the ten columns.
        let rooms = (20..90).filter_map(|room| by_columns(&table, f64::from(room), 3.5));
        let pairs: Vec<Vec<Table>> = rooms.filter(|tables| tables.len() == 2).collect();
        assert!(pairs.len() > 5, "{} pairs", pairs.len());
        for tables in pairs {
            let columns: Vec<usize> = tables.iter().map(|table| table.columns.len()).collect();
            assert_eq!(columns, [6, 6]);
        }
    }

    #[test]
    fn a_table_of_sentences_is_not_divided() {
        let row = || Row {
            cells: vec![cell("A sentence that says more than a figure would.", 1); 6],
            mark: None,
        };
        let table = Table {
            columns: vec![Align::Auto; 6],
            header_rows: 1,
            rows: vec![row(), row(), row(), row()],
            ..Table::default()
        };
        assert_eq!(by_columns(&table, 30.0, 3.5), None);
    }
}
