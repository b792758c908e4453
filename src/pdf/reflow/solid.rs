//! Lines set solid, as those of an address are: files have each in a paragraph of its own.

use crate::prose::{Block, BlockKind, Inline, InlineKind};

/// The longest line of an address, in ems: three quarters of a page.
const SHORT: f64 = 28.0;
/// How far below another a line stands at the most with which it is set solid, in ems.
const SOLID: f64 = 1.45;
/// How far beside another a line may begin or end, in ems.
const BESIDE: f64 = 0.15;
/// How far the sizes of two lines may differ.
const ALIKE: f64 = 0.06;

/// Where a line stands, in points along it and down from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) down: f64,
    pub(super) em: f64,
}

impl Line {
    /// Whether a line with these words may be one of an address: a short one that is neither a label
    /// in bold, nor a sentence, nor an item of a list.
    pub(super) fn may_be_of_address(&self, text: &str, bold: bool) -> bool {
        let text = text.trim();
        let label = text.split_whitespace().next().unwrap_or_default();
        let listed = label.ends_with(['.', ')']) || !text.starts_with(char::is_alphanumeric);
        let said = text.ends_with(['.', ';', ':']);
        let short = self.right - self.left <= SHORT * self.em;
        short && !bold && !listed && !said
    }

    /// Whether it stands right below another: as large, and at one edge with it.
    fn is_below(&self, above: &Self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= BESIDE * self.em;
        let step = self.down - above.down;
        (self.em - above.em).abs() <= ALIKE * self.em
            && (near(self.left, above.left) || near(self.right, above.right))
            && (0.0..=SOLID * self.em).contains(&step)
    }
}

/// The last block, if it ends in a line of an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    /// How many blocks there are with it.
    blocks: usize,
    page: usize,
    line: Line,
}

/// Adds a paragraph, as the next line of the one before it if that is an address. `line` is where it
/// stands if it may be a line of one.
pub(super) fn push(
    blocks: &mut Vec<(Block, usize)>,
    last: &mut Option<Last>,
    (block, page): (Block, usize),
    line: Option<Line>,
) {
    let joins = last.zip(line).is_some_and(|(last, line)| {
        (last.blocks, last.page) == (blocks.len(), page) && line.is_below(&last.line)
    });
    let above = blocks.last_mut().filter(|_| joins);
    let above = above.map(|(above, _)| &mut above.kind);
    match (above, block.kind) {
        (Some(BlockKind::Paragraph(lines)), BlockKind::Paragraph(words)) => {
            lines.push(Inline {
                kind: InlineKind::HardBreak,
                span: block.span,
            });
            lines.extend(words);
        }
        (_, kind) => blocks.push((Block { kind, ..block }, page)),
    }
    *last = line.map(|line| Last {
        blocks: blocks.len(),
        page,
        line,
    });
}
