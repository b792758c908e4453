//! How single objects are kept for the next time.

use bytes::Bytes;
use lopdf::{Dictionary, Object};
use serde::{Deserialize as _, Deserializer, Serializer};

use super::folded::{fold, unfold};

/// The entries of an array.
pub(super) mod array {
    use super::*;

    pub(in crate::assemble) fn serialize<S: Serializer>(
        entries: &[Object],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.serialize_bytes(&fold(&Object::Array(entries.to_vec())))
    }

    pub(in crate::assemble) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<Vec<Object>, D::Error> {
        match unfold(&Bytes::deserialize(from)?) {
            Object::Array(entries) => Ok(entries),
            _ => Err(serde::de::Error::custom("no array")),
        }
    }
}

/// A dictionary.
pub(super) mod dictionary {
    use super::*;

    pub(in crate::assemble) fn serialize<S: Serializer>(
        dict: &Dictionary,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.serialize_bytes(&fold(&Object::Dictionary(dict.clone())))
    }

    pub(in crate::assemble) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<Dictionary, D::Error> {
        match unfold(&Bytes::deserialize(from)?) {
            Object::Dictionary(dict) => Ok(dict),
            _ => Err(serde::de::Error::custom("no dictionary")),
        }
    }
}
