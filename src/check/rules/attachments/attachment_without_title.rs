//! A PDF without a title.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-without-title"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF has no title",
    explanation: "Its title is what a screen reader announces and what a browser shows. The pack \
                  carries its own title; the file published by itself does not.",
    basis: "PDF/UA-1, 7.1; WCAG 2.2, 2.4.2",
    example: "A PDF whose properties have no title",
    remedy: "Set the title in the document's properties before exporting it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| {
            file.document
                .facts
                .title
                .as_deref()
                .is_none_or(|title| title.trim().is_empty())
        })
        .map(|file| RULE.at(file.span, format!("{} has no title", file.name())))
        .collect()
}
