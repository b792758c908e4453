//! When a pack must be published: the dates that the law sets for a meeting, and whether the day
//! that the clerk names is in time.

use crate::model::calendar::{Calendar, Deadline, EXECUTIVE_NOTICE};
use crate::model::{BodyKind, Date, Jurisdiction, Meeting, MeetingAccess, Tier};

/// The dates that the law sets for a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The agenda and its reports.
    pub agenda: Deadline,
    /// The first notice of a meeting that an executive means to hold in private, in whole or in
    /// part (SI 2012/2089, reg. 5(2)).
    pub private_meeting: Option<Deadline>,
    /// The notice of the key decisions that an executive is to take (SI 2012/2089, reg. 9).
    pub key_decisions: Option<Deadline>,
}

/// The statutory clock of a meeting.
pub fn clock(meeting: &Meeting) -> Clock {
    let calendar = Calendar::of(&meeting.council);
    let date = meeting.sitting.date.value;
    let executive = is_executive(meeting);
    let notice = || calendar.deadline_for(date, EXECUTIVE_NOTICE);
    let private = meeting.sitting.access == MeetingAccess::Private
        || meeting.items().any(|item| !item.access.is_public());
    Clock {
        agenda: calendar.deadline(date),
        private_meeting: (executive && private).then(notice),
        key_decisions: (executive && has_key_decision(meeting)).then(notice),
    }
}

/// The day of publication that counts: the caller's, else the pack's own.
pub fn publication(meeting: &Meeting, publish_on: Option<Date>) -> Option<Date> {
    publish_on.or(meeting.sitting.published.as_ref().map(|day| day.value))
}

/// Whether the body is the executive of an English principal council, to which SI 2012/2089
/// applies.
pub(crate) fn is_executive(meeting: &Meeting) -> bool {
    meeting.body.kind == BodyKind::Cabinet
        && meeting.council.jurisdiction == Jurisdiction::England
        && meeting.council.tier == Tier::Principal
}

/// Whether a report says that it asks for a key decision.
pub(crate) fn has_key_decision(meeting: &Meeting) -> bool {
    use crate::model::PaperBody;
    meeting
        .items()
        .flat_map(|item| &item.papers)
        .any(|paper| match &paper.body {
            PaperBody::Report(report) => report.header.iter().any(|row| {
                row.key == "key-decision"
                    && row
                        .lines
                        .first()
                        .is_some_and(|line| line.trim().to_lowercase().starts_with("yes"))
            }),
            _ => false,
        })
}
