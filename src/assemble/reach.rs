//! Walks over everything that the pages of a section reach. Objects are moved out of the file's document
//! as they are met, and cleaned. What no page reaches is left behind.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::entries::Entries;
use super::imported::local;
use super::object::{as_dict, get_name};
use super::objects::Objects;

/// What a reference must never lead to, and the annotations that it may lead to.
pub(super) struct Forbidden<'a> {
    /// Pages that are not selected.
    pub(super) pages: HashSet<ObjectId>,
    /// Structure elements that are left out.
    pub(super) elements: &'a HashSet<ObjectId>,
    /// The annotations that are kept. A reference must not lead to any other.
    pub(super) annotations: &'a HashSet<ObjectId>,
}

/// The walk.
pub(super) struct Reach<'a> {
    doc: Document,
    forbidden: Forbidden<'a>,
    /// The structure elements as they are in the pack, in place of those of the file.
    elements: BTreeMap<ObjectId, Entries>,
    /// The number of each object that is kept.
    pub(super) numbers: HashMap<ObjectId, usize>,
    queue: VecDeque<ObjectId>,
    /// The objects so far, by their numbers.
    pub(super) objects: Objects,
}

impl<'a> Reach<'a> {
    pub(super) fn new(
        doc: Document,
        forbidden: Forbidden<'a>,
        elements: BTreeMap<ObjectId, Entries>,
    ) -> Self {
        Self {
            doc,
            forbidden,
            elements,
            numbers: HashMap::new(),
            queue: VecDeque::new(),
            objects: Objects::default(),
        }
    }

    /// The number of an object that is kept in any case.
    pub(super) fn claim(&mut self, id: ObjectId) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(id).or_insert_with(|| {
            self.queue.push_back(id);
            next
        })
    }

    /// Follows every reference. `None` if there are more objects than can be numbered.
    pub(super) fn run(&mut self) -> Option<()> {
        while let Some(id) = self.queue.pop_front() {
            let mut object = self.doc.objects.remove(&id).unwrap_or(Object::Null);
            if let Some(mut element) = self.elements.remove(&id) {
                for value in element.values_mut() {
                    self.rewrite(value);
                }
                self.objects.push_entries(&element);
            } else {
                self.rewrite(&mut object);
                self.objects.push(object);
            }
            if u32::try_from(self.numbers.len()).is_err() {
                return None;
            }
        }
        Some(())
    }

    /// Gives references their numbers in the section. The parser limits the depth of the recursion.
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
        if self.elements.contains_key(&id) {
            return local(self.claim(id));
        }
        // If an object is itself a reference, the walk goes to where it leads.
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
            // Simple values are small, so they are written where they are used.
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

/// Whether an object is an annotation. Its type may be missing.
pub(super) fn is_annotation(doc: &Document, object: &Object) -> bool {
    matches!(object, Object::Dictionary(dict)
        if get_name(doc, dict, b"Type") == Some(b"Annot") || (dict.has(b"Rect") && dict.has(b"Subtype")))
}

/// Removes from objects in use what would cause them to be left out. In a damaged file, a content
/// stream may have the type of something else.
pub(super) fn let_travel<'a>(doc: &mut Document, used: impl Iterator<Item = &'a ObjectId>) {
    for id in used {
        let goes = doc.objects.get(id).is_none_or(|it| !never_travels(doc, it));
        if !goes && let Ok(Object::Stream(stream)) = doc.get_object_mut(*id) {
            stream.dict.remove(b"Type");
            stream.dict.remove(b"S");
        }
    }
}

/// Whether an object is of a kind that must not be in a pack, wherever a reference to it is.
fn never_travels(doc: &Document, object: &Object) -> bool {
    let Some(dict) = as_dict(object) else {
        return false;
    };
    match get_name(doc, dict, b"Type") {
        Some(
            b"Catalog" | b"Pages" | b"Page" | b"StructTreeRoot" | b"Outlines" | b"EmbeddedFile"
            | b"Filespec" | b"F" | b"ObjStm" | b"XRef" | b"Sig" | b"Thread" | b"Bead",
        ) => true,
        // A property list may have this type too. It is kept only if it has the tag of some content.
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

/// Removes from a stream's dictionary whatever describes how it was made rather than its content, and
/// whatever would fetch its data from another file.
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
