//! The council's own planning application in private.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;
use crate::model::{BodyKind, ItemKind};

pub(crate) const RULE: Rule = Rule {
    code: Code("planning-consent-exempt"),
    severity: Severity::Warning,
    room: Room::Access,
    summary: "A planning consent that the council would grant itself is withheld",
    explanation: "Information about a proposed development for which the authority may grant itself \
                  permission is never exempt. Found on applications to a planning committee whose \
                  applicant is the council.",
    basis: law::OWN_CONSENT.basis,
    example: "kind = \"application\", applicant = \"Borchester Borough Council\", access = \
                  \"exempt\"",
    remedy: "Make the item public",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let council = &subject.meeting.council;
    if subject.meeting.body.kind != BodyKind::Planning
        || !law::OWN_CONSENT.arises(subject.meeting.law())
    {
        return Vec::new();
    }
    let names: Vec<String> = [Some(&council.name), council.short_name.as_ref()]
        .into_iter()
        .flatten()
        .map(|name| words::squash(name))
        .collect();
    subject
        .meeting
        .items()
        .filter(|item| item.kind == ItemKind::Application && !item.access.is_public())
        .filter(|item| {
            item.application
                .applicant
                .as_ref()
                .is_some_and(|applicant| {
                    let applicant = words::squash(applicant);
                    names.iter().any(|name| applicant.contains(name.as_str()))
                })
        })
        .map(|item| {
            RULE.at(
                item.title.span,
                format!(
                    "Item {} is the council's own application and cannot be exempt",
                    item.number.value
                ),
            )
        })
        .collect()
}
