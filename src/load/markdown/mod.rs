//! Markdown into prose: CommonMark with tables, footnotes, heading attributes and strike-through.
//!
//! The tree is built from a stream of events with a stack of its own, so that no nesting in the
//! source, however deep, becomes recursion here; what nests deeper than
//! [`crate::prose::MAX_DEPTH`] is refused. HTML is not passed through. This file does not know
//! what a report or a minute is.

mod bounds;
mod drawn;
mod html;
mod lines;
mod link;
mod literal;
mod origin;
mod pasted;
mod rows;
mod tree;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(super) use self::origin::TextStart;
use self::origin::{Places, trim_range};
use self::tree::{Builder, Frame, Open};
pub(super) use self::tree::{Locate, Reading};
use super::codes;
use super::notes::Notes;
use crate::finding::Finding;
use crate::model::{SourceName, address};
use crate::prose::{Alignment, Block, BlockKind, Footnote, Inline, InlineKind, MAX_DEPTH};

/// Reads Markdown. Everything that is wrong with it becomes a finding.
pub(super) fn read(text: &str, origin: TextStart, locate: Locate<'_>, notes: &Notes) -> Reading {
    if !bounds::readable(text, origin, notes) {
        return Reading::default();
    }
    let mended = pasted::mend(text, origin, notes);
    crate::load::addresses::in_text(text, |range| origin.span(range), notes);
    let places = Places {
        origin,
        pieces: &mended.pieces,
    };
    let text = mended.text.as_str();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut builder = Builder {
        text,
        origin: places,
        locate,
        notes,
        meant: link::Meant::of(text),
        stack: vec![Frame::new(Open::Document, 0..text.len())],
        skipping: 0,
        footnotes: BTreeMap::new(),
        references: Vec::new(),
        begun: Vec::new(),
        leads: BTreeMap::new(),
        reading: Reading::default(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.take(event, range);
    }
    builder.finish()
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag, range),
            Event::Text(text) => self.words(&text, range),
            Event::Code(text) => self.inline(InlineKind::Code(text.to_string()), range),
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, range),
            Event::HardBreak => self.inline(InlineKind::HardBreak, range),
            Event::Rule => self.block(BlockKind::Rule, range),
            Event::FootnoteReference(label) => {
                let label = label.to_lowercase();
                self.references.push(label.clone());
                let inside = self.stack.iter().rev().find_map(|frame| match &frame.open {
                    Open::Footnote(label) => Some(label.clone()),
                    _ => None,
                });
                match inside {
                    Some(note) => self.leads.entry(note).or_default().push(label.clone()),
                    None => self.begun.push(label.clone()),
                }
                self.inline(InlineKind::FootnoteRef(label), range);
            }
            Event::Html(html) => match self.stack.last_mut() {
                Some(Frame {
                    open: Open::Html(text),
                    ..
                }) => text.push_str(&html),
                _ => self.html(&html, range, true),
            },
            Event::InlineHtml(html) => self.html(&html, range, false),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading {
                level, id, attrs, ..
            } => Open::Heading {
                level: heading_level(level),
                id: id.map(|id| id.to_string()),
                lang: attrs
                    .into_iter()
                    .find(|(name, _)| name.as_ref() == "lang")
                    .and_then(|(_, value)| value)
                    .map(|value| value.trim_matches('"').to_owned()),
            },
            Tag::BlockQuote(_) => Open::Quote,
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                Open::Preformatted(String::new())
            }
            Tag::HtmlBlock => Open::Html(String::new()),
            Tag::List(start) => Open::List {
                start: start.map(|start| (start, self.list_mark(&range))),
                items: Vec::new(),
                tight: false,
            },
            Tag::Item => Open::Item,
            Tag::FootnoteDefinition(label) => Open::Footnote(label.to_lowercase()),
            Tag::Table(columns) => Open::Table {
                columns: columns.into_iter().map(alignment).collect(),
                rows: Vec::new(),
                head: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => {
                self.count_cells(&range);
                Open::Row(Vec::new())
            }
            Tag::TableCell => Open::Cell,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Strikethrough => Open::Struck,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let target = link::target(&dest_url, link_type);
                // An address that only some can open has a finding already.
                let told = matches!(address::fault(&dest_url), Some(address::Fault::Private));
                if let (Err(refusal), false) = (&target, told) {
                    let span = self.origin.span(range.clone());
                    self.notes.add(
                        Finding::warning(refusal.code, span, refusal.message.clone())
                            .help(refusal.help.clone()),
                    );
                }
                Open::Link(target.ok())
            }
            Tag::Image {
                dest_url, title, ..
            } => Open::Image {
                source: self.image(&dest_url, &range),
                title: title.to_string(),
            },
            // Only the extensions above are switched on; anything else is a plain wrapper.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => Open::Emphasis,
        };
        let depth = self.depth(open.is_block());
        if depth >= MAX_DEPTH && open.nests() {
            let first = depth == MAX_DEPTH;
            self.too_deep(&range, first);
            self.skipping = 1;
            return;
        }
        if open.is_block() {
            self.flush();
        }
        self.stack.push(Frame::new(open, range));
    }

    /// How many elements of the same sort, block or inline, are open and nest.
    fn depth(&self, block: bool) -> usize {
        self.stack
            .iter()
            .filter(|frame| frame.open.nests() && frame.open.is_block() == block)
            .count()
    }

    fn too_deep(&self, range: &Range<usize>, first: bool) {
        if !first {
            return;
        }
        let end = self.text[range.start..]
            .char_indices()
            .nth(12)
            .map_or(range.end, |(at, _)| (range.start + at).min(range.end));
        self.notes.add(
            Finding::error(
                codes::NESTED_TOO_DEEP,
                self.origin.span(range.start..end),
                format!("Lists, quotations or emphasis nest more than {MAX_DEPTH} deep here"),
            )
            .label("what is inside is left out")
            .help("Nobody can follow so many levels: use fewer, or headings or a table"),
        );
    }

    fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        let Some(mut frame) = self.stack.pop() else {
            return;
        };
        if self.stack.is_empty() {
            // The document itself is closed by `finish` alone.
            self.stack.push(frame);
            return;
        }
        if frame.open.holds_blocks() {
            frame.flush();
        }
        let span = self.origin.span(frame.range.clone());
        match frame.open {
            Open::Document => {}
            Open::Paragraph => {
                self.check_delimiter_row(&frame.range);
                let kind = tree::paragraph(frame.inlines);
                if let Some(kind) = kind {
                    self.block(kind, range);
                }
            }
            Open::Heading { level, id, lang } => {
                let content = tree::trimmed(frame.inlines);
                self.push_block(Block {
                    kind: BlockKind::Heading { level, id, content },
                    span: self.origin.span(trim_range(self.text, range)),
                    lang,
                });
            }
            Open::Quote => self.block(BlockKind::Quote(frame.blocks), range),
            Open::Preformatted(text) => self.block(BlockKind::Preformatted(text), range),
            Open::Html(html) => self.html(&html, range, true),
            Open::List {
                start,
                items,
                tight,
            } => {
                let list = self.list(start, items, tight);
                self.block(BlockKind::List(list), range);
            }
            Open::Item => {
                let tight = frame.tight;
                if let Some(Frame {
                    open:
                        Open::List {
                            items, tight: all, ..
                        },
                    ..
                }) = self.stack.last_mut()
                {
                    *all |= tight;
                    items.push((frame.blocks, frame.range));
                }
            }
            Open::Footnote(label) => {
                let footnote = Footnote {
                    label: label.clone(),
                    blocks: frame.blocks,
                    span,
                };
                self.footnotes.entry(label).or_insert(footnote);
            }
            Open::Table {
                columns,
                rows,
                head,
            } => {
                let mut table = rows::table(columns, head, rows, self.origin);
                if let Some(parent) = self.stack.last_mut() {
                    table.caption = rows::caption(&mut parent.blocks);
                }
                self.block(BlockKind::Table(table), range);
            }
            Open::Row(cells) => {
                if let Some(Frame {
                    open: Open::Table { rows, head, .. },
                    ..
                }) = self.stack.last_mut()
                {
                    if matches!(tag, TagEnd::TableHead) {
                        *head = vec![(cells, range)];
                    } else {
                        rows.push((cells, range));
                    }
                }
            }
            Open::Cell => {
                if let Some(Frame {
                    open: Open::Row(cells),
                    ..
                }) = self.stack.last_mut()
                {
                    cells.push((tree::trimmed(frame.inlines), frame.range));
                }
            }
            Open::Strong => self.inline(InlineKind::Strong(frame.inlines), range),
            Open::Emphasis => self.inline(InlineKind::Emphasis(frame.inlines), range),
            Open::Struck => self.inline(InlineKind::Struck(frame.inlines), range),
            Open::Link(Some(target)) => {
                let content = frame.inlines;
                self.inline(InlineKind::Link { target, content }, range);
            }
            Open::Link(None) => {
                for inline in frame.inlines {
                    self.push_inline(inline);
                }
            }
            Open::Image { source, title } => {
                let figure = tree::figure(source, &title, &frame.inlines, span);
                if let Some(figure) = figure {
                    self.inline(InlineKind::Image(figure), range);
                } else {
                    for inline in frame.inlines {
                        self.push_inline(inline);
                    }
                }
            }
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        match self.stack.last_mut() {
            Some(Frame {
                open: Open::Preformatted(all) | Open::Html(all),
                ..
            }) => all.push_str(text),
            _ => {
                let verbatim = self.text.get(range.clone()) == Some(text);
                let text = self.meant.put(text, &range, verbatim);
                if !text.is_empty() {
                    self.inline(InlineKind::Text(text.into_owned()), range);
                }
            }
        }
    }

    fn inline(&mut self, kind: InlineKind, range: Range<usize>) {
        let span = self.origin.span(range);
        self.push_inline(Inline { kind, span });
    }

    fn push_inline(&mut self, inline: Inline) {
        if let Some(frame) = self.stack.last_mut() {
            tree::append(&mut frame.inlines, inline);
        }
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.origin.span(trim_range(self.text, range));
        self.push_block(Block {
            kind,
            span,
            lang: None,
        });
    }

    fn push_block(&mut self, block: Block) {
        self.flush();
        if let Some(frame) = self.stack.last_mut() {
            frame.blocks.push(block);
        }
    }

    /// Makes a paragraph of running text that has none, as in an item of a tight list.
    fn flush(&mut self) {
        if let Some(frame) = self.stack.last_mut()
            && frame.open.holds_blocks()
        {
            frame.flush();
        }
    }

    fn image(&mut self, written: &str, range: &Range<usize>) -> Option<SourceName> {
        let span = self.origin.span(range.clone());
        if written.contains("://") || written.starts_with("data:") {
            self.notes.add(
                Finding::error(
                    codes::IMAGE_OUTSIDE_PACK,
                    span,
                    "This image is not a file of the workspace",
                )
                .help("Save the image in the pack's folder and name it here: a pack fetches nothing from the web"),
            );
            return None;
        }
        let decoded = link::percent_decoded(written);
        match (self.locate)(&decoded) {
            Ok(name) => {
                self.reading.images.push((name.clone(), span));
                Some(name)
            }
            Err(refusal) => {
                self.notes.add(refusal.at(span));
                None
            }
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>, block: bool) {
        let span = self.origin.span(trim_range(self.text, range.clone()));
        if html::is_words(html) {
            let kind = InlineKind::Text(html.trim().to_owned());
            if block {
                let words = Inline { kind, span };
                self.block(BlockKind::Paragraph(vec![words]), range);
            } else {
                self.inline(kind, range);
            }
            return;
        }
        html::read(html, span, block, self.notes);
        if !block && html::is_line_break(html) {
            self.inline(InlineKind::HardBreak, range);
        }
    }

    fn finish(mut self) -> Reading {
        let mut blocks = Vec::new();
        if let Some(mut document) = self.stack.pop() {
            document.flush();
            blocks = document.blocks;
        }
        self.reading.prose.blocks = blocks;
        bounds::cut_chains(&mut self.footnotes, &self.begun, &self.leads, self.notes);
        for label in &self.references {
            if let Some(footnote) = self.footnotes.remove(label) {
                self.reading.prose.footnotes.push(footnote);
            }
        }
        for footnote in self.footnotes.values() {
            self.notes.add(
                Finding::warning(
                    codes::FOOTNOTE_UNUSED,
                    footnote.span,
                    format!("Nothing refers to footnote {}", footnote.label),
                )
                .help(format!(
                    "Write [^{}] where it belongs, or remove the note",
                    footnote.label
                )),
            );
        }
        self.reading
    }
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Start,
        pulldown_cmark::Alignment::Center => Alignment::Centre,
        pulldown_cmark::Alignment::Right => Alignment::End,
    }
}

#[cfg(test)]
mod tests;
