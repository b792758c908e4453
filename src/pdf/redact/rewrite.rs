//! Writes content streams again with their edits.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use super::area::Fresh;
use super::edit::{Edit, Plan, Shown};
use super::outline::Outline;
use crate::pdf::Page;
use crate::pdf::content::PageContent;
use crate::pdf::content::named::{KINDS, Named, named};
use crate::pdf::content::operand::{Operand, taken};
use crate::pdf::content::token::{Operation, Tokens};
use crate::pdf::content::write::{write_number, write_operand};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::object::{as_dict, decoded, get_dict, resolve, target};

/// The most bytes of one content stream.
const LARGEST: usize = 192 << 20;

/// Writes the page's content again, with black boxes on top. Returns the new stream and the resources that it
/// needs.
pub(super) fn page(
    doc: &Document,
    page: &Page<'_>,
    content: &PageContent,
    plan: &Plan,
    boxes: &[Rect],
    fresh: &mut Fresh,
) -> Option<(ObjectId, Dictionary)> {
    let mut edits: HashMap<usize, HashMap<usize, Edit>> = HashMap::new();
    for ((stream, start), edit) in &plan.edits {
        edits
            .entry(*stream)
            .or_default()
            .insert(*start, edit.clone());
    }
    let resources = effective(doc, page, content);
    // A form comes after the stream that uses it, so going backwards all changes inside it are known.
    for index in (1..content.streams.len()).rev() {
        let Some(changes) = edits.remove(&index) else {
            continue;
        };
        let usage = &content.streams[index];
        let (user, range) = usage.used_by.clone()?;
        let Object::Stream(form) = doc.get_object(usage.form?).ok()? else {
            return None;
        };
        let bytes = decoded(form, LARGEST)?;
        let mut own = resources[index].clone();
        let written = stream(doc, &bytes, &changes, &mut own, fresh);
        let mut dict = form.dict.clone();
        for key in [
            b"Filter".as_slice(),
            b"DecodeParms",
            b"Length",
            b"PieceInfo",
            b"Metadata",
        ] {
            dict.remove(key);
        }
        dict.set("Resources", own);
        let mut copy = Stream::new(dict, written.bytes);
        copy.compress().ok()?;
        let id = fresh.add(copy);
        edits
            .entry(user)
            .or_default()
            .insert(range.start, Edit::Use(id));
    }
    let bytes = crate::pdf::content::page_bytes(doc, page.dict, LARGEST);
    let mut own = resources.first().cloned().unwrap_or_default();
    let changes = edits.remove(&0).unwrap_or_default();
    let written = stream(doc, &bytes, &changes, &mut own, fresh);
    let mut out = b"q\n".to_vec();
    out.extend(written.bytes);
    if written.in_text {
        out.extend(b"ET\n");
    }
    for _ in 0..written.open_tags {
        out.extend(b"EMC\n");
    }
    for _ in 0..=written.open_states {
        out.extend(b"Q\n");
    }
    if !boxes.is_empty() {
        out.extend(b"/Artifact BMC\nq 0 g\n");
        for area in boxes {
            for value in [area.x0, area.y0, area.width(), area.height()] {
                write_number(&mut out, value);
                out.push(b' ');
            }
            out.extend(b"re f\n");
        }
        out.extend(b"Q\nEMC\n");
    }
    let mut new = Stream::new(Dictionary::new(), out);
    new.compress().ok()?;
    Some((fresh.add(new), own))
}

/// The resources that each stream sees: its own, with what they lack taken from those of the stream that
/// uses it.
fn effective(doc: &Document, page: &Page<'_>, content: &PageContent) -> Vec<Dictionary> {
    let mut all: Vec<Dictionary> = Vec::with_capacity(content.streams.len());
    let mut lacking: HashMap<ObjectId, Named> = HashMap::new();
    for usage in &content.streams {
        let inherited = match &usage.used_by {
            Some((user, _)) => all.get(*user),
            None => page.resources,
        };
        let own = usage.form.and_then(|id| {
            let form = doc.get_object(id).ok()?.as_stream().ok()?;
            let own = get_dict(doc, &form.dict, b"Resources")?;
            let lacking = lacking.entry(id).or_insert_with(|| {
                let bytes = decoded(form, LARGEST).unwrap_or_default();
                let is_there = |kind: &[u8], name: &[u8]| {
                    get_dict(doc, own, kind).is_some_and(|listed| listed.has(name))
                };
                named(&bytes).0.lacking(is_there)
            });
            Some(inherited.map_or_else(
                || own.clone(),
                |others| completed(doc, own, lacking, others),
            ))
        });
        all.push(own.or_else(|| inherited.cloned()).unwrap_or_default());
    }
    all
}

/// Resources with what they lack, as far as others have it.
fn completed(doc: &Document, own: &Dictionary, lacking: &Named, others: &Dictionary) -> Dictionary {
    let mut completed = own.clone();
    for kind in KINDS {
        let mut listed = get_dict(doc, own, kind).cloned().unwrap_or_default();
        let before = listed.len();
        for (name, entry) in get_dict(doc, others, kind).into_iter().flatten() {
            if lacking.has(kind, name) {
                listed.set(name.clone(), entry.clone());
            }
        }
        if listed.len() > before {
            completed.set(kind, listed);
        }
    }
    completed
}

/// The bytes of a stream with its edits.
pub(super) fn content(
    doc: &Document,
    bytes: &[u8],
    edits: &HashMap<usize, Edit>,
    resources: &mut Dictionary,
    fresh: &mut Fresh,
) -> Vec<u8> {
    stream(doc, bytes, edits, resources, fresh).bytes
}

struct Written {
    bytes: Vec<u8>,
    open_states: usize,
    open_tags: usize,
    in_text: bool,
}

fn stream(
    doc: &Document,
    bytes: &[u8],
    edits: &HashMap<usize, Edit>,
    resources: &mut Dictionary,
    fresh: &mut Fresh,
) -> Written {
    let mut written = Written {
        bytes: Vec::with_capacity(bytes.len()),
        open_states: 0,
        open_tags: 0,
        in_text: false,
    };
    let mut outline = Outline::default();
    // Where the operators of the current path begin in the output.
    let mut path_start: Option<usize> = None;
    let mut clip: Option<&[u8]> = None;
    for operation in Tokens::new(bytes) {
        let source = &bytes[operation.range.clone()];
        match operation.operator {
            b"q" => written.open_states += 1,
            b"Q" if written.open_states == 0 => continue,
            b"Q" => written.open_states -= 1,
            b"BMC" | b"BDC" => written.open_tags += 1,
            b"EMC" if written.open_tags == 0 => continue,
            b"EMC" => written.open_tags -= 1,
            b"BT" => written.in_text = true,
            b"ET" => written.in_text = false,
            _ => {}
        }
        if builds_path(&operation, &mut outline) {
            path_start.get_or_insert(written.bytes.len());
            push(&mut written.bytes, source);
            continue;
        }
        if matches!(operation.operator, b"W" | b"W*") {
            clip = Some(operation.operator);
            push(&mut written.bytes, source);
            continue;
        }
        let paints = is_path_end(operation.operator);
        match edits.get(&operation.range.start) {
            None => push(&mut written.bytes, source),
            Some(Edit::Drop) if paints => push(&mut written.bytes, b"n"),
            Some(Edit::Drop) => {}
            Some(Edit::Cut(boxes)) => {
                let from = path_start.unwrap_or(written.bytes.len());
                let path = written.bytes.split_off(from);
                cut(&mut written.bytes, &outline, operation.operator, boxes);
                if clip.is_some() {
                    // The path still clips what follows.
                    written.bytes.extend(path);
                    push(&mut written.bytes, b"n");
                }
            }
            Some(Edit::Show(shown)) => show(&mut written.bytes, &operation, shown),
            Some(Edit::Use(id)) => {
                let name = name_for(doc, resources, *id);
                write_operand(&mut written.bytes, &Object::Name(name));
                push(&mut written.bytes, b" Do");
            }
            Some(Edit::Unword) => unword(doc, &mut written.bytes, &operation, resources, fresh),
        }
        if paints {
            outline.clear();
            path_start = None;
            clip = None;
        }
    }
    written
}

fn push(out: &mut Vec<u8>, source: &[u8]) {
    out.extend(source);
    out.push(b'\n');
}

fn is_path_end(operator: &[u8]) -> bool {
    matches!(
        operator,
        b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n"
    )
}

/// Follows an operator that builds a path. Returns whether it is one.
fn builds_path(operation: &Operation<'_>, outline: &mut Outline) -> bool {
    let operands = taken(operation.operator, &operation.operands);
    let at = |index: usize| {
        let number = operands.get(index).and_then(Operand::number);
        number.unwrap_or(0.0)
    };
    let point = |index: usize| Point {
        x: at(index),
        y: at(index + 1),
    };
    match operation.operator {
        b"m" => outline.move_to(point(0)),
        b"l" => outline.line_to(point(0)),
        b"c" => outline.curve_to(point(0), point(2), point(4)),
        b"v" => {
            let here = outline.here();
            outline.curve_to(here, point(0), point(2));
        }
        b"y" => outline.curve_to(point(0), point(2), point(2)),
        b"h" => outline.close(),
        b"re" => {
            let corner = point(0);
            let far = Point {
                x: corner.x + at(2),
                y: corner.y + at(3),
            };
            outline.rectangle(&Rect {
                x0: corner.x,
                y0: corner.y,
                x1: far.x,
                y1: far.y,
            });
        }
        _ => return false,
    }
    true
}

fn cut(out: &mut Vec<u8>, outline: &Outline, operator: &[u8], boxes: &[Rect]) {
    let even_odd = operator.ends_with(b"*");
    let mut outline = outline.clone();
    if matches!(operator, b"s" | b"b" | b"b*") {
        outline.close();
    }
    if matches!(operator, b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*") {
        outline.write_filled(out, boxes);
        push(out, if even_odd { b"f*" } else { b"f" });
    }
    if matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*") {
        outline.write_stroked(out, boxes);
        push(out, b"S");
    }
}

/// Writes the strings of a text operator without the removed glyphs. One adjustment replaces each run of
/// them.
fn show(out: &mut Vec<u8>, operation: &Operation<'_>, shown: &[Shown]) {
    let operands = taken(operation.operator, &operation.operands);
    match operation.operator {
        b"'" => push(out, b"T*"),
        b"\"" => {
            if let [word, character, _] = operands {
                write_operand(out, &word.to_object());
                out.extend(b" Tw ");
                write_operand(out, &character.to_object());
                out.extend(b" Tc T*\n");
            }
        }
        _ => {}
    }
    let single = operands
        .last()
        .map(std::slice::from_ref)
        .unwrap_or_default();
    let elements = match operands.last() {
        Some(Operand::Array(items)) => items.as_slice(),
        _ => single,
    };
    let mut made: Vec<Object> = Vec::new();
    let mut owed = 0.0_f64;
    let mut glyphs = shown.iter().peekable();
    for (index, element) in elements.iter().enumerate() {
        let Operand::String(bytes) = element else {
            owed += element.number().unwrap_or(0.0);
            continue;
        };
        let mut kept: Vec<u8> = Vec::new();
        while let Some(glyph) = glyphs.next_if(|glyph| glyph.element as usize == index) {
            let code = bytes
                .get(glyph.code.start as usize..glyph.code.end as usize)
                .unwrap_or_default();
            if glyph.stays {
                settle(&mut made, &mut owed, &mut kept);
                kept.extend(code);
            } else {
                flush(&mut made, &mut kept);
                owed -= glyph.advance;
            }
        }
        flush(&mut made, &mut kept);
    }
    if owed != 0.0 {
        made.push(Object::Real(owed as f32));
    }
    write_operand(out, &Object::Array(made));
    push(out, b" TJ");
}

/// Adds the adjustment that is due before the next glyph.
fn settle(made: &mut Vec<Object>, owed: &mut f64, kept: &mut Vec<u8>) {
    if *owed != 0.0 {
        flush(made, kept);
        made.push(Object::Real(*owed as f32));
        *owed = 0.0;
    }
}

fn flush(made: &mut Vec<Object>, kept: &mut Vec<u8>) {
    if !kept.is_empty() {
        made.push(Object::String(
            std::mem::take(kept),
            StringFormat::Hexadecimal,
        ));
    }
}

/// Adds an object to resources and returns its name.
fn name_for(doc: &Document, resources: &mut Dictionary, id: ObjectId) -> Vec<u8> {
    let mut objects = get_dict(doc, resources, b"XObject")
        .cloned()
        .unwrap_or_default();
    let name = (0..)
        .map(|number| format!("Redacted{number}").into_bytes())
        .find(|name| !objects.has(name))
        .unwrap_or_default();
    objects.set(name.clone(), id);
    resources.set("XObject", objects);
    name
}

/// Writes the beginning of marked content without its replacement texts.
fn unword(
    doc: &Document,
    out: &mut Vec<u8>,
    operation: &Operation<'_>,
    resources: &mut Dictionary,
    fresh: &mut Fresh,
) {
    let operands = taken(operation.operator, &operation.operands);
    let properties = operands.get(1);
    let name = properties.and_then(Operand::name);
    let entry = match name {
        Some(name) => {
            get_dict(doc, resources, b"Properties").and_then(|all| all.get(name).ok().cloned())
        }
        None => properties.map(Operand::to_object),
    };
    let mut kept = Dictionary::new();
    if let Some(dict) = entry
        .as_ref()
        .and_then(|entry| as_dict(resolve(doc, entry)))
    {
        for key in [b"MCID".as_slice(), b"Lang", b"Type", b"Subtype"] {
            if let Ok(value) = dict.get(key) {
                kept.set(key, resolve(doc, value).clone());
            }
        }
    }
    // The properties in the resources would still have the words.
    if let Some(name) = name {
        if let Some(id) = entry.as_ref().and_then(|entry| target(doc, entry)) {
            fresh.objects.push((id, Object::Dictionary(kept.clone())));
        } else if let Some(mut all) = get_dict(doc, resources, b"Properties").cloned() {
            all.set(name, kept.clone());
            resources.set("Properties", all);
        }
    }
    let tag = operands.first().map(Operand::to_object);
    write_operand(out, &tag.unwrap_or_else(|| Object::Name(b"Span".to_vec())));
    out.push(b' ');
    write_operand(out, &Object::Dictionary(kept));
    push(out, b" BDC");
}
