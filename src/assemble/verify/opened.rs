//! Opens the finished file and leaves out what is not checked: images, fonts and attributes of elements.
//! The pack is already in memory once.
//!
//! The reader goes through a file on one core. Most of a pack's objects are in object streams, which it
//! passes over; they are read afterwards on all cores.

use std::cell::RefCell;
use std::mem;

use lopdf::xref::{Xref, XrefEntry};
use lopdf::{Document, Error, LoadOptions, Object, ObjectId, Stream};
use rayon::prelude::*;

use super::elements::{Elements, SetAside};
use super::{packed, tags};
use crate::assemble::lock::Password;
use crate::pdf::substance;

/// The largest file that is read into memory as a whole, in bytes.
const LARGE: usize = 256 << 10;
/// The longest stream that is kept of a larger file, in bytes.
const BULK: usize = substance::LARGEST_COMPARED;
/// The longest list of widths that is kept of a larger file.
const MOST_WIDTHS: usize = 64;
/// How many object streams one core reads at a time.
const AT_A_TIME: usize = 32;

/// What the reader passes over.
#[derive(Default)]
struct Apart {
    elements: SetAside,
    /// Object streams, each with the number of its object.
    streams: Vec<(u32, Stream)>,
}

thread_local! {
    /// What is passed over in the file that this thread reads. The reader gives each object to a plain
    /// function, on the same thread.
    static APART: RefCell<Apart> = RefCell::default();
}

/// Opens a file and returns its elements separately.
pub(super) fn open(pdf: &[u8], password: Option<&Password>) -> Result<(Document, Elements), Error> {
    let options = LoadOptions {
        password: password.map(|password| password.as_str().to_owned()),
        filter: (pdf.len() > LARGE).then_some(without_bulk),
        ..LoadOptions::default()
    };
    APART.take();
    let doc = Document::load_mem_with_options(pdf, options);
    let Apart { elements, streams } = APART.take();
    let mut doc = doc?;
    let batches = streams
        .into_par_iter()
        .chunks(AT_A_TIME)
        .map(|streams| unpacked(streams, &doc.reference_table))
        .collect::<Result<Vec<_>, _>>()?;
    let mut parts = vec![elements];
    for (objects, elements) in batches {
        for (id, object) in objects {
            doc.objects.entry(id).or_insert(object);
        }
        parts.push(elements);
    }
    Ok((doc, Elements::of(&parts)))
}

/// Keeps of an object what is checked, or sets it apart. The reader keeps `object` as it is left here.
fn without_bulk(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let whole = mem::replace(object, Object::Null);
    APART.with_borrow_mut(|apart| match whole {
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            apart.streams.push((id.0, stream));
            None
        }
        whole => {
            *object = slim(id, whole, &mut apart.elements)?;
            Some((id, Object::Null))
        }
    })
}

/// What is checked of the objects in some object streams, and their elements. Only what the file's table
/// of objects leads to counts.
fn unpacked(
    streams: Vec<(u32, Stream)>,
    table: &Xref,
) -> Result<(Vec<(ObjectId, Object)>, SetAside), Error> {
    let mut elements = SetAside::default();
    let mut kept = Vec::new();
    for (stream_number, stream) in streams {
        let is_here = |number: u32| match table.get(number) {
            Some(XrefEntry::Compressed { container, .. }) => *container == stream_number,
            _ => false,
        };
        for (id, object) in packed::objects(stream, is_here, &mut elements)? {
            if let Some(object) = slim(id, object, &mut elements) {
                kept.push((id, object));
            }
        }
    }
    Ok((kept, elements))
}

/// An object without what is not checked of it. `None` if nothing is, or if it is an element.
pub(super) fn slim(id: ObjectId, mut object: Object, elements: &mut SetAside) -> Option<Object> {
    if let Object::Stream(stream) = &mut object {
        if stream.content.len() > BULK {
            stream.content = vec![0];
        }
        return Some(object);
    }
    if elements.take(id, &object) || tags::is_attributes(&object) || tags::is_numbers(&object) {
        return None;
    }
    if let Object::Dictionary(font) = &mut object
        && font.has_type(b"Font")
    {
        // Text that is read here needs the widths of its letters, but only in fonts with few letters,
        // such as those of page numbers.
        let is_long = |list: &Object| list.as_array().is_ok_and(|list| list.len() > MOST_WIDTHS);
        for key in [b"Widths".as_slice(), b"W"] {
            if font.get(key).is_ok_and(is_long) {
                font.remove(key);
            }
        }
    }
    Some(tags::folded(&object).unwrap_or(object))
}
