//! The minutes of an earlier meeting: who was there, what was decided.

use super::{Contact, Date, Lang, Number, Time};
use crate::finding::{Span, Spanned};
use crate::prose::{Block, Footnote, Inline};

/// Minutes in Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Minutes {
    /// The day of the meeting that they record.
    pub date: Option<Spanned<Date>>,
    /// When it began.
    pub time: Option<Time>,
    /// Where it was.
    pub place: Option<String>,
    /// Members who were there.
    pub present: Vec<Attendee>,
    /// Members who sent apologies.
    pub apologies: Vec<Attendee>,
    /// Others who were there.
    pub in_attendance: Vec<Contact>,
    /// When it ended.
    pub ended: Option<Time>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// What stands before the first minute.
    pub opening: Vec<Block>,
    /// The minutes in order.
    pub minutes: Vec<Minute>,
    /// The footnotes.
    pub footnotes: Vec<Footnote>,
    /// Their language, where it differs from the pack's.
    pub lang: Option<Lang>,
    /// The front matter.
    pub span: Span,
}

/// A name in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who it is, as the clerk names them.
    pub name: String,
    /// How it is printed, where that differs.
    pub printed: Option<String>,
    /// Which of the body's members it is, as an index; `None` where no membership has the name.
    pub member: Option<usize>,
    /// Where it stands.
    pub span: Span,
}

/// One minute.
#[derive(Debug, Clone, PartialEq)]
pub struct Minute {
    /// Its number, such as "1/19".
    pub number: Option<Number>,
    /// Its heading without the number.
    pub heading: Vec<Inline>,
    /// What it says.
    pub blocks: Vec<MinuteBlock>,
    /// Where its heading stands.
    pub span: Span,
}

/// A piece of a minute.
#[derive(Debug, Clone, PartialEq)]
pub enum MinuteBlock {
    /// What was said.
    Text(Block),
    /// What was decided: the paragraph that opens with "Resolved" or "Recommended" and, where it
    /// ends in a colon, what belongs to it.
    Decision(Vec<Block>),
}
