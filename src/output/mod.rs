//! Findings as text and as data: shown in the source for a person, one line each for other
//! programs, JSON for machines.
//!
//! This room knows findings, the texts they point into, and formats. It prints nothing itself and
//! does not know whether there is a terminal: its caller says whether to use colours. It does not
//! decide which findings matter.

pub mod baseline;
mod fingerprint;
mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;
mod short;
mod statistics;
mod words;

pub use baseline::Baseline;
pub use fingerprint::fingerprints;
pub use words::{counts, summary};

use std::collections::BTreeMap;

use crate::finding::{Files, Finding, Place};
use crate::model::TextRead;

/// The formats in which findings can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Each finding with its place shown in the source, and what to do about it.
    #[default]
    Human,
    /// One line for each finding: `file:line:column: severity[code]: message`.
    Short,
    /// One JSON document with all findings and their totals.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// A JUnit report, for build servers.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A summary in Markdown, for the page of a pull request or a job.
    Markdown,
    /// How often each code was found.
    Statistics,
}

impl Format {
    /// Every format with the word for it.
    pub const ALL: [(&'static str, Self); 8] = [
        ("human", Self::Human),
        ("short", Self::Short),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        ("junit", Self::Junit),
        ("github", Self::Github),
        ("markdown", Self::Markdown),
        ("statistics", Self::Statistics),
    ];

    /// The format that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|&(name, _)| name == word)
            .map(|(_, format)| format)
    }
}

/// The findings in a format, ending with a line end; colours are ANSI sequences and only ever in
/// [`Format::Human`]. The order is that of the findings: see [`sort`].
pub fn render(findings: &[Finding], files: &Files, format: Format, colours: bool) -> String {
    match format {
        Format::Human => human::render(findings, files, colours),
        Format::Short => short::render(findings, files),
        Format::Json => json(findings, files, &BTreeMap::new()),
        Format::Sarif => sarif::render(findings, files),
        Format::Junit => junit::render(findings, files),
        Format::Github => github::render(findings, files),
        Format::Markdown => markdown::render(findings, files),
        Format::Statistics => statistics::render(findings),
    }
}

/// The findings as one JSON document, with how the text of PDFs was read, by their paths.
pub fn json(findings: &[Finding], files: &Files, read: &BTreeMap<&str, TextRead>) -> String {
    json::render(findings, files, read)
}

/// The findings as JSON values, as they stand in [`Format::Json`].
pub fn entries(findings: &[Finding], files: &Files) -> Vec<serde_json::Value> {
    json::entries(findings, files)
}

/// Puts findings in a stable order: by file, by place in it, then by code.
pub fn sort(findings: &mut [Finding], files: &Files) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| {
            let (path, start, page) = match &finding.place {
                Place::Text(span) => (files.path(*span).to_owned(), span.start, 0),
                Place::File(path) => (path.clone(), 0, 0),
                Place::Page(path, page) => (path.clone(), 0, *page),
                Place::Nowhere => (String::new(), 0, 0),
            };
            (path, start, page, finding.code)
        };
        key(a).cmp(&key(b))
    });
}

#[cfg(test)]
mod tests;
