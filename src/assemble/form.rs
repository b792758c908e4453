//! Form fields become part of the page, as they look.
//!
//! There are several reasons not to keep them as fields. Fields of different files would share names,
//! and so values. Their scripts and calculations must not be kept. A reader of a published pack should
//! not fill them in. And a field is accessible only with a label, which most files do not have. What was
//! filled in stays visible, and keeps its place in the structure tree as marked content.

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::annotation::appearance;
use super::field_look;
use super::letters::Letters;
use super::object::{get_dict, get_int, get_name, numbers, resolve};
use super::outcome::NoteKind;
use super::structure::Tree;
use crate::pdf::Geometry;
use crate::pdf::content::Interpreter;
use crate::pdf::field;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::page::rect;
use crate::pdf::substance::{LOOK, Means};

/// The flag of an annotation that does not turn with its page.
const NO_ROTATE: i64 = 16;

/// A field's look and its place.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The annotation's object, by which the structure tree refers to it.
    annotation: Option<ObjectId>,
    look: ObjectId,
    matrix: Matrix,
}

impl Field {
    /// The stream that is drawn.
    pub(super) fn look(&self) -> ObjectId {
        self.look
    }

    /// The fonts, images and so on that it draws with.
    pub(super) fn means(&self, doc: &Document) -> Means {
        let look = doc.get_object(self.look).and_then(Object::as_stream);
        let is_picture =
            look.is_ok_and(|look| get_name(doc, &look.dict, b"Subtype") == Some(b"Image"));
        if is_picture {
            let mut means = Means::default();
            let look = Object::Reference(self.look);
            means.take(doc, b"XObject", LOOK.as_bytes(), &look);
            return means;
        }
        let drawn = Interpreter::new(doc).form(self.look, Some(LOOK.as_bytes()));
        drawn.means
    }

    /// The same field, moved if its annotation does not turn with its page. It is then upright as the
    /// page is shown, and turns about its upper left corner.
    pub(super) fn turned(self, doc: &Document, annotation: &Dictionary, page: &Geometry) -> Self {
        let stays = get_int(doc, annotation, b"F").is_some_and(|flags| flags & NO_ROTATE != 0);
        let place = annotation
            .get(b"Rect")
            .ok()
            .and_then(|area| rect(doc, area));
        let Some(Rect { x0, y1, .. }) = place.filter(|_| stays) else {
            return self;
        };
        let turn = match page.rotation {
            90 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            270 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            _ => return self,
        };
        let matrix = self.matrix.then(&Matrix::translate(-x0, -y1));
        let matrix = matrix.then(&Matrix::new(turn));
        Self {
            matrix: matrix.then(&Matrix::translate(x0, y1)),
            ..self
        }
    }
}

/// The marked-content numbers of fields on their pages, by annotation.
pub(super) type Marks = HashMap<ObjectId, i64>;

/// The look of a form field: its own, or one drawn from its value if it has none or if the form says
/// that the looks are out of date.
pub(super) fn field(
    doc: &mut Document,
    annotation: &Dictionary,
    id: Option<ObjectId>,
    letters: &mut Letters,
    next: impl FnMut(&Document) -> ObjectId,
    notes: &mut BTreeSet<NoteKind>,
) -> Option<Field> {
    let place = rect(doc, annotation.get(b"Rect").ok()?)?;
    let own =
        appearance(doc, annotation).filter(|look| !is_missing(doc, annotation, *look, letters));
    let field = match own {
        Some(look) => placed(doc, look, &place, id)?,
        None => {
            let look = field_look::draw(doc, annotation, &place, letters, next)?;
            if field::has_value(doc, annotation) {
                notes.insert(NoteKind::FieldWithoutAppearance);
            }
            if field::writes_value(doc, annotation) && !can_be_written(doc, annotation, letters) {
                notes.insert(NoteKind::FieldLettersMissing);
            }
            placed(doc, look, &place, id)?
        }
    };
    notes.insert(NoteKind::FieldsFlattened);
    Some(field)
}

/// The picture that is shown for a sound, a video, a model or a file until somebody opens it.
pub(super) fn picture(
    doc: &mut Document,
    annotation: &Dictionary,
    id: Option<ObjectId>,
) -> Option<Field> {
    let place = rect(doc, annotation.get(b"Rect").ok()?)?;
    if let Some(look) = appearance(doc, annotation) {
        return placed(doc, look, &place, id);
    }
    let poster = get_dict(doc, annotation, b"Movie")?.get(b"Poster").ok()?;
    let look = super::object::reference(poster)
        .filter(|_| matches!(resolve(doc, poster), Object::Stream(_)))?;
    Some(Field {
        annotation: id,
        look,
        matrix: Matrix::new([place.width(), 0.0, 0.0, place.height(), place.x0, place.y0]),
    })
}

/// Whether a look does not show the value of a text or choice field: it has no text although the field
/// has some, or the form says that it is out of date.
fn is_missing(
    doc: &Document,
    annotation: &Dictionary,
    look: ObjectId,
    letters: &mut Letters,
) -> bool {
    if !matches!(
        field::kind(doc, annotation),
        Some(field::Kind::Text | field::Kind::Choice)
    ) {
        return false;
    }
    let empty =
        matches!(doc.get_object(look), Ok(Object::Stream(look)) if field::draws_nothing(doc, look));
    if field::are_stale(doc) && (empty || can_be_written(doc, annotation, letters)) {
        return true;
    }
    empty && field::has_value(doc, annotation)
}

/// Whether the font has all the letters of a field's value.
pub(crate) fn can_be_written(
    doc: &Document,
    annotation: &Dictionary,
    letters: &mut Letters,
) -> bool {
    let mut has = |c: char| c == '\n' || letters.has(c);
    field::values(doc, annotation)
        .iter()
        .all(|value| value.chars().all(&mut has))
}

/// A look at the place of its annotation.
fn placed(
    doc: &mut Document,
    look: ObjectId,
    place: &Rect,
    annotation: Option<ObjectId>,
) -> Option<Field> {
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
    let lent = field::lent(doc, stream);
    if let Ok(Object::Stream(stream)) = doc.get_object_mut(look) {
        if let Some(resources) = lent {
            stream.dict.set("Resources", resources);
        }
        stream.dict.set("Type", Object::Name(b"XObject".to_vec()));
        stream.dict.set("Subtype", Object::Name(b"Form".to_vec()));
    }
    Some(Field {
        annotation,
        look,
        matrix,
    })
}

/// Gives each field in the structure tree a marked-content number, which replaces the annotation.
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

/// Draws the fields of a page: an entry for each in the page's own copy of its resources, and the
/// content that is returned.
pub(super) fn flatten<'f>(
    doc: &Document,
    fields: impl Iterator<Item = &'f Field>,
    marks: &Marks,
    page: &mut Dictionary,
) -> Vec<u8> {
    let mut resources = get_dict(doc, page, b"Resources")
        .cloned()
        .unwrap_or_default();
    let mut xobjects = get_dict(doc, &resources, b"XObject")
        .cloned()
        .unwrap_or_default();
    let mut overlay = Vec::new();
    let mut number = 0_usize;
    for field in fields {
        let name = loop {
            number += 1;
            let name = format!("{LOOK}{number}");
            if !xobjects.has(name.as_bytes()) {
                break name;
            }
        };
        xobjects.set(name.clone(), Object::Reference(field.look));
        let [a, b, c, d, e, f] = field.matrix.numbers().map(|number| number as f32);
        let mark = field.annotation.and_then(|id| marks.get(&id));
        // Writing to a vector cannot fail.
        if let Some(mcid) = mark {
            let _ = writeln!(overlay, "/Span <</MCID {mcid}>> BDC");
        }
        let _ = writeln!(overlay, "q {a} {b} {c} {d} {e} {f} cm /{name} Do Q");
        if mark.is_some() {
            overlay.extend(b"EMC\n");
        }
    }
    resources.set("XObject", xobjects);
    page.set("Resources", resources);
    overlay
}
