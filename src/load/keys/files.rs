//! The files that a clerk writes, and every table in them.

use super::committee::COMMITTEE_FILE;
use super::council::COUNCIL_FILE;
use super::meeting::PACK_FILE;
use super::papers::{MINUTES, REPORT};
use super::shape::Shape;

/// A file that a clerk writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysOf {
    /// `council.toml`.
    Council,
    /// `committees/ID.toml`.
    Committee,
    /// `pack.toml`.
    Pack,
    /// The lines between `+++` at the start of a report or of minutes.
    FrontMatter,
}

impl KeysOf {
    /// Each with its name on the command line.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("council", Self::Council),
        ("committee", Self::Committee),
        ("pack", Self::Pack),
        ("front-matter", Self::FrontMatter),
    ];

    /// The tables that such a file may be: two where only its keys tell which.
    pub(super) fn shapes(self) -> Vec<&'static Shape> {
        match self {
            Self::FrontMatter => vec![&REPORT, &MINUTES],
            _ => vec![self.shape()],
        }
    }

    /// The table that such a file is; for front matter, a report's.
    pub(in crate::load) fn shape(self) -> &'static Shape {
        match self {
            Self::Council => &COUNCIL_FILE,
            Self::Committee => &COMMITTEE_FILE,
            Self::Pack => &PACK_FILE,
            Self::FrontMatter => &REPORT,
        }
    }
}

/// Every table that a clerk writes, each before those inside it.
pub(super) fn shapes() -> impl Iterator<Item = &'static Shape> {
    let mut all: Vec<&'static Shape> = Vec::new();
    for (_, of) in KeysOf::WORDS {
        for shape in of.shapes() {
            gather(shape, &mut all);
        }
    }
    all.into_iter()
}

/// Puts a table and those inside it on a list, each once.
pub(super) fn gather(shape: &'static Shape, all: &mut Vec<&'static Shape>) {
    if all.iter().any(|known| known.id == shape.id) {
        return;
    }
    all.push(shape);
    for inner in shape.keys().filter_map(|key| key.kind.shape()) {
        gather(inner, all);
    }
}
