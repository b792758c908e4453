//! Which cell of a table stands where.

use super::{Cell, Table};

impl Table {
    /// Its rows, position by position: the cell that covers each, and whether it begins there. `None`
    /// where a row is too short. Cells beyond the last column are left out.
    pub(crate) fn grid(&self) -> Vec<Vec<Option<(&Cell, bool)>>> {
        let width = self.columns.len().max(1);
        let mut grid = vec![vec![None; width]; self.rows.len()];
        for (y, row) in self.rows.iter().enumerate() {
            let mut x = 0;
            for cell in &row.cells {
                while grid[y].get(x).is_some_and(Option::is_some) {
                    x += 1;
                }
                let end = (x + cell.columns.max(1)).min(width);
                for (below, line) in grid[y..].iter_mut().take(cell.rows.max(1)).enumerate() {
                    for (beside, place) in line[x.min(end)..end].iter_mut().enumerate() {
                        place.get_or_insert((cell, below == 0 && beside == 0));
                    }
                }
                x = end;
            }
        }
        grid
    }
}
