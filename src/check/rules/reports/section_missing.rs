//! A section that the council asks for and a report does not have.

use crate::check::sections::{
    is_appendices, is_background_papers, is_of_its_kind, is_recommendations, sections,
};
use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::{Report, Tongue};
use crate::prose::{BlockKind, plain};

pub(crate) const RULE: Rule = Rule {
    code: Code("section-missing"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A section that the council asks for is missing",
    explanation: "`[report] sections` in council.toml lists the headings that every cover report must \
                  have; they are compared without number, case or closing colon. Recommendations, \
                  background papers and appendices in the front matter count as sections. \
                  A PDF that has fewer than half of the sections is taken for a paper of another kind.",
    basis: "The council's own report template.",
    example: "A report without \"Equality impact assessment\"",
    remedy: "Add the section, if only to say that there is nothing to report, or set `required = \
                  false` for it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let layout = &subject.meeting.council.report;
    let mut findings = Vec::new();
    for (item, paper, report) in subject.reports() {
        let there = sections(report);
        let place = there.first().map_or(report.span, |section| section.span);
        if !is_of_its_kind(paper, report, layout) {
            continue;
        }
        let mut missing: Vec<&str> = Vec::new();
        for asked in layout.sections.iter().filter(|section| section.required) {
            let name = words::heading(&asked.heading);
            let in_front = (is_recommendations(layout, &name) && report.recommendations.is_some())
                || (is_background_papers(&name) && report.background_papers.is_some())
                || (is_appendices(&name)
                    && (!paper.appendices.is_empty() || item.appendices.is_empty()));
            if !in_front && there.iter().all(|section| section.name != name) {
                match unread(report, &name) {
                    // Another finding says that the line is not read as a heading.
                    Some(Unread::Marked) => {}
                    Some(Unread::At(span)) => findings.push(
                        RULE.at(
                            span,
                            format!("“{}” is not the heading of a section here", asked.heading),
                        )
                        .help(if subject.context.files.is_transcript(span) {
                            "Give it a heading style where it was written (in Word: Home, Styles)"
                                .to_owned()
                        } else {
                            format!("Write it as # {}", asked.heading)
                        }),
                    ),
                    None => missing.push(&asked.heading),
                }
            }
        }
        // A report without any of them is one mistake, not one for each.
        let required = layout.sections.iter().filter(|section| section.required);
        if missing.len() > 1 && missing.len() == required.count() {
            let named: Vec<String> = missing.iter().map(|name| format!("“{name}”")).collect();
            let named = Tongue::English.list(&named);
            findings.push(RULE.at(
                place,
                format!("The report has none of the sections that the council asks for: {named}"),
            ));
            continue;
        }
        findings.extend(
            missing
                .into_iter()
                .map(|name| RULE.at(place, format!("The report has no section “{name}”"))),
        );
    }
    findings
}

/// A heading that was meant for a section and is not one.
enum Unread {
    /// A line with a # that is not read as a heading.
    Marked,
    /// A heading inside a section, or a line in bold.
    At(Span),
}

/// Where the words of a section's heading are on a line of their own.
fn unread(report: &Report, name: &str) -> Option<Unread> {
    report.body.iter().find_map(|block| {
        let content = match &block.block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => content,
            _ => return None,
        };
        let text = plain(content);
        let bare = text.trim_start_matches('#');
        if words::heading(bare) != *name {
            return None;
        }
        Some(if bare.len() < text.len() {
            Unread::Marked
        } else {
            Unread::At(block.block.span)
        })
    })
}
