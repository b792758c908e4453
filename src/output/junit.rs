//! Findings as a JUnit report, which build servers show beside the tests.

use std::collections::BTreeMap;

use super::words;
use crate::finding::{Files, Finding, Place, Severity};

/// The report: a suite for each file, a case for each finding. Errors and warnings are failures,
/// notes are output; without findings one case passes.
pub(super) fn render(findings: &[Finding], files: &Files) -> String {
    let failed = |finding: &&Finding| finding.severity >= Severity::Warning;
    let mut suites: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let path = words::path(finding, files).unwrap_or("workspace");
        suites.entry(path).or_default().push(finding);
    }
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"pack check\" tests=\"{}\" failures=\"{}\">\n",
        findings.len().max(1),
        findings.iter().filter(failed).count()
    );
    for (path, findings) in &suites {
        xml.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
            escaped(path),
            findings.len(),
            findings
                .iter()
                .copied()
                .filter(|finding| failed(finding))
                .count()
        ));
        for finding in findings {
            xml.push_str(&case(finding, path, files));
        }
        xml.push_str("  </testsuite>\n");
    }
    if findings.is_empty() {
        xml.push_str(
            "  <testsuite name=\"pack check\" tests=\"1\" failures=\"0\">\n    <testcase classname=\"pack\" name=\"no findings\"/>\n  </testsuite>\n",
        );
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn case(finding: &Finding, path: &str, files: &Files) -> String {
    let place = match &finding.place {
        Place::Text(span) if files.whereabouts(*span).page.is_some() => {
            format!(", {}", files.whereabouts(*span))
        }
        Place::Text(span) => format!(":{}", files.position(*span).line),
        Place::Page(_, page) => format!(", page {page}"),
        Place::File(_) | Place::Nowhere => String::new(),
    };
    let details = match &finding.help {
        Some(help) => format!("{path}{place}: {}\n{help}", finding.message),
        None => format!("{path}{place}: {}", finding.message),
    };
    let inside = if finding.severity >= Severity::Warning {
        format!(
            "<failure type=\"{}\" message=\"{}\">{}</failure>",
            finding.severity.as_str(),
            escaped(&finding.message),
            escaped(&details)
        )
    } else {
        format!("<system-out>{}</system-out>", escaped(&details))
    };
    format!(
        "    <testcase classname=\"{}\" name=\"{}{}\">\n      {inside}\n    </testcase>\n",
        escaped(path),
        finding.code,
        escaped(&place)
    )
}

/// Text as XML content or an attribute's value; what XML cannot hold is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    #[test]
    fn failures_are_counted_and_text_is_escaped() {
        let files = Files::default();
        let file = |path: &str| Place::File(path.to_owned());
        let xml = render(
            &[
                Finding::error(Code("file-missing"), file("a&b.md"), "<gone>\u{1}"),
                Finding::note(Code("place-vacant"), file("a&b.md"), "vacant"),
            ],
            &files,
        );
        assert!(xml.contains("<testsuites name=\"pack check\" tests=\"2\" failures=\"1\">"));
        assert!(xml.contains("message=\"&lt;gone&gt;\u{fffd}\""));
        assert!(xml.contains("name=\"a&amp;b.md\""));
        roxmltree::Document::parse(&xml).expect("well-formed");
        roxmltree::Document::parse(&render(&[], &files)).expect("well-formed");
    }
}
