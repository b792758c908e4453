//! The places of a table's cells, and which of them say something.

use crate::compose::part::{Align, Block, BlockKind, CellPlace, Inline, Table};

/// For each row and column, the row and index of the cell in that place.
pub(super) type Grid = Vec<Vec<Option<(usize, usize)>>>;

/// Gives a table the columns that its longest row needs, so that each cell has a place.
pub(super) fn widen(table: &mut Table) {
    let missing = |table: &Table| {
        let places = place(table);
        table
            .rows
            .iter()
            .zip(&places)
            .map(|(row, places)| row.cells.len() - places.len())
            .max()
            .unwrap_or(0)
    };
    loop {
        let more = missing(table);
        if more == 0 {
            break;
        }
        table
            .columns
            .resize(table.columns.len().max(1) + more, Align::Auto);
    }
}

/// The cells of a table on its grid. A span that does not fit is cut, so that no two cells share a
/// place.
pub(super) fn place(table: &Table) -> Vec<Vec<CellPlace>> {
    let columns = table.columns.len().max(1);
    // For each column, the first row that is free.
    let mut free = vec![0usize; columns];
    let mut placed = Vec::with_capacity(table.rows.len());
    for (y, row) in table.rows.iter().enumerate() {
        let last = if y < table.header_rows {
            table.header_rows
        } else {
            table.rows.len()
        };
        let mut places = Vec::with_capacity(row.cells.len());
        let mut x = 0;
        for cell in &row.cells {
            while x < columns && free[x] > y {
                x += 1;
            }
            if x >= columns {
                break;
            }
            let run = (x..columns)
                .take(cell.columns.max(1))
                .take_while(|&column| free[column] <= y)
                .count();
            let rows = cell.rows.clamp(1, (last - y).max(1));
            for slot in &mut free[x..x + run] {
                *slot = y + rows;
            }
            places.push(CellPlace {
                x,
                y,
                columns: run,
                rows,
                align: Align::Start,
                shift: 0.0,
            });
            x += run;
        }
        placed.push(places);
    }
    placed
}

/// The cell in each place of a table.
pub(super) fn grid(table: &Table, columns: usize) -> Grid {
    let mut grid = vec![vec![None; columns]; table.rows.len()];
    for (y, places) in place(table).iter().enumerate() {
        for (index, place) in places.iter().enumerate() {
            for row in grid.iter_mut().skip(place.y).take(place.rows) {
                for slot in row.iter_mut().skip(place.x).take(place.columns) {
                    *slot = Some((y, index));
                }
            }
        }
    }
    grid
}

/// Whether a cell says something.
pub(super) fn says(table: &Table, at: (usize, usize)) -> bool {
    !table.rows[at.0].cells[at.1].blocks.iter().all(is_silent)
}

/// Whether a block has no words and nothing else to show.
pub(super) fn is_silent(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => {
            content.iter().all(|inline| match inline {
                Inline::Text { text } => text.trim().is_empty(),
                Inline::Break => true,
                _ => false,
            })
        }
        _ => false,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::compose::part::{Cell, Row};

    /// A table of these words.
    pub(in crate::typeset) fn table(rows: &[&[&str]], header_rows: usize) -> Table {
        let cell = |text: &&str| Cell::of(vec![Inline::text(*text)]);
        Table {
            columns: vec![Align::Auto; rows[0].len()],
            header_rows,
            rows: rows
                .iter()
                .map(|cells| Row {
                    cells: cells.iter().map(cell).collect(),
                    mark: None,
                })
                .collect(),
            ..Table::default()
        }
    }
}
