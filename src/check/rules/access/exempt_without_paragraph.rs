//! An exempt document that cites no exemption.

use crate::check::exemptions::withheld;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Access;
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("exempt-without-paragraph"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "An exempt item or document cites no paragraph of the schedule",
    explanation: "The public may be kept out only by a resolution that states the description of exempt \
                  information in terms of the schedule; every withheld copy is marked with it. A parish or community council has no such \
                  schedule: there the resolution states the reason.",
    basis: law::EXEMPT.basis,
    example: "access = \"exempt\"",
    remedy: "Add `exempt-paragraphs = [3]` with the paragraph that applies",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    if !law::EXEMPT.arises(subject.meeting.law()) {
        return Vec::new();
    }
    withheld(subject)
        .into_iter()
        .filter_map(|entry| match entry.access {
            Access::Exempt {
                paragraphs, span, ..
            } if paragraphs.is_empty() => Some(RULE.at(
                span.unwrap_or(entry.span),
                format!("{} is exempt and cites no paragraph", entry.what),
            )),
            _ => None,
        })
        .collect()
}
