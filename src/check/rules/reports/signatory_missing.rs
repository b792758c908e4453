//! A report that nobody signs.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("signatory-missing"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "A report has no signatory, but most reports of the pack have one",
    explanation: "The officer who answers for a report signs it. Councils whose reports are never signed \
                  get no finding: a missing signatory is named where most reports of the pack have one.",
    basis: "Practice.",
    example: "A report without `signatory` beside two with one",
    remedy: "Add `signatory = { name = \"…\", post = \"…\" }`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let signed = subject
        .reports()
        .filter(|(_, _, report)| report.signatory.is_some())
        .count();
    let custom = signed * 2 > subject.reports().count();
    subject
        .reports()
        .filter(|(_, _, report)| custom && report.signatory.is_none())
        .map(|(item, _, report)| {
            RULE.at(
                report.subject.as_ref().map_or(report.span, |s| s.span),
                format!("Nobody signs the report of item {}", item.number.value),
            )
        })
        .collect()
}
