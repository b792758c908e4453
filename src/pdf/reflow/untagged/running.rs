//! Paragraphs written as running text and as the items of lists.

use std::collections::{BTreeMap, HashSet};

use super::lines::{Line, is_outline_number};
use super::paragraphs::Paragraph;
use crate::finding::Span;
use crate::pdf::reflow::blocks::Sink;
use crate::pdf::reflow::flow::{Flow, Style};
use crate::pdf::reflow::lists::{Item, is_bullet, labelled};
use crate::pdf::reflow::solid;
use crate::prose::{Block, BlockKind, Inline};

/// Lists inside lists.
const DEEPEST: usize = 4;
/// Left edges nearer than this are the same, in ems.
const SAME: f64 = 0.7;

/// The blocks of some paragraphs, none of them a heading.
pub(super) fn blocks(paragraphs: &[Paragraph], at: Span) -> Vec<Block> {
    let mut running = Running::new(BTreeMap::new(), at);
    for paragraph in paragraphs {
        running.paragraph(paragraph, 0);
    }
    running.finish()
}

/// The running text of some lines.
pub(super) fn paragraph(lines: &[Line], at: Span) -> Vec<Inline> {
    flow(lines, 0, None, 0).inlines(at, true)
}

/// The words of some lines, those after the first `skip` letters; numbers in `notes` that stand
/// high refer to notes.
pub(super) fn flow(
    lines: &[Line],
    mut skip: usize,
    notes: Option<&HashSet<String>>,
    page: usize,
) -> Flow {
    let mut flow = Flow::default();
    for (index, line) in lines.iter().enumerate() {
        let mut before = if index > 0 { "\n" } else { "" };
        for word in line.words() {
            let letters = word.text.chars().count();
            if skip > 0 {
                skip = skip.saturating_sub(letters);
                continue;
            }
            let small = word.bounds.height() < 0.8 * line.size * 0.95;
            let raised = small && word.bounds.y1 < line.baseline + 0.05 * line.size;
            let style = Style {
                bold: word.bold,
                italic: word.italic,
                link: word.link.as_deref().map(str::to_owned),
                reference: raised && notes.is_some_and(|notes| notes.contains(&word.text)),
                ..Style::default()
            };
            if before.is_empty() && word.apart {
                before = " ";
            }
            // the space goes with the plainer style, so that a reference is its number alone
            flow.words(
                before,
                &Style {
                    reference: false,
                    ..style.clone()
                },
                Some(page),
            );
            flow.words(&word.text, &style, Some(page));
            before = "";
        }
    }
    flow
}

/// A list whose items are still coming.
struct Open {
    left: f64,
    words: f64,
    numbered: Numbered,
    items: Vec<Item>,
    page: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbered {
    Not,
    Digits,
    Letters,
}

fn numbered(label: &str) -> Numbered {
    if is_bullet(label) {
        Numbered::Not
    } else if label.chars().any(|c| c.is_ascii_digit()) {
        Numbered::Digits
    } else {
        Numbered::Letters
    }
}

/// Blocks in the making: paragraphs and the lists that they are items of.
pub(super) struct Running {
    pub(super) at: Span,
    /// The numbers of the notes on each page.
    notes: BTreeMap<usize, HashSet<String>>,
    open: Vec<Open>,
    blocks: Vec<(Block, usize)>,
    /// The last block, if it ends in a line of an address.
    last: Option<solid::Last>,
}

/// Where a paragraph stands, if it may be a line of an address.
fn of_address(paragraph: &Paragraph) -> Option<solid::Line> {
    let [line] = paragraph.lines.as_slice() else {
        return None;
    };
    let placed = solid::Line {
        left: line.bounds.x0,
        right: line.bounds.x1,
        down: line.baseline,
        em: line.size,
    };
    placed
        .may_be_of_address(&line.text(), paragraph.bold)
        .then_some(placed)
}

impl Running {
    /// Nothing yet.
    pub(super) fn new(notes: BTreeMap<usize, HashSet<String>>, at: Span) -> Self {
        Self {
            at,
            notes,
            open: Vec::new(),
            blocks: Vec::new(),
            last: None,
        }
    }

    /// The blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close(0);
        self.blocks.into_iter().map(|(block, _)| block).collect()
    }

    pub(super) fn block(&self, kind: BlockKind) -> Block {
        Block {
            kind,
            span: self.at,
            lang: None,
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, page: usize) {
        let block = self.block(kind);
        self.blocks.push((block, page));
    }

    pub(super) fn flow(&self, paragraph: &Paragraph, skip: usize, page: usize) -> Flow {
        flow(&paragraph.lines, skip, self.notes.get(&page), page)
    }

    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, page: usize) {
        let same = SAME * paragraph.size;
        let label = paragraph
            .label
            .clone()
            .filter(|(label, _)| !is_outline_number(label));
        let Some((label, words)) = label else {
            let inner = self
                .open
                .iter()
                .rposition(|open| (paragraph.left - open.words).abs() < 1.5 * same);
            let content = self.flow(paragraph, 0, page).inlines(self.at, true);
            let block = self.block(BlockKind::Paragraph(content));
            match inner {
                Some(level) => {
                    self.close(level + 1);
                    if let Some(item) = self.open.last_mut().and_then(|open| open.items.last_mut())
                    {
                        item.body.blocks.push((block, page));
                    }
                }
                None => {
                    self.close(0);
                    let line = of_address(paragraph);
                    solid::push(&mut self.blocks, &mut self.last, (block, page), line);
                }
            }
            return;
        };
        let kind = numbered(&label);
        while self.open.last().is_some_and(|open| {
            open.left > paragraph.left + same
                || ((open.left - paragraph.left).abs() <= same && open.numbered != kind)
                || (open.left + same < paragraph.left && self.open.len() >= DEEPEST)
        }) {
            self.close(self.open.len() - 1);
        }
        let content = self
            .flow(paragraph, label.chars().count(), page)
            .inlines(self.at, true);
        let item = Item {
            label: if kind == Numbered::Not {
                String::new()
            } else {
                label
            },
            body: Sink {
                blocks: vec![(self.block(BlockKind::Paragraph(content)), page)],
                ..Sink::default()
            },
        };
        match self.open.last_mut() {
            Some(open) if (open.left - paragraph.left).abs() <= same => {
                open.words = words;
                open.items.push(item);
            }
            _ => self.open.push(Open {
                left: paragraph.left,
                words,
                numbered: kind,
                items: vec![item],
                page,
            }),
        }
    }

    /// Closes the lists that are open, but for the outermost `keep`.
    pub(super) fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            let Some(open) = self.open.pop() else {
                return;
            };
            let list = labelled(self.at, open.items);
            let block = self.block(BlockKind::List(list));
            match self
                .open
                .last_mut()
                .and_then(|outer| outer.items.last_mut())
            {
                Some(item) => item.body.blocks.push((block, open.page)),
                None => self.blocks.push((block, open.page)),
            }
        }
    }
}
