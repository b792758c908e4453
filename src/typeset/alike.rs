//! Rows that say the same as the row above them, as in forms that a machine filled in.

use crate::compose::part::{BlockKind, Inline, Row, Table, plain_blocks};

/// The fewest equal rows in a run that are numbered: this many may fill a page, and the next one too.
const LONG: usize = 4;

/// For each row from `first` on that has words, how many rows directly above it say the same. The
/// records of such rows are numbered, or nobody could tell the pages of a dozen of them apart.
pub(super) fn same_as_above(table: &Table, first: usize) -> Vec<Option<usize>> {
    let mut same = vec![None; table.rows.len()];
    let mut before: Option<(Vec<String>, usize)> = None;
    for (y, row) in table.rows.iter().enumerate().skip(first) {
        let cells = row.cells.iter();
        let said: Vec<String> = cells.map(|cell| plain_blocks(&cell.blocks)).collect();
        // A row without words, such as the mark of a page between two rows.
        if said.iter().all(|words| words.trim().is_empty()) {
            continue;
        }
        let count = match &before {
            Some((above, count)) if *above == said => count + 1,
            _ => 0,
        };
        same[y] = Some(count);
        before = Some((said, count));
    }
    same
}

/// Numbers the rows of each long run of equal rows, as nobody could tell their pages apart otherwise.
pub(super) fn number_long_runs(table: &mut Table) {
    let same = same_as_above(table, table.header_rows);
    let is_long = |y: usize| {
        let below = same[y + 1..].iter().flatten();
        below.take_while(|&&above| above != 0).count() + 1 >= LONG
    };
    let mut in_long_run = false;
    for (y, row) in table.rows.iter_mut().enumerate() {
        match same[y] {
            Some(0) => in_long_run = is_long(y),
            Some(above) if in_long_run => {
                if let Some(words) = first_words(row) {
                    words.push(Inline::text(format!(" ({})", above + 1)));
                }
            }
            _ => {}
        }
    }
}

/// The last paragraph of the first cell in a row that has letters in it, not only figures.
fn first_words(row: &mut Row) -> Option<&mut Vec<Inline>> {
    let mut cells = row.cells.iter_mut();
    let cell = cells.find(|cell| plain_blocks(&cell.blocks).contains(char::is_alphabetic))?;
    match &mut cell.blocks.last_mut()?.kind {
        BlockKind::Paragraph { content, .. } => Some(content),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::Cell;

    fn table(rows: &[&str]) -> Table {
        let row = |words: &&str| Row {
            cells: [*words, "7"]
                .map(|words| Cell::of(vec![Inline::text(words)]))
                .into(),
            mark: None,
        };
        Table {
            rows: rows.iter().map(row).collect(),
            ..Table::default()
        }
    }

    #[test]
    fn rows_of_a_long_run_are_numbered() {
        let mut numbered = table(&[
            "1", "Health", "Health", "Offences", "Offences", "Offences", "Offences", "1",
        ]);
        number_long_runs(&mut numbered);
        let said = |row: &Row| plain_blocks(&row.cells[0].blocks);
        let said: Vec<String> = numbered.rows.iter().map(said).collect();
        let offences = ["Offences", "Offences (2)", "Offences (3)", "Offences (4)"];
        assert_eq!(
            said,
            [&["1", "Health", "Health"][..], &offences, &["1"]].concat()
        );
        let mut figures = table(&["1"; 9]);
        number_long_runs(&mut figures);
        assert_eq!(figures, table(&["1"; 9]));
    }

    #[test]
    fn rows_that_say_the_same_are_counted_over_the_marks_of_pages() {
        let rows = ["Basic data", "Basic data", "", "Basic data", "Health data"];
        let row = |words: &str| Row {
            cells: vec![Cell::of(vec![Inline::text(words)])],
            mark: None,
        };
        let table = Table {
            rows: rows.map(row).into(),
            ..Table::default()
        };
        let (none, one, two) = (Some(0), Some(1), Some(2));
        assert_eq!(same_as_above(&table, 0), [none, one, None, two, none]);
        assert_eq!(same_as_above(&table, 1), [None, none, None, one, none]);
    }
}
