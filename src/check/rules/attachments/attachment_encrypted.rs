//! A PDF whose author restricted its use.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-encrypted"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF is encrypted with an empty password",
    explanation: "It opens without a password, and is merged; its author meant to restrict \
                  copying or printing. A pack carries no such restriction.",
    basis: "Practice.",
    example: "A PDF with \"copying not allowed\"",
    remedy: "Ask the author for a file without restrictions if they matter",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| file.document.facts.encrypted)
        .map(|file| {
            RULE.at(
                file.span,
                format!("{} is encrypted; the pack will not be", file.name()),
            )
        })
        .collect()
}
