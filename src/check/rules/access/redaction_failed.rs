//! Words that a machine can read in a PDF and nobody sees on its pages.

use std::collections::BTreeMap;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::{Suspect, SuspectKind};

pub(crate) const RULE: Rule = Rule {
    code: Code("redaction-failed"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "Words in a public PDF are hidden and can still be read",
    explanation: "A black box that is drawn over words leaves them in the file: anyone who selects, \
                  copies or searches the page can read them. Pages are drawn with and without their \
                  text to see what can be seen. Errors, which stop the public edition: words \
                  under a shape, picture, stroke or note, also in a scan with recognised text; dark \
                  words on an equally dark background; words that are unpainted, cut away or too \
                  small to see; redactions that were marked and never carried out; replacement texts \
                  and bookmarks that say what the page does not; links with somebody's address or name \
                  under a blackened line; writing in a scan under a shape or outside its crop. Warnings, where the public edition is built with the words \
                  in it: light words on an equally light background, words in a hidden layer or \
                  below the picture that fills a cover. Warnings, where the words stay out: words \
                  deleted in an earlier save; values of form fields that no page shows, unless their \
                  look is merely empty; words outside the part of the page that is shown (an error \
                  where they cannot be left out). A page that is too complex to be judged is a \
                  warning, and the end of a text that its cell cuts off a note. \
                  Words over shading, light words on dark \
                  headers, highlighting, hatching, scans with their recognised text and words \
                  printed twice are left alone. The words are shown with their first letters only; \
                  `pack redact FILE --show` shows them.",
    basis: "UK GDPR article 5(1)(f); ICO, How to disclose information safely.",
    example: "A name under a black rectangle in a scrutiny report's appendix",
    remedy: "Take the words out with `pack redact`, or ask for a file from which they were \
             removed",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in subject.attachments() {
        if !file.public {
            continue;
        }
        let mut kinds: BTreeMap<SuspectKind, Vec<&Suspect>> = BTreeMap::new();
        for suspect in &file.document.suspects {
            if suspect.kind.is_failed_redaction() {
                kinds.entry(suspect.kind).or_default().push(suspect);
            }
        }
        for (kind, found) in kinds {
            let accepted = file.accepted.is_some_and(|it| it.covers(file.document));
            let stops = kind.stops_publication();
            let severity = match (accepted, stops) {
                (true, true) => Severity::Note,
                (false, true) => RULE.severity,
                // Spreadsheets cut off what their cells have no room for.
                (_, false) if kind == SuspectKind::CutShort => Severity::Note,
                (_, false) => Severity::Warning,
            };
            let mut pages: Vec<u32> = found.iter().filter_map(|suspect| suspect.page).collect();
            pages.dedup();
            let place = match pages.as_slice() {
                [] => String::new(),
                [page] => format!(", page {page}"),
                [first, .., last] => format!(", pages {first} to {last}"),
            };
            let masked: Vec<String> = found
                .iter()
                .filter(|suspect| !suspect.text.is_empty())
                .take(3)
                .map(|suspect| format!("“{}”", suspect.masked()))
                .collect();
            let words = if masked.is_empty() {
                String::new()
            } else {
                format!(": {}", masked.join(", "))
            };
            let more = found.len().saturating_sub(masked.len().max(1));
            let more = if more == 0 {
                String::new()
            } else {
                format!(" and {more} more")
            };
            let stale = stops && !accepted && file.accepted.is_some();
            let message = format!("{}{place}: {kind}{words}{more}", file.name());
            findings.push(RULE.at_severity(severity, file.span, message).help(help(
                kind,
                stale,
                &file.document.fingerprint,
            )));
        }
    }
    findings
}

/// What to do about it.
fn help(kind: SuspectKind, stale: bool, fingerprint: &str) -> String {
    if kind == SuspectKind::NotJudged {
        return "Look at the page yourself: select and copy all of it, and paste it into an empty document"
            .to_owned();
    }
    if kind == SuspectKind::LeftOut {
        return "Nothing for the pack, but anyone who gets the file itself can read the words. `pack redact FILE --show` shows them"
            .to_owned();
    }
    if !kind.stops_publication() {
        return format!(
            "{}. The public edition is still built: look at the words with `pack redact FILE --show`",
            RULE.remedy
        );
    }
    let before = if stale {
        "What was accepted has changed since. "
    } else {
        ""
    };
    format!(
        "{before}{}. If everybody may read them, say why, and name what you have looked at: \
         accept-redaction = \"…\" and accept-redaction-of = \"{fingerprint}\". Until then no public \
         edition is built, even with --allow-errors",
        RULE.remedy
    )
}
