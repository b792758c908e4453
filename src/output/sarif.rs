//! Findings as SARIF 2.1.0, which code-scanning services read.

use serde_json::{Value, json};

use crate::check::rules::RULES;
use crate::finding::{Files, Finding, Place, Severity, Span};

/// The log: one run with every rule and the findings as its results.
pub(super) fn render(findings: &[Finding], files: &Files) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code.0,
                "shortDescription": { "text": rule.summary },
                "fullDescription": { "text": rule.explanation },
                "help": {
                    "text": format!("{} Basis: {}", rule.remedy, rule.basis),
                    "markdown": format!("{}\n\n**Basis:** {}", rule.remedy, rule.basis),
                },
                "defaultConfiguration": { "level": level(rule.severity) },
                "properties": { "tags": [rule.room.title()] },
            })
        })
        .collect();
    let prints = super::fingerprints(findings, files);
    let results: Vec<Value> = findings
        .iter()
        .zip(prints)
        .map(|(finding, print)| result(finding, &print, files))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "pack",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // Strings and numbers alone: there is nothing that could not be written.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn result(finding: &Finding, print: &str, files: &Files) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}. {help}.", finding.message),
        None => format!("{}.", finding.message),
    };
    let mut result = json!({
        "ruleId": finding.code.0,
        "level": level(finding.severity),
        "message": { "text": text },
        "partialFingerprints": { "pack/v1": print },
    });
    if let Some(index) = RULES.iter().position(|rule| rule.code == finding.code) {
        result["ruleIndex"] = json!(index);
    }
    let location = match &finding.place {
        Place::Text(span) => Some(place(*span, files)),
        Place::File(path) => {
            Some(json!({ "physicalLocation": { "artifactLocation": artifact(path) } }))
        }
        Place::Page(path, page) => Some(json!({
            "physicalLocation": { "artifactLocation": artifact(path) },
            "message": { "text": format!("page {page}") },
        })),
        Place::Nowhere => None,
    };
    if let Some(location) = location {
        result["locations"] = json!([location]);
    }
    if !finding.related.is_empty() {
        result["relatedLocations"] = finding
            .related
            .iter()
            .map(|(span, words)| {
                let mut other = region(*span, files);
                other["message"] = json!({ "text": words });
                other
            })
            .collect();
    }
    result
}

fn place(span: Span, files: &Files) -> Value {
    let mut place = region(span, files);
    let whereabouts = files.whereabouts(span).to_string();
    if !whereabouts.is_empty() {
        place["message"] = json!({ "text": whereabouts });
    }
    place
}

/// The lines of a span and its words: the words are all that can be found again in a file that is not
/// text.
fn region(span: Span, files: &Files) -> Value {
    let start = files.position(span);
    let end = files.position(Span {
        start: span.end,
        ..span
    });
    json!({
        "physicalLocation": {
            "artifactLocation": artifact(files.path(span)),
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
                "snippet": { "text": files.text(span) },
            },
        },
    })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path) })
}

/// A path as a relative URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Allow => "none",
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    #[test]
    fn a_finding_has_its_place_and_fingerprint() {
        let mut files = Files::default();
        let file = files.add("packs/a b/pack.toml", "x = 1\n£ = two two\n");
        let findings = [
            Finding::warning(
                Code("doubled-word"),
                Span::new(file, 11, 18),
                "“two two” says it twice",
            ),
            Finding::error(
                Code("file-missing"),
                Place::File("x.pdf".to_owned()),
                "gone",
            ),
        ];
        let log: Value = serde_json::from_str(&render(&findings, &files)).expect("JSON");
        let result = &log["runs"][0]["results"][0];
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "packs/a%20b/pack.toml");
        assert_eq!(place["region"]["startLine"], 2);
        assert_eq!(place["region"]["startColumn"], 5);
        assert_eq!(place["region"]["snippet"]["text"], "two two");
        assert_eq!(result["level"], "warning");
        let index = result["ruleIndex"].as_u64().expect("an index");
        let rule =
            &log["runs"][0]["tool"]["driver"]["rules"][usize::try_from(index).expect("small")];
        assert_eq!(rule["id"], "doubled-word");
        assert!(log["runs"][0]["results"][1].get("ruleIndex").is_none());
    }
}
