//! Who may see what: access to a document, the two audiences of a pack, and how far what a
//! document stands in decides who may see it. Nothing else in the program answers that.

use super::{Appendix, Item, Meeting, Paper};
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
    /// Whether an audience may see it.
    pub fn admits(&self, audience: Audience) -> bool {
        audience == Audience::Members || matches!(self, Access::Public)
    }

    /// Whether everybody may see it.
    pub fn is_public(&self) -> bool {
        matches!(self, Access::Public)
    }

    /// Who may see something with this access inside something with another: what belongs to a
    /// withheld document is withheld with it, whatever it says itself.
    pub fn within<'a>(&'a self, outer: &'a Access) -> &'a Access {
        if self.is_public() { outer } else { self }
    }

    /// Who may see what the appendices stand in that the agenda lists with an item: they belong to
    /// its papers, so where all of those are withheld, so are they.
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

/// A document of a meeting, what it stands in, and who may see it because of both.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Which document it is.
    pub document: Document<'a>,
    /// The item that it belongs to; for an item, itself.
    pub item: &'a Item,
    /// Who may see what it stands in: the item around it, its item or its paper.
    pub outer: &'a Access,
    /// Who may see it.
    pub access: &'a Access,
}

/// A document of a meeting.
#[derive(Debug, Clone, Copy)]
pub enum Document<'a> {
    /// An item's own words on the agenda.
    Item(&'a Item),
    /// A paper of an item.
    Paper(&'a Paper),
    /// An appendix of a paper or of an item.
    Appendix(&'a Appendix),
}

impl Meeting {
    /// Every item, paper and appendix with who may see it, in the order of the agenda.
    pub fn documents(&self) -> Vec<Standing<'_>> {
        let mut documents = Vec::new();
        for item in &self.agenda.items {
            item.documents(&Access::Public, &mut documents);
        }
        documents
    }
}

impl Item {
    /// Who may see what the appendices stand in that the agenda lists with this item, given who may
    /// see the item itself.
    pub fn around_listed<'a>(&'a self, access: &'a Access) -> &'a Access {
        Access::around_listed(access, self.papers.iter().map(|paper| &paper.access))
    }

    fn documents<'a>(&'a self, outer: &'a Access, documents: &mut Vec<Standing<'a>>) {
        let own = self.access.within(outer);
        let mut add = |document, outer: &'a Access, access: &'a Access| {
            let access = access.within(outer);
            documents.push(Standing {
                document,
                item: self,
                outer,
                access,
            });
            access
        };
        add(Document::Item(self), outer, own);
        for paper in &self.papers {
            let access = add(Document::Paper(paper), own, &paper.access);
            for appendix in &paper.appendices {
                add(Document::Appendix(appendix), access, &appendix.access);
            }
        }
        for appendix in &self.appendices {
            let listed = self.around_listed(own);
            add(Document::Appendix(appendix), listed, &appendix.access);
        }
        for inner in &self.items {
            inner.documents(own, documents);
        }
    }
}

/// What the public edition holds in the place of a document that it does not: why, and how many
/// page numbers are left free for it. Nothing else of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Why it is withheld; never [`Access::Public`].
    pub access: Access,
    /// How many pages of the members' edition it takes; 0 until they have been counted.
    pub pages: u32,
}
