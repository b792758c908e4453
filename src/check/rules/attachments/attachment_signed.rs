//! A digitally signed PDF.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-signed"),
    severity: Severity::Warning,
    room: Room::Attachments,
    summary: "A PDF has a digital signature, which merging breaks",
    explanation: "A signature covers the bytes of the file it is in. In the pack the signature's \
                  picture remains and its proof does not.",
    basis: "Practice; Regulation (EU) 910/2014 as retained",
    example: "A contract signed with a certificate",
    remedy: "Publish the signed file beside the pack, and say so in the report",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| file.document.facts.signed)
        .map(|file| {
            RULE.at(
                file.span,
                format!(
                    "The digital signature of {} does not survive merging",
                    file.name()
                ),
            )
        })
        .collect()
}
