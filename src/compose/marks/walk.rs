//! The author's words of a part in their order, and marks put between them. Reading and writing are
//! one walk, so that both count the same words.

use std::collections::VecDeque;

use crate::compose::part::{
    AgendaRow, Block, BlockKind, Cell, ContentsRow, Field, Inline, ListItem, MemberLine, Numbering,
    Part, Row, Table, plain_blocks,
};
use crate::prose::page_starts::{PICTURE, Words};

/// A walk through a part.
#[derive(Default)]
pub(super) struct Walk {
    /// The words read so far.
    pub(super) words: Words,
    /// The marks that are still to be put in: before which word, and their labels.
    pending: VecDeque<(usize, String)>,
    /// What a mark prints, with `{page}`, and a mark of several pages, with `{first}` and `{last}`.
    says: [String; 2],
}

impl Walk {
    /// A walk that puts these marks in.
    pub(super) fn writing(pending: VecDeque<(usize, String)>, says: [&str; 2]) -> Self {
        Self {
            pending,
            says: says.map(str::to_owned),
            ..Self::default()
        }
    }

    /// Goes through a part. Marks that are left stand at its end.
    pub(super) fn part(&mut self, part: &mut Part) {
        part.blocks = self.blocks(std::mem::take(&mut part.blocks));
        let left = std::mem::take(&mut self.pending);
        let left = left.into_iter().map(|(_, label)| label).collect();
        part.blocks.extend(self.mark(left));
    }

    /// Blocks, between which pages may begin.
    fn blocks(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            out.extend(self.due());
            self.block(block, &mut out);
        }
        out
    }

    /// The mark before the next word, with which a page may begin.
    fn due(&mut self) -> Option<Block> {
        self.words.end_word();
        self.words.cut = true;
        let labels = self.labels();
        self.mark(labels)
    }

    /// The labels of the pages that begin before the next word.
    fn labels(&mut self) -> Vec<String> {
        let next = self.words.tokens.len();
        let mut labels = Vec::new();
        while self.pending.front().is_some_and(|(at, _)| *at <= next) {
            labels.extend(self.pending.pop_front().map(|(_, label)| label));
        }
        labels
    }

    fn mark(&self, labels: Vec<String>) -> Option<Block> {
        let (also, label, words) = self.said_of(labels)?;
        Some(Block::new(BlockKind::PageMark { also, label, words }))
    }

    /// The labels of a mark and what it prints, if there is one.
    fn said_of(&self, mut labels: Vec<String>) -> Option<(Vec<String>, String, String)> {
        let label = labels.pop()?;
        let [one, several] = &self.says;
        let words = match labels.first() {
            None => one.replace("{page}", &label),
            Some(first) => several.replace("{first}", first).replace("{last}", &label),
        };
        Some((labels, label, words))
    }

    fn block(&mut self, mut block: Block, out: &mut Vec<Block>) {
        match &mut block.kind {
            BlockKind::Paragraph { content, .. } => {
                let mut at = Within::default();
                *content = self.inlines(std::mem::take(content), &mut at);
            }
            BlockKind::Quote { blocks }
            | BlockKind::Panel { blocks, .. }
            | BlockKind::Leaf { blocks }
            | BlockKind::Foot { blocks } => *blocks = self.blocks(std::mem::take(blocks)),
            BlockKind::Table(table) => self.table(table),
            BlockKind::List { items, .. } => {
                let rows = std::mem::take(items);
                return self.rows(block, rows, out, Self::item, |kind, first, rows| {
                    if let BlockKind::List {
                        items, numbering, ..
                    } = kind
                    {
                        *items = rows;
                        *numbering = numbering.map(|numbering| Numbering {
                            start: numbering.start + first as u64,
                            ..numbering
                        });
                    }
                });
            }
            BlockKind::Fields { rows, .. } => {
                let rows = std::mem::take(rows);
                return self.rows(block, rows, out, Self::field, |kind, _, rows| {
                    if let BlockKind::Fields { rows: of, .. } = kind {
                        *of = rows;
                    }
                });
            }
            BlockKind::Agenda { rows } => {
                let rows = std::mem::take(rows);
                let read = |walk: &mut Self, row: &mut AgendaRow| {
                    walk.said(&row.number);
                    walk.read(&row.title);
                    row.sub.iter().for_each(|sub| walk.said(sub));
                    row.notes.iter().for_each(|note| walk.read(note));
                };
                return self.rows(block, rows, out, read, |kind, _, rows| {
                    if let BlockKind::Agenda { rows: of } = kind {
                        *of = rows;
                    }
                });
            }
            BlockKind::Contents { rows } => {
                let rows = std::mem::take(rows);
                let read = |walk: &mut Self, row: &mut ContentsRow| {
                    walk.read(&row.title);
                };
                return self.rows(block, rows, out, read, |kind, _, rows| {
                    if let BlockKind::Contents { rows: of } = kind {
                        *of = rows;
                    }
                });
            }
            BlockKind::Members { members, .. } => {
                let rows = std::mem::take(members);
                let read = |walk: &mut Self, member: &mut MemberLine| {
                    walk.said(&member.name);
                    walk.said(member.note.as_deref().unwrap_or_default());
                };
                return self.rows(block, rows, out, read, |kind, _, rows| {
                    if let BlockKind::Members { members, .. } = kind {
                        *members = rows;
                    }
                });
            }
            _ => self.whole(&block),
        }
        self.words.end_word();
        out.push(block);
    }

    /// A block of rows, which is split where a page begins with one of its rows. `put` gives a piece
    /// its rows, and the index that the first of them had.
    fn rows<R>(
        &mut self,
        block: Block,
        rows: Vec<R>,
        out: &mut Vec<Block>,
        read: impl Fn(&mut Self, &mut R),
        put: impl Fn(&mut BlockKind, usize, Vec<R>),
    ) {
        let mut piece = Vec::with_capacity(rows.len());
        let mut first = 0;
        let empty = Block {
            anchor: None,
            ..block.clone()
        };
        let mut open = block;
        for (at, mut row) in rows.into_iter().enumerate() {
            let due = self.due();
            if due.is_some() && !piece.is_empty() {
                put(&mut open.kind, first, std::mem::take(&mut piece));
                out.push(std::mem::replace(&mut open, empty.clone()));
                first = at;
            }
            out.extend(due);
            read(self, &mut row);
            self.words.end_word();
            piece.push(row);
        }
        put(&mut open.kind, first, piece);
        out.push(open);
    }

    fn item(&mut self, item: &mut ListItem) {
        item.blocks = self.blocks(std::mem::take(&mut item.blocks));
    }

    fn field(&mut self, field: &mut Field) {
        self.said(&field.label);
        field.lines.iter().for_each(|line| self.read(line));
    }

    /// A table, in which a page may begin with a row, or inside a cell with much text. Where a cell
    /// spans down into the row, the mark is put at the start of the row's first own cell.
    fn table(&mut self, table: &mut Table) {
        self.read(table.caption.as_deref().unwrap_or_default());
        let columns = table.columns.len().max(1);
        let mut rows = Vec::with_capacity(table.rows.len());
        let mut reached = 0;
        for (y, mut row) in std::mem::take(&mut table.rows).into_iter().enumerate() {
            let head = y < table.header_rows;
            if !head && y > 0 {
                let due = self.due();
                if y >= reached {
                    rows.extend(due.into_iter().map(|mark| Row {
                        cells: vec![Cell {
                            blocks: vec![mark],
                            header: false,
                            columns,
                            rows: 1,
                        }],
                        mark: None,
                    }));
                } else if let Some(cell) = row.cells.first_mut() {
                    cell.blocks.splice(0..0, due);
                }
            }
            for cell in &mut row.cells {
                reached = reached.max(y + cell.rows);
                if head || cell.header || cell.rows > 1 || is_brief(&cell.blocks) {
                    cell.blocks.iter().for_each(|block| self.whole(block));
                } else {
                    cell.blocks = self.blocks(std::mem::take(&mut cell.blocks));
                }
            }
            rows.push(row);
        }
        table.rows = rows;
    }

    /// A block that no page begins inside.
    fn whole(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                self.read(content);
            }
            BlockKind::Preformatted { text } => self.said(text),
            BlockKind::Figure(figure) => {
                self.said(PICTURE.encode_utf8(&mut [0; 4]));
                self.read(figure.caption.as_deref().unwrap_or_default());
            }
            BlockKind::Masthead(masthead) => {
                for words in [&masthead.council, &masthead.body] {
                    self.said(words);
                }
            }
            BlockKind::Signature { lines } => lines.iter().for_each(|line| self.said(line)),
            BlockKind::Fields { rows, .. } => {
                for row in rows {
                    self.said(&row.label);
                    row.lines.iter().for_each(|line| self.read(line));
                }
            }
            _ => {
                for inner in block.inner() {
                    inner.iter().for_each(|block| self.whole(block));
                }
            }
        }
    }

    /// Words that do not run on from those before or into those after.
    fn said(&mut self, text: &str) {
        self.words.end_word();
        self.words.text(text);
        self.words.end_word();
    }

    /// Running text that no page begins in the middle of.
    fn read(&mut self, content: &[Inline]) {
        self.words.end_word();
        self.gather(content);
        self.words.end_word();
    }

    /// Running text without the numbers of pages and notes, which are not the author's words.
    fn gather(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text { text } | Inline::Code { text } => self.words.text(text),
                Inline::Image(_) => self.said(PICTURE.encode_utf8(&mut [0; 4])),
                Inline::Break => self.words.end_word(),
                _ => self.gather(inline.inner()),
            }
        }
    }

    /// Running text that a page may begin in the middle of, before any word that is not inside
    /// something to be kept whole.
    fn inlines(&mut self, content: Vec<Inline>, at: &mut Within) -> Vec<Inline> {
        let mut out = Vec::with_capacity(content.len());
        for mut inline in content {
            match &mut inline {
                Inline::Text { text } => {
                    self.split(text, at, &mut out);
                    continue;
                }
                Inline::Strong { content }
                | Inline::Emphasis { content }
                | Inline::Struck { content }
                | Inline::Lang { content, .. } => {
                    *content = self.inlines(std::mem::take(content), at);
                }
                Inline::Break => {
                    self.words.end_word();
                    *at = Within {
                        begun: true,
                        ..Within::default()
                    };
                }
                // What closes a bracket around it stays with it.
                Inline::Page { .. } | Inline::Note { .. } | Inline::NoteAgain { .. } => {
                    *at = Within {
                        in_word: true,
                        begun: true,
                    };
                }
                whole => {
                    if !at.in_word && at.begun {
                        self.words.end_word();
                        self.words.cut = true;
                        out.extend(self.inline_mark());
                    }
                    *at = Within {
                        in_word: true,
                        begun: true,
                    };
                    self.gather(std::slice::from_ref(whole));
                }
            }
            out.push(inline);
        }
        out
    }

    fn inline_mark(&mut self) -> Option<Inline> {
        let labels = self.labels();
        let (also, label, words) = self.said_of(labels)?;
        Some(Inline::PageMark { also, label, words })
    }

    /// A text, cut where pages begin in it.
    fn split(&mut self, text: &str, at: &mut Within, out: &mut Vec<Inline>) {
        let mut done = 0;
        for (place, character) in text.char_indices() {
            if character.is_whitespace() {
                at.in_word = false;
            } else if !at.in_word {
                at.in_word = true;
                self.words.end_word();
                let word = text[place..].split(char::is_whitespace).next();
                let lettered = word.is_some_and(|word| word.contains(char::is_alphanumeric));
                // The first word of all has its mark before the paragraph, and a token without
                // letters stays with the word before it.
                if at.begun && lettered {
                    self.words.cut = true;
                    if let Some(mark) = self.inline_mark() {
                        let before = text[done..place].trim_end();
                        if !before.is_empty() {
                            out.push(Inline::text(before));
                        }
                        out.push(mark);
                        done = place;
                    }
                }
                at.begun = true;
            }
            self.words.character(character);
        }
        if done < text.len() || done == 0 {
            out.push(Inline::text(&text[done..]));
        }
    }
}

/// Whether a cell says so little that no page begins inside it.
fn is_brief(blocks: &[Block]) -> bool {
    /// In bytes: about two lines.
    const BRIEF: usize = 100;
    plain_blocks(blocks).len() <= BRIEF
}

/// Where a walk is in running text.
#[derive(Default)]
struct Within {
    /// Whether the last character was not whitespace.
    in_word: bool,
    /// Whether any word has been read.
    begun: bool,
}
