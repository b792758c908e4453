//! Results that are kept between builds. The key is the hash of everything a result depends on, so
//! results can be thrown away at any time and never change what is built.
//!
//! This room knows keys and values, and nothing of disks: where entries are kept, and who may read
//! them, is decided elsewhere.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::hex::hex;

/// Where entries are kept. Failing to read or keep one is not reported, since it can be made again.
pub trait Kept: Sync {
    /// The entry of a key, as it was put.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Keeps an entry.
    fn put(&self, key: &str, entry: &[u8]);
}

impl dyn Kept + '_ {
    /// The value of a key.
    pub(crate) fn value<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        postcard::from_bytes(&self.get(key)?).ok()
    }

    /// Keeps a value.
    pub(crate) fn keep<T: Serialize>(&self, key: &str, value: &T) {
        if let Ok(entry) = postcard::to_extend(value, Vec::new()) {
            self.put(key, &entry);
        }
    }
}

/// How much a shelf holds at most, in bytes.
const MOST: usize = 128 << 20;

/// Entries in memory. Once it is full, it takes no more.
#[derive(Default)]
pub(crate) struct Shelf {
    entries: Mutex<BTreeMap<String, Vec<u8>>>,
    puts: AtomicUsize,
}

impl Shelf {
    /// How often an entry was put, even if there was no room for it.
    pub(crate) fn puts(&self) -> usize {
        self.puts.load(Ordering::Relaxed)
    }

    fn place(&self, key: &str, entry: &[u8]) {
        if let Ok(mut shelf) = self.entries.lock() {
            let held: usize = shelf.values().map(Vec::len).sum();
            if held + entry.len() <= MOST {
                shelf.insert(key.to_owned(), entry.to_vec());
            }
        }
    }
}

impl Kept for Shelf {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.entries.lock().ok()?.get(key).cloned()
    }

    fn put(&self, key: &str, entry: &[u8]) {
        self.puts.fetch_add(1, Ordering::Relaxed);
        self.place(key, entry);
    }
}

/// Two places to keep entries, of which the near one is asked first.
pub(crate) struct Layers<'a> {
    pub(crate) near: Option<&'a Shelf>,
    pub(crate) far: Option<&'a dyn Kept>,
}

impl Layers<'_> {
    /// Whether there is any place.
    pub(crate) fn any(&self) -> bool {
        self.near.is_some() || self.far.is_some()
    }
}

impl Kept for Layers<'_> {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        if let Some(entry) = self.near.and_then(|near| near.get(key)) {
            return Some(entry);
        }
        let entry = self.far?.get(key)?;
        if let Some(near) = self.near {
            near.place(key, &entry);
        }
        Some(entry)
    }

    fn put(&self, key: &str, entry: &[u8]) {
        if let Some(near) = self.near {
            near.put(key, entry);
        }
        if let Some(far) = self.far {
            far.put(key, entry);
        }
    }
}

/// The key of what is worked out from some pieces, in hexadecimal. Another order of the pieces,
/// or other borders between them, is another key.
pub(crate) fn key<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update((piece.len() as u64).to_le_bytes());
        hash.update(piece);
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_bit_by_bit() {
        let shelf = Shelf::default();
        let kept: &dyn Kept = &shelf;
        let value = (
            vec![(595.275_590_551_181_1, 0.1 + 0.2)],
            Some("4 Costs"),
            [1_u8, 2],
        );
        kept.keep("a", &value);
        let (numbers, words, bytes): (Vec<(f64, f64)>, Option<String>, [u8; 2]) =
            kept.value("a").expect("it was kept");
        assert_eq!((numbers, words.as_deref(), bytes), value);
        assert_eq!(kept.value::<(u8, u8)>("b"), None);
        shelf.put("b", &[]);
        assert_eq!(kept.value::<(u8, u8)>("b"), None, "of another kind");
    }

    #[test]
    fn every_piece_and_every_border_changes_the_key() {
        let key = |pieces: &[&str]| key(pieces.iter().map(|piece| piece.as_bytes()));
        let base = key(&["a", "b"]);
        assert_eq!(key(&["a", "b"]), base);
        for other in [
            &["b", "a"][..],
            &["ab"],
            &["a", "", "b"],
            &["a", "c"],
            &["a"],
        ] {
            assert_ne!(key(other), base, "{other:?}");
        }
    }
}
