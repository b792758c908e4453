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

/// What a column needs, in ems of the table's size, without padding.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    /// The widest word.
    pub(super) least: f64,
    /// The widest line.
    pub(super) most: f64,
    /// Whether the column holds figures.
    pub(super) figures: bool,
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
            // Words may be bold within a cell, and so wider.
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
    let wishes: Vec<f64> = least
        .iter()
        .zip(&most)
        // One very long cell must not take all the room of the other columns.
        .map(|(least, most)| (most - least).clamp(0.0, 30.0 * size))
        .collect();
    let wished: f64 = wishes.iter().sum();
    least
        .iter()
        .zip(&wishes)
        .map(|(least, wish)| least + (room - taken) * wish / wished.max(1.0))
        .collect()
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

    #[test]
    fn where_there_is_too_little_room_the_widest_column_gives_way() {
        assert_eq!(even(&[10.0, 100.0, 30.0], 80.0), [10.0, 40.0, 30.0]);
        assert_eq!(even(&[50.0, 100.0], 40.0), [20.0, 20.0]);
    }
}
