//! A heading with nothing below it.

use crate::check::sections::{is_appendices, is_background_papers, is_recommendations, sections};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("section-empty"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A section has nothing below its heading",
    explanation: "An empty section looks forgotten. Headings whose content is in the front matter \
                  (recommendations, background papers, appendices) may be empty.",
    basis: "Practice.",
    example: "# Legal implications\n\n# Risk",
    remedy: "Say that there are none, or take the heading out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let layout = &subject.meeting.council.report;
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        for section in sections(report) {
            let in_front = is_recommendations(layout, &section.name)
                || is_background_papers(&section.name)
                || is_appendices(&section.name);
            if section.blocks.is_empty() && !in_front {
                findings.push(RULE.at(
                    section.span,
                    format!("The section “{}” is empty", section.heading),
                ));
            }
        }
    }
    findings
}
