//! Text that the template meant to be replaced.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, FileId, Finding, Severity, Span};
use crate::model::Contact;
use crate::starter::{TO_WRITE, is_sample, to_fill_in};

pub(crate) const RULE: Rule = Rule {
    code: Code("template-text"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "Text of the template was left in",
    explanation: "Placeholders in square or angle brackets that ask for something to be filled in, \
                  \"delete as appropriate\", rows of X, a date in letters, filler text. Looked for in \
                  the agenda, reports, minutes and appendices in Markdown. So are the names, addresses \
                  and titles that `pack new` writes, once for each file; a section that still says \
                  \"Write here.\" is an error and stops a build.",
    basis: "Practice: last year's template shows in published packs.",
    example: "The report of [insert name] was received on DD/MM/YYYY.",
    remedy: "Write what belongs there, or take it out",
    run,
};

static PLACEHOLDER: LazyLock<Regex> = pattern!(concat!(
    r"(?i:\[\s*(?:insert|enter|add|delete|type|name|date|title|tbc|to be (?:added|completed|inserted))\b[^\]\n]{0,80}\])",
    r"|(?i:<\s*(?:insert|enter|add|name|date|title)\b[^>\n]{0,80}>)",
    r"|(?i:\b(?:delete|amend|complete) as (?:appropriate|applicable|necessary)\b)",
    r"|(?i:\binsert (?:text|title|name|date|details) here\b)",
    r"|(?i:\bclick (?:or tap )?here to enter\b)",
    r"|(?i:\blorem ipsum\b)",
    r"|\b(?:DD/MM/YY(?:YY)?|dd/mm/yy(?:yy)?|XX/XX/(?:XX|20XX|XXXX))\b",
    r"|\bX{3,}\b"
));

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = placeholders(subject);
    findings.extend(unwritten(subject));
    findings.extend(samples(subject));
    findings
}

/// Sections that `pack new report` left to be written, once for each report.
fn unwritten(subject: &Subject<'_>) -> Vec<Finding> {
    let mut places: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for passage in subject.passages() {
        if passage.text.trim() == TO_WRITE {
            places
                .entry(passage.span.file)
                .or_default()
                .push(passage.span);
        }
    }
    places
        .into_values()
        .map(|spans| {
            let message = match spans.len() {
                1 => format!("A section still says “{TO_WRITE}”"),
                count => format!("{count} sections still say “{TO_WRITE}”"),
            };
            RULE.at_severity(Severity::Error, spans[0], message)
        })
        .collect()
}

/// Names, addresses and titles that `pack new` wrote, once for each file.
fn samples(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: Vec<(String, Span)> = Vec::new();
    let mut add = |text: &str, span: Span| {
        if is_sample(text) {
            found.push((text.trim().to_owned(), span));
        }
    };
    let meeting = subject.meeting;
    let (council, body) = (&meeting.council, &meeting.body);
    if !council.address.is_empty() && council.address.iter().all(|line| is_sample(line)) {
        add(&council.address[0], council.span);
    }
    let mut contact = |contact: &Contact, near: Span| {
        let span = contact.span.unwrap_or(near);
        for words in [Some(&contact.name), contact.email.as_ref()] {
            add(words.map_or("", String::as_str), span);
        }
    };
    for (person, near) in [
        (&council.proper_officer, council.span),
        (&body.clerk, body.span),
    ] {
        if let Some(person) = person {
            contact(person, near);
        }
    }
    for (_, _, report) in subject.reports() {
        for person in report.contacts.iter().chain(&report.signatory) {
            contact(person, report.span);
        }
    }
    for member in &body.members {
        add(member.name.as_deref().unwrap_or_default(), member.span);
    }
    let sitting = &meeting.sitting;
    add(
        sitting.place.as_deref().unwrap_or_default(),
        subject.key(sitting.span, "place"),
    );
    for item in meeting.items() {
        add(&item.title, item.title.span);
    }
    for (_, _, report) in subject.reports() {
        if let Some(words) = &report.subject {
            add(words, words.span);
        }
    }
    for passage in subject.passages() {
        add(&passage.text, passage.span);
    }
    for (_, _, report) in subject.reports() {
        for row in &report.header {
            if row.lines == [to_fill_in(&row.label)] {
                found.push((row.lines[0].clone(), row.span));
            }
        }
    }
    let mut by_file: BTreeMap<FileId, Vec<(String, Span)>> = BTreeMap::new();
    for (text, span) in found {
        let texts = by_file.entry(span.file).or_default();
        if !texts.iter().any(|(known, _)| *known == text) {
            texts.push((text, span));
        }
    }
    by_file
        .into_values()
        .filter_map(|mut texts| {
            texts.sort_by_key(|(_, span)| span.start);
            let (_, first) = *texts.first().map(|(text, span)| (text, span)).as_ref()?;
            let listed: Vec<String> = texts.iter().map(|(text, _)| format!("“{text}”")).collect();
            Some(RULE.at(
                *first,
                format!("Words of `pack new` are still here: {}", listed.join(", ")),
            ))
        })
        .collect()
}

fn placeholders(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .passages()
        .filter(|passage| passage.role != Role::Preformatted)
        .flat_map(|passage| {
            PLACEHOLDER.find_iter(&passage.text).map(|found| {
                RULE.at(
                    passage.at(found.range()),
                    format!("“{}” looks like text of the template", found.as_str()),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        for text in [
            "The report of [insert name] was received.",
            "[Date of meeting]",
            "<enter text>",
            "Yes / No (delete as appropriate)",
            "from DD/MM/YYYY",
            "Councillor XXXX moved",
        ] {
            assert!(PLACEHOLDER.is_match(text), "{text}");
        }
        for text in [
            "as [they] said",
            "[IL0: UNCLASSIFIED]",
            "[named individuals] were present",
            "Louis XIV, and Section XX",
            "a < b and b > c",
            "delete the third paragraph",
        ] {
            assert!(!PLACEHOLDER.is_match(text), "{text}");
        }
    }
}
