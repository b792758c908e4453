//! The running text of each kind of document, as passages.

use std::sync::OnceLock;

use super::passage::{Document, Home, Passage, Piece, Role};
use crate::finding::Span;
use crate::model::{Access, Content, Item, MinuteBlock, Minutes, PdfDocument, Report};
use crate::prose::{Block, BlockKind, Cell, Figure, Inline, InlineKind, Prose, Table};

/// How deep the walk goes; `load` refuses deeper prose.
const MAX_DEPTH: usize = crate::prose::MAX_DEPTH * 2;

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

pub(super) fn agenda_texts<'a>(item: &'a Item, access: &'a Access) -> Document<'a> {
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

pub(super) fn report_texts<'a>(
    item: &'a Item,
    report: &'a Report,
    access: &'a Access,
) -> Document<'a> {
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

pub(super) fn minutes_texts<'a>(minutes: &'a Minutes, access: &'a Access) -> Document<'a> {
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
pub(super) fn alternative_texts<'a>(
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

pub(super) fn content_texts<'a>(
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
pub(super) fn pdf_texts<'a>(document: &'a PdfDocument, access: &'a Access) -> Option<Document<'a>> {
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
