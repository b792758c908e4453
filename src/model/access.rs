//! Who may see what: access to a document, the two audiences of a pack, and how the access of an
//! item carries over to the papers in it. Nothing else in the program decides that.

use crate::finding::Span;

/// Who an edition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Anybody.
    Public,
    /// The body's members and the officers who serve it.
    Members,
}

impl Audience {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 2] =
        [("public", Self::Public), ("members", Self::Members)];

    /// The word for it in file names and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Members => "members",
        }
    }
}

/// Who may see an item, a report or an appendix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Access {
    /// Everybody.
    #[default]
    Public,
    /// Not the public while an exemption applies (Local Government Act 1972, Schedule 12A and
    /// its counterparts).
    Exempt {
        /// The paragraphs of the schedule that are cited.
        paragraphs: Vec<u8>,
        /// Why the public interest is better served by withholding; meant to be printed.
        public_interest: Option<String>,
        /// Where `access` stands.
        span: Option<Span>,
    },
    /// Not the public at all (Local Government Act 1972, s.100A(2) and (3)).
    Confidential {
        /// Where `access` stands.
        span: Option<Span>,
    },
}

impl Access {
    /// The words that sources use for it.
    pub const WORDS: [&'static str; 3] = ["public", "exempt", "confidential"];

    /// Whether an audience may see it.
    pub fn admits(&self, audience: Audience) -> bool {
        audience == Audience::Members || matches!(self, Access::Public)
    }

    /// Whether everybody may see it.
    pub fn is_public(&self) -> bool {
        matches!(self, Access::Public)
    }

    /// The access of a document that is inside another: what belongs to a withheld document is
    /// withheld with it, whatever its own access.
    pub fn within<'a>(&'a self, outer: &'a Access) -> &'a Access {
        if self.is_public() { outer } else { self }
    }

    /// The access of what contains the appendices that the agenda lists with an item. They belong
    /// to its papers, so where all the papers are withheld, the appendices are too.
    pub fn around_listed<'a>(
        item: &'a Access,
        mut papers: impl Iterator<Item = &'a Access>,
    ) -> &'a Access {
        match papers.next() {
            Some(first) if papers.all(|paper| !paper.is_public()) => first.within(item),
            _ => item,
        }
    }
}

/// What the public edition has in place of a withheld document: why it is withheld, and how many
/// page numbers are left free for it. It holds nothing else of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Why it is withheld; never [`Access::Public`].
    pub access: Access,
    /// How many pages of the members' edition it takes; 0 until they have been counted.
    pub pages: u32,
}
