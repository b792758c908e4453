//! Findings as one JSON document.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words;
use crate::finding::{Files, Finding, Place, Position, Severity, Span};
use crate::model::TextRead;

#[derive(Serialize)]
struct Document<'f> {
    findings: Vec<Entry<'f>>,
    summary: Summary,
    /// How the text of each PDF was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pdf_text: Vec<PdfText<'f>>,
}

#[derive(Serialize)]
struct PdfText<'f> {
    file: &'f str,
    read: &'static str,
}

/// One finding. Lines and columns count from 1, columns in characters; `end` is the place after
/// the last character.
#[derive(Serialize)]
struct Entry<'f> {
    code: &'f str,
    severity: &'f str,
    message: &'f str,
    file: Option<&'f str>,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<Position>,
    /// The page, in a file that has pages.
    page: Option<u32>,
    /// The number of the paragraph, in a file that is not text.
    paragraph: Option<&'f str>,
    /// The words marked, in a file that is not text.
    text: Option<&'f str>,
    label: Option<&'f str>,
    help: Option<&'f str>,
    related: Vec<Related<'f>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Related<'f> {
    message: &'f str,
    file: &'f str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    files: usize,
}

/// The document, and how the text of PDFs was read, by their paths.
pub(super) fn render(
    findings: &[Finding],
    files: &Files,
    read: &BTreeMap<&str, TextRead>,
) -> String {
    let prints = super::fingerprints(findings, files);
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let document = Document {
        findings: findings
            .iter()
            .zip(prints)
            .map(|(finding, print)| entry(finding, print, files))
            .collect(),
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            files: words::files_named(findings, files),
        },
        pdf_text: read
            .iter()
            .map(|(file, read)| PdfText {
                file,
                read: read.as_str(),
            })
            .collect(),
    };
    // Strings and numbers alone: there is nothing that could not be written.
    let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
    json.push('\n');
    json
}

/// The findings alone.
pub(super) fn entries(findings: &[Finding], files: &Files) -> Vec<serde_json::Value> {
    findings
        .iter()
        .zip(super::fingerprints(findings, files))
        .map(|(finding, print)| serde_json::json!(entry(finding, print, files)))
        .collect()
}

fn entry<'f>(finding: &'f Finding, fingerprint: String, files: &'f Files) -> Entry<'f> {
    let span = match finding.place {
        Place::Text(span) => Some(span),
        _ => None,
    };
    let start = span.map(|span| files.position(span));
    let end = span.map(|span| {
        files.position(Span {
            start: span.end,
            ..span
        })
    });
    let whereabouts = words::whereabouts(finding, files);
    Entry {
        code: finding.code.0,
        severity: finding.severity.as_str(),
        message: &finding.message,
        file: words::path(finding, files),
        line: start.map(|start| start.line),
        column: start.map(|start| start.column),
        end,
        page: whereabouts.page,
        paragraph: whereabouts.paragraph,
        text: span
            .filter(|span| files.is_transcript(*span))
            .map(|span| files.text(span)),
        label: finding.label.as_deref(),
        help: finding.help.as_deref(),
        related: finding
            .related
            .iter()
            .map(|(span, words)| {
                let at = files.position(*span);
                Related {
                    message: words,
                    file: files.path(*span),
                    line: at.line,
                    column: at.column,
                }
            })
            .collect(),
        fingerprint,
    }
}
