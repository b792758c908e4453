//! Where a piece of Markdown stands in its file.

use std::ops::Range;

use crate::finding::{FileId, Span};

/// Where a piece of Markdown stands in its file.
#[derive(Debug, Clone, Copy)]
pub(in crate::load) enum TextStart {
    /// Byte for byte from this byte of the file on.
    From(FileId, usize),
    /// Somewhere in this span, with escapes in between.
    Within(Span),
}

impl TextStart {
    pub(super) fn span(self, range: Range<usize>) -> Span {
        match self {
            TextStart::From(file, first) => Span::new(file, range.start + first, range.end + first),
            TextStart::Within(span) => span,
        }
    }
}

/// A range without the blank space at its end.
pub(super) fn trim_range(text: &str, range: Range<usize>) -> Range<usize> {
    let trimmed = text.get(range.clone()).unwrap_or("").trim_end().len();
    range.start..range.start + trimmed
}
