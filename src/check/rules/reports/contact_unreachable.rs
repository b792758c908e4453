//! A contact who cannot be reached.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("contact-unreachable"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A report's contact has neither a telephone number nor an e-mail address, or one that cannot be right",
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
        .filter(|(contact, _)| !contact.name.contains('@'))
        .filter_map(|(contact, span)| match (&contact.phone, &contact.email) {
            (None, None) => Some(RULE.at(
                span,
                format!(
                    "{} has neither telephone number nor e-mail address",
                    contact.name
                ),
            )),
            (_, Some(email)) if !is_address(email) => Some(
                RULE.at(span, format!("“{email}” cannot be an e-mail address"))
                    .help("Write it as name@council.gov.uk"),
            ),
            (Some(phone), _) if !phone.contains(|letter: char| letter.is_ascii_digit()) => Some(
                RULE.at(span, format!("“{phone}” cannot be a telephone number"))
                    .help("Write the number, or leave `phone` out"),
            ),
            _ => None,
        })
        .collect()
}

/// Whether a text has the shape of an e-mail address.
fn is_address(email: &str) -> bool {
    let strange = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '<' | '>');
    email.trim().split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !email.trim().contains(strange)
    })
}
