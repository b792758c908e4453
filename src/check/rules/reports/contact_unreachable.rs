//! A contact who cannot be reached.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("contact-unreachable"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A report's contact has neither telephone number nor e-mail address",
    explanation: "Members and the public ask the contact officer before the meeting, and a reader who \
                  needs another format asks there too.",
    basis: "Practice; Equality Act 2010, s.20.",
    example: "contact = [{ name = \"J Russell\", post = \"Business Manager\" }]",
    remedy: "Add `phone` or `email` to the contact",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .reports()
        .flat_map(|(_, _, report)| {
            report
                .contacts
                .iter()
                .map(move |contact| (contact, contact.span.unwrap_or(report.span)))
        })
        .filter(|(contact, _)| contact.phone.is_none() && contact.email.is_none())
        .filter(|(contact, _)| !contact.name.contains('@'))
        .map(|(contact, span)| {
            RULE.at(
                span,
                format!(
                    "{} has neither telephone number nor e-mail address",
                    contact.name
                ),
            )
        })
        .collect()
}
