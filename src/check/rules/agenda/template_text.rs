//! Text of the template that should have been replaced.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::placeholder::{FORM, GUIDANCE, PLACEHOLDER, UNWRITTEN};
use crate::check::rules::dates::minute_reference_blank;
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
    explanation: "Placeholders in brackets that ask for something to be filled in, \"delete as \
                  appropriate\", guidance for the author (\"This section should set out …\"), rows of X, dates and sums in letters, blanks, \"TBC – finance to \
                  confirm\", what Word puts in place of a reference that it lost, filler text. Looked for in \
                  the agenda, reports, minutes and appendices in Markdown. So are the names, addresses \
                  and titles that `pack new` writes, once for each file: where four or more of them are \
                  left, nobody has filled the file in, and that is an error and stops a build, as \
                  does a section that still says \"Write here.\".",
    basis: "Practice: last year's template shows in published packs.",
    example: "The report of [insert name] was received on DD/MM/YYYY.",
    remedy: "Write what belongs there, or take it out",
    run,
};

/// Whether words that match are a placeholder where they stand.
fn stands_in(text: &str, range: &Range<usize>) -> bool {
    let (before, words, after) = (
        &text[..range.start],
        &text[range.clone()],
        &text[range.end..],
    );
    // "[name] was not known to us" in somebody's words was put there to hide a name.
    let quoted = before.matches('“').count() > before.matches('”').count()
        || before.matches('"').count() % 2 == 1;
    // "The XXX Corps", "XXX 123".
    let name = words == "XXX"
        && after.strip_prefix(' ').is_some_and(|after| {
            after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        });
    let form = words.starts_with("____") && FORM.is_match(before);
    let minute = minute_reference_blank::is_blank(text, range);
    !(quoted || name || form || minute)
}

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

/// Samples that are also the names of real places.
const COMMON: [&str; 2] = ["High Street", "The Town Hall"];
/// With this many samples left, a file is one that nobody has filled in.
const UNTOUCHED: usize = 4;

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
    // "High Street" alone is somebody's address.
    if council.address.iter().all(|line| is_sample(line)) {
        for line in &council.address {
            add(line, council.span);
        }
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
        // A paper may list streets and halls, and every town has these.
        if !COMMON.contains(&passage.text.trim()) {
            add(&passage.text, passage.span);
        }
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
            let (_, first) = *texts.first()?;
            let listed: Vec<String> = texts.iter().map(|(text, _)| format!("“{text}”")).collect();
            let severity = if texts.len() >= UNTOUCHED {
                Severity::Error
            } else {
                RULE.severity
            };
            Some(RULE.at_severity(
                severity,
                first,
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
            let text = passage.text.trim();
            let whole = (passage.role != Role::Cell && UNWRITTEN.is_match(text))
                .then(|| (passage.span, text.to_owned()));
            let mut ranges: Vec<Range<usize>> = Vec::new();
            if whole.is_none() {
                let guidance = GUIDANCE.find_iter(&passage.text);
                for found in PLACEHOLDER.find_iter(&passage.text).chain(guidance) {
                    // A sentence begins after the stop of the one before.
                    let words = found
                        .as_str()
                        .trim_start_matches(['.', ';', ':', ' ', '\n']);
                    let range = found.end() - words.len()..found.end();
                    let apart =
                        |known: &Range<usize>| known.end <= range.start || range.end <= known.start;
                    if stands_in(&passage.text, &range) && ranges.iter().all(apart) {
                        ranges.push(range);
                    }
                }
            }
            ranges
                .into_iter()
                .map(|range| (passage.at(range.clone()), passage.text[range].to_owned()))
                .chain(whole)
                .collect::<Vec<_>>()
        })
        .map(|(span, words)| {
            RULE.at(
                span,
                format!("“{}” looks like text of the template", words.trim()),
            )
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
