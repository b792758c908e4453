//! One sitting of a body: when, where and for whom.

use super::{Date, Time};
use crate::finding::{Span, Spanned};

/// When and where a meeting is, as the `[meeting]` table says.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    /// The day.
    pub date: Spanned<Date>,
    /// The weekday as the clerk wrote it.
    pub weekday: Option<Spanned<String>>,
    /// When it starts.
    pub time: Option<Time>,
    /// When it ends, where that is announced.
    pub ends: Option<Time>,
    /// Where it is.
    pub place: Option<String>,
    /// Whether the public may attend.
    pub access: MeetingAccess,
    /// What kind of meeting it is.
    pub kind: MeetingKind,
    /// When the body meets next.
    pub next: Option<Spanned<NextMeeting>>,
    /// The meeting whose minutes come up.
    pub previous: Option<Spanned<Date>>,
    /// The day of publication, which the clear days are counted from.
    pub published: Option<Spanned<Date>>,
    /// The day on which the notice of its decisions was published, which call-in is counted from.
    pub decisions_published: Option<Date>,
    /// Why it will not take place, where it was cancelled.
    pub cancelled: Option<String>,
    /// What was changed of its day, hour or place, a sentence each time.
    pub moved: Vec<String>,
    /// Where `[meeting]` stands.
    pub span: Span,
}

/// Whether the public may attend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MeetingAccess {
    /// Open to public and press (Local Government Act 1972, s.100A).
    #[default]
    Public,
    /// Held in private.
    Private,
}

impl MeetingAccess {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 2] =
        [("public", Self::Public), ("private", Self::Private)];
}

/// What kind of meeting it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the words are the field's own")]
pub enum MeetingKind {
    #[default]
    Ordinary,
    Annual,
    Extraordinary,
    Special,
    /// Any other word of the council's.
    Other(String),
}

impl MeetingKind {
    /// The words for the usual kinds.
    pub const WORDS: [&'static str; 4] = ["ordinary", "annual", "extraordinary", "special"];
}

/// What is known of the next meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextMeeting {
    /// Its day.
    On(Date),
    /// What the clerk wrote instead: "To be confirmed".
    Words(String),
}
