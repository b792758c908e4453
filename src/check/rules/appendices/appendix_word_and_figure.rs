//! Appendices called by a word here and by a figure there.

use crate::check::citations::citations;
use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("appendix-word-and-figure"),
    severity: Severity::Note,
    room: Room::Appendices,
    summary: "A report calls its appendices by a word and by a figure",
    explanation: "\"Appendix One\" is not found by a reader who searches for \"Appendix 1\". The first one \
                  in words is named.",
    basis: "Practice: found in published packs.",
    example: "\"Appendix 3\" in the text, \"Appendix Three\" in the list",
    remedy: "Use the figure, as the label does",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        if !matches!(document.home, Home::Report(..)) {
            continue;
        }
        let mut spelt = None;
        let mut figure = None;
        for passage in document.passages.iter().filter(|passage| !passage.quoted) {
            for citation in citations(&passage.text) {
                let first = if citation.spelt {
                    &mut spelt
                } else if citation.label.chars().all(|c| c.is_ascii_digit()) {
                    &mut figure
                } else {
                    continue;
                };
                first.get_or_insert_with(|| {
                    let words = passage.text[citation.range.clone()].to_owned();
                    (passage.at(citation.range.clone()), words)
                });
            }
        }
        if let (Some((span, word)), Some((other, figure))) = (spelt, figure) {
            findings.push(
                RULE.at(
                    span,
                    format!("“{word}” here, “{figure}” elsewhere in the report"),
                )
                .related(other, "by its figure"),
            );
        }
    }
    findings
}
