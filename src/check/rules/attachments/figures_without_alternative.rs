//! Figures in a PDF without a description.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, counted};

pub(crate) const RULE: Rule = Rule {
    code: Code("figures-without-alternative"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "Figures of a tagged PDF have no alternative text",
    explanation: "A reader who does not see the picture is told that there is one and nothing \
                  more.",
    basis: "WCAG 2.2, 1.1.1; PDF/UA-1, 7.3",
    example: "A chart without a description",
    remedy: "Add the descriptions in the document's source, or mark decoration as such",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter(|file| file.document.facts.figures_without_alt > 0)
        .map(|file| {
            let count = file.document.facts.figures_without_alt;
            let has = if count == 1 { "has" } else { "have" };
            RULE.at(
                file.span,
                format!(
                    "{} of {} {has} no alternative text",
                    counted(count, "figure"),
                    file.name()
                ),
            )
        })
        .collect()
}
