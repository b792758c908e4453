//! The structure tree written as blocks.

mod asides;
mod reach;

use std::collections::HashSet;

use lopdf::Document;

use self::reach::reach;
use super::beside;
use super::columns::{Begun, RawCell, Spot};
use super::drawing;
use super::flow::{Flow, Style};
use super::gather::Gathered;
use super::solid;
use super::to_say::{Said, ToSay};
use crate::finding::Span;
use crate::pdf::structure::{Element, Kid, Role, StructureTree, web_target};
use crate::pdf::text::plain_characters;
use crate::prose::{Block, BlockKind, Footnote, Inline, List, MAX_DEPTH, Prose};

/// Makes the list of an element; what stands in none of its items goes to the sink.
type MakeList = fn(&mut Writer<'_>, usize, &Style, &mut Sink) -> Option<List>;
/// Makes the blocks of a table.
type MakeTable = fn(&mut Writer<'_>, usize) -> Made;

/// Makes one table of tables that stand side by side on a page, and the titles above it; the
/// headings are those that the page has again from one before it.
type Join = fn(&mut Writer<'_>, &[Kid], usize, &mut Vec<RawCell>) -> Option<Vec<BlockKind>>;

/// What a table becomes.
#[derive(Default)]
pub(super) struct Made {
    pub(super) blocks: Vec<BlockKind>,
    /// What stands in none of its cells.
    pub(super) around: Vec<(Block, usize)>,
    /// Whether it goes on with the table before it, if nothing is between them.
    pub(super) goes_on: bool,
}

/// Writes the tree as prose, and says how many characters of the pages it accounts for.
pub(super) fn write(
    doc: &Document,
    tree: &StructureTree,
    gathered: &Gathered,
    (list, table, joined): (MakeList, MakeTable, Join),
    outside: Vec<Said>,
    at: Span,
    lang: Option<&str>,
) -> (Prose, usize) {
    let mut writer = Writer {
        doc,
        tree,
        gathered,
        list,
        table,
        joined,
        at,
        lang: lang.map(str::to_owned),
        reach: reach(tree, gathered),
        footnotes: Vec::new(),
        referred: HashSet::new(),
        spoken: 0,
        depth: 0,
        to_say: ToSay::new(outside),
        heads: Vec::new(),
        begun: None,
        shown: drawing::Shown::default(),
    };
    let mut sink = Sink::default();
    let roots: Vec<Kid> = tree.roots.iter().copied().map(Kid::Element).collect();
    writer.each(&roots, &Style::default(), &mut sink);
    sink.flush(&writer);
    writer.to_say.ended();
    sink.blocks.extend(writer.to_say.due());
    let prose = Prose {
        blocks: sink.into_blocks(),
        footnotes: writer.footnotes,
    };
    (prose, writer.spoken)
}

/// Where blocks and the text between them collect.
#[derive(Default)]
pub(super) struct Sink {
    /// Finished blocks, each with the page that it begins on.
    pub(super) blocks: Vec<(Block, usize)>,
    pub(super) flow: Flow,
    /// Whether text on another page is another paragraph, as in a head that every page repeats.
    pub(super) by_page: bool,
    /// The last block, if it ends in a line of an address.
    pub(super) last: Option<solid::Last>,
}

impl Sink {
    /// Makes a paragraph of the text that has collected.
    pub(super) fn flush(&mut self, writer: &Writer<'_>) {
        let flow = std::mem::take(&mut self.flow);
        if flow.is_blank() {
            return;
        }
        let page = flow.page.unwrap_or(0);
        let line = flow.line().filter(|_| writer.depth == 0);
        let inlines = flow.inlines(writer.at, true);
        let paragraph = writer.block(BlockKind::Paragraph(inlines));
        solid::push(&mut self.blocks, &mut self.last, (paragraph, page), line);
    }

    /// The blocks alone.
    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks.into_iter().map(|(block, _)| block).collect()
    }
}

pub(super) struct Writer<'a> {
    doc: &'a Document,
    pub(super) tree: &'a StructureTree,
    gathered: &'a Gathered,
    list: MakeList,
    table: MakeTable,
    joined: Join,
    pub(super) at: Span,
    lang: Option<String>,
    reach: Vec<Option<usize>>,
    footnotes: Vec<Footnote>,
    referred: HashSet<String>,
    spoken: usize,
    /// How many lists, quotes and tables are open.
    depth: usize,
    /// Words outside the tags.
    to_say: ToSay,
    /// The headings that pages after the one they were found on have again.
    heads: Vec<RawCell>,
    /// The last table with heads, which one without may go on with.
    pub(super) begun: Option<Begun>,
    /// The pictures that were shown so far.
    shown: drawing::Shown,
}

impl Writer<'_> {
    pub(super) fn block(&self, kind: BlockKind) -> Block {
        Block {
            kind,
            span: self.at,
            lang: None,
        }
    }

    /// Whether an element has anything on the selected pages.
    pub(super) fn reaches(&self, index: usize) -> bool {
        self.reach[index].is_some()
    }

    /// Where the words of some content stand on the page.
    pub(super) fn place(&self, kids: &[Kid]) -> Spot {
        let mut place = Spot::default();
        for key in self.tree.content(kids) {
            let pieces = self.gathered.pieces.get(&key);
            for piece in pieces.into_iter().flatten() {
                place.add(piece);
            }
        }
        place
    }

    pub(super) fn kids(&mut self, index: usize, style: &Style, sink: &mut Sink) {
        let tree = self.tree;
        self.each(&tree.elements[index].kids, style, sink);
    }

    /// What content says, piece by piece.
    fn each(&mut self, mut kids: &[Kid], style: &Style, sink: &mut Sink) {
        while let [kid, rest @ ..] = kids {
            let run = kids.iter().take_while(|kid| self.is_table(kid)).count();
            if run > 1 {
                self.tables(&kids[..run], style, sink);
                kids = &kids[run..];
            } else {
                self.kid(kid, style, sink);
                kids = rest;
            }
        }
    }

    fn is_table(&self, kid: &Kid) -> bool {
        let Kid::Element(child) = kid else {
            return false;
        };
        let element = &self.tree.elements[*child];
        element.role == Role::Table && element.actual_text.is_none() && element.lang.is_none()
    }

    /// Tables one after another: as one where they are pieces of one, otherwise each as it is.
    fn tables(&mut self, kids: &[Kid], style: &Style, sink: &mut Sink) {
        let place = |kid: &Kid| self.place(std::slice::from_ref(kid));
        let places: Vec<Spot> = kids.iter().map(place).collect();
        let mut heads = std::mem::take(&mut self.heads);
        for group in beside::by_page(&places) {
            let (spoken, notes) = (self.spoken, self.footnotes.len());
            let (on, kids) = (&places[group.clone()], &kids[group]);
            let page = on
                .iter()
                .find_map(Spot::pages)
                .map_or(0, |(first, _)| first);
            let joined = beside::side_by_side(on)
                .then(|| self.deeper(|writer| (writer.joined)(writer, kids, page, &mut heads)))
                .flatten()
                .flatten();
            if let Some(made) = joined {
                self.begun = None;
                sink.flush(self);
                let made = made.into_iter().map(|kind| (self.block(kind), page));
                sink.blocks.extend(made);
                if self.depth == 0 {
                    self.to_say.reached(page);
                    sink.blocks.extend(self.to_say.due());
                }
                continue;
            }
            self.spoken = spoken;
            self.footnotes.truncate(notes);
            for kid in kids {
                self.kid(kid, style, sink);
            }
        }
        self.heads = heads;
    }

    pub(super) fn kid(&mut self, kid: &Kid, style: &Style, sink: &mut Sink) {
        match kid {
            Kid::Element(child) => self.element(*child, style, sink),
            Kid::Content(key) => {
                let gathered = self.gathered;
                for piece in gathered.pieces.get(key).into_iter().flatten() {
                    self.spoken += piece.weight;
                    if sink.by_page && sink.flow.page.is_some_and(|page| page != piece.page) {
                        sink.flush(self);
                    }
                    sink.flow.piece(piece, style);
                }
                self.to_say.passed(key);
            }
            Kid::Object(id) => {
                let gathered = self.gathered;
                for piece in gathered.fields.get(id).into_iter().flatten() {
                    self.spoken += piece.weight;
                    sink.flow.piece(piece, style);
                }
            }
        }
    }

    /// Blocks of what is inside an element, apart from what is around it.
    pub(super) fn inner(&mut self, index: usize, style: &Style) -> Sink {
        let mut sink = Sink::default();
        self.kids(index, style, &mut sink);
        sink.flush(self);
        sink
    }

    /// The same with the text of each page in paragraphs of its own.
    pub(super) fn inner_by_page(&mut self, index: usize, style: &Style) -> Sink {
        let mut sink = Sink {
            by_page: true,
            ..Sink::default()
        };
        self.kids(index, style, &mut sink);
        sink.flush(self);
        sink
    }

    /// The words of what is inside an element.
    pub(super) fn inner_text(&mut self, index: usize) -> String {
        let mut sink = Sink::default();
        self.kids(index, &Style::default(), &mut sink);
        let mut text = String::new();
        for (block, _) in &sink.blocks {
            if let BlockKind::Paragraph(inlines) = &block.kind {
                text.push_str(&crate::prose::plain(inlines));
                text.push(' ');
            }
        }
        text.push_str(&sink.flow.plain());
        text.trim().to_owned()
    }

    /// One running text of what is inside an element, and the blocks that would not fit into it.
    fn inner_line(&mut self, index: usize, style: &Style) -> (Vec<Inline>, Vec<(Block, usize)>) {
        let mut sink = Sink::default();
        self.kids(index, style, &mut sink);
        if sink.blocks.is_empty() {
            return (sink.flow.inlines(self.at, false), Vec::new());
        }
        sink.flush(self);
        let mut line: Vec<Inline> = Vec::new();
        let mut rest = Vec::new();
        for (block, page) in sink.blocks {
            match block.kind {
                BlockKind::Paragraph(inlines) => {
                    if !line.is_empty() {
                        line.push(Inline {
                            kind: crate::prose::InlineKind::SoftBreak,
                            span: self.at,
                        });
                    }
                    line.extend(inlines);
                }
                _ => rest.push((block, page)),
            }
        }
        (line, rest)
    }

    /// Enters a list, a quote or a table; `None` where they nest too deep to be kept.
    pub(super) fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth + 3 > MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let made = inside(self);
        self.depth -= 1;
        Some(made)
    }

    fn element(&mut self, index: usize, style: &Style, sink: &mut Sink) {
        let tree = self.tree;
        let element = &tree.elements[index];
        let Some(page) = self.reach[index] else {
            return;
        };
        if element.role == Role::Artifact {
            return;
        }
        if let Some(text) = &element.actual_text
            && !matches!(element.role, Role::Figure | Role::Formula)
        {
            self.replaced(index, text, page, style, sink);
            return;
        }
        let lang = element
            .lang
            .clone()
            .filter(|lang| Some(lang) != self.lang.as_ref());
        if element.role.is_inline() {
            self.inline(index, element, lang, page, style, sink);
            return;
        }
        sink.flush(self);
        if self.depth == 0 {
            self.to_say.reached(page);
            sink.blocks.extend(self.to_say.due());
        }
        let first = sink.blocks.len();
        if lang.is_some() {
            sink.last = None;
        }
        self.block_element(index, element, page, style, sink);
        sink.flush(self);
        if let Some(lang) = lang {
            sink.last = None;
            for (block, _) in &mut sink.blocks[first..] {
                block.lang.get_or_insert_with(|| lang.clone());
            }
        }
        if self.depth == 0 {
            sink.blocks.extend(self.to_say.due());
        }
    }

    fn replaced(&mut self, index: usize, text: &str, page: usize, style: &Style, sink: &mut Sink) {
        let element = &self.tree.elements[index];
        let text: String = plain_characters(text).collect();
        let mut silent = Sink::default();
        self.kids(index, style, &mut silent);
        let heading = matches!(element.role, Role::Heading(_) | Role::Title);
        if element.role.is_inline() {
            sink.flow.words(&text, style, Some(page));
        } else {
            sink.flush(self);
            let mut flow = Flow::default();
            flow.words(&text, style, Some(page));
            if heading && self.depth == 0 && !flow.is_blank() {
                let inlines = flow.inlines(self.at, false);
                self.heading(element.role, inlines, page, sink);
            } else {
                sink.flow = flow;
                sink.flush(self);
            }
        }
    }

    fn inline(
        &mut self,
        index: usize,
        element: &Element,
        lang: Option<String>,
        page: usize,
        style: &Style,
        sink: &mut Sink,
    ) {
        let mut style = style.clone();
        if lang.is_some() {
            style.lang = lang;
        }
        match element.role {
            Role::Link => {
                style.link = element
                    .kids
                    .iter()
                    .find_map(|kid| match kid {
                        Kid::Object(id) => web_target(self.doc, *id),
                        _ => None,
                    })
                    .or(style.link);
                self.kids(index, &style, sink);
            }
            Role::Reference => {
                let text = self.peek_text(index);
                let label = text.trim();
                if !label.is_empty() && label.chars().all(|c| c.is_ascii_digit()) {
                    style.reference = true;
                    style.link = None;
                    self.referred.insert(label.to_owned());
                }
                self.kids(index, &style, sink);
            }
            Role::Label => {
                self.kids(index, &style, sink);
                sink.flow.words(" ", &style, Some(page));
            }
            Role::Strong => {
                style.bold = true;
                self.kids(index, &style, sink);
            }
            Role::Emphasis => {
                style.italic = true;
                self.kids(index, &style, sink);
            }
            Role::Code => {
                style.code = true;
                self.kids(index, &style, sink);
            }
            Role::Line => {
                self.kids(index, &style, sink);
                sink.flow.words("\n", &style, Some(page));
            }
            _ => self.kids(index, &style, sink),
        }
    }

    /// The words inside an element, without counting them as said.
    fn peek_text(&mut self, index: usize) -> String {
        let spoken = self.spoken;
        let notes = self.footnotes.len();
        let text = self.inner_text(index);
        self.spoken = spoken;
        self.footnotes.truncate(notes);
        text
    }

    fn block_element(
        &mut self,
        index: usize,
        element: &Element,
        page: usize,
        style: &Style,
        sink: &mut Sink,
    ) {
        match element.role {
            Role::Heading(_) | Role::Title => {
                let (inlines, rest) = self.inner_line(index, style);
                if !inlines.is_empty() {
                    if self.depth == 0 {
                        self.heading(element.role, inlines, page, sink);
                    } else {
                        sink.blocks
                            .push((self.block(BlockKind::Paragraph(inlines)), page));
                    }
                }
                sink.blocks.extend(rest);
            }
            Role::List | Role::Contents => {
                match self.deeper(|writer| (writer.list)(writer, index, style, sink)) {
                    Some(Some(list)) => {
                        sink.blocks.push((self.block(BlockKind::List(list)), page));
                    }
                    Some(None) => {}
                    None => self.kids(index, style, sink),
                }
            }
            Role::Table => match self.deeper(|writer| (writer.table)(writer, index)) {
                Some(mut made) => {
                    let last = sink.blocks.last_mut().map(|(block, _)| &mut block.kind);
                    if let (true, Some(BlockKind::Table(table)), [BlockKind::Table(more)]) =
                        (made.goes_on, last, made.blocks.as_mut_slice())
                    {
                        table.rows.append(&mut more.rows);
                        made.blocks.clear();
                    }
                    let made_blocks = made.blocks.into_iter();
                    sink.blocks
                        .extend(made_blocks.map(|kind| (self.block(kind), page)));
                    sink.blocks.extend(made.around);
                }
                None => self.kids(index, style, sink),
            },
            Role::BlockQuote => match self.deeper(|writer| writer.inner(index, style)) {
                Some(inner) => {
                    let blocks = inner.into_blocks();
                    if !blocks.is_empty() {
                        sink.blocks
                            .push((self.block(BlockKind::Quote(blocks)), page));
                    }
                }
                None => self.kids(index, style, sink),
            },
            Role::Figure | Role::Formula => self.figure(element, page, style, sink),
            Role::Note => self.note(index, style, sink),
            _ => self.kids(index, style, sink),
        }
    }

    fn heading(&self, role: Role, content: Vec<Inline>, page: usize, sink: &mut Sink) {
        let level = match role {
            Role::Heading(level) => level,
            _ => 1,
        };
        let kind = BlockKind::Heading {
            level,
            id: None,
            content,
        };
        sink.blocks.push((self.block(kind), page));
    }
}
