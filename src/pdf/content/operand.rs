//! The operands of a content stream.

use std::borrow::Cow;

use lopdf::{Dictionary, Object, StringFormat};

/// An operand. It borrows from the stream what stands there as it is meant: nearly all of a page's text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f32),
    Name(Cow<'a, [u8]>),
    String(Cow<'a, [u8]>),
    Array(Vec<Operand<'a>>),
    Dictionary(Box<Dictionary>),
}

impl Operand<'_> {
    /// Its value, if it is a number.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Real(value) if value.is_finite() => Some(f64::from(*value)),
            _ => None,
        }
    }

    /// Its bytes, if it is a name.
    pub(crate) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The same as an object of a file.
    pub(crate) fn to_object(&self) -> Object {
        self.clone().into()
    }
}

/// How many operands an operator takes (ISO 32000-1, annex A); `None` if that is not always the same number, or
/// nothing here depends on it.
pub(crate) fn wanted(operator: &[u8]) -> Option<usize> {
    Some(match operator {
        b"Tj" | b"TJ" | b"'" | b"Do" | b"gs" | b"w" | b"sh" | b"cs" | b"CS" | b"g" | b"G"
        | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr" | b"BMC" => 1,
        b"m" | b"l" | b"Td" | b"TD" | b"Tf" | b"BDC" | b"DP" => 2,
        b"rg" | b"RG" | b"\"" => 3,
        b"re" | b"v" | b"y" | b"k" | b"K" => 4,
        b"c" | b"cm" | b"Tm" => 6,
        _ => return None,
    })
}

/// The operands that an operator takes. If damaged content has more, it is the last ones, as most readers
/// have it.
pub(crate) fn taken<'o, 'a>(operator: &[u8], operands: &'o [Operand<'a>]) -> &'o [Operand<'a>] {
    let extra = wanted(operator).map_or(0, |wanted| operands.len().saturating_sub(wanted));
    &operands[extra..]
}

impl From<Operand<'_>> for Object {
    fn from(operand: Operand<'_>) -> Self {
        match operand {
            Operand::Null => Self::Null,
            Operand::Boolean(value) => Self::Boolean(value),
            Operand::Integer(value) => Self::Integer(value),
            Operand::Real(value) => Self::Real(value),
            Operand::Name(name) => Self::Name(name.into_owned()),
            Operand::String(bytes) => Self::String(bytes.into_owned(), StringFormat::Literal),
            Operand::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Operand::Dictionary(dict) => Self::Dictionary(*dict),
        }
    }
}
