//! Publication with too little notice.

use crate::check::deadline::{Timeliness, clock, publication, timeliness};
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("published-late"),
    severity: Severity::Error,
    room: Room::Clock,
    summary: "The pack is published with fewer days of notice than the law asks for",
    explanation: "Counts back from the meeting: neither the day of the meeting nor that of publication \
                  counts, nor weekends and bank holidays (for a parish Sundays, the Christmas and Easter \
                  breaks, bank holidays and days of public mourning), nor the days that the council \
                  names as non-working; in Northern Ireland every day counts. Papers are open to \
                  inspection at the council's offices, so a pack published on a day off counts from the \
                  next working day. Whether days of public mourning count for a parish is disputed, so \
                  those make a warning. So does a late day that only `published.toml` records, because it cannot \
                  be undone. `pack deadline` shows the count.",
    basis: law::NOTICE.basis,
    example: "date = 2019-03-18\npublished = 2019-03-11",
    remedy: "Publish by the last lawful day, move the meeting, or have urgency agreed and minuted",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let sitting = &meeting.sitting;
    let Some(publication) = publication(meeting, subject.context.publish_on) else {
        return Vec::new();
    };
    let Some(deadline) = clock(meeting).agenda else {
        return Vec::new();
    };
    let notice = format!("{} clear days", deadline.notice.days);
    let (day, last) = (long(publication), long(deadline.publish_by));
    let (severity, message) = match timeliness(meeting, &deadline, publication) {
        Timeliness::InTime => return Vec::new(),
        Timeliness::Disputed => (
            Severity::Warning,
            format!(
                "Published on {day}, the pack has had {notice} only if days of public mourning count, which is disputed: the last day beyond dispute was {last}"
            ),
        ),
        Timeliness::DayOff(open) => (
            RULE.severity,
            format!(
                "Published on {day}, when the council does not work, the pack counts as published on {} and has too few of {notice}: the last lawful day was {last}",
                long(open)
            ),
        ),
        Timeliness::Late => (
            RULE.severity,
            format!(
                "Published on {day}, the pack has not had {notice}: the last lawful day was {last}"
            ),
        ),
    };
    let (severity, place) = match (&sitting.published, subject.context.publish_on) {
        (Some(published), None) => (severity, Place::Text(published.span)),
        // What has happened cannot be mended, and supplements to it must still be made.
        (None, None) => (Severity::Warning, Place::Text(sitting.date.span)),
        (_, Some(_)) => (severity, Place::Text(sitting.date.span)),
    };
    vec![RULE.at_severity(severity, place, message)]
}
