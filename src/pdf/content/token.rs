//! Content streams as operations: operators with their operands and their bytes.
//!
//! An inline image is one operation, with its data. Nothing here knows what an operator means.

use std::borrow::Cow;
use std::ops::Range;

use lopdf::{Dictionary, Object};

use super::lexer::{Lexer, MOST_OPERANDS, Token, is_space};
use super::operand::Operand;

/// The most missing bytes of an inline image that are filled up.
const MOST_LACKING: usize = 1 << 20;

/// How many bytes that are text, after what may be the end of an inline image, make that likely and sure.
const LIKELY: usize = 10;
const SURE: usize = 24;
/// Operators that often follow an inline image.
const NEXT: [&[u8]; 6] = [b"Q", b"q", b"BT", b"BI", b"EMC", b"ET"];

/// One operator with its operands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation<'a> {
    /// The operator, which is `BI` for an inline image.
    pub(crate) operator: &'a [u8],
    /// Its operands in order. For `BI` it is only the image's dictionary.
    pub(crate) operands: Vec<Operand<'a>>,
    /// Its bytes in the stream, from the first operand to the end of the operator.
    pub(crate) range: Range<usize>,
    /// The bytes of an inline image's data.
    pub(crate) data: Range<usize>,
}

/// Reads operations from the bytes of a content stream or a CMap.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    lexer: Lexer<'a>,
    /// An empty list with the allocation of one that was given back.
    spare: Vec<Operand<'a>>,
    /// Whether the end of an image's letters was looked for in vain, which is done once: it takes all bytes.
    endless: bool,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            lexer: Lexer::new(bytes),
            spare: Vec::new(),
            endless: false,
        }
    }

    /// Takes back an operation that is no longer needed, so that the next one does not allocate.
    pub(crate) fn give_back(&mut self, operation: Operation<'a>) {
        self.spare = operation.operands;
        self.spare.clear();
    }

    /// The comments so far, each from its `%` to the end of its line.
    pub(crate) fn remarks(&self) -> &[Range<usize>] {
        &self.lexer.remarks
    }

    /// What closes everything that is open at the end of the bytes, after they have been read.
    pub(crate) fn unclosed(self) -> Vec<u8> {
        self.lexer.unclosed
    }

    fn inline_image(&mut self, start: usize) -> Operation<'a> {
        let mut dict = Dictionary::new();
        let mut key: Option<Cow<'a, [u8]>> = None;
        loop {
            match self.lexer.token(0) {
                Token::Operand(Operand::Name(name)) if key.is_none() => key = Some(name),
                Token::Operand(value) => {
                    if let Some(key) = key.take() {
                        dict.set(long_key(&key), value);
                    }
                }
                Token::Operator(word) if word == b"ID" => break,
                Token::Operator(word) if word == b"EI" => {
                    let data = self.lexer.at..self.lexer.at;
                    return image_operation(dict, start..self.lexer.at, data);
                }
                Token::Operator(_) | Token::Close(_) => {}
                Token::End => break,
            }
        }
        if self.lexer.peek().is_some_and(is_space) {
            self.lexer.at += 1;
        }
        let from = self.lexer.at;
        let length = raw_length(&dict);
        let told = length
            .or_else(|| told_length(&dict))
            .and_then(|length| from.checked_add(length));
        let end = told.filter(|&end| self.ends_at(end));
        let end = end.or_else(|| {
            let letters = self.letters(&dict, from);
            self.find_end(from + letters)
        });
        let end = end.unwrap_or_else(|| {
            // Readers that count the bytes of the data must not count what comes after it.
            let lacking = length
                .unwrap_or(0)
                .saturating_sub(self.lexer.bytes.len() - from);
            self.lexer.unclosed.resize(lacking.min(MOST_LACKING), 0);
            self.lexer.unclosed.extend(b"\nEI");
            self.lexer.bytes.len()
        });
        self.lexer.at = end;
        self.lexer.skip_space();
        if self
            .lexer
            .bytes
            .get(self.lexer.at..)
            .is_some_and(|rest| rest.starts_with(b"EI"))
        {
            self.lexer.at += 2;
        }
        image_operation(dict, start..self.lexer.at, from..end)
    }

    fn rest(&self, from: usize) -> &'a [u8] {
        self.lexer.bytes.get(from..).unwrap_or_default()
    }

    /// Whether an image whose data ends here does. Only a few spaces are skipped, so that a crafted stream
    /// is not read again and again.
    fn ends_at(&self, end: usize) -> bool {
        let rest = self.rest(end);
        let spaces = rest.iter().take(4).take_while(|&&b| is_space(b)).count();
        rest[spaces..].starts_with(b"EI")
    }

    /// How many bytes of an inline image's data are letters, with the sign that ends them: among them may be
    /// any word.
    fn letters(&mut self, dict: &Dictionary, from: usize) -> usize {
        let first = match dict.get(b"Filter") {
            Ok(Object::Array(filters)) => filters.first(),
            Ok(filter) => Some(filter),
            Err(_) => None,
        };
        let sign: &[u8] = match first.and_then(|filter| filter.as_name().ok()) {
            Some(b"A85" | b"ASCII85Decode") if !self.endless => b"~>",
            Some(b"AHx" | b"ASCIIHexDecode") if !self.endless => b">",
            _ => return 0,
        };
        let place = self
            .rest(from)
            .windows(sign.len())
            .position(|it| it == sign);
        self.endless = place.is_none();
        place.map_or(0, |place| place + sign.len())
    }

    /// The first `EI` after which the bytes look like a content stream again. Some programs write it
    /// right after the data: then more has to look like one, or an operator has to follow that often does.
    fn find_end(&self, from: usize) -> Option<usize> {
        let ends = self.rest(from).windows(2).enumerate();
        let places = ends.filter(|(_, word)| *word == b"EI");
        places.map(|(place, _)| from + place).find_map(|at| {
            let after = self.rest(at + 2);
            let is_plain = |&byte: &u8| is_space(byte) && byte != 0 || (32..127).contains(&byte);
            let plain = after
                .iter()
                .take(SURE)
                .take_while(|byte| is_plain(byte))
                .count();
            let opens = after.first().is_none_or(|&byte| is_space(byte));
            if !opens || plain < after.len().min(LIKELY) {
                return None;
            }
            if at == from {
                return Some(at);
            }
            if is_space(self.lexer.bytes[at - 1]) {
                return Some(at - 1);
            }
            let words = after[..plain].split(|byte| is_space(*byte));
            let follows = words
                .filter(|word| !word.is_empty())
                .take(1)
                .any(|it| NEXT.contains(&it));
            (follows || plain == after.len().min(SURE)).then_some(at)
        })
    }
}

fn image_operation(
    dict: Dictionary,
    range: Range<usize>,
    data: Range<usize>,
) -> Operation<'static> {
    Operation {
        operator: b"BI",
        operands: vec![Operand::Dictionary(Box::new(dict))],
        range,
        data,
    }
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

/// The length that an inline image says its data has.
fn told_length(dict: &Dictionary) -> Option<usize> {
    let told = dict.get(b"Length").or_else(|_| dict.get(b"L")).ok()?;
    usize::try_from(told.as_i64().ok()?).ok()
}

/// The length of an inline image's data if it has no filter.
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

impl<'a> Iterator for Tokens<'a> {
    type Item = Operation<'a>;

    fn next(&mut self) -> Option<Operation<'a>> {
        let mut operands = std::mem::take(&mut self.spare);
        let mut start = None;
        loop {
            self.lexer.skip_space();
            let here = self.lexer.at;
            match self.lexer.token(0) {
                Token::Operand(operand) => {
                    start.get_or_insert(here);
                    if operands.len() < MOST_OPERANDS {
                        operands.push(operand);
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
                        range: start..self.lexer.at,
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
                    String::from_utf8_lossy(op.operator).into_owned(),
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
            vec![Operand::Array(vec![
                Operand::String(Cow::Borrowed(b"A")),
                Operand::Real(-20.5),
                Operand::String(Cow::Borrowed(b"B)(")),
            ])]
        );
    }

    #[test]
    fn malformed_numbers_are_read_as_other_readers_do() {
        let ops: Vec<Operation> = Tokens::new(b"--5 1.2.3 5-3 . +7 m").collect();
        assert_eq!(
            ops[0].operands,
            vec![
                Operand::Integer(-5),
                Operand::Real(1.2),
                Operand::Real(0.3),
                Operand::Integer(53),
                Operand::Real(0.0),
                Operand::Integer(7)
            ]
        );
    }

    #[test]
    fn an_inline_image_ends_where_its_data_does() {
        for image in [
            "BI /W 2 /H 2 /F /Fl ID x\u{1}\u{2}EI\nQ",
            "BI /W 2 /H 2 /F /Fl ID x\u{1}\u{2}EI % the end of the image\nQ",
            "BI /W 2 /H 2 /F /Fl /L 10 ID one EI 0 7\nEI\nQ",
            "BI /W 2 /H 2 /F /A85 ID one\nEI Q two~>EI\nQ",
            "BI /W 2 /H 2 /F [/AHx /Fl] ID 00 EI 11>\nEI Q",
        ] {
            let source = format!("q {image} BT (Words) Tj ET BI /W 1 /H 1 ID x\nEI");
            let ops = read(source.as_bytes());
            let names: Vec<&str> = ops.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(
                names,
                ["q", "BI", "Q", "BT", "Tj", "ET", "BI"],
                "{source:?}"
            );
        }
    }

    #[test]
    fn an_inline_image_may_hold_the_letters_that_end_it() {
        let source = b"BI /W 2 /H 2 /BPC 8 /CS /G ID  EI  EI Q";
        // There are four bytes of data: " EI " without the space after ID.
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
