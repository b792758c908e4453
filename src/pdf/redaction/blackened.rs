//! Finds lines of a page with a bar in them, as after a redaction, and what reveals what the bar should hide:
//! names in the file's bookmarks and title that are on no page, and links that lie under the bar.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document};

use super::annotations::Annotation;
use super::surfaces::{SurfaceKind, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::content::{Interpreter, MarkKind, PageContent};
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, get_dict, get_text, resolve};
use crate::pdf::structure::web_address;
use crate::pdf::text::words;
use crate::pdf::{Page, pages};

/// The lightest colour of a bar, from 0 to 1.
const DARK: f32 = 0.2;
/// The height of a bar in a line, in points.
const HEIGHT: std::ops::Range<f64> = 6.0..40.0;
/// How far a bar may be from the words of its line, in points.
const BESIDE: f64 = 60.0;
/// The most bars of a page that are looked at.
const MOST_BARS: usize = 200;
/// The most bookmarks that are read.
const MOST: usize = 100_000;
/// The most pages that are read.
const MOST_PAGES: usize = 2_000;

/// The dark bars with nothing on them in lines of words.
pub(super) fn bars(content: &PageContent, page: &Page<'_>) -> Vec<Rect> {
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
    let bars = bars.take(MOST_BARS).map(|bar| bar.bounds).filter(|bar| {
        let line = Rect {
            x0: bar.x0 - BESIDE,
            x1: bar.x1 + BESIDE,
            ..*bar
        };
        let empty = !texts.iter().any(|text| bar.contains(text.centre()));
        empty
            && texts.iter().any(|text| {
                !text.intersect(&line).is_empty()
                    && line.intersect(text).height() > text.height() * 0.5
            })
    });
    bars.collect()
}

/// The links under bars of a page that say who is meant: the address of a person, or a name.
pub(super) fn links(
    doc: &Document,
    annotations: &[Annotation<'_>],
    bars: &[Rect],
    number: u32,
) -> Vec<Suspect> {
    let links = annotations.iter().filter(|link| {
        let barred = |bar: &Rect| link.rect.share_of(bar) > 0.5 || bar.share_of(&link.rect) > 0.5;
        link.subtype == b"Link" && bars.iter().any(barred)
    });
    let told = links.filter_map(|link| {
        let address = web_address(doc, link.dict).filter(|address| !is_page(address));
        let words =
            get_text(doc, link.dict, b"Contents").filter(|words| has_name(words, |_| false));
        let text = address.or(words)?;
        Some(Suspect {
            kind: SuspectKind::LinkUnderBar,
            page: Some(number),
            bounds: Some(link.rect.into()),
            text,
        })
    });
    told.collect()
}

/// Whether an address is that of a page, and not of a person.
fn is_page(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.to_ascii_lowercase().starts_with("http")
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
        .filter(|title| has_name(title, |word| said.contains(&word.to_lowercase())))
        .map(|title| Suspect {
            kind: SuspectKind::SpokenElsewhere,
            page: None,
            bounds: None,
            text: title,
        })
        .collect()
}

/// Whether a text has a name: two words in a row that begin with a capital letter and are not said
/// elsewhere.
fn has_name(text: &str, said: impl Fn(&str) -> bool) -> bool {
    let names: Vec<bool> = split(text)
        .map(|word| word.chars().count() > 1 && word.starts_with(char::is_uppercase) && !said(word))
        .collect();
    names.windows(2).any(|pair| pair == [true, true])
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
