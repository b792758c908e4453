//! The elements of a large file's tags, set aside while it is read: there are some hundreds to a page,
//! and each is no more here than what it holds.

use std::cell::RefCell;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use crate::assemble::folded;
use crate::assemble::objects::{append, make_room};

/// What is left of each element, folded, one behind the other.
#[derive(Default)]
pub(super) struct Elements {
    bytes: Vec<u8>,
    /// Where the object of each number begins among them.
    starts: Vec<u32>,
}

/// Where an object begins that was not set aside.
const NOWHERE: u32 = u32::MAX;

thread_local! {
    /// Those of the file that this thread reads. The reader hands over one object after the other to a
    /// plain function, on the thread that asked for the file.
    static SET_ASIDE: RefCell<Elements> = RefCell::default();
}

/// Opens a file of which some objects are `passed` over or made smaller, and sets its elements aside.
pub(super) fn open(pdf: &[u8], options: LoadOptions) -> Result<(Document, Elements), Error> {
    SET_ASIDE.take();
    let doc = Document::load_mem_with_options(pdf, options);
    let elements = SET_ASIDE.take();
    Ok((doc?, elements))
}

/// Sets an object aside if it is an element, and says whether it did.
pub(super) fn set_aside(id: ObjectId, object: &Object) -> bool {
    match object {
        Object::Dictionary(dict) if dict.has_type(b"StructElem") && dict.has(b"S") => {
            SET_ASIDE.with_borrow_mut(|elements| elements.take_in(id, dict).is_some())
        }
        _ => false,
    }
}

impl Elements {
    /// Keeps what an element holds; `None` where there is no room for it.
    fn take_in(&mut self, (number, generation): ObjectId, element: &Dictionary) -> Option<()> {
        let place = usize::try_from(number).ok().filter(|_| generation == 0)?;
        let held = [b"Pg".as_slice(), b"K"];
        let held = held
            .iter()
            .filter_map(|key| Some((key.to_vec(), element.get(key).ok()?.clone())));
        let held = folded::fold(&Object::Dictionary(held.collect()));
        let start = u32::try_from(append(&mut self.bytes, &held)).ok()?;
        if place >= self.starts.len() {
            let more = place + 1 - self.starts.len();
            make_room(&mut self.starts, more);
            self.starts.resize(place + 1, NOWHERE);
        }
        self.starts[place] = start;
        Some(())
    }

    /// Whether an object is an element: a dictionary with a kind.
    pub(super) fn is_element(&self, doc: &Document, id: ObjectId) -> bool {
        let is_element = |dict: &Dictionary| dict.has(b"S");
        self.start(id).is_some() || doc.get_dictionary(id).is_ok_and(is_element)
    }

    /// What an object holds that is an element or lies below one. Of an element there may be no more.
    pub(super) fn held(&self, doc: &Document, id: ObjectId) -> Option<Dictionary> {
        let Some(start) = self.start(id) else {
            return doc.get_dictionary(id).ok().cloned();
        };
        match folded::unfold(self.bytes.get(start..)?) {
            Object::Dictionary(dict) => Some(dict),
            _ => None,
        }
    }

    /// Where an object that was set aside begins.
    fn start(&self, (number, generation): ObjectId) -> Option<usize> {
        let start = *self.starts.get(usize::try_from(number).ok()?)?;
        (generation == 0 && start != NOWHERE).then_some(start as usize)
    }
}
