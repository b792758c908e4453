//! The documents of a meeting as passages, each of whose bytes can be traced back to the source.

use std::sync::OnceLock;

use crate::check::written_date::{self, WrittenDate};
use crate::finding::Span;
use crate::model::{Access, Item, Minutes, Report};
use crate::prose::{Figure, Inline, Table};

/// A document with its passages in reading order.
pub(crate) struct Document<'a> {
    pub(crate) home: Home<'a>,
    /// Who may see it, because of its own access and that of what contains it.
    pub(super) access: &'a Access,
    /// Why everybody may read it although it is marked as not for publication.
    pub(crate) accept_marking: Option<&'a str>,
    pub(crate) passages: Vec<Passage<'a>>,
    /// Its tables with their places, those of a CSV included.
    pub(crate) tables: Vec<(&'a Table, Span)>,
    /// Its images with their places.
    pub(crate) figures: Vec<(&'a Figure, Span)>,
}

/// Which document a passage is in.
#[derive(Clone, Copy)]
pub(crate) enum Home<'a> {
    /// The texts of one agenda item itself.
    Agenda(&'a Item),
    Report(&'a Item, &'a Report),
    Minutes(&'a Minutes),
    /// An appendix, or a paper of which only the text is known.
    Appendix,
    /// What a reader gets instead of an appendix that cannot re-flow.
    Alternative,
}

impl Document<'_> {
    /// Whether everybody gets to read it.
    pub(crate) fn is_public(&self) -> bool {
        self.access.is_public()
    }
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Heading(u8),
    Paragraph,
    ListItem,
    Cell,
    Note,
    Preformatted,
}

/// A piece of running text without mark-up: a paragraph, a heading, a cell.
pub(crate) struct Passage<'a> {
    pub(crate) role: Role,
    /// Whether it is in a quotation.
    pub(crate) quoted: bool,
    pub(crate) inlines: &'a [Inline],
    pub(crate) text: String,
    pub(crate) span: Span,
    pub(super) pieces: Vec<Piece>,
    /// The dates in it, found when a rule first asks.
    pub(super) dates: OnceLock<Vec<WrittenDate>>,
}

/// Where a part of a passage's text is in the source.
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) span: Span,
    /// Whether the source has the same bytes as the text, so that a place inside can be worked out.
    pub(super) exact: bool,
}

impl Passage<'_> {
    /// The dates that it writes, in order.
    pub(crate) fn dates(&self) -> &[WrittenDate] {
        self.dates.get_or_init(|| written_date::find(&self.text))
    }

    /// Where a range of the text is in the source, as nearly as can be worked out.
    pub(crate) fn at(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.trace(range.start, false);
        let end = self.trace(range.end.max(range.start), true);
        match (start, end) {
            (Some(start), Some(end)) if start.file == end.file && end.end >= start.start => {
                Span::new(start.file, start.start as usize, end.end as usize)
            }
            (Some(start), _) => start,
            _ => self.span,
        }
    }

    /// The place of one byte; with `end`, of the byte before it.
    fn trace(&self, offset: usize, end: bool) -> Option<Span> {
        let probe = if end {
            offset.saturating_sub(1)
        } else {
            offset
        };
        let index = self
            .pieces
            .partition_point(|piece| piece.start <= probe)
            .checked_sub(1)?;
        let piece = self.pieces.get(index)?;
        if !piece.exact {
            return Some(piece.span);
        }
        let at = piece.span.start as usize + (offset - piece.start);
        let at = at.min(piece.span.end as usize);
        Some(Span::new(piece.span.file, at, at))
    }
}
