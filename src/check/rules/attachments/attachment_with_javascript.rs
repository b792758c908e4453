//! A PDF with scripts.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-with-javascript"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF holds JavaScript",
    explanation: "Scripts are not carried into a pack; whatever the file does with them \
                  (calculations in forms, mostly) stops.",
    basis: "Practice: PDF/A forbids scripts (ISO 19005-2, 6.5.1).",
    example: "A form that adds up its own fields",
    remedy: "Flatten the form before it is attached",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| file.document.facts.javascript)
        .map(|file| {
            RULE.at(
                file.span,
                format!("The scripts of {} are left out of the pack", file.name()),
            )
        })
        .collect()
}
