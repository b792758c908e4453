//! Every document of a meeting with what contains it, and who may see it as a result.

use super::{Access, Appendix, Content, Item, Meeting, Paper, PaperBody, PdfDocument};

/// A document of a meeting, what contains it, and who may see it as a result.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Which document it is.
    pub document: Document<'a>,
    /// The item that it belongs to; for an item, itself.
    pub item: &'a Item,
    /// Who may see what contains it: the item around it, its item or its paper.
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

impl<'a> Document<'a> {
    /// Its key, the name of its anchors.
    pub fn key(self) -> &'a str {
        match self {
            Self::Item(item) => &item.key,
            Self::Paper(paper) => &paper.key,
            Self::Appendix(appendix) => &appendix.key,
        }
    }

    /// The PDF that it is.
    pub fn pdf(self) -> Option<&'a PdfDocument> {
        match self {
            Self::Item(_) => None,
            Self::Paper(paper) => match &paper.body {
                PaperBody::Pdf(document) => Some(document),
                _ => None,
            },
            Self::Appendix(appendix) => match &appendix.content {
                Content::Pdf(document) => Some(document),
                _ => None,
            },
        }
    }
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
    /// The access of what contains the appendices that the agenda lists with this item, given the
    /// access of the item itself.
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
