//! No day of publication.

use crate::check::deadline::{clock, publication};
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("publication-date-missing"),
    severity: Severity::Note,
    room: Room::Clock,
    summary: "The day of publication is not given, so the clear days cannot be counted",
    explanation: "`published` in `[meeting]` is what the days of notice are counted from; without it, \
                  the day that `pack publish` recorded. Before publication, `pack check --publish-on` \
                  answers whether a day is in time.",
    basis: law::NOTICE.basis,
    example: "[meeting] without `published`",
    remedy: "Add `published = …` when the day is known",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    if publication(subject.meeting, subject.context.publish_on).is_some() {
        return Vec::new();
    }
    let Some(deadline) = clock(subject.meeting).agenda else {
        return Vec::new();
    };
    let day = if subject.meeting.is_summons() {
        "The day on which the summons is issued"
    } else {
        "The day of publication"
    };
    vec![RULE.at(
        subject.meeting.sitting.span,
        format!(
            "{day} is not given; the last lawful day is {}",
            long(deadline.publish_by)
        ),
    )]
}
