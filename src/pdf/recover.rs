//! A second reader for files that the first cannot make sense of: it looks for `N G obj` wherever
//! that stands and reads what follows as well as it can, past junk, wrong offsets, wrong lengths and
//! missing ends.
//!
//! It knows PDF syntax and nothing of its meaning, but for object streams and the catalog. It does
//! not decrypt: an encrypted file that is damaged as well stays unreadable.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use super::object::decoded;

/// Objects read at most.
const MOST_OBJECTS: usize = 1_000_000;
/// Depth of arrays and dictionaries read; what is deeper reads as null.
const DEEPEST: usize = 64;
/// What one object stream may inflate to, in bytes, and all of them together.
const LARGEST_STREAM: usize = 32 << 20;
const LARGEST_TOTAL: usize = 256 << 20;

/// Reads what can be read of `bytes`; `None` if no catalog with pages is among it.
pub(super) fn recover(bytes: &[u8]) -> Option<Document> {
    let mut doc = Document::new();
    let mut trailer = Dictionary::new();
    let ends = positions(bytes, b"endstream");
    for (id, start) in headers(bytes) {
        let mut reader = Reader { bytes, at: start };
        let object = reader.object(DEEPEST);
        let object = match object {
            Some(Object::Dictionary(dict)) => reader.stream(dict, &ends),
            Some(object) => object,
            None => continue,
        };
        if let Object::Stream(stream) = &object
            && stream.dict.has_type(b"XRef")
        {
            adopt(&mut trailer, &stream.dict);
            continue;
        }
        doc.objects.insert(id, object);
    }
    for start in positions(bytes, b"trailer") {
        let mut reader = Reader {
            bytes,
            at: start + b"trailer".len(),
        };
        if let Some(Object::Dictionary(dict)) = reader.object(DEEPEST) {
            adopt(&mut trailer, &dict);
        }
    }
    unpack(&mut doc);
    if trailer.has(b"Encrypt") {
        return None;
    }
    let is_catalog = |object: Option<&Object>| matches!(object, Some(Object::Dictionary(dict)) if dict.has(b"Pages"));
    let root = match trailer.get(b"Root") {
        Ok(Object::Reference(id)) if is_catalog(doc.objects.get(id)) => Some(*id),
        _ => doc
            .objects
            .iter()
            .rev()
            .find(|(_, object)| is_catalog(Some(object)))
            .map(|(id, _)| *id),
    };
    doc.max_id = doc.objects.keys().map(|id| id.0).max().unwrap_or(0);
    let root = match root {
        Some(root) if super::page_tree::count_from(&doc, root) > 0 => root,
        _ => gather_pages(&mut doc)?,
    };
    trailer.set("Root", root);
    doc.trailer = trailer;
    Some(doc)
}

/// Later trailers win, key by key.
fn adopt(trailer: &mut Dictionary, dict: &Dictionary) {
    for key in [b"Root".as_slice(), b"Info", b"ID", b"Encrypt"] {
        if let Ok(value) = dict.get(key) {
            trailer.set(key, value.clone());
        }
    }
}

/// A catalog over every page object there is, for a file whose page tree is lost.
fn gather_pages(doc: &mut Document) -> Option<ObjectId> {
    let kids: Vec<Object> = doc
        .objects
        .iter()
        .filter(|(_, object)| matches!(object, Object::Dictionary(dict) if dict.has_type(b"Page")))
        .map(|(id, _)| Object::Reference(*id))
        .collect();
    if kids.is_empty() {
        return None;
    }
    let (pages, catalog) = ((1, u16::MAX), (2, u16::MAX));
    let mut tree = Dictionary::new();
    tree.set("Type", Object::Name(b"Pages".to_vec()));
    tree.set("Kids", kids);
    doc.objects.insert(pages, Object::Dictionary(tree));
    let mut root = Dictionary::new();
    root.set("Type", Object::Name(b"Catalog".to_vec()));
    root.set("Pages", pages);
    doc.objects.insert(catalog, Object::Dictionary(root));
    Some(catalog)
}

/// Reads the members of object streams that the file does not hold otherwise.
fn unpack(doc: &mut Document) {
    let mut budget = LARGEST_TOTAL;
    let mut members: BTreeMap<ObjectId, Object> = BTreeMap::new();
    for object in doc.objects.values() {
        let Object::Stream(stream) = object else {
            continue;
        };
        // By what it says of its members rather than by its type, which may be damaged too.
        if !(stream.dict.has(b"N") && stream.dict.has(b"First")) {
            continue;
        }
        let Some(first) = stream
            .dict
            .get(b"First")
            .ok()
            .and_then(|first| first.as_i64().ok())
        else {
            continue;
        };
        let Some(plain) = decoded(&unabbreviated(stream), LARGEST_STREAM.min(budget)) else {
            continue;
        };
        budget -= plain.len().min(budget);
        let Ok(first) = usize::try_from(first) else {
            continue;
        };
        let mut index = Reader {
            bytes: &plain[..first.min(plain.len())],
            at: 0,
        };
        while let (Some(Object::Integer(number)), Some(Object::Integer(offset))) =
            (index.object(1), index.object(1))
        {
            let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) else {
                break;
            };
            if members.len() >= MOST_OBJECTS {
                return;
            }
            let mut reader = Reader {
                bytes: &plain,
                at: first.saturating_add(offset),
            };
            if let Some(object) = reader.object(DEEPEST) {
                members.insert((number, 0), object);
            }
        }
    }
    for (id, object) in members {
        doc.objects.entry(id).or_insert(object);
    }
}

/// The stream with the full name of its filter, where a short one stands.
fn unabbreviated(stream: &Stream) -> Stream {
    let mut stream = stream.clone();
    if matches!(stream.dict.get(b"Filter"), Ok(Object::Name(name)) if name == b"Fl") {
        stream
            .dict
            .set("Filter", Object::Name(b"FlateDecode".to_vec()));
    }
    stream
}

/// Where `word` stands.
fn positions(bytes: &[u8], word: &[u8]) -> Vec<usize> {
    memchr::memmem::find_iter(bytes, word).collect()
}

/// Every `N G obj`, and where what it names begins.
fn headers(bytes: &[u8]) -> Vec<(ObjectId, usize)> {
    let mut headers = Vec::new();
    for at in positions(bytes, b"obj") {
        if headers.len() >= MOST_OBJECTS {
            break;
        }
        let before = &bytes[..at];
        let Some((generation, before)) = number_before(before) else {
            continue;
        };
        let Some((number, before)) = number_before(before) else {
            continue;
        };
        if before.last().is_some_and(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let (Ok(number), Ok(generation)) = (u32::try_from(number), u16::try_from(generation))
            && number > 0
        {
            headers.push(((number, generation), at + 3));
        }
    }
    headers
}

/// The number that ends `bytes`, spaces after it passed over, and what is before it.
fn number_before(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let spaces = bytes
        .iter()
        .rev()
        .take(16)
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let bytes = &bytes[..bytes.len() - spaces];
    let digits = bytes
        .iter()
        .rev()
        .take(10)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (before, number) = bytes.split_at(bytes.len() - digits);
    let number = std::str::from_utf8(number).ok()?.parse().ok()?;
    Some((number, before))
}

/// A place in the bytes.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts_with(&self, word: &[u8]) -> bool {
        self.bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self
                        .peek()
                        .is_some_and(|byte| byte != b'\n' && byte != b'\r')
                    {
                        self.at += 1;
                    }
                }
                b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' => self.at += 1,
                _ => return,
            }
        }
    }

    /// The next object; `None` at an end of any kind or at a word that is none.
    fn object(&mut self, depth: usize) -> Option<Object> {
        self.skip_space();
        if depth == 0 {
            return None;
        }
        match self.peek()? {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::String(self.literal(), StringFormat::Literal)),
            b'<' if self.starts_with(b"<<") => {
                self.at += 2;
                Some(Object::Dictionary(self.dictionary(depth - 1)))
            }
            b'<' => Some(Object::String(
                self.hexadecimal(),
                StringFormat::Hexadecimal,
            )),
            b'[' => {
                self.at += 1;
                Some(Object::Array(self.array(depth - 1)))
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number()),
            _ => {
                let start = self.at;
                match self.word() {
                    b"true" => Some(Object::Boolean(true)),
                    b"false" => Some(Object::Boolean(false)),
                    b"null" => Some(Object::Null),
                    _ => {
                        self.at = start;
                        None
                    }
                }
            }
        }
    }

    fn word(&mut self) -> &[u8] {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let raw = self.word().to_vec();
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw.as_slice();
        while let Some((byte, after)) = rest.split_first() {
            let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
            match (byte, hex(after.first()), hex(after.get(1))) {
                (b'#', Some(high), Some(low)) => {
                    name.push(u8::try_from(high * 16 + low).unwrap_or(b'#'));
                    rest = &after[2..];
                }
                _ => {
                    name.push(*byte);
                    rest = after;
                }
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    let Some(escaped) = self.peek() else { break };
                    self.at += 1;
                    match escaped {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'\n' => {}
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'0'..=b'7' => {
                            let mut value = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                match self.peek() {
                                    Some(digit @ b'0'..=b'7') => {
                                        value = value * 8 + u32::from(digit - b'0');
                                        self.at += 1;
                                    }
                                    _ => break,
                                }
                            }
                            text.push(u8::try_from(value & 0xff).unwrap_or(0));
                        }
                        other => text.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = char::from(byte).to_digit(16) {
                digits.push(u8::try_from(digit).unwrap_or(0));
            }
        }
        digits
            .chunks(2)
            .map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0))
            .collect()
    }

    /// A number, or a reference where two numbers and an `R` stand.
    fn number(&mut self) -> Object {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.'))
        {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let Ok(integer) = text.parse::<i64>() else {
            return Object::Real(
                text.parse::<f32>()
                    .ok()
                    .filter(|value| value.is_finite())
                    .unwrap_or(0.0),
            );
        };
        let after = self.at;
        if let Ok(number) = u32::try_from(integer)
            && self.peek().is_some_and(|byte| byte.is_ascii_whitespace())
        {
            self.skip_space();
            let second = self.at;
            while self.peek().is_some_and(|byte| byte.is_ascii_digit()) && self.at - second < 6 {
                self.at += 1;
            }
            let generation = std::str::from_utf8(&self.bytes[second..self.at])
                .ok()
                .and_then(|text| text.parse().ok());
            self.skip_space();
            if let Some(generation) = generation
                && self.word() == b"R"
            {
                return Object::Reference((number, generation));
            }
        }
        self.at = after;
        Object::Integer(integer)
    }

    fn array(&mut self, depth: usize) -> Vec<Object> {
        let mut array = Vec::new();
        loop {
            match self.object(depth) {
                Some(object) => array.push(object),
                None if self.at_end() => return array,
                None => {
                    if self.peek() == Some(b']') {
                        self.at += 1;
                        return array;
                    }
                    self.skip_junk();
                }
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Dictionary {
        let mut dict = Dictionary::new();
        loop {
            self.skip_space();
            if self.starts_with(b">>") {
                self.at += 2;
                return dict;
            }
            if self.at_end() {
                return dict;
            }
            if self.peek() != Some(b'/') {
                // Something that is no key: an object too many, or junk.
                if self.object(depth).is_none() {
                    self.skip_junk();
                }
                continue;
            }
            let key = self.name();
            if let Some(value) = self.object(depth) {
                dict.set(key, value);
            }
        }
    }

    /// Whether the object must be over: the file is, or the next one begins.
    fn at_end(&self) -> bool {
        self.at >= self.bytes.len() || self.starts_with(b"endobj") || self.starts_with(b"stream")
    }

    fn skip_junk(&mut self) {
        if self.word().is_empty() {
            self.at += 1;
        }
    }

    /// The stream that follows a dictionary, if one does. `ends` are the places of `endstream`.
    fn stream(&mut self, dict: Dictionary, ends: &[usize]) -> Object {
        self.skip_space();
        if !self.starts_with(b"stream") {
            return Object::Dictionary(dict);
        }
        self.at += b"stream".len();
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
        let start = self.at.min(self.bytes.len());
        let end = ends
            .get(ends.partition_point(|end| *end < start))
            .copied()
            .unwrap_or(self.bytes.len());
        let mut data = &self.bytes[start..end];
        let length = dict
            .get(b"Length")
            .ok()
            .and_then(|length| length.as_i64().ok());
        match length.and_then(|length| usize::try_from(length).ok()) {
            // The length it says, where nothing but the end of a line follows.
            Some(length)
                if length <= data.len() && data[length..].iter().all(u8::is_ascii_whitespace) =>
            {
                data = &data[..length];
            }
            _ => {
                data = data.strip_suffix(b"\n").unwrap_or(data);
                data = data.strip_suffix(b"\r").unwrap_or(data);
            }
        }
        Object::Stream(Stream::new(dict, data.to_vec()))
    }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0c'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}
