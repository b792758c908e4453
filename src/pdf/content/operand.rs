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
