//! A reference to a paragraph that a report does not have.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule, elsewhere};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("paragraph-reference-dangling"),
    severity: Severity::Warning,
    room: Room::Appendices,
    summary: "A report refers to a paragraph that it does not have",
    explanation: "\"Paragraph 4.12\" and \"paragraphs 2.1 to 2.7\" in a report with numbered \
                  paragraphs are compared with their numbers. References to other documents (\"paragraph 4.2 of the plan\") and in \
                  quotations are left alone, and so are sections, which are mostly those of a statute.",
    basis: "Practice: found in published packs.",
    example: "\"see paragraph 4.12\" in a report whose section 4 ends with 4.9",
    remedy: "Correct the number, or give the paragraph a name `{#costs}` and link to it",
    run,
};

static REFERENCE: LazyLock<Regex> = pattern!(
    r"\b(?i:paragraphs?|paras?\.?|[pb]aragraff(?:au)?)\s+(?P<numbers>[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?\b(?:\s*(?:,|,?\s*\b(?:and|to|or|i|a|at|hyd at)\b|&|-|–)\s*(?:(?i:paragraph|para)\s+)?[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?\b)*)"
);
/// "The options at 8.3 above": a number without the word, where nothing else can be meant.
static BARE: LazyLock<Regex> = pattern!(
    r"(?:\b(?:at|in|see|under|by)|\()\s*(?P<numbers>[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?)\s+(?:above|below)\b"
);
/// "8.3 below the target": a measure.
static MEASURED: LazyLock<Regex> = pattern!(
    r"(?i)^\s+(?:the|an?|its|their|our|that|this|what|last|target|average|national|regional|budget|zero|sea|freezing|par|inflation|costs?|forecasts?|plan|market|normal|expected|previous|[0-9]|England)\b"
);
static NUMBER: LazyLock<Regex> = pattern!(r"[0-9]+(?:\.[0-9]+)+");

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
            let bare = BARE.captures_iter(&passage.text).filter(|found| {
                found
                    .get(0)
                    .is_some_and(|whole| !MEASURED.is_match(&passage.text[whole.end()..]))
            });
            for found in REFERENCE.captures_iter(&passage.text).chain(bare) {
                let (Some(whole), Some(list)) = (found.get(0), found.name("numbers")) else {
                    continue;
                };
                let (before, after) =
                    (&passage.text[..whole.start()], &passage.text[whole.end()..]);
                if elsewhere::is_meant(before, after) {
                    continue;
                }
                for number in NUMBER.find_iter(list.as_str()) {
                    if !numbers.contains(number.as_str()) {
                        let start = list.start() + number.start();
                        findings.push(RULE.at(
                            passage.at(start..list.start() + number.end()),
                            format!(
                                "The report of item {} has no paragraph {}",
                                item.number.value,
                                number.as_str()
                            ),
                        ));
                    }
                }
            }
        }
    }
    findings
}
