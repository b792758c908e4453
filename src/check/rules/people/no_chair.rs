//! A body without a chair.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::MemberRole;

pub(crate) const RULE: Rule = Rule {
    code: Code("no-chair"),
    severity: Severity::Warning,
    room: Room::People,
    summary: "No member of the body is its chair",
    explanation: "The front sheet and the distribution list name the chair first. Looked at where the \
                  body has members and the meeting is not the annual one, which elects the chair.",
    basis: "Practice. A principal council elects its chair under Local Government Act 1972, s.3 (England) \
            or s.22 (Wales), a parish council under s.15, a council in Scotland its convener under \
            Local Government etc. (Scotland) Act 1994, s.4",
    example: "A committee whose members all have `role = \"member\"`",
    remedy: "Set `role = \"chair\"` for the member who chairs the body",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let members = &meeting.body.members;
    if members.is_empty()
        || meeting.sitting.kind == crate::model::MeetingKind::Annual
        || members
            .iter()
            .any(|member| member.role == MemberRole::Chair && !member.vacant())
    {
        return Vec::new();
    }
    vec![RULE.at(
        meeting.body.span,
        format!("{} has no chair", meeting.body.name),
    )]
}
