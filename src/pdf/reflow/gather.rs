//! The words of the selected pages, by the marked-content sequence that they stand in.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::flow::{Flow, Piece, Style};
use crate::pdf::Page;
use crate::pdf::content::{Mark, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::Rect;
use crate::pdf::structure::{ContentKey, Kid, StructureTree};
use crate::pdf::text::{Echo, Pen, Stand, Step, is_shown, plain_characters};

/// What the selected pages say.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The text of each marked-content sequence in paint order.
    pub(super) pieces: HashMap<ContentKey, Vec<Piece>>,
    /// Characters, spaces aside, that the pages show outside page furniture.
    pub(super) characters: usize,
    /// For each page of the file its place among the selected ones.
    pub(super) places: HashMap<usize, usize>,
}

/// The sequences that the structure tree owns.
pub(in crate::pdf) fn owned(tree: &StructureTree) -> HashSet<ContentKey> {
    tree.elements
        .iter()
        .flat_map(|element| &element.kids)
        .filter_map(|kid| match kid {
            Kid::Content(key) => Some(*key),
            _ => None,
        })
        .collect()
}

/// The words of the selected pages from those of single pages.
pub(super) fn gather(texts: &BTreeMap<usize, PageText>, selected: &[usize]) -> Gathered {
    let mut gathered = Gathered::default();
    for (place, number) in selected.iter().enumerate() {
        if gathered.places.contains_key(number) {
            continue;
        }
        gathered.places.insert(*number, place);
        let Some(page) = texts.get(number) else {
            continue;
        };
        gathered.characters += page.characters;
        for (key, pieces) in &page.pieces {
            let placed = pieces.iter().cloned().map(|piece| Piece {
                page: place,
                ..piece
            });
            gathered.pieces.entry(*key).or_default().extend(placed);
        }
    }
    gathered
}

/// The words of a page.
#[derive(Debug)]
pub(in crate::pdf) struct PageText {
    pieces: Vec<(ContentKey, Vec<Piece>)>,
    characters: usize,
}

impl PageText {
    /// The words in the order of painting, a space between any two sequences.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        for (_, pieces) in &self.pieces {
            let mut flow = Flow::default();
            for piece in pieces {
                flow.piece(piece, &Style::default());
            }
            words.push_str(&flow.plain());
            words.push(' ');
        }
        words
    }
}

/// Reads the words of a page, counted from 0.
pub(in crate::pdf) fn page_text(
    content: &PageContent,
    page: &Page<'_>,
    number: usize,
    owned: &HashSet<ContentKey>,
) -> PageText {
    let mut order: Vec<(ContentKey, Vec<Piece>)> = Vec::new();
    let mut index: HashMap<ContentKey, usize> = HashMap::new();
    let mut characters = 0;
    let mut echo = Echo::default();
    // the tag whose replacement text has been said
    let mut said: Option<u32> = None;
    for mark in &content.marks {
        if content.is_artifact(mark) || content.is_hidden(mark) {
            continue;
        }
        let key = owner(content, mark, number, owned);
        let mut piece = match &mark.kind {
            MarkKind::Text(run) => {
                let Some(piece) = text_piece(mark, run, page, number) else {
                    continue;
                };
                if echo.repeats(mark, run) {
                    continue;
                }
                characters += piece.weight;
                piece
            }
            MarkKind::Image(_) => Piece {
                text: String::new(),
                bold: false,
                italic: false,
                lang: None,
                ends: None,
                bounds: None,
                page: number,
                weight: 0,
            },
            _ => continue,
        };
        let Some(key) = key else { continue };
        piece.lang = content.tags_of(mark).find_map(|tag| tag.lang.clone());
        match replacement(content, mark) {
            Some((tag, text)) => {
                let again = said == Some(tag);
                piece.text = if again { String::new() } else { text };
                said = Some(tag);
            }
            None => said = None,
        }
        let slot = *index.entry(key).or_insert_with(|| {
            order.push((key, Vec::new()));
            order.len() - 1
        });
        let pieces = &mut order[slot].1;
        pieces.push(piece);
    }
    PageText {
        pieces: order,
        characters,
    }
}

/// The innermost sequence around a mark that the structure tree owns.
fn owner(
    content: &PageContent,
    mark: &Mark,
    page: usize,
    owned: &HashSet<ContentKey>,
) -> Option<ContentKey> {
    content
        .tags_of(mark)
        .filter_map(|tag| {
            Some(ContentKey {
                page,
                form: content.streams.get(tag.stream)?.form,
                mcid: tag.mcid?,
            })
        })
        .find(|key| owned.contains(key))
}

/// The replacement text of the innermost tag that has one, and which tag that is.
pub(super) fn replacement(content: &PageContent, mark: &Mark) -> Option<(u32, String)> {
    let mut next = mark.tag;
    while let Some(index) = next {
        let tag = content.tags.get(index as usize)?;
        if let Some(text) = &tag.actual_text {
            return Some((index, plain_characters(text).collect()));
        }
        next = tag.parent;
    }
    None
}

/// What of a run the page shows; `None` where that is nothing.
fn text_piece(mark: &Mark, run: &TextRun, page: &Page<'_>, number: usize) -> Option<Piece> {
    let mut text = String::new();
    let mut pen = Pen::default();
    let mut ends: Option<(Stand, Stand)> = None;
    let mut bounds: Option<Rect> = None;
    for glyph in &run.glyphs {
        if !is_shown(glyph, mark, &page.crop) {
            continue;
        }
        let stand = Stand::of(run, glyph);
        match pen.step(stand) {
            Step::Joined => {}
            Step::Apart => text.push(' '),
            Step::Line => text.push('\n'),
        }
        let before = text.len();
        text.extend(plain_characters(run.glyph_text(glyph)));
        if !text[before..].trim().is_empty() {
            let covers = glyph.quad.bounds();
            bounds = Some(bounds.map_or(covers, |known| known.union(&covers)));
        }
        ends = Some((ends.map_or(stand, |(first, _)| first), stand));
    }
    ends?;
    let weight = text.chars().filter(|c| !c.is_whitespace()).count();
    Some(Piece {
        text,
        bold: run.font.bold || run.mode == 2,
        italic: run.font.italic,
        lang: None,
        ends,
        bounds,
        page: number,
        weight,
    })
}
