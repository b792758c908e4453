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
    summary: "There is no space after a full stop, or between a word and a date",
    explanation: "Two words were joined in editing, and a screen reader reads them as one. Web and mail \
                  addresses and initials are left alone.",
    basis: "Practice: found in published packs.",
    example: "with younger children too.The Youth Service, at its meeting on12 December",
    remedy: "Put the space in",
    run,
};

static JOINED: LazyLock<Regex> = pattern!(
    r"(?P<stop>[a-z]{3,}[.;!?][A-Z][a-z]*)\b|\b(?P<date>(?:on|at|of|in|by|until|since|from|and|the)[0-9]{1,2}(?:st|nd|rd|th)?\s(?:January|February|March|April|May|June|July|August|September|October|November|December))\b"
);

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
            let after = text[found.end()..].chars().next();
            let address = |c: Option<char>| {
                c.is_some_and(|c| {
                    matches!(c, '.' | '/' | '@' | '_' | '-' | ':') || c.is_alphanumeric()
                })
            };
            let rest = &text[found.end()..];
            let goes_on = after.is_some_and(|c| matches!(c, '/' | '@' | '_'))
                || rest
                    .strip_prefix('.')
                    .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            !address(before) && !goes_on
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
