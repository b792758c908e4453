//! What meets: a committee, board, cabinet or council, and its membership.

use super::names::folded;
use super::{Copy, Notice};
use crate::finding::Span;

/// A body, as `committees/<id>.toml` describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The name of its file without the ending.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub kind: BodyKind,
    /// The pattern of its minute numbers, such as `{n}/{yy}`.
    pub minute_number: Option<String>,
    /// Who prepares its packs.
    pub clerk: Option<Contact>,
    /// Its places in printed order, filled and vacant.
    pub members: Vec<Member>,
    /// What it tells those who come to its meetings.
    pub notices: Vec<Notice>,
    /// Its standing distribution.
    pub copies: Vec<Copy>,
    /// Where its name stands.
    pub span: Span,
}

/// The kinds of body, which differ in law and custom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words are the field's own")]
pub enum BodyKind {
    Council,
    Cabinet,
    Scrutiny,
    Planning,
    Licensing,
    Parish,
    Board,
    Committee,
}

impl BodyKind {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("council", Self::Council),
        ("cabinet", Self::Cabinet),
        ("scrutiny", Self::Scrutiny),
        ("planning", Self::Planning),
        ("licensing", Self::Licensing),
        ("parish", Self::Parish),
        ("board", Self::Board),
        ("committee", Self::Committee),
    ];
}

/// A person and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The name as printed.
    pub name: String,
    /// The post held.
    pub post: Option<String>,
    /// The unit worked in.
    pub unit: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Where it stands.
    pub span: Option<Span>,
}

/// A place on a body, filled or vacant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name without the style; `None` where the place is vacant.
    pub name: Option<String>,
    /// What the clerk calls the member in other files, where style and name are shared.
    pub id: Option<String>,
    /// How the name is introduced: "Councillor", "Mrs".
    pub style: Option<String>,
    /// The place held.
    pub role: MemberRole,
    /// Whom a co-opted member represents.
    pub represents: Option<String>,
    /// Whether a co-opted member votes, where the council says so.
    pub voting: Option<bool>,
    /// Letters after the name.
    pub honours: Option<String>,
    /// The portfolio of a cabinet member.
    pub portfolio: Option<String>,
    /// Political party or group.
    pub party: Option<String>,
    /// Where papers are sent, line by line.
    pub address: Vec<String>,
    /// Where the entry stands.
    pub span: Span,
}

impl Member {
    /// Whether nobody holds the place.
    pub fn vacant(&self) -> bool {
        self.name.is_none()
    }

    /// Style, name and honours as printed: "Councillor S Davies OBE"; `None` where vacant.
    pub fn full_name(&self) -> Option<String> {
        let name = self.name.as_deref()?;
        let mut full = String::new();
        if let Some(style) = &self.style {
            full.push_str(style);
            full.push(' ');
        }
        full.push_str(name);
        if let Some(honours) = &self.honours {
            full.push(' ');
            full.push_str(honours);
        }
        Some(full)
    }

    /// Whether two entries of a list are one person, who is there twice by mistake.
    pub fn is_same_person(&self, other: &Self) -> bool {
        let name = |member: &Self| member.full_name().map(|name| folded(&name));
        let are_unnamed = self.id.is_none() && other.id.is_none();
        are_unnamed && name(self).is_some() && name(self) == name(other)
    }
}

/// The place that a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberRole {
    /// Chairs the body.
    Chair,
    /// Chairs it when the chair is away.
    ViceChair,
    /// Elected member.
    Member,
    /// Co-opted for what or whom they represent.
    CoOpted,
    /// Takes a member's place when the member is away.
    Substitute,
    /// Attends without being a member.
    Observer,
}

impl MemberRole {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("chair", Self::Chair),
        ("vice-chair", Self::ViceChair),
        ("member", Self::Member),
        ("co-opted", Self::CoOpted),
        ("substitute", Self::Substitute),
        ("observer", Self::Observer),
    ];
}
