//! An acronym that is never spelt out.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Home, Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("acronym-not-explained"),
    severity: Severity::Note,
    room: Room::Reports,
    summary: "An acronym is used in a report and never spelt out",
    explanation: "Members and the public do not know the officers' abbreviations. An acronym of three to \
                  six capitals counts as explained where the report has it in brackets, or followed by \
                  brackets, anywhere, or where words whose initials it is made of occur. Only its first \
                  use is named, and only where it is used at least twice. Well-known ones are left alone.",
    basis: "WCAG 2.2, 3.1.4 (AAA); GOV.UK style guide",
    example: "The JSNA is due. The JSNA informs …",
    remedy: "Spell it out where it is first used: \"Joint Strategic Needs Assessment (JSNA)\"",
    run,
};

static ACRONYM: LazyLock<Regex> = pattern!(r"\b[A-Z]{3,6}\b");
static WORD: LazyLock<Regex> = pattern!(r"[A-Za-z][A-Za-z'’]*");

const KNOWN: &[&str] = &[
    "AGM", "BBC", "CCTV", "CEO", "COVID", "EEC", "GDPR", "GMT", "HIV", "HMRC", "HTML", "ISBN",
    "LED", "LGBT", "MBC", "NHS", "OBE", "MBE", "CBE", "PDF", "PIN", "PLC", "SMS", "TBC", "URL",
    "USA", "VAT", "WHO", "III", "VII", "XII", "VIII", "RESOLVED", "NOT", "AND", "THE", "FOR",
    "FREE", "ALL", "MUST", "NONE", "YES", "ONLY", "ISO", "BSL", "BST", "DVD", "USB",
];

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let Home::Report(_, report) = document.home else {
            continue;
        };
        let mut all: String = report
            .header
            .iter()
            .flat_map(|row| &row.lines)
            .chain(report.subject.as_ref().map(|subject| &subject.value))
            .map(|text| format!("{text}\n"))
            .collect();
        for passage in &document.passages {
            all.push_str(&passage.text);
            all.push('\n');
        }
        let initials: String = WORD
            .find_iter(&all)
            .filter(|word| !matches!(word.as_str(), "and" | "of" | "the" | "for" | "in" | "to"))
            .filter_map(|word| word.as_str().chars().next())
            .flat_map(char::to_uppercase)
            .collect();
        let mut seen = BTreeSet::new();
        for passage in &document.passages {
            let shouted = !passage.text.chars().any(char::is_lowercase);
            if shouted || passage.quoted || matches!(passage.role, Role::Cell) {
                continue;
            }
            for found in ACRONYM.find_iter(&passage.text) {
                let acronym = found.as_str();
                if KNOWN.contains(&acronym) || !seen.insert(acronym.to_owned()) {
                    continue;
                }
                let uses = ACRONYM
                    .find_iter(&all)
                    .filter(|other| other.as_str() == acronym)
                    .count();
                let bracketed = all.contains(&format!("({acronym}"))
                    || all.contains(&format!("{acronym})"))
                    || all.contains(&format!("{acronym} ("))
                    || all.contains(&format!("‘{acronym}’"))
                    || all.contains(&format!("'{acronym}'"));
                if uses >= 2 && !bracketed && !initials.contains(acronym) {
                    findings.push(RULE.at(
                        passage.at(found.range()),
                        format!("{acronym} is not spelt out anywhere in the report"),
                    ));
                }
            }
        }
    }
    findings
}
