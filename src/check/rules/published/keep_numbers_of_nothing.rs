//! Page numbers that are to be kept, but were never given.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::{Item, Record};

pub(crate) const RULE: Rule = Rule {
    code: Code("keep-numbers-of-nothing"),
    severity: Severity::Warning,
    room: Room::Published,
    summary: "A paper is to keep the page numbers of one that was never published",
    explanation: "`keep-numbers` gives a correction the page numbers of the paper that it replaces, with a \
                  letter: 61a in place of 61. Where `published.toml` has no paper of that name, or only \
                  a leaf for a whole item that the public did not get, there are no numbers to keep, \
                  and the pages get new ones.",
    basis: "Practice: a page number with a letter says which page it replaces.",
    example: "keep-numbers = true beside supersedes = \"plan-v1.pdf\", where plan-v1.pdf was never published",
    remedy: "Remove keep-numbers, or name in supersedes the file that was published",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    if meeting.supplement.is_some() {
        return Vec::new();
    }
    let record = meeting.record.as_ref();
    meeting
        .items()
        .flat_map(|item| asked(record, item))
        .map(|(span, title)| {
            let why = match record {
                None => "nothing of this meeting has been published",
                Some(_) => "what it replaces was not published with numbers of its own",
            };
            RULE.at(span, format!("{title} cannot keep any page numbers: {why}"))
        })
        .collect()
}

/// The papers of an item that are to keep page numbers but replace no published paper.
fn asked(record: Option<&Record>, item: &Item) -> Vec<(Span, String)> {
    let replaces = |key: &str, supersedes: &Option<String>| {
        let was_published = record.is_some_and(|record| {
            let named = supersedes.as_deref();
            let named = named.and_then(|file| record.made_from(file));
            named.or_else(|| record.latest(key)).is_some()
        });
        was_published && item.access.is_public()
    };
    let papers = item.papers.iter().enumerate();
    let mut papers = papers.map(|(index, paper)| {
        let supersedes = item.supersedes.clone().filter(|_| index == 0);
        replaces(&paper.key, &supersedes)
    });
    let of_item = item
        .keeps_numbers()
        .filter(|_| !papers.any(|replaces| replaces));
    let of_item = of_item.map(|span| (span, format!("Item {}", item.number.value)));
    let appendices = item.all_appendices().filter_map(|appendix| {
        let span = appendix.keeps_numbers()?;
        (!replaces(&appendix.key, &appendix.supersedes)).then(|| (span, appendix.full_title()))
    });
    of_item.into_iter().chain(appendices).collect()
}
