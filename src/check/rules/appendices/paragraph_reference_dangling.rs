//! A reference to a paragraph that a report does not have.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("paragraph-reference-dangling"),
    severity: Severity::Warning,
    room: Room::Appendices,
    summary: "A report refers to a paragraph that it does not have",
    explanation: "\"Paragraph 4.12\" in a report with numbered paragraphs is held against their \
                  numbers. References to other documents (\"paragraph 4.2 of the plan\") and in \
                  quotations are left alone, and so are sections, which are mostly those of a statute.",
    basis: "Practice: found in published packs.",
    example: "\"see paragraph 4.12\" in a report whose section 4 ends with 4.9",
    remedy: "Correct the number, or give the paragraph a name `{#costs}` and link to it",
    run,
};

static REFERENCE: LazyLock<Regex> = pattern!(
    r"\b(?P<word>(?i:paragraphs?|paras?\.?))\s+(?P<number>[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?)\b(?P<after>[^.;]{0,40})"
);
static ELSEWHERE: LazyLock<Regex> = pattern!(
    r"(?i)^\s*(?:(?:,|and|to|-|–)\s*[0-9][0-9.]*\s*)*\)?\s*,?\s*(?:of|in|to|under|from|within)\s+(?:the|that|its|their|schedule|part|annex|appendix|[A-Z])"
);
static OWN: LazyLock<Regex> =
    pattern!(r"(?i)^\s*\)?\s*(?:of|in)\s+(?:this|the)\s+(?:cover(?:ing)?\s+)?report\b");
static BEFORE: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:nppf|framework|act|regulations?|order|plan|policy|guidance|constitution|code|schedule|strategy|letter|appendix \w+|annex \w+)\b[^.;]{0,25}$"
);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let Home::Report(item, report) = document.home else {
            continue;
        };
        if item.papers.len() != 1 {
            continue;
        }
        let numbers: BTreeSet<&str> = report
            .body
            .iter()
            .filter_map(|block| block.number.as_ref())
            .map(|number| number.text.trim_end_matches('.'))
            .collect();
        if !numbers.iter().any(|number| number.contains('.')) {
            continue;
        }
        for passage in document.passages.iter().filter(|passage| !passage.quoted) {
            for found in REFERENCE.captures_iter(&passage.text) {
                let (Some(word), Some(number), Some(after)) = (
                    found.name("word"),
                    found.name("number"),
                    found.name("after"),
                ) else {
                    continue;
                };
                let elsewhere = (ELSEWHERE.is_match(after.as_str())
                    && !OWN.is_match(after.as_str()))
                    || BEFORE.is_match(&passage.text[..word.start()]);
                if elsewhere || numbers.contains(number.as_str()) {
                    continue;
                }
                findings.push(RULE.at(
                    passage.at(word.start()..number.end()),
                    format!(
                        "The report of item {} has no paragraph {}",
                        item.number.value,
                        number.as_str()
                    ),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings_of_other_documents() {
        for text in [
            " of the Annual report referred",
            " and 4.3 of the plan",
            " of Schedule 12A",
            ") of the Code",
        ] {
            assert!(ELSEWHERE.is_match(text), "{text}");
        }
        for text in [" and 4.3 above", " above", ", the costs"] {
            assert!(!ELSEWHERE.is_match(text), "{text}");
        }
        assert!(OWN.is_match(" of this report"));
        assert!(BEFORE.is_match("as the Framework says at "));
        assert!(!BEFORE.is_match("as said at "));
    }
}
