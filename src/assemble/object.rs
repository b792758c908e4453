//! Reading PDF objects without trusting them: every accessor answers "not there" for what is
//! missing, of the wrong kind, or refers to itself.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

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

static NULL: Object = Object::Null;

/// What `object` stands for after following references; null for a dangling or circular one.
pub(super) fn resolve<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(_) => doc.dereference(object).map_or(&NULL, |(_, found)| found),
        other => other,
    }
}

/// The value of `key`, references followed; `None` for null.
pub(super) fn get<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    match resolve(doc, dict.get(key).ok()?) {
        Object::Null => None,
        found => Some(found),
    }
}

/// The dictionary that `object` is, or that its stream has.
pub(super) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(super) fn get_dict<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    as_dict(get(doc, dict, key)?)
}

pub(super) fn get_array<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [Object]> {
    match get(doc, dict, key)? {
        Object::Array(array) => Some(array),
        _ => None,
    }
}

pub(super) fn get_name<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    match get(doc, dict, key)? {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

pub(super) fn get_int(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<i64> {
    match get(doc, dict, key)? {
        Object::Integer(value) => Some(*value),
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a float-to-integer cast saturates"
        )]
        Object::Real(value) => Some(*value as i64),
        _ => None,
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

/// A text string decoded: UTF-16 with its mark, UTF-8 with its mark, or else PDFDocEncoding.
pub(super) fn get_text(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<String> {
    match get(doc, dict, key)? {
        string @ Object::String(..) => text(string),
        _ => None,
    }
}

/// A text string decoded, control characters and outer spaces removed; `None` when nothing is left.
pub(super) fn text(string: &Object) -> Option<String> {
    let Object::String(bytes, _) = string else {
        return None;
    };
    let decoded = lopdf::decode_text_string(string)
        .unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect());
    let cleaned: String = decoded
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| *c != '\u{feff}')
        .collect();
    let cleaned = cleaned.trim();
    (!cleaned.is_empty()).then(|| cleaned.to_owned())
}

/// A finite number.
pub(super) fn number(object: &Object) -> Option<f32> {
    match object {
        #[allow(
            clippy::cast_precision_loss,
            reason = "PDF numbers are read as single precision throughout"
        )]
        Object::Integer(value) => Some(*value as f32),
        Object::Real(value) if value.is_finite() => Some(*value),
        _ => None,
    }
}

/// Exactly `N` finite numbers.
pub(super) fn numbers<const N: usize>(doc: &Document, object: &Object) -> Option<[f32; N]> {
    let Object::Array(array) = resolve(doc, object) else {
        return None;
    };
    let mut values = [0.0; N];
    if array.len() < N {
        return None;
    }
    for (value, object) in values.iter_mut().zip(array) {
        *value = number(resolve(doc, object))?;
    }
    Some(values)
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

/// The stream's bytes as its filters give them, at most `limit`.
pub(super) fn decoded(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    stream.get_plain_content_with_limit(limit).ok()
}
