//! The places of pieces of Markdown in their file.

use std::ops::Range;

use crate::finding::{FileId, Span};

/// The place of a piece of Markdown in its file.
#[derive(Debug, Clone, Copy)]
pub(in crate::load) enum TextStart {
    /// Byte for byte, from this byte of the file.
    From(FileId, usize),
    /// Somewhere in this span, in which characters are escaped.
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

/// A piece of a mended text, and its place in the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// The byte of the mended text where it begins; it ends where the next one begins.
    pub(super) from: usize,
    pub(super) source: usize,
    /// Whether its bytes are those of the source; otherwise all of it has one place.
    pub(super) verbatim: bool,
}

/// The places of the bytes of a mended text in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'p> {
    pub(super) origin: TextStart,
    pub(super) pieces: &'p [Piece],
}

impl Places<'_> {
    pub(super) fn span(self, range: Range<usize>) -> Span {
        let start = self.source(range.start);
        // What was put in has no place of its own, so an end may come out before its start.
        self.origin.span(start..self.source(range.end).max(start))
    }

    fn source(self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.from <= at);
        match next.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(piece) if piece.verbatim => piece.source + (at - piece.from),
            Some(piece) => piece.source,
            None => at,
        }
    }
}

/// A range without the whitespace at its end.
pub(super) fn trim_range(text: &str, range: Range<usize>) -> Range<usize> {
    let trimmed = text.get(range.clone()).unwrap_or("").trim_end().len();
    range.start..range.start + trimmed
}
