//! Which rows of a table stay on one page with the row below: a row that heads those below it, and
//! the first and the last two, so that no page begins or ends with one row of a table alone.

use super::grid::says;
use crate::compose::part::{CellPlace, Table};

/// For each row, whether it stays with the row below. `heights` are those of the rows, in points, of
/// which what stays together takes no more than `most`. What may break, or has a cell that spans
/// several rows, is not held.
pub(super) fn with_next(
    table: &Table,
    places: &[Vec<CellPlace>],
    heights: &[f64],
    breakable: &[bool],
    most: f64,
) -> Vec<bool> {
    let rows = table.rows.len();
    let first = table.header_rows.min(rows);
    let spanned = spanned(places, rows);
    let filled = any_beside(table, places, first);
    let mut kept = vec![false; rows];
    let mut together = 0.0;
    for y in (first..rows).rev() {
        let last = y + 1 == rows;
        let wished = y == first || y + 2 == rows || filled && is_title(table, &places[y], y);
        if !last && !kept[y + 1] {
            together = heights[y + 1].min(most / 2.0);
        }
        let free = !breakable[y] && !spanned[y];
        kept[y] = !last && wished && free && together + heights[y] <= most;
        together += heights[y];
    }
    kept
}

/// Whether a row names the rows below it: it says something in its first cell and nothing beside it.
fn is_title(table: &Table, places: &[CellPlace], y: usize) -> bool {
    let mut cells = (0..places.len()).filter(|&index| says(table, (y, index)));
    cells.next() == Some(0) && cells.next().is_none()
}

/// Whether a row of the body says something beside its first cell.
fn any_beside(table: &Table, places: &[Vec<CellPlace>], first: usize) -> bool {
    (first..table.rows.len()).any(|y| (1..places[y].len()).any(|index| says(table, (y, index))))
}

/// For each row, whether a cell of it spans others too, or some place in it has no cell.
fn spanned(places: &[Vec<CellPlace>], rows: usize) -> Vec<bool> {
    let columns = |row: &[CellPlace]| row.iter().map(|place| place.columns).sum::<usize>();
    let widest = places.iter().map(|row| columns(row)).max().unwrap_or(0);
    let mut spanned: Vec<bool> = places.iter().map(|row| columns(row) < widest).collect();
    for place in places.iter().flatten().filter(|place| place.rows > 1) {
        let end = (place.y + place.rows).min(rows);
        spanned[place.y..end].fill(true);
    }
    spanned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::grid::place;
    use crate::typeset::grid::tests::table;

    fn kept(rows: &[&[&str]], most: f64) -> Vec<bool> {
        let table = table(rows, 1);
        let places = place(&table);
        let (heights, breakable) = (vec![10.0; rows.len()], vec![false; rows.len()]);
        with_next(&table, &places, &heights, &breakable, most)
    }

    #[test]
    fn titles_and_the_first_and_last_rows_stay_with_the_next() {
        let rows: &[&[&str]] = &[
            &["Ward", "Homes"],
            &["Ash", "1"],
            &["Beech", "2"],
            &["South", ""],
            &["Cedar", "3"],
            &["Elm", "4"],
            &["Total", "10"],
        ];
        let wanted = [false, true, false, true, false, true, false];
        assert_eq!(kept(rows, 100.0), wanted);
        assert_eq!(kept(rows, 20.0), wanted);
        assert_eq!(kept(rows, 9.0), [false; 7]);
    }

    #[test]
    fn a_list_of_names_has_no_titles() {
        let rows: &[&[&str]] = &[
            &["Ward", ""],
            &["Ash", ""],
            &["Beech", ""],
            &["Elm", ""],
            &["Oak", ""],
        ];
        assert_eq!(kept(rows, 100.0), [false, true, false, true, false]);
    }
}
