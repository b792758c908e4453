//! A page that may be upside down.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("page-upside-down"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A page of a PDF is turned by 180 degrees",
    explanation: "It may have been scanned the wrong way up. Pages turned by a quarter are \
                  landscape and left alone.",
    basis: "Practice.",
    example: "/Rotate 180",
    remedy: "Look at the page, and turn it in the file if it is the wrong way up",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let page = file
                .pages()
                .find(|(_, page)| page.rotation % 360 == 180)
                .map(|(number, _)| number)?;
            Some(RULE.at(
                crate::finding::Place::Page(
                    file.document.source.0.clone(),
                    u32::try_from(page).unwrap_or(u32::MAX),
                ),
                format!("Page {page} of {} is turned upside down", file.name()),
            ))
        })
        .collect()
}
