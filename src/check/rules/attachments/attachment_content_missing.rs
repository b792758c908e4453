//! A page of a PDF whose content is not in the file.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-content-missing"),
    severity: Severity::Error,
    room: Room::Attachments,
    summary: "The content of a page is not in its PDF",
    explanation: "The page names content that the file does not hold, or that cannot be unpacked: it \
                  is empty, or parts of it are, for everybody who opens it. In a pack it would look \
                  finished.",
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
            let lacking = file
                .pages()
                .filter(|(_, page)| page.content_missing || page.content_partial);
            lacking.map(|(number, page)| {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let place = Place::Page(file.document.source.0.clone(), number);
                let name = file.name();
                if page.content_missing {
                    return RULE.at(place, format!(
                        "Page {number} of {name} is empty or lacks something: its content is not in the file, or cannot be read"
                    ));
                }
                // Every program shows what is there and passes over the rest, which may never have been.
                Finding {
                    severity: Severity::Warning,
                    ..RULE.at(place, format!(
                        "Page {number} of {name} may lack something: it names content that is not in the file, beside what it shows"
                    ))
                }
            })
        })
        .collect()
}
