//! A paper that cites a page that was replaced or withdrawn.

use crate::check::rules::appendices::page_reference_dangling::{OF_ALL, cited};
use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule, elsewhere};
use crate::finding::{Code, Finding, Severity};
use crate::model::{PageNumber, Record, Recorded};

pub(crate) const RULE: Rule = Rule {
    code: Code("replaced-page-cited"),
    severity: Severity::Warning,
    room: Room::Published,
    summary: "A paper cites a page of the pack that has been replaced or withdrawn",
    explanation: "A page number in a report or in minutes is looked for in `published.toml`. Where the paper \
                  that was published on it was replaced by a supplement, or was withdrawn, readers who \
                  turn to the page find what no longer holds. Pages of other documents (\"page 4 of the \
                  Local Plan\") are left alone.",
    basis: "Practice: found in published packs.",
    example: "\"See the table on page 61\", where pages 61 to 64 were replaced by pages 143 to 146",
    remedy: "Cite the new page, or use a link such as `[site plan](appendix:1)`, which prints the page",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(record) = &subject.meeting.record else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for document in &subject.documents {
        if !matches!(document.home, Home::Report(..) | Home::Minutes(_)) {
            continue;
        }
        for passage in document.passages.iter().filter(|passage| !passage.quoted) {
            for found in cited(&passage.text).filter(|found| found.label.is_none()) {
                let whole = found.words;
                let (before, after) =
                    (&passage.text[..whole.start()], &passage.text[whole.end()..]);
                let is_other = OF_ALL.is_match(after) || elsewhere::is_meant(before, after);
                let number = PageNumber::read(found.page).filter(|_| !is_other);
                let Some(old) = number.and_then(|number| replaced(record, number)) else {
                    continue;
                };
                let instead = match record.latest(&old.key).filter(|new| *new != old) {
                    Some(new) => format!("it is on {} now", new.pages),
                    None => "it is withdrawn".to_owned(),
                };
                findings.push(RULE.at(
                    passage.at(whole.range()),
                    format!(
                        "“{}” is a page of {} as it was published first; {instead}",
                        whole.as_str(),
                        match old.title.as_str() {
                            "" => "a paper",
                            title => title,
                        }
                    ),
                ));
            }
        }
    }
    findings
}

/// The document that was published on a page and no longer stands there.
fn replaced(record: &Record, page: PageNumber) -> Option<&Recorded> {
    let mut documents = record.issues().flat_map(|issued| &issued.documents);
    let old = documents.find(|document| document.pages.contains(page))?;
    let is_replaced = record.latest(&old.key) != Some(old) || record.has_withdrawn(&old.key);
    is_replaced.then_some(old)
}
