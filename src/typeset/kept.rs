//! Parts that were set before. A part is known again by the hash of everything that it is set from,
//! so that what is kept can be thrown away at any time and never decides what a page looks like.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Anchor, Break, Heading};

/// Where parts are kept: nothing is known here of disks. An entry that cannot be had or put is not
/// worth a word.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The entry of a key.
    pub get: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Keeps an entry.
    pub put: &'a (dyn Fn(&str, &[u8]) + Sync),
}

/// What the engine made of a part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pages {
    #[serde(skip)]
    pub(super) pdf: Vec<u8>,
    #[serde(with = "exact::pairs")]
    pub(super) sizes: Vec<(f64, f64)>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) headings: Vec<Heading>,
    pub(super) breaks: Vec<Break>,
    pub(super) warnings: Vec<String>,
}

/// The key of a part: the hash of its name, of the templates and of every file that they read.
pub(super) fn key(part: &str, sources: &[(&str, &str)], files: &[(String, Arc<[u8]>)]) -> String {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(part.as_bytes());
    add(&sources.len().to_le_bytes());
    for (path, text) in sources {
        add(path.as_bytes());
        add(text.as_bytes());
    }
    for (path, bytes) in files {
        add(path.as_bytes());
        add(bytes);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// An entry: the hash of the rest, how long the head is, the head, the PDF.
pub(super) fn encode(pages: &Pages) -> Option<Vec<u8>> {
    let head = serde_json::to_vec(pages).ok()?;
    let mut rest = u32::try_from(head.len()).ok()?.to_le_bytes().to_vec();
    rest.extend(head);
    rest.extend(&pages.pdf);
    let mut entry = Sha256::digest(&rest).to_vec();
    entry.extend(rest);
    Some(entry)
}

/// The pages of an entry; `None` where it is damaged.
pub(super) fn decode(entry: &[u8]) -> Option<Pages> {
    let (hash, rest) = entry.split_at_checked(32)?;
    if Sha256::digest(rest).as_slice() != hash {
        return None;
    }
    let (length, rest) = rest.split_at_checked(4)?;
    let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
    let (head, pdf) = rest.split_at_checked(length)?;
    let mut pages: Pages = serde_json::from_slice(head).ok()?;
    pages.pdf = pdf.to_vec();
    Some(pages)
}

/// Numbers written bit by bit, so that what is read is what was written.
pub(super) mod exact {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(number.to_bits())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }

    pub(crate) mod pairs {
        use serde::{Deserialize, Deserializer, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            pairs: &[(f64, f64)],
            to: S,
        ) -> Result<S::Ok, S::Error> {
            to.collect_seq(pairs.iter().map(|(x, y)| (x.to_bits(), y.to_bits())))
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Vec<(f64, f64)>, D::Error> {
            let pairs = Vec::<(u64, u64)>::deserialize(from)?;
            let number = f64::from_bits;
            Ok(pairs
                .into_iter()
                .map(|(x, y)| (number(x), number(y)))
                .collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_what_it_was_or_nothing() {
        let pages = Pages {
            pdf: b"%PDF-1.7 and so on".to_vec(),
            sizes: vec![(595.275_590_551_181_1, 0.1 + 0.2)],
            anchors: vec![Anchor {
                name: "item-4".to_owned(),
                page: 2,
                y: 1.0 / 3.0,
            }],
            headings: vec![Heading {
                title: "4 Costs".to_owned(),
                level: 2,
                page: 2,
                y: 72.3,
            }],
            breaks: vec![Break { mark: 7, offset: 3 }],
            warnings: Vec::new(),
        };
        let entry = encode(&pages).expect("an entry");
        assert_eq!(decode(&entry), Some(pages));
        for at in 0..entry.len() {
            let mut damaged = entry.clone();
            damaged[at] ^= 1;
            assert_eq!(decode(&damaged), None, "byte {at}");
            assert_eq!(decode(&entry[..at]), None, "{at} bytes");
        }
    }

    #[test]
    fn whatever_a_part_is_set_from_changes_its_key() {
        let file = |name: &str, bytes: &[u8]| (name.to_owned(), Arc::from(bytes));
        let base = key("a", &[("/m", "x")], &[file("/f", b"1")]);
        for other in [
            key("b", &[("/m", "x")], &[file("/f", b"1")]),
            key("a", &[("/m", "y")], &[file("/f", b"1")]),
            key("a", &[("/m", "x")], &[file("/f", b"2")]),
            key("a", &[("/m", "x")], &[file("/g", b"1")]),
            key("a", &[("/m", "x"), ("/f", "1")], &[]),
        ] {
            assert_ne!(other, base);
        }
    }
}
