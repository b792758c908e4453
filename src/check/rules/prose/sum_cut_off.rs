//! A sum that has lost a digit.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("sum-cut-off"),
    severity: Severity::Warning,
    room: Room::Prose,
    summary: "The groups of a sum do not have three digits",
    explanation: "A digit was lost or a comma misplaced, and nobody can tell which. Sums in pounds with a \
                  comma are looked at.",
    basis: "Practice: found in published packs.",
    example: "Core allocation: £110,0",
    remedy: "Write the whole sum",
    run,
};

static SUM: LazyLock<Regex> = pattern!(r"£\s?[0-9][0-9,]*[0-9]");
static WHOLE: LazyLock<Regex> = pattern!(r"^£\s?[0-9]{1,3}(?:,[0-9]{3})*$|^£\s?[0-9]+$");

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        for range in cut_off(&passage.text) {
            findings.push(RULE.at(
                passage.at(range.clone()),
                format!("“{}” is not a whole sum", &passage.text[range]),
            ));
        }
    }
    findings
}

fn cut_off(text: &str) -> Vec<std::ops::Range<usize>> {
    SUM.find_iter(text)
        .filter(|sum| !WHOLE.is_match(sum.as_str()))
        .map(|sum| sum.range())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        for text in ["Core Allocation - £110,0", "£1,2345", "£12,34.50"] {
            assert_eq!(cut_off(text).len(), 1, "{text}");
        }
        for text in [
            "£110,000",
            "£1000",
            "£5, 12 of them",
            "£2.15m",
            "£0.63m",
            "£250k",
            "£1,250.50",
        ] {
            assert!(cut_off(text).is_empty(), "{text}");
        }
    }
}
