//! What is withheld, and the schedules of exempt information.

use std::ops::RangeInclusive;

use super::subject::Subject;
use crate::finding::Span;
use crate::model::{Access, Jurisdiction};

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
    let mut from_above: Vec<&Access> = Vec::new();
    for item in subject.meeting.items() {
        let number = &item.number.value;
        let part = item
            .part
            .and_then(|index| subject.meeting.agenda.parts.get(index))
            .map(|part| &part.access);
        if !item.access.is_public()
            && part != Some(&item.access)
            && !from_above.contains(&&item.access)
        {
            entries.push(Entry {
                what: format!("Item {number}"),
                access: &item.access,
                span: item.title.span,
            });
        }
        if !item.items.is_empty() {
            from_above.push(&item.access);
        }
        for paper in &item.papers {
            if !paper.access.is_public() && paper.access != item.access {
                entries.push(Entry {
                    what: format!("The report of item {number}"),
                    access: &paper.access,
                    span: paper.span,
                });
            }
        }
        for appendix in item.all_appendices() {
            let above = item
                .papers
                .iter()
                .find(|paper| paper.appendices.contains(appendix))
                .map_or(&item.access, |paper| &paper.access);
            if !appendix.access.is_public()
                && appendix.access != *above
                && appendix.access != item.access
            {
                let label = if appendix.label.is_empty() {
                    "An appendix"
                } else {
                    &appendix.label
                };
                entries.push(Entry {
                    what: format!("{label} of item {number}"),
                    access: &appendix.access,
                    span: appendix.title.span,
                });
            }
        }
    }
    entries
}

/// The paragraphs that describe exempt information.
pub(crate) fn paragraphs_of(jurisdiction: Jurisdiction) -> RangeInclusive<u8> {
    match jurisdiction {
        Jurisdiction::England | Jurisdiction::NorthernIreland => 1..=7,
        Jurisdiction::Wales => 12..=18,
        Jurisdiction::Scotland => 1..=15,
    }
}

/// The schedule that lists them.
pub(crate) fn schedule(jurisdiction: Jurisdiction) -> &'static str {
    match jurisdiction {
        Jurisdiction::England => "Part 1 of Schedule 12A",
        Jurisdiction::Wales => "Part 4 of Schedule 12A",
        Jurisdiction::Scotland => "Schedule 7A",
        Jurisdiction::NorthernIreland => "Part 1 of Schedule 6",
    }
}
