//! One line of business twice.

use std::collections::BTreeMap;

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    code: Code("duplicate-item"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "Two items of a part have the same title, or two items list the same paper",
    explanation: "An item that was copied and not changed, or a paper that was listed under the wrong \
                  item. Titles are compared without case and punctuation within a part of the agenda; \
                  an application is told apart by its reference.",
    basis: "Practice.",
    example: "\"Apologies for absence\" as items 1 and 7",
    remedy: "Take one of them out, or give it its own title or paper",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut titles: BTreeMap<_, (Span, &str)> = BTreeMap::new();
    let mut sources: BTreeMap<&str, (Span, &str)> = BTreeMap::new();
    for item in subject.meeting.items() {
        let title = words::squash(&item.title);
        let number = item.number.value.as_str();
        if !title.is_empty() {
            let key = (title, item.part, item.reference.clone());
            if let Some((first, other)) = titles.get(&key) {
                findings.push(
                    RULE.at(
                        item.title.span,
                        format!("Items {other} and {number} have the same title"),
                    )
                    .related(*first, "first here"),
                );
            } else {
                titles.insert(key, (item.title.span, number));
            }
        }
        for paper in &item.papers {
            let Some(source) = &paper.source else {
                continue;
            };
            match sources.get(source.0.as_str()) {
                Some((first, other)) if *other != number => findings.push(
                    RULE.at(
                        paper.span,
                        format!(
                            "Items {other} and {number} list the same paper, {}",
                            source.file_name()
                        ),
                    )
                    .related(*first, "first here"),
                ),
                _ => {
                    sources.insert(&source.0, (paper.span, number));
                }
            }
        }
    }
    findings
}
