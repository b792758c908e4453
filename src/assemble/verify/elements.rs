//! The elements in the tags of a large file, which are set aside while it is read. There are some
//! hundreds for each page, and only what each holds is kept.

use std::cell::RefCell;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use crate::assemble::folded;
use crate::assemble::objects::make_room;

/// What each element holds, folded, one after the other.
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

thread_local! {
    /// The elements of the file that this thread reads. The reader passes each object to a plain
    /// function, on the same thread.
    static SET_ASIDE: RefCell<Elements> = RefCell::default();
}

/// Opens a file and returns its elements separately, as the filter in `options` sets them aside.
pub(super) fn open(pdf: &[u8], options: LoadOptions) -> Result<(Document, Elements), Error> {
    SET_ASIDE.take();
    let doc = Document::load_mem_with_options(pdf, options);
    let elements = SET_ASIDE.take();
    Ok((doc?, elements))
}

/// Sets an object aside if it is an element. Returns whether it did.
pub(super) fn set_aside(id: ObjectId, object: &Object) -> bool {
    match object {
        Object::Dictionary(dict) if dict.has_type(b"StructElem") && dict.has(b"S") => {
            keep(id, dict.get(b"Pg").ok(), dict.get(b"K").ok())
        }
        _ => false,
    }
}

/// Keeps the page and the kids of an element. Returns whether there was room for it.
pub(super) fn keep(id: ObjectId, page: Option<&Object>, kids: Option<&Object>) -> bool {
    SET_ASIDE.with_borrow_mut(|elements| elements.take_in(id, page, kids).is_some())
}

/// The elements that this thread has set aside, which it then no longer has.
#[cfg(test)]
pub(super) fn taken() -> Elements {
    SET_ASIDE.take()
}

impl Elements {
    /// Keeps what an element holds. `None` if there is no room for it.
    fn take_in(
        &mut self,
        (number, generation): ObjectId,
        page: Option<&Object>,
        kids: Option<&Object>,
    ) -> Option<()> {
        let place = usize::try_from(number).ok().filter(|_| generation == 0)?;
        let start = u32::try_from(self.bytes.len()).ok()?;
        make_room(&mut self.bytes, MOST_AT_ONCE);
        folded::put_entries(&mut self.bytes, &[(b"Pg", page), (b"K", kids)]);
        if place >= self.starts.len() {
            let more = place + 1 - self.starts.len();
            make_room(&mut self.starts, more);
            self.starts.resize(place + 1, NOWHERE);
        }
        self.starts[place] = start;
        Some(())
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
