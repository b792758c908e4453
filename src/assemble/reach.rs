//! The walk over what the pages of a section reach: objects move out of the file's document as they
//! are met, cleaned on the way. What no page reaches stays behind.

use std::collections::{HashMap, HashSet, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::imported::local;
use super::object::{as_dict, get_name};
use super::objects::Objects;

/// What a reference must never lead to.
pub(super) struct Forbidden<'a> {
    /// Pages that are not selected.
    pub(super) pages: HashSet<ObjectId>,
    /// Structure elements that do not travel.
    pub(super) elements: &'a HashSet<ObjectId>,
    /// The annotations that do travel: to all others no reference may lead.
    pub(super) annotations: &'a HashSet<ObjectId>,
}

/// The walk.
pub(super) struct Reach<'a> {
    doc: Document,
    forbidden: Forbidden<'a>,
    /// The number of each object that travels.
    pub(super) numbers: HashMap<ObjectId, usize>,
    queue: VecDeque<ObjectId>,
    /// The objects by their numbers, as far as the walk has come.
    pub(super) objects: Objects,
}

impl<'a> Reach<'a> {
    pub(super) fn new(doc: Document, forbidden: Forbidden<'a>) -> Self {
        Self {
            doc,
            forbidden,
            numbers: HashMap::new(),
            queue: VecDeque::new(),
            objects: Objects::default(),
        }
    }

    /// The number of an object that travels in any case.
    pub(super) fn claim(&mut self, id: ObjectId) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(id).or_insert_with(|| {
            self.queue.push_back(id);
            next
        })
    }

    /// Follows every reference; `None` where there are more objects than can be numbered.
    pub(super) fn run(&mut self) -> Option<()> {
        while let Some(id) = self.queue.pop_front() {
            let mut object = self.doc.objects.remove(&id).unwrap_or(Object::Null);
            self.rewrite(&mut object);
            self.objects.push(object);
            if u32::try_from(self.numbers.len()).is_err() {
                return None;
            }
        }
        Some(())
    }

    /// Gives references their numbers in the section. Depth is bounded by the parser.
    pub(super) fn rewrite(&mut self, object: &mut Object) {
        match object {
            Object::Reference(id) => *object = self.follow(*id),
            Object::Array(array) => {
                for entry in array {
                    self.rewrite(entry);
                }
            }
            Object::Dictionary(dict) => {
                for (_, value) in dict.iter_mut() {
                    self.rewrite(value);
                }
            }
            Object::Stream(stream) => {
                clean_stream(&mut stream.dict);
                for (_, value) in stream.dict.iter_mut() {
                    self.rewrite(value);
                }
            }
            _ => {}
        }
    }

    fn follow(&mut self, mut id: ObjectId) -> Object {
        if let Some(number) = self.numbers.get(&id) {
            return local(*number);
        }
        // An object that is a reference itself: go where it leads.
        for _ in 0..16 {
            match self.doc.objects.get(&id) {
                Some(Object::Reference(next)) => id = *next,
                _ => break,
            }
        }
        if let Some(number) = self.numbers.get(&id) {
            return local(*number);
        }
        match self.doc.objects.get(&id) {
            None | Some(Object::Null | Object::Reference(_)) => Object::Null,
            // Simple values are small: written where they are used.
            Some(
                simple @ (Object::Integer(_)
                | Object::Real(_)
                | Object::Boolean(_)
                | Object::Name(_)),
            ) => simple.clone(),
            Some(target) => {
                if self.forbidden.pages.contains(&id)
                    || self.forbidden.elements.contains(&id)
                    || never_travels(&self.doc, target)
                    || (is_annotation(&self.doc, target)
                        && !self.forbidden.annotations.contains(&id))
                {
                    return Object::Null;
                }
                local(self.claim(id))
            }
        }
    }
}

/// Whether an object is an annotation, which need not say so.
pub(super) fn is_annotation(doc: &Document, object: &Object) -> bool {
    matches!(object, Object::Dictionary(dict)
        if get_name(doc, dict, b"Type") == Some(b"Annot") || (dict.has(b"Rect") && dict.has(b"Subtype")))
}

/// Takes from objects that are in use what would keep them from travelling: in a damaged file, a
/// content stream may say that it is something else.
pub(super) fn let_travel<'a>(doc: &mut Document, used: impl Iterator<Item = &'a ObjectId>) {
    for id in used {
        let goes = doc.objects.get(id).is_none_or(|it| !never_travels(doc, it));
        if !goes && let Ok(Object::Stream(stream)) = doc.get_object_mut(*id) {
            stream.dict.remove(b"Type");
            stream.dict.remove(b"S");
        }
    }
}

/// Kinds of object that have no business in a pack, wherever a reference to one may stand.
fn never_travels(doc: &Document, object: &Object) -> bool {
    let Some(dict) = as_dict(object) else {
        return false;
    };
    match get_name(doc, dict, b"Type") {
        Some(
            b"Catalog" | b"Pages" | b"Page" | b"StructTreeRoot" | b"Outlines" | b"EmbeddedFile"
            | b"Filespec" | b"F" | b"ObjStm" | b"XRef" | b"Sig" | b"Thread" | b"Bead",
        ) => true,
        // As a property list, too, unless it says which tag some content belongs to.
        Some(b"Metadata") => matches!(object, Object::Stream(_)) || !dict.has(b"MCID"),
        _ => matches!(
            get_name(doc, dict, b"S"),
            Some(
                b"JavaScript"
                    | b"Launch"
                    | b"SubmitForm"
                    | b"ImportData"
                    | b"Rendition"
                    | b"GoToE"
                    | b"GoToR"
            )
        ),
    }
}

/// Takes out of a stream's dictionary what describes its making rather than its content, and what
/// would fetch its data from another file.
fn clean_stream(dict: &mut Dictionary) {
    for key in [
        b"Metadata".as_slice(),
        b"PieceInfo",
        b"LastModified",
        b"OPI",
        b"AA",
        b"Thumb",
        b"AF",
        b"Alternates",
        b"F",
        b"FFilter",
        b"FDecodeParms",
        b"Ref",
    ] {
        dict.remove(key);
    }
}
