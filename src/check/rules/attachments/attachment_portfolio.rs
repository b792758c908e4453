//! A PDF that is a cover around other files.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("attachment-portfolio"),
    severity: Severity::Error,
    room: Room::Attachments,
    summary: "A PDF is a portfolio, whose papers are files inside it",
    explanation: "The page of a portfolio is a cover sheet. The papers are the files inside, and a \
                  pack that takes the portfolio has none of them. Each can be named by itself, \
                  after a `#`.",
    basis: "Practice.",
    example: "Letters.pdf with three letters inside",
    remedy: "Name each of its papers: file = \"portfolio.pdf#letter.pdf\"",
    run,
};

/// Names listed at most.
const MOST_NAMES: usize = 8;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let inside = file.document.facts.portfolio.as_ref()?;
            let message = format!(
                "{} is a portfolio: its papers are the files inside it, and only its cover would be in the pack",
                file.name()
            );
            let finding = RULE.at(file.span, message);
            if inside.is_empty() {
                return Some(finding);
            }
            let named: Vec<String> = inside
                .iter()
                .take(MOST_NAMES)
                .map(|name| format!("file = \"{}#{name}\"", file.name()))
                .collect();
            let more = match inside.len().saturating_sub(MOST_NAMES) {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            Some(finding.help(format!("Name its papers: {}{more}", named.join(", "))))
        })
        .collect()
}
