//! The sections of a report, as they stand in its body and as the council asks for them.

use super::words;
use crate::finding::Span;
use crate::model::{NumberedBlock, Report, ReportLayout};
use crate::prose::plain;

/// A section of a report's body.
pub(crate) struct Section<'a> {
    /// Its heading as it is compared.
    pub(crate) name: String,
    /// Its heading as it was written.
    pub(crate) heading: String,
    pub(crate) span: Span,
    /// What stands below the heading.
    pub(crate) blocks: &'a [NumberedBlock],
}

/// The sections of a report in order.
pub(crate) fn sections(report: &Report) -> Vec<Section<'_>> {
    let starts: Vec<usize> = report
        .body
        .iter()
        .enumerate()
        .filter(|(_, block)| block.section_heading().is_some())
        .map(|(index, _)| index)
        .collect();
    starts
        .iter()
        .enumerate()
        .filter_map(|(nth, &start)| {
            let end = starts.get(nth + 1).copied().unwrap_or(report.body.len());
            let heading = plain(report.body.get(start)?.section_heading()?);
            Some(Section {
                name: words::heading(&heading),
                heading,
                span: report.body[start].block.span,
                blocks: &report.body[start + 1..end],
            })
        })
        .collect()
}

/// The place of a section's name in the council's list.
pub(crate) fn place_in(layout: &ReportLayout, name: &str) -> Option<usize> {
    layout
        .sections
        .iter()
        .position(|section| words::heading(&section.heading) == name)
}

/// Whether a heading is that of the recommendations.
pub(crate) fn is_recommendations(layout: &ReportLayout, name: &str) -> bool {
    name == words::heading(&layout.recommendations_heading)
        || matches!(
            name,
            "recommendation" | "recommendations" | "recommendation(s)" | "decision recommendations"
        )
}

/// Whether a heading is that of the background papers.
pub(crate) fn is_background_papers(name: &str) -> bool {
    name.starts_with("background paper")
        || name.starts_with("list of background")
        || name.starts_with("background documents")
        || name == "papurau cefndir"
}

/// Whether a heading is that of the list of appendices.
pub(crate) fn is_appendices(name: &str) -> bool {
    matches!(
        name,
        "appendix"
            | "appendices"
            | "annex"
            | "annexes"
            | "attachments"
            | "list of appendices"
            | "appendices attached"
            | "atodiadau"
    )
}
