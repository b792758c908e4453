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
    subject
        .attachments()
        .iter()
        .filter(|file| file.document.facts.is_placeholder())
        .map(|file| {
            RULE.at(
                file.span,
                format!(
                    "{} is a form without pages of its own: its page is a notice such as “Please wait…” and nothing else",
                    file.name()
                ),
            )
        })
        .collect()
}
