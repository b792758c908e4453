//! The elements in the tags of a large file, which are set aside while it is read. There are some
//! hundreds for each page, and only what each holds is kept.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::assemble::folded;
use crate::assemble::objects::make_room;

/// What each element of some objects holds, folded, one after the other.
#[derive(Default)]
pub(super) struct SetAside {
    bytes: Vec<u8>,
    /// The number of each element's object, and where it begins in `bytes`.
    starts: Vec<(u32, usize)>,
}

/// What each element of a file holds.
#[derive(Default)]
pub(super) struct Elements {
    bytes: Vec<u8>,
    /// Where the object of each number begins in `bytes`.
    starts: Vec<u32>,
}

/// Room for what most elements hold, in bytes.
const MOST_AT_ONCE: usize = 64;
/// The beginning of an object that was not set aside.
const NOWHERE: u32 = u32::MAX;

impl SetAside {
    /// Takes in an object if it is an element. Returns whether it is.
    pub(super) fn take(&mut self, id: ObjectId, object: &Object) -> bool {
        match object {
            Object::Dictionary(dict) if dict.has_type(b"StructElem") && dict.has(b"S") => {
                self.keep(id, dict.get(b"Pg").ok(), dict.get(b"K").ok())
            }
            _ => false,
        }
    }

    /// Keeps the page and the kids of an element. Returns whether its number is one that this program
    /// gives to objects.
    pub(super) fn keep(
        &mut self,
        (number, generation): ObjectId,
        page: Option<&Object>,
        kids: Option<&Object>,
    ) -> bool {
        if generation != 0 {
            return false;
        }
        make_room(&mut self.starts, 1);
        self.starts.push((number, self.bytes.len()));
        make_room(&mut self.bytes, MOST_AT_ONCE);
        let entries = [(b"Pg".as_slice(), page), (b"K", kids)].into_iter();
        let entries: Vec<_> = entries
            .filter_map(|(key, value)| Some((key, value?)))
            .collect();
        folded::put_entries(&mut self.bytes, entries.into_iter());
        true
    }
}

impl Elements {
    /// The elements of all parts of a file. Those for which there is no room are left out.
    pub(super) fn of(parts: &[SetAside]) -> Self {
        let numbers = parts.iter().flat_map(|part| &part.starts);
        let end = numbers.map(|(number, _)| *number as usize + 1).max();
        let mut starts = vec![NOWHERE; end.unwrap_or_default()];
        let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.bytes.len()).sum());
        for part in parts {
            for (number, start) in &part.starts {
                let start = u32::try_from(bytes.len() + start);
                starts[*number as usize] = start.unwrap_or(NOWHERE);
            }
            bytes.extend_from_slice(&part.bytes);
        }
        Self { bytes, starts }
    }

    /// Whether an object is an element: a dictionary with a type.
    pub(super) fn is_element(&self, doc: &Document, id: ObjectId) -> bool {
        let is_element = |dict: &Dictionary| dict.has(b"S");
        self.start(id).is_some() || doc.get_dictionary(id).is_ok_and(is_element)
    }

    /// The dictionary of an object that is an element or below one. Only what it holds may be left of an
    /// element.
    pub(super) fn held(&self, doc: &Document, id: ObjectId) -> Option<Dictionary> {
        let Some(start) = self.start(id) else {
            return doc.get_dictionary(id).ok().cloned();
        };
        match folded::unfold(self.bytes.get(start..)?) {
            Object::Dictionary(dict) => Some(dict),
            _ => None,
        }
    }

    /// Where an object begins that was set aside.
    fn start(&self, (number, generation): ObjectId) -> Option<usize> {
        let start = *self.starts.get(usize::try_from(number).ok()?)?;
        (generation == 0 && start != NOWHERE).then_some(start as usize)
    }
}
