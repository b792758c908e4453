//! An object as a compact run of bytes that can be read without a parser.

use bytes::Bytes;
use lopdf::{Dictionary, Object, StringFormat};
use serde::{Deserialize as _, Deserializer, Serializer};

use crate::pdf::object::dictionary;

/// Bytes as they are kept for the next time.
pub(super) mod raw {
    use super::*;

    pub(in crate::assemble) fn serialize<S: Serializer>(
        bytes: &[u8],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.serialize_bytes(bytes)
    }

    pub(in crate::assemble) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<Vec<u8>, D::Error> {
        Ok(Bytes::deserialize(from)?.into())
    }
}

/// The byte that a folded object begins with.
mod mark {
    pub(super) const NULL: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const INTEGER: u8 = 3;
    pub(super) const REAL: u8 = 4;
    pub(super) const NAME: u8 = 5;
    pub(super) const LITERAL: u8 = 6;
    pub(super) const HEXADECIMAL: u8 = 7;
    pub(super) const ARRAY: u8 = 8;
    pub(super) const DICTIONARY: u8 = 9;
    pub(super) const REFERENCE: u8 = 10;
}

/// Folds an object.
pub(super) fn fold(object: &Object) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, object);
    out
}

/// Folds an object and appends it. Only the dictionary of a stream is folded.
pub(super) fn put(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.push(mark::NULL),
        Object::Boolean(false) => out.push(mark::FALSE),
        Object::Boolean(true) => out.push(mark::TRUE),
        Object::Integer(value) => {
            out.push(mark::INTEGER);
            // Small numbers of either sign are short.
            put_number(
                out,
                (value.cast_unsigned() << 1) ^ (value >> 63).cast_unsigned(),
            );
        }
        Object::Real(value) => {
            out.push(mark::REAL);
            out.extend(value.to_le_bytes());
        }
        Object::Name(name) => put_bytes(out, mark::NAME, name),
        Object::String(text, StringFormat::Literal) => put_bytes(out, mark::LITERAL, text),
        Object::String(text, StringFormat::Hexadecimal) => put_bytes(out, mark::HEXADECIMAL, text),
        Object::Array(entries) => {
            out.push(mark::ARRAY);
            put_number(out, entries.len() as u64);
            entries.iter().for_each(|entry| put(out, entry));
        }
        Object::Dictionary(dict) => put_dictionary(out, dict),
        // A stream cannot be inside another object, so only its dictionary is kept.
        Object::Stream(stream) => put_dictionary(out, &stream.dict),
        Object::Reference((number, generation)) => {
            out.push(mark::REFERENCE);
            put_number(out, u64::from(*number));
            put_number(out, u64::from(*generation));
        }
    }
}

/// Folds a dictionary of these entries and appends it.
pub(super) fn put_entries<'a>(
    out: &mut Vec<u8>,
    entries: impl ExactSizeIterator<Item = (&'a [u8], &'a Object)>,
) {
    out.push(mark::DICTIONARY);
    put_number(out, entries.len() as u64);
    for (key, value) in entries {
        put_key(out, key);
        put(out, value);
    }
}

fn put_dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    let entries = dict.iter();
    put_entries(out, entries.map(|(key, value)| (key.as_slice(), value)));
}

/// A key of a dictionary as it is folded.
pub(super) fn key(key: &[u8]) -> Vec<u8> {
    let mut folded = Vec::with_capacity(key.len() + 1);
    put_key(&mut folded, key);
    folded
}

fn put_key(out: &mut Vec<u8>, key: &[u8]) {
    put_number(out, key.len() as u64);
    out.extend(key);
}

fn put_bytes(out: &mut Vec<u8>, mark: u8, bytes: &[u8]) {
    out.push(mark);
    put_number(out, bytes.len() as u64);
    out.extend(bytes);
}

/// Appends a number with seven bits in each byte, the lowest first.
fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The object that was folded.
pub(super) fn unfold(bytes: &[u8]) -> Object {
    Unfolding(bytes).object()
}

/// The next piece of a folded object.
pub(super) enum Token<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f32),
    Name(&'a [u8]),
    Text(&'a [u8], StringFormat),
    /// The number of objects that follow.
    Array(u64),
    /// The number of entries that follow, each a key and an object.
    Dictionary(u64),
    Reference((u32, u16)),
}

/// The rest of a folded object while it is unfolded. Objects are folded only here, so the bytes are
/// always complete.
pub(super) struct Unfolding<'a>(pub(super) &'a [u8]);

impl<'a> Unfolding<'a> {
    /// The next object, or the beginning of an array or a dictionary.
    pub(super) fn next(&mut self) -> Token<'a> {
        match self.bytes(1).first().copied().unwrap_or(mark::NULL) {
            mark::FALSE => Token::Boolean(false),
            mark::TRUE => Token::Boolean(true),
            mark::INTEGER => {
                let number = self.number();
                Token::Integer((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
            }
            mark::REAL => {
                let bytes = self.bytes(4).try_into().unwrap_or_default();
                Token::Real(f32::from_le_bytes(bytes))
            }
            mark::NAME => Token::Name(self.text()),
            mark::LITERAL => Token::Text(self.text(), StringFormat::Literal),
            mark::HEXADECIMAL => Token::Text(self.text(), StringFormat::Hexadecimal),
            mark::ARRAY => Token::Array(self.number()),
            mark::DICTIONARY => Token::Dictionary(self.number()),
            mark::REFERENCE => {
                let number = u32::try_from(self.number()).unwrap_or(u32::MAX);
                let generation = u16::try_from(self.number()).unwrap_or(u16::MAX);
                Token::Reference((number, generation))
            }
            _ => Token::Null,
        }
    }

    fn object(&mut self) -> Object {
        match self.next() {
            Token::Null => Object::Null,
            Token::Boolean(value) => Object::Boolean(value),
            Token::Integer(value) => Object::Integer(value),
            Token::Real(value) => Object::Real(value),
            Token::Name(name) => Object::Name(name.to_vec()),
            Token::Text(text, format) => Object::String(text.to_vec(), format),
            Token::Array(count) => Object::Array((0..count).map(|_| self.object()).collect()),
            Token::Dictionary(count) => {
                // An entry takes more than a byte.
                let count = usize::try_from(count).unwrap_or(0).min(self.0.len());
                let entries = (0..count).map(|_| (self.text().to_vec(), self.object()));
                Object::Dictionary(dictionary(entries))
            }
            Token::Reference(id) => Object::Reference(id),
        }
    }

    /// The next key of a dictionary.
    pub(super) fn text(&mut self) -> &'a [u8] {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX);
        self.bytes(length)
    }

    fn bytes(&mut self, length: usize) -> &'a [u8] {
        let (bytes, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        bytes
    }

    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.bytes(1).first().copied().unwrap_or(0);
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn element() -> Dictionary {
        let all = vec![
            Object::Null,
            Object::Boolean(true),
            Object::Boolean(false),
            Object::Integer(0),
            Object::Integer(-1),
            Object::Integer(i64::MAX),
            Object::Integer(i64::MIN),
            Object::Real(-1.5),
            Object::Name(b"P".to_vec()),
            Object::String(vec![0, 255], StringFormat::Literal),
            Object::String(vec![b'x'; 300], StringFormat::Hexadecimal),
            Object::Array(Vec::new()),
            Object::Reference((u32::MAX, 2)),
        ];
        dictionary! { "S" => "TD", "K" => all, "A" => dictionary! { "O" => "Table" } }
    }

    #[test]
    fn what_is_folded_unfolds_as_it_was() {
        let element = Object::from(element());
        assert_eq!(unfold(&fold(&element)), element);
        assert_eq!(unfold(&fold(&Object::Null)), Object::Null);
    }
}
