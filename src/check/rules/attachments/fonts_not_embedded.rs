//! A PDF without its fonts.

use std::collections::BTreeSet;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("fonts-not-embedded"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "A PDF uses fonts that are not embedded in it",
    explanation: "Each reader's computer puts another font in their place, and characters may be \
                  wrong or missing.",
    basis: "PDF/UA-1, 7.21; ISO 19005-2, 6.2.11",
    example: "A PDF made by an old program with the standard fonts",
    remedy: "Export the file again with all fonts embedded",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let fonts: BTreeSet<&str> = file
                .pages()
                .flat_map(|(_, page)| &page.fonts_not_embedded)
                .map(String::as_str)
                .collect();
            let mut names: Vec<&str> = fonts.iter().copied().take(3).collect();
            if names.is_empty() {
                return None;
            }
            if fonts.len() > 3 {
                names.push("…");
            }
            Some(RULE.at(
                file.span,
                format!(
                    "{} does not embed its fonts: {}",
                    file.name(),
                    names.join(", ")
                ),
            ))
        })
        .collect()
}
