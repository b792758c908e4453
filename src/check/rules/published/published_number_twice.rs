//! A page number that the record of what was published gives to two papers.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Recorded;

pub(crate) const RULE: Rule = Rule {
    code: Code("published-number-twice"),
    severity: Severity::Error,
    room: Room::Published,
    summary: "The record says that two papers were published with the same page number",
    explanation: "The first and last pages of the documents in `published.toml`, of the pack and of its \
                  supplements, are compared with each other. `pack publish` never writes such a record, \
                  but one that was changed by hand, or merged from two, may be wrong.",
    basis: "Practice: \"page 143\" means one thing for ever.",
    example: "The pack ends with page 120, and supplement 1 begins with page 118",
    remedy: "Restore published.toml from version control, as `pack publish` wrote it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let Some(record) = &meeting.record else {
        return Vec::new();
    };
    let mut documents: Vec<&Recorded> = record
        .issues()
        .flat_map(|issued| &issued.documents)
        .collect();
    documents.sort_by_key(|document| document.pages);
    let pairs = documents.windows(2).filter_map(|pair| match pair {
        [one, next] if next.pages.meets(one.pages) => Some((one, next)),
        _ => None,
    });
    pairs
        .map(|(one, next)| {
            RULE.at(
                meeting.sitting.date.span,
                format!(
                    "The record gives page {} to {} and to {}",
                    next.pages.first(),
                    called(one),
                    called(next)
                ),
            )
        })
        .collect()
}

fn called(document: &Recorded) -> &str {
    match document.title.as_str() {
        "" => &document.key,
        title => title,
    }
}
