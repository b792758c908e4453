//! Writes the filters of streams in one form: by their full names, in the stream's own dictionary, and
//! without the filter for encryption. Code that unpacks a stream then needs to know only that form.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::object::resolve;

/// The short names of filters. They are for inline images, but are found elsewhere too.
const SHORT: [(&[u8], &[u8]); 7] = [
    (b"AHx", b"ASCIIHexDecode"),
    (b"A85", b"ASCII85Decode"),
    (b"LZW", b"LZWDecode"),
    (b"Fl", b"FlateDecode"),
    (b"RL", b"RunLengthDecode"),
    (b"CCF", b"CCITTFaxDecode"),
    (b"DCT", b"DCTDecode"),
];

/// Writes out the filters of every stream.
pub(super) fn settle(doc: &mut Document) {
    let settled: Vec<(ObjectId, Dictionary)> = doc
        .objects
        .iter()
        .filter_map(|(id, object)| match object {
            Object::Stream(stream) => Some((*id, settled(doc, &stream.dict)?)),
            _ => None,
        })
        .collect();
    for (id, dict) in settled {
        if let Some(Object::Stream(stream)) = doc.objects.get_mut(&id) {
            stream.dict = dict;
        }
    }
    for object in doc.objects.values_mut() {
        if let Object::Stream(stream) = object
            && let Some(digits) = digits_alone(stream)
        {
            stream.set_content(digits);
        }
    }
}

/// The digits of hexadecimal data among which is something else, or `None` for any other stream. Some
/// readers pass over it and others read it as zeros, so it is left out for all of them.
fn digits_alone(stream: &Stream) -> Option<Vec<u8>> {
    let first = match stream.dict.get(b"Filter").ok()? {
        Object::Array(filters) => filters.first()?,
        filter => filter,
    };
    if first.as_name().ok()? != b"ASCIIHexDecode" {
        return None;
    }
    let data = stream.content.split(|byte| *byte == b'>').next()?;
    let is_space = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    if data.iter().all(|it| it.is_ascii_hexdigit() || is_space(it)) {
        return None;
    }
    let digits = data.iter().filter(|byte| byte.is_ascii_hexdigit());
    Some(digits.chain(b">").copied().collect())
}

/// A stream's dictionary with its filters written out, or `None` if they are already.
pub(super) fn settled(doc: &Document, dict: &Dictionary) -> Option<Dictionary> {
    let filters = filters(doc, dict)?;
    let is_plain = |filter: &Object| match filter {
        Object::Name(name) => {
            name.as_slice() != b"Crypt" && !SHORT.iter().any(|(short, _)| name == short)
        }
        _ => false,
    };
    let names = entries(doc, filters);
    let parameters = dict.get(b"DecodeParms").or_else(|_| dict.get(b"DP")).ok();
    let plain_names = match filters {
        Object::Array(filters) => filters.iter().all(is_plain),
        filter => is_plain(filter),
    };
    let is_written_out = |each: &Object| match each {
        Object::Reference(_) => false,
        Object::Dictionary(each) => {
            !(each.iter()).any(|(_, value)| matches!(value, Object::Reference(_)))
        }
        _ => true,
    };
    let plain_parameters = match parameters {
        Some(Object::Array(each)) => each.iter().all(is_written_out),
        Some(each) => is_written_out(each),
        None => true,
    };
    if plain_names && plain_parameters && dict.has(b"Filter") && !dict.has(b"DP") {
        return None;
    }
    let parameters = parameters.map_or_else(Vec::new, |each| entries(doc, each));
    let (mut full_names, mut full_parameters) = (Vec::new(), Vec::new());
    for (place, filter) in names.into_iter().enumerate() {
        let Object::Name(name) = filter else { continue };
        if name == b"Crypt" {
            // The data was decrypted with the rest of the file.
            continue;
        }
        let full = SHORT.iter().find(|(short, _)| name == *short);
        full_names.push(Object::Name(full.map_or(name, |(_, full)| full.to_vec())));
        full_parameters.push(match parameters.get(place) {
            Some(Object::Dictionary(each)) => Object::Dictionary(direct(doc, each)),
            Some(each) => each.clone(),
            None => Object::Null,
        });
    }
    let mut dict = dict.clone();
    for key in [b"Filter".as_slice(), b"DecodeParms", b"DP"] {
        dict.remove(key);
    }
    if abbreviated(doc, &dict).is_some() {
        dict.remove(b"F");
    }
    if !full_names.is_empty() {
        dict.set("Filter", full_names);
        if full_parameters.iter().any(|each| !each.is_null()) {
            dict.set("DecodeParms", full_parameters);
        }
    }
    Some(dict)
}

/// The filters of a stream.
fn filters<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a Object> {
    dict.get(b"Filter").ok().or_else(|| abbreviated(doc, dict))
}

/// Filters under the short key of inline images. In other streams it names an external file, by a string
/// or a dictionary.
fn abbreviated<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a Object> {
    let filters = dict.get(b"F").ok()?;
    match resolve(doc, filters) {
        Object::Name(_) => Some(filters),
        Object::Array(names) if names.iter().all(|name| name.as_name().is_ok()) => Some(filters),
        _ => None,
    }
}

/// Parameters with their references replaced by the numbers and flags that they refer to. A stream, which
/// JBIG2 has, stays a separate object.
fn direct(doc: &Document, parameters: &Dictionary) -> Dictionary {
    let mut direct = parameters.clone();
    for (_, value) in direct.iter_mut() {
        let held = resolve(doc, value);
        if !matches!(held, Object::Stream(_)) {
            *value = held.clone();
        }
    }
    direct
}

/// The values of a single entry or an array of entries, without references.
fn entries(doc: &Document, entry: &Object) -> Vec<Object> {
    match resolve(doc, entry) {
        Object::Array(entries) => entries
            .iter()
            .map(|entry| resolve(doc, entry).clone())
            .collect(),
        entry => vec![entry.clone()],
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn hexadecimal_data_is_read_without_what_is_none() {
        let cleaned = |data: &[u8]| {
            let dict = dictionary! { "Filter" => Object::Name(b"AHx".to_vec()) };
            let mut doc = Document::with_version("1.7");
            let id = doc.add_object(Stream::new(dict, data.to_vec()));
            settle(&mut doc);
            let stream = doc.get_object(id).and_then(Object::as_stream).cloned();
            stream.expect("a stream").content
        };
        assert_eq!(cleaned(b"41x 4;2\n4>41"), b"41424>");
        assert_eq!(cleaned(b"4x1"), b"41>");
        assert_eq!(cleaned(b"41 \0 42 >x"), b"41 \0 42 >x");
    }

    #[test]
    fn filters_are_found_whatever_way_they_are_written() {
        let name = |name: &str| Object::Name(name.into());
        let mut doc = Document::with_version("1.7");
        let filter = doc.add_object(name("FlateDecode"));
        let predictor = doc.add_object(12);
        let parameters_id = doc.add_object(dictionary! { "Predictor" => predictor });
        let written = |dict: Dictionary| {
            let settled = settled(&doc, &dict)?;
            let filters = settled.get(b"Filter").and_then(Object::as_array).cloned();
            Some(filters.unwrap_or_default())
        };
        assert_eq!(written(dictionary! {}), None);
        assert_eq!(
            written(dictionary! { "Filter" => name("FlateDecode") }),
            None
        );
        let flate = Some(vec![name("FlateDecode")]);
        assert_eq!(written(dictionary! { "Filter" => name("Fl") }), flate);
        assert_eq!(written(dictionary! { "Filter" => filter }), flate);
        let crypt = vec![name("Crypt"), name("FlateDecode")];
        assert_eq!(written(dictionary! { "Filter" => crypt }), flate);
        assert_eq!(
            written(dictionary! { "Filter" => name("Crypt") }),
            Some(vec![])
        );
        assert_eq!(written(dictionary! { "F" => name("Fl") }), flate);
        assert_eq!(
            written(dictionary! { "F" => Object::string_literal("other.txt") }),
            None
        );
        let dict = dictionary! { "Filter" => name("FlateDecode"), "DecodeParms" => parameters_id };
        let settled = settled(&doc, &dict).expect("a reference");
        let parameters = settled.get(b"DecodeParms").and_then(Object::as_array);
        let parameters = parameters.and_then(|each| each[0].as_dict());
        let predictor = parameters.and_then(|each| each.get(b"Predictor"));
        assert_eq!(predictor.and_then(Object::as_i64).ok(), Some(12));
        let short = dictionary! { "Filter" => name("FlateDecode"), "DP" => parameters_id };
        assert!(super::settled(&doc, &short).is_some_and(|dict| dict.has(b"DecodeParms")));
    }
}
