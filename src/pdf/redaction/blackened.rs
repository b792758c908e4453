//! Finds lines of a page with a bar in them, as after a redaction, and names in the file's bookmarks and title
//! that are on no page. Together they reveal what the bar should hide.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document};

use super::surfaces::{SurfaceKind, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::content::{Interpreter, MarkKind, PageContent};
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, get_dict, get_text, resolve};
use crate::pdf::text::words;
use crate::pdf::{Page, pages};

/// The lightest colour of a bar, from 0 to 1.
const DARK: f32 = 0.2;
/// The height of a bar in a line, in points.
const HEIGHT: std::ops::Range<f64> = 6.0..40.0;
/// How far a bar may be from the words of its line, in points.
const BESIDE: f64 = 60.0;
/// The most bookmarks that are read.
const MOST: usize = 5_000;
/// The most pages that are read.
const MOST_PAGES: usize = 2_000;

/// Whether there is a dark bar with nothing on it in a line of words.
pub(super) fn has_bar(content: &PageContent, page: &Page<'_>) -> bool {
    let bars = surfaces(content, 0, &page.media)
        .into_iter()
        .filter(|surface| {
            surface.kind == SurfaceKind::Shape
                && surface.ink.is_opaque()
                && surface
                    .ink
                    .color
                    .is_some_and(|color| color.iter().all(|it| *it < DARK))
                && HEIGHT.contains(&surface.bounds.height())
                && surface.bounds.width() > surface.bounds.height()
                && surface.bounds.width() < page.crop.width() * 0.7
        });
    let texts: Vec<Rect> = content
        .marks
        .iter()
        .filter(|mark| match &mark.kind {
            MarkKind::Text(run) => run.mode != 3 && !run.text.trim().is_empty(),
            _ => false,
        })
        .map(|mark| mark.bounds)
        .collect();
    bars.take(200).any(|bar| {
        let line = Rect {
            x0: bar.bounds.x0 - BESIDE,
            x1: bar.bounds.x1 + BESIDE,
            ..bar.bounds
        };
        let empty = !texts.iter().any(|text| bar.bounds.contains(text.centre()));
        empty
            && texts.iter().any(|text| {
                !text.intersect(&line).is_empty()
                    && line.intersect(text).height() > text.height() * 0.5
            })
    })
}

/// The bookmarks and the title, if they have names that are on no page.
pub(super) fn suspects(doc: &Document) -> Vec<Suspect> {
    let titles = titles(doc);
    if titles.is_empty() {
        return Vec::new();
    }
    let mut reader = Interpreter::new(doc);
    let mut said = BTreeSet::new();
    for page in pages(doc).iter().take(MOST_PAGES) {
        let content = reader.page(page);
        for word in words(&content, &Rect::EVERYWHERE, true) {
            said.extend(split(&word.text).map(str::to_lowercase));
        }
    }
    titles
        .into_iter()
        .filter(|title| {
            // A name is two words in a row that begin with a capital letter.
            let names: Vec<bool> = split(title)
                .map(|word| {
                    word.chars().count() > 1
                        && word.starts_with(char::is_uppercase)
                        && !said.contains(&word.to_lowercase())
                })
                .collect();
            names.windows(2).any(|pair| pair == [true, true])
        })
        .map(|title| Suspect {
            kind: SuspectKind::SpokenElsewhere,
            page: None,
            bounds: None,
            text: title,
        })
        .collect()
}

/// The bookmarks and the title of a file.
fn titles(doc: &Document) -> Vec<String> {
    let info = doc.trailer.get(b"Info").ok();
    let info = info.and_then(|info| as_dict(resolve(doc, info)));
    let mut found: Vec<String> = info
        .and_then(|info| get_text(doc, info, b"Title"))
        .into_iter()
        .collect();
    let root = doc
        .catalog()
        .ok()
        .and_then(|it| get_dict(doc, it, b"Outlines"));
    let mut open: Vec<&Dictionary> = root.into_iter().collect();
    let mut seen = 0;
    while let Some(item) = open.pop() {
        seen += 1;
        if seen > MOST {
            break;
        }
        found.extend(get_text(doc, item, b"Title"));
        open.extend(get_dict(doc, item, b"Next"));
        open.extend(get_dict(doc, item, b"First"));
    }
    found
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
