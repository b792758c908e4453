//! Which places in the sources an audience may not be told of: what is said along the way, in a
//! log or on a screen, must not give away what an edition withholds.

use std::collections::BTreeSet;

use super::{Edition, WithheldPages};
use crate::finding::{Files, Finding, Place, Span};
use crate::model::{Audience, Document, Meeting, PaperBody, SourceName};

/// The places that belong to what an audience does not get.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// Where a withheld item or appendix is listed: from its head to the next one.
    ranges: Vec<Span>,
    /// The files that the audience does get.
    open: BTreeSet<SourceName>,
    /// Whether anything is withheld at all.
    any: bool,
}

impl Hidden {
    /// What is hidden of a meeting from an audience.
    pub fn of(meeting: &Meeting, audience: Audience) -> Self {
        let mut heads = Vec::new();
        for standing in meeting.documents() {
            let hidden = !standing.access.admits(audience);
            match standing.document {
                Document::Item(item) => heads.push((item.span, hidden)),
                Document::Appendix(appendix) => heads.push((appendix.span, hidden)),
                Document::Paper(paper) => {
                    if hidden && standing.outer.admits(audience) {
                        heads.push((paper.span, true));
                    }
                    if let PaperBody::Report(report) = &paper.body {
                        // What follows the front matter is the report's own.
                        let body = Span {
                            start: report.span.end,
                            ..report.span
                        };
                        heads.push((body, hidden));
                    }
                }
            }
        }
        heads.extend(meeting.agenda.parts.iter().map(|part| (part.span, false)));
        heads.extend(
            meeting
                .copies
                .iter()
                .filter_map(|copy| Some((copy.span?, false))),
        );
        heads.sort_by_key(|(span, _)| (span.file, span.start));
        let ranges = heads
            .iter()
            .enumerate()
            .filter(|(_, (_, hidden))| *hidden)
            .map(|(index, (span, _))| {
                let next = heads[index + 1..]
                    .iter()
                    .find(|(next, _)| next.file == span.file && next.start > span.start);
                Span {
                    end: next.map_or(u32::MAX, |(next, _)| next.start),
                    ..*span
                }
            })
            .collect();
        Self {
            ranges,
            open: Edition::of(meeting, audience, &WithheldPages::new()).sources(),
            any: heads.iter().any(|(_, hidden)| *hidden),
        }
    }

    /// Whether a finding points at something hidden.
    pub fn covers(&self, finding: &Finding, files: &Files) -> bool {
        self.any
            && (self.covers_place(&finding.place, files)
                || finding
                    .related
                    .iter()
                    .any(|(span, _)| self.covers_span(*span, files)))
    }

    fn covers_place(&self, place: &Place, files: &Files) -> bool {
        match place {
            Place::Text(span) => self.covers_span(*span, files),
            Place::File(path) | Place::Page(path, _) => !self.is_open(path),
            Place::Nowhere => false,
        }
    }

    fn covers_span(&self, span: Span, files: &Files) -> bool {
        !self.is_open(files.path(span))
            || self
                .ranges
                .iter()
                .any(|range| range.file == span.file && within(*range, span))
    }

    fn is_open(&self, path: &str) -> bool {
        path.ends_with(".toml") || self.open.contains(&SourceName(path.to_owned()))
    }
}

fn within(range: Span, span: Span) -> bool {
    span.start < range.end && span.end > range.start
}
