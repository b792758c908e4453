//! A reference to a page.

use std::sync::LazyLock;

use regex::{Match, Regex};

use crate::check::citations::label_parts;
use crate::check::numerals::number;
use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule, elsewhere};
use crate::finding::{Code, Finding, Severity, counted};
use crate::model::{Content, Item};

pub(crate) const RULE: Rule = Rule {
    code: Code("page-reference-dangling"),
    severity: Severity::Note,
    room: Room::Appendices,
    summary: "A page is referred to by a number that this pack does not give it",
    explanation: "A page number typed into the text of a report or of minutes is that of some other \
                  document: pages are numbered when the pack is made. Pages of a document that is named \
                  (\"page 4 of the Local Plan\") are left alone. \"Page 9 of Appendix 2\" is compared \
                  with the pages of that file, and is a warning where it has fewer.",
    basis: "Practice: found in published packs.",
    example: "The benefits were as on page 39 of the report.",
    remedy: "Refer to the item, the paragraph or the appendix, or use a link such as `[site \
                  plan](appendix:1)`, which prints the page",
    run,
};

static PAGE: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:(?:(?:[Pp]ages?|PAGES?|[TtDd]udalen(?:nau)?)\s+|(?:pp?|[Pp]gs?|Pp|tt)\b\.?\s*|pp?)(?P<page>[0-9]{1,4}[a-z]?)|[Pp]ages?\s+(?P<worded>",
    number_words!(),
    r"))\b(?:\s*(?:-|–|to|and|i|a)\s*[0-9]{1,4}[a-z]?\b)?(?:\s+(?:of|in)\s+(?P<label>(?:Appendix|Annex)\s+(?:[0-9]{1,2}|[A-Z][0-9]?))\b)?"
));
/// "A web page 2 clicks away".
static NO_PAPER: LazyLock<Regex> = pattern!(r"(?i)\b(?:web|home|landing|front)\s+$|-$");
/// "The web page 24 hours a day": the figure counts something else.
static COUNTS: LazyLock<Regex> = pattern!(
    r"(?i)^-[a-z]|^(?:\s+|-)(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|clicks?|times|visits?|views?|people|visitors|users|per\s?cent)\b|^%"
);
/// "Page 3 of 10" is where the reader is.
pub(crate) static OF_ALL: LazyLock<Regex> = pattern!(r"^\s+(?:of|o)\s+[0-9]");

/// Words that cite a page: "pages 61a to 64a of Appendix 2".
pub(crate) struct Cited<'t> {
    /// All of them.
    pub(crate) words: Match<'t>,
    /// The number of the page, with its letter or in words.
    pub(crate) page: &'t str,
    /// The appendix that it is of.
    pub(crate) label: Option<&'t str>,
}

/// The pages that a text cites.
pub(crate) fn cited(text: &str) -> impl Iterator<Item = Cited<'_>> {
    PAGE.captures_iter(text).filter_map(|found| {
        let page = found.name("page").or_else(|| found.name("worded"))?;
        let (words, page) = (found.get(0)?, page.as_str());
        // "p2p" is a word.
        let figures = words.as_str().trim_start_matches('p');
        let is_word = figures.len() < words.len() && figures == page && page.ends_with(is_letter);
        (!is_word).then(|| Cited {
            words,
            page,
            label: found.name("label").map(|label| label.as_str()),
        })
    })
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_lowercase()
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let item = match document.home {
            Home::Report(item, _) => Some(item),
            Home::Minutes(_) => None,
            _ => continue,
        };
        for passage in document.passages.iter().filter(|passage| !passage.quoted) {
            for found in cited(&passage.text) {
                let whole = found.words;
                let span = passage.at(whole.range());
                let words = whole.as_str();
                let (before, after) =
                    (&passage.text[..whole.start()], &passage.text[whole.end()..]);
                if NO_PAPER.is_match(before) || OF_ALL.is_match(after) || COUNTS.is_match(after) {
                    continue;
                }
                let label = found.label.and_then(label_parts);
                let pages = label
                    .zip(item)
                    .and_then(|(label, item)| pages(item, &label));
                let page = found.page.parse().ok().or_else(|| number(found.page));
                match (pages, page) {
                    (Some(pages), Some(page)) if page > pages => {
                        findings.push(RULE.at_severity(
                            Severity::Warning,
                            span,
                            format!(
                                "“{words}” is cited, but the file has {}",
                                counted(pages, "page")
                            ),
                        ));
                    }
                    (Some(_), _) => {}
                    _ if elsewhere::is_meant(before, after) => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_have_a_letter() {
        let pages = |text| -> Vec<(String, String)> {
            let found = cited(text);
            let told = found.map(|found| (found.words.as_str().to_owned(), found.page.to_owned()));
            told.collect()
        };
        for (text, words, page) in [
            ("as on page 61a of the pack", "page 61a", "61a"),
            ("see pages 61a to 64a", "pages 61a to 64a", "61a"),
            ("see p.61b", "p.61b", "61b"),
            ("see p61", "p61", "61"),
        ] {
            assert_eq!(pages(text), [(words.to_owned(), page.to_owned())], "{text}");
        }
        for text in ["p2p lending", "page 61ab", "page 12th"] {
            assert_eq!(pages(text), [], "{text}");
        }
    }
}
