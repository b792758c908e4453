//! Content streams as operations: operators with their operands and the bytes they stand in.
//!
//! Lenient as viewers are: what makes no sense is passed over, numbers are read as far as they
//! go, and an inline image ends where its data does. Nothing here knows what an operator means.

use std::ops::Range;

use lopdf::{Dictionary, Object, StringFormat};

/// Operands kept before an operator; more are dropped.
const MOST_OPERANDS: usize = 1 << 17;
/// How deep arrays and dictionaries may nest.
const DEEPEST: usize = 24;

/// One operator with its operands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation {
    /// The operator; `BI` for an inline image.
    pub(crate) operator: Vec<u8>,
    /// Its operands in order; for `BI` the image's dictionary alone.
    pub(crate) operands: Vec<Object>,
    /// Its bytes in the stream, from the first operand to the end of the operator.
    pub(crate) range: Range<usize>,
    /// The bytes of an inline image's data.
    pub(crate) data: Range<usize>,
}

/// Reads operations from the bytes of a content stream or a CMap.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    remarks: Vec<Range<usize>>,
}

enum Token {
    Operand(Object),
    Operator(Vec<u8>),
    Close(u8),
    End,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

pub(super) fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            remarks: Vec::new(),
        }
    }

    /// The remarks passed over so far, each from its `%` to the end of its line.
    pub(crate) fn remarks(&self) -> &[Range<usize>] {
        &self.remarks
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let start = self.at;
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
                // some bytes are read twice
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

    fn token(&mut self, depth: usize) -> Token {
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else {
                return Token::End;
            };
            match byte {
                b'(' => return Token::Operand(self.literal()),
                b'/' => return Token::Operand(Object::Name(self.name())),
                b'[' => {
                    self.at += 1;
                    return Token::Operand(self.array(depth));
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    return Token::Operand(Object::Dictionary(self.dictionary(depth)));
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
                    let start = self.at;
                    while self.peek().is_some_and(is_regular) {
                        self.at += 1;
                    }
                    let word = &self.bytes[start..self.at];
                    return match word {
                        b"true" => Token::Operand(Object::Boolean(true)),
                        b"false" => Token::Operand(Object::Boolean(false)),
                        b"null" => Token::Operand(Object::Null),
                        _ => Token::Operator(word.to_vec()),
                    };
                }
            }
        }
    }

    /// Reads a number as far as it goes: `--5` is -5, `1.2.3` is 1.2, `5-3` is 5.
    fn number(&mut self) -> Object {
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.peek() {
            negative |= sign == b'-';
            self.at += 1;
        }
        let (mut whole, mut fraction, mut scale) = (0.0_f64, 0.0_f64, 1.0_f64);
        let (mut point, mut digits) = (false, 0);
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' if point => {
                    if scale > 1e-12 {
                        scale /= 10.0;
                        fraction += f64::from(byte - b'0') * scale;
                    }
                    digits += 1;
                }
                b'0'..=b'9' => {
                    whole = whole * 10.0 + f64::from(byte - b'0');
                    digits += 1;
                }
                b'.' if !point => point = true,
                _ => break,
            }
            self.at += 1;
        }
        // the rest of a malformed number is no operator
        if digits > 0 || point {
            while self
                .peek()
                .is_some_and(|b| matches!(b, b'.' | b'-' | b'0'..=b'9'))
            {
                self.at += 1;
            }
        }
        let value = if negative {
            -(whole + fraction)
        } else {
            whole + fraction
        };
        if !point && whole < 9e15 {
            Object::Integer(value as i64)
        } else {
            Object::Real(value as f32)
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek() {
            if !is_regular(byte) {
                break;
            }
            self.at += 1;
            let digits = (self.bytes.get(self.at), self.bytes.get(self.at + 1));
            match (byte, digits) {
                (b'#', (Some(&high), Some(&low)))
                    if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
                {
                    name.push(hex_digit(high) << 4 | hex_digit(low));
                    self.at += 2;
                }
                _ => name.push(byte),
            }
        }
        name
    }

    fn literal(&mut self) -> Object {
        self.at += 1;
        let mut depth = 1;
        let mut text = Vec::new();
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
                b'\\' => self.escape(&mut text),
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                }
                _ => text.push(byte),
            }
        }
        Object::String(text, StringFormat::Literal)
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push((value & 0xff) as u8);
            }
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Object {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
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
        Object::String(bytes, StringFormat::Hexadecimal)
    }

    fn array(&mut self, depth: usize) -> Object {
        let mut items = Vec::new();
        if depth < DEEPEST {
            loop {
                let before = self.at;
                match self.token(depth + 1) {
                    Token::Operand(object) if items.len() < MOST_OPERANDS => items.push(object),
                    Token::Operand(_) => {}
                    // an operator inside an array: the bracket was never closed
                    Token::Operator(word) if is_text_operator(&word) => {
                        self.at = before;
                        break;
                    }
                    Token::Operator(_) => {}
                    Token::Close(b'>') => {
                        self.at = before;
                        break;
                    }
                    Token::Close(_) | Token::End => break,
                }
            }
        }
        Object::Array(items)
    }

    fn dictionary(&mut self, depth: usize) -> Dictionary {
        let mut dict = Dictionary::new();
        if depth < DEEPEST {
            let mut key: Option<Vec<u8>> = None;
            loop {
                match self.token(depth + 1) {
                    Token::Operand(Object::Name(name)) if key.is_none() => key = Some(name),
                    Token::Operand(object) => {
                        if let Some(key) = key.take() {
                            dict.set(key, object);
                        }
                    }
                    Token::Operator(_) => {}
                    Token::Close(b'>') | Token::End => break,
                    Token::Close(_) => {}
                }
            }
        }
        dict
    }

    fn inline_image(&mut self, start: usize) -> Operation {
        let mut dict = Dictionary::new();
        let mut key: Option<Vec<u8>> = None;
        loop {
            match self.token(0) {
                Token::Operand(Object::Name(name)) if key.is_none() => key = Some(name),
                Token::Operand(object) => {
                    if let Some(key) = key.take() {
                        dict.set(long_key(&key), object);
                    }
                }
                Token::Operator(word) if word == b"ID" => break,
                Token::Operator(word) if word == b"EI" => {
                    let data = self.at..self.at;
                    return image_operation(dict, start..self.at, data);
                }
                Token::Operator(_) | Token::Close(_) => {}
                Token::End => break,
            }
        }
        if self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        let from = self.at;
        let length = raw_length(&dict);
        let mut end = length
            .and_then(|length| from.checked_add(length))
            .filter(|&end| {
                // at most a few spaces, so that a hostile stream is not read over and over
                self.bytes.get(end..).is_some_and(|rest| {
                    let spaces = rest.iter().take(4).take_while(|&&b| is_space(b)).count();
                    rest[spaces..].starts_with(b"EI")
                })
            });
        if end.is_none() {
            end = self.find_end(from);
        }
        let end = end.unwrap_or(self.bytes.len());
        self.at = end;
        self.skip_space();
        if self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(b"EI"))
        {
            self.at += 2;
        }
        image_operation(dict, start..self.at, from..end)
    }

    /// The first `EI` between spaces after which the bytes look like a content stream again.
    fn find_end(&self, from: usize) -> Option<usize> {
        let mut at = from;
        while at + 1 < self.bytes.len() {
            let before = at == from || is_space(self.bytes[at - 1]);
            if before && &self.bytes[at..at + 2] == b"EI" {
                let after = &self.bytes[at + 2..self.bytes.len().min(at + 12)];
                let opens = after.first().is_none_or(|&byte| is_space(byte));
                let plain = after
                    .iter()
                    .all(|&byte| is_space(byte) && byte != 0 || (32..127).contains(&byte));
                if opens && plain {
                    let data_end = if at > from { at - 1 } else { at };
                    return Some(data_end);
                }
            }
            at += 1;
        }
        None
    }
}

fn image_operation(dict: Dictionary, range: Range<usize>, data: Range<usize>) -> Operation {
    Operation {
        operator: b"BI".to_vec(),
        operands: vec![Object::Dictionary(dict)],
        range,
        data,
    }
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

/// The full name of an inline image's abbreviated key.
fn long_key(key: &[u8]) -> &[u8] {
    match key {
        b"W" => b"Width",
        b"H" => b"Height",
        b"BPC" => b"BitsPerComponent",
        b"CS" => b"ColorSpace",
        b"F" => b"Filter",
        b"DP" => b"DecodeParms",
        b"IM" => b"ImageMask",
        b"D" => b"Decode",
        b"I" => b"Interpolate",
        other => other,
    }
}

/// The length of an inline image's data where no filter is at work.
fn raw_length(dict: &Dictionary) -> Option<usize> {
    if dict.has(b"Filter") {
        return None;
    }
    let int = |key: &[u8]| dict.get(key).ok().and_then(|value| value.as_i64().ok());
    let width = usize::try_from(int(b"Width")?).ok()?;
    let height = usize::try_from(int(b"Height")?).ok()?;
    let mask = dict
        .get(b"ImageMask")
        .is_ok_and(|value| matches!(value, Object::Boolean(true)));
    let bits = if mask {
        1
    } else {
        usize::try_from(int(b"BitsPerComponent")?).ok()?
    };
    let components = match dict.get(b"ColorSpace") {
        Ok(Object::Name(name)) => match name.as_slice() {
            b"G" | b"DeviceGray" | b"CalGray" => 1,
            b"RGB" | b"DeviceRGB" | b"CalRGB" => 3,
            b"CMYK" | b"DeviceCMYK" => 4,
            _ => return None,
        },
        Ok(Object::Array(_)) => 1,
        _ => 1,
    };
    let row = width
        .checked_mul(bits)?
        .checked_mul(components)?
        .div_ceil(8);
    row.checked_mul(height)
}

impl Iterator for Tokens<'_> {
    type Item = Operation;

    fn next(&mut self) -> Option<Operation> {
        let mut operands = Vec::new();
        let mut start = None;
        loop {
            self.skip_space();
            let here = self.at;
            match self.token(0) {
                Token::Operand(object) => {
                    start.get_or_insert(here);
                    if operands.len() < MOST_OPERANDS {
                        operands.push(object);
                    }
                }
                Token::Operator(operator) => {
                    let start = start.unwrap_or(here);
                    if operator == b"BI" {
                        return Some(self.inline_image(here));
                    }
                    return Some(Operation {
                        operator,
                        operands,
                        range: start..self.at,
                        data: 0..0,
                    });
                }
                Token::Close(_) => {}
                Token::End => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(source: &[u8]) -> Vec<(String, usize)> {
        Tokens::new(source)
            .map(|op| {
                (
                    String::from_utf8_lossy(&op.operator).into_owned(),
                    op.operands.len(),
                )
            })
            .collect()
    }

    #[test]
    fn operators_come_with_their_operands_and_bytes() {
        let source = b"q 1 0 0 1 50 50 cm\nBT /F1 12 Tf [(A) -20.5 (B\\)\\050)] TJ ET Q";
        let ops: Vec<Operation> = Tokens::new(source).collect();
        assert_eq!(ops.len(), 7);
        assert_eq!(&source[ops[1].range.clone()], b"1 0 0 1 50 50 cm");
        assert_eq!(
            ops[4].operands,
            vec![Object::Array(vec![
                Object::String(b"A".to_vec(), StringFormat::Literal),
                Object::Real(-20.5),
                Object::String(b"B)(".to_vec(), StringFormat::Literal),
            ])]
        );
    }

    #[test]
    fn malformed_numbers_are_read_as_far_as_they_go() {
        let ops: Vec<Operation> = Tokens::new(b"--5 1.2.3 5-3 . +7 m").collect();
        assert_eq!(
            ops[0].operands,
            vec![
                Object::Integer(-5),
                Object::Real(1.2),
                Object::Integer(5),
                Object::Real(0.0),
                Object::Integer(7)
            ]
        );
    }

    #[test]
    fn an_inline_image_may_hold_the_letters_that_end_it() {
        let source = b"BI /W 2 /H 2 /BPC 8 /CS /G ID  EI  EI Q";
        // four bytes of data: " EI " without the space after ID
        let ops: Vec<Operation> = Tokens::new(source).collect();
        assert_eq!(ops.len(), 2, "{ops:?}");
        assert_eq!(&source[ops[0].data.clone()], b" EI ");
        assert_eq!(ops[1].operator, b"Q");
    }

    #[test]
    fn an_array_that_never_closes_does_not_swallow_its_operator() {
        assert_eq!(
            read(b"[(A) (B) TJ 1 0 0 RG"),
            vec![("TJ".to_owned(), 1), ("RG".to_owned(), 3)]
        );
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
        assert!(Tokens::new(&deep).count() == 0);
        let deep = b"<<".repeat(100_000);
        assert!(Tokens::new(&deep).count() == 0);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let count = Tokens::new(&bytes).count();
            prop_assert!(count <= bytes.len());
        }
    }
}
