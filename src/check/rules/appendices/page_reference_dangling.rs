//! A reference to a page.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::citations::label_parts;
use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule, elsewhere};
use crate::finding::{Code, Finding, Severity, counted};
use crate::model::{Content, Item};

pub(crate) const RULE: Rule = Rule {
    code: Code("page-reference-dangling"),
    severity: Severity::Note,
    room: Room::Appendices,
    summary: "A page is referred to by a number that this pack does not give it",
    explanation: "A page number typed into the text of a report or of minutes is one of some other \
                  document: pages are numbered when the pack is made. Pages of a document that is named \
                  (\"page 4 of the Local Plan\") are left alone. \"Page 9 of Appendix 2\" is held \
                  against the pages of that file, and is a warning where it has fewer.",
    basis: "Practice: found in published packs.",
    example: "The benefits were as on page 39 of the report.",
    remedy: "Refer to the item, the paragraph or the appendix, or use a link such as `[site \
                  plan](appendix:1)`, which prints the page",
    run,
};

pub(crate) static PAGE: LazyLock<Regex> = pattern!(
    r"\b(?:(?:[Pp]ages?|PAGES?|[TtDd]udalen(?:nau)?)\s+|(?:pp?|[Pp]gs?|Pp|tt)\b\.?\s*|pp?)(?P<page>[0-9]{1,4})\b(?:\s*(?:-|–|to|and|i|a)\s*[0-9]{1,4}\b)?(?:\s+(?:of|in)\s+(?P<label>(?:Appendix|Annex)\s+(?:[0-9]{1,2}|[A-Z][0-9]?))\b)?"
);
/// "A web page 2 clicks away".
static NO_PAPER: LazyLock<Regex> = pattern!(r"(?i)\b(?:web|home|landing|front)\s+$");
/// "Page 3 of 10" is where the reader is.
pub(crate) static OF_ALL: LazyLock<Regex> = pattern!(r"^\s+(?:of|o)\s+[0-9]");

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let item = match document.home {
            Home::Report(item, _) => Some(item),
            Home::Minutes(_) => None,
            _ => continue,
        };
        for passage in document.passages.iter().filter(|passage| !passage.quoted) {
            for found in PAGE.captures_iter(&passage.text) {
                let (Some(whole), Some(page)) = (found.get(0), found.name("page")) else {
                    continue;
                };
                let span = passage.at(whole.range());
                let words = whole.as_str();
                let (before, after) =
                    (&passage.text[..whole.start()], &passage.text[whole.end()..]);
                if NO_PAPER.is_match(before) || OF_ALL.is_match(after) {
                    continue;
                }
                let label = found
                    .name("label")
                    .and_then(|label| label_parts(label.as_str()));
                let pages = label
                    .zip(item)
                    .and_then(|(label, item)| pages(item, &label));
                match (pages, page.as_str().parse::<usize>()) {
                    (Some(pages), Ok(page)) if page > pages => {
                        findings.push(RULE.at_severity(
                            Severity::Warning,
                            span,
                            format!(
                                "“{words}” is cited, and the file has {}",
                                counted(pages, "page")
                            ),
                        ));
                    }
                    (Some(_), _) => {}
                    _ if elsewhere::follows(after) || elsewhere::precedes(before) => {}
                    (None, _) => findings.push(RULE.at(
                        span,
                        format!(
                            "“{words}” is a page of some other document: this pack numbers its own"
                        ),
                    )),
                }
            }
        }
    }
    findings
}

fn pages(item: &Item, label: &(String, String)) -> Option<usize> {
    item.all_appendices()
        .find(|appendix| label_parts(&appendix.label).as_ref() == Some(label))
        .and_then(|appendix| match &appendix.content {
            Content::Pdf(document) => Some(document.page_count()),
            _ => None,
        })
}
