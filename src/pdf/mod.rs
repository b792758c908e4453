//! Reads other people's PDFs: what their content streams paint, their text, and their structure trees.
//!
//! This room knows pages, marks on pages and structure trees. It does not know meetings, appendices or
//! councils, and writes no files. It never trusts what it reads: every walk is limited, and nothing in a
//! file makes it panic.

mod aside;
pub(crate) mod bulk;
mod clear;
pub mod content;
mod drawn;
pub(crate) mod embedded;
mod escape;
pub mod facts;
pub(crate) mod field;
mod file;
mod filters;
mod generations;
pub mod geometry;
mod ink;
pub(crate) mod jpeg;
mod leaves;
pub(crate) mod object;
pub mod opening;
pub(crate) mod packed;
pub mod page;
pub(crate) mod page_tree;
mod pictured;
mod pixels;
pub mod reading;
mod recover;
pub mod redact;
pub mod redaction;
pub mod reflow;
mod rows;
mod scope;
mod shown;
pub mod structure;
pub(crate) mod substance;
pub mod text;
mod unpack;

pub use content::Balance;
pub use file::PdfFile;
pub use ink::Ink;
pub use leaves::{Leaf, leaves};
pub use page::{Geometry, Page, pages};
pub use pictured::pictured;
pub use reading::{Reading, Survey, page_texts, read, read_opened, reflow, survey, suspects};
pub use redact::{RedactError, Redacted, RedactionBox, Removed, redact, without_beside};
pub use substance::{Means, Substance};

/// Opens a PDF that needs no password. `None` if it cannot be read.
pub fn open(bytes: &[u8]) -> Option<lopdf::Document> {
    opening::open(bytes).ok().map(|opened| opened.doc)
}
