//! No day of publication.

use crate::check::deadline::{clock, publication};
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("publication-date-missing"),
    severity: Severity::Note,
    room: Room::Clock,
    summary: "The day of publication is not given, so the clear days cannot be counted",
    explanation: "`published` in `[meeting]` is what the days of notice are counted from. Before \
                  publication, `pack check --publish-on` answers whether a day is in time.",
    basis: "Local Government Act 1972, s.100B(3)",
    example: "[meeting] without `published`",
    remedy: "Add `published = …` when the day is known",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    if publication(subject.meeting, subject.context.publish_on).is_some() {
        return Vec::new();
    }
    vec![RULE.at(
        subject.meeting.sitting.span,
        format!(
            "The day of publication is not given; the last lawful day is {}",
            long(clock(subject.meeting).agenda.publish_by)
        ),
    )]
}
