//! Words that a machine reads in a PDF and nobody sees on its pages.

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
    explanation: "A black box that is drawn over words leaves them in the file: whoever marks, \
                  copies or searches the page reads them. Looked for are words under an opaque \
                  shape, picture or note that was put over them, and redactions that were marked \
                  and never carried out; these are errors. Words in the colour of their \
                  background, unpainted, in a hidden layer, beside the page or deleted in an \
                  earlier save are warnings: they are less often meant. Words over shading, light \
                  words on dark headers, highlighting, scans with their recognised text and words \
                  printed twice are left alone. The words are shown with their first letters only; \
                  `pack redact FILE --show` shows them.",
    basis: "UK GDPR article 5(1)(f); ICO, How to disclose information safely.",
    example: "A name under a black rectangle in a scrutiny report's appendix",
    remedy: "Take the words out with `pack redact`, or ask for a file from which they were \
             removed. If everybody may read them, say so: `accept-redaction = \"why\"` on the \
             appendix or the item. A public edition is not built over it, --allow-errors or not",
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
            let severity = match (file.accepted, kind) {
                (Some(_), _) => Severity::Note,
                (None, SuspectKind::Covered | SuspectKind::RedactionNotApplied) => RULE.severity,
                (None, _) => Severity::Warning,
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
            findings.push(RULE.at_severity(
                severity,
                file.span,
                format!("{}{place}: {kind}{words}{more}", file.name()),
            ));
        }
    }
    findings
}
