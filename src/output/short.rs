//! One line for each finding, as compilers write them, so that editors can jump to the place.

use super::words;
use crate::finding::{Files, Finding, Place};

/// The findings, a line each.
pub(super) fn render(findings: &[Finding], files: &Files) -> String {
    let mut lines = String::new();
    for finding in findings {
        let place = match &finding.place {
            Place::Text(span) if files.whereabouts(*span).page.is_some() => {
                format!("{}: {}: ", files.path(*span), files.whereabouts(*span))
            }
            Place::Text(span) => {
                let at = files.position(*span);
                format!("{}:{}:{}: ", files.path(*span), at.line, at.column)
            }
            Place::File(path) => format!("{path}: "),
            Place::Page(path, page) => format!("{path}: page {page}: "),
            Place::Nowhere => String::new(),
        };
        lines.push_str(&words::printable(&format!(
            "{place}{}[{}]: {}",
            finding.severity.as_str(),
            finding.code,
            finding.message
        )));
        lines.push('\n');
    }
    lines
}
