//! A paragraph that gets a number from the program and begins with another one.

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
    summary: "A paragraph begins with a different number from the one that it is given",
    explanation: "With `paragraph-numbers = \"auto\"` the program numbers paragraphs. A number that the author \
                  typed does no harm where it is the same; where it differs, both would be printed, and \
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
                        "This paragraph is numbered {} but begins with {}",
                        counted.text,
                        typed[1].trim_end_matches('.')
                    ),
                ));
            }
        }
    }
    findings
}
