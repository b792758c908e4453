//! A PDF with other files inside.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-with-files"),
    severity: Severity::Warning,
    room: Room::Attachments,
    summary: "A PDF holds embedded files",
    explanation: "They are not carried into the pack. Published by itself the PDF brings them \
                  along, and nobody sees them on the page: drafts and spreadsheets have been \
                  disclosed in this way.",
    basis: "Practice: ICO guidance on hidden data.",
    example: "A PDF portfolio with the spreadsheet it was made from",
    remedy: "Take the embedded files out of the PDF",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| {
            // A portfolio has a rule of its own.
            let facts = &file.document.facts;
            facts.embedded_files && facts.portfolio.is_none()
        })
        .map(|file| {
            RULE.at(
                file.span,
                format!(
                    "{} holds embedded files, which are left out of the pack",
                    file.name()
                ),
            )
        })
        .collect()
}
