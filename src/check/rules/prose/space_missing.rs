//! A missing space.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("space-missing"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "There is no space between two words, or between a word and a date, a sum or a bracket",
    explanation: "Two words were joined in editing, and a screen reader reads them as one. Web and mail \
                  addresses and initials are left alone.",
    basis: "Practice: found in published packs.",
    example: "with younger children too.The Youth Service, at its meeting on12 December",
    remedy: "Put the space in",
    run,
};

/// Months, English and Welsh.
macro_rules! months {
    () => {
        "(?:January|February|March|April|May|June|July|August|September|October|November|December|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr)"
    };
}

static JOINED: LazyLock<Regex> = pattern!(concat!(
    // "too.The"
    r"(?P<stop>[a-z]{3,}[.;!?][A-Z][a-z]*)\b",
    // "in May.It", "Fernleigh.The"
    r"|\b(?:May|July|June|(?:[A-Z][a-z]{4,}))[.;!?][A-Z][a-z]+\b",
    // "deferred;it"
    r"|\b\p{Latin}{3,};\p{Latin}{2,}\b",
    // "on12 December", "12December", "December2025"
    r"|\b(?:on|at|of|in|by|until|since|from|and|the|ar|yn|o|hyd|erbyn|ers|a)[0-9]{1,2}(?:st|nd|rd|th|af|ail|ydd|edd|fed|eg|ain)?\s",
    months!(),
    r"\b|\b[0-9]{1,2}(?:st|nd|rd|th|af|ail|ydd|edd|fed|eg|ain)?",
    months!(),
    r"(?:\s[0-9]{4})?\b|\b",
    months!(),
    r"[0-9]{4}\b",
    // "in2026"
    r"|\b(?i:in|since|of|by|from|until|during|before|after|for|yn|ers)(?:19|20)[0-9]{2}\b",
    // "costs£500", "£500and"
    r"|\p{Ll}+£[0-9][0-9,.]*[0-9]|\p{Ll}+£[0-9]|£[0-9][0-9,.]*(?:and|or|to|for|in|of|is|was|were|are|will|has|had|per|each|from|by|on|at|as)\b",
    // "North,South", "£500,and"
    r"|\b\p{Latin}{3,},\p{Latin}{3,}\b|[0-9],(?:and|or|but|which|the|with)\b",
    // "(Appendix 1)was", "plan(Appendix 1)"
    r"|\([^()]{5,60}\)\p{L}{2,}|\p{Ll}{3,}\(\p{Lu}\p{Ll}{2,}",
    // "seeAppendix 1", "theCouncil"
    r"|\b(?:see|at|in|of|the|and|to|from|by|for|with|under|that|which|The|This|is|are)(?:Appendix|Appendices|Annex|Paragraph|Schedule|Section|Table|Item|Council|Councillors?|Board|Cabinet|Committee|Director|Chair|Government|Members?|Officers?|Report|April|May|June|July)\b",
    // "report(attached)", "plan(see item 4)"; "child(ren)" and "reimburse(ment)" are words.
    r"|\b\p{L}\p{Ll}{2,}\((?:(?:attached|enclosed|appended|approved|deferred|circulated|withdrawn|note|draft|exempt|confidential|estimated|including|excluding|formerly|below|above)\)|(?:see|as|which|who|and|or|if|for|from|with|in|at|of|on|to|by|the|an?|subject|that|where|when|not|now|then|also|e\.g\.|i\.e\.|up|plus|less|net|gross|about|including|excluding|formerly|attached|approved|dated)\s)",
    // "scheme(phase 2)"
    r"|\b\p{L}\p{Ll}{2,}\(\p{L}{2,},?\s[^()]{1,60}\)",
));

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        if passage.role == Role::Preformatted {
            continue;
        }
        for range in joined(&passage.text) {
            let words = &passage.text[range.clone()];
            findings.push(RULE.at(
                passage.at(range.clone()),
                format!("“{words}” lacks a space"),
            ));
        }
    }
    findings
}

fn joined(text: &str) -> Vec<std::ops::Range<usize>> {
    JOINED
        .find_iter(text)
        .filter(|found| {
            let before = text[..found.start()].chars().next_back();
            // Within a web address, a path or a code nothing is joined.
            let address = |c: Option<char>| {
                c.is_some_and(|c| {
                    matches!(c, '.' | '/' | '@' | '_' | '-' | ':' | '=' | '&' | '?' | '#')
                        || c.is_alphanumeric()
                })
            };
            let opens = found.as_str().starts_with(['(', '£']);
            let rest = &text[found.end()..];
            let goes_on = rest.starts_with(['/', '@', '_'])
                || rest
                    .strip_prefix('.')
                    .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            (opens || !address(before)) && !goes_on
        })
        .map(|found| found.range())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        for text in [
            "younger children too.The Youth Service",
            "at its meeting on12 December 2018",
            "was agreed.Members asked",
        ] {
            assert_eq!(joined(text).len(), 1, "{text}");
        }
        for text in [
            "www.example.Gov.uk and mail@council.Gov",
            "e.g. The U.K.",
            "https://x.org/report.Pdf",
            "on 12 December",
            "Adoption@Heart",
            "ASP.NET",
            "on1 2",
        ] {
            assert!(joined(text).is_empty(), "{text}");
        }
    }
}
