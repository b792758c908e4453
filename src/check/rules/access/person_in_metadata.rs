//! Names, addresses and folders in the data of PDFs.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::SuspectKind;

pub(crate) const RULE: Rule = Rule {
    code: Code("person-in-metadata"),
    severity: Severity::Note,
    room: Room::Access,
    summary: "The data of public PDFs names a person or a computer's folder",
    explanation: "Word and other programs write the author's name or login, sometimes an e-mail \
                  address or a folder, into a PDF. The pack does not carry them; the PDF itself, \
                  where it is published beside the web page, does. One finding for the pack, at \
                  the first file.",
    basis: "UK GDPR article 5(1)(c), data minimisation.",
    example: "Author: jbloggs01",
    remedy: "Where a name should not be public, ask for a file without it, or pass the file \
             through `pack redact`, which drops all metadata but the title",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let attachments = subject.attachments();
    let named: Vec<_> = attachments
        .iter()
        .filter(|file| {
            file.public
                && file
                    .document
                    .suspects
                    .iter()
                    .any(|suspect| suspect.kind == SuspectKind::PersonalDetail)
        })
        .collect();
    let Some(first) = named.first() else {
        return Vec::new();
    };
    let message = if named.len() == 1 {
        format!(
            "The data of {} names its author, an address or a folder",
            first.name()
        )
    } else {
        format!(
            "The data of {} PDFs names their authors, addresses or folders, first that of {}",
            named.len(),
            first.name()
        )
    };
    vec![RULE.at(first.span, message)]
}
