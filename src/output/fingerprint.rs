//! What tells a finding from others when lines around it move: its code, its file, the words it
//! points at and the line they are in, never the line's number.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::finding::{Files, Finding, Place, Span};
use crate::hex::hex;

/// The fingerprint of each finding, in their order: 16 hexadecimal digits. Findings that are
/// alike in everything are told apart by their order.
pub fn fingerprints(findings: &[Finding], files: &Files) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let marks = marks(finding, files);
            let before = seen.entry(marks.clone()).or_default();
            let hash = Sha256::digest(format!("{marks}\0{before}"));
            *before += 1;
            hex(&hash[..8])
        })
        .collect()
}

fn marks(finding: &Finding, files: &Files) -> String {
    let place = match &finding.place {
        Place::Text(span) => format!(
            "{}\0{}\0{}",
            files.path(*span),
            spaced(files.text(*span)),
            spaced(line(*span, files))
        ),
        Place::File(path) => path.clone(),
        Place::Page(path, page) => format!("{path}\0{page}"),
        Place::Nowhere => String::new(),
    };
    format!("{}\0{place}\0{}", finding.code, finding.message)
}

/// The line in which a span begins.
fn line(span: Span, files: &Files) -> &str {
    let Some(file) = files.get(span.file) else {
        return "";
    };
    let start = (span.start as usize).min(file.text.len());
    let before = file.text.get(..start).unwrap_or("");
    let from = before.rfind('\n').map_or(0, |newline| newline + 1);
    file.text
        .get(from..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or("")
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
