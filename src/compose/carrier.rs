//! Where the notes about an item are printed: at the head of its paper, on a leaf of its own, or
//! below its line on the agenda.

use crate::model::{Item, Meeting, PaperBody};

/// Where what an item says is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A leaf of its own, before any papers.
    Sheet,
    /// The head of its first paper.
    Paper,
    /// Its line on the agenda.
    Agenda,
}

/// Where what an item says is printed. Nothing can be added to a paper that came as PDF, so an item
/// with more to say than its agenda line has a leaf before it, where the council has such leaves.
pub fn carrier(meeting: &Meeting, item: &Item) -> Carrier {
    if item.withheld.is_some() || item.withdrawn.is_some() {
        return Carrier::Agenda;
    }
    match item.papers.first().map(|paper| &paper.body) {
        Some(PaperBody::Report(_) | PaperBody::Minutes(_)) => Carrier::Paper,
        _ if !meeting.council.pack.item_sheets => Carrier::Agenda,
        None if was_published(meeting, item) => Carrier::Agenda,
        None if item.appendices.is_empty() => Carrier::Sheet,
        _ if says_more(item) => Carrier::Sheet,
        _ => Carrier::Agenda,
    }
}

/// Whether the pack is a supplement that adds to an item published before.
fn was_published(meeting: &Meeting, item: &Item) -> bool {
    let brings = meeting
        .supplement
        .as_ref()
        .map(|supplement| &supplement.brings);
    let brings = brings.and_then(|brings| brings.get(&item.key));
    brings.is_some_and(|brings| !brings.is_new)
}

/// Whether an item says more than an agenda line ever does.
fn says_more(item: &Item) -> bool {
    item.text.is_some()
        || item.note.is_some()
        || item.officer.is_some()
        || item.application.applicant.is_some()
        || item.revision.is_some()
        || item.supersedes.is_some()
        || item.supplement.is_some()
}

/// Whether an item has a leaf of its own.
pub(super) fn has_sheet(meeting: &Meeting, item: &Item) -> bool {
    carrier(meeting, item) == Carrier::Sheet
}
