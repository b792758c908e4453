//! A page of a PDF whose content is not in the file.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-content-missing"),
    severity: Severity::Error,
    room: Room::Attachments,
    summary: "The content of a page is not in its PDF",
    explanation: "The page names content that the file does not hold, or that is damaged and cannot be \
                  unpacked: it is empty, or parts of it are, for everybody who opens it. In a pack it \
                  would look finished.",
    basis: "Practice.",
    example: "A file that was cut short when it was copied",
    remedy: "Ask for the file again, or leave the page out with `pages`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .flat_map(|file| {
            let lacking = file.pages().filter(|(_, page)| {
                page.content_missing || page.content_partial || page.pictures_lost > 0
            });
            lacking.map(|(number, page)| {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let place = Place::Page(file.document.source.0.clone(), number);
                let name = file.name();
                if page.content_missing {
                    return RULE.at(place, format!(
                        "Page {number} of {name} is empty or lacks something: its content is not in the file, or cannot be read"
                    ));
                }
                let message = match page.pictures_lost {
                    // What is not there may never have been.
                    0 => format!(
                        "Page {number} of {name} may lack something: some of its content is not in the file, or is damaged"
                    ),
                    1 => format!("A picture on page {number} of {name} is shown by no program: its data is damaged"),
                    lost => format!(
                        "{lost} pictures on page {number} of {name} are shown by no program: their data is damaged"
                    ),
                };
                // Every program shows what is there and passes over the rest.
                Finding {
                    severity: Severity::Warning,
                    ..RULE.at(place, message)
                }
            })
        })
        .collect()
}
