//! A meeting as the rules see it: its documents one by one, and their running text as passages whose
//! every byte can be traced back to the source.

use std::sync::OnceLock;

use super::context::Context;
use super::written_date::{self, WrittenDate};
use crate::finding::Span;
use crate::model::{
    self, Acceptance, Access, Appendix, Content, Item, Meeting, MinuteBlock, Minutes, Origin,
    Paper, PaperBody, PdfDocument, PdfPage, PdfPaper, Report,
};
use crate::prose::{Block, BlockKind, Cell, Figure, Inline, InlineKind, Prose, Table};

/// How deep the walk goes; `load` refuses deeper prose.
const MAX_DEPTH: usize = crate::prose::MAX_DEPTH * 2;

/// What the rules look at.
pub(crate) struct Subject<'a> {
    pub(crate) meeting: &'a Meeting,
    pub(crate) context: &'a Context<'a>,
    /// Every document that was read as text, in the order of the agenda.
    pub(crate) documents: Vec<Document<'a>>,
    reach: PdfReach,
}

/// A document with its passages in reading order.
pub(crate) struct Document<'a> {
    pub(crate) home: Home<'a>,
    /// Who may see it, because of its own access and that of what contains it.
    access: &'a Access,
    /// Why everybody may read it although it is marked as not for publication.
    pub(crate) accept_marking: Option<&'a str>,
    pub(crate) passages: Vec<Passage<'a>>,
    /// Its tables with their places, those of a CSV included.
    pub(crate) tables: Vec<(&'a Table, Span)>,
    /// Its images with their places.
    pub(crate) figures: Vec<(&'a Figure, Span)>,
}

/// Which document a passage is in.
#[derive(Clone, Copy)]
pub(crate) enum Home<'a> {
    /// The texts of one agenda item itself.
    Agenda(&'a Item),
    Report(&'a Item, &'a Report),
    Minutes(&'a Minutes),
    /// An appendix, or a paper of which only the text is known.
    Appendix,
    /// What a reader gets instead of an appendix that cannot re-flow.
    Alternative,
}

impl Document<'_> {
    /// Whether everybody gets to read it.
    pub(crate) fn is_public(&self) -> bool {
        self.access.is_public()
    }
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Heading(u8),
    Paragraph,
    ListItem,
    Cell,
    Note,
    Preformatted,
}

/// A piece of running text without mark-up: a paragraph, a heading, a cell.
pub(crate) struct Passage<'a> {
    pub(crate) role: Role,
    /// Whether it is in a quotation.
    pub(crate) quoted: bool,
    pub(crate) inlines: &'a [Inline],
    pub(crate) text: String,
    pub(crate) span: Span,
    pieces: Vec<Piece>,
    /// The dates in it, found when a rule first asks.
    dates: OnceLock<Vec<WrittenDate>>,
}

struct Piece {
    start: usize,
    span: Span,
    /// Whether the source has the same bytes as the text, so that a place inside can be worked out.
    exact: bool,
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

impl Passage<'_> {
    /// The dates that it writes, in order.
    pub(crate) fn dates(&self) -> &[WrittenDate] {
        self.dates.get_or_init(|| written_date::find(&self.text))
    }

    /// Where a range of the text is in the source, as nearly as can be worked out.
    pub(crate) fn at(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.trace(range.start, false);
        let end = self.trace(range.end.max(range.start), true);
        match (start, end) {
            (Some(start), Some(end)) if start.file == end.file && end.end >= start.start => {
                Span::new(start.file, start.start as usize, end.end as usize)
            }
            (Some(start), _) => start,
            _ => self.span,
        }
    }

    /// The place of one byte; with `end`, of the byte before it.
    fn trace(&self, offset: usize, end: bool) -> Option<Span> {
        let probe = if end {
            offset.saturating_sub(1)
        } else {
            offset
        };
        let index = self
            .pieces
            .partition_point(|piece| piece.start <= probe)
            .checked_sub(1)?;
        let piece = self.pieces.get(index)?;
        if !piece.exact {
            return Some(piece.span);
        }
        let at = piece.span.start as usize + (offset - piece.start);
        let at = at.min(piece.span.end as usize);
        Some(Span::new(piece.span.file, at, at))
    }
}

/// The texts of a block and of what is inside it.
pub(crate) fn block_texts(block: &Block) -> Vec<String> {
    let mut walk = Walk::default();
    walk.block(block, 0);
    walk.passages
        .into_iter()
        .map(|passage| passage.text)
        .collect()
}

/// The words of a cell.
pub(crate) fn cell_text(cell: &Cell) -> String {
    cell.blocks
        .iter()
        .flat_map(block_texts)
        .collect::<Vec<_>>()
        .join(" ")
}

fn agenda_texts<'a>(item: &'a Item, access: &'a Access) -> Document<'a> {
    let mut passages = vec![plain_passage(&item.title.value, item.title.span, true)];
    for text in [&item.text, &item.note].into_iter().flatten() {
        passages.push(plain_passage(text, item.span, false));
    }
    for sub in &item.sub {
        passages.push(plain_passage(sub, item.span, false));
    }
    Document {
        home: Home::Agenda(item),
        access,
        accept_marking: None,
        passages,
        tables: Vec::new(),
        figures: Vec::new(),
    }
}

fn plain_passage<'a>(text: &str, span: Span, title: bool) -> Passage<'a> {
    Passage {
        role: if title {
            Role::Heading(1)
        } else {
            Role::Paragraph
        },
        quoted: false,
        inlines: &[],
        text: text.to_owned(),
        span,
        pieces: Vec::new(),
        dates: OnceLock::new(),
    }
}

fn report_texts<'a>(item: &'a Item, report: &'a Report, access: &'a Access) -> Document<'a> {
    let mut walk = Walk::default();
    if let Some(recommendations) = &report.recommendations {
        walk.blocks(&recommendations.value.blocks, 0);
    }
    for numbered in &report.body {
        walk.block(&numbered.block, 0);
    }
    for footnote in &report.footnotes {
        walk.note(&footnote.blocks);
    }
    walk.document(Home::Report(item, report), access)
}

fn minutes_texts<'a>(minutes: &'a Minutes, access: &'a Access) -> Document<'a> {
    let mut walk = Walk::default();
    walk.blocks(&minutes.opening, 0);
    for minute in &minutes.minutes {
        walk.push(Role::Heading(1), &minute.heading, minute.span);
        for block in &minute.blocks {
            match block {
                MinuteBlock::Text(block) => walk.block(block, 0),
                MinuteBlock::Decision(blocks) => walk.blocks(blocks, 0),
            }
        }
    }
    for footnote in &minutes.footnotes {
        walk.note(&footnote.blocks);
    }
    walk.document(Home::Minutes(minutes), access)
}

/// The text of an alternative; a PDF is looked at as a PDF instead.
fn alternative_texts<'a>(
    alternative: &'a Content,
    accept_marking: Option<&'a str>,
    span: Span,
    access: &'a Access,
) -> Option<Document<'a>> {
    if matches!(alternative, Content::Pdf(_)) {
        return None;
    }
    Some(Document {
        accept_marking,
        ..content_texts(Home::Alternative, alternative, span, access)?
    })
}

fn content_texts<'a>(
    home: Home<'a>,
    content: &'a Content,
    span: Span,
    access: &'a Access,
) -> Option<Document<'a>> {
    let mut walk = Walk::default();
    match content {
        Content::Prose(prose) => walk.prose(prose),
        Content::Table(table) => walk.table(table, span, 0),
        Content::Pdf(document) => return pdf_texts(document, access),
        Content::Image(_) | Content::Missing | Content::Absent(_) | Content::Withheld(_) => {
            return None;
        }
    }
    Some(walk.document(home, access))
}

/// The text of a PDF, where all of it could be read: half a text is not judged.
fn pdf_texts<'a>(document: &'a PdfDocument, access: &'a Access) -> Option<Document<'a>> {
    let reflow = document
        .reflow
        .as_ref()
        .filter(|reflow| reflow.is_whole())?;
    let mut walk = Walk::default();
    walk.prose(&reflow.prose);
    Some(walk.document(Home::Appendix, access))
}

#[derive(Default)]
struct Walk<'a> {
    passages: Vec<Passage<'a>>,
    tables: Vec<(&'a Table, Span)>,
    figures: Vec<(&'a Figure, Span)>,
    quoted: bool,
    role: Option<Role>,
}

impl<'a> Walk<'a> {
    fn document(self, home: Home<'a>, access: &'a Access) -> Document<'a> {
        Document {
            home,
            access,
            accept_marking: None,
            passages: self.passages,
            tables: self.tables,
            figures: self.figures,
        }
    }

    fn prose(&mut self, prose: &'a Prose) {
        self.blocks(&prose.blocks, 0);
        for footnote in &prose.footnotes {
            self.note(&footnote.blocks);
        }
    }

    fn note(&mut self, blocks: &'a [Block]) {
        self.role = Some(Role::Note);
        self.blocks(blocks, 0);
        self.role = None;
    }

    fn blocks(&mut self, blocks: &'a [Block], depth: usize) {
        for block in blocks {
            self.block(block, depth);
        }
    }

    fn block(&mut self, block: &'a Block, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &block.kind {
            BlockKind::Heading { level, content, .. } => {
                self.push(Role::Heading(*level), content, block.span);
            }
            BlockKind::Paragraph(content) => {
                self.push(self.role.unwrap_or(Role::Paragraph), content, block.span);
            }
            BlockKind::List(list) => {
                let before = self.role;
                self.role = self.role.or(Some(Role::ListItem));
                for item in &list.items {
                    self.blocks(&item.blocks, depth + 1);
                }
                self.role = before;
            }
            BlockKind::Quote(blocks) => {
                let before = std::mem::replace(&mut self.quoted, true);
                self.blocks(blocks, depth + 1);
                self.quoted = before;
            }
            BlockKind::Table(table) => self.table(table, block.span, depth),
            BlockKind::Figure(figure) => {
                self.figures.push((figure, block.span));
                if let Some(caption) = &figure.caption {
                    self.push(Role::Note, caption, block.span);
                }
            }
            BlockKind::Preformatted(text) => {
                let mut passage = plain_passage(text, block.span, false);
                passage.role = Role::Preformatted;
                self.passages.push(passage);
            }
            BlockKind::Rule => {}
        }
    }

    fn table(&mut self, table: &'a Table, span: Span, depth: usize) {
        self.tables.push((table, span));
        let before = self.role;
        self.role = Some(Role::Cell);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            self.blocks(&cell.blocks, depth + 1);
        }
        self.role = before;
    }

    fn push(&mut self, role: Role, inlines: &'a [Inline], span: Span) {
        let mut text = String::new();
        let mut pieces = Vec::new();
        flatten(inlines, &mut text, &mut pieces, &mut self.figures, 0);
        self.passages.push(Passage {
            role,
            quoted: self.quoted,
            inlines,
            text,
            span,
            pieces,
            dates: OnceLock::new(),
        });
    }
}

fn flatten<'a>(
    inlines: &'a [Inline],
    text: &mut String,
    pieces: &mut Vec<Piece>,
    figures: &mut Vec<(&'a Figure, Span)>,
    depth: usize,
) {
    if depth > MAX_DEPTH {
        return;
    }
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => {
                pieces.push(Piece {
                    start: text.len(),
                    span: inline.span,
                    exact: inline.span.range().len() == words.len(),
                });
                text.push_str(words);
            }
            InlineKind::SoftBreak => text.push(' '),
            InlineKind::HardBreak => text.push('\n'),
            InlineKind::Image(figure) => figures.push((figure, inline.span)),
            InlineKind::FootnoteRef(_) => {}
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => {
                flatten(inner, text, pieces, figures, depth + 1);
            }
        }
    }
}
