//! What the columns of a table need, how wide they become, and how their cells are aligned.

use super::engine::{DIGIT, width};
use super::grid::place;
use super::room::widest;
use crate::compose::part::{Align, CellPlace, Table, plain_blocks};
use crate::prose::codes::is_code;

/// The space at both sides of a cell together, in ems of the table's size.
pub(super) const PADDING: f64 = 1.0;

/// The room that a line is given beyond its width, in ems.
const HAIR: f64 = 0.15;

/// The longest word that a column is widened for, in ems. A longer one may have to break, so that it
/// does not take the room of the other columns.
const LONGEST: f64 = 14.0;

/// The least width of a column of prose, in ems, unless there is no room at all.
pub(super) const COMFORT: f64 = 6.0;

/// How much of the room that is left beyond the longest words may go to comfortable widths.
const COMFORTING: f64 = 1.0 / 3.0;

/// What a column needs, in ems of the table's size, without padding.
#[derive(Debug, Clone, Default)]
pub(super) struct Need {
    /// The widest word.
    pub(super) least: f64,
    /// The widest line.
    pub(super) most: f64,
    /// Whether the column holds figures.
    pub(super) figures: bool,
    /// What its cells hold, from the top.
    cells: Vec<Held>,
}

/// What a cell holds, or the share of it that falls to one of the rows that it spans.
#[derive(Debug, Clone, Copy)]
struct Held {
    row: usize,
    /// How many lines it has if none is broken.
    lines: f64,
    /// The width of these lines together, in ems.
    length: f64,
}

impl Held {
    /// About how many lines it takes in `room` ems.
    fn height(&self, room: f64) -> f64 {
        (self.length / room).max(self.lines)
    }
}

/// What the columns of a table need, and how its cells are aligned.
pub(super) fn measured(table: &Table) -> (Vec<Need>, Vec<Vec<CellPlace>>) {
    let mut places = place(table);
    let mut needs = needs(table, &places);
    align(table, &needs, &mut places);
    // A figure that is moved to line up the decimal points needs that room as well.
    for (row, places) in table.rows.iter().zip(&places) {
        for (cell, place) in row.cells.iter().zip(places) {
            if place.shift > 0.0 {
                let wide = widest(&cell.blocks, cell.header) + place.shift;
                let need = &mut needs[place.x];
                need.least = need.least.max(wide.min(LONGEST));
                need.most = need.most.max(need.least);
            }
        }
    }
    (needs, places)
}

/// The width of each column that is comfortable to read, in ems, with padding. A line of words needs
/// no more than `prose` ems.
pub(super) fn comforts(table: &Table, prose: f64) -> Vec<f64> {
    measured(table)
        .0
        .iter()
        .map(|need| need.least.max(need.most.min(prose)) + PADDING)
        .collect()
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
            let lines: Vec<f64> = text.lines().map(|line| width(line, bold)).collect();
            let most = lines.iter().copied().fold(0.0, f64::max);
            if place.columns > 1 {
                spanning.push((*place, least, most.min(LONGEST)));
                continue;
            }
            let need = &mut needs[place.x];
            need.least = need.least.max(least);
            // Words may be bold within a cell, and so wider.
            need.most = need.most.max(most).max(least);
            let rows = place.rows.max(1) as f64;
            need.cells
                .extend((y..y + place.rows.max(1)).map(|row| Held {
                    row,
                    lines: lines.len() as f64 / rows,
                    length: lines.iter().sum::<f64>() / rows,
                }));
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
    for (place, least, most) in spanning {
        let span = &mut needs[place.x..place.x + place.columns];
        let count = place.columns as f64;
        let short =
            |have: f64, wanted: f64| (wanted - have - PADDING * (count - 1.0)).max(0.0) / count;
        let least = short(span.iter().map(|need| need.least).sum(), least);
        let most = short(span.iter().map(|need| need.most).sum(), most);
        for need in span {
            need.least += least;
            need.most = (need.most + most).max(need.least);
        }
    }
    needs
}

/// The width of all columns together that is comfortable to read, in ems, with padding.
pub(super) fn comfortable(needs: &[Need], prose: f64) -> f64 {
    needs
        .iter()
        .map(|need| need.least.max(need.most.min(prose)) + PADDING)
        .sum()
}

/// Whether a text is a figure. `None` if it is empty or says that there is no figure.
pub(super) fn figure(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—" | "n/a" | "N/A" | "*" | "**") {
        return None;
    }
    if is_code(text) {
        return Some(false);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let other = text
        .chars()
        .filter(|character| !(character.is_ascii_digit() || ".,%£€+-−–() ".contains(*character)))
        .count();
    Some(digits > 0 && other <= 2 && text.chars().count() <= 16)
}

/// The end of a figure, from the decimal point on, or else the signs after its last digit.
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
                // If the figures of a column have very different decimals, lining up their points
                // would only scatter them.
                let shift = tails[place.x] - tail_width(&text);
                place.shift = if shift < 3.0 { shift.max(0.0) } else { 0.0 };
            }
        }
    }
}

/// The widths in points of columns that share `room` points.
pub(super) fn widths(needs: &[Need], size: f64, room: f64) -> Vec<f64> {
    let least: Vec<f64> = needs
        .iter()
        .map(|need| (need.least + PADDING) * size)
        .collect();
    let most: Vec<f64> = needs
        .iter()
        // A figure whose decimals are shorter than others' is moved to the left, and a line that
        // only just fits may still break.
        .map(|need| (need.most + PADDING + if need.figures { 0.3 } else { HAIR }) * size)
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
    // Each column has its longest word. A part of what is left brings each nearer to a comfortable
    // width, so that short values are not broken for the sake of long ones.
    let comfort: Vec<f64> = needs
        .iter()
        .zip(&most)
        .map(|(need, most)| ((need.least.max(COMFORT) + PADDING) * size).min(*most))
        .collect();
    let wished: f64 = comfort.iter().sum::<f64>() - taken;
    let part = ((room - taken) * COMFORTING / wished.max(1.0)).min(1.0);
    let floor: Vec<f64> = least
        .iter()
        .zip(&comfort)
        .map(|(least, comfort)| least + (comfort - least) * part)
        .collect();
    shortest(needs, size, &floor, &most, room)
}

/// The widths in points, each between its `floor` and its `most`, that share `room` so that the table
/// becomes about as short as it can be.
///
/// The height of a row is that of its highest cell, so a column has a claim for each row in which its
/// cell is high, and one long cell among short ones has a claim for one row only. As a cell of so many
/// ems becomes shorter by the square of its width, widths go by the roots of the claims. Which cells
/// are the highest depends on the widths, so they are worked out again until they settle.
fn shortest(needs: &[Need], size: f64, floor: &[f64], most: &[f64], room: f64) -> Vec<f64> {
    /// How often the widths are worked out.
    const ROUNDS: usize = 12;
    /// How much a cell counts that is not the highest of its row: the higher, the less.
    const SHARPNESS: f64 = 3.0;
    let rows = needs.iter().flat_map(|need| &need.cells);
    let rows = rows.map(|held| held.row + 1).max().unwrap_or(0);
    let mut widths = shared(&vec![1.0; needs.len()], floor, most, room);
    for _ in 0..ROUNDS {
        let room_of = |width: f64| (width / size - PADDING).max(1.0);
        let mut heights = vec![0.0f64; rows];
        for (need, width) in needs.iter().zip(&widths) {
            for held in &need.cells {
                heights[held.row] += held.height(room_of(*width)).powf(SHARPNESS);
            }
        }
        let claims: Vec<f64> = needs
            .iter()
            .zip(&widths)
            .map(|(need, width)| {
                let claim = |held: &Held| {
                    let high = heights[held.row].powf(1.0 / SHARPNESS).max(1.0);
                    held.length * (held.height(room_of(*width)) / high).powf(SHARPNESS - 1.0)
                };
                need.cells.iter().map(claim).sum::<f64>().sqrt()
            })
            .collect();
        let next = shared(&claims, floor, most, room);
        for (width, next) in widths.iter_mut().zip(next) {
            *width = f64::midpoint(*width, next);
        }
    }
    widths
}

/// Widths in proportion to `claims`, each between its `floor` and its `most`, that fill `room`.
fn shared(claims: &[f64], floor: &[f64], most: &[f64], room: f64) -> Vec<f64> {
    /// How often the scale is halved, which is exact enough for any page.
    const HALVINGS: usize = 48;
    let at = |scale: f64| -> Vec<f64> {
        let bounds = floor.iter().zip(most);
        let within =
            |(claim, (floor, most)): (&f64, (&f64, &f64))| (claim * scale).min(*most).max(*floor);
        claims.iter().zip(bounds).map(within).collect()
    };
    let (mut low, mut high) = (
        0.0,
        room / claims.iter().copied().fold(1.0, f64::min).max(1e-6),
    );
    for _ in 0..HALVINGS {
        let scale = f64::midpoint(low, high);
        if at(scale).iter().sum::<f64>() <= room {
            low = scale;
        } else {
            high = scale;
        }
    }
    at(low)
}

/// Widths that are too wide together, brought down to `room`. The widest are narrowed first.
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
    use crate::typeset::grid::tests::table;

    const SIZE: f64 = 10.0;
    const ROOM: f64 = 450.0;

    fn shares(rows: &[&[&str]]) -> Vec<f64> {
        let widths = widths(&measured(&table(rows, 1)).0, SIZE, ROOM);
        let all: f64 = widths.iter().sum();
        assert!((all - ROOM).abs() < 0.5, "{widths:?}");
        widths
    }

    #[test]
    fn where_there_is_too_little_room_the_widest_column_gives_way() {
        assert_eq!(even(&[10.0, 100.0, 30.0], 80.0), [10.0, 40.0, 30.0]);
        assert_eq!(even(&[50.0, 100.0], 40.0), [20.0, 20.0]);
    }

    #[test]
    fn one_long_cell_does_not_take_the_room_of_a_column_of_long_ones() {
        let long = "what the officer said about it and why it matters ".repeat(4);
        let long = long.as_str();
        let mut rows: Vec<Vec<&str>> = vec![vec!["Risk", "Answer"], vec![long, long]];
        rows.extend((0..8).map(|_| vec!["a short one", long]));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let widths = shares(&rows);
        assert!(widths[1] > widths[0] * 1.8, "{widths:?}");
        // As many long cells in each: each has half.
        let widths = shares(&[&["Risk", "Answer"], &[long, long], &[long, long]]);
        assert!((widths[0] - widths[1]).abs() < 1.0, "{widths:?}");
    }

    #[test]
    fn a_column_of_short_values_stays_on_one_line_beside_prose() {
        let long = "what the officer said about it and why it matters ".repeat(9);
        let row: &[&str] = &["18 May", long.as_str(), "Open"];
        let widths = shares(&[&["Date", "What", "State"], row, row, row]);
        let needs = measured(&table(&[&["Date", "What", "State"], row], 1)).0;
        for column in [0, 2] {
            assert!(widths[column] >= (needs[column].most + PADDING) * SIZE);
        }
    }

    #[test]
    fn a_column_without_words_leaves_its_room_to_the_others() {
        let long = "what the officer asks about the data and its use ".repeat(3);
        let rows: Vec<[&str; 3]> = (0..6)
            .map(|_| ["Special category data", &long, ""])
            .collect();
        let mut all: Vec<&[&str]> = vec![&["Data group", "Question", "Answer"]];
        all.extend(rows.iter().map(<[&str; 3]>::as_slice));
        let widths = shares(&all);
        assert!(widths[1] > ROOM * 0.6, "{widths:?}");
    }
}
