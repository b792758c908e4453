//! Annotations: what they cover, what they say, and redactions that were only marked.

use lopdf::{Dictionary, Document, Object};

use super::painted::{Surface, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::content::{Ink, PageContent, Reader};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::object::{
    as_dict, get, get_array, get_dict, get_int, get_name, get_text, number, resolve,
};
use crate::pdf::page::rect;
use crate::pdf::text::words;

/// Annotations looked at on one page.
const MOST: usize = 5_000;

/// An annotation of a page.
pub(super) struct Annotation<'a> {
    dict: &'a Dictionary,
    subtype: &'a [u8],
    rect: Rect,
    /// Not shown on the screen.
    hidden: bool,
}

pub(super) fn read<'a>(doc: &'a Document, page: &Page<'a>) -> Vec<Annotation<'a>> {
    get_array(doc, page.dict, b"Annots")
        .unwrap_or_default()
        .iter()
        .take(MOST)
        .filter_map(|object| {
            let dict = as_dict(resolve(doc, object))?;
            let flags = get_int(doc, dict, b"F").unwrap_or(0);
            Some(Annotation {
                dict,
                subtype: get_name(doc, dict, b"Subtype")?,
                rect: rect(doc, dict.get(b"Rect").ok()?).unwrap_or_default(),
                hidden: flags & (1 << 1 | 1 << 5) != 0,
            })
        })
        .collect()
}

/// What annotations paint over the page.
pub(super) fn painted<'a>(
    doc: &'a Document,
    reader: &mut Reader<'a>,
    page: &Page<'a>,
    annotations: &[Annotation<'a>],
) -> Vec<Surface> {
    let mut found = Vec::new();
    for (order, annotation) in annotations.iter().enumerate() {
        let bystander = matches!(
            annotation.subtype,
            b"Link"
                | b"Popup"
                | b"Widget"
                | b"Text"
                | b"Redact"
                | b"PrinterMark"
                | b"FileAttachment"
        );
        if annotation.hidden || bystander {
            continue;
        }
        let alpha = get(doc, annotation.dict, b"CA")
            .and_then(number)
            .unwrap_or(1.0) as f32;
        let content = reader.annotation(page, annotation.dict);
        if !content.marks.is_empty() {
            let mut painted = surfaces(&content, 0, &page.media);
            for surface in &mut painted {
                surface.order = order;
                surface.ink.alpha *= alpha;
                if annotation.subtype == b"Highlight" {
                    surface.ink.normal = false;
                }
            }
            found.extend(painted);
            continue;
        }
        // without an appearance a viewer draws these from what the dictionary says
        let (key, normal): (&[u8], bool) = match annotation.subtype {
            b"Highlight" => (b"C", false),
            b"Square" => (b"IC", true),
            _ => continue,
        };
        let Some(color) = get_array(doc, annotation.dict, key).and_then(|c| color(doc, c)) else {
            continue;
        };
        let ink = Ink {
            color: Some(color),
            alpha,
            normal,
        };
        let parts = match annotation.subtype {
            b"Highlight" => quads(doc, annotation),
            _ => vec![annotation.rect],
        };
        found.push(Surface::shape(order, parts, ink));
    }
    found
}

fn color(doc: &Document, values: &[Object]) -> Option<[f32; 3]> {
    let values: Vec<f32> = values
        .iter()
        .filter_map(|value| number(resolve(doc, value)))
        .map(|value| value.clamp(0.0, 1.0) as f32)
        .collect();
    match values.as_slice() {
        [gray] => Some([*gray; 3]),
        [r, g, b] => Some([*r, *g, *b]),
        [c, m, y, k] => Some([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k))),
        _ => None,
    }
}

/// The stretches that an annotation marks: its quadrilaterals, or else its rectangle.
fn quads(doc: &Document, annotation: &Annotation<'_>) -> Vec<Rect> {
    let points: Vec<f64> = get_array(doc, annotation.dict, b"QuadPoints")
        .unwrap_or_default()
        .iter()
        .take(8_000)
        .filter_map(|value| number(resolve(doc, value)))
        .collect();
    let marked: Vec<Rect> = points
        .chunks_exact(8)
        .map(|quad| {
            quad.chunks_exact(2).fold(Rect::NOWHERE, |bounds, pair| {
                let point = Point {
                    x: pair[0],
                    y: pair[1],
                };
                bounds.union(&Rect::between(point, point))
            })
        })
        .collect();
    if marked.is_empty() {
        vec![annotation.rect]
    } else {
        marked
    }
}

/// Comments, corrections, redactions that were only marked, and files hung on the page.
pub(super) fn suspects(
    doc: &Document,
    content: &PageContent,
    page: &Page<'_>,
    annotations: &[Annotation<'_>],
    number: u32,
) -> Vec<Suspect> {
    let mut found = Vec::new();
    for annotation in annotations {
        let (kind, text) = match annotation.subtype {
            b"Redact" => {
                let marked = quads(doc, annotation);
                let below: Vec<String> = words(content, &page.media, true)
                    .into_iter()
                    .filter(|word| {
                        let centre = word.bounds.centre();
                        marked.iter().any(|part| part.contains(centre))
                    })
                    .map(|word| word.text)
                    .collect();
                (SuspectKind::RedactionNotApplied, below.join(" "))
            }
            b"FileAttachment" => {
                let name = get_dict(doc, annotation.dict, b"FS")
                    .and_then(|file| {
                        get_text(doc, file, b"UF").or_else(|| get_text(doc, file, b"F"))
                    })
                    .unwrap_or_default();
                (SuspectKind::EmbeddedFile, name)
            }
            // the page shows the words of these, unless they are hidden
            b"Link" | b"Popup" | b"Widget" | b"Screen" | b"PrinterMark" | b"Watermark" => continue,
            b"FreeText" if !annotation.hidden => continue,
            b"Stamp" | b"Square" | b"Circle" | b"Line" | b"Polygon" | b"PolyLine" | b"Ink"
            | b"Highlight"
                if said(doc, annotation).is_empty() =>
            {
                continue;
            }
            _ => (SuspectKind::Comment, said(doc, annotation)),
        };
        found.push(Suspect {
            kind,
            page: Some(number),
            bounds: Some(annotation.rect.into()),
            text,
        });
    }
    found
}

/// What a comment says, and who says it.
fn said(doc: &Document, annotation: &Annotation<'_>) -> String {
    let words = get_text(doc, annotation.dict, b"Contents").unwrap_or_default();
    let who = get_text(doc, annotation.dict, b"T");
    match who {
        Some(who) if !words.is_empty() => format!("{who}: {words}"),
        _ => words,
    }
}
