//! Background papers that the front matter and the body do not agree on.

use crate::check::sections::{is_background_papers, sections};
use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;
use crate::prose::{BlockKind, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("background-papers-differ"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "The front matter and the body disagree about background papers",
    explanation: "The section in the body is printed as it was written and the front matter is then \
                  data; one of them says that there are none while the other lists some.",
    basis: law::BACKGROUND_PAPERS.basis,
    example: "background-papers = [\"Local Plan 2020\"] over a section that says \"None\"",
    remedy: "Make the two agree",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let nil = &subject.meeting.council.report.nil;
    let mut findings = Vec::new();
    for (_, _, report) in subject.reports() {
        let Some(listed) = &report.background_papers else {
            continue;
        };
        let Some(section) = sections(report)
            .into_iter()
            .find(|section| is_background_papers(&section.name) && !section.blocks.is_empty())
        else {
            continue;
        };
        let [only] = section.blocks else { continue };
        let BlockKind::Paragraph(inlines) = &only.block.kind else {
            continue;
        };
        let text = words::squash(&plain(inlines));
        let says_none = text == "none"
            || text == "nil"
            || text.starts_with("thereareno")
            || nil.iter().any(|nil| words::squash(nil) == text);
        if says_none && !listed.is_empty() {
            findings.push(RULE.at(
                section.span,
                format!(
                    "The section says that there are none, but the front matter lists {}",
                    listed.len()
                ),
            ));
        }
    }
    findings
}
