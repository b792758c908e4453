//! A report that asks for nothing.

use crate::check::sections::{is_of_its_kind, lacks_header, recommends};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("recommendations-missing"),
    severity: Severity::Warning,
    room: Room::Reports,
    summary: "A report has no recommendations",
    explanation: "Members decide on what is recommended; a report for information recommends that it be \
                  noted. Recommendations are in the front matter, or in a section of that name.",
    basis: "Practice.",
    example: "A report without `recommendations`",
    remedy: "Add `recommendations = \"\"\"…\"\"\"` to the front matter",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let layout = &subject.meeting.council.report;
    subject
        .reports()
        .filter(|(_, paper, report)| is_of_its_kind(paper, report, layout))
        .filter(|(_, _, report)| !recommends(report, layout))
        // It is said of the header.
        .filter(|(_, _, report)| lacks_header(report, layout).is_none())
        .map(|(item, _, report)| {
            RULE.at(
                report.subject.as_ref().map_or(report.span, |s| s.span),
                format!(
                    "The report of item {} recommends nothing",
                    item.number.value
                ),
            )
        })
        .collect()
}
