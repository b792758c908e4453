//! Makes PDF objects to be written, and has the accessors that only the assembler needs.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use crate::pdf::geometry::{Point, Rect};
pub(super) use crate::pdf::object::{
    as_dict, decoded, get, get_array, get_dict, get_int, get_name, get_number, get_text, number,
    numbers, resolve,
};

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

/// The id that an object refers to, if it is a reference.
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

/// A text string: ASCII as it is, anything else in UTF-16 with a byte order mark.
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
pub(super) fn reals<const N: usize>(values: [f64; N]) -> Object {
    Object::Array(values.into_iter().map(real).collect())
}

/// A number. Those of a PDF have single precision.
pub(super) fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

/// A rectangle as a PDF has it.
pub(super) fn rectangle(area: &Rect) -> Object {
    reals([area.x0, area.y0, area.x1, area.y1])
}

/// The rectangle that four numbers are.
pub(super) fn area(values: &[Object]) -> Option<Rect> {
    let values: Vec<f64> = values.iter().map(number).collect::<Option<_>>()?;
    let [x0, y0, x1, y1] = values.try_into().ok()?;
    Some(Rect::between(
        Point { x: x0, y: y0 },
        Point { x: x1, y: y1 },
    ))
}

/// An integer from a count.
pub(super) fn int(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
