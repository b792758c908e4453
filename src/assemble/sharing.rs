//! Finds streams to be stored once: fonts, images and profiles that came with several attachments.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use lopdf::Object;
use rayon::prelude::*;

use super::folded::unfold;
use super::objects::Objects;
use super::spelling::{Numbers, write_folded};
use crate::pdf::bulk::Bulk;

/// The shortest stream that is worth comparing, in bytes.
const WORTH_SHARING: usize = 64;

/// A stream that may be a copy of another.
struct Candidate<'a> {
    /// Where the objects of its section begin.
    own: u32,
    place: usize,
    /// The folded dictionary.
    dict: &'a [u8],
    data: &'a [u8],
}

impl<'a> Candidate<'a> {
    /// Its length and its first bytes. Most different streams already differ in these, so few must be
    /// read to the end.
    fn beginning(&self) -> (usize, &'a [u8]) {
        (self.data.len(), &self.data[..self.data.len().min(256)])
    }
}

/// The places of streams that are equal to an earlier one, each with the place of that one.
pub(super) fn equal_streams(
    sections: &[(Objects, Bulk<usize>)],
    own: &[u32],
    shared: u32,
    total: usize,
) -> HashMap<usize, usize> {
    let streams: Vec<Candidate> = sections
        .iter()
        .zip(own)
        .flat_map(|((objects, bulk), own)| {
            objects.streams().map(move |(index, dict, data)| Candidate {
                own: *own,
                place: *own as usize + index,
                dict,
                data: bulk.data(index, data),
            })
        })
        .filter(|stream| stream.data.len() >= WORTH_SHARING && !is_tagged(stream.dict))
        .collect();
    let mut beginnings: HashMap<(usize, &[u8]), u32> = HashMap::new();
    for stream in &streams {
        *beginnings.entry(stream.beginning()).or_default() += 1;
    }
    let candidates: Vec<(Candidate, u64)> = streams
        .into_par_iter()
        .filter(|stream| {
            let alike = beginnings.get(&stream.beginning());
            alike.is_some_and(|count| *count > 1)
        })
        .map(|stream| {
            let mut hasher = DefaultHasher::new();
            stream.data.hash(&mut hasher);
            (stream, hasher.finish())
        })
        .collect();
    let mut aliases: HashMap<usize, usize> = HashMap::new();
    // An image may refer to its mask, so images may turn out to be equal once their masks are.
    for _ in 0..3 {
        let before = aliases.len();
        let mut finals: Vec<u32> = (0..u32::try_from(total).unwrap_or(u32::MAX)).collect();
        for (copy, original) in &aliases {
            finals[*copy] = finals[*original];
        }
        let mut met: HashMap<_, Vec<&Candidate>> = HashMap::new();
        for (stream, hash) in &candidates {
            if aliases.contains_key(&stream.place) {
                continue;
            }
            let mut dict = Vec::new();
            let numbers = Numbers {
                own: stream.own,
                shared,
                finals: &finals,
            };
            write_folded(&mut dict, stream.dict, numbers);
            let equals = met.entry((*hash, dict)).or_default();
            match equals.iter().find(|other| other.data == stream.data) {
                Some(original) => {
                    aliases.insert(stream.place, original.place);
                }
                None => equals.push(stream),
            }
        }
        if aliases.len() == before {
            break;
        }
    }
    aliases
}

/// Whether the tags refer to a stream by its own number, so that no other can replace it.
fn is_tagged(dict: &[u8]) -> bool {
    memchr::memmem::find(dict, b"StructParent").is_some()
        && matches!(unfold(dict), Object::Dictionary(dict)
            if dict.has(b"StructParents") || dict.has(b"StructParent"))
}
