//! The tree of blocks and inlines that Markdown, Word files and PDFs are read into. Every node keeps
//! the place in the source that it came from.
//!
//! This room knows what prose is made of. It does not know where the text came from, what a
//! paragraph number or a decision is, or how anything looks.

pub mod capitals;
pub(crate) mod codes;
pub mod compare;
mod grid;
pub mod label;
mod markdown;
pub mod page_starts;
mod share;
pub mod totals;
mod transcript;
pub mod windows_1252;

pub use self::markdown::markdown;
pub use self::share::keep_small;

use serde::{Deserialize, Serialize};

use crate::finding::Span;

/// How deep blocks may nest; deeper nesting is refused when the source is read.
pub const MAX_DEPTH: usize = 24;

/// A document's running text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Prose {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// The footnotes in the order of their first reference.
    pub footnotes: Vec<Footnote>,
}

/// A footnote: its label in the source and what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Footnote {
    /// The label that references name.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// Its language as a BCP 47 tag, where it differs from what is around it.
    pub lang: Option<String>,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 for a section, 2 and more for headings inside it.
        level: u8,
        /// The name that links use, from `{#id}`.
        id: Option<String>,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// A quotation.
    Quote(Vec<Block>),
    /// A table.
    Table(Table),
    /// An image that stands alone.
    Figure(Figure),
    /// Text whose spaces and line ends matter.
    Preformatted(String),
    /// A break between topics.
    Rule,
}

/// A list, bulleted or numbered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The first number and the mark after it (`.` or `)`), for a numbered list.
    pub start: Option<(u64, char)>,
    /// Whether its items are set close together.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListItem {
    /// What it says.
    pub blocks: Vec<Block>,
    /// The label as the source wrote it, where it is neither a plain bullet nor the next number.
    pub label: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// How the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Alignment {
    /// As running text is.
    #[default]
    Start,
    /// Centred.
    Centre,
    /// Right, as figures are.
    End,
}

/// A table: rows of cells, the first `header_rows` of which are column heads.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What stands above it.
    pub caption: Option<Vec<Inline>>,
    /// One entry a column.
    pub columns: Vec<Alignment>,
    /// How many of the first rows are column heads; 0 where the table has none.
    pub header_rows: usize,
    /// All rows, heads first.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The cells, left to right; a cell that spans columns stands once.
    pub cells: Vec<Cell>,
    /// Where it stands.
    pub span: Span,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whether it is the head of its row or column.
    pub header: bool,
    /// How many columns it takes, at least 1.
    pub columns: usize,
    /// How many rows it takes, at least 1.
    pub rows: usize,
    /// Where it stands.
    pub span: Span,
}

impl Cell {
    /// A cell of one column and one row.
    pub fn new(blocks: Vec<Block>, header: bool, span: Span) -> Self {
        Self {
            blocks,
            header,
            columns: 1,
            rows: 1,
            span,
        }
    }
}

/// An image in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The file as the source names it.
    pub source: String,
    /// The alternative text; empty where the author gave none.
    pub alt: String,
    /// What stands below it.
    pub caption: Option<Vec<Inline>>,
    /// The lettering of a drawing, piece by piece; empty for a picture made of pixels.
    pub lettering: Vec<String>,
    /// How much of its page it took, if it stays as large when print grows.
    pub share: Option<Share>,
}

/// How much of its page a picture takes, of the width and of the height: up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Of the width.
    pub width: f64,
    /// Of the height.
    pub height: f64,
}

impl Share {
    /// What a picture takes of a page, both as width and height in the same unit. `None` if either has
    /// no area.
    pub fn of(picture: (f64, f64), page: (f64, f64)) -> Option<Self> {
        let share = |part: f64, whole: f64| {
            let share = part / whole;
            (share.is_finite() && share > 0.0).then_some(share.min(1.0))
        };
        Some(Self {
            width: share(picture.0, page.0)?,
            height: share(picture.1, page.1)?,
        })
    }
}

/// A piece of running text and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of running text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum InlineKind {
    /// Words.
    Text(String),
    /// Strongly stressed words.
    Strong(Vec<Inline>),
    /// Stressed words.
    Emphasis(Vec<Inline>),
    /// Words that were struck out.
    Struck(Vec<Inline>),
    /// Code, in a fixed-width font.
    Code(String),
    /// A link.
    Link {
        /// Where to.
        target: LinkTarget,
        /// The words that stand for it.
        content: Vec<Inline>,
    },
    /// An image in a line of text.
    Image(Figure),
    /// A reference to the footnote with this label.
    FootnoteRef(String),
    /// Words in another language, as a BCP 47 tag.
    Lang(String, Vec<Inline>),
    /// A line end of the source that is a space on the page.
    SoftBreak,
    /// A line end that the author asked for.
    HardBreak,
}

/// Where a link goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LinkTarget {
    /// Out of the pack: a web or mail address.
    Web(String),
    /// `#id` in the same document.
    Here(String),
    /// `item:4`: an item of the agenda by its number.
    Item(String),
    /// `appendix:1`: an appendix of the same item, by its number in order.
    Appendix(String),
}

impl Prose {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// The words of running text without any mark-up.
pub fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    gather(inlines, &mut words);
    words
}

fn gather(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => words.push_str(text),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => gather(inner, words),
            InlineKind::Image(figure) => words.push_str(&figure.alt),
            InlineKind::SoftBreak | InlineKind::HardBreak => words.push(' '),
            InlineKind::FootnoteRef(_) => {}
        }
    }
}
