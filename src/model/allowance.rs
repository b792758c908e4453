//! What a clerk has looked at in the papers of an item, and accepts.

use crate::finding::Span;

/// Findings of one rule that are accepted on lines of an item's papers with these words: for files
/// that cannot hold our comments, such as Word and PDF.
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
