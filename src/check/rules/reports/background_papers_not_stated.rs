//! Background papers neither listed nor said to be none.

use crate::check::sections::{
    is_background_papers, is_of_its_kind, lacks_header, states_background_papers,
};
use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("background-papers-not-stated"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A report neither lists background papers nor says that there are none",
    explanation: "Every report must carry a list of the documents on which it relied, and the public may \
                  inspect them for four years. `background-papers = []` says that there are none. Where \
                  the council asks for a section of that name, its absence is a missing section.",
    basis: law::BACKGROUND_PAPERS.basis,
    example: "A report without `background-papers` and without a section of that name",
    remedy: "Add `background-papers = […]` to the front matter; `[]` prints \"None\"",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let layout = &subject.meeting.council.report;
    let asked = layout
        .sections
        .iter()
        .any(|section| section.required && is_background_papers(&words::heading(&section.heading)));
    if asked || !law::BACKGROUND_PAPERS.arises(subject.meeting.law()) {
        return Vec::new();
    }
    subject
        .reports()
        .filter(|(_, paper, report)| is_of_its_kind(paper, report, layout))
        .filter(|(_, _, report)| !states_background_papers(report))
        // It is said of the header.
        .filter(|(_, _, report)| lacks_header(report, layout).is_none())
        .map(|(item, _, report)| {
            RULE.at(
                report.subject.as_ref().map_or(report.span, |s| s.span),
                format!(
                    "The report of item {} does not say whether there are background papers",
                    item.number.value
                ),
            )
        })
        .collect()
}
