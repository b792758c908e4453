//! A second reader for what the first cannot make sense of: it looks for `N G obj` wherever that
//! stands and reads what follows as well as it can, past junk, wrong offsets, wrong lengths and
//! missing ends.
//!
//! It reads a whole file that way ([`recover`]), or those objects alone that the first reader left
//! out or left empty ([`mend`]). It knows PDF syntax and nothing of its meaning, but for object
//! streams and the catalog. A whole file is not decrypted: an encrypted file without a usable table
//! of its objects stays unreadable.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use super::filters;
use super::object::decoded;

/// Objects read at most.
const MOST_OBJECTS: usize = 1_000_000;
/// Depth of arrays and dictionaries read; what is deeper reads as null.
const DEEPEST: usize = 64;
/// White space before the word that ends a stream, and that word, in bytes.
const MOST_BLANKS: usize = 64;
/// What one object stream may inflate to, in bytes, and all of them together.
const LARGEST_STREAM: usize = 32 << 20;
const LARGEST_TOTAL: usize = 256 << 20;

/// Reads what can be read of `bytes`; `None` if no catalog with pages is among it.
pub(super) fn recover(bytes: &[u8]) -> Option<Document> {
    let mut doc = Document::new();
    let mut trailer = Dictionary::new();
    let limits = Limits::new(bytes);
    for Header { id, body, .. } in headers(bytes) {
        let Some(object) = (Reader { bytes, at: body }).indirect(&limits, direct_length) else {
            continue;
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

/// Reads again what the first reader left out of `doc`, or left empty, although `bytes` has it: a
/// stream whose length is missing, wrong or nowhere to be found, or whose end is not where it should
/// be; an object that does not stand where the table says. Says whether there was any.
pub(super) fn mend(doc: &mut Document, bytes: &[u8]) -> bool {
    // The table counts from the header, before which a mail program may have put something.
    let start = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    let bytes = &bytes[start..];
    // How the file is encrypted is left out on purpose.
    let locked = doc
        .encryption_state
        .as_ref()
        .and_then(lopdf::EncryptionState::encrypt_object_id);
    let lost: Vec<(ObjectId, usize)> = doc
        .reference_table
        .entries
        .iter()
        .filter_map(|(number, entry)| match *entry {
            XrefEntry::Normal { offset, generation } if offset > 0 => {
                Some(((*number, generation), offset))
            }
            _ => None,
        })
        .filter(|(id, _)| Some(*id) != locked)
        .filter(|(id, _)| match doc.objects.get(id) {
            None => true,
            Some(Object::Stream(stream)) => {
                stream.content.is_empty() && stream.start_position.is_some()
            }
            Some(Object::Dictionary(dict)) => dict.has(b"Length") || dict.has(b"Filter"),
            Some(_) => false,
        })
        .map(|(id, offset)| (id, offset as usize))
        .take(MOST_OBJECTS)
        .collect();
    if lost.is_empty() {
        return false;
    }
    let limits = Limits::new(bytes);
    let places: OnceCell<HashMap<u32, usize>> = OnceCell::new();
    // Where the last object of a number stands, if not where the table says.
    let anywhere = |number: u32| {
        let places = places.get_or_init(|| {
            let headers = headers(bytes).into_iter();
            headers.map(|header| (header.id.0, header.body)).collect()
        });
        places.get(&number).copied()
    };
    let mut found: Vec<(ObjectId, Object)> = Vec::new();
    for (id, offset) in lost {
        let Some(body) = header_at(bytes, offset, id).or_else(|| anywhere(id.0)) else {
            continue;
        };
        let length = |dict: &Dictionary| match dict.get(b"Length").ok()? {
            length @ Object::Reference(_) => whole(super::object::resolve(doc, length)),
            length => whole(length),
        };
        let Some(mut object) = (Reader { bytes, at: body }).indirect(&limits, length) else {
            continue;
        };
        if !matches!(object, Object::Stream(_)) && doc.objects.contains_key(&id) {
            continue;
        }
        if let Some(state) = &doc.encryption_state {
            // What cannot be decrypted is as good as lost.
            if lopdf::encryption::decrypt_object(state, id, &mut object).is_err() {
                continue;
            }
        }
        found.push((id, object));
    }
    let mended = !found.is_empty();
    let mut budget = LARGEST_TOTAL;
    for (id, object) in found {
        if let Object::Stream(stream) = &object {
            for (number, member) in members(doc, stream, &mut budget) {
                let here = matches!(
                    doc.reference_table.get(number),
                    Some(XrefEntry::Compressed { container, .. }) if *container == id.0
                );
                if here {
                    doc.objects.entry((number, 0)).or_insert(member);
                }
            }
        }
        doc.objects.insert(id, object);
    }
    mended
}

/// The file with the end of a line before each `endstream` that has a space there, which keeps the
/// first reader from the stream; `None` where there is none. Nothing else moves.
pub(super) fn with_line_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut mended = None;
    for at in memchr::memmem::find_iter(bytes, b"endstream") {
        if let Some(before) = at.checked_sub(1)
            && matches!(bytes[before], b' ' | b'\t' | b'\0' | b'\x0c')
        {
            mended.get_or_insert_with(|| bytes.to_vec())[before] = b'\n';
        }
    }
    mended
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
    let mut found: BTreeMap<ObjectId, Object> = BTreeMap::new();
    for object in doc.objects.values() {
        if let Object::Stream(stream) = object {
            for (number, member) in members(doc, stream, &mut budget) {
                if found.len() < MOST_OBJECTS {
                    found.insert((number, 0), member);
                }
            }
        }
    }
    for (id, object) in found {
        doc.objects.entry(id).or_insert(object);
    }
}

/// The members of an object stream with their numbers; none of any other stream. They may unpack to
/// `budget` bytes, which grows smaller.
fn members(doc: &Document, stream: &Stream, budget: &mut usize) -> Vec<(u32, Object)> {
    let mut members = Vec::new();
    // By what it says of its members rather than by its type, which may be damaged too.
    if !stream.dict.has(b"N") {
        return members;
    }
    let Some(first) = stream.dict.get(b"First").ok().and_then(whole) else {
        return members;
    };
    let settled = filters::settled(doc, &stream.dict).map(|dict| Stream {
        dict,
        ..stream.clone()
    });
    let stream = settled.as_ref().unwrap_or(stream);
    let Some(plain) = decoded(stream, LARGEST_STREAM.min(*budget)) else {
        return members;
    };
    *budget -= plain.len().min(*budget);
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
            break;
        }
        let mut reader = Reader {
            bytes: &plain,
            at: first.saturating_add(offset),
        };
        if let Some(object) = reader.object(DEEPEST) {
            members.push((number, object));
        }
    }
    members
}

/// A number that can be a length or an offset.
fn whole(number: &Object) -> Option<usize> {
    match number {
        Object::Integer(number) => usize::try_from(*number).ok(),
        Object::Real(number) if *number >= 0.0 && number.fract() == 0.0 => Some(*number as usize),
        _ => None,
    }
}

/// The length that a stream's dictionary itself gives.
fn direct_length(dict: &Dictionary) -> Option<usize> {
    dict.get(b"Length").ok().and_then(whole)
}

/// Where `word` stands.
fn positions(bytes: &[u8], word: &[u8]) -> Vec<usize> {
    memchr::memmem::find_iter(bytes, word).collect()
}

/// An `N G obj`.
struct Header {
    id: ObjectId,
    /// Where it begins, …
    at: usize,
    /// … and where what it names does.
    body: usize,
}

/// Every `N G obj` of a file.
fn headers(bytes: &[u8]) -> Vec<Header> {
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
            headers.push(Header {
                id: (number, generation),
                at: before.len(),
                body: at + 3,
            });
        }
    }
    headers
}

/// Where the body of an object begins whose header stands at an offset.
fn header_at(bytes: &[u8], offset: usize, (number, generation): ObjectId) -> Option<usize> {
    if offset >= bytes.len() {
        return None;
    }
    let mut reader = Reader { bytes, at: offset };
    for expected in [u64::from(number), u64::from(generation)] {
        reader.skip_space();
        let digits = std::str::from_utf8(reader.digits()).ok()?;
        (digits.parse::<u64>().ok()? == expected).then_some(())?;
    }
    reader.skip_space();
    reader.starts_with(b"obj").then_some(reader.at + 3)
}

/// Where the data of a stream must be over, in the order of the file: at the words that end a stream
/// or an object, and where another object begins.
struct Limits(Vec<usize>);

impl Limits {
    fn new(bytes: &[u8]) -> Self {
        let mut limits = positions(bytes, b"endstream");
        limits.extend(positions(bytes, b"endobj"));
        limits.extend(headers(bytes).into_iter().map(|header| header.at));
        limits.sort_unstable();
        Self(limits)
    }

    /// The first at or after a place.
    fn after(&self, place: usize) -> Option<usize> {
        let index = self.0.partition_point(|limit| *limit < place);
        self.0.get(index).copied()
    }
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

    /// The object that an `N G obj` names, with the data of a stream. `length` is what its dictionary
    /// says that the data has.
    fn indirect(
        &mut self,
        limits: &Limits,
        length: impl Fn(&Dictionary) -> Option<usize>,
    ) -> Option<Object> {
        match self.object(DEEPEST)? {
            Object::Dictionary(dict) => {
                let length = length(&dict);
                Some(self.stream(dict, length, limits))
            }
            object => Some(object),
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

    fn digits(&mut self) -> &[u8] {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
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

    /// The stream that follows a dictionary, if one does: as long as it says where something that
    /// ends a stream follows, or else up to the first such thing.
    fn stream(&mut self, dict: Dictionary, length: Option<usize>, limits: &Limits) -> Object {
        self.skip_space();
        if !self.starts_with(b"stream") {
            return Object::Dictionary(dict);
        }
        self.at += b"stream".len();
        let blanks = self.bytes[self.at..]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        if matches!(self.bytes.get(self.at + blanks), Some(b'\r' | b'\n')) {
            self.at += blanks;
        }
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
        let start = self.at.min(self.bytes.len());
        let told = length
            .and_then(|length| start.checked_add(length))
            .filter(|end| self.ends_stream(*end));
        let data = match told {
            Some(end) => &self.bytes[start..end],
            None => {
                let end = limits.after(start).unwrap_or(self.bytes.len());
                let data = &self.bytes[start..end];
                let data = data.strip_suffix(b"\n").unwrap_or(data);
                data.strip_suffix(b"\r").unwrap_or(data)
            }
        };
        Object::Stream(Stream::new(dict, data.to_vec()))
    }

    /// Whether the data of a stream may end at a place: nothing but white space comes before the
    /// word that says so.
    fn ends_stream(&self, at: usize) -> bool {
        self.bytes.get(at..).is_some_and(|rest| {
            let rest = rest[..rest.len().min(MOST_BLANKS)].trim_ascii_start();
            rest.starts_with(b"endstream") || rest.starts_with(b"endobj")
        })
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
