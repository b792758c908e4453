//! What was published of a meeting: which documents, and on which pages. Whoever was at the meeting,
//! or reads its minutes, turns to those pages for ever.

use jiff::civil::Date;

use super::SourceName;
use crate::finding::Span;

/// What was published, as `published.toml` beside the agenda says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The day on which it was published.
    pub published: Date,
    /// The last page number that it takes, those kept for what is withheld included.
    pub last_page: u32,
    /// Its documents in order.
    pub documents: Vec<Recorded>,
}

/// A document that was published, or the leaf in the place of one that the public does not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The name of its anchors: "item-4-report".
    pub key: String,
    /// What it was called.
    pub title: String,
    /// Its first page number.
    pub first: u32,
    /// The last page number that it takes.
    pub last: u32,
    /// The file that it came from, and the SHA-256 of its bytes in hexadecimal.
    pub source: Option<(SourceName, String)>,
    /// Where the record names it.
    pub span: Span,
}
