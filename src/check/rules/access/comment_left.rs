//! Comments and corrections left in a PDF.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::SuspectKind;

pub(crate) const RULE: Rule = Rule {
    code: Code("comment-left"),
    severity: Severity::Warning,
    room: Room::Access,
    summary: "A public PDF holds comments or an editor's marks",
    explanation: "Notes, remarks on highlighted words, insertions and deletions of an editor are \
                  part of the file and are published with it. Highlighting without a remark, \
                  links and form fields are left alone.",
    basis: "Practice: ICO guidance on hidden data.",
    example: "A sticky note “Is this figure right?” on page 4",
    remedy: "Remove the comments, or ask for a clean copy",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| file.public)
        .filter_map(|file| {
            let pages: Vec<u32> = file
                .document
                .suspects
                .iter()
                .filter(|suspect| suspect.kind == SuspectKind::Comment)
                .filter_map(|suspect| suspect.page)
                .collect();
            let first = pages.first()?;
            let severity = if file.accepted.is_some() {
                Severity::Note
            } else {
                RULE.severity
            };
            let message = if pages.len() == 1 {
                format!("{} holds a comment, on page {first}", file.name())
            } else {
                format!(
                    "{} holds {} comments, the first on page {first}",
                    file.name(),
                    pages.len()
                )
            };
            Some(RULE.at_severity(severity, file.span, message))
        })
        .collect()
}
