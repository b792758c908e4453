//! A PDF that does not say its language.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-without-language"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF does not say its language",
    explanation: "A screen reader then reads it with the voice of whatever language it is set \
                  to. `lang` on an appendix says it for the pack.",
    basis: "WCAG 2.2, 3.1.1; PDF/UA-1, 7.2",
    example: "A PDF whose catalogue has no /Lang",
    remedy: "Set the language in the document, or `lang = \"en-GB\"` on the appendix",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| {
            !file.has_lang
                && file
                    .document
                    .facts
                    .lang
                    .as_deref()
                    .is_none_or(|lang| lang.trim().is_empty())
        })
        .map(|file| {
            RULE.at(
                file.span,
                format!("{} does not say its language", file.name()),
            )
        })
        .collect()
}
