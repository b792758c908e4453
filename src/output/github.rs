//! Findings as workflow commands, which GitHub Actions shows beside the changed lines.

use super::words;
use crate::finding::{Files, Finding, Place, Severity, Span};

/// One command for each finding.
pub(super) fn render(findings: &[Finding], files: &Files) -> String {
    findings
        .iter()
        .map(|finding| command(finding, files))
        .collect()
}

fn command(finding: &Finding, files: &Files) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note | Severity::Allow => "notice",
    };
    let mut properties = Vec::new();
    match &finding.place {
        Place::Text(span) if files.whereabouts(*span).page.is_some() => {
            properties.push(("file", files.path(*span).to_owned()));
        }
        Place::Text(span) => {
            let start = files.position(*span);
            let end = files.position(Span {
                start: span.end,
                ..*span
            });
            properties.push(("file", files.path(*span).to_owned()));
            properties.push(("line", start.line.to_string()));
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            } else {
                properties.push(("endLine", end.line.to_string()));
            }
        }
        Place::File(path) | Place::Page(path, _) => properties.push(("file", path.clone())),
        Place::Nowhere => {}
    }
    properties.push(("title", finding.code.to_string()));
    let properties: Vec<String> = properties
        .into_iter()
        .map(|(key, value)| {
            let value = data(&value).replace(':', "%3A").replace(',', "%2C");
            format!("{key}={value}")
        })
        .collect();
    let page = match words::whereabouts(finding, files).to_string() {
        place if place.is_empty() => place,
        place => format!("{place}: "),
    };
    let help = finding
        .help
        .as_ref()
        .map(|help| format!("\n{help}"))
        .unwrap_or_default();
    format!(
        "::{word} {}::{}\n",
        properties.join(","),
        data(&format!("{page}{}{help}", finding.message))
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    #[test]
    fn a_command_cannot_be_broken_out_of() {
        let mut files = Files::default();
        let file = files.add("a,b:c.md", "one\n");
        let finding =
            Finding::warning(Code("x-y"), Span::new(file, 0, 3), "100%\n::error::no").help("do");
        assert_eq!(
            render(&[finding], &files),
            "::warning file=a%2Cb%3Ac.md,line=1,col=1,endColumn=4,title=x-y::100%25%0A::error::no%0Ado\n"
        );
    }
}
