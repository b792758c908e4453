//! Prose becomes HTML: blocks, running text, numbers, footnotes, and the places where pages of
//! the printed pack begin.
//!
//! It writes tags; how they look is the style sheet's affair, and which document they stand in is
//! the business of [`super::document`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::ids::Ladder;
use super::markup;
use super::numbers::PageAt;
use super::shared::Shared;
use crate::finding::Span;
use crate::model::NumberedBlock;
use crate::prose::capitals::{Spellings, in_capitals};
use crate::prose::{
    Block, BlockKind, Figure, Footnote, Inline, InlineKind, LinkTarget, List, ListItem, plain,
};

/// The longest run of characters in a cell that a line cannot break in; longer words, such as
/// addresses, are given places where one may.
pub(super) const LONG_WORD: usize = 18;

/// How deep running text is followed; what lies deeper keeps its words and loses its mark-up.
const MAX_INLINE_DEPTH: usize = 32;

/// A heading that the contents list names.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// Number and words.
    pub(super) title: String,
    /// Its id.
    pub(super) id: String,
}

/// Sets the prose of one document.
pub(super) struct Setter<'e, 's> {
    pub(super) shared: &'s mut Shared<'e>,
    pub(super) out: String,
    /// The sections met so far.
    pub(super) sections: Vec<Section>,
    /// What opens the ids of its paragraphs: "item-4".
    prefix: String,
    ladder: Ladder,
    /// The ids of the item's appendices by position: what `appendix:1` leads to.
    appendices: &'s BTreeMap<usize, String>,
    /// The ids that `{#id}` became.
    here: BTreeMap<String, String>,
    notes: Vec<(&'e Footnote, String)>,
    note_numbers: BTreeMap<String, usize>,
    note_references: Vec<usize>,
    breaks: Vec<usize>,
    next_break: usize,
    /// How many letters have been set.
    letters: usize,
    /// Breaks inside the block that is being set: how many letters are still to go.
    pending: Vec<(usize, usize)>,
    folio: Option<usize>,
    /// How deep in list items, quotations, cells and notes.
    pub(super) nested: usize,
    in_link: bool,
    in_cell: bool,
    telephone: bool,
    /// How words are written, in large print: headings in capitals are set in sentence case
    /// (UKAAF G003).
    spellings: Option<Spellings>,
    /// Whether the heading that is being set is in capitals, and whether its sentence opens.
    calm: Option<bool>,
    /// The words of the last heading, for the names of tables.
    pub(super) last_heading: String,
}

impl<'e, 's> Setter<'e, 's> {
    /// A setter for the document `key`, which stands below a heading of level `level` and whose
    /// paragraphs have ids that open with `prefix`.
    pub(super) fn new(
        shared: &'s mut Shared<'e>,
        key: &str,
        prefix: &str,
        level: u8,
        appendices: &'s BTreeMap<usize, String>,
    ) -> Self {
        let breaks = shared.numbers.indices(key).to_vec();
        // Whoever sets the head of the document has set the pages that begin with it.
        let opened = shared.numbers.opening(key).len();
        let large_print = shared.options.large_print.is_some();
        Self {
            shared,
            out: String::new(),
            sections: Vec::new(),
            prefix: prefix.to_owned(),
            ladder: Ladder::below(level),
            appendices,
            here: BTreeMap::new(),
            notes: Vec::new(),
            note_numbers: BTreeMap::new(),
            note_references: Vec::new(),
            breaks,
            next_break: opened,
            letters: 0,
            pending: Vec::new(),
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

    /// Makes known, before anything is set, the ids that the author gave and how words are
    /// written.
    pub(super) fn announce(&mut self, blocks: &'e [Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content) => {
                    if let Some(spellings) = &mut self.spellings {
                        spellings.learn(&plain(content));
                    }
                }
                BlockKind::Heading { id: Some(id), .. } if !self.here.contains_key(id) => {
                    let given = self.shared.ids.claim(&format!("{}-{id}", self.prefix));
                    self.here.insert(id.clone(), given);
                }
                BlockKind::Quote(inner) => self.announce(inner),
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.announce(&item.blocks);
                    }
                }
                _ => {}
            }
        }
    }

    /// The footnotes that the text from here on refers to.
    pub(super) fn footnotes(&mut self, notes: &'e [Footnote]) {
        self.note_numbers.clear();
        for note in notes {
            let number = self.notes.len() + 1;
            let id = self
                .shared
                .ids
                .claim(&format!("{}-note-{number}", self.prefix));
            self.notes.push((note, id));
            self.note_references.push(0);
            self.note_numbers.insert(note.label.clone(), number);
        }
    }

    /// Blocks at the document's own level.
    pub(super) fn blocks(&mut self, blocks: &'e [Block]) {
        for block in blocks {
            self.top(block, None);
        }
    }

    /// Blocks at the document's own level, with their numbers.
    pub(super) fn numbered(&mut self, blocks: &'e [NumberedBlock]) {
        for numbered in blocks {
            let number = numbered.number.as_ref().map(|number| number.text.as_str());
            self.top(&numbered.block, number);
        }
    }

    fn top(&mut self, block: &'e Block, number: Option<&'e str>) {
        self.block(block, number);
        // Letters that the block does not have: the page begins after it.
        for (_, index) in std::mem::take(&mut self.pending) {
            let marks = self.shared.page_break(index, "div");
            self.out.push_str(&marks);
            self.folio = Some(index);
        }
        if let Some(index) = self.folio.take() {
            let folio = self.shared.folio(index);
            self.out.push_str(&folio);
        }
    }

    /// The marks of a document that has no text here, side by side.
    pub(super) fn marks(&mut self) {
        if self.next_break >= self.breaks.len() {
            return;
        }
        self.out.push_str("<p class=\"marks\">");
        while self.next_break < self.breaks.len() {
            self.set_break("span");
            self.out.push('\n');
        }
        self.out.push_str("</p>\n");
        if let Some(index) = self.folio.take() {
            let folio = self.shared.folio(index);
            self.out.push_str(&folio);
        }
    }

    /// Closes the document: the pages that no block named, then its footnotes.
    pub(super) fn close(&mut self, level: u8) {
        while self.next_break < self.breaks.len() {
            self.set_break("div");
        }
        if let Some(index) = self.folio.take() {
            let folio = self.shared.folio(index);
            self.out.push_str(&folio);
        }
        self.endnotes(level);
    }

    fn inner(&mut self, blocks: &'e [Block]) {
        self.nested += 1;
        for block in blocks {
            self.block(block, None);
        }
        self.nested -= 1;
    }

    fn block(&mut self, block: &'e Block, number: Option<&'e str>) {
        self.breaks_before(block.span);
        let lang = self.shared.lang_attribute(block.lang.as_deref());
        match &block.kind {
            BlockKind::Heading { level, id, content } => {
                self.heading(*level, id.as_deref(), content, number, &lang);
            }
            BlockKind::Paragraph(content) => self.paragraph(content, number, &lang),
            BlockKind::List(list) => self.list(list, &lang),
            BlockKind::Quote(inner) => {
                let _ = writeln!(self.out, "<blockquote{lang}>");
                self.inner(inner);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Table(table) => self.table(table, None, &lang),
            BlockKind::Figure(figure) => self.figure(figure, &lang),
            BlockKind::Preformatted(text) => {
                let _ = write!(self.out, "<pre{lang}><code>");
                for line in text.lines() {
                    self.words(line.trim_end());
                    self.out.push('\n');
                }
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Rule => self.out.push_str("<hr>\n"),
        }
    }

    fn heading(
        &mut self,
        level: u8,
        id: Option<&str>,
        content: &'e [Inline],
        number: Option<&'e str>,
        lang: &str,
    ) {
        let words = plain(content);
        if words.trim().is_empty() && number.is_none() {
            // An empty heading tells nobody anything; an image in it still does.
            if content
                .iter()
                .any(|inline| matches!(inline.kind, InlineKind::Image(_)))
            {
                self.paragraph(content, None, lang);
            }
            return;
        }
        let calm = in_capitals(&words) && self.spellings.is_some();
        let words = if calm {
            self.sentence_case(&words)
        } else {
            words
        };
        self.calm = calm.then_some(true);
        self.last_heading = markup::clean(words.trim());
        if self.nested > 0 {
            let _ = write!(self.out, "<p class=\"run-in\"{lang}><strong>");
            self.number(number);
            self.inlines(content);
            self.calm = None;
            self.out.push_str("</strong></p>\n");
            return;
        }
        let on_page = self.ladder.step(level);
        let given = id.and_then(|id| self.here.get(id).cloned());
        let id = given.unwrap_or_else(|| {
            let name = number.map_or_else(|| slug(&words), anchor_number);
            self.shared.ids.claim(&format!("{}-{name}", self.prefix))
        });
        if level == 1 {
            let title = match number {
                Some(number) => format!("{} {}", number, self.last_heading),
                None => self.last_heading.clone(),
            };
            self.sections.push(Section {
                title,
                id: id.clone(),
            });
        }
        let _ = write!(self.out, "<h{on_page}{lang}");
        markup::pair(&mut self.out, "id", &id);
        self.out.push('>');
        self.number(number);
        self.inlines(content);
        self.calm = None;
        let _ = writeln!(self.out, "</h{on_page}>");
    }

    /// A heading as large print has it: one in capitals in sentence case.
    pub(super) fn sentence_case(&self, words: &str) -> String {
        match &self.spellings {
            Some(spellings) if in_capitals(words) => spellings.sentence_case(words, &mut true),
            _ => words.to_owned(),
        }
    }

    /// The heading of a minute.
    pub(super) fn minute_heading(
        &mut self,
        content: &'e [Inline],
        number: Option<&'e str>,
        span: Span,
    ) {
        self.breaks_before(span);
        self.heading(1, None, content, number, "");
        if let Some(index) = self.folio.take() {
            let folio = self.shared.folio(index);
            self.out.push_str(&folio);
        }
    }

    fn number(&mut self, number: Option<&str>) {
        if let Some(number) = number {
            self.out.push_str("<span class=\"number\">");
            markup::text(&mut self.out, number);
            self.out.push_str("</span> ");
        }
    }

    fn paragraph(&mut self, content: &'e [Inline], number: Option<&'e str>, lang: &str) {
        if blank(content) && number.is_none() {
            return;
        }
        let _ = write!(self.out, "<p{lang}");
        if let Some(number) = number {
            let id = self
                .shared
                .ids
                .claim(&format!("{}-{}", self.prefix, anchor_number(number)));
            markup::pair(&mut self.out, "id", &id);
            self.out.push_str(" class=\"numbered\"");
        }
        self.out.push('>');
        self.number(number);
        self.inlines(content);
        self.out.push_str("</p>\n");
    }

    fn list(&mut self, list: &'e List, lang: &str) {
        if list.items.is_empty() {
            return;
        }
        let labelled = list.items.iter().any(|item| item.label.is_some());
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        let _ = write!(self.out, "<{tag}{lang}");
        if let Some((start, mark)) = list.start {
            if start != 1 && start <= 1_000_000 {
                let _ = write!(self.out, " start=\"{start}\"");
            }
            if mark == ')' {
                self.out.push_str(" class=\"bracket\"");
            }
        } else if labelled {
            self.out.push_str(" class=\"labelled\"");
        }
        self.out.push_str(">\n");
        for item in &list.items {
            self.list_item(item, list.tight);
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn list_item(&mut self, item: &'e ListItem, tight: bool) {
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
        self.nested += 1;
        for (index, block) in item.blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(content)
                    if tight || (index == 0 && item.blocks.len() == 1) =>
                {
                    self.breaks_before(block.span);
                    let lang = self.shared.lang_attribute(block.lang.as_deref());
                    if lang.is_empty() {
                        self.inlines(content);
                    } else {
                        let _ = write!(self.out, "<span{lang}>");
                        self.inlines(content);
                        self.out.push_str("</span>");
                    }
                    if index + 1 < item.blocks.len() {
                        self.out.push('\n');
                    }
                }
                _ => self.block(block, None),
            }
        }
        self.nested -= 1;
        self.out.push_str("</li>\n");
    }

    fn figure(&mut self, figure: &'e Figure, lang: &str) {
        let _ = write!(self.out, "<figure{lang}>");
        self.image(figure);
        if let Some(caption) = figure.caption.as_deref().filter(|caption| !blank(caption)) {
            self.out.push_str("<figcaption>");
            self.inlines(caption);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    fn image(&mut self, figure: &Figure) {
        let alt = figure.alt.trim();
        let source = super::image::data_uri(self.shared.options, &figure.source);
        let set = super::image::set(self.shared.words, source.as_deref(), alt);
        self.out.push_str(&set);
    }

    /// What stands in a cell of a table.
    pub(super) fn cell(&mut self, blocks: &'e [Block]) {
        let outer = std::mem::replace(&mut self.in_cell, true);
        self.compact(blocks);
        self.in_cell = outer;
    }

    /// What stands in a cell or a note: a paragraph of its own only where there are several.
    fn compact(&mut self, blocks: &'e [Block]) {
        self.nested += 1;
        match blocks {
            [only] if matches!(only.kind, BlockKind::Paragraph(_)) && only.lang.is_none() => {
                if let BlockKind::Paragraph(content) = &only.kind {
                    self.breaks_before(only.span);
                    self.inlines(content);
                }
            }
            _ => {
                for block in blocks {
                    self.block(block, None);
                }
            }
        }
        self.nested -= 1;
    }

    /// Running text.
    pub(super) fn inlines(&mut self, inlines: &'e [Inline]) {
        self.inlines_at(inlines, 0);
    }

    fn inlines_at(&mut self, inlines: &'e [Inline], depth: usize) {
        if depth > MAX_INLINE_DEPTH {
            let words = plain(inlines);
            self.words(&words);
            return;
        }
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(words) => self.words(words),
                InlineKind::Strong(inner) => self.wrapped("strong", inner, depth),
                InlineKind::Emphasis(inner) => self.wrapped("em", inner, depth),
                InlineKind::Struck(inner) => self.wrapped("s", inner, depth),
                InlineKind::Code(words) => {
                    self.out.push_str("<code>");
                    self.words(words);
                    self.out.push_str("</code>");
                }
                InlineKind::Link { target, content } => self.link(target, content, depth),
                InlineKind::Image(figure) => self.image(figure),
                InlineKind::FootnoteRef(label) => self.note_reference(label),
                InlineKind::Lang(lang, inner) => {
                    let lang = self.shared.lang_attribute(Some(lang));
                    if lang.is_empty() {
                        self.inlines_at(inner, depth + 1);
                    } else {
                        let _ = write!(self.out, "<span{lang}>");
                        self.inlines_at(inner, depth + 1);
                        self.out.push_str("</span>");
                    }
                }
                InlineKind::SoftBreak => self.out.push('\n'),
                InlineKind::HardBreak => self.out.push_str("<br>\n"),
            }
        }
    }

    fn wrapped(&mut self, tag: &str, inner: &'e [Inline], depth: usize) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines_at(inner, depth + 1);
        let _ = write!(self.out, "</{tag}>");
    }

    fn link(&mut self, target: &LinkTarget, content: &'e [Inline], depth: usize) {
        let address = match target {
            _ if self.in_link || blank(content) => None,
            LinkTarget::Web(address) => markup::web_address(address),
            LinkTarget::Here(id) => self.here.get(id).map(|id| format!("#{id}")),
            LinkTarget::Item(number) => self.shared.items.get(number).map(|id| format!("#{id}")),
            LinkTarget::Appendix(position) => position
                .trim()
                .parse()
                .ok()
                .and_then(|position: usize| self.appendices.get(&position))
                .map(|id| format!("#{id}")),
        };
        let Some(address) = address else {
            self.inlines_at(content, depth + 1);
            return;
        };
        while let Some(PageAt::Letters(before)) = self.next_break_at()
            && before <= self.letters
        {
            self.set_break("span");
        }
        self.out.push_str("<a");
        markup::pair(&mut self.out, "href", &address);
        self.out.push('>');
        self.in_link = true;
        // A telephone number is not broken over lines.
        self.telephone = address.starts_with("tel:");
        self.inlines_at(content, depth + 1);
        self.telephone = false;
        self.in_link = false;
        self.out.push_str("</a>");
    }

    /// Words, with the mark of a page that begins among them.
    fn words(&mut self, words: &str) {
        let letters = words.chars().filter(|c| !c.is_whitespace()).count();
        while let Some(PageAt::Letters(before)) = self.next_break_at()
            && before < self.letters + letters
            && let Some(&index) = self.breaks.get(self.next_break)
        {
            let left = before.saturating_sub(self.letters);
            self.pending.push((left, index));
            self.next_break += 1;
        }
        self.letters += letters;
        if let (Some(opens), Some(spellings)) = (&mut self.calm, &self.spellings) {
            let calm = spellings.sentence_case(words, opens);
            markup::text(&mut self.out, &calm);
            return;
        }
        if self.telephone {
            markup::text(&mut self.out, &unbroken(words));
            for (left, _) in &mut self.pending {
                *left = left.saturating_sub(letters);
            }
            return;
        }
        if self.pending.is_empty() {
            self.text(words);
            return;
        }
        let mut rest = words;
        while !rest.is_empty() {
            let Some(&(letters, index)) = self.pending.first() else {
                break;
            };
            // Where the count is up, the break goes before the word that the next letter is in.
            let mut seen = 0;
            let mut word_start = 0;
            let mut after_space = true;
            let mut found = None;
            for (at, character) in rest.char_indices() {
                if character.is_whitespace() {
                    after_space = true;
                } else {
                    if after_space {
                        word_start = at;
                        after_space = false;
                    }
                    if seen == letters {
                        found = Some(word_start);
                        break;
                    }
                    seen += 1;
                }
            }
            match found {
                Some(at) => {
                    self.text(&rest[..at]);
                    let marks = self.shared.page_break(index, "span");
                    self.out.push_str(&marks);
                    self.folio = Some(index);
                    self.pending.remove(0);
                    let passed = rest[..at].chars().filter(|c| !c.is_whitespace()).count();
                    for (left, _) in &mut self.pending {
                        *left = left.saturating_sub(passed);
                    }
                    rest = &rest[at..];
                }
                None => {
                    for (left, _) in &mut self.pending {
                        *left = left.saturating_sub(seen);
                    }
                    break;
                }
            }
        }
        self.text(rest);
    }

    /// Words without marks; in a cell, long ones with places where a line may break.
    fn text(&mut self, words: &str) {
        if !self.in_cell {
            markup::text(&mut self.out, words);
            return;
        }
        let mut run = 0;
        let mut from = 0;
        for (at, character) in words.char_indices() {
            if character.is_whitespace() {
                run = 0;
                continue;
            }
            if run == LONG_WORD {
                markup::text(&mut self.out, &words[from..at]);
                self.out.push_str("<wbr>");
                from = at;
                run = 0;
            }
            run += 1;
        }
        markup::text(&mut self.out, &words[from..]);
    }

    fn note_reference(&mut self, label: &str) {
        let Some(&number) = self.note_numbers.get(label) else {
            return;
        };
        if self.in_link {
            let _ = write!(self.out, "<sup>{number}</sup>");
            return;
        }
        let Some((_, id)) = self.notes.get(number - 1) else {
            return;
        };
        let Some(count) = self.note_references.get_mut(number - 1) else {
            return;
        };
        *count += 1;
        let reference = reference_id(id, *count);
        let label = format!("{} {number}", self.shared.words.footnote());
        self.out.push_str("<sup class=\"note-ref\"><a");
        markup::pair(&mut self.out, "id", &reference);
        markup::pair(&mut self.out, "href", &format!("#{id}"));
        self.out.push_str(" role=\"doc-noteref\"");
        markup::pair(&mut self.out, "aria-label", &label);
        let _ = write!(self.out, ">{number}</a></sup>");
    }

    fn endnotes(&mut self, level: u8) {
        if self.notes.is_empty() {
            return;
        }
        let level = level.saturating_add(1).min(6);
        let heading = self.shared.ids.claim(&format!("{}-footnotes", self.prefix));
        self.out.push_str("<div class=\"footnotes\">\n");
        let _ = writeln!(
            self.out,
            "<h{level} id=\"{heading}\">{}</h{level}>\n<ol>",
            markup::escaped(self.shared.words.footnotes())
        );
        for index in 0..self.notes.len() {
            let Some((note, id)) = self.notes.get(index).cloned() else {
                continue;
            };
            self.out.push_str("<li");
            markup::pair(&mut self.out, "id", &id);
            self.out.push('>');
            self.compact(&note.blocks);
            let count = self.note_references.get(index).copied().unwrap_or(0);
            for reference in 1..=count {
                let words = match count {
                    1 => format!("{}, {}", self.shared.words.back_to_text(), index + 1),
                    _ => format!(
                        "{}, {}.{reference}",
                        self.shared.words.back_to_text(),
                        index + 1
                    ),
                };
                self.out
                    .push_str(" <a class=\"note-back\" role=\"doc-backlink\"");
                markup::pair(
                    &mut self.out,
                    "href",
                    &format!("#{}", reference_id(&id, reference)),
                );
                markup::pair(&mut self.out, "aria-label", &words);
                self.out.push_str(">↑</a>");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</div>\n");
    }

    fn next_break_at(&self) -> Option<PageAt> {
        let index = *self.breaks.get(self.next_break)?;
        self.shared.numbers.all().get(index).map(|page| page.at)
    }

    fn set_break(&mut self, element: &str) {
        if let Some(&index) = self.breaks.get(self.next_break) {
            let marks = self.shared.page_break(index, element);
            self.out.push_str(&marks);
            self.folio = Some(index);
            self.next_break += 1;
        }
    }

    /// Sets the pages that begin with a block, and notes those that begin inside it.
    fn breaks_before(&mut self, span: Span) {
        if self.next_break >= self.breaks.len() {
            return;
        }
        let pages = self.shared.numbers.all();
        let here = |at: PageAt| match at {
            PageAt::Block(start, _) => start.file == span.file && start.start == span.start,
            PageAt::Letters(letters) => letters <= self.letters,
            PageAt::Start | PageAt::Somewhere => false,
        };
        let Some(last) = (self.next_break..self.breaks.len()).rfind(|&at| {
            self.breaks
                .get(at)
                .and_then(|&page| pages.get(page))
                .is_some_and(|page| here(page.at))
        }) else {
            return;
        };
        while self.next_break <= last {
            match self.next_break_at() {
                Some(PageAt::Block(start, letters))
                    if letters > 0 && start.file == span.file && start.start == span.start =>
                {
                    if let Some(&index) = self.breaks.get(self.next_break) {
                        self.pending.push((letters, index));
                    }
                    self.next_break += 1;
                }
                _ if self.in_cell => self.set_break("span"),
                _ => self.set_break("div"),
            }
        }
        // At the document's own level it stays in view from the mark on.
        if self.nested == 0
            && self.pending.is_empty()
            && let Some(index) = self.folio.take()
        {
            let folio = self.shared.folio(index);
            self.out.push_str(&folio);
        }
    }
}

/// Whether running text shows nothing.
pub(super) fn blank(inlines: &[Inline]) -> bool {
    plain(inlines).trim().is_empty()
        && !inlines.iter().any(|inline| {
            matches!(
                inline.kind,
                InlineKind::Image(_) | InlineKind::FootnoteRef(_)
            )
        })
}

/// A telephone number as one unbroken word.
pub(super) fn unbroken(words: &str) -> String {
    words
        .chars()
        .map(|character| match character {
            ' ' => '\u{a0}',
            '-' => '\u{2011}',
            _ => character,
        })
        .collect()
}

/// "3.2." is the paragraph 3.2.
fn anchor_number(number: &str) -> String {
    number.trim().trim_end_matches(['.', ')', ':']).to_owned()
}

fn reference_id(note: &str, reference: usize) -> String {
    match reference {
        1 => format!("{note}-ref"),
        _ => format!("{note}-ref-{reference}"),
    }
}

/// The words of a heading as the end of an id.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for word in words
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
    {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().flat_map(char::to_lowercase).take(24));
    }
    slug
}
