//! How a table fits the page: its size of print, whether it is turned on its side, and which rows may
//! break. It is measured with the body font, before the engine sees it.

use super::columns::{COMFORT, PADDING, comfortable, figure, measured, widths};
use super::engine::width;
use super::once::holds_links;
use super::style::Style;
use super::with_next::with_next;
use crate::compose::part::{Block, BlockKind, Cell, CellPlace, Fit, Row, Table, plain_blocks};

/// The least width of a column of prose in large print, in ems. With less, the table is taken apart.
pub(super) const COMFORT_LARGE: f64 = 3.5;
/// The smallest print of an upright table, in points.
pub(super) const UPRIGHT_LEAST: f64 = 9.0;
/// The smallest print of any table, in points. Only a very wide table comes near it.
pub(super) const LEAST: f64 = 8.0;
/// How much of a page header rows may take if they are repeated on every page.
const HEADS: f64 = 1.0 / 3.0;
/// The most of a page that a row of a table may take in large print.
const TALLEST: f64 = 0.75;
/// How much of a page a row or a table may take if it is never broken.
const UNBROKEN: f64 = 0.3;
/// How much of a page rows may take that stay together. Real heights are lower than they are estimated
/// here.
const TOGETHER: f64 = 0.5;
/// A table of so few rows is read at one look.
const FEW: usize = 6;
/// How much of a page on its side a table may take if it is never broken. Real heights are lower than
/// they are estimated here.
const TURNED: f64 = 1.0;
/// How far a width may differ from the same width calculated in another way.
const ROUNDING: f64 = 0.01;
/// The width, in ems, that is always enough for a column if its words may be broken.
const BROKEN: f64 = 4.0;

/// Whether a table fits upright in `room` points in large print. No word is broken, its header rows
/// leave room for the others, and no row takes pages because of a long text in a narrow column.
pub(super) fn fits_upright(table: &Table, style: &Style, room: f64) -> bool {
    let (needs, places) = measured(table);
    if comfortable(&needs, COMFORT_LARGE) * style.size > room {
        return false;
    }
    let laid = Laid {
        table,
        places: &places,
        widths: &widths(&needs, style.size, room),
        size: style.size,
    };
    let depth = style.depth(false);
    let tallest = (table.header_rows..table.rows.len())
        .map(|y| laid.row(y))
        .fold(0.0, f64::max);
    laid.heads() <= depth * HEADS && (table.columns.len() < 2 || tallest <= depth * TALLEST)
}

/// Whether a table fits comfortably in `room` points, in print that is not too small to read.
pub(super) fn fits(table: &Table, room: f64) -> bool {
    comfortable(&measured(table).0, COMFORT) * LEAST <= room
}

/// Whether a table fits in `room` points at all, with its longest words broken.
pub(super) fn stands(table: &Table, room: f64) -> bool {
    let least: f64 = measured(table)
        .0
        .iter()
        .map(|need| need.least.min(BROKEN) + PADDING)
        .sum();
    least * LEAST <= room
}

/// Whether a cell holds a few words or a figure and nothing else.
pub(super) fn is_brief(cell: &Cell) -> bool {
    let text = plain_blocks(&cell.blocks);
    figure(&text) != Some(false) || width(text.trim(), false) <= COMFORT
}

/// How a table is laid out. `gutter` is the width in points of the paragraph numbers at the left, or
/// `None` if the table is inside something else and has `room` points.
pub(super) fn fit(table: &Table, style: &Style, gutter: Option<f64>, room: f64) -> Fit {
    let (needs, places) = measured(table);
    let comfort = comfortable(&needs, COMFORT);
    let (size, room, landscape, outdent) = match gutter {
        None => inside(comfort, style, room),
        Some(_) if style.large => (style.size, style.measure(), false, true),
        Some(gutter) => choose(comfort, style, gutter),
    };
    let widths = widths(&needs, size, room);
    let depth = style.depth(landscape);
    let laid = Laid {
        table,
        places: &places,
        widths: &widths,
        size,
    };
    let head = laid.heads() <= depth * HEADS;
    let heights: Vec<f64> = (0..table.rows.len()).map(|y| laid.row(y)).collect();
    let breakable = laid.breakable(&heights, depth * UNBROKEN);
    let body = heights.iter().skip(table.header_rows);
    let high: f64 = laid.heads() + body.sum::<f64>();
    // A page on its side holds only tables, so a gap divides no text.
    let whole = high
        <= depth
            * if landscape {
                TURNED
            } else if heights.len() <= FEW {
                TOGETHER
            } else {
                UNBROKEN
            };
    Fit {
        head,
        repeat: head
            && !table
                .rows
                .iter()
                .take(table.header_rows)
                .flat_map(|row| &row.cells)
                .any(|cell| cell.blocks.iter().any(holds_links)),
        widths,
        size,
        landscape,
        outdent,
        with_next: with_next(table, &places, &heights, &breakable, depth * TOGETHER),
        places,
        breakable,
        whole,
    }
}

/// The room for a cell's words, in ems of the table's size.
pub(super) fn room_in(place: CellPlace, fit: &Fit) -> f64 {
    let across: f64 = fit.widths[place.x..place.x + place.columns].iter().sum();
    (across / fit.size - PADDING - place.shift + ROUNDING).max(1.0)
}

/// A table whose columns and size of print are known, to estimate the heights of its rows.
struct Laid<'a> {
    table: &'a Table,
    places: &'a [Vec<CellPlace>],
    widths: &'a [f64],
    size: f64,
}

impl Laid<'_> {
    /// The height of a cell, in points.
    fn cell(&self, cell: &Cell, place: CellPlace) -> f64 {
        let across: f64 = self.widths[place.x..place.x + place.columns].iter().sum();
        let room = (across / self.size - PADDING).max(1.0);
        (lines(&cell.blocks, room, true) * 1.3 + 1.0) * self.size
    }

    /// The height of a row, by its cells that do not span other rows.
    fn row(&self, y: usize) -> f64 {
        self.table.rows[y]
            .cells
            .iter()
            .zip(&self.places[y])
            .filter(|(_, place)| place.rows == 1)
            .map(|(cell, place)| self.cell(cell, *place))
            .fold(0.0, f64::max)
    }

    /// The height of all header rows together.
    fn heads(&self) -> f64 {
        let heads = self.table.header_rows.min(self.table.rows.len());
        let over_rows = (0..heads)
            .flat_map(|y| self.table.rows[y].cells.iter().zip(&self.places[y]))
            .filter(|(_, place)| place.rows > 1)
            .map(|(cell, place)| self.cell(cell, *place))
            .fold(0.0, f64::max);
        (0..heads).map(|y| self.row(y)).sum::<f64>().max(over_rows)
    }

    /// For each row, whether it may break over pages: if it, or a cell that spans it and other rows,
    /// is higher than `most` points.
    fn breakable(&self, heights: &[f64], most: f64) -> Vec<bool> {
        let mut breakable: Vec<bool> = heights.iter().map(|height| *height > most).collect();
        for (y, (row, places)) in self.table.rows.iter().zip(self.places).enumerate() {
            for (cell, place) in row.cells.iter().zip(places) {
                let end = (y + place.rows).min(heights.len());
                let together: f64 = heights[y..end].iter().sum();
                if place.rows > 1 && together.max(self.cell(cell, *place)) > most {
                    breakable[y..end].fill(true);
                }
            }
        }
        breakable
    }
}

/// How many lines blocks take in `room` ems, with the space between blocks.
pub(super) fn lines(blocks: &[Block], room: f64, bold: bool) -> f64 {
    let of = |block: &Block| match &block.kind {
        BlockKind::Table(Table {
            fit: Some(fit),
            rows,
            ..
        }) => lines_of_table(rows, fit, bold),
        _ => lines_of_text(&plain_blocks(std::slice::from_ref(block)), room, bold),
    };
    blocks.iter().map(of).sum()
}

/// The same of a table that was made to fit: its cells stand beside one another.
fn lines_of_table(rows: &[Row], fit: &Fit, bold: bool) -> f64 {
    let of = |(row, places): (&Row, &Vec<CellPlace>)| {
        let cells = row.cells.iter().zip(places);
        cells
            .map(|(cell, place)| lines(&cell.blocks, room_in(*place, fit), bold))
            .fold(0.0, f64::max)
    };
    rows.iter().zip(&fit.places).map(of).sum()
}

fn lines_of_text(text: &str, room: f64, bold: bool) -> f64 {
    text.lines()
        .map(|line| {
            let mut taken = 1.0;
            let mut run = 0.0;
            for word in line.split_whitespace() {
                let wide = width(word, bold) + 0.26;
                if run > 0.0 && run + wide > room {
                    taken += 1.0;
                    run = 0.0;
                }
                run += wide;
                if run > room {
                    taken += (run / room).floor();
                    run = 0.0;
                }
            }
            taken + 0.5
        })
        .sum()
}

/// The same as [`choose`] for a table inside a list, a quotation or a panel.
fn inside(comfort: f64, style: &Style, room: f64) -> (f64, f64, bool, bool) {
    let size = if style.large {
        style.size
    } else {
        (room / comfort.max(1.0)).clamp(LEAST, style.size * 0.9)
    };
    (size, room, false, false)
}

/// The size of print and the room of a table, in points, whether the page is turned on its side, and
/// whether the table begins in the gutter.
fn choose(comfort: f64, style: &Style, gutter: f64) -> (f64, f64, bool, bool) {
    let upright = style.measure();
    let landscape = style.landscape_measure();
    let usual = (style.size * 0.9).max(UPRIGHT_LEAST);
    let steps = |from: f64, to: f64| {
        std::iter::successors(Some(from), move |size| {
            (size - 0.5 >= to).then_some(size - 0.5)
        })
    };
    if comfort * usual <= upright - gutter {
        return (usual, upright - gutter, false, false);
    }
    for size in steps(usual, UPRIGHT_LEAST) {
        if comfort * size <= upright {
            return (size, upright, false, true);
        }
    }
    for size in steps(usual, LEAST) {
        if comfort * size <= landscape {
            return (size, landscape, true, true);
        }
    }
    (LEAST, landscape, true, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::Align;
    use crate::typeset::grid::tests::table;

    #[test]
    fn figures_stand_on_the_decimal_point() {
        let table = table(&[&["Year", "£m"], &["2018", "1.5"], &["2019", "12.25"]], 1);
        let fit = fit(&table, &Style::standard(), Some(0.0), 400.0);
        assert_eq!(fit.places[1][1].align, Align::End);
        assert!(fit.places[1][1].shift > 0.5, "{fit:?}");
        assert!(fit.places[2][1].shift.abs() < 1e-9);
    }

    #[test]
    fn a_wide_table_turns_before_it_shrinks_under_nine_points() {
        let head: Vec<String> = (0..14).map(|n| format!("Quarter{n}")).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let fit = fit(
            &table(&[&head, &head], 1),
            &Style::standard(),
            Some(40.0),
            400.0,
        );
        assert!(fit.landscape);
        assert!(fit.size >= 9.0, "{}", fit.size);
        let room = Style::standard().landscape_measure();
        assert!(fit.widths.iter().sum::<f64>() <= room + 0.01);
    }

    #[test]
    fn a_story_in_a_narrow_column_does_not_stand_upright_in_large_print() {
        let style = Style::large(18);
        let story = "a long story ".repeat(200);
        let short = table(&[&["Risk", "Why"], &["Overspending", "A few words"]], 1);
        assert!(fits_upright(&short, &style, style.measure()));
        let long = table(&[&["Risk", "Why"], &["Overspending", &story]], 1);
        assert!(!fits_upright(&long, &style, style.measure()));
    }

    #[test]
    fn spans_that_do_not_fit_are_cut() {
        let mut table = table(&[&["a", "b"], &["c", "d"]], 1);
        table.rows[0].cells[0].rows = 9;
        table.rows[0].cells[1].columns = 9;
        table.rows[1].cells[1].rows = 0;
        let fit = fit(&table, &Style::standard(), Some(0.0), 400.0);
        assert_eq!((fit.places[0][0].rows, fit.places[0][1].columns), (1, 1));
        assert_eq!(fit.places[1].len(), 2);
    }
}
