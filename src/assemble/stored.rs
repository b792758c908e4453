//! How what was taken out of a file is kept for another time: objects as they are folded, among the
//! rest.

use bytes::Bytes;
use lopdf::{Dictionary, Object};
use serde::{Deserialize as _, Deserializer, Serializer};

use super::folded::{fold, fold_all, unfold, unfold_all};

/// Objects, streams among them.
pub(super) mod objects {
    use super::*;

    pub(in crate::assemble) fn serialize<S: Serializer>(
        objects: &[Object],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.serialize_bytes(&fold_all(objects))
    }

    pub(in crate::assemble) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<Vec<Object>, D::Error> {
        Ok(unfold_all(&Bytes::deserialize(from)?))
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
