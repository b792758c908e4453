//! Annotations: what they cover, their words, and redactions that were only marked.

use std::cell::OnceCell;

use lopdf::{Dictionary, Document};

use super::collect::{Collector, core};
use super::sketch::{marked, sketch};
use super::surfaces::{Surface, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::content::{Interpreter, Layers, MarkKind, PageContent, TextRun, placed};
use crate::pdf::drawn::Note;
use crate::pdf::field::appearance;
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, get_array, get_dict, get_name, get_text, resolve};
use crate::pdf::page::rect;
use crate::pdf::text::words;

/// The most annotations that are read on one page. What more of them cover is not judged.
const MOST: usize = 20_000;
/// The most runs of text of a page's annotations that are read.
const MOST_TEXTS: usize = 5_000;
/// The longest side of the icon of a note or a file, in points.
const LARGEST_ICON: f64 = 36.0;

/// An annotation of a page.
pub(super) struct Annotation<'a> {
    pub(super) dict: &'a Dictionary,
    pub(super) subtype: &'a [u8],
    pub(super) rect: Rect,
    /// Whether it is not shown on a screen.
    hidden: bool,
}

/// Whether a page has more annotations than are read.
pub(super) fn are_too_many(doc: &Document, page: &Page<'_>) -> bool {
    get_array(doc, page.dict, b"Annots").is_some_and(|all| all.len() > MOST)
}

pub(super) fn read<'a>(doc: &'a Document, layers: &Layers, page: &Page<'a>) -> Vec<Annotation<'a>> {
    get_array(doc, page.dict, b"Annots")
        .unwrap_or_default()
        .iter()
        .take(MOST)
        .filter_map(|object| {
            let dict = as_dict(resolve(doc, object))?;
            Some(Annotation {
                dict,
                subtype: get_name(doc, dict, b"Subtype")?,
                rect: rect(doc, dict.get(b"Rect").ok()?).unwrap_or_default(),
                hidden: layers.hide_annotation(doc, dict),
            })
        })
        .collect()
}

/// What notes draw over the page.
#[derive(Debug, Default)]
pub(super) struct Over {
    /// Their surfaces, each with the order of its note.
    pub(super) surfaces: Vec<Surface>,
    /// The notes that are drawn.
    pub(super) notes: Vec<Note>,
    /// Whether they have more text than is read.
    pub(super) incomplete: bool,
    /// Their own words that nobody sees.
    pub(super) covered: Vec<Suspect>,
    /// Their own text, each run with the order of its note.
    texts: Vec<(usize, TextRun)>,
}

/// Whether an annotation covers nothing, whatever it looks like: a window that readers open themselves, a
/// redaction that was only marked, and the icon of a note or a file.
fn is_bystander(annotation: &Annotation<'_>) -> bool {
    let is_icon = annotation.rect.width().max(annotation.rect.height()) <= LARGEST_ICON;
    match annotation.subtype {
        b"Popup" | b"Redact" => true,
        b"Text" | b"FileAttachment" => is_icon,
        _ => false,
    }
}

/// What annotations paint over the page.
pub(super) fn over<'a>(
    doc: &'a Document,
    reader: &mut Interpreter<'a>,
    page: &Page<'a>,
    annotations: &[Annotation<'a>],
    number: u32,
) -> Over {
    let mut found = Over::default();
    for (order, annotation) in annotations.iter().enumerate() {
        if annotation.hidden || is_bystander(annotation) {
            continue;
        }
        let marker = annotation.subtype == b"Highlight";
        let content = reader.annotation(page, annotation.dict);
        if content.marks.is_empty() {
            // If these have no appearance, a viewer draws them from their dictionary.
            let Annotation {
                dict,
                subtype,
                rect,
                ..
            } = annotation;
            if let Some((note, surface)) = sketch(doc, dict, subtype, *rect, order) {
                found.surfaces.push(surface);
                found.notes.push(note);
            }
            continue;
        }
        let mut painted = surfaces(&content, 0, &page.media);
        for (place, mark) in content.marks.iter().enumerate() {
            if let MarkKind::Text(run) = &mark.kind
                && !content.is_hidden(mark)
            {
                if found.texts.len() >= MOST_TEXTS {
                    found.incomplete = true;
                    break;
                }
                let later = painted.iter().filter(|surface| surface.order > place);
                found.covered.extend(covered(run, later, number));
                found.texts.push((order, run.clone()));
            }
        }
        for surface in &mut painted {
            surface.order = order;
            if marker {
                surface.ink.normal = false;
            }
        }
        found.surfaces.extend(painted);
        let form = appearance(doc, annotation.dict)
            .and_then(|(id, form)| Some((id?, placed(doc, form, annotation.rect)?)));
        found.notes.push(Note {
            form,
            content: Vec::new(),
            multiplies: marker,
        });
    }
    for (order, run) in std::mem::take(&mut found.texts) {
        let later = found
            .surfaces
            .iter()
            .filter(|surface| surface.order > order);
        let below = covered(&run, later, number);
        found.covered.extend(below);
    }
    found
}

/// The words of a note that are certainly hidden by shapes of it or of later notes.
fn covered<'s>(
    run: &TextRun,
    later: impl Iterator<Item = &'s Surface>,
    number: u32,
) -> Vec<Suspect> {
    let color = run.ink().and_then(|ink| ink.color);
    let later: Vec<&Surface> = later.filter(|surface| surface.hides(color)).collect();
    let mut collector = Collector::new(number);
    for glyph in &run.glyphs {
        let hidden = !later.is_empty()
            && core(run, glyph)
                .iter()
                .all(|&point| later.iter().any(|surface| surface.holds(point)));
        collector.add(run, glyph, hidden.then_some(SuspectKind::Covered));
    }
    collector.finish()
}

/// Comments, corrections, redactions that were only marked, and files attached to the page.
pub(super) fn suspects(
    doc: &Document,
    content: &PageContent,
    page: &Page<'_>,
    annotations: &[Annotation<'_>],
    number: u32,
) -> Vec<Suspect> {
    let mut found = Vec::new();
    let all_words = OnceCell::new();
    for annotation in annotations {
        let (kind, text) = match annotation.subtype {
            b"Redact" => {
                let marked = marked(doc, annotation.dict, annotation.rect);
                let below: Vec<&str> = all_words
                    .get_or_init(|| words(content, &page.media, true))
                    .iter()
                    .filter(|word| {
                        let centre = word.bounds.centre();
                        marked.iter().any(|part| part.contains(centre))
                    })
                    .map(|word| word.text.as_str())
                    .collect();
                let words = if below.is_empty() {
                    said(doc, annotation)
                } else {
                    below.join(" ")
                };
                (SuspectKind::RedactionNotApplied, words)
            }
            b"FileAttachment" => {
                let name = get_dict(doc, annotation.dict, b"FS")
                    .and_then(|file| {
                        get_text(doc, file, b"UF").or_else(|| get_text(doc, file, b"F"))
                    })
                    .unwrap_or_default();
                (SuspectKind::EmbeddedFile, name)
            }
            // The page shows the words of these, unless they are hidden.
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

/// The words of a comment, with its author.
fn said(doc: &Document, annotation: &Annotation<'_>) -> String {
    let words = get_text(doc, annotation.dict, b"Contents").unwrap_or_default();
    let who = get_text(doc, annotation.dict, b"T");
    match who {
        Some(who) if !words.is_empty() => format!("{who}: {words}"),
        _ => words,
    }
}
