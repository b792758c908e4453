//! A summons that nobody signs.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("summons-unsigned"),
    severity: Severity::Warning,
    room: Room::Clock,
    summary: "A summons to the whole council names no proper officer",
    explanation: "The agenda of a meeting of the whole council is a summons to its members, which the \
                  proper officer signs; the front sheet prints the officer's name with the day of issue. \
                  Committees are not summoned.",
    basis: law::SUMMONS.basis,
    example: "kind = \"council\" in the committee's file, and no `proper-officer` in council.toml",
    remedy: "Add `proper-officer = { name = \"…\", post = \"…\" }` to [council] in council.toml",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    if !meeting.is_summons() || meeting.council.proper_officer.is_some() {
        return Vec::new();
    }
    vec![RULE.at(
        meeting.council.span,
        "This meeting's agenda is a summons, but no proper officer is named to sign it",
    )]
}
