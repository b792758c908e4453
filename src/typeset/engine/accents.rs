//! Which letters each glyph stands for, where a letter is made of several: the letter for the first of
//! them, an accent for each of the others.
//!
//! The shaper counts a letter with its accents as one, and so the exporter gives all of it to each of
//! the glyphs. Readers of PDF that do not heed `/ActualText`, and most do not, then copy and find the
//! letter as often as it has glyphs.

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use crate::typeset::coverage::is_accent;

/// The document with each accent given to its own glyph; the same where no letter needs it.
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
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => any_in(&group.frame),
        FrameItem::Text(text) => !text.text.is_ascii() && !letters(text).is_empty(),
        _ => false,
    })
}

fn part_in(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if any_in(&group.frame) => part_in(&mut group.frame),
            FrameItem::Text(text) => {
                for (glyph, range) in letters(text) {
                    text.glyphs[glyph].range = range;
                }
            }
            _ => {}
        }
        true
    });
}

/// The glyphs that share a letter with its accents, each with its part of the text.
fn letters(item: &TextItem) -> Vec<(usize, std::ops::Range<u16>)> {
    let mut parts = Vec::new();
    let mut first = 0;
    for same in item.glyphs.chunk_by(|a, b| a.range == b.range) {
        if same.len() > 1 {
            let words = item.text.get(same[0].range()).unwrap_or("");
            let ranges = shares(words, same.len()).unwrap_or_default();
            for (nth, range) in ranges.into_iter().enumerate() {
                let start = same[0].range.start;
                parts.push((first + nth, start + range.start..start + range.end));
            }
        }
        first += same.len();
    }
    parts
}

/// How a letter and its accents are shared out among so many glyphs: an accent to each but the
/// first. Nothing for words of other kinds, in which glyphs may stand in another order.
fn shares(words: &str, glyphs: usize) -> Option<Vec<std::ops::Range<u16>>> {
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
                let part = |range: std::ops::Range<u16>| {
                    &words[usize::from(range.start)..usize::from(range.end)]
                };
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
        // One letter in two glyphs has nothing to share, and letters of other scripts have an order
        // of their own.
        assert_eq!(shared("\u{1ec5}", 2), None);
        assert_eq!(shared("fi", 2), None);
        assert_eq!(shared("\u{0928}\u{093f}", 2), None);
    }
}
