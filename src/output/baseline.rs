//! Baselines, which accept the findings of one day so that only new ones count.

use std::collections::BTreeSet;

use super::{fingerprints, path, printable};
use crate::finding::{Files, Finding};

/// Findings that were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    accepted: BTreeSet<String>,
}

impl Baseline {
    /// The baseline that accepts these fingerprints.
    pub fn of(fingerprints: impl IntoIterator<Item = String>) -> Self {
        Self {
            accepted: fingerprints.into_iter().collect(),
        }
    }

    /// Reads a baseline: one fingerprint a line, what follows it is for people; `#` begins a
    /// comment.
    ///
    /// # Errors
    /// The number of a line, counted from 1, that does not begin with a fingerprint.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut accepted = BTreeSet::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let print = line.split_whitespace().next().unwrap_or("");
            if print.len() != 16 || !print.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(index + 1);
            }
            accepted.insert(print.to_owned());
        }
        Ok(Self { accepted })
    }

    /// Whether it accepts a fingerprint.
    pub fn accepts(&self, fingerprint: &str) -> bool {
        self.accepted.contains(fingerprint)
    }
}

/// A baseline file that accepts these findings, with a line for each that a person can read.
pub fn write(findings: &[Finding], files: &Files) -> String {
    let mut text = String::from(
        "# Findings that `pack check --baseline` accepts. A line that is taken out counts again.\n",
    );
    for (finding, print) in findings.iter().zip(fingerprints(findings, files)) {
        let path = path(finding, files).unwrap_or("");
        text.push_str(&format!(
            "{print} {} {}: {}\n",
            finding.code,
            printable(path),
            printable(&finding.message)
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Span};

    fn one(text: &str) -> (Vec<Finding>, Files) {
        let mut files = Files::default();
        let file = files.add("a.md", text);
        let findings = text
            .match_indices("the the")
            .map(|(at, _)| {
                Finding::warning(Code("doubled-word"), Span::new(file, at, at + 7), "twice")
            })
            .collect();
        (findings, files)
    }

    #[test]
    fn a_baseline_accepts_todays_findings_and_no_more() {
        let (findings, files) = one("On the the way.\n\nOn the the way.\n");
        let baseline = Baseline::parse(&write(&findings, &files)).expect("what was written");
        for print in fingerprints(&findings, &files) {
            assert!(baseline.accepts(&print));
        }
        let (more, files) = one("On the the way.\n\nOn the the way.\n\nOn the the way.\n");
        let new: Vec<_> = fingerprints(&more, &files)
            .into_iter()
            .filter(|print| !baseline.accepts(print))
            .collect();
        assert_eq!(new.len(), 1);
    }

    #[test]
    fn a_baseline_that_is_none_names_its_line() {
        assert_eq!(Baseline::parse("# fine\n\nnonsense here\n"), Err(3));
    }
}
