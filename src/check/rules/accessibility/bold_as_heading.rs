//! A heading that is only bold text.

use crate::check::subject::{Home, Role, Subject};
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::prose::{Inline, InlineKind};

pub(crate) const RULE: Rule = Rule {
    code: Code("bold-as-heading"),
    severity: Severity::Note,
    room: Room::Accessibility,
    summary: "A paragraph that is bold throughout looks like a heading but is not one",
    explanation: "Screen reader users move from heading to heading, and the outline and the contents \
                  are made of headings. Paragraphs of up to ten words that are bold throughout and do \
                  not end a statement are looked at, outside lists, tables and quotations; \"Resolved\" \
                  and the like are left alone.",
    basis: "WCAG 2.2, 1.3.1 (failure F2)",
    example: "**Financial implications**",
    remedy: "Make it a heading: `## Financial implications`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .documents
        .iter()
        .filter(|document| !matches!(document.home, Home::Agenda(_)))
        .flat_map(|document| &document.passages)
        .filter(|passage| passage.role == Role::Paragraph && !passage.quoted)
        .filter(|passage| {
            let text = passage.text.trim();
            let words = text.split_whitespace().count();
            let decision = [
                "resolved",
                "recommended",
                "penderfynwyd",
                "decision",
                "action",
            ]
            .iter()
            .any(|word| text.to_lowercase().starts_with(word));
            (1..=10).contains(&words)
                && !text.ends_with(['.', ';', ',', '!'])
                && !decision
                && bold_throughout(passage.inlines)
        })
        // The heading of a section that the council asks for is reported as a missing section.
        .filter(|passage| {
            let name = words::heading(&passage.text);
            let asked = &subject.meeting.council.report.sections;
            !asked
                .iter()
                .any(|section| words::heading(&section.heading) == name)
        })
        .map(|passage| {
            RULE.at(passage.span, "This bold paragraph looks like a heading")
                .help(format!("Make it a heading: `## {}`", passage.text.trim()))
        })
        .collect()
}

fn bold_throughout(inlines: &[Inline]) -> bool {
    let mut bold = false;
    for inline in inlines {
        match &inline.kind {
            InlineKind::Strong(_) => bold = true,
            InlineKind::Emphasis(inner) if bold_throughout(inner) => bold = true,
            InlineKind::Text(text) if text.trim().is_empty() => {}
            InlineKind::SoftBreak => {}
            _ => return false,
        }
    }
    bold
}
