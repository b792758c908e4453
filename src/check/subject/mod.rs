//! A meeting as the rules see it: its documents one by one, and their running text as passages whose
//! every byte can be traced back to the source.

mod passage;
mod texts;

pub(crate) use self::passage::{Document, Home, Passage, Role};
use self::texts::{
    agenda_texts, alternative_texts, content_texts, minutes_texts, pdf_texts, report_texts,
};
pub(crate) use self::texts::{block_texts, cell_text};
use super::context::Context;
use crate::finding::Span;
use crate::model::{
    self, Acceptance, Appendix, Content, Item, Meeting, Minutes, Origin, Paper, PaperBody,
    PdfDocument, PdfPage, PdfPaper, Record, Report,
};
use crate::prose::Table;

/// What the rules look at.
pub(crate) struct Subject<'a> {
    pub(crate) meeting: &'a Meeting,
    pub(crate) context: &'a Context<'a>,
    /// Every document that was read as text, in the order of the agenda.
    pub(crate) documents: Vec<Document<'a>>,
    reach: PdfReach,
}

/// A PDF of the pack, and what the sources say about it.
pub(crate) struct Attachment<'a> {
    pub(crate) document: &'a PdfDocument,
    pub(crate) origin: Option<Origin>,
    /// Where the sources name it.
    pub(crate) span: Span,
    pub(crate) public: bool,
    /// Whether it is an appendix; otherwise it is an item's paper.
    pub(crate) appendix: bool,
    /// Whether an alternative stands in for it.
    pub(crate) alternative: bool,
    /// Whether the sources say its language.
    pub(crate) has_lang: bool,
    /// Why the clerk accepts what is hidden in it.
    pub(crate) accepted: Option<&'a Acceptance>,
    /// Why everybody may read it although it is marked as not for publication.
    pub(crate) accept_marking: Option<&'a str>,
}

/// Which PDFs have their text looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PdfReach {
    None,
    /// Those that the council made itself.
    Own,
    All,
}

impl PdfReach {
    fn holds(self, origin: Option<Origin>) -> bool {
        match self {
            Self::None => false,
            Self::Own => origin == Some(Origin::Own),
            Self::All => true,
        }
    }
}

impl<'a> Subject<'a> {
    pub(crate) fn of(meeting: &'a Meeting, context: &'a Context<'a>, reach: PdfReach) -> Self {
        let mut documents = Vec::new();
        for standing in meeting.documents() {
            let (item, access) = (standing.item, standing.access);
            match standing.document {
                model::Document::Item(item) => documents.push(agenda_texts(item, access)),
                model::Document::Paper(paper) => {
                    documents.extend(paper.alternative.as_deref().and_then(|alternative| {
                        alternative_texts(
                            alternative,
                            paper.accept_marking.as_deref(),
                            paper.span,
                            access,
                        )
                    }));
                    match &paper.body {
                        PaperBody::Report(report) => {
                            documents.push(Document {
                                accept_marking: paper.accept_marking.as_deref(),
                                ..report_texts(item, report, access)
                            });
                        }
                        PaperBody::Minutes(minutes) => {
                            documents.push(minutes_texts(minutes, access));
                        }
                        PaperBody::Pdf(_) if !reach.holds(Some(Origin::Own)) => {}
                        PaperBody::Pdf(document) => documents.extend(match &document.paper {
                            Some(PdfPaper::Report(report)) => {
                                Some(report_texts(item, report, access))
                            }
                            Some(PdfPaper::Minutes(minutes)) => {
                                Some(minutes_texts(minutes, access))
                            }
                            None => pdf_texts(document, access),
                        }),
                        PaperBody::Missing | PaperBody::Withheld(_) => {}
                    }
                }
                model::Document::Appendix(appendix) => {
                    let accepted = appendix.accept_marking.as_deref();
                    if !matches!(appendix.content, Content::Pdf(_)) || reach.holds(appendix.origin)
                    {
                        let texts =
                            content_texts(Home::Appendix, &appendix.content, appendix.span, access);
                        documents.extend(texts.map(|texts| Document {
                            accept_marking: accepted,
                            ..texts
                        }));
                    }
                    documents.extend(appendix.alternative.as_deref().and_then(|alternative| {
                        alternative_texts(alternative, accepted, appendix.span, access)
                    }));
                }
            }
        }
        Self {
            meeting,
            context,
            documents,
            reach,
        }
    }

    /// The place of a key in the TOML table that `near` is in; `near` itself where there is none.
    pub(crate) fn key(&self, near: Span, key: &str) -> Span {
        let Some(file) = self.context.files.get(near.file) else {
            return near;
        };
        let start = (near.start as usize).min(file.text.len());
        let (Some(before), Some(after)) = (file.text.get(..start), file.text.get(start..)) else {
            return near;
        };
        let head = if after.starts_with('[') {
            start
        } else {
            before.rfind("\n[").map_or(0, |at| at + 1)
        };
        let mut at = head;
        for (index, line) in file.text[head..].split_inclusive('\n').enumerate() {
            let words = line.trim_start();
            if index > 0 && words.starts_with('[') {
                break;
            }
            let is_key = words
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='));
            if is_key {
                let indent = line.len() - words.len();
                return Span::new(near.file, at + indent, at + line.trim_end().len());
            }
            at += line.len();
        }
        near
    }

    pub(crate) fn passages(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.documents
            .iter()
            .flat_map(|document| &document.passages)
    }

    /// All tables with their places.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (&'a Table, Span)> {
        let documents = self.documents.iter();
        documents.flat_map(|document| document.tables.iter().copied())
    }

    /// What was published of the pack, unless a supplement to it is looked at.
    pub(crate) fn published(&self) -> Option<&'a Record> {
        let meeting = self.meeting;
        let record = meeting.record.as_ref();
        record.filter(|_| meeting.supplement.is_none())
    }

    pub(crate) fn papers(&self) -> impl Iterator<Item = (&'a Item, &'a Paper)> {
        self.meeting
            .items()
            .flat_map(|item| item.papers.iter().map(move |paper| (item, paper)))
    }

    pub(crate) fn reports(&self) -> impl Iterator<Item = (&'a Item, &'a Paper, &'a Report)> {
        self.papers().filter_map(|(item, paper)| match &paper.body {
            PaperBody::Report(report) => Some((item, paper, report.as_ref())),
            PaperBody::Pdf(document) if self.reach.holds(Some(Origin::Own)) => {
                Some((item, paper, document.report()?))
            }
            _ => None,
        })
    }

    pub(crate) fn minutes(&self) -> impl Iterator<Item = (&'a Item, &'a Minutes)> {
        self.papers().filter_map(|(item, paper)| match &paper.body {
            PaperBody::Minutes(minutes) => Some((item, minutes.as_ref())),
            PaperBody::Pdf(document) if self.reach.holds(Some(Origin::Own)) => {
                Some((item, document.minutes()?))
            }
            _ => None,
        })
    }

    pub(crate) fn appendices(&self) -> impl Iterator<Item = (&'a Item, &'a Appendix)> {
        self.meeting
            .items()
            .flat_map(|item| item.all_appendices().map(move |appendix| (item, appendix)))
    }

    /// Every PDF of the pack, papers and appendices.
    pub(crate) fn attachments(&self) -> Vec<Attachment<'a>> {
        let attachment = |standing: model::Standing<'a>| {
            let public = standing.access.is_public();
            match standing.document {
                model::Document::Item(_) => None,
                model::Document::Paper(paper) => match &paper.body {
                    PaperBody::Pdf(document) => Some(Attachment {
                        document,
                        origin: Some(Origin::Own),
                        span: paper.span,
                        appendix: false,
                        alternative: paper.alternative.is_some(),
                        has_lang: false,
                        accepted: paper.accept_redaction.as_ref(),
                        accept_marking: paper.accept_marking.as_deref(),
                        public,
                    }),
                    _ => None,
                },
                model::Document::Appendix(appendix) => match &appendix.content {
                    Content::Pdf(document) => Some(Attachment {
                        document,
                        origin: appendix.origin,
                        span: appendix.title.span,
                        appendix: true,
                        alternative: appendix.alternative.is_some(),
                        has_lang: appendix.lang.is_some(),
                        accepted: appendix.accept_redaction.as_ref(),
                        accept_marking: appendix.accept_marking.as_deref(),
                        public,
                    }),
                    _ => None,
                },
            }
        };
        self.meeting
            .documents()
            .into_iter()
            .filter_map(attachment)
            .collect()
    }
}

impl<'a> Attachment<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.document.source.file_name()
    }

    /// The pages that are in the pack, with their numbers in the file, counted from 1.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (usize, &'a PdfPage)> {
        let pages = &self.document.facts.pages;
        self.document
            .selection
            .indices(pages.len())
            .into_iter()
            .filter_map(|index| Some((index + 1, pages.get(index)?)))
    }

    pub(crate) fn has_text(&self) -> bool {
        self.pages().any(|(_, page)| page.has_text)
    }

    /// How many pages are pictures without text, and how many there are.
    pub(crate) fn scanned_pages(&self) -> (usize, usize) {
        let scanned = self
            .pages()
            .filter(|(_, page)| page.has_images && !page.has_text)
            .count();
        (scanned, self.pages().count())
    }
}
