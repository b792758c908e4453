//! An appendix that is cited but not attached.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::citations::{citations, label_parts, own_words};
use crate::check::subject::{Home, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("appendix-not-attached"),
    severity: Severity::Warning,
    room: Room::Appendices,
    summary: "A report cites an appendix that it does not have",
    explanation: "Each citation (\"Appendix 3\", \"Appendices 1 to 4\", \"Appendix Two\") is compared with \
                  the labels of the item's appendices. Citations in quotations and of other documents \
                  (\"Appendix 2 of the Agreement\") are left alone.",
    basis: law::REPORTS.basis,
    example: "\"as shown in Appendix 5\" in a report with four",
    remedy: "Attach the appendix with `[[appendix]]`, or correct the number",
    run,
};

/// Words that make "Annex C" the report's own, although it calls its others "Appendix".
static ENCLOSED: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:attached|appended|enclosed|annexed)(?:\s+(?:hereto|here))?\s+(?:as|at|in)\s+$|^[^,;]{0,60}\b(?:is|are)\s+(?:at|in)\s+$"
);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let layout = &subject.meeting.council.report;
    let mut findings = Vec::new();
    for document in &subject.documents {
        let Home::Report(item, _) = document.home else {
            continue;
        };
        let words = own_words(layout, item.all_appendices());
        let there: BTreeSet<(String, String)> = item
            .all_appendices()
            .filter_map(|appendix| label_parts(&appendix.label))
            .collect();
        let count = item.all_appendices().count();
        let mut said = BTreeSet::new();
        for passage in document.passages.iter().filter(|passage| !passage.quoted) {
            for citation in citations(&passage.text) {
                let key = (citation.word.clone(), citation.label.clone());
                let own = words.contains(&citation.word)
                    || ENCLOSED.is_match(&passage.text[..citation.range.start]);
                if citation.elsewhere || !own || there.contains(&key) || !said.insert(key) {
                    continue;
                }
                let has = match count {
                    0 => "has no appendices".to_owned(),
                    1 => "has one appendix".to_owned(),
                    count => format!("has {count} appendices"),
                };
                findings.push(RULE.at(
                    passage.at(citation.range.clone()),
                    format!(
                        "“{}” is cited, but item {} {has}",
                        &passage.text[citation.range], item.number.value
                    ),
                ));
            }
        }
    }
    findings
}
