//! The blocks of a part: headings, paragraphs, lists, tables and whatever else is on a page.

use serde::Serialize;

use super::fit::{Align, Fit};
use super::inline::{Figure, Inline, plain};
use super::lines::{
    AgendaRow, ContentsRow, Field, FieldsLook, Masthead, MemberLine, Numbering, PanelRole, Tone,
};
use crate::finding::Span;

/// A block of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// The name by which links and page slots reach it, unique in the pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Its language, where it differs from what is around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Its number in reading order within the part, by which the standard edition's page breaks
    /// are found again in a re-flowed one. Set by `Part::number_blocks`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<u32>,
    /// Where the author wrote it.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 for the part's title.
        level: u8,
        /// Its number, which hangs in the gutter.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its number, which hangs in the gutter.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// How it is set.
        tone: Tone,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number and what stands after it, for a numbered list.
        #[serde(skip_serializing_if = "Option::is_none")]
        numbering: Option<Numbering>,
        /// Whether its items are set close together.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A table.
    Table(Table),
    /// The rows of a table, each set as a list of its cells under their columns' heads: what a
    /// table becomes in large print where it does not fit the page.
    Records {
        /// What stands above them.
        #[serde(skip_serializing_if = "Option::is_none")]
        caption: Option<Vec<Inline>>,
        /// The rows in order.
        records: Vec<Record>,
    },
    /// An image.
    Figure(Figure),
    /// Text whose spaces and line ends matter.
    Preformatted {
        /// The text.
        text: String,
    },
    /// A break between topics.
    Rule,
    /// What is voted on, or was decided: set apart so that it can be found from across the room.
    Panel {
        /// What it holds.
        role: PanelRole,
        /// The blocks; the first may be a heading.
        blocks: Vec<Block>,
    },
    /// Labels at the left, values at the right.
    Fields {
        /// How it is set.
        look: FieldsLook,
        /// The rows.
        rows: Vec<Field>,
    },
    /// The head of the front sheet.
    Masthead(Masthead),
    /// The items of the agenda with their pages.
    Agenda {
        /// The lines in order.
        rows: Vec<AgendaRow>,
    },
    /// A membership in columns.
    Members {
        /// The places in order.
        members: Vec<MemberLine>,
        /// How many columns where there is room.
        columns: u8,
    },
    /// A list of what is in the pack and where.
    Contents {
        /// The lines in order.
        rows: Vec<ContentsRow>,
    },
    /// Who signs.
    Signature {
        /// Name, post and so on, line by line.
        lines: Vec<String>,
    },
    /// Few words set where the eye falls on an otherwise empty page.
    Leaf {
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Small print at the foot of the page where it fits there.
    Foot {
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Where a page of the standard edition begins, in a re-flowed one.
    PageMark {
        /// The labels of pages before it that begin at the same place.
        also: Vec<String>,
        /// The page's label.
        label: String,
        /// What it prints: "Standard page 39".
        words: String,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListItem {
    /// The label as the source wrote it, where it is neither a bullet nor the next number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// What stands above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// One entry a column.
    pub columns: Vec<Align>,
    /// How many of the first rows are column heads.
    pub header_rows: usize,
    /// The rows, heads first.
    pub rows: Vec<Row>,
    /// How it is laid out; decided when it is typeset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
}

/// A row of a table, set as a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Record {
    /// What names the row; nothing where the row has no name.
    pub title: Vec<Block>,
    /// The other cells that say something.
    pub fields: Vec<RecordField>,
    /// Like [`Block::mark`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<u32>,
    /// Whether it is short enough to stay on one page.
    pub whole: bool,
    /// Whether its name is short enough to stand on each of its pages.
    pub repeat: bool,
}

/// A cell under the head of its column.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RecordField {
    /// The head over several columns, where this is the first field under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether it is in a group: one that begins with it, or with a field before it.
    pub grouped: bool,
    /// The head of the column.
    pub label: String,
    /// What the cell says.
    pub blocks: Vec<Block>,
    /// Whether it may break over pages.
    pub breakable: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// The cells, left to right.
    pub cells: Vec<Cell>,
    /// Like [`Block::mark`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<u32>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cell {
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whether it is the head of its row (or of its column, in a head row).
    pub header: bool,
    /// How many columns it takes, at least 1.
    pub columns: usize,
    /// How many rows it takes, at least 1.
    pub rows: usize,
}

impl Cell {
    /// A cell of one column and one row that is no head.
    pub fn of(content: Vec<Inline>) -> Self {
        Self {
            blocks: vec![Block::paragraph(content)],
            header: false,
            columns: 1,
            rows: 1,
        }
    }

    /// A cell of one column and one row that heads its row or column.
    pub fn head(content: Vec<Inline>) -> Self {
        Self {
            header: true,
            ..Self::of(content)
        }
    }

    /// A cell of one column and one row in which nothing stands.
    pub fn blank() -> Self {
        Self {
            blocks: Vec::new(),
            header: false,
            columns: 1,
            rows: 1,
        }
    }
}

impl Block {
    /// A block without an anchor or a place in the sources.
    pub fn new(kind: BlockKind) -> Self {
        Self {
            kind,
            anchor: None,
            lang: None,
            mark: None,
            span: None,
        }
    }

    /// A heading of plain words.
    pub fn heading(level: u8, words: impl Into<String>) -> Self {
        Self::new(BlockKind::Heading {
            level,
            number: None,
            content: vec![Inline::text(words)],
        })
    }

    /// A paragraph of running text.
    pub fn paragraph(content: Vec<Inline>) -> Self {
        Self::toned(Tone::Body, content)
    }

    /// A paragraph of another tone.
    pub fn toned(tone: Tone, content: Vec<Inline>) -> Self {
        Self::new(BlockKind::Paragraph {
            number: None,
            tone,
            content,
        })
    }

    /// The same block with an anchor.
    #[must_use]
    pub fn at(mut self, anchor: impl Into<String>) -> Self {
        self.anchor = Some(anchor.into());
        self
    }

    /// The same block with its place in the sources.
    #[must_use]
    pub fn from_source(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The running text of the block itself, its caption included, but not that of blocks inside it.
    pub fn running_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match &mut self.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                vec![content]
            }
            BlockKind::Table(Table { caption, .. })
            | BlockKind::Records { caption, .. }
            | BlockKind::Figure(Figure { caption, .. }) => caption.iter_mut().collect(),
            BlockKind::Fields { rows, .. } => {
                rows.iter_mut().flat_map(|row| &mut row.lines).collect()
            }
            BlockKind::Agenda { rows } => rows
                .iter_mut()
                .flat_map(|row| std::iter::once(&mut row.title).chain(&mut row.notes))
                .collect(),
            BlockKind::Contents { rows } => rows.iter_mut().map(|row| &mut row.title).collect(),
            _ => Vec::new(),
        }
    }

    /// The words of the block itself that are not running text and may wrap.
    pub fn words_mut(&mut self) -> Vec<&mut String> {
        match &mut self.kind {
            BlockKind::Fields { rows, .. } => rows.iter_mut().map(|row| &mut row.label).collect(),
            BlockKind::Agenda { rows } => rows
                .iter_mut()
                .flat_map(|row| row.sub.iter_mut().chain(&mut row.time))
                .collect(),
            BlockKind::Contents { rows } => rows
                .iter_mut()
                .filter_map(|row| row.standard_page.as_mut())
                .collect(),
            BlockKind::Members { members, .. } => members
                .iter_mut()
                .flat_map(|member| std::iter::once(&mut member.name).chain(&mut member.note))
                .collect(),
            BlockKind::Signature { lines } => lines.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// The blocks directly inside it, one list for each item or cell.
    pub fn inner(&self) -> Vec<&[Block]> {
        match &self.kind {
            BlockKind::List { items, .. } => items.iter().map(|item| &*item.blocks).collect(),
            BlockKind::Quote { blocks }
            | BlockKind::Panel { blocks, .. }
            | BlockKind::Leaf { blocks }
            | BlockKind::Foot { blocks } => vec![blocks],
            BlockKind::Table(table) => table
                .rows
                .iter()
                .flat_map(|row| row.cells.iter().map(|cell| &*cell.blocks))
                .collect(),
            BlockKind::Records { records, .. } => records
                .iter()
                .flat_map(|record| {
                    std::iter::once(&*record.title)
                        .chain(record.fields.iter().map(|field| &*field.blocks))
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The same as [`Block::inner`], to change.
    pub fn inner_mut(&mut self) -> Vec<&mut Vec<Block>> {
        match &mut self.kind {
            BlockKind::List { items, .. } => {
                items.iter_mut().map(|item| &mut item.blocks).collect()
            }
            BlockKind::Quote { blocks }
            | BlockKind::Panel { blocks, .. }
            | BlockKind::Leaf { blocks }
            | BlockKind::Foot { blocks } => vec![blocks],
            BlockKind::Table(table) => table
                .rows
                .iter_mut()
                .flat_map(|row| row.cells.iter_mut().map(|cell| &mut cell.blocks))
                .collect(),
            BlockKind::Records { records, .. } => records
                .iter_mut()
                .flat_map(|record| {
                    std::iter::once(&mut record.title)
                        .chain(record.fields.iter_mut().map(|field| &mut field.blocks))
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// The words of blocks, each block on a line of its own.
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                lines.push(plain(content));
            }
            BlockKind::Preformatted { text } => lines.push(text.clone()),
            BlockKind::Figure(figure) => {
                lines.push(figure.alt.clone());
                lines.extend(figure.caption.as_deref().map(plain));
            }
            _ => lines.extend(block.inner().into_iter().map(plain_blocks)),
        }
    }
    lines.join("\n")
}
