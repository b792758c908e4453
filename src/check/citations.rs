//! Appendices as a text cites them: "Appendix 3", "Appendices 1, 2 and 4", "Annex B", "Appendix
//! One".

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{elsewhere, numerals};
use crate::model::{Appendix, ReportLayout};

/// One appendix cited in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// "appendix", "annex" …, in lower case and in the singular.
    pub(crate) word: String,
    /// Its number or letter: "3", "B", "B1".
    pub(crate) label: String,
    /// Whether the number was written as a word.
    pub(crate) spelt: bool,
    /// Whether it is said to be of something else ("Appendix 2 of the Act").
    pub(crate) elsewhere: bool,
}

const LABEL: &str = r"(?:[0-9]{1,2}[A-Za-z]?|[A-Z]{1,2}[0-9]{0,2}|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|un|dau|tri|pedwar|pump|chwech|saith|wyth|naw|deg))";

static CITED: LazyLock<Regex> = LazyLock::new(|| {
    let list = format!(
        r"\b(?P<word>(?i:appendix(?:es)?|appendices|apps?\.?|appx\.?|annexe?s?|annex|attachments?|enclosures?|h?atodiad(?:au)?))\s+(?P<list>{LABEL}\b(?:\s*(?:,|&|and|to|-|–|ac?|i)\s*(?:(?i:appendix|annex|atodiad)\s+)?{LABEL}\b)*)"
    );
    // The pattern is fixed, and the tests compile it.
    Regex::new(&list).expect("a fixed pattern")
});
static ONE: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is fixed, and the tests compile it.
    Regex::new(&format!(r"\b{LABEL}\b")).expect("a fixed pattern")
});
/// A reference or a year, which is not a label: "Appendix 2 and 24/00093".
static REFERENCE: LazyLock<Regex> = pattern!(r"^[0-9]+/[0-9A-Z]");

/// Every appendix that a text cites, in order; of a range ("1 to 4") each one.
pub(crate) fn citations(text: &str) -> Vec<Citation> {
    let mut citations = Vec::new();
    for found in CITED.captures_iter(text) {
        let (Some(whole), Some(word), Some(list)) =
            (found.get(0), found.name("word"), found.name("list"))
        else {
            continue;
        };
        // "The NHS App I use" cites nothing, and "App 2" does.
        let is_figure = list
            .as_str()
            .starts_with(|letter: char| letter.is_ascii_digit());
        if word.as_str().eq_ignore_ascii_case("app") && (word.as_str() == "app" || !is_figure) {
            continue;
        }
        let one = singular(word.as_str()) == word.as_str().to_lowercase();
        let word = singular(word.as_str());
        let end = end_of_list(text, list.range(), one);
        let whole = whole.start()..end;
        let list = &text[list.start()..end];
        let elsewhere = elsewhere::follows(&text[end..]) || elsewhere::says(&text[..whole.start]);
        let mut before: Option<(String, usize)> = None;
        for label in ONE.find_iter(list) {
            let lower = label.as_str().to_lowercase();
            if matches!(lower.as_str(), "appendix" | "annex") {
                continue;
            }
            let (name, spelt) = match numerals::number(label.as_str()) {
                Some(number) => (
                    number.to_string(),
                    label.as_str().chars().all(char::is_alphabetic),
                ),
                None => (label.as_str().to_uppercase(), false),
            };
            if let Some((first, end)) = &before {
                let between = list[*end..label.start()].trim().to_lowercase();
                if matches!(between.as_str(), "to" | "-" | "–") {
                    for inner in between_labels(first, &name) {
                        citations.push(Citation {
                            range: whole.clone(),
                            word: word.clone(),
                            label: inner,
                            spelt,
                            elsewhere,
                        });
                    }
                }
            }
            before = Some((name.clone(), label.end()));
            citations.push(Citation {
                range: whole.clone(),
                word: word.clone(),
                label: name,
                spelt,
                elsewhere,
            });
        }
    }
    citations
}

/// Where a list of labels ends: before a reference or, after the word in the singular, before a dash
/// between spaces, which a title follows.
fn end_of_list(text: &str, list: Range<usize>, one: bool) -> usize {
    let mut last = list.start;
    for label in ONE.find_iter(&text[list.clone()]) {
        let start = list.start + label.start();
        let between = &text[last..start];
        let dash =
            one && matches!(between.trim(), "-" | "–") && between.starts_with(char::is_whitespace);
        if last > list.start && (dash || REFERENCE.is_match(&text[start..])) {
            return last;
        }
        last = list.start + label.end();
    }
    list.end
}

/// The labels strictly between two, where both are numbers or both single letters.
fn between_labels(first: &str, last: &str) -> Vec<String> {
    if let (Ok(first), Ok(last)) = (first.parse::<u8>(), last.parse::<u8>()) {
        return (first.saturating_add(1)..last)
            .map(|number| number.to_string())
            .collect();
    }
    match (first.as_bytes(), last.as_bytes()) {
        ([first], [last]) => (first.saturating_add(1)..*last)
            .map(|letter| char::from(letter).to_string())
            .collect(),
        _ => Vec::new(),
    }
}

fn singular(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "appendices" | "appendixes" | "app." | "apps." | "app" | "apps" | "appx" | "appx." => {
            "appendix".to_owned()
        }
        // What a Welsh report calls the appendices that its council labels in English.
        "atodiad" | "hatodiad" | "atodiadau" | "hatodiadau" => "appendix".to_owned(),
        "annexe" | "annexes" | "annexs" => "annex".to_owned(),
        word => word.trim_end_matches('s').to_owned(),
    }
}

/// The word and the number or letter of an appendix's label: "Appendix 3" is `appendix`, `3`.
pub(crate) fn label_parts(label: &str) -> Option<(String, String)> {
    citations(label)
        .into_iter()
        .next()
        .map(|citation| (citation.word, citation.label))
}

/// The words by which a report may call its own appendices.
pub(crate) fn own_words<'a>(
    layout: &ReportLayout,
    appendices: impl Iterator<Item = &'a Appendix>,
) -> BTreeSet<String> {
    let pattern = layout
        .appendix_label
        .split_whitespace()
        .next()
        .map(singular);
    appendices
        .filter_map(|appendix| label_parts(&appendix.label))
        .map(|(word, _)| word)
        .chain(pattern)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Vec<String> {
        citations(text)
            .into_iter()
            .map(|citation| {
                let elsewhere = if citation.elsewhere { " elsewhere" } else { "" };
                format!("{} {}{elsewhere}", citation.word, citation.label)
            })
            .collect()
    }

    #[test]
    fn phrasings_that_cite() {
        for (text, expected) in [
            ("is attached at Appendix 1.", vec!["appendix 1"]),
            ("the register (App. 7)", vec!["appendix 7"]),
            ("Appendix One Letter", vec!["appendix 1"]),
            (
                "as set out in Appendix 1 Monitoring Visit Letter.",
                vec!["appendix 1"],
            ),
            (
                "Appendices 1, 2 and 4 show",
                vec!["appendix 1", "appendix 2", "appendix 4"],
            ),
            (
                "Appendices 1 to 3",
                vec!["appendix 1", "appendix 2", "appendix 3"],
            ),
            (
                "Appendices A-C",
                vec!["appendix A", "appendix B", "appendix C"],
            ),
            ("(see APPENDIX B1)", vec!["appendix B1"]),
            (
                "Appendix 1-3",
                vec!["appendix 1", "appendix 2", "appendix 3"],
            ),
            ("Appendix 3 – 24/00093 Decision Report", vec!["appendix 3"]),
            ("Appendix 1 – 12 month forecast", vec!["appendix 1"]),
            ("Annex 2 of the Agreement", vec!["annex 2 elsewhere"]),
            ("Appendix 2 to this report", vec!["appendix 2"]),
            ("Appendix 2 of the report", vec!["appendix 2"]),
            (
                "Appendix 4 in Ofsted's letter",
                vec!["appendix 4 elsewhere"],
            ),
        ] {
            assert_eq!(cited(text), expected, "{text}");
        }
    }

    #[test]
    fn phrasings_that_do_not() {
        for text in [
            "the appendix to the report",
            "Appendix is attached",
            "appendices are listed",
            "appendicitis 3",
        ] {
            assert!(cited(text).is_empty(), "{text}: {:?}", cited(text));
        }
    }
}
