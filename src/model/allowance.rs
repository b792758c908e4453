//! What a clerk has looked at in the papers of an item, and accepts.

use crate::finding::Span;

/// A kind of finding that is accepted at some words of an item's papers: for files that have no
/// comments of ours, as Word and PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The code of the rule.
    pub code: String,
    /// Words of the line that the finding is in.
    pub text: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub span: Span,
}
