//! Understanding other people's PDFs: what their content streams paint, what their text says, and
//! what their structure trees make of it.
//!
//! This room knows pages, marks on pages and structure trees. It does not know meetings, appendices
//! or councils, writes no files, and never trusts what it reads: every walk is bounded, and nothing
//! in a file makes it panic.

pub mod content;
pub mod geometry;
pub(crate) mod object;
pub mod page;
pub mod reflow;
pub mod structure;
pub mod text;

pub use page::{Page, pages};
pub use reflow::reflow;
