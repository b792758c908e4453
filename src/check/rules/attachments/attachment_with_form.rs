//! A PDF that is a form.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, counted};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-with-form"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF has form fields",
    explanation: "A form in a pack cannot be sent in. Filled in, its values travel as they are \
                  shown.",
    basis: "Practice.",
    example: "An application form with fields",
    remedy: "Print or flatten the form before it is attached",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| file.document.facts.form_fields > 0)
        .map(|file| {
            RULE.at(
                file.span,
                format!(
                    "{} has {}",
                    file.name(),
                    counted(file.document.facts.form_fields, "form field")
                ),
            )
        })
        .collect()
}
