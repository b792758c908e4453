//! How a table fits the page: widths of columns, size of print, upright or on its side, where
//! decimal points stand. Measured with the body font's own metrics, before the engine sees it.

use super::engine::{DIGIT, width};
use super::room::widest;
use super::style::Style;
use crate::compose::part::{
    Align, Block, BlockKind, Cell, CellPlace, Fit, Inline, Table, plain_blocks,
};

/// Space at the two sides of a cell together, in ems of the table's size.
const PADDING: f64 = 1.0;
/// A column of prose is not set narrower than this where there is room elsewhere, in ems.
const COMFORT: f64 = 6.0;
/// The same in large print, where the alternative is to take the table apart.
const COMFORT_LARGE: f64 = 3.5;
/// The least size of print in points that an upright table is set in.
const UPRIGHT_LEAST: f64 = 9.0;
/// The least size of print in points at all; only a very wide table comes near it.
pub(super) const LEAST: f64 = 8.0;
/// How much of a page the heads of a table may take that stand on every page.
const HEADS: f64 = 1.0 / 3.0;
/// How much of a page a row may take that is never broken.
const UNBROKEN: f64 = 0.3;
/// What a width may differ by for having been worked out twice.
const ROUNDING: f64 = 0.01;
/// The narrowest column whose words may be broken, in ems.
const BROKEN: f64 = 4.0;
/// A longer word has to break, if its column wants it to, rather than starve the others.
const LONGEST: f64 = 14.0;

/// What a column needs, in ems of the table's size, padding left out.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    /// The widest word.
    least: f64,
    /// The widest line.
    most: f64,
    /// Whether the column holds figures.
    figures: bool,
}

/// Whether a table can stand upright in `room` points in large print: no word is broken, and its
/// heads leave room for its rows.
pub(super) fn fits_upright(table: &Table, style: &Style, room: f64) -> bool {
    let places = place(table);
    let needs = needs(table, &places);
    if comfortable(&needs, COMFORT_LARGE) * style.size > room {
        return false;
    }
    let laid = Laid {
        table,
        places: &places,
        widths: &widths(&needs, style.size, room),
        size: style.size,
    };
    laid.heads() <= style.depth(false) * HEADS
}

/// Whether a table can stand in `room` points with comfort, in print that is not too small to read.
pub(super) fn fits(table: &Table, room: f64) -> bool {
    comfortable(&needs(table, &place(table)), COMFORT) * LEAST <= room
}

/// Whether a table can stand in `room` points at all, its longest words broken.
pub(super) fn stands(table: &Table, room: f64) -> bool {
    let least: f64 = needs(table, &place(table))
        .iter()
        .map(|need| need.least.min(BROKEN) + PADDING)
        .sum();
    least * LEAST <= room
}

/// What each column takes to be read with comfort in large print, in ems, padding included.
pub(super) fn comforts(table: &Table, prose: f64) -> Vec<f64> {
    needs(table, &place(table))
        .iter()
        .map(|need| need.least.max(need.most.min(prose)) + PADDING)
        .collect()
}

/// Whether a cell holds a few words or a figure and nothing else.
pub(super) fn is_brief(cell: &Cell) -> bool {
    let text = plain_blocks(&cell.blocks);
    figure(&text) != Some(false) || width(text.trim(), false) <= COMFORT
}

/// How a table is laid out. `gutter` is the width, in points, that paragraph numbers take at the
/// left; `None` where the table stands inside something else, in `room` points.
pub(super) fn fit(table: &Table, style: &Style, gutter: Option<f64>, room: f64) -> Fit {
    let mut places = place(table);
    let needs = needs(table, &places);
    align(table, &needs, &mut places);
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
    let breakable = laid.breakable(depth * UNBROKEN);
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
        places,
        breakable,
    }
}

/// The room of a cell's words in ems of the table's size.
pub(super) fn room_in(place: CellPlace, fit: &Fit) -> f64 {
    let across: f64 = fit.widths[place.x..place.x + place.columns].iter().sum();
    (across / fit.size - PADDING - place.shift + ROUNDING).max(1.0)
}

/// A table whose columns and print are known, to tell how high its rows come out.
struct Laid<'a> {
    table: &'a Table,
    places: &'a [Vec<CellPlace>],
    widths: &'a [f64],
    size: f64,
}

impl Laid<'_> {
    /// How high a cell comes out, in points.
    fn cell(&self, cell: &Cell, place: CellPlace) -> f64 {
        let across: f64 = self.widths[place.x..place.x + place.columns].iter().sum();
        let room = (across / self.size - PADDING).max(1.0);
        (lines(&cell.blocks, room, true) * 1.3 + 1.0) * self.size
    }

    /// How high a row comes out by its cells that stand in it alone.
    fn row(&self, y: usize) -> f64 {
        self.table.rows[y]
            .cells
            .iter()
            .zip(&self.places[y])
            .filter(|(_, place)| place.rows == 1)
            .map(|(cell, place)| self.cell(cell, *place))
            .fold(0.0, f64::max)
    }

    /// How high the heads come out together.
    fn heads(&self) -> f64 {
        let heads = self.table.header_rows.min(self.table.rows.len());
        let over_rows = (0..heads)
            .flat_map(|y| self.table.rows[y].cells.iter().zip(&self.places[y]))
            .filter(|(_, place)| place.rows > 1)
            .map(|(cell, place)| self.cell(cell, *place))
            .fold(0.0, f64::max);
        (0..heads).map(|y| self.row(y)).sum::<f64>().max(over_rows)
    }

    /// For each row, whether it may break over pages: where it, or what spans it and rows below,
    /// is higher than `most` points.
    fn breakable(&self, most: f64) -> Vec<bool> {
        let heights: Vec<f64> = (0..self.table.rows.len()).map(|y| self.row(y)).collect();
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

/// How many lines blocks take in `room` ems, the space between blocks counted.
pub(super) fn lines(blocks: &[Block], room: f64, bold: bool) -> f64 {
    plain_blocks(blocks)
        .lines()
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

/// Whether a block holds a link, a page slot or a footnote.
fn holds_links(block: &Block) -> bool {
    fn linked(content: &[Inline]) -> bool {
        content.iter().any(|inline| match inline {
            Inline::Web { .. }
            | Inline::Go { .. }
            | Inline::Page { .. }
            | Inline::Note { .. }
            | Inline::NoteAgain { .. } => true,
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Lang { content, .. }
            | Inline::Keep { content } => linked(content),
            _ => false,
        })
    }
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            linked(content)
        }
        BlockKind::Figure(figure) => figure.caption.as_deref().is_some_and(linked),
        _ => block.inner().into_iter().flatten().any(holds_links),
    }
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

/// Size of print, room in points, whether on its side, whether over the gutter.
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

/// Gives a table the columns that its longest row asks for, so that no cell is without a place.
pub(super) fn widen(table: &mut Table) {
    let short = |table: &Table| {
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
        let more = short(table);
        if more == 0 {
            break;
        }
        table
            .columns
            .resize(table.columns.len().max(1) + more, Align::Auto);
    }
}

/// The cells of a table on its grid: a span that does not fit is cut, so that no two cells stand
/// in one place.
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

fn needs(table: &Table, places: &[Vec<CellPlace>]) -> Vec<Need> {
    let mut needs = vec![Need::default(); table.columns.len().max(1)];
    let mut figures = vec![(0usize, 0usize); needs.len()];
    let mut spanning = Vec::new();
    for (y, (row, places)) in table.rows.iter().zip(places).enumerate() {
        let head = y < table.header_rows;
        for (cell, place) in row.cells.iter().zip(places) {
            let text = plain_blocks(&cell.blocks);
            let bold = head || cell.header;
            let least = widest(&cell.blocks, bold).min(LONGEST);
            let most = text
                .lines()
                .map(|line| width(line, bold))
                .fold(0.0, f64::max);
            if place.columns > 1 {
                spanning.push((*place, least));
                continue;
            }
            let need = &mut needs[place.x];
            need.least = need.least.max(least);
            // Words may be bold within a cell, and wider for it.
            need.most = need.most.max(most).max(least);
            if !head && !cell.header {
                match figure(&text) {
                    Some(true) => figures[place.x].0 += 1,
                    Some(false) => figures[place.x].1 += 1,
                    None => {}
                }
            }
        }
    }
    for (need, (yes, no)) in needs.iter_mut().zip(figures) {
        need.figures = yes > 0 && yes >= no * 3;
    }
    for (place, least) in spanning {
        let span = &mut needs[place.x..place.x + place.columns];
        let have: f64 = span.iter().map(|need| need.least + PADDING).sum();
        if have < least {
            let more = (least - have) / place.columns as f64;
            for need in span {
                need.least += more;
                need.most = need.most.max(need.least);
            }
        }
    }
    needs
}

/// What a column takes at the least to be read with comfort, all columns together, in ems.
fn comfortable(needs: &[Need], prose: f64) -> f64 {
    needs
        .iter()
        .map(|need| need.least.max(need.most.min(prose)) + PADDING)
        .sum()
}

/// Whether a text is a figure; `None` where it says that there is none.
fn figure(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—" | "n/a" | "N/A" | "*" | "**") {
        return None;
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let other = text
        .chars()
        .filter(|character| !(character.is_ascii_digit() || ".,%£€+-−–() ".contains(*character)))
        .count();
    Some(digits > 0 && other <= 2 && text.chars().count() <= 16)
}

/// What stands after the decimal point, the point included, and signs after the figure.
fn tail(text: &str) -> &str {
    let text = text.trim();
    match text.rfind('.') {
        Some(at) if text[at + 1..].starts_with(|next: char| next.is_ascii_digit()) => &text[at..],
        _ => {
            let end = text
                .rfind(|character: char| character.is_ascii_digit())
                .map_or(0, |at| at + 1);
            &text[end..]
        }
    }
}

fn tail_width(text: &str) -> f64 {
    tail(text)
        .chars()
        .map(|character| {
            if character.is_ascii_digit() {
                DIGIT
            } else {
                width(character.encode_utf8(&mut [0; 4]), false)
            }
        })
        .sum()
}

fn align(table: &Table, needs: &[Need], places: &mut [Vec<CellPlace>]) {
    let mut tails = vec![0.0f64; needs.len()];
    for (y, (row, places)) in table.rows.iter().zip(&*places).enumerate() {
        for (cell, place) in row.cells.iter().zip(places) {
            let text = plain_blocks(&cell.blocks);
            if y >= table.header_rows && place.columns == 1 && figure(&text) == Some(true) {
                tails[place.x] = tails[place.x].max(tail_width(&text));
            }
        }
    }
    for (y, (row, places)) in table.rows.iter().zip(places).enumerate() {
        for (cell, place) in row.cells.iter().zip(places) {
            let asked = table.columns.get(place.x).copied().unwrap_or_default();
            let figures = needs[place.x].figures && !cell.header;
            let spans = place.columns > 1;
            place.align = match asked {
                _ if spans && y < table.header_rows => Align::Centre,
                Align::Auto if figures && !spans => Align::End,
                Align::Auto => Align::Start,
                other => other,
            };
            let text = plain_blocks(&cell.blocks);
            if y >= table.header_rows
                && place.align == Align::End
                && !spans
                && figure(&text) == Some(true)
            {
                // Where the figures of a column have nothing in common behind the point, lining
                // up their points would only push them about.
                let shift = tails[place.x] - tail_width(&text);
                place.shift = if shift < 3.0 { shift.max(0.0) } else { 0.0 };
            }
        }
    }
}

/// The widths in points of columns that share `room` points.
fn widths(needs: &[Need], size: f64, room: f64) -> Vec<f64> {
    let least: Vec<f64> = needs
        .iter()
        .map(|need| (need.least + PADDING) * size)
        .collect();
    let most: Vec<f64> = needs
        .iter()
        // A figure's tail may be shorter than its column's, which moves it to the left.
        .map(|need| (need.most + PADDING + if need.figures { 0.3 } else { 0.0 }) * size)
        .collect();
    let all: f64 = most.iter().sum();
    if all <= room {
        if all < room * 0.6 {
            return most;
        }
        let prose: f64 = needs
            .iter()
            .zip(&most)
            .filter(|(need, _)| !need.figures)
            .map(|(_, most)| most)
            .sum();
        return needs
            .iter()
            .zip(&most)
            .map(|(need, most)| {
                if prose == 0.0 {
                    most * room / all
                } else if need.figures {
                    *most
                } else {
                    most + (room - all) * most / prose
                }
            })
            .collect();
    }
    let taken: f64 = least.iter().sum();
    if taken >= room {
        return even(&least, room);
    }
    let wishes: Vec<f64> = least
        .iter()
        .zip(&most)
        // One very long cell must not starve the columns beside it.
        .map(|(least, most)| (most - least).clamp(0.0, 30.0 * size))
        .collect();
    let wished: f64 = wishes.iter().sum();
    least
        .iter()
        .zip(&wishes)
        .map(|(least, wish)| least + (room - taken) * wish / wished.max(1.0))
        .collect()
}

/// Widths that are too wide together, brought down to `room`: the widest give way first.
fn even(widths: &[f64], room: f64) -> Vec<f64> {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut left = room;
    let mut most = 0.0;
    for (index, width) in sorted.iter().enumerate() {
        most = left / (sorted.len() - index) as f64;
        if *width >= most {
            break;
        }
        left -= width;
    }
    widths.iter().map(|width| width.min(most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::Row;

    fn table(rows: &[&[&str]], header_rows: usize) -> Table {
        Table {
            columns: vec![Align::Auto; rows[0].len()],
            header_rows,
            rows: rows
                .iter()
                .map(|cells| Row {
                    cells: cells
                        .iter()
                        .map(|text| Cell {
                            blocks: vec![Block::paragraph(vec![Inline::text(*text)])],
                            header: false,
                            columns: 1,
                            rows: 1,
                        })
                        .collect(),
                    mark: None,
                })
                .collect(),
            ..Table::default()
        }
    }

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
    fn where_there_is_too_little_room_the_widest_column_gives_way() {
        assert_eq!(even(&[10.0, 100.0, 30.0], 80.0), [10.0, 40.0, 30.0]);
        assert_eq!(even(&[50.0, 100.0], 40.0), [20.0, 20.0]);
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
