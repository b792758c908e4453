//! How often each code was found, the most frequent first: those that a council corrects or silences
//! first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::finding::Finding;

/// A line for each code: how often, how much it matters, the code.
pub(super) fn render(findings: &[Finding]) -> String {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts
            .entry((Reverse(finding.severity), finding.code))
            .or_insert(0_usize) += 1;
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|((severity, code), count)| (Reverse(*count), *severity, *code));
    lines
        .iter()
        .map(|((Reverse(severity), code), count)| {
            format!("{count:>6}  {:<8} {code}\n", severity.as_str())
        })
        .collect()
}
