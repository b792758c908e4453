//! A PDF that is a scan.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-scanned"),
    severity: Severity::Warning,
    room: Room::Attachments,
    summary: "Pages of a PDF are pictures without text",
    explanation: "A scanned page cannot be read aloud, searched, copied or enlarged with its \
                  text. Pages that hold images and no text are counted; where text pages \
                  outnumber them it is a note, for they may be photographs or plans. With an \
                  `alternative` in Markdown it is a note too: readers of the standard edition \
                  still get the picture.",
    basis: "WCAG 2.2 and PDF/UA-1; SI 2018/952",
    example: "A signed letter, scanned",
    remedy: "Ask for the original file, run text recognition over the scan, or give an \
                  `alternative`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let (scanned, pages) = file.scanned_pages();
            if scanned == 0 {
                return None;
            }
            let severity = if scanned * 2 >= pages && !file.alternative {
                RULE.severity
            } else {
                Severity::Note
            };
            let message = if pages == 1 {
                format!("{} has no text: its page is a picture", file.name())
            } else if scanned == pages {
                format!(
                    "{} has no text: all {pages} pages are pictures",
                    file.name()
                )
            } else {
                format!(
                    "{scanned} of the {pages} pages of {} have no text",
                    file.name()
                )
            };
            Some(RULE.at_severity(severity, file.span, message))
        })
        .collect()
}
