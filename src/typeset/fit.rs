//! How a table fits the page: widths of columns, size of print, upright or on its side, where
//! decimal points stand. Measured with the body font's own metrics, before the engine sees it.

use super::engine::{DIGIT, width};
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
const LEAST: f64 = 5.5;

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

/// Whether a table can stand at a size of print on an upright page, with no word broken.
pub(super) fn fits_upright(table: &Table, style: &Style) -> bool {
    let places = place(table);
    let needs = needs(table, &places);
    comfortable(&needs, COMFORT_LARGE) * style.size <= style.measure()
}

/// How a table is laid out. `gutter` is the width, in points, that paragraph numbers take at the
/// left; `None` where the table stands inside something else, with a little less room.
pub(super) fn fit(table: &Table, style: &Style, gutter: Option<f64>) -> Fit {
    let mut places = place(table);
    let needs = needs(table, &places);
    align(table, &needs, &mut places);
    let comfort = comfortable(&needs, COMFORT);
    let upright = style.measure();
    let (size, room, landscape, outdent) = match gutter {
        None => inside(comfort, style),
        Some(_) if style.large => (style.size, upright, false, true),
        Some(gutter) => choose(comfort, style, gutter),
    };
    let widths = widths(&needs, size, room);
    let breakable = table
        .rows
        .iter()
        .zip(&places)
        .map(|(row, places)| {
            row.cells
                .iter()
                .zip(places)
                .any(|(cell, place)| is_long(cell, *place, &widths, size))
        })
        .collect();
    Fit {
        widths,
        size,
        landscape,
        outdent,
        places,
        breakable,
        repeat: !table
            .rows
            .iter()
            .take(table.header_rows)
            .flat_map(|row| &row.cells)
            .any(|cell| cell.blocks.iter().any(holds_links)),
    }
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
fn inside(comfort: f64, style: &Style) -> (f64, f64, bool, bool) {
    let room = style.measure() * 0.84;
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
            let least = text
                .split_whitespace()
                .flat_map(|word| word.split_inclusive(['-', '–', '/']))
                .map(|word| width(word, bold))
                .fold(0.0, f64::max);
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
            need.most = need.most.max(most);
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
        return least.iter().map(|width| width * room / taken).collect();
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

/// Whether a cell is longer than half a page, so that its row has to be let break.
fn is_long(cell: &Cell, place: CellPlace, widths: &[f64], size: f64) -> bool {
    let room: f64 = widths[place.x..place.x + place.columns].iter().sum::<f64>() - size;
    let lines: f64 = plain_blocks(&cell.blocks)
        .lines()
        .map(|line| (width(line, false) * size / room.max(size)).ceil().max(1.0))
        .sum();
    lines * size * 1.4 > 300.0
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
        let fit = fit(&table, &Style::standard(), Some(0.0));
        assert_eq!(fit.places[1][1].align, Align::End);
        assert!(fit.places[1][1].shift > 0.5, "{fit:?}");
        assert!(fit.places[2][1].shift.abs() < 1e-9);
    }

    #[test]
    fn a_wide_table_turns_before_it_shrinks_under_nine_points() {
        let head: Vec<String> = (0..14).map(|n| format!("Quarter{n}")).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let fit = fit(&table(&[&head, &head], 1), &Style::standard(), Some(40.0));
        assert!(fit.landscape);
        assert!(fit.size >= 9.0, "{}", fit.size);
        let room = Style::standard().landscape_measure();
        assert!(fit.widths.iter().sum::<f64>() <= room + 0.01);
    }

    #[test]
    fn spans_that_do_not_fit_are_cut() {
        let mut table = table(&[&["a", "b"], &["c", "d"]], 1);
        table.rows[0].cells[0].rows = 9;
        table.rows[0].cells[1].columns = 9;
        table.rows[1].cells[1].rows = 0;
        let fit = fit(&table, &Style::standard(), Some(0.0));
        assert_eq!((fit.places[0][0].rows, fit.places[0][1].columns), (1, 1));
        assert_eq!(fit.places[1].len(), 2);
    }
}
