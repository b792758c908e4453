//! A recipient whose name is nearly that of a member.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, names};
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::Recipient;

pub(crate) const RULE: Rule = Rule {
    code: Code("recipient-nearly-a-member"),
    severity: Severity::Error,
    room: Room::People,
    summary: "A copy goes to somebody whose name is nearly that of a member",
    explanation: "A copy for a member names the member as the membership does; with another spelling it \
                  goes to a stranger of that name, and the member gets the default copy instead: not the \
                  large print that was asked for. Other recipients may have any name.",
    basis: "Equality Act 2010, s.20",
    example: "to = \"Underhil\" where the member is Underhill",
    remedy: "Write the name as the membership has it; if it is somebody else, allow the rule and give the reason",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let members = &subject.meeting.body.members;
    subject
        .meeting
        .copies
        .iter()
        .filter_map(|copy| {
            let Recipient::Other(name) = &copy.to else {
                return None;
            };
            let near = members[names::nearest(name, members)?].name.as_deref()?;
            let place = copy.span.map_or(Place::Nowhere, Place::Text);
            Some(
                RULE.at(place, format!("“{name}” is nearly the member {near}"))
                    .help(format!("If it is, write `to = \"{near}\"`")),
            )
        })
        .collect()
}
