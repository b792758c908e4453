//! Form fields become part of the page, as they looked.
//!
//! Flattened rather than kept: fields of different files would share names and so values; their
//! scripts and calculations must not travel; a reader of a published pack is not meant to fill
//! them in; and a field is only accessible with a label that most files lack. What was filled in
//! stays visible, and keeps its place in the structure tree as marked content.

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::annotation::{appearance, has_appearance_entry};
use super::object::{as_dict, get, get_dict, get_name, numbers, resolve};
use super::plan::NoteKind;
use super::structure::Tree;
use crate::pdf::geometry::Matrix;
use crate::pdf::page::rect;

/// A field's look and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The annotation's object, by which the structure tree refers to it.
    annotation: Option<ObjectId>,
    look: ObjectId,
    matrix: Matrix,
}

/// Marked-content numbers that fields got on their pages, by annotation.
pub(super) type Marks = HashMap<ObjectId, i64>;

/// The look of a form field, if it has one.
pub(super) fn field(
    doc: &mut Document,
    annotation: &Dictionary,
    id: Option<ObjectId>,
    notes: &mut BTreeSet<NoteKind>,
) -> Option<Field> {
    let place = rect(doc, annotation.get(b"Rect").ok()?)?;
    let Some(look) = appearance(doc, annotation) else {
        if !has_appearance_entry(doc, annotation) && has_value(doc, annotation) {
            notes.insert(NoteKind::FieldWithoutAppearance);
        }
        return None;
    };
    let Ok(Object::Stream(stream)) = doc.get_object(look) else {
        return None;
    };
    let bbox = stream
        .dict
        .get(b"BBox")
        .ok()
        .and_then(|bbox| rect(doc, bbox))?;
    let own = stream
        .dict
        .get(b"Matrix")
        .ok()
        .and_then(|matrix| numbers::<6>(doc, matrix));
    let shown = own
        .map_or(Matrix::IDENTITY, Matrix::new)
        .quad(&bbox)
        .bounds();
    if shown.is_empty() {
        return None;
    }
    let (across, up) = (
        place.width() / shown.width(),
        place.height() / shown.height(),
    );
    let matrix = Matrix::new([
        across,
        0.0,
        0.0,
        up,
        place.x0 - shown.x0 * across,
        place.y0 - shown.y0 * up,
    ]);
    if !matrix.numbers().iter().all(|value| value.is_finite()) {
        return None;
    }
    if let Ok(Object::Stream(stream)) = doc.get_object_mut(look) {
        stream.dict.set("Type", Object::Name(b"XObject".to_vec()));
        stream.dict.set("Subtype", Object::Name(b"Form".to_vec()));
    }
    notes.insert(NoteKind::FieldsFlattened);
    Some(Field {
        annotation: id,
        look,
        matrix,
    })
}

/// Whether the field, or the one it belongs to, holds a value that a reader would miss.
fn has_value(doc: &Document, annotation: &Dictionary) -> bool {
    let mut node = annotation;
    for _ in 0..8 {
        match get(doc, node, b"V") {
            Some(Object::String(value, _)) => return !value.is_empty(),
            Some(Object::Name(value)) => return value != b"Off",
            Some(_) => return get_name(doc, node, b"FT") != Some(b"Sig"),
            None => {}
        }
        match get_dict(doc, node, b"Parent") {
            Some(parent) => node = parent,
            None => return false,
        }
    }
    false
}

/// Gives the fields that the structure tree holds a marked-content number each, in place of the
/// annotation.
pub(super) fn mark(
    tree: &mut Tree,
    fields: &[(usize, Field)],
    pages: &[ObjectId],
    marks: &mut Marks,
) {
    let drawn: HashMap<ObjectId, ObjectId> = fields
        .iter()
        .filter_map(|(page, field)| Some((field.annotation?, *pages.get(*page)?)))
        .collect();
    if !drawn.is_empty() {
        *marks = tree.draw_instead(&drawn);
    }
}

/// Draws the field on its page: an entry in the page's resources and a line of content.
pub(super) fn flatten(
    doc: &Document,
    field: &Field,
    marks: &Marks,
    page: &mut Dictionary,
    overlay: &mut Vec<u8>,
) {
    let name = add_xobject(doc, page, "PackField", Object::Reference(field.look));
    let [a, b, c, d, e, f] = field.matrix.numbers().map(|number| number as f32);
    let mark = field.annotation.and_then(|id| marks.get(&id));
    // Writing to a vector cannot fail.
    if let Some(mcid) = mark {
        let _ = writeln!(overlay, "/Form <</MCID {mcid}>> BDC");
    }
    let _ = writeln!(overlay, "q {a} {b} {c} {d} {e} {f} cm /{name} Do Q");
    if mark.is_some() {
        overlay.extend(b"EMC\n");
    }
}

/// Adds an XObject to the page's own copy of its resources; returns the name it got.
fn add_xobject(doc: &Document, page: &mut Dictionary, stem: &str, object: Object) -> String {
    let mut resources = get_dict(doc, page, b"Resources")
        .cloned()
        .unwrap_or_default();
    let mut xobjects = match resources.get(b"XObject") {
        Ok(entry) => as_dict(resolve(doc, entry)).cloned().unwrap_or_default(),
        Err(_) => Dictionary::new(),
    };
    let name = (1..)
        .map(|n| format!("{stem}{n}"))
        .find(|name| !xobjects.has(name.as_bytes()))
        .unwrap_or_else(|| stem.to_owned());
    xobjects.set(name.clone(), object);
    resources.set("XObject", xobjects);
    page.set("Resources", resources);
    name
}
