//! A meeting in a year whose bank holidays are not known.

use crate::check::deadline::clock;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::calendar::{FIRST_YEAR, LAST_YEAR};

pub(crate) const RULE: Rule = Rule {
    code: Code("calendar-unknown"),
    severity: Severity::Warning,
    room: Room::Clock,
    summary: "The bank holidays around the meeting are not built in",
    explanation: "Outside the years of the built-in table only weekends and the council's own \
                  non-working days are left out when notice is counted, so the deadline may be too late.",
    basis: "Banking and Financial Dealings Act 1971, Sch. 1",
    example: "date = 2031-05-07",
    remedy: "Name the bank holidays in `[calendar] non-working`, or update pack",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    if clock(subject.meeting)
        .agenda
        .is_none_or(|deadline| deadline.known)
    {
        return Vec::new();
    }
    let date = &subject.meeting.sitting.date;
    vec![RULE.at(
        date.span,
        format!(
            "Bank holidays are built in for {FIRST_YEAR} to {LAST_YEAR}, not for {}",
            date.value.year()
        ),
    )]
}
