//! A private meeting of an executive.

use crate::check::deadline::clock;
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("private-meeting-notice"),
    severity: Severity::Note,
    room: Room::Clock,
    summary: "An executive that is to meet in private needs 28 clear days' notice",
    explanation: "For a cabinet in England or Northern Ireland whose meeting is private, or at which one \
                  item, report or appendix is exempt or confidential: a first notice 28 clear days \
                  before, and a second one 5 clear days before with the reasons, any representations and the answer to them. The pack cannot know whether \
                  the notice was given; it says by when. After that day (with `--on`) it is a warning.",
    basis: law::PRIVATE_MEETING.basis,
    example: "access = \"private\" for a cabinet",
    remedy: "See that both notices were published; otherwise the agreement that the regulations ask \
                  for is needed",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some([first, second]) = clock(subject.meeting).private_meeting else {
        return Vec::new();
    };
    let late = subject.context.on.is_some_and(|on| on > first.publish_by);
    let date = subject.meeting.sitting.date.span;
    vec![RULE.at_severity(
        if late {
            Severity::Warning
        } else {
            RULE.severity
        },
        date,
        format!(
            "Part of this meeting is private: its first notice had to be published by {}, the second by {}",
            long(first.publish_by),
            long(second.publish_by)
        ),
    )]
}
