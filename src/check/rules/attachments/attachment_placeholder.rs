//! A PDF that holds a form but none of its pages.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-placeholder"),
    severity: Severity::Error,
    room: Room::Attachments,
    summary: "A PDF is a form that only Adobe's programs can show",
    explanation: "An XFA form keeps its content as data, and its only page says “Please wait…”. \
                  That page is all that a pack, a browser or a printer gets of it.",
    basis: "ISO 32000-2 no longer has XFA forms.",
    example: "A licence application whose page says “Please wait… If this message is not \
              eventually replaced …”",
    remedy: "Open it in Adobe Acrobat or Reader, print it with “Microsoft Print to PDF” or save it \
             as a flattened PDF, and name that file; or ask the sender for it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let files = subject.attachments().into_iter();
    files
        .filter_map(|file| {
            let facts = &file.document.facts;
            let gone = facts.placeholders();
            let is_gone = |(number, _): &(usize, _)| gone.contains(&(number - 1));
            let (number, _) = file.pages().find(is_gone)?;
            let name = file.name();
            let message = if facts.pages.len() > 1 {
                format!(
                    "Page {number} of {name} stands for a form that is not in the file: it is a notice such as “Please wait…” and nothing else"
                )
            } else {
                format!(
                    "{name} is a form without pages of its own: its page is a notice such as “Please wait…” and nothing else"
                )
            };
            Some(RULE.at(file.span, message))
        })
        .collect()
}
