//! PDF objects as they are written, and those accessors that only the assembler needs.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

pub(super) use crate::pdf::object::{
    as_dict, decoded, get, get_array, get_dict, get_int, get_name, get_text, resolve,
};

/// Objects by reference: a whole document's, or a section's own.
pub(super) trait Objects: Sync {
    /// The object that a reference means.
    fn object(&self, id: ObjectId) -> Option<&Object>;
}

impl Objects for Document {
    fn object(&self, id: ObjectId) -> Option<&Object> {
        self.get_object(id).ok()
    }
}

impl Objects for Vec<Object> {
    fn object(&self, (number, generation): ObjectId) -> Option<&Object> {
        if generation == 0 {
            self.get(number as usize)
        } else {
            None
        }
    }
}

/// The dictionary that an entry is or refers to; an empty one for anything else.
pub(super) fn dictionary(objects: &dyn Objects, entry: Option<&Object>) -> Dictionary {
    match entry {
        Some(Object::Dictionary(dict)) => dict.clone(),
        Some(Object::Reference(id)) => match objects.object(*id) {
            Some(Object::Dictionary(dict)) => dict.clone(),
            _ => Dictionary::new(),
        },
        _ => Dictionary::new(),
    }
}

pub(super) fn get_string<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    match get(doc, dict, key)? {
        Object::String(bytes, _) => Some(bytes),
        _ => None,
    }
}

/// A finite number; the numbers of a PDF are single precision wherever they are written again.
pub(super) fn number(object: &Object) -> Option<f32> {
    crate::pdf::object::number(object).map(|number| number as f32)
}

/// The first `N` numbers of an array.
pub(super) fn numbers<const N: usize>(doc: &Document, object: &Object) -> Option<[f32; N]> {
    crate::pdf::object::numbers(doc, object).map(|numbers| numbers.map(|number| number as f32))
}

/// A reference.
pub(super) fn reference(object: &Object) -> Option<ObjectId> {
    match object {
        Object::Reference(id) => Some(*id),
        _ => None,
    }
}

/// A name object.
pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A text string: ASCII as it is, anything else in UTF-16 with its mark.
pub(super) fn text_string(text: &str) -> Object {
    if text.chars().all(|c| matches!(c, ' '..='~')) {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xfe, 0xff];
    for unit in text.encode_utf16() {
        bytes.extend(unit.to_be_bytes());
    }
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A dictionary from its entries.
pub(super) fn dict<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut dict = Dictionary::new();
    for (key, value) in entries {
        dict.set(key, value);
    }
    dict
}

/// An array of numbers.
pub(super) fn reals<const N: usize>(values: [f32; N]) -> Object {
    Object::Array(values.into_iter().map(Object::Real).collect())
}

/// An integer from a count.
pub(super) fn int(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
