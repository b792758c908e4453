//! A PDF without tags.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-untagged"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF has no tags",
    explanation: "Without tags a screen reader reads a PDF as one run of text, and its tables as \
                  rows of loose figures; large print and HTML cannot re-flow it. For a document \
                  of the council's own (`origin = \"own\"`) it is a warning: a third party's is \
                  outside the duty if the council neither funds nor controls it.",
    basis: "WCAG 2.2 and PDF/UA-1; SI 2018/952, reg. 4(2)(e)",
    example: "report.pdf, printed to PDF instead of exported",
    remedy: "Export it again from its source with tags (\"document structure tags for \
                  accessibility\"), or give an `alternative`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| !file.document.facts.tagged && file.has_text())
        .map(|file| {
            let severity = if file.origin == Some(crate::model::Origin::Own) && file.appendix {
                Severity::Warning
            } else {
                RULE.severity
            };
            RULE.at_severity(severity, file.span, format!("{} has no tags", file.name()))
        })
        .collect()
}
