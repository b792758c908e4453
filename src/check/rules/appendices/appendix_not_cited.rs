//! An appendix that no text mentions.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::citations::{citations, label_parts};
use crate::check::subject::{Document, Home, Subject};
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::model::{Appendix, Content, Item, PaperBody};
use crate::prose::{Inline, InlineKind, LinkTarget};

pub(crate) const RULE: Rule = Rule {
    code: Code("appendix-not-cited"),
    severity: Severity::Warning,
    room: Room::Appendices,
    summary: "An appendix is attached and its report never mentions it",
    explanation: "Readers do not learn what it is for, and it may belong to another report. An appendix \
                  is mentioned by its label, by a link `appendix:1`, or by its title; where a report has \
                  a single appendix, \"the appendix\" or \"attached\" will do. Reports that came as PDF are \
                  not read.",
    basis: "Practice.",
    example: "[[appendix]] with a file that no paragraph names",
    remedy: "Cite it where the report relies on it, or take it out",
    run,
};

static SINGLE: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:the|an)\s+(?:attached\s+)?(?:appendix|annex)\b|\b(?:attached|appended|enclosed)\b"
);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in subject.meeting.items() {
        let read = !item.papers.is_empty()
            && item
                .papers
                .iter()
                .all(|paper| matches!(paper.body, PaperBody::Report(_)));
        if !read {
            continue;
        }
        let documents: Vec<&Document<'_>> = subject
            .documents
            .iter()
            .filter(|document| match document.home {
                Home::Report(home, _) | Home::Agenda(home) => home.key == item.key,
                _ => false,
            })
            .collect();
        let single = item.all_appendices().count() == 1;
        for appendix in item.all_appendices() {
            let present = !matches!(appendix.content, Content::Withheld(_));
            if present && !mentioned(appendix, &documents, single) {
                findings.push(RULE.at(
                    subject.key(appendix.title.span, "file"),
                    message(appendix, item),
                ));
            }
        }
    }
    findings
}

fn message(appendix: &Appendix, item: &Item) -> String {
    format!(
        "The report of item {} never mentions “{}”",
        item.number.value,
        appendix.full_title()
    )
}

fn mentioned(appendix: &Appendix, documents: &[&Document<'_>], single: bool) -> bool {
    let label = label_parts(&appendix.label);
    let title = words::squash(&appendix.title);
    let title_words = words::content_words(&appendix.title);
    documents
        .iter()
        .flat_map(|document| &document.passages)
        .any(|passage| {
            let by_label = label.as_ref().is_some_and(|(word, name)| {
                citations(&passage.text)
                    .iter()
                    .any(|citation| citation.word == *word && citation.label == *name)
            });
            by_label
                || (single && SINGLE.is_match(&passage.text))
                || linked(passage.inlines, &appendix.position.to_string(), 0)
                || (!title.is_empty() && words::squash(&passage.text).contains(&title))
                || (title_words.len() >= 2 && {
                    let said = words::content_words(&passage.text);
                    title_words.iter().all(|word| said.contains(word))
                })
        })
}

fn linked(inlines: &[Inline], position: &str, depth: usize) -> bool {
    depth <= crate::prose::MAX_DEPTH
        && inlines.iter().any(|inline| match &inline.kind {
            InlineKind::Link { target, .. } => {
                matches!(target, LinkTarget::Appendix(number) if number == position)
            }
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner) => linked(inner, position, depth + 1),
            _ => false,
        })
}
