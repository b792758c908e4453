//! Reads objects and operators from the bytes of a content stream or a CMap.
//!
//! It is lenient, as viewers are. What makes no sense is skipped, and numbers are read as far as
//! possible.

use std::borrow::Cow;
use std::ops::Range;

use lopdf::Dictionary;

use super::operand::Operand;
use crate::pdf::escape::escape;

/// The most operands of an operator, and the most items of an array. More are dropped.
pub(super) const MOST_OPERANDS: usize = 1 << 17;
/// How deep arrays and dictionaries may be nested.
const DEEPEST: usize = 24;
/// The parts of a point that the last digit counts which is read of a fraction.
const FINEST: u64 = 1_000_000_000_000;

/// Which bytes are neither spaces nor delimiters. Most of a stream is asked about.
const REGULAR: [bool; 256] = {
    let mut regular = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        regular[byte] = !is_space(byte as u8) && !is_delimiter(byte as u8);
        byte += 1;
    }
    regular
};

/// A place in the bytes.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// The comments so far, each from its `%` to the end of its line.
    pub(super) remarks: Vec<Range<usize>>,
    /// What closes the strings, arrays and dictionaries that are open where the bytes end.
    pub(super) unclosed: Vec<u8>,
}

/// What is read from the bytes.
pub(super) enum Token<'a> {
    Operand(Operand<'a>),
    Operator(&'a [u8]),
    /// The end of an array or a dictionary, by the bracket that closes it.
    Close(u8),
    End,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            remarks: Vec::new(),
            unclosed: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let start = self.at;
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
                // Some bytes are read twice.
                if self.remarks.last().is_none_or(|last| last.end <= start) {
                    self.remarks.push(start..self.at);
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    pub(super) fn token(&mut self, depth: usize) -> Token<'a> {
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else {
                return Token::End;
            };
            match byte {
                b'(' => return Token::Operand(self.literal()),
                b'/' => return Token::Operand(Operand::Name(self.name())),
                b'[' => {
                    self.at += 1;
                    return Token::Operand(self.array(depth));
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    let dict = self.dictionary(depth);
                    return Token::Operand(Operand::Dictionary(Box::new(dict)));
                }
                b'<' => return Token::Operand(self.hex()),
                b']' => {
                    self.at += 1;
                    return Token::Close(b']');
                }
                b'>' => {
                    self.at += 1;
                    if self.peek() == Some(b'>') {
                        self.at += 1;
                        return Token::Close(b'>');
                    }
                }
                b'+' | b'-' | b'.' | b'0'..=b'9' => return Token::Operand(self.number()),
                b')' | b'{' | b'}' => self.at += 1,
                _ => {
                    return match self.word() {
                        b"true" => Token::Operand(Operand::Boolean(true)),
                        b"false" => Token::Operand(Operand::Boolean(false)),
                        b"null" => Token::Operand(Operand::Null),
                        word => Token::Operator(word),
                    };
                }
            }
        }
    }

    /// Reads a number as most readers do: `--5` is -5, `5-3` is 53, and a second point begins another number.
    fn number(&mut self) -> Operand<'a> {
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.peek() {
            negative |= sign == b'-';
            self.at += 1;
        }
        let (mut whole, mut fraction, mut scale) = (0.0_f64, 0_u64, 1_u64);
        let mut point = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' if point => {
                    if scale < FINEST {
                        scale *= 10;
                        fraction = fraction * 10 + u64::from(byte - b'0');
                    }
                }
                b'0'..=b'9' => {
                    whole = whole * 10.0 + f64::from(byte - b'0');
                }
                b'.' if !point => point = true,
                b'-' => {}
                _ => break,
            }
            self.at += 1;
        }
        let value = whole + fraction as f64 / scale as f64;
        let value = if negative { -value } else { value };
        if !point && whole < 9e15 {
            Operand::Integer(value as i64)
        } else {
            Operand::Real(value as f32)
        }
    }

    fn name(&mut self) -> Cow<'a, [u8]> {
        self.at += 1;
        let word = self.word();
        if word.contains(&b'#') {
            Cow::Owned(unescaped(word))
        } else {
            Cow::Borrowed(word)
        }
    }

    /// The regular characters that follow.
    fn word(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|&byte| !is_regular(byte));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn literal(&mut self) -> Operand<'a> {
        self.at += 1;
        let mut depth = 1;
        let rest = &self.bytes[self.at..];
        let plain = rest.iter().position(|byte| b"()\\\r".contains(byte));
        let plain = plain.unwrap_or(rest.len());
        self.at += plain;
        if self.peek() == Some(b')') {
            self.at += 1;
            return Operand::String(Cow::Borrowed(&rest[..plain]));
        }
        let mut text = rest[..plain].to_vec();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    text.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    text.push(byte);
                }
                b'\\' => escape(self.bytes, &mut self.at, &mut text),
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                }
                _ => text.push(byte),
            }
        }
        self.unclosed.extend(b")".repeat(depth));
        Operand::String(Cow::Owned(text))
    }

    fn hex(&mut self) -> Operand<'a> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut high = None;
        loop {
            let Some(byte) = self.peek() else {
                self.unclosed.push(b'>');
                break;
            };
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if byte.is_ascii_hexdigit() {
                let digit = hex_digit(byte);
                match high.take() {
                    Some(high) => bytes.push(high << 4 | digit),
                    None => high = Some(digit),
                }
            }
        }
        if let Some(high) = high {
            bytes.push(high << 4);
        }
        Operand::String(Cow::Owned(bytes))
    }

    fn array(&mut self, depth: usize) -> Operand<'a> {
        let mut items = Vec::new();
        if depth < DEEPEST {
            loop {
                let before = self.at;
                match self.token(depth + 1) {
                    Token::Operand(item) if items.len() < MOST_OPERANDS => items.push(item),
                    Token::Operand(_) => {}
                    // If there is an operator in an array, its bracket was never closed.
                    Token::Operator(word) if is_text_operator(word) => {
                        self.at = before;
                        break;
                    }
                    Token::Operator(_) => {}
                    Token::Close(b'>') => {
                        self.at = before;
                        break;
                    }
                    Token::Close(_) => break,
                    Token::End => {
                        self.unclosed.push(b']');
                        break;
                    }
                }
            }
        }
        Operand::Array(items)
    }

    fn dictionary(&mut self, depth: usize) -> Dictionary {
        let mut dict = Dictionary::new();
        if depth < DEEPEST {
            let mut key: Option<Cow<'a, [u8]>> = None;
            loop {
                match self.token(depth + 1) {
                    Token::Operand(Operand::Name(name)) if key.is_none() => key = Some(name),
                    Token::Operand(value) => {
                        if let Some(key) = key.take() {
                            dict.set(key.into_owned(), value);
                        }
                    }
                    Token::Operator(_) => {}
                    Token::Close(b'>') => break,
                    Token::Close(_) => {}
                    Token::End => {
                        self.unclosed.extend(b">>");
                        break;
                    }
                }
            }
        }
        dict
    }
}

/// A name with the characters that its `#` and two digits stand for.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(&byte) = name.get(at) {
        at += 1;
        match (byte, name.get(at), name.get(at + 1)) {
            (b'#', Some(&high), Some(&low))
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                plain.push(hex_digit(high) << 4 | hex_digit(low));
                at += 2;
            }
            _ => plain.push(byte),
        }
    }
    plain
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

pub(super) fn is_regular(byte: u8) -> bool {
    REGULAR[usize::from(byte)]
}

fn hex_digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => 0,
    }
}

fn is_text_operator(word: &[u8]) -> bool {
    matches!(word, b"TJ" | b"Tj" | b"ET" | b"Td" | b"TD" | b"Tm" | b"Tf")
}
