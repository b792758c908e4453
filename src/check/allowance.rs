//! Findings that `allow` accepts on an item of the agenda, for files that are not text and cannot
//! hold a comment beside the words.

use std::collections::BTreeSet;

use super::rules;
use crate::finding::{Files, Finding, Place, Severity, Span};
use crate::model::{self, Meeting};

/// What is allowed in the papers of one item.
pub(super) struct Allowed<'m> {
    allowance: &'m model::Allowance,
    /// The paths of the item's files.
    files: BTreeSet<&'m str>,
    used: bool,
}

/// Everything that the items of a meeting allow.
pub(super) fn allowed(meeting: &Meeting) -> Vec<Allowed<'_>> {
    let mut all = Vec::new();
    for item in meeting.items().filter(|item| !item.allow.is_empty()) {
        let papers = item
            .papers
            .iter()
            .flat_map(|paper| [&paper.source, &paper.alternative_source]);
        let appendices = item
            .all_appendices()
            .flat_map(|appendix| [&appendix.source, &appendix.alternative_source]);
        let files: BTreeSet<&str> = papers
            .chain(appendices)
            .flatten()
            .map(|source| source.0.as_str())
            .collect();
        all.extend(item.allow.iter().map(|allowance| Allowed {
            allowance,
            files: files.clone(),
            used: false,
        }));
    }
    all
}

/// Whether a finding is allowed; what allows it is marked as used.
pub(super) fn covers(allowed: &mut [Allowed<'_>], finding: &Finding, files: &Files) -> bool {
    let (path, words) = match &finding.place {
        Place::Text(span) if files.is_transcript(*span) => (files.path(*span), lines(*span, files)),
        Place::Page(path, _) | Place::File(path) => (path.as_str(), finding.message.as_str()),
        Place::Text(_) | Place::Nowhere => return false,
    };
    let words = spaced(words);
    let mut covered = false;
    for allowed in allowed {
        if allowed.allowance.code == finding.code.0
            && allowed.files.contains(path)
            && words.contains(&spaced(&allowed.allowance.text))
        {
            allowed.used = true;
            covered = true;
        }
    }
    covered
}

/// A finding for each that allows nothing.
pub(super) fn complaints(allowed: &[Allowed<'_>]) -> Vec<Finding> {
    let unused = allowed.iter().filter(|one| !one.used);
    unused
        .map(|one| {
            let (code, words) = (&one.allowance.code, &one.allowance.text);
            rules::comments::allow_unused::RULE.at_severity(
                Severity::Note,
                one.allowance.span,
                format!("No paper of this item has a finding {code} at “{words}” to allow"),
            )
        })
        .collect()
}

/// The whole lines that a span is in.
fn lines(span: Span, files: &Files) -> &str {
    let text = files.get(span.file).map_or("", |file| &*file.text);
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).clamp(start, text.len());
    let from = text.get(..start).and_then(|before| before.rfind('\n'));
    let to = text.get(end..).and_then(|after| after.find('\n'));
    text.get(from.map_or(0, |at| at + 1)..to.map_or(text.len(), |at| end + at))
        .unwrap_or("")
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
