//! The text of a TOML document: its lines, and their places in the file.

use std::ops::Range;

use crate::finding::{FileId, Span};

/// The text that the byte offsets of a TOML document refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    /// The text.
    pub(super) text: &'t str,
    pub(super) file: FileId,
    /// The byte of the file at which the text starts.
    pub(super) offset: usize,
}

impl Source<'_> {
    /// The end of the table that a byte is in: the name of the next table, or the end of the text.
    pub(super) fn section_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        rest.find("\n[").map_or(self.text.len(), |next| at + next)
    }

    /// The line that a byte is in, without its end.
    pub(super) fn line_of(&self, at: usize) -> Range<usize> {
        let at = self.text.floor_char_boundary(at);
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |newline| at + newline);
        start..end
    }

    /// The place of a range from the TOML parser, which may end inside a character.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let boundary = |at: usize| self.text.floor_char_boundary(at) + self.offset;
        Span::new(self.file, boundary(range.start), boundary(range.end))
    }
}
