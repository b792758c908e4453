//! Which of the first rows of a table are heads: those that its tags call so, and those that only
//! the words of the rows tell.

use super::columns::{RawCell, RawRow};
use crate::prose::{Block, BlockKind, Cell, InlineKind, plain};

/// How many of the first rows are column heads: those that the file groups as such, or that have
/// no data cell with words.
pub(super) fn told(rows: &[RawRow]) -> usize {
    if begins_with_text(rows) {
        return 0;
    }
    let grouped = rows.iter().take_while(|row| row.in_head).count();
    let headed =
        rows.iter()
            .take_while(|row| {
                row.cells.iter().any(|cell| cell.cell.header)
                    && row.cells.iter().all(|cell| {
                        cell.cell.header && !cell.row_head || cell.cell.blocks.is_empty()
                    })
            })
            .count();
    let starts: Vec<Start> = rows[..headed].iter().map(start).collect();
    let count = grouped.max(without_titles(headed, &starts));
    if count >= rows.len() && grouped < rows.len() {
        count.min(1).min(rows.len().saturating_sub(1))
    } else {
        count.min(rows.len())
    }
}

/// Whether what the file calls the heads of a table are its first row of text: numbered paragraphs,
/// "8.1" and "8.2", or a cell beside another that says more than any name of a column.
pub(super) fn begins_with_text(rows: &[RawRow]) -> bool {
    numbers_paragraphs(rows) || rows.first().is_some_and(|row| is_text(&row.cells))
}

fn is_text(row: &[RawCell]) -> bool {
    /// The longest name of a column, in characters.
    const NAME: usize = 160;
    let long = |cell: &RawCell| said(&cell.cell.blocks).chars().count() > NAME;
    count(row, is_worded) > 1 && row.iter().any(long)
}

fn numbers_paragraphs(rows: &[RawRow]) -> bool {
    let mut numbers = rows.iter().map(|row| {
        let first = row.cells.first().map(|cell| said(&cell.cell.blocks));
        part_of(first.unwrap_or_default().trim())
    });
    let (Some(Some(first)), Some(Some(second))) = (numbers.next(), numbers.next()) else {
        return false;
    };
    first.0 == second.0 && first.1 + 1 == second.1
}

/// The section of a paragraph's number and its place there: "8." and 1 of "8.1".
fn part_of(text: &str) -> Option<(String, u32)> {
    let (section, place) = text.trim_end_matches('.').rsplit_once('.')?;
    let digits = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbered = section.split('.').all(digits) && digits(place);
    Some((section.to_owned(), place.parse().ok().filter(|_| numbered)?))
}

/// How a row begins, and how far it reaches.
pub(super) struct Start {
    /// What its first cell says.
    pub(super) words: String,
    /// How many columns that takes.
    pub(super) columns: usize,
    /// Whether no other cell says anything.
    pub(super) alone: bool,
    /// How many rows its highest cell takes.
    pub(super) rows: usize,
}

fn start(row: &RawRow) -> Start {
    let first = row.cells.first();
    Start {
        words: first
            .map(|cell| said(&cell.cell.blocks))
            .unwrap_or_default(),
        columns: first.map_or(1, |cell| cell.cell.columns),
        alone: count(&row.cells, is_worded) == 1,
        rows: row
            .cells
            .iter()
            .map(|cell| cell.cell.rows)
            .max()
            .unwrap_or(1),
    }
}

/// How many of the first rows are `heads` when those at their end are taken off that say one thing
/// alone, at their beginning: such a row names the rows below it, and not those after the next such
/// row, which would have its name as well if it were a head.
pub(super) fn without_titles(mut heads: usize, rows: &[Start]) -> usize {
    let is_title = |at: usize| {
        let (row, above) = (&rows[at], &rows[..at]);
        let free = above
            .iter()
            .enumerate()
            .all(|(index, other)| index + other.rows <= at);
        let below_heads = above.iter().any(|other| !other.alone);
        let named = above.iter().any(|other| !other.words.trim().is_empty());
        row.alone
            && !row.words.trim().is_empty()
            && !unit(&row.words)
            && (row.columns > 1 || named)
            && free
            && below_heads
    };
    while heads > 1 && is_title(heads - 1) {
        heads -= 1;
    }
    heads
}

/// How many rows below the `told` heads are heads that the file does not call so.
pub(super) fn untold(rows: &[Vec<RawCell>], told: usize) -> usize {
    let over_figures = over_figures(rows, told);
    if over_figures > 0 {
        return over_figures;
    }
    let (heads, body) = rows.split_at(told);
    let units = body
        .iter()
        .take_while(|row| !heads.is_empty() && holds_units(row))
        .count();
    if units > 0 && units < body.len() {
        return units;
    }
    if heads.is_empty() { stressed(body) } else { 0 }
}

/// How many rows below the `told` heads stand over figures and have none, rows of years and units
/// mostly: where the file calls no row a head, or only rows that say less than the one below them, such
/// as "Actuals" over nine years.
fn over_figures(rows: &[Vec<RawCell>], told: usize) -> usize {
    /// More rows of heads than tables have.
    const MOST: usize = 4;
    let (told, rows) = rows.split_at(told);
    let below = rows.first().map_or(0, |row| count(row, is_worded));
    if told.iter().any(|row| count(row, is_worded) >= below) {
        return 0;
    }
    let heads = rows
        .iter()
        .take_while(|row| count(row, is_worded) > 1 && count(row, is_figure) == 0)
        .count();
    let figures = rows.get(heads).map_or(0, |row| count(row, is_figure));
    let is_form = rows.get(heads).is_some_and(|row| takes_turns(row));
    if (1..=MOST).contains(&heads) && figures > 1 && !is_form {
        heads
    } else {
        0
    }
}

/// Whether words and figures take turns in a row, as in a form: each figure has the words that say
/// what it is beside it, not above it.
fn takes_turns(row: &[RawCell]) -> bool {
    let worded: Vec<&RawCell> = row.iter().filter(|cell| is_worded(cell)).collect();
    worded.len() > 3
        && worded
            .chunks(2)
            .all(|pair| matches!(pair, [label, value] if !is_figure(label) && is_figure(value)))
}

/// Whether a row says in which units the figures below it are, and nothing else.
fn holds_units(row: &[RawCell]) -> bool {
    let mut worded = row.iter().filter(|cell| is_worded(cell)).peekable();
    worded.peek().is_some() && worded.all(|cell| unit(&said(&cell.cell.blocks)))
}

/// Whether a text is the unit of a column: "£000s", "£m", "%", "(£'000)".
fn unit(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    let Some(rest) = text.strip_prefix(['£', '€', '$']) else {
        return matches!(text, "%" | "‰" | "No." | "no." | "FTE" | "FTEs");
    };
    let multiple = rest.trim().replace(['\'', '’', '‘', ',', '.'], "");
    let multiple = multiple.to_lowercase();
    matches!(
        multiple.as_str(),
        "" | "k"
            | "m"
            | "bn"
            | "s"
            | "p"
            | "000"
            | "000s"
            | "million"
            | "millions"
            | "thousand"
            | "thousands"
            | "billion"
    )
}

/// How many of the first rows are heads because they are all in bold and no other row of words is, in
/// the tables of those who know no other way to make one. A total and a title between rows, which is
/// alone in its row, may be bold as well.
fn stressed(rows: &[Vec<RawCell>]) -> usize {
    let Some((first, rest)) = rows.split_first() else {
        return 0;
    };
    let most = rest.iter().map(|row| count(row, is_worded)).max();
    let simple = first
        .iter()
        .all(|cell| cell.cell.rows == 1 && cell.cell.columns == 1);
    let begins = simple
        && is_like_heads(first)
        && most.is_some_and(|most| count(first, is_worded) >= most)
        && count(first, is_line) == 0;
    // Rows of units and years go on with the heads, and have no name at their beginning.
    let nameless = |row: &[RawCell]| row.first().is_some_and(|cell| !is_worded(cell));
    let more = rest
        .iter()
        .take_while(|row| holds_units(row) || nameless(row) && is_like_heads(row))
        .count();
    if begins && more + 1 < rest.len() && !rest[more..].iter().any(|row| is_like_heads(row)) {
        1 + more
    } else {
        0
    }
}

/// Whether a row could be one of heads by what it says and by its bold words.
fn is_like_heads(row: &[RawCell]) -> bool {
    let mut plain = row
        .iter()
        .filter(|cell| is_worded(cell) && !cell.cell.header)
        .peekable();
    count(row, is_worded) > 1
        && count(row, is_figure) == 0
        && !holds_units(row)
        && plain.peek().is_some()
        && plain.all(|cell| is_stressed(&cell.cell))
}

/// Whether all words of a cell are strong.
fn is_stressed(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| match &block.kind {
        BlockKind::Paragraph(inlines) => inlines.iter().all(|inline| match &inline.kind {
            InlineKind::Strong(_) | InlineKind::SoftBreak | InlineKind::HardBreak => true,
            InlineKind::Text(text) => text.trim().is_empty(),
            _ => false,
        }),
        _ => false,
    })
}

fn count(row: &[RawCell], is: fn(&RawCell) -> bool) -> usize {
    row.iter().filter(|cell| is(cell)).count()
}

fn is_worded(cell: &RawCell) -> bool {
    !cell.cell.blocks.is_empty()
}

/// Whether a cell holds nothing but a line to sign on.
fn is_line(cell: &RawCell) -> bool {
    is_worded(cell) && !said(&cell.cell.blocks).contains(char::is_alphanumeric)
}

/// Whether a cell holds a figure.
pub(super) fn is_figure(cell: &RawCell) -> bool {
    number(&said(&cell.cell.blocks))
}

/// The words of a cell's blocks; those of anything but paragraphs do not matter here.
pub(super) fn said(blocks: &[Block]) -> String {
    blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph(inlines) => plain(inlines),
            _ => "words".to_owned(),
        })
        .collect()
}

/// Whether a text is a number, and neither the name of a year ("2025-26") nor a unit.
fn number(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '–', '+', '(', '£']);
    let digits = text.trim_end_matches(['%', ')', '*']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        && !(digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}
