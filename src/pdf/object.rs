//! Reads PDF objects without trusting them. Every accessor returns `None` for anything that is missing, of
//! the wrong type, or refers to itself.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

static NULL: Object = Object::Null;

/// The object itself, or the one that a reference leads to. Null for a broken or circular reference.
pub(crate) fn resolve<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(_) => doc.dereference(object).map_or(&NULL, |(_, found)| found),
        other => other,
    }
}

/// The id of the object that a reference leads to. `None` for anything else.
pub(crate) fn target(doc: &Document, object: &Object) -> Option<ObjectId> {
    match object {
        Object::Reference(_) => doc.dereference(object).ok().and_then(|(id, _)| id),
        _ => None,
    }
}

/// The value of `key`, with references followed. `None` for null.
pub(crate) fn get<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    match resolve(doc, dict.get(key).ok()?) {
        Object::Null => None,
        found => Some(found),
    }
}

/// A dictionary with room for its entries and no more: a tagged file has tens of thousands of them.
pub(crate) fn dictionary(entries: impl ExactSizeIterator<Item = (Vec<u8>, Object)>) -> Dictionary {
    let mut dict = Dictionary::new();
    let map = dict.as_hashmap_mut();
    map.reserve_exact(entries.len());
    map.extend(entries);
    dict
}

/// The dictionary that `object` is, or that its stream has.
pub(crate) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The dictionary (or a stream's dictionary) at `key`.
pub(crate) fn get_dict<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    as_dict(get(doc, dict, key)?)
}

/// The stream at `key`.
pub(crate) fn get_stream<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Stream> {
    match get(doc, dict, key)? {
        Object::Stream(stream) => Some(stream),
        _ => None,
    }
}

/// The array at `key`.
pub(crate) fn get_array<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [Object]> {
    match get(doc, dict, key)? {
        Object::Array(array) => Some(array),
        _ => None,
    }
}

/// The name at `key`.
pub(crate) fn get_name<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    match get(doc, dict, key)? {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

/// The whole number at `key`, without any fraction.
pub(crate) fn get_int(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<i64> {
    match get(doc, dict, key)? {
        Object::Integer(value) => Some(*value),
        Object::Real(value) => Some(*value as i64),
        _ => None,
    }
}

/// The finite number at `key`.
pub(crate) fn get_number(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<f64> {
    number(get(doc, dict, key)?)
}

/// The truth value at `key`.
pub(crate) fn get_bool(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<bool> {
    match get(doc, dict, key)? {
        Object::Boolean(value) => Some(*value),
        _ => None,
    }
}

/// The text string at `key`, decoded, without outer spaces. `None` if nothing is left.
pub(crate) fn get_text(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<String> {
    let text = text(get(doc, dict, key)?)?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A decoded text string: UTF-16 or UTF-8 with a byte order mark, or else PDFDocEncoding. Control
/// characters become spaces.
pub(crate) fn text(string: &Object) -> Option<String> {
    Some(
        unicode(string)?
            .chars()
            .filter(|c| !matches!(c, '\u{feff}' | '\0'))
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
    )
}

/// A decoded text string with everything in it. Little-endian UTF-16 is against the standard, but some
/// programs write it.
pub(crate) fn unicode(string: &Object) -> Option<String> {
    let Object::String(bytes, _) = string else {
        return None;
    };
    if let Some(swapped) = bytes.strip_prefix(b"\xff\xfe") {
        let units = swapped.chunks_exact(2);
        let units: Vec<u16> = units
            .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
            .collect();
        return Some(String::from_utf16_lossy(&units));
    }
    let decoded = lopdf::decode_text_string(string);
    Some(decoded.unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect()))
}

/// A finite number.
pub(crate) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) if value.is_finite() => Some(f64::from(*value)),
        _ => None,
    }
}

/// The first `N` numbers of an array.
pub(crate) fn numbers<const N: usize>(doc: &Document, object: &Object) -> Option<[f64; N]> {
    let Object::Array(array) = resolve(doc, object) else {
        return None;
    };
    if array.len() < N {
        return None;
    }
    let mut values = [0.0; N];
    for (value, object) in values.iter_mut().zip(array) {
        *value = number(resolve(doc, object))?;
    }
    Some(values)
}

/// The numbers at `key`.
pub(crate) fn get_numbers<const N: usize>(
    doc: &Document,
    dict: &Dictionary,
    key: &[u8],
) -> Option<[f64; N]> {
    numbers(doc, dict.get(key).ok()?)
}

/// The bytes of a stream after its filters, as far as they can be read. `None` if they are more than
/// `limit`.
pub(crate) fn decoded(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    super::unpack::unpacked(stream, limit).map(|unpacked| unpacked.bytes)
}
