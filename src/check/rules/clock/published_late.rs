//! Publication with too little notice.

use crate::check::deadline::{clock, publication};
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::calendar::Counting;

pub(crate) const RULE: Rule = Rule {
    code: Code("published-late"),
    severity: Severity::Error,
    room: Room::Clock,
    summary: "The pack is published with fewer days of notice than the law asks for",
    explanation: "Counts back from the meeting: neither the day of the meeting nor that of publication \
                  counts, nor weekends and bank holidays (for a parish Sundays, the Christmas and Easter \
                  breaks, bank holidays and days of public mourning), nor the days that the council \
                  names as non-working. A pack published on a day off counts from the next working day. \
                  `pack deadline` shows the count.",
    basis: "Local Government Act 1972, s.100A(6)(a), s.100B(3), Sch. 12 para. 10(2), s.243; R v Swansea \
            City Council ex parte Elitestone Ltd (1993); Local Government (Scotland) Act 1973, s.50A and \
            s.50B; Local Government Act (Northern Ireland) 2014",
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
    let deadline = clock(meeting).agenda;
    if publication <= deadline.publish_by {
        return Vec::new();
    }
    let days = match deadline.notice.counting {
        Counting::Days => format!("{} days", deadline.notice.days),
        _ => format!("{} clear days", deadline.notice.days),
    };
    let place = match (&sitting.published, subject.context.publish_on) {
        (Some(published), None) => Place::Text(published.span),
        _ => Place::Text(sitting.date.span),
    };
    vec![RULE.at(
        place,
        format!(
            "Published on {}, the pack has not had {days}: the last lawful day was {}",
            long(publication),
            long(deadline.publish_by)
        ),
    )]
}
