//! Rows that say what the row above them says, as forms that were filled in by a machine have them.

use crate::compose::part::{Table, plain_blocks};

/// For each row from the `first` on, how many right above it say the same. The records of such rows
/// are numbered: nobody could tell the pages of a dozen of them apart.
pub(super) fn same_as_above(table: &Table, first: usize) -> Vec<usize> {
    let mut same = vec![0; table.rows.len()];
    let mut before: Option<(Vec<String>, usize)> = None;
    for (y, row) in table.rows.iter().enumerate().skip(first) {
        let cells = row.cells.iter();
        let said: Vec<String> = cells.map(|cell| plain_blocks(&cell.blocks)).collect();
        // The mark of a page that stands between two rows.
        if said.iter().all(|words| words.trim().is_empty()) {
            continue;
        }
        if let Some((above, count)) = &before
            && *above == said
        {
            same[y] = count + 1;
        }
        before = Some((said, same[y]));
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::{Block, Cell, Inline, Row};

    #[test]
    fn rows_that_say_the_same_are_counted_over_the_marks_of_pages() {
        let rows = ["Basic data", "Basic data", "", "Basic data", "Health data"];
        let row = |words: &str| Row {
            cells: vec![Cell {
                blocks: vec![Block::paragraph(vec![Inline::text(words)])],
                header: false,
                columns: 1,
                rows: 1,
            }],
            mark: None,
        };
        let table = Table {
            rows: rows.map(row).into(),
            ..Table::default()
        };
        assert_eq!(same_as_above(&table, 0), [0, 1, 0, 2, 0]);
        assert_eq!(same_as_above(&table, 1), [0, 0, 0, 1, 0]);
    }
}
