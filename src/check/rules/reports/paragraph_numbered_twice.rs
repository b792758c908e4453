//! A paragraph that is counted and begins with another number.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::prose::{BlockKind, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("paragraph-numbered-twice"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A paragraph begins with another number than the one that it is given",
    explanation: "With `paragraph-numbers = \"auto\"` paragraphs are counted. A number that the author typed is \
                  taken for it where it is the same; where it is another one, both would be printed, and \
                  nobody could tell which of them others cite.",
    basis: "Practice: reports pasted from Word bring their numbers along.",
    example: "2.3 The cost is met from reserves, as the second paragraph of section 1",
    remedy: "Take the number out, or set `paragraph-numbers = \"written\"` under `[report]` in council.toml",
    run,
};

/// A number of two levels or more, and a sentence after it.
static TYPED: LazyLock<Regex> = pattern!(r#"^(\d{1,3}(?:\.\d{1,3})+\.?)\s+[\p{Lu}"“‘(]"#);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        for block in &report.body {
            let counted = block.number.as_ref().filter(|number| number.span.is_none());
            let (Some(counted), BlockKind::Paragraph(content)) = (counted, &block.block.kind)
            else {
                continue;
            };
            if let Some(typed) = TYPED.captures(&plain(content)) {
                findings.push(RULE.at(
                    block.block.span,
                    format!(
                        "This paragraph is numbered {} and begins with {}",
                        counted.text,
                        typed[1].trim_end_matches('.')
                    ),
                ));
            }
        }
    }
    findings
}
