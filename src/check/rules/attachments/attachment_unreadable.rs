//! A PDF that does not say which characters its glyphs are.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-unreadable"),
    severity: Severity::Warning,
    room: Room::Attachments,
    summary: "Pages of a PDF show text whose characters the file does not identify",
    explanation: "The page looks right, but copying from it gives nonsense: the file says how its \
                  glyphs are drawn, not which characters they are. It cannot be read aloud, searched \
                  or set in large print, and the checks for names, personal data and hidden words \
                  see nothing on it. Such pages count as pictures. With an `alternative` in Markdown \
                  it is a note.",
    basis: "ISO 32000-1, 9.10 and PDF/UA-1, 7.21.7; WCAG 2.2; SI 2018/952",
    example: "A report printed to PDF with fonts that have no ToUnicode map",
    remedy: "Ask for the original file or for a new export with its fonts as they are, run text \
             recognition over it, or give an `alternative`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let unreadable = file.pages().filter(|(_, page)| page.letterless).count();
            if unreadable == 0 {
                return None;
            }
            let severity = if file.alternative {
                Severity::Note
            } else {
                RULE.severity
            };
            let pages = file.pages().count();
            let which = if pages == 1 {
                "the page".to_owned()
            } else {
                format!("{unreadable} of the {pages} pages")
            };
            let message = format!(
                "The text of {which} of {} cannot be read by a machine",
                file.name()
            );
            Some(RULE.at_severity(severity, file.span, message))
        })
        .collect()
}
