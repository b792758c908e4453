//! The words for findings that several formats share.

use std::collections::BTreeSet;

use crate::finding::{Files, Finding, Place, Severity, Whereabouts, counted};

/// How many findings there are, and in how many files: "3 errors, 1 warning in 2 files".
pub fn summary(findings: &[Finding], files: &Files) -> String {
    let Some(counts) = counts(findings) else {
        return "No findings".to_owned();
    };
    match files_named(findings, files) {
        0 => counts,
        number => format!("{counts} in {}", counted(number, "file")),
    }
}

/// How many findings there are: "3 errors, 1 warning". `None` if there are none.
pub fn counts(findings: &[Finding]) -> Option<String> {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.into_iter().filter_map(|severity| {
        let found = findings.iter();
        let number = found.filter(|finding| finding.severity == severity).count();
        (number > 0).then(|| counted(number, severity.as_str()))
    });
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// How many files the findings are in.
pub(super) fn files_named(findings: &[Finding], files: &Files) -> usize {
    findings
        .iter()
        .filter(|finding| finding.severity > Severity::Allow)
        .filter_map(|finding| path(finding, files))
        .collect::<BTreeSet<_>>()
        .len()
}

/// The path of the file that a finding is in.
pub(super) fn path<'f>(finding: &'f Finding, files: &'f Files) -> Option<&'f str> {
    match &finding.place {
        Place::Text(span) => Some(files.path(*span)),
        Place::File(path) | Place::Page(path, _) => Some(path),
        Place::Nowhere => None,
    }
}

/// The page and the paragraph that a finding is in, where its file is not text: "page 7, paragraph 2.3".
pub(super) fn whereabouts<'f>(finding: &'f Finding, files: &'f Files) -> Whereabouts<'f> {
    match finding.place {
        Place::Text(span) => files.whereabouts(span),
        Place::Page(_, page) => Whereabouts {
            page: Some(page),
            paragraph: None,
        },
        Place::File(_) | Place::Nowhere => Whereabouts::default(),
    }
}

/// Words without control characters, which could steer a terminal.
pub(super) fn printable(words: &str) -> String {
    words
        .chars()
        .map(|letter| match letter {
            '\n' | '\t' => ' ',
            letter if letter.is_control() => '\u{fffd}',
            letter => letter,
        })
        .collect()
}
