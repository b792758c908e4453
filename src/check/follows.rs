//! What follows from a key that stands there and could not be read: the clerk is told of the key
//! alone. One mistake gets one message.

use crate::finding::{Files, Finding, Place, Severity, Span};

use super::rules;

/// How far around a finding the key is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// In the same table: an item, an appendix.
    Table,
    /// In the whole file.
    File,
}

/// Rules that ask for a key, with the keys.
const ASKING: &[(&str, Around, &[&str])] = &[
    ("item-without-report", Around::Table, &["source", "sources"]),
    (
        "exempt-without-paragraph",
        Around::Table,
        &["exempt-paragraphs"],
    ),
    ("exempt-without-reason", Around::Table, &["public-interest"]),
    ("to-follow-without-date", Around::Table, &["due"]),
    (
        "image-without-alternative",
        Around::Table,
        &["alt", "alternative"],
    ),
    ("contact-unreachable", Around::Table, &["phone", "email"]),
    ("copy-without-address", Around::Table, &["address"]),
    ("publication-date-missing", Around::File, &["published"]),
    ("no-chair", Around::File, &["role"]),
    (
        "background-papers-not-stated",
        Around::File,
        &["background-papers"],
    ),
    ("signatory-missing", Around::File, &["signatory"]),
    (
        "recommendations-missing",
        Around::File,
        &["recommendations"],
    ),
];

/// Takes out what follows from errors of the reader of sources.
pub(super) fn leave_out(findings: Vec<Finding>, files: &Files) -> Vec<Finding> {
    let faults: Vec<(Span, String)> = findings
        .iter()
        .filter(|finding| {
            finding.severity == Severity::Error && rules::find(finding.code.0).is_none()
        })
        .filter_map(|finding| match finding.place {
            Place::Text(span) => {
                let label = finding.label.as_deref().unwrap_or_default();
                Some((span, format!("{} {label}", finding.message)))
            }
            _ => None,
        })
        .collect();
    let follows = |finding: &Finding| {
        let Place::Text(place) = finding.place else {
            return false;
        };
        let asking = ASKING.iter().find(|(code, ..)| *code == finding.code.0);
        asking.is_some_and(|(_, around, keys)| {
            let within = match around {
                Around::Table => table(files, place),
                Around::File => None,
            };
            faults.iter().any(|(fault, words)| {
                fault.file == place.file
                    && within.is_none_or(|within| within.holds(*fault))
                    && keys.iter().any(|key| words.contains(&format!("`{key}`")))
            })
        })
    };
    findings
        .into_iter()
        .filter(|finding| !follows(finding))
        .collect()
}

/// The lines of the table that a place is in: from its name in brackets to the next.
fn table(files: &Files, place: Span) -> Option<Span> {
    let text = &files.get(place.file)?.text;
    let at = place.range().start.min(text.len());
    let is_name = |line: &str| line.starts_with('[');
    let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let (mut start, mut end) = (0, text.len());
    let mut here = 0;
    for words in text.split_inclusive('\n') {
        if is_name(words) && here <= line {
            start = here;
        } else if is_name(words) {
            end = here;
            break;
        }
        here += words.len();
    }
    Some(Span::new(place.file, start, end))
}
