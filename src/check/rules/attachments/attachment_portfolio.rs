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
            let (taken, other): (Vec<&String>, Vec<&String>) =
                inside.iter().partition(|name| is_taken(name));
            let taken = listed(&taken, |name| format!("file = \"{}#{name}\"", file.name()));
            let other = listed(&other, |name| format!("“{name}”"));
            let help = [
                taken.map(|names| format!("Name its papers: {names}")),
                other.map(|names| format!("Save {names} out of it in a PDF program, and name the file that you get")),
            ];
            let help: Vec<String> = help.into_iter().flatten().collect();
            Some(finding.help(help.join(". ")))
        })
        .collect()
}

/// Whether a file inside a PDF can be named there: a PDF or a picture.
fn is_taken(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["pdf", "png", "jpg", "jpeg", "svg"].contains(&ending.as_str()))
}

/// The first of some names, each as it is written, and how many more there are; `None` if there are none.
fn listed(names: &[&String], written: impl Fn(&str) -> String) -> Option<String> {
    let first = names.iter().take(MOST_NAMES).map(|name| written(name));
    let listed = first.collect::<Vec<String>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        _ if names.is_empty() => None,
        0 => Some(listed),
        more => Some(format!("{listed}, and {more} more")),
    }
}
