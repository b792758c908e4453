//! The blocks of a composed part as HTML, with the marks of printed pages among them.
//!
//! It writes tags. How they look is up to the style sheet, and which document they belong to is up to
//! [`super::document`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::ids::{Ladder, anchor_number};
use super::markup;
use super::shared::Shared;
use crate::compose::part::{
    Block, BlockKind, Figure, Footnote, Inline, ListItem, NumberStyle, Numbering, Part, PartKind,
    Tone, plain,
};
use crate::prose::capitals::Spellings;

/// A heading that the contents list names.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// Number and words.
    pub(super) title: String,
    /// Its id.
    pub(super) id: String,
}

/// Sets the blocks of one document.
pub(super) struct Setter<'p, 's, 'e> {
    pub(super) shared: &'s mut Shared<'e>,
    pub(super) out: String,
    /// The sections met so far.
    pub(super) sections: Vec<Section>,
    /// The document, whose pages are marked in its text.
    document: String,
    pub(super) kind: PartKind,
    /// The prefix of the ids of its paragraphs: "item-4".
    pub(super) prefix: String,
    pub(super) ladder: Ladder,
    pub(super) notes: Vec<(&'p Footnote, String)>,
    pub(super) note_numbers: BTreeMap<String, usize>,
    pub(super) note_references: Vec<usize>,
    /// The first and the last of the pages that are in view from this point.
    folio: Option<(usize, usize)>,
    /// The depth of nesting in list items, quotations, cells and notes.
    pub(super) nested: usize,
    pub(super) in_link: bool,
    pub(super) in_cell: bool,
    pub(super) telephone: bool,
    /// How words are written, in large print: headings in capitals are set in sentence case
    /// (UKAAF G003).
    pub(super) spellings: Option<Spellings>,
    /// For a heading in capitals that is being set: whether the next word begins a sentence.
    pub(super) calm: Option<bool>,
    /// The words of the last heading, for the names of tables.
    pub(super) last_heading: String,
}

impl<'p, 's, 'e> Setter<'p, 's, 'e> {
    /// A setter for a part below a heading of level `level`; the ids of its paragraphs begin with `prefix`.
    /// The ids that the author gave, the footnotes and the spelling of words are collected before anything
    /// is set.
    pub(super) fn of(shared: &'s mut Shared<'e>, part: &'p Part, prefix: &str, level: u8) -> Self {
        let mut setter = Self::new(shared, &part.key, prefix, level);
        setter.kind = part.kind;
        setter.announce(&part.blocks);
        for note in &part.footnotes {
            let number = setter.notes.len() + 1;
            let id = setter.shared.ids.claim(&format!("{prefix}-note-{number}"));
            setter.notes.push((note, id));
            setter.note_references.push(0);
            setter.note_numbers.insert(note.label.clone(), number);
        }
        setter
    }

    /// A setter for a few blocks that are not a part.
    pub(super) fn new(shared: &'s mut Shared<'e>, key: &str, prefix: &str, level: u8) -> Self {
        let large_print = shared.options.large_print.is_some();
        Self {
            shared,
            out: String::new(),
            sections: Vec::new(),
            document: key.to_owned(),
            kind: PartKind::ItemSheet,
            prefix: prefix.to_owned(),
            ladder: Ladder::below(level),
            notes: Vec::new(),
            note_numbers: BTreeMap::new(),
            note_references: Vec::new(),
            folio: None,
            nested: 0,
            in_link: false,
            in_cell: false,
            telephone: false,
            spellings: large_print.then(Spellings::default),
            calm: None,
            last_heading: String::new(),
        }
    }

    fn announce(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let (BlockKind::Paragraph { content, .. }, Some(spellings)) =
                (&block.kind, &mut self.spellings)
            {
                spellings.learn(&plain(content));
            }
            if let Some(anchor) = &block.anchor
                && let Some(own) = anchor.strip_prefix(&format!("{}/", self.document))
                && !is_counted(own)
                && !self.shared.documents.contains_key(anchor)
            {
                let given = self.shared.ids.claim(&format!("{}-{own}", self.prefix));
                self.shared.documents.insert(anchor.clone(), given);
            }
            for inner in block.inner() {
                self.announce(inner);
            }
        }
    }

    /// Blocks at the document's own level.
    pub(super) fn blocks(&mut self, blocks: &'p [Block]) {
        for block in blocks {
            self.block(block);
            self.keep_in_view();
        }
    }

    /// Closes the document with the marks of its pages that have none yet, then its footnotes.
    pub(super) fn close(&mut self, level: u8) {
        let has_text = !self.out.trim().is_empty();
        if !has_text {
            self.marks_of_all();
        } else if let Some(&last) = self.shared.numbers.indices(&self.document).last() {
            let marks = self.shared.page_break(last, "div");
            if !marks.is_empty() {
                self.out.push_str(&marks);
                self.folio = Some((last, last));
            }
        }
        self.keep_in_view();
        self.endnotes(level);
    }

    /// The marks of all pages of the document that have none yet, side by side, where nothing tells at
    /// which words they begin.
    fn marks_of_all(&mut self) {
        let indices = self.shared.numbers.indices(&self.document);
        let (Some(&first), Some(&last)) = (indices.first(), indices.last()) else {
            return;
        };
        let marks = self.shared.page_break(last, "span");
        if !marks.is_empty() {
            let marks = marks.replace("</span></span>", "</span></span>\n");
            let _ = writeln!(self.out, "<p class=\"marks\">{marks}</p>");
            self.folio = Some((first, last));
        }
    }

    /// Writes which page is in view from this point.
    pub(super) fn keep_in_view(&mut self) {
        if self.nested == 0
            && let Some((first, last)) = self.folio.take()
        {
            let folio = self.shared.folio(first, last);
            self.out.push_str(&folio);
        }
    }

    /// Writes the mark of a printed page, if it has none yet.
    pub(super) fn page_mark(&mut self, label: &str, element: &str) {
        let numbers = self.shared.numbers;
        let indices = numbers.indices(&self.document);
        let label_of = |index: usize| numbers.all().get(index).map(|page| page.label.as_str());
        let is_it = |index: &&usize| label_of(**index) == Some(label);
        let Some(&index) = indices.iter().find(is_it) else {
            // "42 to 43": the text stands for all of the document's pages.
            let mut words = label.split_whitespace();
            let ends = (words.next(), words.next_back());
            if let (Some(&first), Some(&last)) = (indices.first(), indices.last())
                && ends == (label_of(first), label_of(last))
            {
                self.marks_of_all();
            }
            return;
        };
        let marks = self.shared.page_break(index, element);
        if !marks.is_empty() {
            if self.nested > 0 || element == "span" {
                let folio = self.shared.folio_inside(index);
                self.out.push_str(&folio);
            } else {
                self.folio = Some((index, index));
            }
            self.out.push_str(&marks);
        }
    }

    pub(super) fn inside(&mut self, blocks: &'p [Block]) {
        self.nested += 1;
        for block in blocks {
            self.block(block);
        }
        self.nested -= 1;
    }

    pub(super) fn block(&mut self, block: &'p Block) {
        let from = self.out.len();
        self.set(block);
        let places = self.shared.options.places;
        if let Some(place) = places.and_then(|place| place(block)) {
            self.place(from, &place);
        }
    }

    /// Adds its place in the sources to the first element that was set since `from`.
    fn place(&mut self, from: usize, place: &str) {
        let names = self.out[from..].match_indices('<').find_map(|(at, _)| {
            let name = &self.out[from + at + 1..];
            let end = name.find(|next: char| !next.is_ascii_alphanumeric())?;
            // The mark of a printed page was not written by the author.
            let is_mark = name.split('>').next()?.contains("page-break") || &name[..end] == "span";
            (end > 0 && !is_mark).then_some(from + at + 1 + end)
        });
        if let Some(at) = names {
            let mut attribute = String::new();
            markup::pair(&mut attribute, "data-src", place);
            self.out.insert_str(at, &attribute);
        }
    }

    fn set(&mut self, block: &'p Block) {
        let lang = self.shared.lang_attribute(block.lang.as_deref());
        match &block.kind {
            BlockKind::Heading {
                level,
                number,
                content,
            } => self.heading(
                *level,
                block.anchor.as_deref(),
                content,
                number.as_deref(),
                &lang,
            ),
            BlockKind::Paragraph {
                number,
                tone,
                content,
            } => self.paragraph(content, number.as_deref(), *tone, &lang),
            BlockKind::List {
                numbering,
                tight,
                items,
            } => self.list(*numbering, *tight, items, &lang),
            BlockKind::Quote { blocks } => {
                let _ = writeln!(self.out, "<blockquote{lang}>");
                self.inside(blocks);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Table(table) => {
                self.table(table, self.kind == PartKind::TableAppendix, &lang);
            }
            BlockKind::Figure(figure) => self.figure(figure, &lang),
            BlockKind::Preformatted { text } => {
                let _ = write!(self.out, "<pre{lang}><code>");
                for line in text.lines() {
                    self.words(line.trim_end());
                    self.out.push('\n');
                }
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Panel { role, blocks } => self.panel(*role, blocks, &lang),
            BlockKind::Fields { look, rows } => self.fields(*look, rows),
            BlockKind::Signature { lines } => self.signature(lines),
            BlockKind::PageMark { label, .. } => {
                let element = if self.in_cell { "span" } else { "div" };
                self.page_mark(label, element);
            }
            BlockKind::Leaf { blocks } | BlockKind::Foot { blocks } => self.blocks(blocks),
            // The page says these in its own way, or only large print has them.
            BlockKind::Masthead(_)
            | BlockKind::Agenda { .. }
            | BlockKind::Members { .. }
            | BlockKind::Contents { .. }
            | BlockKind::Records { .. } => {}
        }
    }

    pub(super) fn paragraph(
        &mut self,
        content: &'p [Inline],
        number: Option<&'p str>,
        tone: Tone,
        lang: &str,
    ) {
        if blank(content) && number.is_none() {
            // A page may begin at a paragraph without words.
            for inline in content {
                if let Inline::PageMark { label, .. } = inline {
                    self.page_mark(label, if self.in_cell { "span" } else { "div" });
                }
            }
            return;
        }
        let _ = write!(self.out, "<p{lang}");
        if let Some(number) = number {
            let id = self
                .shared
                .ids
                .claim(&format!("{}-{}", self.prefix, anchor_number(number)));
            markup::pair(&mut self.out, "id", &id);
        }
        let class = match (number, tone) {
            (Some(_), _) => Some("numbered"),
            (None, Tone::Eyebrow) => Some("eyebrow"),
            (None, Tone::Lead) => Some("lead"),
            (None, Tone::Quiet) => Some("quiet"),
            (None, Tone::Body) => None,
        };
        if let Some(class) = class {
            markup::pair(&mut self.out, "class", class);
        }
        self.out.push('>');
        self.number(number);
        self.inlines(content);
        self.out.push_str("</p>\n");
    }

    fn list(
        &mut self,
        numbering: Option<Numbering>,
        tight: bool,
        items: &'p [ListItem],
        lang: &str,
    ) {
        if items.is_empty() {
            return;
        }
        let labelled = items.iter().any(|item| item.label.is_some());
        let tag = if numbering.is_some() { "ol" } else { "ul" };
        let _ = write!(self.out, "<{tag}{lang}");
        if let Some(Numbering { start, style }) = numbering {
            if start != 1 && start <= 1_000_000 {
                let _ = write!(self.out, " start=\"{start}\"");
            }
            match style {
                NumberStyle::Figure => {}
                NumberStyle::FigureBracket => self.out.push_str(" class=\"bracket\""),
                NumberStyle::Letter => self.out.push_str(" class=\"letters\""),
            }
        } else if labelled {
            self.out.push_str(" class=\"labelled\"");
        }
        self.out.push_str(">\n");
        for item in items {
            self.out.push_str(if item.label.is_some() {
                "<li class=\"labelled\">"
            } else {
                "<li>"
            });
            if let Some(label) = &item.label {
                self.out.push_str("<span class=\"label\">");
                markup::text(&mut self.out, label);
                self.out.push_str("</span> ");
            }
            self.bare(&item.blocks, tight);
            self.out.push_str("</li>\n");
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// Blocks of a list item, a cell or a note. A paragraph has no element of its own if it is the only
    /// block or the list is `tight`.
    pub(super) fn bare(&mut self, blocks: &'p [Block], tight: bool) {
        self.nested += 1;
        let spoken = |block: &&Block| !matches!(block.kind, BlockKind::PageMark { .. });
        let alone = blocks.iter().filter(spoken).count() == 1;
        for (index, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::PageMark { label, .. } if alone => self.page_mark(label, "span"),
                BlockKind::Paragraph { content, .. } if tight || alone => {
                    let lang = self.shared.lang_attribute(block.lang.as_deref());
                    if lang.is_empty() {
                        self.inlines(content);
                    } else {
                        let _ = write!(self.out, "<span{lang}>");
                        self.inlines(content);
                        self.out.push_str("</span>");
                    }
                    if index + 1 < blocks.len() {
                        self.out.push('\n');
                    }
                }
                _ => self.block(block),
            }
        }
        self.nested -= 1;
    }

    /// The content of a cell of a table.
    pub(super) fn cell(&mut self, blocks: &'p [Block]) {
        let outer = std::mem::replace(&mut self.in_cell, true);
        self.bare(blocks, false);
        self.in_cell = outer;
    }

    fn figure(&mut self, figure: &'p Figure, lang: &str) {
        let class = if figure.full { " class=\"sheet\"" } else { "" };
        let _ = write!(self.out, "<figure{class}{lang}>");
        let large = super::image::size(&figure.image).is_none_or(|(width, _)| width > SMALL);
        self.out.push_str("<div class=\"figure-frame\">");
        if self.image(figure) && large {
            let full_size = self.shared.words.full_size();
            let _ = write!(
                self.out,
                "\n<label class=\"enlarge\"><input type=\"checkbox\"> {full_size}</label>"
            );
        }
        self.out.push_str("</div>\n");
        if let Some(caption) = figure.caption.as_deref().filter(|caption| !blank(caption)) {
            self.out.push_str("<figcaption>");
            self.inlines(caption);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// An image, or words in its place. Returns whether there is an image.
    pub(super) fn image(&mut self, figure: &Figure) -> bool {
        let source = super::image::data_uri(self.shared.options, &figure.image);
        let size = super::image::size(&figure.image);
        let alt = figure.alt.trim();
        let set = super::image::set(self.shared.words, source.as_deref(), alt, size);
        self.out.push_str(&set);
        source.is_some()
    }
}

/// A picture of at most so many pixels is read on any screen as it is.
const SMALL: u32 = 360;

/// Whether an anchor is a generated one, of a heading to which the author gave none: "h3".
fn is_counted(anchor: &str) -> bool {
    anchor
        .strip_prefix('h')
        .is_some_and(|count| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether running text shows nothing.
pub(super) fn blank(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text { text } | Inline::Code { text } => text.trim().is_empty(),
        Inline::Break | Inline::PageMark { .. } => true,
        Inline::Image(_) | Inline::Note { .. } | Inline::NoteAgain { .. } | Inline::Page { .. } => {
            false
        }
        _ => blank(inline.inner()),
    })
}
