//! What the pages say, written as prose: headings, paragraphs, lists, tables, notes.

use std::collections::{BTreeMap, HashSet};

use super::grid;
use super::lines::{Line, is_outline_number};
use super::page::Piece;
use super::paragraphs::{Paragraph, Pitches};
use crate::finding::Span;
use crate::pdf::reflow::blocks::Sink;
use crate::pdf::reflow::flow::{Flow, Style};
use crate::pdf::reflow::lists::{Item, is_bullet, labelled};
use crate::prose::{Block, BlockKind, Figure, Footnote, Inline, Prose};

/// Lists inside lists.
const DEEPEST: usize = 4;
/// Letters that are larger than most by this much make a heading.
const LARGER: f64 = 1.12;
/// A heading has at most so many letters.
const LONGEST: usize = 180;
/// Left edges nearer than this are the same, in ems.
const SAME: f64 = 0.7;

/// A piece and the page that it begins on.
pub(super) struct Placed {
    pub(super) page: usize,
    pub(super) piece: Piece,
}

/// The prose of some pieces.
pub(super) fn prose(pieces: Vec<Placed>, body: f64, pitches: &Pitches, at: Span) -> Prose {
    let styles = Styles::of(&pieces, body);
    let mut writer = Writer {
        at,
        notes: notes(&pieces, body),
        open: Vec::new(),
        blocks: Vec::new(),
        footnotes: Vec::new(),
    };
    for placed in pieces {
        writer.piece(placed, &styles, pitches);
    }
    writer.close(0);
    Prose {
        blocks: writer.blocks.into_iter().map(|(block, _)| block).collect(),
        footnotes: writer.footnotes,
    }
}

/// The blocks of some paragraphs, none of them a heading.
pub(super) fn blocks(paragraphs: &[Paragraph], at: Span) -> Vec<Block> {
    let mut writer = Writer {
        at,
        notes: BTreeMap::new(),
        open: Vec::new(),
        blocks: Vec::new(),
        footnotes: Vec::new(),
    };
    for paragraph in paragraphs {
        writer.paragraph(paragraph, 0);
    }
    writer.close(0);
    writer.blocks.into_iter().map(|(block, _)| block).collect()
}

/// The running text of some lines.
pub(super) fn paragraph(lines: &[Line], at: Span) -> Vec<Inline> {
    flow(lines, 0, None, 0).inlines(at, true)
}

/// The words of some lines, those after the first `skip` letters; numbers in `notes` that stand
/// high refer to notes.
fn flow(lines: &[Line], mut skip: usize, notes: Option<&HashSet<String>>, page: usize) -> Flow {
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

/// The looks that headings have, the highest first.
struct Styles {
    body: f64,
    bold_body: bool,
    looks: Vec<(i64, bool)>,
}

impl Styles {
    fn of(pieces: &[Placed], body: f64) -> Self {
        let paragraphs = || {
            pieces.iter().filter_map(|placed| match &placed.piece {
                Piece::Paragraph(paragraph) => Some(paragraph),
                _ => None,
            })
        };
        let letters = |bold: bool| -> usize {
            paragraphs()
                .filter(|paragraph| paragraph.bold == bold && paragraph.size < LARGER * body)
                .map(|paragraph| paragraph.text().chars().count())
                .sum()
        };
        let mut styles = Self {
            body,
            bold_body: letters(true) > letters(false),
            looks: Vec::new(),
        };
        let looks: HashSet<(i64, bool)> = paragraphs()
            .filter(|paragraph| styles.is_heading(paragraph))
            .map(look)
            .collect();
        styles.looks = looks.into_iter().collect();
        styles.looks.sort_unstable_by(|a, b| b.cmp(a));
        styles
    }

    fn is_heading(&self, paragraph: &Paragraph) -> bool {
        let text = paragraph.text();
        let letters = text.chars().count();
        let larger = paragraph.size >= LARGER * self.body;
        let heavier = paragraph.bold && !self.bold_body && paragraph.size > 0.95 * self.body;
        let ends = text.trim_end().chars().next_back();
        let sentence = matches!(ends, Some('.' | ';' | ','));
        let item = paragraph.label.as_ref().is_some_and(|(label, _)| {
            !is_outline_number(label.trim_end_matches('.'))
                && !label.starts_with(|c: char| c.is_ascii_digit())
        });
        let row = paragraph.lines.iter().any(|line| line.chunks.len() > 2);
        paragraph.lines.len() <= 4
            && !row
            && letters <= LONGEST
            && text.chars().any(char::is_alphabetic)
            && !item
            && ((larger && !(sentence && letters > 60))
                || (heavier && !sentence && letters <= LONGEST * 2 / 3))
    }

    /// The level of a heading; `None` for what is none.
    fn level(&self, paragraph: &Paragraph) -> Option<u8> {
        if !self.is_heading(paragraph) {
            return None;
        }
        let rank = self
            .looks
            .iter()
            .position(|known| *known == look(paragraph))?;
        Some(u8::try_from(rank + 1).unwrap_or(6).min(6))
    }
}

fn look(paragraph: &Paragraph) -> (i64, bool) {
    ((paragraph.size * 2.0).round() as i64, paragraph.bold)
}

/// The numbers of the notes at the foot of each page.
fn notes(pieces: &[Placed], body: f64) -> BTreeMap<usize, HashSet<String>> {
    let mut notes: BTreeMap<usize, HashSet<String>> = BTreeMap::new();
    for placed in pieces {
        if let Piece::Paragraph(paragraph) = &placed.piece
            && let Some(number) = note_number(paragraph, body)
        {
            notes.entry(placed.page).or_default().insert(number);
        }
    }
    notes
}

/// The number that a note in small print begins with.
fn note_number(paragraph: &Paragraph, body: f64) -> Option<String> {
    let first = paragraph.lines.first()?.words().next()?;
    let number = first.text.as_str();
    let digits =
        !number.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit());
    let small = first.bounds.height() < 0.8 * 0.95 * paragraph.size;
    (digits && small && paragraph.size < 0.95 * body).then(|| number.to_owned())
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

struct Writer {
    at: Span,
    notes: BTreeMap<usize, HashSet<String>>,
    open: Vec<Open>,
    blocks: Vec<(Block, usize)>,
    footnotes: Vec<Footnote>,
}

impl Writer {
    fn block(&self, kind: BlockKind) -> Block {
        Block {
            kind,
            span: self.at,
            lang: None,
        }
    }

    fn push(&mut self, kind: BlockKind, page: usize) {
        let block = self.block(kind);
        self.blocks.push((block, page));
    }

    fn piece(&mut self, placed: Placed, styles: &Styles, pitches: &Pitches) {
        let page = placed.page;
        let at = self.at;
        let made = match placed.piece {
            Piece::Paragraph(paragraph) => {
                if let Some(level) = styles.level(&paragraph) {
                    self.close(0);
                    let content = self.flow(&paragraph, 0, page).inlines(at, false);
                    self.push(
                        BlockKind::Heading {
                            level,
                            id: None,
                            content,
                        },
                        page,
                    );
                } else if let Some(label) = note_number(&paragraph, styles.body) {
                    self.note(&paragraph, label, page);
                } else {
                    self.paragraph(&paragraph, page);
                }
                return;
            }
            Piece::Grid(found) => grid::ruled(found, pitches, at),
            Piece::Aligned(found) => grid::aligned(found, at),
            Piece::Picture => vec![BlockKind::Figure(Figure {
                source: String::new(),
                alt: String::new(),
                caption: None,
                lettering: Vec::new(),
            })],
        };
        self.close(0);
        for kind in made {
            self.push(kind, page);
        }
    }

    fn flow(&self, paragraph: &Paragraph, skip: usize, page: usize) -> Flow {
        flow(&paragraph.lines, skip, self.notes.get(&page), page)
    }

    fn note(&mut self, paragraph: &Paragraph, label: String, page: usize) {
        if self.footnotes.iter().any(|note| note.label == label) {
            self.paragraph(paragraph, page);
            return;
        }
        let flow = flow(&paragraph.lines, label.chars().count(), None, page);
        let block = self.block(BlockKind::Paragraph(flow.inlines(self.at, true)));
        self.footnotes.push(Footnote {
            label,
            blocks: vec![block],
            span: self.at,
        });
    }

    fn paragraph(&mut self, paragraph: &Paragraph, page: usize) {
        let same = SAME * paragraph.size;
        let label = paragraph
            .label
            .clone()
            .filter(|(label, _)| !is_outline_number(label.trim_end_matches('.')));
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
                    self.blocks.push((block, page));
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
                flow: Flow::default(),
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
    fn close(&mut self, keep: usize) {
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
