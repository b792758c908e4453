//! Reads objects anywhere in a file, as far as they make sense.

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use super::places::Limits;
use crate::pdf::escape::escape;

/// How deep arrays and dictionaries may be nested. Anything deeper is skipped.
pub(super) const DEEPEST: usize = 64;
/// The most white space before the word that ends a stream, with that word, in bytes.
const MOST_BLANKS: usize = 64;

/// Where the body of an object begins, if its header is at an offset.
pub(super) fn header_at(
    bytes: &[u8],
    offset: usize,
    (number, generation): ObjectId,
) -> Option<usize> {
    if offset >= bytes.len() {
        return None;
    }
    let mut reader = Scanner { bytes, at: offset };
    for expected in [u64::from(number), u64::from(generation)] {
        reader.skip_space();
        let digits = std::str::from_utf8(reader.digits()).ok()?;
        (digits.parse::<u64>().ok()? == expected).then_some(())?;
    }
    reader.skip_space();
    reader.starts_with(b"obj").then_some(reader.at + 3)
}

/// A place in the bytes.
pub(super) struct Scanner<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl Scanner<'_> {
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

    /// The object after an `N G obj`, with its data if it is a stream. `length` gets the length of the data
    /// from the stream's dictionary.
    pub(super) fn indirect(
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

    /// The next object. `None` at an end of any kind, or at a word that is not an object.
    pub(super) fn object(&mut self, depth: usize) -> Option<Object> {
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
                    escape(self.bytes, &mut self.at, &mut text);
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

    /// A number, or a reference if there are two numbers and an `R`.
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
                // This is not a key but an additional object or junk.
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

    /// Whether the object must end here: at the end of the file, of the object, or where a stream begins.
    fn at_end(&self) -> bool {
        self.at >= self.bytes.len() || self.starts_with(b"endobj") || self.starts_with(b"stream")
    }

    fn skip_junk(&mut self) {
        if self.word().is_empty() {
            self.at += 1;
        }
    }

    /// The stream after a dictionary, or the dictionary if there is none. The stream has the given length if
    /// it ends there, or else goes on to the first end of a stream.
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
                let end = limits.end_of_data(self.bytes, start);
                let data = &self.bytes[start..end];
                let data = data.strip_suffix(b"\n").unwrap_or(data);
                data.strip_suffix(b"\r").unwrap_or(data)
            }
        };
        Object::Stream(Stream::new(dict, data.to_vec()))
    }

    /// Whether the data of a stream may end at a place: there is only white space before the word that ends it.
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
