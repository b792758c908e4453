//! A heading that lacks its `#`.

use crate::check::sections::unmarked;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("heading-without-mark"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A line is where a section's heading belongs, but has no `#`",
    explanation: "It prints as a paragraph, and all that follows belongs to the section before. Found where \
                  a short line, with or without a number, is followed by the first paragraph of a \
                  section that has not begun. The other rules treat it as the heading that it is \
                  meant to be.",
    basis: "Practice; WCAG 2.2, 1.3.1",
    example: "2 Costs\n\n2.1 The programme costs £110,000 a year.",
    remedy: "Begin the line with `# `: a number sign and a space",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .reports()
        .flat_map(|(_, _, report)| {
            (0..report.body.len()).filter_map(move |index| unmarked(report, index))
        })
        .map(|line| {
            RULE.at(
                line.span,
                format!("“{}” is meant as a heading but has no `#`", line.heading),
            )
        })
        .collect()
}
