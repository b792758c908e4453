//! Which places in the sources an audience must not be told about: what a command prints must not
//! give away what an edition withholds.

use std::collections::BTreeSet;

use super::{Edition, WithheldPages};
use crate::finding::{Files, Finding, Place, Span};
use crate::model::{Audience, Content, Document, Meeting, PaperBody, SourceName};

/// Titles and file names shorter than this, in characters, say nothing.
pub(super) const SHORTEST: usize = 4;
/// What is printed instead of a finding.
const UNSAID: &str = "There is a finding on a paper that is not public";

/// The places that belong to what an audience does not get.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// Where a withheld item or appendix is listed: from its table's head to the next one.
    pub(super) ranges: Vec<Span>,
    /// The files that the audience does get.
    pub(super) open: BTreeSet<SourceName>,
    /// The titles and file names of withheld documents, in lower case.
    pub(super) names: BTreeSet<String>,
    /// Whether anything is withheld at all.
    pub(super) any: bool,
}

impl Hidden {
    /// What is hidden of a meeting from an audience.
    pub fn of(meeting: &Meeting, audience: Audience) -> Self {
        let mut heads = Vec::new();
        let (mut names, mut public) = (Names::default(), Names::default());
        for standing in meeting.documents() {
            let hidden = !standing.access.admits(audience);
            let names = if hidden { &mut names } else { &mut public };
            names.add(&standing.document);
            match standing.document {
                Document::Item(item) => heads.push((item.span, hidden)),
                Document::Appendix(appendix) => heads.push((appendix.span, hidden)),
                Document::Paper(paper) => {
                    if hidden && standing.outer.admits(audience) {
                        heads.push((paper.span, true));
                    }
                    if let PaperBody::Report(report) = &paper.body {
                        // What follows the front matter belongs to the report.
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
        let open = Edition::of(meeting, audience, &WithheldPages::new()).sources();
        names.0.retain(|name| !public.0.contains(name));
        Self {
            ranges,
            open,
            names: names.0,
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
                    .any(|(span, _)| self.covers_span(*span, files))
                || self.is_between(finding)
                || said(finding).any(|words| self.mentions(words)))
    }

    /// Whether words name something hidden: a title or a file.
    pub fn mentions(&self, words: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let words = words.to_lowercase();
        self.names.iter().any(|name| words.contains(name.as_str()))
    }

    /// Whether the audience does not get a file of the workspace.
    pub fn is_hidden(&self, path: &str) -> bool {
        self.any && !self.is_open(path)
    }

    /// What the audience may be told of a finding: all of it, or only its code and severity.
    pub fn masked(&self, finding: Finding, files: &Files) -> Finding {
        if self.covers(&finding, files) {
            Finding::new(finding.code, finding.severity, Place::Nowhere, UNSAID)
                .help("To see it, run pack check --public=no where nobody else can see the screen")
        } else {
            finding
        }
    }

    /// Whether something hidden lies between two places of a finding, which are shown together.
    fn is_between(&self, finding: &Finding) -> bool {
        let Place::Text(place) = finding.place else {
            return false;
        };
        let near = finding.related.iter().map(|(span, _)| *span);
        near.filter(|span| span.file == place.file).any(|span| {
            self.meets(Span {
                start: place.start.min(span.start),
                end: place.end.max(span.end),
                ..place
            })
        })
    }

    fn covers_place(&self, place: &Place, files: &Files) -> bool {
        match place {
            Place::Text(span) => self.covers_span(*span, files),
            Place::File(path) | Place::Page(path, _) => !self.is_open(path),
            Place::Nowhere => false,
        }
    }

    fn covers_span(&self, span: Span, files: &Files) -> bool {
        !self.is_open(files.path(span)) || self.meets(span)
    }

    /// Whether a span has something hidden in it.
    fn meets(&self, span: Span) -> bool {
        self.ranges.iter().any(|range| {
            range.file == span.file && span.start < range.end && span.end > range.start
        })
    }

    fn is_open(&self, path: &str) -> bool {
        path.ends_with(".toml") || self.open.contains(&SourceName(path.to_owned()))
    }
}

/// What documents are called.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn add(&mut self, document: &Document<'_>) {
        match document {
            Document::Item(item) => {
                self.name(&item.title.value);
                self.name(item.heading.as_deref().unwrap_or_default());
            }
            Document::Paper(paper) => {
                self.name(&paper.title);
                self.file(paper.source.as_ref());
                self.file(paper.alternative_source.as_ref());
                let report = match &paper.body {
                    PaperBody::Report(report) => Some(report.as_ref()),
                    PaperBody::Pdf(document) => document.report(),
                    _ => None,
                };
                if let Some(report) = report {
                    self.name(report.subject.as_ref().map_or("", |it| it.value.as_str()));
                }
            }
            Document::Appendix(appendix) => {
                self.name(&appendix.title.value);
                self.file(appendix.source.as_ref());
                self.file(appendix.alternative_source.as_ref());
                if let Content::Image(image) = &appendix.content {
                    self.name(&image.alt);
                }
            }
        }
    }

    fn name(&mut self, name: &str) {
        let name = name.trim().to_lowercase();
        if name.chars().count() >= SHORTEST {
            self.0.insert(name);
        }
    }

    fn file(&mut self, source: Option<&SourceName>) {
        if let Some(source) = source {
            self.name(source.file_name());
        }
    }
}

/// All the words of a finding.
fn said(finding: &Finding) -> impl Iterator<Item = &str> {
    let beside = [finding.label.as_deref(), finding.help.as_deref()];
    let related = finding.related.iter().map(|(_, words)| words.as_str());
    std::iter::once(finding.message.as_str())
        .chain(beside.into_iter().flatten())
        .chain(related)
}
