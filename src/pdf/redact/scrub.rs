//! What else in the file speaks of what went: structure elements, annotations, outline, metadata.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Areas, Fresh, Removed};
use crate::pdf::Page;
use crate::pdf::content::{MarkKind, Reader, appearance};
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, get_array, get_dict, resolve, target, text};
use crate::pdf::page::rect;
use crate::pdf::structure::{self, ContentKey, Kid};

/// The shortest words that are looked for elsewhere in the file.
const SHORTEST: usize = 4;
/// The keys of a structure element that put its content into words.
const WORDED: [&[u8]; 4] = [b"ActualText", b"Alt", b"E", b"T"];

/// Takes the words out of the elements that owned what went, and of every element that repeats it.
pub(super) fn structure(
    doc: &Document,
    pages: &[Page<'_>],
    touched: &HashSet<ContentKey>,
    removed: &[Removed],
    fresh: &mut Fresh,
) {
    let Some(tree) = structure::read(doc, pages) else {
        return;
    };
    // an element is touched where it owns something that went, or one inside it does
    let mut inside = vec![false; tree.elements.len()];
    for (index, element) in tree.elements.iter().enumerate().rev() {
        inside[index] = element.kids.iter().any(|kid| match kid {
            Kid::Content(key) => touched.contains(key),
            Kid::Element(child) => inside[*child],
            Kid::Object(_) => false,
        });
    }
    let phrases = phrases(removed);
    for (element, inside) in tree.elements.iter().zip(inside) {
        let Some(id) = element.id else { continue };
        let Some(dict) = doc.get_object(id).ok().and_then(as_dict) else {
            continue;
        };
        let mut changed = dict.clone();
        for key in WORDED {
            let repeats = || {
                dict.get(key)
                    .ok()
                    .and_then(|object| text(resolve(doc, object)))
                    .is_some_and(|words| mentions(&words, &phrases))
            };
            if dict.has(key) && (inside || repeats()) {
                changed.remove(key);
            }
        }
        if changed.len() != dict.len() {
            fresh.objects.push((id, Object::Dictionary(changed)));
        }
    }
}

/// Empties what pages used before and none uses now: resources that pages share would keep it.
pub(super) fn unused(doc: &mut Document, replaced: &HashSet<ObjectId>) {
    let mut used: HashSet<ObjectId> = HashSet::new();
    {
        let mut reader = Reader::new(doc);
        for page in &crate::pdf::pages(doc) {
            let content = reader.page(page);
            used.extend(content.streams.iter().filter_map(|usage| usage.form));
            used.extend(content.marks.iter().filter_map(|mark| match &mark.kind {
                MarkKind::Image(image) => image.id,
                _ => None,
            }));
            for annotation in get_array(doc, page.dict, b"Annots").unwrap_or_default() {
                let Some(dict) = as_dict(resolve(doc, annotation)) else {
                    continue;
                };
                used.extend(appearance(doc, dict).and_then(|(id, _)| id));
                let content = reader.annotation(page, dict);
                used.extend(content.streams.iter().filter_map(|usage| usage.form));
                used.extend(content.marks.iter().filter_map(|mark| match &mark.kind {
                    MarkKind::Image(image) => image.id,
                    _ => None,
                }));
            }
            // what could not be read to its end may use anything
            if content.truncated {
                return;
            }
        }
    }
    for id in replaced.difference(&used) {
        doc.objects.insert(*id, Object::Null);
    }
}

/// The words that went, as they are looked for elsewhere.
fn phrases(removed: &[Removed]) -> Vec<String> {
    removed
        .iter()
        .map(|report| plain(&report.text))
        .filter(|words| words.chars().count() >= SHORTEST)
        .collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn mentions(text: &str, phrases: &[String]) -> bool {
    let text = plain(text);
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// Takes away the annotations that reach into a box, and what forms know of them.
pub(super) fn annotations(doc: &mut Document, placed: &[(usize, Areas)], removed: &mut [Removed]) {
    let mut gone: HashSet<ObjectId> = HashSet::new();
    let mut kept_lists: Vec<(ObjectId, Vec<Object>)> = Vec::new();
    {
        let pages = crate::pdf::pages(doc);
        for (number, areas) in placed {
            let Some(page) = pages.get(*number) else {
                continue;
            };
            let Some(list) = get_array(doc, page.dict, b"Annots") else {
                continue;
            };
            let mut kept = Vec::new();
            for object in list {
                let place = as_dict(resolve(doc, object))
                    .and_then(|dict| rect(doc, dict.get(b"Rect").ok()?));
                let hit = place.and_then(|place| hit(&place, areas));
                match hit {
                    Some(index) => {
                        removed[areas.boxes[index]].annotations += 1;
                        gone.extend(target(doc, object));
                    }
                    None => kept.push(object.clone()),
                }
            }
            // a window that belonged to a note goes with it
            kept.retain(|object| {
                let parent = as_dict(resolve(doc, object))
                    .and_then(|dict| dict.get(b"Parent").ok())
                    .and_then(|parent| target(doc, parent));
                !parent.is_some_and(|parent| gone.contains(&parent))
            });
            if kept.len() != list.len()
                && let Some(id) = page.id
            {
                kept_lists.push((id, kept));
            }
        }
    }
    for (id, kept) in kept_lists {
        if let Ok(page) = doc.get_dictionary_mut(id) {
            page.set("Annots", kept);
        }
    }
    // a field keeps its value apart from where it is shown
    let mut fields: Vec<ObjectId> = gone.iter().copied().collect();
    fields.sort_unstable();
    let mut emptied: HashSet<ObjectId> = HashSet::new();
    while let Some(id) = fields.pop() {
        if !emptied.insert(id) {
            continue;
        }
        let Ok(dict) = doc.get_dictionary_mut(id) else {
            continue;
        };
        if let Ok(Object::Reference(parent)) = dict.get(b"Parent") {
            let parent = *parent;
            if dict.has(b"FT") || !gone.contains(&id) || dict.has_type(b"Annot") {
                fields.push(parent);
            }
        }
        if gone.contains(&id) {
            *dict = Dictionary::new();
        } else if !dict.has_type(b"Page") {
            for key in [b"V".as_slice(), b"DV", b"RV", b"TU", b"Contents", b"RC"] {
                dict.remove(key);
            }
        }
    }
}

fn hit(place: &Rect, areas: &Areas) -> Option<usize> {
    areas
        .rects
        .iter()
        .position(|area| !area.intersect(place).is_empty())
}

/// Takes away what the file says of itself, and titles in the outline that repeat what went.
pub(super) fn file(doc: &mut Document, removed: &[Removed]) {
    let phrases = phrases(removed);
    let title = doc
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|info| as_dict(resolve(doc, info)))
        .and_then(|info| info.get(b"Title").ok())
        .map(|title| resolve(doc, title).clone())
        .filter(|title| text(title).is_some_and(|words| !mentions(&words, &phrases)));
    match title {
        Some(title) => {
            let mut info = Dictionary::new();
            info.set("Title", title);
            let id = doc.add_object(info);
            doc.trailer.set("Info", id);
        }
        None => {
            doc.trailer.remove(b"Info");
        }
    }
    let catalog = doc.trailer.get(b"Root").and_then(Object::as_reference).ok();
    if let Some(catalog) = catalog.and_then(|id| doc.get_dictionary_mut(id).ok()) {
        for key in [
            b"Metadata".as_slice(),
            b"PieceInfo",
            b"SpiderInfo",
            b"Collection",
        ] {
            catalog.remove(key);
        }
        if let Ok(Object::Dictionary(form)) = catalog.get_mut(b"AcroForm") {
            form.remove(b"XFA");
        }
    }
    let outline = outline_items(doc);
    for (id, object) in &mut doc.objects {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        for key in [b"PieceInfo".as_slice(), b"Thumb", b"XFA"] {
            dict.remove(key);
        }
        if dict.has_type(b"Page") {
            dict.remove(b"Metadata");
        }
        let repeats = outline.contains(id)
            && dict
                .get(b"Title")
                .ok()
                .and_then(text)
                .is_some_and(|words| mentions(&words, &phrases));
        if repeats {
            dict.set("Title", Object::string_literal("[redacted]"));
        }
    }
}

/// The entries of the outline.
fn outline_items(doc: &Document) -> HashSet<ObjectId> {
    let mut found = HashSet::new();
    let mut open: Vec<ObjectId> = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"Outlines"))
        .and_then(|outline| target(doc, outline.get(b"First").ok()?))
        .into_iter()
        .collect();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        let Some(dict) = doc.get_object(id).ok().and_then(as_dict) else {
            continue;
        };
        for key in [b"Next".as_slice(), b"First"] {
            open.extend(dict.get(key).ok().and_then(|next| target(doc, next)));
        }
    }
    found
}
