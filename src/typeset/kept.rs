//! Parts that were set before, found again by everything that they are set from.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::sheets::{Anchor, Heading, Slot};

/// What the engine made of a part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pages {
    pub(super) pdf: Bytes,
    pub(super) sizes: Vec<(f64, f64)>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) headings: Vec<Heading>,
    pub(super) slots: Vec<Slot>,
    pub(super) words: Vec<String>,
    pub(super) warnings: Vec<String>,
}

/// The key of a part: its name, the templates and every file that they read.
pub(super) fn key(part: &str, sources: &[(&str, &str)], files: &[(String, Bytes)]) -> String {
    let count = sources.len().to_le_bytes();
    let head = [
        env!("CARGO_PKG_VERSION").as_bytes(),
        part.as_bytes(),
        &count,
    ];
    let sources = sources
        .iter()
        .flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
    let files = files
        .iter()
        .flat_map(|(path, bytes)| [path.as_bytes(), bytes]);
    crate::kept::key(head.into_iter().chain(sources).chain(files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_part_is_set_from_changes_its_key() {
        let file = |name: &str, bytes: &[u8]| (name.to_owned(), Bytes::copy_from_slice(bytes));
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
