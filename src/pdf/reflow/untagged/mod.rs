//! Pages without tags read by where their words stand: lines, columns, paragraphs, headings by size
//! and weight, lists, tables. The same blocks come out as of tags.
//!
//! Nothing is guessed that a reader would take for certain. Where the words do not come out whole
//! and in order, where letters have no meaning that a machine could know, and where pages are
//! pictures, there is no prose at all.

mod aligned;
mod areas;
mod furniture;
mod grid;
mod lines;
mod page;
mod paragraphs;
mod ruled;
mod running;
pub(in crate::pdf::reflow) mod seen;
mod sure;
mod write;

use std::collections::BTreeMap;

pub(in crate::pdf) use seen::{Seen, seen};

use self::page::{Margins, Piece, Region};
use self::paragraphs::Pitches;
use self::seen::Chunk;
use self::write::Placed;
use crate::finding::Span;
use crate::model::{ReadFrom, Reflow};
use crate::pdf::geometry::Rect;
use crate::prose::{Block, Share};

/// The prose of selected pages from what is seen on them; `None` where it is not certain.
pub(in crate::pdf) fn of_pages(
    texts: &BTreeMap<usize, Seen>,
    selected: &[usize],
    at: Span,
) -> Option<Reflow> {
    let pages: Vec<&Seen> = selected
        .iter()
        .map(|number| texts.get(number))
        .collect::<Option<_>>()?;
    if !sure::readable(&pages) {
        return None;
    }
    let body = body_size(&pages);
    let kept = furniture::without(&pages, body);
    let margins = Margins::of(pages.iter().copied().zip(kept.iter().map(Vec::as_slice)));
    let parts: Vec<Vec<Region>> = pages
        .iter()
        .zip(&kept)
        .enumerate()
        .map(|(page, (seen, chunks))| page::parts(seen, chunks.clone(), margins.at(page)))
        .collect();
    let columns = parts.iter().flatten().filter_map(|part| match part {
        Region::Column(lines, _) => Some(lines.as_slice()),
        _ => None,
    });
    let pitches = Pitches::of(columns);
    let mut placed: Vec<Placed> = Vec::new();
    let mut page_words = Vec::with_capacity(pages.len());
    for (number, (parts, chunks)) in parts.into_iter().zip(&kept).enumerate() {
        let pieces: Vec<Piece> = parts
            .into_iter()
            .flat_map(|part| page::pieces(part, &pitches))
            .collect();
        let pieces = page::headed(pieces);
        let read: Vec<_> = pieces.iter().flat_map(Piece::words).collect();
        let scattered = pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Aligned(table) if !table.descends()));
        if scattered || !sure::in_order(chunks, &read) {
            return None;
        }
        let mut words = String::new();
        for word in read {
            if word.apart && !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&word.text);
        }
        page_words.push(words);
        placed.extend(pieces.into_iter().map(|piece| Placed {
            page: number,
            piece,
        }));
    }
    let placed = over_pages(placed);
    let picture = |page: usize, place: &Rect| {
        let seen = pages.get(page)?;
        let inside = |chunk: &Chunk| place.contains(chunk.bounds.centre());
        let worded = seen.chunks.iter().any(inside);
        let (size, place) = seen.shown(place);
        let share = Share::of((place.width(), place.height()), size).filter(|_| !worded);
        let region = super::drawing::region(*selected.get(page)?, &place, size)?;
        Some((region, share))
    };
    let mut prose = write::prose(placed, body, &pitches, (at, &picture));
    if prose.is_empty() {
        return None;
    }
    super::refine::refine(&mut prose);
    Some(Reflow::new(prose, 1.0, page_words, ReadFrom::Pages))
}

/// The text of some pages without running heads, page numbers and watermarks, where it is not all of
/// their text.
pub(in crate::pdf::reflow) fn without_furniture(pages: &[&Seen]) -> Vec<Vec<Chunk>> {
    furniture::without_of_some(pages, body_size(pages))
}

/// The blocks of some text of a page, none of them a heading.
pub(in crate::pdf::reflow) fn blocks(seen: &Seen, chunks: Vec<Chunk>, at: Span) -> Vec<Block> {
    let parts = page::parts(seen, chunks, None);
    let columns = parts.iter().filter_map(|part| match part {
        Region::Column(lines, _) => Some(lines.as_slice()),
        _ => None,
    });
    let pitches = Pitches::of(columns);
    let pieces = parts
        .into_iter()
        .flat_map(|part| page::pieces(part, &pitches));
    let mut blocks: Vec<Block> = Vec::new();
    let mut paragraphs = Vec::new();
    for piece in page::headed(pieces.collect()) {
        let made = match piece {
            Piece::Paragraph(paragraph) => {
                paragraphs.push(paragraph);
                continue;
            }
            Piece::Aligned(found) => grid::aligned(found, at),
            Piece::Grid(found) => grid::ruled(found, &pitches, at),
            Piece::Picture(_) => Vec::new(),
        };
        blocks.extend(running::blocks(&std::mem::take(&mut paragraphs), at));
        blocks.extend(made.into_iter().map(|kind| Block {
            kind,
            span: at,
            lang: None,
        }));
    }
    blocks.extend(running::blocks(&paragraphs, at));
    blocks
}

/// The size that most letters have.
fn body_size(pages: &[&Seen]) -> f64 {
    let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
    for chunk in pages.iter().flat_map(|page| &page.chunks) {
        if !chunk.turned {
            *letters
                .entry((chunk.size * 2.0).round() as i64)
                .or_default() += chunk.text().chars().count();
        }
    }
    let most = letters.into_iter().max_by_key(|&(_, count)| count);
    most.map_or(11.0, |(size, _)| size as f64 / 2.0)
}

/// Joins what goes on from one page or column to the next.
fn over_pages(placed: Vec<Placed>) -> Vec<Placed> {
    let mut joined: Vec<Placed> = Vec::with_capacity(placed.len());
    for next in placed {
        match &next.piece {
            Piece::Paragraph(paragraph) => {
                // notes at the foot of the page stand between
                let back = joined.iter_mut().rev().take(8).find(|last| {
                    !matches!(&last.piece, Piece::Paragraph(note) if note.size < 0.93 * paragraph.size)
                });
                if let Some(Placed {
                    page,
                    piece: Piece::Paragraph(last),
                }) = back
                    && (*page < next.page
                        || last.lines.last().is_some_and(|line| {
                            paragraph
                                .lines
                                .first()
                                .is_some_and(|first| first.baseline < line.baseline)
                        }))
                    && next.page - *page <= 1
                    && goes_on(last, paragraph)
                {
                    last.full = paragraph.full;
                    last.lines.extend(paragraph.lines.iter().cloned());
                    continue;
                }
            }
            Piece::Grid(grid) => {
                if let Some(Placed {
                    page,
                    piece: Piece::Grid(last),
                }) = joined.last_mut()
                    && *page + 1 == next.page
                    && last.joins(grid)
                {
                    last.append(grid.clone());
                    *page = next.page.min(*page);
                    continue;
                }
            }
            _ => {}
        }
        joined.push(next);
    }
    joined
}

/// Whether a paragraph goes on with another at the top of the next page or column.
fn goes_on(last: &paragraphs::Paragraph, next: &paragraphs::Paragraph) -> bool {
    let alike = (last.size - next.size).abs() < 0.06 * last.size && last.bold == next.bold;
    let text = last.text();
    let open = !text.trim_end().ends_with(['.', '!', '?', ':', ';']);
    let lower = next
        .text()
        .chars()
        .next()
        .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() && last.full);
    alike && open && lower && next.label.is_none()
}
