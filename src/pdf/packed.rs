//! Object streams, read without a general parser. Nearly all objects of a tagged file are in them, and most
//! are small dictionaries.
//!
//! This reads only what is spelt in the usual way. Whatever is not is left to the reader of files, which is
//! slower and knows more.

use std::borrow::Cow;
use std::collections::BTreeSet;

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId, ObjectStream, Stream, StringFormat};

use super::object::dictionary;
use super::unpack::unpacked;

/// How deep objects may be nested.
const DEEPEST: usize = 32;

/// How many entries most dictionaries and lists have at the most.
const USUAL: usize = 8;

/// Objects with their numbers.
type Numbered = Vec<(u32, Object)>;

/// Puts object streams into a document that was read without them, with the objects that they hold; each
/// may unpack to `limit` bytes. Returns the numbers of those that are spelt in the usual way, in order, or
/// `None` if the file has to be read otherwise.
pub(super) fn put(
    doc: &mut Document,
    streams: Vec<(ObjectId, Object)>,
    limit: usize,
) -> Option<Vec<u32>> {
    let table = &doc.reference_table;
    // Objects that an update has deleted may be needed if the update is damaged.
    let is_free = |number: u32| {
        matches!(
            table.get(number),
            Some(XrefEntry::Free | XrefEntry::UnusableFree)
        )
    };
    let (mut objects, mut odd) = (Vec::new(), BTreeSet::new());
    for ((container, _), stream) in &streams {
        let is_here = |number: u32| match table.get(number) {
            Some(XrefEntry::Compressed { container: own, .. }) => own == container,
            _ => true,
        };
        let (read, is_usual) = members(stream.as_stream().ok()?, limit)?;
        if !is_usual {
            odd.extend(read.iter().map(|(number, _)| *number));
        }
        for (number, object) in read {
            if is_free(number) {
                return None;
            }
            if is_here(number) {
                objects.push(((number, 0), object));
            }
        }
    }
    odd.extend(streams.iter().map(|((number, _), _)| *number));
    objects.extend(streams);
    // Of objects with the same number, the first counts, and none replaces one outside of these streams.
    objects.sort_by_key(|(id, _)| *id);
    objects.dedup_by_key(|(id, _)| *id);
    objects.retain(|(id, _)| !doc.objects.contains_key(id));
    let numbers = objects.iter().map(|((number, _), _)| *number);
    let usual = numbers.filter(|number| !odd.contains(number)).collect();
    doc.objects.append(&mut objects.into_iter().collect());
    let last = doc.objects.keys().next_back();
    doc.max_id = last.map_or(doc.max_id, |(number, _)| doc.max_id.max(*number));
    Some(usual)
}

/// The objects of an object stream, and whether all of them are spelt in the usual way. `None` if it is
/// damaged.
fn members(stream: &Stream, limit: usize) -> Option<(Numbered, bool)> {
    let packed = Packed::read(stream, limit);
    if let Some(objects) = packed.and_then(|packed| packed.objects()) {
        return Some((objects, true));
    }
    let read = ObjectStream::new_with_limit(stream, Some(limit)).ok()?;
    let objects = read.objects.into_iter();
    let objects = objects.map(|((number, _), object)| (number, object));
    Some((objects.collect(), false))
}

/// The bytes of an object stream that holds objects of these numbers, each from its place on.
pub(crate) struct Packed {
    content: Vec<u8>,
    /// Where the objects begin in the content.
    first: usize,
    /// The number of each object, and its place among them.
    places: Vec<(u32, usize)>,
}

impl Packed {
    /// Unpacks an object stream to at most `limit` bytes. `None` if it is not as expected.
    pub(crate) fn read(stream: &Stream, limit: usize) -> Option<Self> {
        let value = |key: &[u8]| stream.dict.get(key).ok()?.as_i64().ok();
        let first = usize::try_from(value(b"First")?).ok()?;
        let content = unpacked(stream, limit).filter(|read| read.whole)?.bytes;
        let index = std::str::from_utf8(content.get(..first)?).ok()?;
        let numbers: Vec<u32> = index
            .split_ascii_whitespace()
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        let (pairs, []) = numbers.as_chunks::<2>() else {
            return None;
        };
        let room = content.len() - first;
        let place = |&[number, place]: &[u32; 2]| {
            let place = usize::try_from(place).ok()?;
            (place < room).then_some((number, place))
        };
        let places: Vec<_> = pairs.iter().map(place).collect::<Option<_>>()?;
        let is_whole = usize::try_from(value(b"N")?) == Ok(places.len());
        is_whole.then_some(Self {
            content,
            first,
            places,
        })
    }

    /// The number and the bytes of each object, to the place of the next one. `None` if they are not one
    /// after the other.
    pub(crate) fn parts(&self) -> Option<Vec<(u32, &[u8])>> {
        let objects = &self.content[self.first..];
        let ends = self.places.iter().skip(1).map(|(_, place)| *place);
        let ends = ends.chain([objects.len()]);
        let parts = self.places.iter().zip(ends);
        parts
            .map(|(&(number, start), end)| Some((number, objects.get(start..end)?)))
            .collect()
    }

    /// The objects. `None` if any is not spelt in the usual way, or if two have the same number.
    fn objects(&self) -> Option<Numbered> {
        let mut numbers: Vec<u32> = self.places.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() < self.places.len() {
            return None;
        }
        let objects = &self.content[self.first..];
        let object = |&(number, place): &(u32, usize)| {
            let mut plain = Plain(&objects[place..]);
            plain.space();
            Some((number, plain.value(0)?))
        };
        self.places.iter().map(object).collect()
    }
}

/// The rest of an object that is read.
pub(crate) struct Plain<'a>(pub(crate) &'a [u8]);

impl<'a> Plain<'a> {
    pub(crate) fn space(&mut self) {
        let is_text = |byte: &u8| !is_space(*byte);
        let length = self.0.iter().position(is_text).unwrap_or(self.0.len());
        self.0 = &self.0[length..];
    }

    /// Whether the rest begins with this, which is then passed over.
    pub(crate) fn is_next(&mut self, bytes: &[u8]) -> bool {
        let rest = self.0.strip_prefix(bytes);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// The bytes to the next delimiter or space.
    pub(crate) fn word(&mut self) -> &'a [u8] {
        let ends = |byte: &u8| is_space(*byte) || is_delimiter(*byte);
        let length = self.0.iter().position(ends).unwrap_or(self.0.len());
        self.take(length)
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// A name.
    pub(crate) fn name(&mut self) -> Option<Cow<'a, [u8]>> {
        let name = self.is_next(b"/").then(|| self.word())?;
        let Some(at) = name.iter().position(|byte| *byte == b'#') else {
            return Some(Cow::Borrowed(name));
        };
        let (plain, mut rest) = name.split_at(at);
        let mut name = plain.to_vec();
        while let [byte, after @ ..] = rest {
            rest = after;
            if *byte == b'#' {
                let ([high, low], after) = rest.split_first_chunk::<2>()?;
                name.push(digit(*high)? << 4 | digit(*low)?);
                rest = after;
            } else {
                name.push(*byte);
            }
        }
        Some(Cow::Owned(name))
    }

    /// The next object. `depth` is how many are around it.
    pub(crate) fn value(&mut self, depth: usize) -> Option<Object> {
        if depth > DEEPEST {
            return None;
        }
        match self.0 {
            [b'/', ..] => Some(Object::Name(self.name()?.into_owned())),
            [b'<', b'<', ..] => {
                self.0 = &self.0[2..];
                let mut entries = Vec::with_capacity(USUAL);
                loop {
                    self.space();
                    if self.is_next(b">>") {
                        return Some(Object::Dictionary(dictionary(entries.into_iter())));
                    }
                    let key = self.name()?.into_owned();
                    self.space();
                    entries.push((key, self.value(depth + 1)?));
                }
            }
            [b'<', ..] => self.hexadecimal(),
            [b'[', ..] => {
                self.0 = &self.0[1..];
                let mut list = Vec::with_capacity(USUAL);
                loop {
                    self.space();
                    if self.is_next(b"]") {
                        list.shrink_to_fit();
                        return Some(Object::Array(list));
                    }
                    list.push(self.value(depth + 1)?);
                }
            }
            [b'(', ..] => self.literal(),
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => self.number(),
            _ => match self.word() {
                b"null" => Some(Object::Null),
                b"true" => Some(Object::Boolean(true)),
                b"false" => Some(Object::Boolean(false)),
                _ => None,
            },
        }
    }

    /// A number or a reference.
    fn number(&mut self) -> Option<Object> {
        let word = self.word();
        let (sign, digits) = match word {
            [sign @ (b'+' | b'-'), digits @ ..] => (Some(*sign), digits),
            digits => (None, digits),
        };
        if let Some(number) = whole(digits) {
            if sign.is_none()
                && let Some(generation) = self.generation()
            {
                // Objects that were replaced have others, and are not in these streams.
                let is_first = generation == 0;
                let number = u32::try_from(number).ok()?;
                return is_first.then_some(Object::Reference((number, 0)));
            }
            let is_negative = sign == Some(b'-');
            return Some(Object::Integer(if is_negative { -number } else { number }));
        }
        let point = digits.iter().position(|byte| *byte == b'.')?;
        let (before, after) = (&digits[..point], &digits[point + 1..]);
        let all = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
        if !all(before) || !all(after) || before.len() + after.len() == 0 {
            return None;
        }
        Some(Object::Real(std::str::from_utf8(word).ok()?.parse().ok()?))
    }

    /// The rest of a reference after its number, which is passed over if it is one.
    fn generation(&mut self) -> Option<i64> {
        let mut after = Plain(self.0);
        after.space();
        let digits = after.0.iter().take_while(|byte| byte.is_ascii_digit());
        let generation = whole(after.take(digits.count()))?;
        after.space();
        after.is_next(b"R").then(|| self.0 = after.0)?;
        Some(generation)
    }

    /// A string between angle brackets.
    fn hexadecimal(&mut self) -> Option<Object> {
        let length = self.0.iter().position(|byte| *byte == b'>')?;
        let written = &self.take(length)[1..];
        self.0 = &self.0[1..];
        let digits = written.iter().filter(|byte| !is_space(**byte));
        let mut text = Vec::with_capacity(written.len().div_ceil(2));
        for (at, byte) in digits.enumerate() {
            let digit = digit(*byte)?;
            match text.last_mut() {
                Some(last) if at % 2 == 1 => *last |= digit,
                _ => text.push(digit << 4),
            }
        }
        Some(Object::String(text, StringFormat::Hexadecimal))
    }

    /// A string in brackets.
    fn literal(&mut self) -> Option<Object> {
        let mut text = Vec::new();
        let mut open = 1_usize;
        let mut rest = &self.0[1..];
        loop {
            let ends = |byte: &u8| matches!(byte, b'(' | b')' | b'\\' | b'\r');
            let plain = rest.iter().position(ends)?;
            text.extend_from_slice(&rest[..plain]);
            let byte = rest[plain];
            rest = &rest[plain + 1..];
            match byte {
                b'(' => {
                    open += 1;
                    if open > DEEPEST {
                        return None;
                    }
                    text.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        self.0 = rest;
                        return Some(Object::String(text, StringFormat::Literal));
                    }
                    text.push(byte);
                }
                // The end of a line is one byte, however it is written.
                b'\r' => {
                    rest = rest.strip_prefix(b"\n").unwrap_or(rest);
                    text.push(b'\n');
                }
                _ => rest = escaped(rest, &mut text)?,
            }
        }
    }

    /// Passes over the next object. Of a reference, this is all three words.
    pub(crate) fn skip(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            self.space();
            match self.0 {
                [b'<', b'<', ..] => {
                    self.0 = &self.0[2..];
                    open += 1;
                }
                [b'>', b'>', ..] if open > 0 => {
                    self.0 = &self.0[2..];
                    open -= 1;
                }
                [b'[', ..] => {
                    self.0 = &self.0[1..];
                    open += 1;
                }
                [b']', ..] if open > 0 => {
                    self.0 = &self.0[1..];
                    open -= 1;
                }
                [b'<', ..] => {
                    let length = self.0.iter().position(|byte| *byte == b'>')?;
                    self.0 = &self.0[length + 1..];
                }
                [b'(', ..] => self.text()?,
                [b'/', ..] => {
                    self.0 = &self.0[1..];
                    self.word();
                }
                _ => {
                    let before = self.0.len();
                    self.word();
                    if self.0.len() == before {
                        return None;
                    }
                }
            }
            if open > 0 {
                continue;
            }
            // The words of a reference are passed over until the next key or the end.
            self.space();
            match self.0 {
                [b'/', ..] | [b'>', b'>', ..] => return Some(()),
                [first, ..] if first.is_ascii_alphanumeric() => {}
                _ => return None,
            }
        }
    }

    /// Passes over a string in brackets.
    fn text(&mut self) -> Option<()> {
        let (mut open, mut escaped) = (0_usize, false);
        for (at, byte) in self.0.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        self.0 = &self.0[at + 1..];
                        return Some(());
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Adds what a backslash and the beginning of `rest` stand for, and returns what follows.
fn escaped<'a>(rest: &'a [u8], text: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (byte, after) = rest.split_first()?;
    text.push(match byte {
        b'0'..=b'7' => {
            let is_octal = |byte: &&u8| matches!(byte, b'0'..=b'7');
            let length = rest.iter().take(3).take_while(is_octal).count();
            let value = rest[..length]
                .iter()
                .fold(0_u16, |value, byte| value << 3 | u16::from(byte - b'0'));
            text.push(value as u8);
            return Some(&rest[length..]);
        }
        b'\r' => return Some(after.strip_prefix(b"\n").unwrap_or(after)),
        b'\n' => return Some(after),
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        other => *other,
    });
    Some(after)
}

/// A number of at most 18 digits.
fn whole(digits: &[u8]) -> Option<i64> {
    if !(1..=18).contains(&digits.len()) {
        return None;
    }
    digits.iter().try_fold(0, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        Some(number * 10 + digit)
    })
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\0' | 12)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use lopdf::dictionary;
    use proptest::prelude::*;

    use super::*;

    /// An object stream of objects numbered from 1 on.
    pub(crate) fn stream_of(objects: &[&str]) -> Stream {
        let (mut index, mut body) = (String::new(), String::new());
        for (number, object) in objects.iter().enumerate() {
            index.push_str(&format!("{} {} ", number + 1, body.len()));
            body.push_str(object);
            body.push('\n');
        }
        let dict = dictionary! {
            "Type" => "ObjStm",
            "N" => objects.len() as i64,
            "First" => index.len() as i64,
        };
        let mut stream = Stream::new(dict, format!("{index}{body}").into_bytes());
        stream.compress().expect("it can be packed");
        stream
    }

    /// The objects as they are read here, and as the reader of files reads them.
    fn both_ways(stream: &Stream) -> (Option<Numbered>, Numbered) {
        let own = Packed::read(stream, usize::MAX).and_then(|packed| packed.objects());
        let read = ObjectStream::new(stream).expect("an object stream").objects;
        let read = read
            .into_iter()
            .map(|((number, _), object)| (number, object));
        (own, read.collect())
    }

    #[test]
    fn objects_that_are_read_here_are_what_the_reader_makes_of_them() {
        let objects = [
            "<</Type/StructElem/S/P/P 3 0 R/Pg 9 0 R/K[0 1<</Type/MCR/MCID 7>>]>>",
            "<< /S /Art#69kel\n/Alt (a \\(b\\) (c) \\101\\12 \\\r\nd \\n\\q\re) /A 1 /A 2 >>",
            "[ -1 +2 00 .5 -.5 4. 1.25 0 0 R 12 0 R true false null <> <4 1\n5> <</A<</B[]>>>> ]",
            "(\\53\\053\\0053)",
            "<FEFF0041>",
            "/Name",
            "-7",
            "1 0 R",
            "null",
        ];
        let (own, read) = both_ways(&stream_of(&objects));
        assert_eq!(own.expect("all are in the usual form"), read);
        assert_eq!(read.len(), objects.len());
    }

    #[test]
    fn what_is_spelt_otherwise_is_left_to_the_reader() {
        for odd in [
            "<</A 1",
            "[1 2",
            "(open",
            "<41 x>",
            "<</A %remark\n1>>",
            "[0.0-4]",
            "[99999999999999999999]",
            "[1 99999 R]",
            "/A#4",
            "nothing",
        ] {
            let stream = stream_of(&["null", odd]);
            assert_eq!(both_ways(&stream).0, None, "{odd}");
        }
        let mut wrong = stream_of(&["null", "1"]);
        wrong.dict.set("N", 3);
        assert_eq!(both_ways(&wrong).0, None);
    }

    #[test]
    fn a_stream_unpacks_to_no_more_than_is_allowed() {
        let stream = stream_of(&["(0123456789)"]);
        assert!(Packed::read(&stream, 12).is_none());
        assert!(Packed::read(&stream, 64).is_some());
    }

    const PIECES: [&str; 28] = [
        "<<", ">>", "[", "]", "/A", "/B#41", "/", "(", ")", "(a(b))", "\\", "\\7", "<", ">",
        "<4 1>", "1", "0", "R", "1 0 R", " ", "\n", "\r", "-3.5", "+.5", "true", "null", "%x\n",
        "\0",
    ];

    proptest! {
        #[test]
        fn nothing_is_read_that_the_reader_reads_otherwise(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..14),
            inside in any::<bool>(),
        ) {
            let pieces = pieces.concat();
            let object = if inside { format!("<</K[{pieces}]/L {pieces}>>") } else { pieces };
            let (own, read) = both_ways(&stream_of(&["1", &object]));
            if let Some(own) = own {
                prop_assert_eq!(own, read, "{}", object);
            }
        }
    }
}
