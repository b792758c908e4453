//! A paragraph without a number among numbered ones.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::sections::{is_closing_line, unmarked};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::prose::{BlockKind, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("paragraph-unnumbered"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "A paragraph has no number, but the one before it has",
    explanation: "It cannot be referred to. Of several in a row, the first is named. \
                  Paragraphs below a heading, captions, sources, continuations and the lines that \
                  close a report (\"Contact officer: …\") are left alone.",
    basis: "Practice; real reports do this.",
    example: "4.12 Both services …\n\nCurrently, the services …",
    remedy: "Number it, or join it to the paragraph before",
    run,
};

static APART: LazyLock<Regex> =
    pattern!(r"^(?i:source|note|notes|table|figure|chart|key)\b|^[a-z(*\[]");

/// Whether the last words of a report are a name and a post: "Jo Field, Director of Housing".
fn is_signature(text: &str) -> bool {
    let small = ["of", "and", "for", "the", "to", "y", "yr"];
    let words: Vec<&str> = text.split_whitespace().collect();
    text.starts_with(char::is_uppercase)
        && (2..=10).contains(&words.len())
        && !text.trim_end().ends_with(['.', '?', '!', ':', ';'])
        && words.iter().all(|word| {
            small.contains(word)
                || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        })
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let mut numbered = false;
        for (index, block) in report.body.iter().enumerate() {
            let written = block.number.as_ref().is_some_and(|n| n.span.is_some());
            match &block.block.kind {
                BlockKind::Heading { .. } => numbered = false,
                BlockKind::Paragraph(_) if written => numbered = true,
                BlockKind::Paragraph(inlines)
                    if numbered
                        && block.number.is_none()
                        && !APART.is_match(&plain(inlines))
                        && !is_closing_line(&plain(inlines))
                        && !(index + 1 == report.body.len() && is_signature(&plain(inlines)))
                        && unmarked(report, index).is_none() =>
                {
                    findings.push(RULE.at(block.block.span, "This paragraph has no number"));
                    numbered = false;
                }
                _ => {}
            }
        }
    }
    findings
}
