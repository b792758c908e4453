//! Finds words in content that a page does not paint directly: pattern cells, soft masks and glyph programs.
//! The place of each word is not known. If all of them together make no difference on the page, they are
//! hidden.

use lopdf::Document;

use super::annotations::Over;
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::aside::asides;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{Interpreter, MarkKind, PageContent};
use crate::pdf::drawn::{Easel, Text, Without};
use crate::pdf::geometry::Rect;
use crate::pdf::scope::Scope;
use crate::pdf::text::words;

/// The most of these that are drawn for one page.
const MOST: usize = 12;
/// How many pixels there are to a point.
const PIXELS: f64 = 2.0;

/// The words in such content that the page does not show.
pub(super) fn suspects<'a>(
    doc: &'a Document,
    bulk: &Bulk,
    reader: &mut Interpreter<'a>,
    content: &PageContent,
    over: &Over,
    page: &Page<'a>,
    number: u32,
) -> Vec<Suspect> {
    let Some(resources) = page.resources else {
        return Vec::new();
    };
    let suspect = |kind, text| Suspect {
        kind,
        page: Some(number),
        bounds: None,
        text,
    };
    let Some(asides) = asides(doc, resources) else {
        return vec![suspect(SuspectKind::NotJudged, String::new())];
    };
    let mut worded = Vec::new();
    let outer = Scope::of(Some(resources));
    for (id, listing) in asides {
        let Ok(stream) = doc.get_object(id).and_then(lopdf::Object::as_stream) else {
            continue;
        };
        let inner = reader.stream(stream, &outer.within(Some(listing)));
        let has_text = inner
            .marks
            .iter()
            .any(|mark| matches!(mark.kind, MarkKind::Text(_)));
        let said: Vec<String> = if has_text {
            words(&inner, &Rect::EVERYWHERE, true)
                .into_iter()
                .map(|word| word.text)
                .collect()
        } else {
            Vec::new()
        };
        if said
            .iter()
            .any(|word| word.chars().any(char::is_alphanumeric))
        {
            worded.push((id, inner, said.join(" ")));
        }
    }
    if worded.is_empty() {
        return Vec::new();
    }
    let ids: Vec<_> = worded.iter().map(|(id, ..)| *id).collect();
    let view = (page.crop, PIXELS);
    let mut easel = Easel::new(doc, bulk, page, content, &over.notes, &ids, view);
    let whole = easel
        .as_mut()
        .filter(|_| worded.len() <= MOST)
        .and_then(|easel| easel.draw(&Without::default()));
    let (Some(mut easel), Some(whole)) = (easel, whole) else {
        return vec![suspect(SuspectKind::NotJudged, String::new())];
    };
    let mut found = Vec::new();
    for (id, inner, said) in worded {
        let without = Without {
            text: Text::within(id, &inner),
            ..Without::default()
        };
        match easel.draw(&without) {
            Some(without) if whole.differs(&without) => {}
            Some(_) => found.push(suspect(SuspectKind::Covered, said)),
            None => found.push(suspect(SuspectKind::NotJudged, String::new())),
        }
    }
    found
}
