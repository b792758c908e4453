//! Removes what else in the file has the removed words: structure elements, annotations, outline, metadata.

use std::collections::{BTreeSet, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::area::{Areas, Fresh, Removed};
use super::names::{self, Renamed};
use super::secret::Secrets;
use crate::pdf::Page;
use crate::pdf::content::token::Tokens;
use crate::pdf::content::write::write_operand;
use crate::pdf::content::{Interpreter, MarkKind, PageContent};
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, decoded, get_array, get_dict, get_name, resolve, target, text};
use crate::pdf::page::rect;
use crate::pdf::page_tree;
use crate::pdf::structure::{self, ContentKey, Kid};

/// What replaces words that were removed.
const GONE: &str = "[redacted]";
/// The most bytes of a stream that is searched.
const LARGEST: usize = 192 << 20;
/// How deep objects may be nested.
const DEEPEST: usize = 100;
/// The keys under which a field or a note has its words.
const VALUES: [&[u8]; 6] = [b"V", b"DV", b"RV", b"TU", b"Contents", b"RC"];
/// The keys of a structure element that put its content into words.
const WORDED: [&[u8]; 4] = [b"ActualText", b"Alt", b"E", b"T"];

/// Replaces a page tree that is broken or circular by a flat one with the same pages, as not every reader can
/// follow the other.
pub(super) fn tree(doc: &mut Document) {
    let Some(root) = page_tree::root(doc).and_then(|root| target(doc, root)) else {
        return;
    };
    if page_tree::measure(doc).1 {
        return;
    }
    let mut kids: Vec<Object> = Vec::new();
    for page in page_tree::pages(doc) {
        let mut dict = page.dict;
        dict.set("Type", "Page");
        dict.set("Parent", root);
        match page.id.filter(|id| *id != root) {
            Some(id) => {
                doc.objects.insert(id, dict.into());
                kids.push(id.into());
            }
            None => kids.push(doc.add_object(dict).into()),
        }
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let flat = lopdf::dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    doc.objects.insert(root, flat.into());
}

/// Removes the words of the elements that owned what was removed, and adds them to `spoken`.
pub(super) fn structure(
    doc: &Document,
    pages: &[Page<'_>],
    touched: &HashSet<ContentKey>,
    spoken: &mut Vec<String>,
    fresh: &mut Fresh,
) {
    let Some(tree) = structure::read(doc, pages) else {
        return;
    };
    // An element is touched if it owns something that was removed, or if one inside it does.
    let mut inside = vec![false; tree.elements.len()];
    for (index, element) in tree.elements.iter().enumerate().rev() {
        inside[index] = element.kids.iter().any(|kid| match kid {
            Kid::Content(key) => touched.contains(key),
            Kid::Element(child) => inside[*child],
            Kid::Object(_) => false,
        });
    }
    for (element, inside) in tree.elements.iter().zip(inside) {
        let Some(id) = element.id.filter(|_| inside) else {
            continue;
        };
        let Some(dict) = doc.get_object(id).ok().and_then(as_dict) else {
            continue;
        };
        let mut changed = dict.clone();
        for key in WORDED {
            if let Some(Object::String(..)) = dict.get(key).ok().map(|it| resolve(doc, it)) {
                spoken.extend(dict.get(key).ok().and_then(|it| text(resolve(doc, it))));
                changed.remove(key);
            }
        }
        if changed.len() != dict.len() {
            fresh.objects.push((id, Object::Dictionary(changed)));
        }
    }
}

/// What happens to an object that a page no longer uses as it was.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Replaced {
    /// What is left of a picture.
    pub(super) left: Option<ObjectId>,
    /// The box that removed some of it.
    pub(super) by: Option<usize>,
}

/// Empties what pages used before and none uses now, as resources that pages share would keep it. If a part
/// of a picture is left, that replaces it wherever else it is used. A picture that was removed as a whole
/// stays where else it is used, and that is reported.
pub(super) fn unused(
    doc: &mut Document,
    replaced: &HashMap<ObjectId, Replaced>,
    removed: &mut [Removed],
) {
    let mut used: HashMap<ObjectId, BTreeSet<u32>> = HashMap::new();
    let mut all = true;
    {
        let mut reader = Interpreter::new(doc);
        for (number, page) in (1_u32..).zip(&crate::pdf::pages(doc)) {
            let mut note = |content: &PageContent| {
                let forms = content.streams.iter().filter_map(|usage| usage.form);
                let images = content.marks.iter().filter_map(|mark| match &mark.kind {
                    MarkKind::Image(image) => image.id,
                    _ => None,
                });
                for id in forms.chain(images).filter(|id| replaced.contains_key(id)) {
                    used.entry(id).or_default().insert(number);
                }
                // Content that could not be read to its end may use anything.
                all &= !content.truncated && !content.unreadable;
            };
            note(&reader.page(page));
            for annotation in get_array(doc, page.dict, b"Annots").unwrap_or_default() {
                if let Some(dict) = as_dict(resolve(doc, annotation)) {
                    note(&reader.annotation(page, dict));
                }
            }
        }
    }
    for (id, Replaced { left, by }) in replaced {
        let pages = used.get(id);
        if let Some(left) = left.and_then(|left| doc.get_object(left).ok()) {
            if pages.is_some() || !all {
                doc.objects.insert(*id, left.clone());
                continue;
            }
        } else if let Some(pages) = pages {
            if let Some(report) = by.and_then(|by| removed.get_mut(by)) {
                report.elsewhere.extend(pages);
            }
            continue;
        }
        doc.objects.insert(*id, Object::Null);
    }
}

/// Removes the annotations that reach into a box, and their values in forms.
pub(super) fn annotations(
    doc: &mut Document,
    placed: &[(usize, Areas)],
    removed: &mut [Removed],
    spoken: &mut Vec<String>,
) {
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
            let kept = without_followers(doc, kept, &mut gone);
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
    // A field keeps its value apart from where it is shown, and may show it twice.
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
        if dict.has_type(b"Page") {
            continue;
        }
        if let Ok(Object::Reference(parent)) = dict.get(b"Parent") {
            let parent = *parent;
            if dict.has(b"FT") || !gone.contains(&id) || dict.has_type(b"Annot") {
                fields.push(parent);
            }
        }
        for key in VALUES {
            spoken.extend(dict.remove(key).and_then(|value| text(&value)));
        }
        if gone.contains(&id) {
            *dict = Dictionary::new();
            continue;
        }
        let kids: Vec<ObjectId> = match dict.get(b"Kids") {
            Ok(Object::Array(kids)) => kids
                .iter()
                .filter_map(|it| it.as_reference().ok())
                .collect(),
            _ => Vec::new(),
        };
        for kid in kids {
            if let Ok(kid) = doc.get_dictionary_mut(kid)
                && !kid.has(b"T")
            {
                kid.remove(b"AP");
                kid.remove(b"MK");
            }
        }
    }
}

/// The annotations that do not go with one that is gone. The window of a note goes with it, and so do replies
/// and the replies to these.
fn without_followers(
    doc: &Document,
    annotations: Vec<Object>,
    gone: &mut HashSet<ObjectId>,
) -> Vec<Object> {
    let mut followers: HashMap<ObjectId, Vec<usize>> = HashMap::new();
    for (index, object) in annotations.iter().enumerate() {
        let Some(dict) = as_dict(resolve(doc, object)) else {
            continue;
        };
        let is_window = get_name(doc, dict, b"Subtype") == Some(b"Popup");
        let keys = [b"IRT".as_slice(), b"Parent"];
        for key in keys.iter().filter(|key| **key == b"IRT" || is_window) {
            // The note itself may be gone from the file already.
            let leader = |it| target(doc, it).or(it.as_reference().ok());
            if let Some(leader) = dict.get(key).ok().and_then(leader) {
                followers.entry(leader).or_default().push(index);
            }
        }
    }
    let mut leaders: Vec<ObjectId> = followers.keys().copied().collect();
    leaders.retain(|leader| gone.contains(leader));
    let mut follows = vec![false; annotations.len()];
    while let Some(leader) = leaders.pop() {
        for index in followers.remove(&leader).unwrap_or_default() {
            follows[index] = true;
            if let Some(id) = target(doc, &annotations[index]) {
                gone.insert(id);
                leaders.push(id);
            }
        }
    }
    let kept = annotations.into_iter().zip(follows);
    kept.filter(|(_, follows)| !follows)
        .map(|(object, _)| object)
        .collect()
}

fn hit(place: &Rect, areas: &Areas) -> Option<usize> {
    areas
        .rects
        .iter()
        .position(|area| !area.intersect(place).is_empty())
}

/// Removes what the file says about itself and what comes with it: other files, scripts and private data of
/// programs.
pub(super) fn file(doc: &mut Document) {
    let title = doc
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|info| as_dict(resolve(doc, info)))
        .and_then(|info| info.get(b"Title").ok())
        .map(|title| resolve(doc, title).clone());
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
    let mut names = None;
    if let Some(catalog) = catalog.and_then(|id| doc.get_dictionary_mut(id).ok()) {
        for key in [
            b"Metadata".as_slice(),
            b"PieceInfo",
            b"SpiderInfo",
            b"Collection",
            b"AF",
            b"AA",
        ] {
            catalog.remove(key);
        }
        if let Ok(Object::Dictionary(form)) = catalog.get_mut(b"AcroForm") {
            form.remove(b"XFA");
        }
        names = match catalog.get_mut(b"Names") {
            Ok(Object::Dictionary(own)) => {
                own.remove(b"EmbeddedFiles");
                own.remove(b"JavaScript");
                None
            }
            Ok(Object::Reference(id)) => Some(*id),
            _ => None,
        };
    }
    if let Some(names) = names.and_then(|id| doc.get_dictionary_mut(id).ok()) {
        names.remove(b"EmbeddedFiles");
        names.remove(b"JavaScript");
    }
    for object in doc.objects.values_mut() {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        for key in [
            b"PieceInfo".as_slice(),
            b"Thumb",
            b"XFA",
            b"EF",
            b"AF",
            b"JS",
        ] {
            dict.remove(key);
        }
        if dict.has_type(b"Page") {
            dict.remove(b"Metadata");
            dict.remove(b"AA");
        }
    }
}

/// Removes the words from every string of the file: titles, notes, names of places, labels of pages, addresses
/// of links.
pub(super) fn strings(doc: &mut Document, secrets: &Secrets) {
    if secrets.is_empty() {
        return;
    }
    for object in doc.objects.values_mut() {
        string(object, secrets, 0);
    }
    let places = doc
        .catalog()
        .ok()
        .and_then(|catalog| catalog.get(b"Dests").and_then(Object::as_reference).ok());
    if let Some(places) = places.and_then(|id| doc.get_dictionary_mut(id).ok()) {
        unname(places, secrets);
    }
    let trailer = &mut doc.trailer;
    for (_, object) in trailer.iter_mut() {
        string(object, secrets, 0);
    }
}

fn string(object: &mut Object, secrets: &Secrets, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::String(bytes, _) if secrets.in_string(bytes) => {
            *object = Object::string_literal(GONE);
        }
        Object::Array(items) => {
            for item in items {
                string(item, secrets, depth + 1);
            }
        }
        Object::Dictionary(dict) => dictionary(dict, secrets, depth),
        Object::Stream(stream) => dictionary(&mut stream.dict, secrets, depth),
        _ => {}
    }
}

fn dictionary(dict: &mut Dictionary, secrets: &Secrets, depth: usize) {
    for (_, value) in dict.iter_mut() {
        string(value, secrets, depth + 1);
    }
    // A place may be named by a name instead of a string.
    for key in [b"Dest".as_slice(), b"D"] {
        let named = dict.get(key).and_then(Object::as_name);
        if named.is_ok_and(|name| secrets.in_bytes(name)) {
            dict.remove(key);
        }
    }
    if let Ok(Object::Dictionary(places)) = dict.get_mut(b"Dests") {
        unname(places, secrets);
    }
}

/// Removes the places whose names have the words from a list.
fn unname(places: &mut Dictionary, secrets: &Secrets) {
    let named: Vec<Vec<u8>> = places
        .iter()
        .filter(|(key, _)| secrets.in_bytes(key))
        .map(|(key, _)| key.clone())
        .collect();
    for key in named {
        places.remove(&key);
    }
}

/// Removes the words from every stream. Content loses the words in its properties, and all comments. A stream
/// that is not content, a picture or a font is removed as a whole.
pub(super) fn streams(doc: &mut Document, secrets: &Secrets, renamed: &Renamed) {
    let content = contents(doc);
    let ids: Vec<ObjectId> = doc.objects.keys().copied().collect();
    for id in ids {
        let Some(Object::Stream(stream)) = doc.objects.get(&id) else {
            continue;
        };
        if content.contains(&id) {
            let Some(bytes) = decoded(stream, LARGEST) else {
                continue;
            };
            let said = secrets.in_bytes(&bytes);
            if !said && !bytes.contains(&b'%') {
                continue;
            }
            let mut new = stream.clone();
            new.dict.remove(b"Filter");
            new.dict.remove(b"DecodeParms");
            new.set_content(unspoken(&bytes, secrets, renamed));
            let _ = new.compress();
            doc.objects.insert(id, new.into());
        } else if is_words(&stream.dict)
            && decoded(stream, LARGEST).is_some_and(|bytes| secrets.in_bytes(&bytes))
        {
            doc.objects.insert(id, Object::Null);
        }
    }
}

/// Whether a stream may have words in it. Pictures, fonts, and the data of colours and encodings do not.
pub(super) fn is_words(dict: &Dictionary) -> bool {
    let name = |key: &[u8]| dict.get(key).and_then(Object::as_name).ok();
    let picture = name(b"Subtype") == Some(b"Image");
    let font = [
        b"Length1".as_slice(),
        b"Length2",
        b"CMapName",
        b"CIDSystemInfo",
    ]
    .iter()
    .any(|key| dict.has(key))
        || matches!(
            name(b"Subtype"),
            Some(b"Type1C" | b"CIDFontType0C" | b"OpenType")
        );
    let colors = dict.has(b"N") && !dict.has(b"First")
        || dict.has(b"FunctionType")
        || dict.has(b"ShadingType");
    let table = matches!(name(b"Type"), Some(b"XRef" | b"ObjStm" | b"CMap"));
    !(picture || font || colors || table)
}

/// The streams with operators in them: of pages, forms, patterns and glyphs.
pub(super) fn contents(doc: &Document) -> HashSet<ObjectId> {
    let mut found = HashSet::new();
    for (id, object) in &doc.objects {
        let dict = match object {
            Object::Stream(stream) => {
                let form =
                    stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form");
                if form || stream.dict.has(b"PatternType") || stream.dict.has(b"BBox") {
                    found.insert(*id);
                }
                &stream.dict
            }
            Object::Dictionary(dict) => dict,
            _ => continue,
        };
        match dict.get(b"Contents").map(|it| (it, resolve(doc, it))) {
            Ok((_, Object::Array(parts))) => {
                found.extend(parts.iter().filter_map(|part| target(doc, part)));
            }
            Ok((part, Object::Stream(_))) => found.extend(target(doc, part)),
            _ => {}
        }
        if let Some(programs) = get_dict(doc, dict, b"CharProcs") {
            found.extend(programs.iter().filter_map(|(_, it)| target(doc, it)));
        }
    }
    found
}

/// A content stream without comments, and without the properties that repeat what was removed.
fn unspoken(bytes: &[u8], secrets: &Secrets, renamed: &Renamed) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for operation in Tokens::new(bytes) {
        if operation.operator == b"BI" {
            out.extend(&bytes[operation.range.clone()]);
        } else {
            let shows = matches!(operation.operator, b"Tj" | b"TJ" | b"'" | b"\"");
            for operand in operation.operands {
                let mut operand = Object::from(operand);
                if !shows
                    && matches!(
                        operand,
                        Object::Dictionary(_) | Object::Array(_) | Object::String(..)
                    )
                {
                    string(&mut operand, secrets, 0);
                }
                names::replace(&mut operand, renamed, 0);
                write_operand(&mut out, &operand);
                out.push(b' ');
            }
            out.extend(operation.operator);
        }
        out.push(b'\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_go_with_their_note_however_long_the_chain() {
        const LAST: u32 = 20_000;
        let mut doc = Document::default();
        let note = |leads: Object| lopdf::dictionary! { "Subtype" => "Text", "IRT" => leads };
        for number in 1..=LAST + 2 {
            doc.objects
                .insert((number, 0), note((number + 1, 0).into()).into());
        }
        let window = |of: u32| {
            lopdf::dictionary! { "Subtype" => "Popup", "Parent" => Object::Reference((of, 0)) }
        };
        let stays: Object = window(LAST + 2).into();
        let mut list: Vec<Object> = (1..=LAST).map(|number| (number, 0).into()).collect();
        list.push(window(7).into());
        list.push(stays.clone());
        let mut gone = HashSet::from([(LAST + 1, 0)]);
        let kept = without_followers(&doc, list, &mut gone);
        assert!(kept == [stays], "{} are left", kept.len());
        assert!(gone.contains(&(1, 0)));
    }
}
