//! A pack that was published months before its meeting.

use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, counted};

pub(crate) const RULE: Rule = Rule {
    code: Code("published-long-before"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "The pack was published more than three months before its meeting",
    explanation: "Agendas come out a week or two before a meeting, so one of the two dates has the wrong \
                  year or month, and clear days counted from it mean nothing.",
    basis: "Practice.",
    example: "date = 2028-03-17\npublished = 2027-03-09",
    remedy: "Correct the date of the meeting, or `published`",
    run,
};

/// The most days before its meeting on which a pack is published.
const MOST: i32 = 92;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let sitting = &subject.meeting.sitting;
    let date = &sitting.date;
    let Some(published) = subject.meeting.agenda_published() else {
        return Vec::new();
    };
    let days = date
        .value
        .since(published)
        .map_or(0, |span| span.get_days());
    if days <= MOST {
        return Vec::new();
    }
    let finding = RULE.at(
        date.span,
        format!(
            "The meeting, {}, is {} after its pack was published",
            long(date.value),
            counted(usize::try_from(days).unwrap_or_default(), "day")
        ),
    );
    vec![match &sitting.published {
        Some(given) => finding.related(given.span, "published"),
        None => finding,
    }]
}
