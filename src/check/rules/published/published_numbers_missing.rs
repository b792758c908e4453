//! Page numbers that were skipped in what was published.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::PageRange;

pub(crate) const RULE: Rule = Rule {
    code: Code("published-numbers-missing"),
    severity: Severity::Warning,
    room: Room::Published,
    summary: "Published page numbers have a gap that nothing explains",
    explanation: "Between the documents of one issue in `published.toml` no more than one number may be \
                  free: that of a blank page before a right-hand start. A supplement begins with the \
                  next number after the last one taken, or the next odd one. Readers of a consolidated \
                  edition would look for the pages between.",
    basis: "Practice: a reader who finds page 52 and then page 60 asks what was taken out.",
    example: "The record has a document to page 52 and the next one from page 60",
    remedy: "Restore published.toml from version control, as `pack publish` wrote it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let Some(record) = &meeting.record else {
        return Vec::new();
    };
    let documents = record.issues().flat_map(|issued| &issued.documents);
    let pages = PageRange::joined(documents.map(|document| document.pages).collect());
    // Numbers with a letter are others' numbers: none of them is missing.
    let is_plain = |pages: &&PageRange| pages.first().letter().is_none();
    let pages: Vec<&PageRange> = pages.iter().filter(is_plain).collect();
    let holes = pages.windows(2).filter_map(|pair| match pair {
        [one, next] if next.first() > one.last().plus(2) => {
            let last = next.first().number() - 1;
            Some(PageRange::new(one.last().plus(1), last))
        }
        _ => None,
    });
    holes
        .map(|hole| {
            RULE.at(
                meeting.sitting.date.span,
                format!("The record has nothing on {hole}"),
            )
        })
        .collect()
}
