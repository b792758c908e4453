//! Assembles what was read: items with their papers, appendices with their labels and keys, each
//! attachment where it is named.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::agenda::ItemSource;
use super::appendix::{self, AppendixSource, FileSource};
use super::attachment::{Kind, Read, Wanted};
use super::codes;
use super::named::Named;
use super::notes::Notes;
use super::paper::{Beside, Draft, PaperSource};
use super::pdf_report;
use super::redaction;
use crate::finding::{FileId, Files, Finding, Span, Spanned, counted};
use crate::model::{
    Appendix, Content, Image, Item, ItemKind, PageSelection, Paper, PaperBody, PdfDocument,
    PdfPaper, Reflow, ReportLayout, SourceName, Suspect,
};

/// Assembles items.
pub(super) struct Builder<'b> {
    pub(super) attachments: &'b Read,
    pub(super) wanted: &'b Wanted,
    pub(super) notes: &'b Notes,
    /// The table of files, to which the transcripts of PDFs are added.
    pub(super) files: &'b RefCell<Files>,
    /// The layout of the council's reports, and the labels of their appendices.
    pub(super) layout: &'b ReportLayout,
    /// The body's pattern of minute numbers.
    pub(super) minute_number: Option<&'b str>,
    /// The number of each item so far, and its place.
    pub(super) numbers: BTreeMap<String, Span>,
    pub(super) keys: BTreeSet<String>,
    /// The keys of the appendices that the clerk gave a label.
    pub(super) labelled: BTreeSet<String>,
}

impl Builder<'_> {
    /// The items of an agenda or inside an item.
    pub(super) fn items(&mut self, sources: Vec<ItemSource>) -> Vec<Item> {
        sources
            .into_iter()
            .map(|source| self.item(source))
            .collect()
    }

    fn item(&mut self, source: ItemSource) -> Item {
        let mut item = source.item;
        let key = self.key(&item.number);
        if let Some(first) = self.numbers.get(&item.number.value) {
            self.notes.add(
                Finding::error(
                    codes::NUMBER_TWICE,
                    item.number.span,
                    format!("There are two items {}", item.number.value),
                )
                .related(*first, "the first")
                .help("Change one of the numbers, or remove both: items are then numbered for you"),
            );
        } else {
            self.numbers
                .insert(item.number.value.clone(), item.number.span);
        }
        let mut position = 0;
        let several = source.papers.len() > 1;
        for (index, paper) in source.papers.into_iter().enumerate() {
            let paper = self.paper(paper, &item, &key, index, several, &mut position);
            item.papers.push(paper);
        }
        item.appendices = self.appendices(source.appendices, &key, &mut position);
        item.key = key;
        item.items = self.items(source.items);
        item
    }

    /// The name of an item's anchors by its number, unique in the pack.
    fn key(&mut self, number: &str) -> String {
        let safe: String = number
            .to_lowercase()
            .chars()
            .map(|letter| match letter {
                'a'..='z' | '0'..='9' | '.' => letter,
                _ => '-',
            })
            .collect();
        let key = format!("item-{}", safe.trim_matches(['.', '-']));
        let unique = std::iter::once(key.clone())
            .chain((2..).map(|count| format!("{key}-again-{count}")))
            .find(|key| !self.keys.contains(key))
            .unwrap_or(key);
        self.keys.insert(unique.clone());
        unique
    }

    fn paper(
        &mut self,
        source: PaperSource,
        item: &Item,
        item_key: &str,
        index: usize,
        several: bool,
        position: &mut usize,
    ) -> Paper {
        let key = match (index, &item.kind) {
            (0, ItemKind::Minutes) => format!("{item_key}-minutes"),
            (0, _) => format!("{item_key}-report"),
            (_, _) => format!("{item_key}-paper-{}", index + 1),
        };
        let appendices = self.appendices(source.appendices, item_key, position);
        let (alternative, alternative_source) = self.alternative(source.alternative, String::new());
        let body = match (source.draft, &source.named) {
            (Draft::Report(report), _) => PaperBody::Report(report),
            (Draft::Minutes(minutes), _) => PaperBody::Minutes(minutes),
            (Draft::Attachment(beside), Some(named)) => {
                match self.attachment(named, None, String::new()) {
                    Content::Pdf(mut pdf) => {
                        self.read_as_paper(&mut pdf, item, beside);
                        PaperBody::Pdf(pdf)
                    }
                    Content::Image(_) => {
                        self.notes.add(
                            Finding::error(
                                codes::UNKNOWN_FILE_KIND,
                                named.span,
                                "An image alone is not a report",
                            )
                            .help(
                                "List it as an appendix, with [[item.appendix]] and its alt text",
                            ),
                        );
                        PaperBody::Missing
                    }
                    _ => PaperBody::Missing,
                }
            }
            (Draft::Attachment(_) | Draft::Missing | Draft::Unread, _) => PaperBody::Missing,
        };
        let title = match &body {
            PaperBody::Report(report) if several => report
                .subject
                .as_ref()
                .map(|subject| subject.value.clone())
                .filter(|subject| !subject.is_empty()),
            _ if several => source.named.as_ref().map(|named| file_title(&named.name)),
            _ => None,
        };
        Paper {
            key,
            title: title.unwrap_or_else(|| item.title.value.clone()),
            body,
            source: source.named.map(|named| named.name),
            access: source.access,
            accept_redaction: source.accept_redaction,
            accept_marking: source.accept_marking,
            alternative,
            alternative_source,
            appendices,
            span: source.span,
        }
    }

    fn appendices(
        &mut self,
        sources: Vec<AppendixSource>,
        item_key: &str,
        position: &mut usize,
    ) -> Vec<Appendix> {
        sources
            .into_iter()
            .map(|source| {
                *position += 1;
                self.appendix(source, item_key, *position)
            })
            .collect()
    }

    fn appendix(&mut self, source: AppendixSource, item_key: &str, position: usize) -> Appendix {
        let alt = source.alt.unwrap_or_default();
        let name = source.file.as_ref().map(|file| file.named.name.clone());
        let content = match (source.absent, source.file) {
            (Some(why), _) => Content::Absent(why),
            (None, Some(file)) => self.content(file, source.pages.as_ref(), alt.clone()),
            (None, None) => Content::Missing,
        };
        let (alternative, alternative_source) = self.alternative(source.alternative, alt);
        let key = format!("{item_key}-appendix-{position}");
        if source.label.is_some() {
            self.labelled.insert(key.clone());
        }
        Appendix {
            key,
            position,
            label: source
                .label
                .unwrap_or_else(|| appendix::label(&self.layout.appendix_label, position)),
            title: source.title,
            content,
            source: name,
            supersedes: source.supersedes,
            keep_numbers: source.keep_numbers,
            withdrawn: source.withdrawn,
            origin: source.origin,
            summary: source.summary,
            access: source.access,
            alternative,
            alternative_source,
            lang: source.lang,
            accept_redaction: source.accept_redaction,
            accept_marking: source.accept_marking,
            span: source.span,
        }
    }

    /// The content that is read in place of a file, and the name of its own file.
    fn alternative(
        &self,
        file: Option<FileSource>,
        alt: String,
    ) -> (Option<Box<Content>>, Option<SourceName>) {
        let source = file.as_ref().map(|file| file.named.name.clone());
        let content = file
            .map(|file| self.content(file, None, alt))
            .filter(|content| *content != Content::Missing)
            .map(Box::new);
        (content, source)
    }

    fn content(
        &self,
        file: FileSource,
        pages: Option<&Spanned<PageSelection>>,
        alt: String,
    ) -> Content {
        match file.text {
            Some(content) => {
                self.only_for_pdf(pages);
                content
            }
            None => self.attachment(&file.named, pages, alt),
        }
    }

    fn only_for_pdf(&self, pages: Option<&Spanned<PageSelection>>) {
        if let Some(pages) = pages {
            self.notes.add(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    pages.span,
                    "Only a PDF has pages to choose from",
                )
                .help("Remove this line"),
            );
        }
    }

    fn attachment(
        &self,
        named: &Named,
        pages: Option<&Spanned<PageSelection>>,
        alt: String,
    ) -> Content {
        let read = match self.attachments.get(&named.name) {
            Some(Ok(read)) => read,
            Some(Err(refusal)) => {
                self.notes.add(refusal.at(named.span));
                return Content::Missing;
            }
            None => return Content::Missing,
        };
        match &read.kind {
            Ok(Kind::Pdf(pdf)) => {
                let selection = pages.map(|pages| pages.value.clone()).unwrap_or_default();
                if let Some(pages) = pages {
                    self.check_pages(pages, pdf.survey.facts.pages.len(), &named.name);
                }
                redaction::tell(named, &read.removed, &selection, self.notes);
                let (file, facts) = (named.name.file_name(), &pdf.survey.facts);
                super::addresses::in_pdf(file, facts, &selection, named.span, self.notes);
                let suspects: Vec<Suspect> = pdf
                    .suspects
                    .iter()
                    .filter(|suspect| suspect.page.is_none_or(|page| selection.takes(page)))
                    .cloned()
                    .collect();
                let shown = pdf
                    .shown
                    .iter()
                    .filter(|page| selection.takes(page.number))
                    .cloned()
                    .collect();
                let mut reflow = self
                    .wanted
                    .get(&named.name)
                    .and_then(|request| {
                        let own = |(pages, span): &(PageSelection, Span)| {
                            *span == named.span && *pages == selection
                        };
                        request.taken.iter().position(own)
                    })
                    .and_then(|place| pdf.reflows.get(place).cloned().flatten());
                let transcript = reflow
                    .as_mut()
                    .map(|reflow| self.transcribe(reflow, &selection, facts.pages.len(), named));
                Content::Pdf(Box::new(PdfDocument {
                    source: named.name.clone(),
                    fingerprint: redaction::fingerprint(&read.sha256, &suspects),
                    selection,
                    facts: pdf.survey.facts.clone(),
                    reflow,
                    transcript,
                    paper: None,
                    suspects,
                    shown,
                }))
            }
            Ok(Kind::Image(image)) => {
                self.only_for_pdf(pages);
                for told in &image.told {
                    self.notes.add(told.at(named.span));
                }
                Content::Image(Image {
                    source: named.name.clone(),
                    format: image.format,
                    alt,
                    width: image.width,
                    height: image.height,
                    lettering: image.lettering.clone(),
                })
            }
            Err(refusal) => {
                self.notes.add(refusal.at(named.span));
                Content::Missing
            }
        }
    }

    /// Adds what was read of the selected pages of a file to the table of files.
    fn transcribe(
        &self,
        reflow: &mut Reflow,
        selection: &PageSelection,
        pages: usize,
        named: &Named,
    ) -> FileId {
        let numbers = selection.indices(pages).into_iter();
        let numbers = numbers.map(|index| u32::try_from(index + 1).unwrap_or(u32::MAX));
        let starts = reflow.page_starts.iter().copied().zip(numbers).collect();
        let mut files = self.files.borrow_mut();
        let prose = Arc::make_mut(&mut reflow.prose);
        files.transcript(&named.name.0, starts, |file| prose.transcribe(file))
    }

    /// Finds the parts of a report or of minutes in what was read of an item's PDF.
    fn read_as_paper(&self, pdf: &mut PdfDocument, item: &Item, beside: Option<Beside>) {
        let whole = pdf.reflow.as_ref().filter(|reflow| reflow.is_whole());
        let (Some(reflow), Some(file)) = (whole, pdf.transcript) else {
            return;
        };
        let mut files = self.files.borrow_mut();
        let first = files.get(file).and_then(|file| file.text.lines().next());
        let head = Span::new(file, 0, first.map_or(0, str::len));
        let prose = (*reflow.prose).clone();
        let (layout, pattern) = (self.layout, self.minute_number);
        let (report, minutes) = match beside {
            Some(Beside::Report(stated)) => (Some(*stated), None),
            Some(Beside::Minutes(stated)) => (None, Some(*stated)),
            None => (None, None),
        };
        let paper = if item.kind == ItemKind::Minutes {
            let minutes = pdf_report::minutes(prose, layout, pattern, minutes, head);
            files.number_paragraphs(file, minutes.numbers());
            PdfPaper::Minutes(Arc::new(minutes))
        } else {
            let report = pdf_report::read(prose, layout, report, head);
            files.number_paragraphs(file, report.numbers());
            PdfPaper::Report(Arc::new(report))
        };
        pdf.paper = Some(paper);
    }

    fn check_pages(&self, pages: &Spanned<PageSelection>, count: usize, name: &SourceName) {
        let last = pages
            .ranges()
            .iter()
            .map(|&(_, last)| last)
            .max()
            .unwrap_or(0);
        if last as usize > count {
            self.notes.add(
                Finding::error(
                    codes::NO_SUCH_PAGE,
                    pages.span,
                    format!(
                        "{} has {}, so there is no page {last}",
                        name.file_name(),
                        counted(count, "page")
                    ),
                )
                .help("Correct the pages"),
            );
        }
    }
}

/// A title made of a file's name: "appendix-b_plan.pdf" becomes "Appendix b plan".
fn file_title(name: &SourceName) -> String {
    let file = name.file_name();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}
