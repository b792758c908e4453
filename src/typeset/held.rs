//! Checks the finished pages against the part that they were made from, so that nothing is lost. Every
//! word of every block must be on the pages, once and in order, inside the page and clear of its foot,
//! and nothing may be printed over anything else.

use std::collections::HashMap;

use super::engine::Piece;
use super::grid::place;
use crate::compose::part::{Block, BlockKind, CellPlace, Inline, Part, Table, plain_blocks};
use crate::finding::Span;

/// How far text may reach over an edge before it counts as cut off, in points.
const SLACK: f64 = 1.0;
/// How far two pieces of text may overlap, down and across, before one is hard to read. In ems of the
/// smaller print.
const SHARED_DOWN: f64 = 0.35;
const SHARED_ACROSS: f64 = 0.4;

/// What must be on the pages for a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// The mark of the block and of everything up to the next.
    mark: u32,
    /// Its characters, without spaces and hyphens.
    words: String,
    /// Whether they are one run, as in a paragraph. The words of a table are in cells.
    run: bool,
    /// Whether they must not be there twice.
    once: bool,
    /// Where its author wrote it.
    span: Option<Span>,
}

/// What is wrong with finished pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What happened to the words.
    pub kind: LossKind,
    /// The words, or the first of them.
    pub words: String,
    /// The page of the part, counted from 1, or `None` if the words are on no page or on several.
    pub page: Option<usize>,
    /// Where the author wrote them.
    pub span: Option<Span>,
}

/// What can happen to words on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossKind {
    /// They are on no page.
    Missing,
    /// They are on the pages twice.
    Twice,
    /// They come after words that they should come before.
    OutOfOrder,
    /// They are cut off at an edge.
    CutOff,
    /// They are where the page number goes.
    UnderNumber,
    /// Other words are printed over them.
    Overprinted,
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.kind {
            LossKind::Missing => "on no page",
            LossKind::Twice => "on the pages twice",
            LossKind::OutOfOrder => "out of order",
            LossKind::CutOff => "cut off at the edge",
            LossKind::UnderNumber => "under the page number",
            LossKind::Overprinted => "printed over other words",
        };
        write!(f, "‘{}’ would be {what}", self.words)?;
        if let Some(page) = self.page {
            write!(f, " (page {page} of this part)")?;
        }
        Ok(())
    }
}

/// What must be on the pages for the blocks of a part.
pub(super) fn held(part: &Part) -> Vec<Held> {
    let mut all = Vec::new();
    for block in &part.blocks {
        hold(block, block.span, &mut all);
    }
    all
}

fn hold(block: &Block, around: Option<Span>, all: &mut Vec<Held>) {
    let span = block.span.or(around);
    let mut words = String::new();
    own_words(block, &mut words);
    let run = matches!(
        block.kind,
        BlockKind::Heading { .. } | BlockKind::Paragraph { .. } | BlockKind::Preformatted { .. }
    );
    let table = matches!(block.kind, BlockKind::Table(_));
    if let BlockKind::Table(table) = &block.kind {
        let places = place(table);
        let spoken = spoken(table, &places);
        for (y, (row, places)) in table.rows.iter().zip(&places).enumerate() {
            for (cell, place) in row.cells.iter().zip(places) {
                // A heading over only empty cells is left out if the table is taken apart.
                let under = &spoken[place.x..place.x + place.columns];
                if y >= table.header_rows || under.contains(&true) {
                    words_in(&cell.blocks, &mut words);
                }
            }
        }
    }
    if let Some(mark) = block.mark {
        let words: String = words
            .chars()
            .filter(|&character| counts(character))
            .collect();
        // The number may be the same as the words after it.
        let numbered = matches!(
            block.kind,
            BlockKind::Heading {
                number: Some(_),
                ..
            } | BlockKind::Paragraph {
                number: Some(_),
                ..
            }
        );
        // Letters that are read from the right are laid out from there, so their pieces may come in
        // another order.
        let run = run && words.chars().all(|character| character < '\u{590}');
        all.push(Held {
            mark,
            words,
            run,
            once: run && !numbered,
            span,
        });
    }
    if !table {
        for inner in block.inner() {
            for block in inner {
                hold(block, span, all);
            }
        }
    }
}

/// For each column of a table, whether a cell below the header rows has words and is in that column
/// only.
fn spoken(table: &Table, places: &[Vec<CellPlace>]) -> Vec<bool> {
    let mut spoken = vec![table.header_rows >= table.rows.len(); table.columns.len().max(1)];
    for (row, places) in table.rows.iter().zip(places).skip(table.header_rows) {
        for (cell, place) in row.cells.iter().zip(places) {
            if place.columns == 1 && !plain_blocks(&cell.blocks).trim().is_empty() {
                spoken[place.x] = true;
            }
        }
    }
    spoken
}

/// All words of blocks, whatever they are nested in.
fn words_in(blocks: &[Block], words: &mut String) {
    for block in blocks {
        own_words(block, words);
        for inner in block.inner() {
            words_in(inner, words);
        }
    }
}

/// The words of a block that are printed in its place, without those of the blocks inside it.
fn own_words(block: &Block, words: &mut String) {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            printed(content, words);
        }
        BlockKind::Preformatted { text } => words.push_str(text),
        BlockKind::Figure(figure) => printed(figure.caption.as_deref().unwrap_or(&[]), words),
        BlockKind::Table(table) => printed(table.caption.as_deref().unwrap_or(&[]), words),
        BlockKind::Masthead(masthead) => words.push_str(&masthead.body),
        BlockKind::Agenda { rows } => {
            for row in rows {
                words.push_str(&row.number);
                printed(&row.title, words);
                row.notes.iter().for_each(|note| printed(note, words));
                words.extend(row.sub.iter().map(String::as_str));
                words.extend(row.time.as_deref());
            }
        }
        BlockKind::Fields { rows, .. } => {
            for row in rows {
                words.push_str(&row.label);
                row.lines.iter().for_each(|line| printed(line, words));
            }
        }
        BlockKind::Members { members, .. } => {
            for member in members {
                words.push_str(&member.name);
                words.extend(member.note.as_deref());
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                printed(&row.title, words);
                words.extend(row.standard_page.as_deref());
            }
        }
        BlockKind::Signature { lines } => words.extend(lines.iter().map(String::as_str)),
        // The blocks inside these are checked on their own. The template makes the labels of lists.
        BlockKind::List { .. }
        | BlockKind::Quote { .. }
        | BlockKind::Records { .. }
        | BlockKind::Panel { .. }
        | BlockKind::Leaf { .. }
        | BlockKind::Foot { .. }
        | BlockKind::Rule
        | BlockKind::PageMark { .. } => {}
    }
}

/// The words of running text as they are printed, without page numbers and notes.
fn printed(content: &[Inline], words: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => words.push_str(text),
            _ => printed(inline.inner(), words),
        }
    }
}

/// Whether a character must be found again. Characters that only control others do not count, nor do
/// hyphens, which a line break can add.
fn counts(character: char) -> bool {
    !(character.is_whitespace()
        || character.is_control()
        || matches!(character, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'))
}

/// What is wrong with pages of these sizes that have these pieces of text. The lowest `foot` points
/// must be free.
pub(super) fn losses(
    held: &[Held],
    pieces: &[Piece],
    sizes: &[(f64, f64)],
    foot: f64,
) -> Vec<Loss> {
    let mut losses = Vec::new();
    words(held, pieces, &mut losses);
    places(held, pieces, (sizes, foot), &mut losses);
    overprint(held, pieces, &mut losses);
    losses
}

/// The index of the block with a mark, or of the last before it.
fn block_of(held: &[Held], mark: Option<u32>) -> Option<usize> {
    held.partition_point(|one| Some(one.mark) <= mark)
        .checked_sub(1)
}

fn words(held: &[Held], pieces: &[Piece], losses: &mut Vec<Loss>) {
    let mut found: Vec<String> = vec![String::new(); held.len()];
    let mut last = None;
    for piece in pieces.iter().filter(|piece| !piece.aside) {
        let Some(index) = block_of(held, piece.mark) else {
            continue;
        };
        if last > Some(index) {
            losses.push(Loss {
                kind: LossKind::OutOfOrder,
                words: excerpt(&piece.text),
                page: Some(piece.page + 1),
                span: held[index].span,
            });
        }
        last = Some(index);
        found[index].extend(piece.text.chars().filter(|&character| counts(character)));
    }
    for (one, found) in held.iter().zip(&found) {
        let lost = if one.run {
            not_in_run(&one.words, found)
        } else {
            not_among(&one.words, found)
        };
        let kind = if lost.is_some() {
            LossKind::Missing
        } else if one.once && one.words.chars().count() > 24 && twice(&one.words, found) {
            LossKind::Twice
        } else {
            continue;
        };
        losses.push(Loss {
            kind,
            words: excerpt(&lost.unwrap_or_else(|| one.words.clone())),
            page: None,
            span: one.span,
        });
    }
}

/// The words from the first character on that was not found in its turn, if there is one. Anything
/// else that was found, such as numbers and marks of pages, is ignored.
fn not_in_run(words: &str, found: &str) -> Option<String> {
    let mut left = found.chars();
    let at = words
        .char_indices()
        .find(|&(_, character)| !left.any(|other| other == character))?
        .0;
    Some(words[at..].to_owned())
}

/// The characters that were not found as often as they should have been.
fn not_among(words: &str, found: &str) -> Option<String> {
    let mut counts: HashMap<char, i64> = HashMap::new();
    for character in found.chars() {
        *counts.entry(character).or_default() += 1;
    }
    let lost: String = words
        .chars()
        .filter(|character| {
            let left = counts.entry(*character).or_default();
            *left -= 1;
            *left < 0
        })
        .collect();
    (!lost.is_empty()).then_some(lost)
}

fn twice(words: &str, found: &str) -> bool {
    found
        .find(words)
        .is_some_and(|at| found[at + words.len()..].contains(words))
}

fn places(
    held: &[Held],
    pieces: &[Piece],
    (sizes, foot): (&[(f64, f64)], f64),
    losses: &mut Vec<Loss>,
) {
    for piece in pieces {
        let Some(&(width, height)) = sizes.get(piece.page) else {
            continue;
        };
        let kind = if piece.left < -SLACK
            || piece.right > width + SLACK
            || piece.top < -SLACK
            || piece.baseline > height
        {
            LossKind::CutOff
        } else if piece.baseline > height - foot {
            LossKind::UnderNumber
        } else {
            continue;
        };
        losses.push(Loss {
            kind,
            words: excerpt(&piece.text),
            page: Some(piece.page + 1),
            span: block_of(held, piece.mark).and_then(|index| held[index].span),
        });
    }
}

/// Reports pieces of text that overlap by more than neighbours do.
fn overprint(held: &[Held], pieces: &[Piece], losses: &mut Vec<Loss>) {
    for of_page in pieces.chunk_by(|a, b| a.page == b.page) {
        let mut lines: Vec<&Piece> = of_page
            .iter()
            .filter(|piece| piece.right > piece.left && piece.text.chars().any(counts))
            .collect();
        lines.sort_by(|a, b| a.top.total_cmp(&b.top));
        // A line may have thousands of pieces, so only those in the same part of the page are compared.
        let mut places: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
        for (index, piece) in lines.iter().enumerate() {
            for place in squares(piece) {
                places.entry(place).or_default().push(index);
            }
        }
        for (index, piece) in lines.iter().enumerate() {
            let over = squares(piece)
                .filter_map(|place| {
                    let near = places.get(&place)?;
                    let later = &near[near.partition_point(|other| *other <= index)..];
                    let mut later = later.iter().copied();
                    later.find(|other| is_over(piece, lines[*other]))
                })
                .min();
            if let Some(other) = over {
                losses.push(Loss {
                    kind: LossKind::Overprinted,
                    words: excerpt(&format!("{} / {}", piece.text, lines[other].text)),
                    page: Some(piece.page + 1),
                    span: block_of(held, piece.mark).and_then(|index| held[index].span),
                });
            }
        }
    }
}

/// The squares of a page that a piece of text is in.
fn squares(piece: &Piece) -> impl Iterator<Item = (i64, i64)> + use<> {
    const SIDE: f64 = 24.0;
    /// No line is as long.
    const MOST: i64 = 100_000;
    let square = |at: f64| ((at / SIDE) as i64).clamp(-MOST, MOST);
    let (left, right) = (square(piece.left), square(piece.right));
    let (top, baseline) = (square(piece.top), square(piece.baseline));
    (top..=baseline).flat_map(move |down| (left..=right).map(move |across| (across, down)))
}

/// Whether one piece of text is printed over another.
fn is_over(piece: &Piece, other: &Piece) -> bool {
    let size = piece.size.min(other.size);
    let down = piece.baseline.min(other.baseline) - piece.top.max(other.top);
    let across = piece.right.min(other.right) - piece.left.max(other.left);
    down > size * SHARED_DOWN && across > size * SHARED_ACROSS
}

fn excerpt(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        words.trim().to_owned()
    } else {
        let mut cut: String = words.chars().take(MOST).collect();
        cut.push('…');
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::PartKind;

    const SIZE: (f64, f64) = (595.0, 842.0);

    fn part() -> Vec<Held> {
        let para = |words: &str| Block::paragraph(vec![Inline::text(words)]);
        let mut part = Part::new(
            "k",
            PartKind::Report,
            "t",
            "en-GB",
            vec![para("The first recom-mendation."), para("The second.")],
        );
        part.number_blocks();
        held(&part)
    }

    fn piece(mark: u32, text: &str, left: f64, baseline: f64) -> Piece {
        Piece {
            page: 0,
            text: text.to_owned(),
            mark: Some(mark),
            aside: false,
            left,
            right: left + text.chars().count() as f64 * 6.0,
            top: baseline - 8.0,
            baseline,
            size: 12.0,
        }
    }

    fn kinds(pieces: &[Piece]) -> Vec<LossKind> {
        losses(&part(), pieces, &[SIZE], 57.0)
            .iter()
            .map(|loss| loss.kind)
            .collect()
    }

    #[test]
    fn what_is_all_there_is_let_pass() {
        let pieces = [
            piece(0, "1. The first recom-", 70.0, 100.0),
            piece(0, "mendation.", 70.0, 115.0),
            piece(1, "The second.", 70.0, 140.0),
        ];
        assert_eq!(kinds(&pieces), []);
    }

    #[test]
    fn words_that_are_lost_doubled_or_misplaced_are_found() {
        let whole = piece(0, "The first recommendation.", 70.0, 100.0);
        let second = piece(1, "The second.", 70.0, 140.0);
        let cases = [
            (vec![whole.clone()], LossKind::Missing),
            (
                vec![piece(0, "The first re", 70.0, 100.0), second.clone()],
                LossKind::Missing,
            ),
            (
                vec![whole.clone(), piece(1, "The second.", 70.0, 840.0 - 40.0)],
                LossKind::UnderNumber,
            ),
            (
                vec![whole.clone(), piece(1, "The second.", 70.0, 900.0)],
                LossKind::CutOff,
            ),
            (
                vec![whole.clone(), piece(1, "The second.", 560.0, 140.0)],
                LossKind::CutOff,
            ),
            (
                vec![whole.clone(), piece(1, "The second.", 100.0, 103.0)],
                LossKind::Overprinted,
            ),
            (vec![second.clone(), whole.clone()], LossKind::OutOfOrder),
        ];
        for (pieces, kind) in cases {
            assert_eq!(kinds(&pieces), [kind], "{pieces:?}");
        }
    }

    #[test]
    fn a_line_of_very_many_pieces_is_looked_through_quickly() {
        let mut pieces: Vec<Piece> = (0..60_000_u32)
            .map(|number| piece(0, "x", f64::from(number) * 6.0, 100.0))
            .collect();
        pieces.push(piece(1, "over", 300_001.0, 103.0));
        let mut losses = Vec::new();
        overprint(&part(), &pieces, &mut losses);
        let said: Vec<&str> = losses.iter().map(|loss| loss.words.as_str()).collect();
        assert_eq!(said, ["x / over"; 4]);
    }
}
