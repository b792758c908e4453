//! Which characters each glyph stands for if a letter is drawn with several glyphs. The first glyph
//! gets the letter and each of the others gets an accent.
//!
//! The shaper counts a letter with its accents as one, so the exporter gives the whole of it to each
//! of the glyphs. Most PDF readers ignore `/ActualText`, and would copy and find the letter once for
//! each of its glyphs.

use std::ops::Range;

use typst::layout::{Em, Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::typeset::coverage::is_accent;

/// The document with each accent given to its own glyph, or the same document if no letter needs it.
pub(super) fn apart(mut document: PagedDocument) -> PagedDocument {
    if !document.pages().iter().any(|page| any_in(&page.frame)) {
        return document;
    }
    let info = document.info_mut().clone();
    let pages = document.pages().iter().cloned().map(|mut page| {
        part_in(&mut page.frame);
        page
    });
    PagedDocument::new(pages.collect(), info)
}

fn any_in(frame: &Frame) -> bool {
    let inner = |(_, item): &(_, FrameItem)| match item {
        FrameItem::Group(group) => any_in(&group.frame),
        _ => false,
    };
    frame.items().any(inner) || !letters(frame).is_empty()
}

fn part_in(frame: &mut Frame) {
    let mut parts = letters(frame).into_iter().peekable();
    let mut index = 0;
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if any_in(&group.frame) => part_in(&mut group.frame),
            FrameItem::Text(text) => {
                while let Some(part) = parts.next_if(|part| part.item == index) {
                    text.glyphs[part.glyph].range = part.range;
                }
            }
            _ => {}
        }
        index += 1;
        true
    });
}

/// A glyph and its part of the text of its item.
struct Part {
    item: usize,
    glyph: usize,
    range: Range<u16>,
}

/// The glyphs of a frame that share a letter with its accents, each with its part of the text. A
/// raised accent is an item of its own, with the whole letter as its text.
fn letters(frame: &Frame) -> Vec<Part> {
    let mut parts = Vec::new();
    // The letter that is being read, and its glyphs so far.
    let mut glyphs: Vec<Part> = Vec::new();
    let mut letter = "";
    for (item, (_, content)) in frame.items().enumerate() {
        let FrameItem::Text(text) = content else {
            share(letter, &mut glyphs, &mut parts);
            continue;
        };
        if text.text.is_ascii() {
            share(letter, &mut glyphs, &mut parts);
            continue;
        }
        for (glyph, drawn) in text.glyphs.iter().enumerate() {
            let words = text.text.get(drawn.range()).unwrap_or("");
            let goes_on = glyphs.last().is_some_and(|last| {
                words == letter
                    && if last.item == item {
                        last.range == drawn.range
                    } else {
                        drawn.x_advance == Em::zero()
                    }
            });
            if !goes_on {
                share(letter, &mut glyphs, &mut parts);
            }
            letter = words;
            glyphs.push(Part {
                item,
                glyph,
                range: drawn.range.clone(),
            });
        }
    }
    share(letter, &mut glyphs, &mut parts);
    parts
}

/// Gives each glyph of a letter its share of the letter, if it has several glyphs.
fn share(letter: &str, glyphs: &mut Vec<Part>, parts: &mut Vec<Part>) {
    let glyphs = std::mem::take(glyphs);
    if glyphs.len() < 2 || letter.is_ascii() {
        return;
    }
    let ranges = shares(letter, glyphs.len()).unwrap_or_default();
    parts.extend(glyphs.into_iter().zip(ranges).map(|(part, range)| {
        let start = part.range.start;
        Part {
            range: start + range.start..start + range.end,
            ..part
        }
    }));
}

/// How a letter and its accents are shared between this many glyphs: each but the first gets an
/// accent. `None` for any other words, whose glyphs may be in another order.
fn shares(words: &str, glyphs: usize) -> Option<Vec<Range<u16>>> {
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let accents = words.chars().skip(1);
    if starts.len() < glyphs || !accents.clone().all(is_accent) {
        return None;
    }
    // The first glyph may be a letter with accents of its own.
    let begin = |nth: usize| match nth {
        0 => Some(0),
        nth => starts.get(starts.len() - glyphs + nth).copied(),
    };
    (0..glyphs)
        .map(|nth| {
            let end = begin(nth + 1).unwrap_or(words.len());
            Some(u16::try_from(begin(nth)?).ok()?..u16::try_from(end).ok()?)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_accent_has_its_glyph() {
        let shared = |words: &'static str, glyphs| {
            shares(words, glyphs).map(|ranges| {
                let part =
                    |range: Range<u16>| &words[usize::from(range.start)..usize::from(range.end)];
                ranges.into_iter().map(part).collect::<Vec<_>>()
            })
        };
        assert_eq!(
            shared("\u{1ecc}\u{300}", 2),
            Some(vec!["\u{1ecc}", "\u{300}"])
        );
        let three = "x\u{304}\u{302}";
        assert_eq!(shared(three, 3), Some(vec!["x", "\u{304}", "\u{302}"]));
        assert_eq!(shared(three, 2), Some(vec!["x\u{304}", "\u{302}"]));
        // One letter in two glyphs has nothing to share, and the glyphs of other scripts may be in
        // another order.
        assert_eq!(shared("\u{1ec5}", 2), None);
        assert_eq!(shared("fi", 2), None);
        assert_eq!(shared("\u{0928}\u{093f}", 2), None);
    }
}
