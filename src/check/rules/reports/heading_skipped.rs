//! A heading that skips a level.

use crate::check::subject::{Home, Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("heading-skipped"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A heading skips a level",
    explanation: "Screen reader users move from heading to heading, and may think that they missed one \
                  where a level is skipped. Looked for in reports, minutes and appendices in Markdown.",
    basis: "WCAG 2.2, 1.3.1 and 2.4.6; PDF/UA-1, 7.4.2",
    example: "# Finance\n\n### Capital",
    remedy: "Use the next level down",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        if matches!(document.home, Home::Agenda(_)) {
            continue;
        }
        let mut before: Option<u8> = None;
        for passage in &document.passages {
            let Role::Heading(level) = passage.role else {
                continue;
            };
            if let Some(before) = before
                && level > before.saturating_add(1)
            {
                findings.push(RULE.at(
                    passage.span,
                    format!("A heading of level {level} follows one of level {before}"),
                ));
            }
            before = Some(level);
        }
    }
    findings
}
