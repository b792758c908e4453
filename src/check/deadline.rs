//! When a pack must be published: the dates that the law sets for a meeting, and whether the day
//! that the clerk names is in time.

use crate::model::calendar::{Calendar, Deadline};
use crate::model::{Date, Meeting, MeetingAccess};

use super::key_decision;

/// The dates that the law sets for a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The agenda and its reports; `None` where no statute says by when.
    pub agenda: Option<Deadline>,
    /// The summons to members, where it may be later than the agenda.
    pub summons: Option<Deadline>,
    /// The first and the second notice of a meeting that an executive means to hold in private, in
    /// whole or in part.
    pub private_meeting: Option<[Deadline; 2]>,
    /// The notice of the key decisions that an executive is to take.
    pub key_decisions: Option<Deadline>,
}

/// The statutory clock of a meeting.
pub fn clock(meeting: &Meeting) -> Clock {
    let calendar = Calendar::of(&meeting.council);
    let law = meeting.law();
    let deadline = |notice| calendar.deadline(meeting.sitting.date.value, notice);
    // Part of a meeting is private as soon as one paper or one appendix of it is.
    let private = || {
        meeting.sitting.access == MeetingAccess::Private
            || meeting
                .documents()
                .iter()
                .any(|standing| !standing.access.is_public())
    };
    Clock {
        agenda: law.notice().map(deadline),
        summons: law.summons().filter(|_| meeting.is_summons()).map(deadline),
        private_meeting: law
            .private_meeting()
            .filter(|_| private())
            .map(|notices| notices.map(deadline)),
        key_decisions: law
            .key_decision()
            .filter(|_| !key_decision::said(meeting).is_empty())
            .map(deadline),
    }
}

/// The day of publication that counts: the caller's, else the one on which the agenda was published.
pub fn publication(meeting: &Meeting, publish_on: Option<Date>) -> Option<Date> {
    publish_on.or_else(|| meeting.agenda_published())
}

/// Whether the pack was published in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// By the last lawful day.
    InTime,
    /// Only if days of public mourning count, which is disputed.
    Disputed,
    /// On a day on which the council does not work, so that it counts from the next on which it
    /// does; that is too late.
    DayOff(Date),
    /// After the last lawful day.
    Late,
}

/// Whether a day of publication meets a deadline of a meeting.
pub fn timeliness(meeting: &Meeting, deadline: &Deadline, publication: Date) -> Timeliness {
    if publication <= deadline.publish_by {
        return Timeliness::InTime;
    }
    if publication <= deadline.counting_mourning {
        return Timeliness::Disputed;
    }
    let calendar = Calendar::of(&meeting.council);
    match calendar.next_working_day(publication) {
        Some(open) if open != publication && publication < meeting.sitting.date.value => {
            Timeliness::DayOff(open)
        }
        _ => Timeliness::Late,
    }
}
