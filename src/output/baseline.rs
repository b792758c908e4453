//! Baselines, which accept the findings of one day so that only new ones count.

use std::collections::BTreeSet;

use super::fingerprints;
use super::words::{path, printable};
use crate::finding::{Files, Finding};

/// Findings that were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    accepted: BTreeSet<String>,
}

impl Baseline {
    /// Reads a baseline: one fingerprint a line, what follows it is for people; `#` begins a
    /// comment.
    ///
    /// # Errors
    /// The number of a line, counted from 1, that does not begin with a fingerprint.
    pub fn read(bytes: &[u8]) -> Result<Self, usize> {
        Self::parse(&decoded(bytes))
    }

    /// The same from text.
    fn parse(text: &str) -> Result<Self, usize> {
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

/// The text of a file as programs on Windows write it: UTF-8 or UTF-16, with a byte order mark or
/// without. PowerShell's `>` writes UTF-16.
fn decoded(bytes: &[u8]) -> String {
    let units = |little: bool| -> Vec<u16> {
        bytes[2..]
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair[0], pair[1]];
                if little {
                    u16::from_le_bytes(pair)
                } else {
                    u16::from_be_bytes(pair)
                }
            })
            .collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(true)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(false)),
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        text => String::from_utf8_lossy(text).into_owned(),
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
    fn a_baseline_is_read_as_windows_writes_it() {
        let text = "# accepted\r\n0123456789abcdef doubled-word a.md: twice\r\n";
        let utf_16: Vec<u8> = [0xfeff_u16]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &with_mark, &utf_16] {
            let baseline = Baseline::read(bytes).expect("a baseline");
            assert!(baseline.accepts("0123456789abcdef"));
        }
    }

    #[test]
    fn a_baseline_that_is_none_names_its_line() {
        assert_eq!(Baseline::parse("# fine\n\nnonsense here\n"), Err(3));
    }
}
