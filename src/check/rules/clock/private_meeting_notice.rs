//! A private meeting of an executive.

use crate::check::deadline::clock;
use crate::check::subject::Subject;
use crate::check::written_date::long;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("private-meeting-notice"),
    severity: Severity::Note,
    room: Room::Clock,
    summary: "An executive that is to meet in private needs 28 clear days' notice",
    explanation: "For a cabinet in England whose meeting is private, or has exempt or confidential \
                  items: a first notice 28 clear days before, and a second one 5 clear days before with \
                  the reasons, any representations and the answer to them. The pack cannot know whether \
                  the notice was given; it says by when. After that day (with `--on`) it is a warning.",
    basis: "SI 2012/2089, reg. 5",
    example: "access = \"private\" for a cabinet",
    remedy: "See that both notices were published; otherwise agreement under reg. 5(6) is needed",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(notice) = clock(subject.meeting).private_meeting else {
        return Vec::new();
    };
    let late = subject.context.on.is_some_and(|on| on > notice.publish_by);
    let date = subject.meeting.sitting.date.span;
    vec![RULE.at_severity(
        if late {
            Severity::Warning
        } else {
            RULE.severity
        },
        date,
        format!(
            "Part of this meeting is private: the first notice had to be published by {}",
            long(notice.publish_by)
        ),
    )]
}
