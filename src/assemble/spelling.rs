//! Objects as a file spells them, their references through the final numbers.

use std::io::Write as _;

use lopdf::{Dictionary, Object};

/// Generation of a reference to one of the pack's own objects.
pub(super) const SHARED: u16 = 1;
/// Generation of a reference to any object by its place in the whole pack.
pub(super) const ABSOLUTE: u16 = 2;

/// A reference to a shared object.
pub(super) fn shared(place: usize) -> Object {
    Object::Reference((u32::try_from(place).unwrap_or(u32::MAX), SHARED))
}

/// How references are written: by the section they stand in, through the final numbers.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub(super) own: u32,
    pub(super) shared: u32,
    pub(super) finals: &'a [u32],
}

impl Numbers<'_> {
    /// The final number of what a reference means; 0 if that does not exist.
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

/// Writes an object. Depth is bounded by the parser that read it.
pub(super) fn write_object(out: &mut Vec<u8>, object: &Object, numbers: Numbers) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(value) => {
            let _ = write!(out, "{value}");
        }
        Object::Real(value) => write_real(out, *value),
        Object::Name(name) => write_name(out, name),
        Object::String(text, lopdf::StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in text {
                let _ = write!(out, "{byte:02x}");
            }
            out.push(b'>');
        }
        Object::String(text, lopdf::StringFormat::Literal) => {
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
        // A stream cannot stand inside another object; what is left of it is its dictionary.
        Object::Stream(stream) => write_dictionary(out, &stream.dict, numbers),
        Object::Reference(id) => match numbers.of(*id) {
            0 => out.extend(b"null"),
            number => {
                let _ = write!(out, "{number} 0 R");
            }
        },
    }
}

/// A number without exponent; what is no number becomes 0. Numbers that no page has use for are cut
/// off: without a decimal point they would be read as whole numbers that fit into nothing.
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
    use super::*;

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
