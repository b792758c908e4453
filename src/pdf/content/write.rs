//! Writes operands, numbers and names for content streams.

use lopdf::Object;

use super::lexer::is_regular;

/// Writes an operand.
pub(crate) fn write_operand(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Integer(value) => out.extend(value.to_string().bytes()),
        Object::Real(value) => write_number(out, f64::from(*value)),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, _) => {
            out.push(b'<');
            for byte in bytes {
                out.extend(format!("{byte:02X}").bytes());
            }
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_operand(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => {
            out.extend(b"<<");
            for (key, value) in dict.iter() {
                write_name(out, key);
                out.push(b' ');
                write_operand(out, value);
            }
            out.extend(b">>");
        }
        _ => out.extend(b"null"),
    }
}

/// Writes a number with at most five decimals and no exponent.
pub(crate) fn write_number(out: &mut Vec<u8>, value: f64) {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text.is_empty() || text == "-0" {
        "0"
    } else {
        text
    };
    out.extend(text.bytes());
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if is_regular(byte) && (33..127).contains(&byte) && byte != b'#' {
            out.push(byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use lopdf::StringFormat;
    use proptest::prelude::*;

    use super::*;
    use crate::pdf::content::operand::Operand;
    use crate::pdf::content::token::{Operation, Tokens};

    proptest! {
        #[test]
        fn operands_survive_writing_and_reading(text in proptest::collection::vec(any::<u8>(), 0..20), number in -30000.0f32..30000.0) {
            let operand = Object::Array(vec![Object::String(text.clone(), StringFormat::Hexadecimal), Object::Name(text.clone()), Object::Real(number)]);
            let mut out = Vec::new();
            write_operand(&mut out, &operand);
            out.extend(b" TJ");
            let ops: Vec<Operation> = Tokens::new(&out).collect();
            let Operand::Array(items) = &ops[0].operands[0] else { panic!("an array") };
            prop_assert_eq!(&items[0], &Operand::String(Cow::Borrowed(&text)));
            prop_assert_eq!(&items[1], &Operand::Name(Cow::Borrowed(&text)));
            let read = items[2].number().unwrap();
            prop_assert!((read - f64::from(number)).abs() < 0.01);
        }
    }
}
