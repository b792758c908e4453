//! What names the rows of a table that is taken apart. If the first column numbers them and the second
//! names them, the two become one column. Names between columns of figures are moved first.

use super::columns::figure;
use super::grid::grid;
use crate::compose::part::{Block, BlockKind, Cell, Inline, Row, Table, plain_blocks};

/// The longest number of a row, in characters: "12a", "3.10".
const NUMBER: usize = 6;

/// The table with numbers and names in one column, or `None` if its rows are not numbered.
pub(super) fn numbers_with_names(table: &Table) -> Option<Table> {
    let columns = table.columns.len();
    if columns < 3 || table.header_rows >= table.rows.len() {
        return None;
    }
    let grid = grid(table, columns);
    let mut named = 0;
    let mut bare = 0;
    for (y, places) in grid.iter().enumerate() {
        let (first, second) = (places[0], places[1]);
        if first == second {
            continue;
        }
        let cells = [first, second].map(|at| at.map(|at| &table.rows[at.0].cells[at.1]));
        if cells.iter().flatten().any(|cell| cell.rows > 1) {
            return None;
        }
        if y < table.header_rows {
            continue;
        }
        let [number, name] = cells.map(|cell| cell.map_or_else(String::new, said));
        if !number.is_empty() && !is_number(&number) {
            return None;
        }
        let worded = name.chars().any(char::is_alphabetic);
        named += usize::from(!number.is_empty() && worded);
        bare += usize::from(!number.is_empty() && !worded);
    }
    if named < 2 || bare * 5 > named {
        return None;
    }
    let rows = table.rows.iter().zip(&grid).enumerate();
    Some(Table {
        columns: table.columns[1..].to_vec(),
        rows: rows
            .map(|(y, (row, places))| joined(row, places[0] == places[1], y < table.header_rows))
            .collect(),
        ..table.clone()
    })
}

/// The table with its one column of words before the columns of figures, or `None` if it is there
/// already or there is not exactly one.
pub(super) fn names_first(table: &Table) -> Option<Table> {
    let columns = table.columns.len();
    if columns < 3
        || table
            .rows
            .iter()
            .any(|row| row.cells.iter().any(|cell| cell.rows > 1))
    {
        return None;
    }
    let grid = grid(table, columns);
    let cell = |at: (usize, usize)| &table.rows[at.0].cells[at.1];
    let mut figures = vec![0_usize; columns];
    let mut words = vec![0_usize; columns];
    for places in &grid[table.header_rows.min(grid.len())..] {
        for (x, at) in places.iter().enumerate() {
            let Some(cell) = at.map(cell).filter(|cell| cell.columns == 1) else {
                continue;
            };
            let said = said(cell);
            figures[x] += usize::from(figure(&said) == Some(true));
            words[x] += usize::from(said.contains(char::is_alphabetic));
        }
    }
    let of_words = |x: &usize| words[*x] > 1 && words[*x] > figures[*x] * 4;
    let names = (0..columns).find(of_words).filter(|names| *names > 0)?;
    if (0..columns).any(|x| x != names && words[x] * 4 > figures[x]) {
        return None;
    }
    let rows: Option<Vec<Row>> = table
        .rows
        .iter()
        .zip(&grid)
        .map(|(row, places)| {
            let mut cells = row.cells.clone();
            let at = places[names]?.1;
            let mut name = cells.remove(at);
            if name.columns > 1 {
                // A cell that spans the names and other columns must be the only one with words.
                if !cells.iter().all(|cell| said(cell).is_empty()) {
                    return None;
                }
                cells.clear();
                name.columns = columns;
            }
            // A mark of a page of the standard edition stays at the beginning of the row.
            if let Some(first) = cells.first_mut().filter(|_| at > 0) {
                let is_mark = |block: &&Block| matches!(block.kind, BlockKind::PageMark { .. });
                let marks = first.blocks.iter().take_while(is_mark).count();
                name.blocks.splice(0..0, first.blocks.drain(..marks));
            }
            cells.insert(0, name);
            Some(Row {
                cells,
                mark: row.mark,
            })
        })
        .collect();
    let mut aligned = table.columns.clone();
    let name = aligned.remove(names);
    aligned.insert(0, name);
    Some(Table {
        columns: aligned,
        rows: rows?,
        ..table.clone()
    })
}

fn said(cell: &Cell) -> String {
    plain_blocks(&cell.blocks).trim().to_owned()
}

fn is_number(text: &str) -> bool {
    text.chars().count() <= NUMBER
        && text.contains(|c: char| c.is_ascii_digit())
        && !text.contains(char::is_whitespace)
}

/// A row with its first two cells joined. `one` is whether they are one cell already.
fn joined(row: &Row, one: bool, head: bool) -> Row {
    let mut cells = row.cells.iter().cloned();
    let mut first = cells.next();
    if let Some(cell) = &mut first {
        if one {
            cell.columns = cell.columns.saturating_sub(1).max(1);
        } else if let Some(second) = cells.next() {
            cell.header |= second.header;
            cell.columns = second.columns;
            join(
                &mut cell.blocks,
                second.blocks,
                if head { ", " } else { " " },
            );
        }
    }
    Row {
        cells: first.into_iter().chain(cells).collect(),
        mark: row.mark,
    }
}

/// Adds blocks to blocks, on one line if both are one paragraph.
fn join(blocks: &mut Vec<Block>, more: Vec<Block>, between: &str) {
    if plain_blocks(blocks).trim().is_empty() {
        blocks.extend(more);
        return;
    }
    match (blocks.as_mut_slice(), more.as_slice()) {
        (
            [
                Block {
                    kind: BlockKind::Paragraph { content, .. },
                    ..
                },
            ],
            [
                Block {
                    kind: BlockKind::Paragraph { content: next, .. },
                    ..
                },
            ],
        ) => {
            content.push(Inline::text(between));
            content.extend(next.iter().cloned());
        }
        _ => blocks.extend(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::Align;

    fn table(rows: &[[&str; 4]]) -> Table {
        let cell = |words: &&str| Cell::of(vec![Inline::text(*words)]);
        Table {
            columns: vec![Align::Auto; 4],
            header_rows: 1,
            rows: rows
                .iter()
                .map(|row| Row {
                    cells: row.iter().map(cell).collect(),
                    mark: None,
                })
                .collect(),
            ..Table::default()
        }
    }

    #[test]
    fn a_number_joins_the_name_beside_it() {
        let numbered = table(&[
            ["Row", "Project", "2026", "2027"],
            ["1", "Roofs", "12", "13"],
            ["", "Schools", "", ""],
            ["2", "Boilers", "14", "15"],
        ]);
        let joined = numbers_with_names(&numbered).expect("its rows are numbered");
        let names: Vec<String> = joined.rows.iter().map(|row| said(&row.cells[0])).collect();
        assert_eq!(names, ["Row, Project", "1 Roofs", "Schools", "2 Boilers"]);
        assert_eq!(joined.columns.len(), 3);
    }

    #[test]
    fn names_between_figures_go_first() {
        let between = table(&[
            ["2025", "", "2026", "2027"],
            ["11", "Roofs", "12", "13"],
            ["14", "Boilers", "15", "16"],
        ]);
        let first = names_first(&between).expect("its names stand between figures");
        let rows: Vec<Vec<String>> = first
            .rows
            .iter()
            .map(|row| row.cells.iter().map(said).collect())
            .collect();
        assert_eq!(
            rows,
            [
                ["", "2025", "2026", "2027"],
                ["Roofs", "11", "12", "13"],
                ["Boilers", "14", "15", "16"],
            ]
        );
        assert_eq!(names_first(&first), None);
    }

    #[test]
    fn figures_are_no_numbers_of_rows() {
        let years = table(&[
            ["2025", "2026", "2027", "2028"],
            ["11", "12", "13", "14"],
            ["15", "16", "17", "18"],
        ]);
        assert_eq!(numbers_with_names(&years), None);
    }
}
