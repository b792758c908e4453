//! Words that a page shows and its tags leave out: artifacts that are no furniture, text outside every
//! tag. They are said where they were painted, after the tagged content that was painted before
//! them. What the tags say elsewhere is not said again, such as the head of a table that the page
//! repeats, nor what an earlier page shows at the same place.

use std::collections::HashSet;

use super::gather::PageText;
use super::to_say::Said;
use super::untagged;
use super::untagged::seen::{Chunk, Seen};
use crate::finding::Span;
use crate::prose::{Block, BlockKind, Inline, InlineKind, plain};

/// Stands over words that the tags leave out.
const OUTSIDE: &str = "Also on the page, outside its tags:";
/// As many words in a row are no chance.
const IN_A_ROW: usize = 3;
/// Places nearer than this are the same, in points.
const NEAR: f64 = 4.0;
/// A piece of lettering has at most so many words, and a drawing at least so many pieces.
const LETTERING: usize = 3;

/// What is to be said of the pages, each with its place among those that are selected.
pub(super) fn said(pages: &[(usize, &PageText)], at: Span) -> Vec<Said> {
    if pages.iter().all(|(_, text)| text.outside.is_none()) {
        return Vec::new();
    }
    let nothing = Seen::default();
    let seen: Vec<&Seen> = pages
        .iter()
        .map(|(_, text)| text.outside.as_ref().map_or(&nothing, |found| &found.seen))
        .collect();
    let kept = untagged::without_furniture(&seen);
    let tagged: String = pages
        .iter()
        .map(|(_, text)| letters(&text.words(&[])))
        .collect();
    let mut shown: HashSet<(String, i64, i64)> = HashSet::new();
    let mut all = Vec::new();
    for ((place, text), mut chunks) in pages.iter().zip(kept) {
        let Some(outside) = &text.outside else {
            continue;
        };
        chunks.retain(|chunk| {
            let near = |value: f64| (value / NEAR).round() as i64;
            let words = chunk.text();
            let worded = words.chars().any(char::is_alphabetic);
            let place = (words, near(chunk.bounds.x0), near(chunk.bounds.y0));
            !worded || shown.insert(place)
        });
        for (index, group) in outside.groups.iter().enumerate() {
            let until = outside
                .groups
                .get(index + 1)
                .map_or(usize::MAX, |it| it.from);
            let here = |chunk: &Chunk| (group.from..until).contains(&chunk.order());
            let chunks: Vec<Chunk> = chunks.iter().filter(|chunk| here(chunk)).cloned().collect();
            let texts: Vec<String> = chunks.iter().map(Chunk::text).collect();
            let words = texts.join(" ");
            let plain = letters(&words);
            let again = plain.split(' ').count() > IN_A_ROW && tagged.contains(&plain);
            if again || !words.chars().any(char::is_alphanumeric) {
                continue;
            }
            let boxes = boxes(chunks).into_iter();
            let blocks = boxes.flat_map(|chunks| untagged::blocks(&outside.seen, chunks, at));
            let blocks = noted(lettering(blocks.collect(), at), at);
            all.push(Said {
                page: *place,
                after: group.after,
                blocks,
                words,
            });
        }
    }
    all
}

/// Words without anything but letters and figures, a space before each.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    let words = text.split(|c: char| !c.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        letters.push(' ');
        letters.extend(word.chars().flat_map(char::to_lowercase));
    }
    letters
}

/// Chunks in the boxes that they were painted in: whoever goes up again begins another one.
fn boxes(chunks: Vec<Chunk>) -> Vec<Vec<Chunk>> {
    let mut boxes: Vec<Vec<Chunk>> = Vec::new();
    let mut lowest = f64::NEG_INFINITY;
    for chunk in chunks {
        let top = chunk.bounds.y0;
        match boxes.last_mut() {
            Some(open) if chunk.bounds.y1 > lowest => open.push(chunk),
            _ => {
                lowest = f64::NEG_INFINITY;
                boxes.push(vec![chunk]);
            }
        }
        lowest = lowest.max(top);
    }
    boxes
}

/// The blocks with the line that says what they are: before the words of the first one, so that no
/// page comes between them.
fn noted(mut blocks: Vec<Block>, at: Span) -> Vec<Block> {
    let inline = |kind| Inline { kind, span: at };
    let words = inline(InlineKind::Text(OUTSIDE.to_owned()));
    let note = inline(InlineKind::Lang("en-GB".to_owned(), vec![words]));
    match blocks.first_mut().map(|first| &mut first.kind) {
        Some(BlockKind::Paragraph(text)) => {
            let space = inline(InlineKind::Text(" ".to_owned()));
            text.splice(0..0, [note, space]);
        }
        _ => blocks.insert(
            0,
            Block {
                kind: BlockKind::Paragraph(vec![note]),
                span: at,
                lang: None,
            },
        ),
    }
    blocks
}

/// The lettering of a drawing, a word or two at a place, in one paragraph.
fn lettering(blocks: Vec<Block>, at: Span) -> Vec<Block> {
    let short = |block: &Block| match &block.kind {
        BlockKind::Paragraph(text) => plain(text).split_whitespace().count() <= LETTERING,
        _ => false,
    };
    if blocks.len() <= LETTERING || !blocks.iter().all(short) {
        return blocks;
    }
    let mut line: Vec<Inline> = Vec::new();
    for block in blocks {
        if let BlockKind::Paragraph(text) = block.kind {
            if !line.is_empty() {
                line.push(Inline {
                    kind: InlineKind::Text("; ".to_owned()),
                    span: at,
                });
            }
            line.extend(text);
        }
    }
    vec![Block {
        kind: BlockKind::Paragraph(line),
        span: at,
        lang: None,
    }]
}
