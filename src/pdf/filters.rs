//! Writes the filters of streams in one form: by their full names, in the stream's own dictionary, and
//! without the filter for encryption. Code that unpacks a stream then needs to know only that form.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::object::resolve;
use super::unpack::is_zlib;

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

/// All filters that there are (ISO 32000-1, table 6, and one that was added since), but for the one that
/// only decrypts.
const KNOWN: [&[u8]; 10] = [
    b"ASCIIHexDecode",
    b"ASCII85Decode",
    b"LZWDecode",
    b"FlateDecode",
    b"RunLengthDecode",
    b"CCITTFaxDecode",
    b"JBIG2Decode",
    b"DCTDecode",
    b"JPXDecode",
    b"BrotliDecode",
];

/// Writes out the filters of every stream, and mends data that some readers can unpack and others cannot.
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
        let Object::Stream(stream) = object else {
            continue;
        };
        pass_over_unknown(stream);
        if let Some(mended) = digits_alone(stream).or_else(|| stored(stream)) {
            stream.set_content(mended);
        }
    }
}

/// The filter that a stream is unpacked with first.
pub(super) fn first(dict: &Dictionary) -> Option<&[u8]> {
    let first = match dict.get(b"Filter").ok()? {
        Object::Array(filters) => filters.first()?,
        filter => filter,
    };
    first.as_name().ok()
}

/// The filters of a stream that no program knows.
pub(super) fn unknown(dict: &Dictionary) -> impl Iterator<Item = &[u8]> {
    let filters = match dict.get(b"Filter") {
        Ok(Object::Array(filters)) => filters.as_slice(),
        Ok(filter) => std::slice::from_ref(filter),
        Err(_) => &[],
    };
    let names = filters.iter().filter_map(|filter| filter.as_name().ok());
    names.filter(|name| !KNOWN.contains(name))
}

/// Leaves out filters that no program knows, if the data is as it would be without them. MuPDF and PDFium
/// pass over such a filter, and Poppler over the stream.
fn pass_over_unknown(stream: &mut Stream) {
    if unknown(&stream.dict).next().is_none() || stream.dict.has_type(b"XRef") {
        return;
    }
    let mut names = Vec::new();
    let mut parameters = Vec::new();
    let given = |key| match stream.dict.get(key) {
        Ok(Object::Array(each)) => each.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    };
    let all = given(b"DecodeParms");
    for (place, name) in given(b"Filter").into_iter().enumerate() {
        if name.as_name().is_ok_and(|name| KNOWN.contains(&name)) {
            names.push(name);
            parameters.push(all.get(place).cloned().unwrap_or(Object::Null));
        }
    }
    let mut dict = stream.dict.clone();
    for (key, values) in [("Filter", names), ("DecodeParms", parameters)] {
        if values.is_empty() {
            dict.remove(key.as_bytes());
        } else {
            dict.set(key, values);
        }
    }
    let is_plain = match first(&dict) {
        None => is_text(&stream.content),
        Some(b"FlateDecode") => is_zlib(&stream.content),
        Some(b"ASCIIHexDecode" | b"ASCII85Decode") => is_text(&stream.content),
        Some(_) => false,
    };
    if is_plain {
        stream.dict = dict;
    }
}

fn is_text(data: &[u8]) -> bool {
    let is_text = |byte: &&u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    !data.is_empty() && data.iter().filter(is_text).count() * 20 >= data.len() * 19
}

/// The digits of hexadecimal data among which is something else, or `None` for any other stream. Some
/// readers pass over it and others read it as zeros, so it is left out for all of them.
fn digits_alone(stream: &Stream) -> Option<Vec<u8>> {
    if first(&stream.dict)? != b"ASCIIHexDecode" {
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

/// Data that was stored and not shrunk, where a block of it states its length in two ways that differ.
/// Poppler reads such a block, and other readers nothing. `None` for any other stream.
pub(super) fn stored(stream: &Stream) -> Option<Vec<u8>> {
    if first(&stream.dict)? != b"FlateDecode" || !is_zlib(&stream.content) {
        return None;
    }
    let data = &stream.content;
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 2;
    while let Some(block) = Block::at(data, at) {
        let mut length = block.lengths[0];
        if block.lengths[0] != block.lengths[1] {
            let mut right = block.lengths.into_iter();
            let right = right.find(|length| block.may_end(data, at + HEAD + length));
            length = right.unwrap_or((data.len() - at - HEAD).min(usize::from(u16::MAX)));
            let [low, high] = u16::try_from(length).ok()?.to_le_bytes();
            let mended = mended.get_or_insert_with(|| data.clone());
            mended[at + 1..at + HEAD].copy_from_slice(&[low, high, !low, !high]);
        }
        if block.is_last {
            break;
        }
        at += HEAD + length;
    }
    mended
}

/// The size of what is before the data of a stored block, in bytes.
const HEAD: usize = 5;
/// The size of the checksum after the last block, in bytes.
const CHECKSUM: usize = 4;

/// What is before the data of a stored block (RFC 1951, 3.2.3 and 3.2.4).
struct Block {
    is_last: bool,
    /// Its length, and the same as it is stated a second time.
    lengths: [usize; 2],
}

impl Block {
    /// The stored block at a place; `None` where there is none.
    fn at(data: &[u8], at: usize) -> Option<Self> {
        let [kind, low, high, not_low, not_high] = *data.get(at..at + HEAD)? else {
            return None;
        };
        let lengths = [[low, high], [!not_low, !not_high]];
        (kind & 0b110 == 0).then_some(Self {
            is_last: kind & 1 == 1,
            lengths: lengths.map(|length| usize::from(u16::from_le_bytes(length))),
        })
    }

    /// Whether a block may end at a place: with the data and its checksum, or before another.
    fn may_end(&self, data: &[u8], end: usize) -> bool {
        if self.is_last {
            return data.len() == end || data.len() == end + CHECKSUM;
        }
        match (data.get(end), Self::at(data, end)) {
            (_, Some(next)) => next.lengths[0] == next.lengths[1],
            (Some(kind), None) => matches!(kind & 0b110, 0b010 | 0b100),
            (None, _) => false,
        }
    }
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
        let cleaned = |data: &[u8]| settled_stream(Object::Name(b"AHx".to_vec()), data).content;
        assert_eq!(cleaned(b"41x 4;2\n4>41"), b"41424>");
        assert_eq!(cleaned(b"4x1"), b"41>");
        assert_eq!(cleaned(b"41 \0 42 >x"), b"41 \0 42 >x");
    }

    fn settled_stream(filter: impl Into<Object>, data: &[u8]) -> Stream {
        let mut doc = Document::with_version("1.7");
        let dict = dictionary! { "Filter" => filter.into() };
        let id = doc.add_object(Stream::new(dict, data.to_vec()));
        settle(&mut doc);
        let stream = doc.get_object(id).and_then(Object::as_stream).cloned();
        stream.expect("a stream")
    }

    #[test]
    fn a_stored_block_is_read_whichever_of_its_lengths_is_wrong() {
        let name = Object::Name(b"FlateDecode".to_vec());
        let whole = b"\x78\x01\x00\x03\x00\xfc\xffone\x01\x03\x00\xfc\xfftwo";
        for (place, wrong) in [(3, 9), (4, 1), (5, 0), (11, 2), (13, 0)] {
            let mut data = whole.to_vec();
            data[place] = wrong;
            let stream = settled_stream(name.clone(), &data);
            let plain = stream.get_plain_content().expect("it unpacks");
            assert_eq!(plain, b"onetwo", "{place}");
        }
        // Neither length leads anywhere: what follows is all there is.
        let both = b"\x78\x01\x01\xff\x7f\x00\x00three";
        let stream = settled_stream(name.clone(), both);
        assert_eq!(stream.get_plain_content().expect("it unpacks"), b"three");
        assert_eq!(settled_stream(name, whole).content, whole);
    }

    #[test]
    fn an_unknown_filter_is_passed_over_where_the_data_is_as_it_would_be_without() {
        let name = |name: &str| Object::Name(name.into());
        let read = |filter: Object, data: &[u8]| {
            let stream = settled_stream(filter, data);
            stream
                .get_plain_content()
                .ok()
                .filter(|_| unknown(&stream.dict).next().is_none())
        };
        let content = b"BT (Words) Tj ET";
        assert_eq!(
            read(name("FooDecode"), content).as_deref(),
            Some(&content[..])
        );
        let packed = b"\x78\x01\x01\x03\x00\xfc\xffone";
        let both = Object::Array(vec![name("FooDecode"), name("FlateDecode")]);
        assert_eq!(read(both, packed).as_deref(), Some(&b"one"[..]));
        assert_eq!(read(name("FooDecode"), packed), None);
        assert_eq!(read(name("FooDecode"), b""), None);
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
