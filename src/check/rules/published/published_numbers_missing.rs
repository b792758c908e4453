//! Page numbers that were skipped in what was published.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Recorded;

pub(crate) const RULE: Rule = Rule {
    code: Code("published-numbers-missing"),
    severity: Severity::Warning,
    room: Room::Published,
    summary: "Published page numbers have a hole that nothing explains",
    explanation: "Between the documents of one issue in `published.toml` no more than one number may be \
                  free: that of a blank page before a right-hand start. A supplement begins with the \
                  next number after the last one taken, or the next odd one. Readers of a consolidated \
                  edition would look for the pages between.",
    basis: "Practice: a reader who finds page 52 and then page 60 asks what was taken out.",
    example: "The record has a document to page 52 and the next one from page 60",
    remedy: "Take published.toml back from version control, as `pack publish` wrote it",
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
    documents.sort_by_key(|document| (document.first, document.last));
    let mut findings = Vec::new();
    let mut last: Option<u32> = None;
    for document in documents {
        if let Some(last) = last.filter(|last| document.first > last.saturating_add(2)) {
            findings.push(RULE.at(
                meeting.sitting.date.span,
                format!(
                    "The record has nothing on pages {} to {}",
                    last + 1,
                    document.first - 1
                ),
            ));
        }
        last = last.max(Some(document.last));
    }
    findings
}
