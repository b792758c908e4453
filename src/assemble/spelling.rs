//! Writes objects as they are in a file, with the final numbers in their references.

use std::io::Write as _;

use lopdf::{Dictionary, Object, StringFormat};

use super::folded::{Token, Unfolding};

/// The generation of a reference to one of the pack's own objects.
pub(super) const SHARED: u16 = 1;
/// The generation of a reference to any object by its place in the whole pack.
pub(super) const ABSOLUTE: u16 = 2;

/// A reference to a shared object.
pub(super) fn shared(place: usize) -> Object {
    Object::Reference((u32::try_from(place).unwrap_or(u32::MAX), SHARED))
}

/// The final numbers of the objects that references in a section mean.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub(super) own: u32,
    pub(super) shared: u32,
    pub(super) finals: &'a [u32],
}

impl Numbers<'_> {
    /// The final number of the object that a reference means, or 0 if that does not exist.
    fn of(&self, (number, generation): (u32, u16)) -> u32 {
        let place = match generation {
            SHARED => self.shared.saturating_add(number),
            ABSOLUTE => number,
            _ => self.own.saturating_add(number),
        };
        self.finals.get(place as usize).copied().unwrap_or(0)
    }
}

pub(super) fn write_dictionary(out: &mut Vec<u8>, dict: &Dictionary, numbers: Numbers) {
    out.extend(b"<<");
    for (key, value) in dict {
        if !value.is_null() {
            write_entry(out, key, value, numbers);
        }
    }
    out.extend(b">>");
}

pub(super) fn write_entry(out: &mut Vec<u8>, key: &[u8], value: &Object, numbers: Numbers) {
    write_name(out, key);
    if needs_space(value) {
        out.push(b' ');
    }
    write_object(out, value, numbers);
}

fn needs_space(object: &Object) -> bool {
    !matches!(
        object,
        Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Dictionary(_)
            | Object::Stream(_)
    )
}

/// Writes an object. The parser that read it limits the depth of the recursion.
pub(super) fn write_object(out: &mut Vec<u8>, object: &Object, numbers: Numbers) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => write_boolean(out, *value),
        Object::Integer(value) => write_integer(out, *value),
        Object::Real(value) => write_real(out, *value),
        Object::Name(name) => write_name(out, name),
        Object::String(text, format) => write_text(out, text, format),
        Object::Array(array) => {
            out.push(b'[');
            for (index, entry) in array.iter().enumerate() {
                if index > 0 && needs_space(entry) {
                    out.push(b' ');
                }
                write_object(out, entry, numbers);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => write_dictionary(out, dict, numbers),
        // A stream cannot be inside another object, so only its dictionary is written.
        Object::Stream(stream) => write_dictionary(out, &stream.dict, numbers),
        Object::Reference(id) => write_reference(out, *id, numbers),
    }
}

/// Writes a folded object exactly as [`write_object`] writes the unfolded one.
pub(super) fn write_folded(out: &mut Vec<u8>, folded: &[u8], numbers: Numbers) {
    let mut unfolding = Unfolding(folded);
    let first = unfolding.next();
    write_next(out, &first, &mut unfolding, false, numbers);
}

/// Writes the object that a token begins. If `apart` is set, there is a space before it if it needs one.
fn write_next<'a>(
    out: &mut Vec<u8>,
    token: &Token<'a>,
    rest: &mut Unfolding<'a>,
    apart: bool,
    numbers: Numbers,
) {
    let is_own_end = matches!(
        token,
        Token::Name(_) | Token::Text(..) | Token::Array(_) | Token::Dictionary(_)
    );
    if apart && !is_own_end {
        out.push(b' ');
    }
    match *token {
        Token::Null => out.extend(b"null"),
        Token::Boolean(value) => write_boolean(out, value),
        Token::Integer(value) => write_integer(out, value),
        Token::Real(value) => write_real(out, value),
        Token::Name(name) => write_name(out, name),
        Token::Text(text, ref format) => write_text(out, text, format),
        Token::Array(count) => {
            out.push(b'[');
            for index in 0..count {
                let entry = rest.next();
                write_next(out, &entry, rest, index > 0, numbers);
            }
            out.push(b']');
        }
        Token::Dictionary(count) => {
            out.extend(b"<<");
            for _ in 0..count {
                let key = rest.text();
                match rest.next() {
                    Token::Null => {}
                    value => {
                        write_name(out, key);
                        write_next(out, &value, rest, true, numbers);
                    }
                }
            }
            out.extend(b">>");
        }
        Token::Reference(id) => write_reference(out, id, numbers),
    }
}

fn write_boolean(out: &mut Vec<u8>, value: bool) {
    out.extend(if value { &b"true"[..] } else { b"false" });
}

fn write_integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    write_digits(out, value.unsigned_abs());
}

/// Writes a whole number. Most of a file is numbers, so this does not use the slower formatting macros.
pub(super) fn write_digits(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend(&digits[at..]);
}

fn write_text(out: &mut Vec<u8>, text: &[u8], format: &StringFormat) {
    match format {
        StringFormat::Hexadecimal => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            out.push(b'<');
            for byte in text {
                out.extend([*byte >> 4, *byte & 15].map(|digit| DIGITS[usize::from(digit)]));
            }
            out.push(b'>');
        }
        StringFormat::Literal => {
            out.push(b'(');
            for byte in text {
                match byte {
                    b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
                    b'\r' => out.extend(b"\\r"),
                    _ => out.push(*byte),
                }
            }
            out.push(b')');
        }
    }
}

fn write_reference(out: &mut Vec<u8>, id: (u32, u16), numbers: Numbers) {
    match numbers.of(id) {
        0 => out.extend(b"null"),
        number => {
            write_digits(out, u64::from(number));
            out.extend(b" 0 R");
        }
    }
}

/// Writes a number without an exponent, or 0 if it is not a number. Numbers larger than any page needs
/// are limited, as without a decimal point they would be read as whole numbers that are out of range.
pub(super) fn write_real(out: &mut Vec<u8>, value: f32) {
    const LARGEST: f32 = 2e9;
    let value = value.clamp(-LARGEST, LARGEST);
    if value.is_nan() {
        out.push(b'0');
    } else if value.fract() == 0.0 {
        let _ = write!(out, "{value:.0}");
    } else {
        let _ = write!(out, "{value}");
    }
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    let plain = |byte: &u8| byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte);
    out.push(b'/');
    let mut rest = name;
    while let Some(at) = rest.iter().position(|byte| !plain(byte)) {
        out.extend(&rest[..at]);
        let _ = write!(out, "#{:02X}", rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend(rest);
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn a_folded_object_is_written_as_what_it_unfolds_to() {
        let text = |bytes: &[u8], format| Object::String(bytes.to_vec(), format);
        let inner = vec![
            Object::Integer(-7),
            Object::Integer(i64::MIN),
            Object::Reference((1, 0)),
            Object::Reference((9, 0)),
            Object::Null,
            Object::Name(b"A B".to_vec()),
            Object::Boolean(true),
            Object::Real(0.5),
            text(b"(a)\\\r\n", StringFormat::Literal),
            Object::Boolean(false),
            text(&[0, 0xaf], StringFormat::Hexadecimal),
            Object::Array(vec![Object::Integer(0), Object::Array(Vec::new())]),
        ];
        let dict = dictionary! {
            "Gone" => Object::Null, "K" => inner, "S" => Object::Name(b"P".to_vec()),
            "P" => Object::Reference((0, SHARED)), "N" => 10, "D" => dictionary! { "E" => 1 },
        };
        let numbers = Numbers {
            own: 1,
            shared: 3,
            finals: &[1, 2, 30, 4_294_967_295],
        };
        let written = "<</K[-7 -9223372036854775808 30 0 R null null/A#20B true 0.5(\\(a\\)\\\\\\r\n) false<00af>[0[]]]\
                       /S/P/P 4294967295 0 R/N 10/D<</E 1>>>>";
        for object in [Object::Dictionary(dict), Object::Null] {
            let (mut open, mut folded) = (Vec::new(), Vec::new());
            write_object(&mut open, &object, numbers);
            write_folded(
                &mut folded,
                &crate::assemble::folded::fold(&object),
                numbers,
            );
            assert_eq!(open, folded);
            if object.as_dict().is_ok() {
                assert_eq!(String::from_utf8_lossy(&open), written);
            }
        }
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let written = |value: f32| {
            let mut out = Vec::new();
            write_real(&mut out, value);
            String::from_utf8(out).expect("digits")
        };
        for value in [0.0, -0.0, 1.5, -72.25, 841.89, 1e-7, 16_777_216.0, 1.9e9] {
            assert_eq!(written(value).parse(), Ok(value), "{value}");
        }
        for (beyond, written_as) in [
            (2.653_589_7e25, "2000000000"),
            (-3.4e38, "-2000000000"),
            (f32::INFINITY, "2000000000"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(written(beyond), written_as);
            assert!(written(beyond).parse::<i32>().is_ok());
        }
    }
}
