//! How far a pack has come: its deadline, and which papers of each item are there.

use super::deadline;
use crate::finding::{Finding, Severity};
use crate::model::calendar::Calendar;
use crate::model::{Content, Date, Item, ItemKind, Meeting, PaperBody};

/// A meeting at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The pack's folder.
    pub id: String,
    /// What meets.
    pub body: String,
    /// The day of the meeting.
    pub date: Date,
    /// The last day on which the pack may be published; `None` where no statute says.
    pub publish_by: Option<Date>,
    /// How many working days are left until then, counted from the day after `on`; negative
    /// where it has passed. `None` where `on` is not given, or no statute sets a day.
    pub days_left: Option<i64>,
    /// The items in order.
    pub items: Vec<ItemStatus>,
    /// How many findings there are: errors, warnings, notes.
    pub findings: [usize; 3],
}

/// One item at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemStatus {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether its papers are there.
    pub state: ItemState,
    /// Whether the public does not get it, or not all of it.
    pub withheld: bool,
}

/// Whether the papers of an item are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// Everything that it lists.
    In,
    /// It needs no paper.
    NoPaper,
    /// Its report, or this many of its papers and appendices, are not there.
    Missing(usize),
    /// It is to follow, and when.
    ToFollow(Option<Date>),
}

impl ItemState {
    /// The state in a few words.
    pub fn words(&self) -> String {
        match self {
            ItemState::In => "in".to_owned(),
            ItemState::NoPaper => "no paper".to_owned(),
            ItemState::Missing(count) => format!("{count} missing"),
            ItemState::ToFollow(None) => "to follow".to_owned(),
            ItemState::ToFollow(Some(date)) => {
                format!("to follow, {}", super::written_date::short(*date))
            }
        }
    }
}

/// The status of a meeting with its findings, as of a day.
pub fn status(meeting: &Meeting, findings: &[Finding], on: Option<Date>) -> Status {
    let publish_by = deadline::clock(meeting)
        .agenda
        .map(|deadline| deadline.publish_by);
    let calendar = Calendar::of(&meeting.council);
    let days = |from, to| i64::try_from(calendar.working_days(from, to)).unwrap_or(i64::MAX);
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let documents = meeting.documents();
    Status {
        id: meeting.id.clone(),
        body: meeting.body.name.clone(),
        date: meeting.sitting.date.value,
        publish_by,
        days_left: on.zip(publish_by).map(|(on, publish_by)| {
            if on <= publish_by {
                days(on, publish_by)
            } else {
                -days(publish_by, on).max(1)
            }
        }),
        items: meeting
            .items()
            .map(|item| {
                let mut own = documents
                    .iter()
                    .filter(|standing| std::ptr::eq(standing.item, item));
                item_status(item, own.any(|standing| !standing.access.is_public()))
            })
            .collect(),
        findings: [
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note),
        ],
    }
}

fn item_status(item: &Item, withheld: bool) -> ItemStatus {
    let missing = item
        .papers
        .iter()
        .filter(|paper| paper.body == PaperBody::Missing)
        .count()
        + item
            .all_appendices()
            .filter(|appendix| appendix.content == Content::Missing)
            .count();
    let state = match item.kind {
        ItemKind::ToFollow { due } => ItemState::ToFollow(due),
        _ if missing > 0 => ItemState::Missing(missing),
        _ if !item.papers.is_empty() => ItemState::In,
        ItemKind::Report | ItemKind::Minutes | ItemKind::Application => ItemState::Missing(1),
        _ => ItemState::NoPaper,
    };
    ItemStatus {
        number: item.number.value.clone(),
        title: item.title.value.clone(),
        state,
        withheld,
    }
}
