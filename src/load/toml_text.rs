//! The text of a TOML document: its lines, and where they stand in the file.

use std::ops::Range;

use crate::finding::{FileId, Span};

/// Which text the byte offsets of a TOML document count in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    /// The text.
    pub(super) text: &'t str,
    pub(super) file: FileId,
    /// The byte of the file at which the text starts.
    pub(super) offset: usize,
}

impl Source<'_> {
    /// Where the table that a byte stands in ends: at the name of the next, or with the text.
    pub(super) fn section_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        rest.find("\n[").map_or(self.text.len(), |next| at + next)
    }

    /// The line that a byte is in, without its end.
    pub(super) fn line_of(&self, at: usize) -> Range<usize> {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |newline| at + newline);
        start..end
    }

    /// The place of a range that the reader of TOML gave, which may end inside a letter.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let boundary = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at + self.offset
        };
        Span::new(self.file, boundary(range.start), boundary(range.end))
    }
}
