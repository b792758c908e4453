//! A name in the minutes that no membership has.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, names};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("name-not-a-member"),
    severity: Severity::Warning,
    room: Room::People,
    summary: "A name among those present or absent is on no membership list",
    explanation: "The minutes are the record of who took part in a decision. A name that no member of \
                  the body has is misspelt, or is that of somebody who attended but is not a member. \
                  The nearest member is named. Somebody who has left the body since may be listed \
                  under `in-attendance`, or the finding may be allowed at that line.",
    basis: law::ATTENDANCE.basis,
    example: "present = [\"C Ward-Lewis\"] where the list has Charlotte Ward-Lewis",
    remedy: "Write the name as the membership has it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let members = &subject.meeting.body.members;
    if members.is_empty() {
        return Vec::new();
    }
    subject
        .minutes()
        .flat_map(|(_, minutes)| minutes.named())
        .filter(|attendee| attendee.member.is_none())
        .map(|attendee| {
            let name = &attendee.name;
            let finding = RULE.at(
                attendee.span,
                format!("“{name}” is not a member of {}", subject.meeting.body.name),
            );
            let near =
                names::nearest(name, members).and_then(|index| members[index].name.as_deref());
            match near {
                Some(near) => finding.help(format!(
                    "If this is {near}, write `{{ name = \"{near}\", as = \"{name}\" }}`"
                )),
                None => finding
                    .help("Write the name as the membership has it, or move it to `in-attendance`"),
            }
        })
        .collect()
}
