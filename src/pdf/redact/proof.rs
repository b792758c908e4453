//! Reads the finished file again with the same reader: whether anything is left inside the boxes, and where
//! else the same words are.

use std::collections::BTreeSet;

use super::area::{Areas, RedactError, RedactionBox, Removed, glyph_inside};
use super::secret::split;
use crate::pdf::content::{Interpreter, MarkKind};
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, get_array, resolve};
use crate::pdf::page::rect;
use crate::pdf::text::words;

/// The most pages that are searched for the same words.
const MOST_PAGES: usize = 2_000;

/// Reads the file again and checks that nothing is left in the boxes.
pub(super) fn check(pdf: &[u8], placed: &[(usize, Areas)]) -> Result<(), RedactError> {
    let doc = crate::pdf::open(pdf).ok_or(RedactError::Unwritable)?;
    let pages = crate::pdf::pages(&doc);
    let mut reader = Interpreter::new(&doc);
    for (number, areas) in placed {
        let shown = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let still = RedactError::StillThere(shown);
        let page = pages.get(*number).ok_or(RedactError::Unwritable)?;
        let content = reader.page(page);
        if content.truncated || content.unreadable {
            return Err(still);
        }
        for mark in &content.marks {
            let left = match &mark.kind {
                MarkKind::Text(run) => run.glyphs.iter().any(|glyph| {
                    areas
                        .rects
                        .iter()
                        .any(|area| glyph_inside(run, glyph, area))
                }),
                MarkKind::Image(image) => {
                    image.id.is_none()
                        && areas
                            .rects
                            .iter()
                            .any(|area| !area.intersect(&mark.bounds).is_empty())
                }
                _ => false,
            };
            if left {
                return Err(still);
            }
        }
        for object in get_array(&doc, page.dict, b"Annots").unwrap_or_default() {
            let place =
                as_dict(resolve(&doc, object)).and_then(|dict| rect(&doc, dict.get(b"Rect").ok()?));
            let hit = place.is_some_and(|place| {
                areas
                    .rects
                    .iter()
                    .any(|area| !area.intersect(&place).is_empty())
            });
            if hit {
                return Err(still);
            }
        }
    }
    Ok(())
}

/// All words that are still on any page.
pub(super) fn said(doc: &lopdf::Document) -> BTreeSet<String> {
    let mut reader = Interpreter::new(doc);
    let mut said = BTreeSet::new();
    for page in crate::pdf::pages(doc).iter().take(MOST_PAGES) {
        let content = reader.page(page);
        for word in words(&content, &Rect::EVERYWHERE, true) {
            said.extend(split(&word.text));
        }
    }
    said
}

/// Notes the pages where the removed words can still be read.
pub(super) fn elsewhere(pdf: &[u8], boxes: &[RedactionBox], removed: &mut [Removed]) {
    let wanted: Vec<(usize, Vec<String>)> = boxes
        .iter()
        .enumerate()
        .map(|(index, _)| (index, split(&removed[index].text).collect::<Vec<_>>()))
        .filter(|(_, words)| words.iter().map(String::len).sum::<usize>() >= 4)
        .collect();
    let Some(doc) = crate::pdf::open(pdf).filter(|_| !wanted.is_empty()) else {
        return;
    };
    let mut reader = Interpreter::new(&doc);
    for (number, page) in crate::pdf::pages(&doc).iter().take(MOST_PAGES).enumerate() {
        let content = reader.page(page);
        let said: Vec<String> = words(&content, &Rect::EVERYWHERE, true)
            .iter()
            .flat_map(|word| split(&word.text).collect::<Vec<_>>())
            .collect();
        for (index, words) in &wanted {
            if said.windows(words.len()).any(|window| window == words) {
                let page = u32::try_from(number + 1).unwrap_or(u32::MAX);
                removed[*index].elsewhere.push(page);
                removed[*index].elsewhere.sort_unstable();
                removed[*index].elsewhere.dedup();
            }
        }
    }
}
