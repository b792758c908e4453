//! A marking of the scheme that was replaced in 2014.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    code: Code("withdrawn-marking"),
    severity: Severity::Note,
    room: Room::Access,
    summary: "The marking on every page belongs to a scheme that was withdrawn",
    explanation: "Impact levels (IL0 to IL6) and UNCLASSIFIED, PROTECT, RESTRICTED and CONFIDENTIAL were \
                  replaced in April 2014 by OFFICIAL, SECRET and TOP SECRET, with OFFICIAL-SENSITIVE as \
                  a handling caveat.",
    basis: "Government Security Classifications, Cabinet Office, 2014 and after",
    example: "marking = \"[IL0: UNCLASSIFIED]\"",
    remedy: "Use `OFFICIAL`, or take the marking out",
    run,
};

static OLD: LazyLock<Regex> =
    pattern!(r"\bIL\s?[0-6]\b|\b(?:UNCLASSIFIED|NOT PROTECTIVELY MARKED|PROTECT|RESTRICTED)\b");

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let council = &subject.meeting.council;
    let Some(marking) = council.pack.marking.as_deref() else {
        return Vec::new();
    };
    if !OLD.is_match(marking) {
        return Vec::new();
    }
    // The setting has no span of its own, so it is looked for in the council's file.
    let file = council.span.file;
    let place = subject
        .context
        .files
        .get(file)
        .and_then(|source| source.text.find(marking))
        .map_or(council.span, |at| Span::new(file, at, at + marking.len()));
    vec![RULE.at(place, format!("“{marking}” belongs to a withdrawn scheme"))]
}
