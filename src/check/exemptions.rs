//! What is withheld from the public, each thing once.

use super::subject::Subject;
use crate::finding::Span;
use crate::model::{Access, Document, Standing};

/// Something that the public does not get.
pub(crate) struct Entry<'a> {
    /// "Item 5", "The report of item 5", "Appendix 2 of item 5".
    pub(crate) what: String,
    pub(crate) access: &'a Access,
    pub(crate) span: Span,
}

/// Everything that is exempt or confidential, each once: a document that merely follows its item
/// is not named again.
pub(crate) fn withheld<'a>(subject: &Subject<'a>) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for part in &subject.meeting.agenda.parts {
        if !part.access.is_public() {
            entries.push(Entry {
                what: format!("Part {}", part.id),
                access: &part.access,
                span: part.span,
            });
        }
    }
    for standing in subject.meeting.documents() {
        let Standing {
            document,
            item,
            outer,
            access,
        } = standing;
        // One that has the access of its part, item or paper is in the list with that.
        let part = item
            .part
            .and_then(|index| subject.meeting.agenda.parts.get(index))
            .map(|part| &part.access);
        let papers = item.papers.iter().map(|paper| &paper.access);
        let follows = match document {
            Document::Item(_) => access == outer || part == Some(access),
            Document::Paper(_) => *access == item.access,
            Document::Appendix(_) => {
                access == outer
                    || *access == item.access
                    || papers.into_iter().any(|paper| paper == access)
            }
        };
        if access.is_public() || follows {
            continue;
        }
        let number = &item.number.value;
        let (what, span) = match document {
            Document::Item(item) => (format!("Item {number}"), item.title.span),
            Document::Paper(paper) => (format!("The report of item {number}"), paper.span),
            Document::Appendix(appendix) => {
                let label = if appendix.label.is_empty() {
                    "An appendix"
                } else {
                    &appendix.label
                };
                (format!("{label} of item {number}"), appendix.title.span)
            }
        };
        entries.push(Entry { what, access, span });
    }
    entries
}
