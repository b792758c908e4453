//! The elements of a large file's tags, set aside while it is read: there are some hundreds to a page,
//! and each is no more here than what it holds.

use std::cell::RefCell;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use crate::assemble::folded;

/// What is left of each element, folded, one after the other.
#[derive(Default)]
pub(super) struct Elements {
    bytes: Vec<u8>,
    /// Where the element with an object number begins and ends; nowhere if it is no element.
    places: Vec<(u32, u32)>,
}

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
        let held = [b"S".as_slice(), b"Pg", b"K"];
        let held = held
            .iter()
            .filter_map(|key| Some((key.to_vec(), element.get(key).ok()?.clone())));
        let from = u32::try_from(self.bytes.len()).ok()?;
        folded::put(&mut self.bytes, &Object::Dictionary(held.collect()));
        let to = u32::try_from(self.bytes.len()).ok()?;
        if place >= self.places.len() {
            self.places.resize(place + 1, (0, 0));
        }
        self.places[place] = (from, to);
        Some(())
    }

    /// An element of a file, of which nothing may be left but what it holds.
    pub(super) fn element(&self, doc: &Document, id: ObjectId) -> Option<Dictionary> {
        let place = usize::try_from(id.0).ok()?;
        let object = match self.places.get(place) {
            Some(&(from, to)) if id.1 == 0 && from < to => {
                folded::unfold(&self.bytes[from as usize..to as usize])
            }
            _ => doc.get_object(id).ok()?.clone(),
        };
        match object {
            Object::Dictionary(dict) => Some(dict),
            _ => None,
        }
    }
}
