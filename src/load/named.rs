//! Files that sources name.

use crate::finding::{Span, Spanned};
use crate::model::SourceName;
use crate::pdf::RedactionBox;

/// Boxes of a PDF, each with its place in the source.
pub(super) type Boxes = Vec<Spanned<RedactionBox>>;

/// A file that a source names, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Its path from the workspace; with something after a `#` where boxes are taken out of it, so
    /// that the redacted file and the file itself are never taken for each other.
    pub(super) name: SourceName,
    pub(super) span: Span,
    /// What is to be taken out of it.
    pub(super) redact: Boxes,
}

/// The kinds of text file that are documents; any other file is an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    Markdown,
    Word,
    Csv,
}

impl TextKind {
    /// The kind of a file by its name's ending; nothing for an attachment.
    pub(super) fn of(name: &SourceName) -> Option<Self> {
        let (_, ending) = name.file_name().rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "docx" | "docm" => Some(Self::Word),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}
