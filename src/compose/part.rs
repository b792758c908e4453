//! What a part of a pack is made of: the block language between the council's nouns and pages.
//!
//! A part is the unit of typesetting: a front sheet, an item sheet, a cover report, an appendix.
//! It knows words, their order and what they are for. It knows no engine, no fonts, no sizes and
//! no page numbers: a place in the pack is known by its anchor, and "page 39" is a slot that is
//! filled when the pages have been counted.

use serde::Serialize;

use crate::finding::Span;

/// One part of a pack.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// The name of the part, unique in the pack; also the anchor of its first page.
    pub key: String,
    /// What kind of part it is, which decides its looks.
    pub kind: PartKind,
    /// Its title as the outline and the document's properties have it.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub lang: String,
    /// What stands on it, in reading order. Headings begin at level 1 and skip no level.
    pub blocks: Vec<Block>,
    /// The footnotes that its text refers to, by label.
    pub footnotes: Vec<Footnote>,
}

/// The kinds of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words are the field's own")]
pub enum PartKind {
    FrontSheet,
    Distribution,
    ItemSheet,
    Minutes,
    Report,
    /// An appendix in Markdown, or a PDF's own content set again.
    Appendix,
    /// An appendix that is one table.
    TableAppendix,
    /// An appendix that is one image.
    ImageAppendix,
    /// A leaf in the place of a document that cannot be set in this edition.
    Slip,
    /// A leaf in the place of a document that should be there and is not.
    NotAttached,
    /// A leaf in the place of a document that this edition's readers may not see.
    Withheld,
    /// A leaf before exempt papers, which the printer can set on coloured paper.
    ExemptLeaf,
    Contents,
    Concordance,
    Accessibility,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Footnote {
    /// What references name.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

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
    /// are found again in a re-flowed one. Set by [`Part::number_blocks`].
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
        /// The page's label.
        label: String,
        /// What it prints: "Standard page 39".
        words: String,
    },
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Running text.
    #[default]
    Body,
    /// A line over a title that says what the page belongs to.
    Eyebrow,
    /// Larger, for the one sentence of a leaf.
    Lead,
    /// Smaller and quieter: a note, a source.
    Quiet,
}

/// The numbers of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Numbering {
    /// The first number.
    pub start: u64,
    /// Figures or letters.
    pub style: NumberStyle,
}

/// How the items of a numbered list are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberStyle {
    /// `1.`
    Figure,
    /// `1)`
    FigureBracket,
    /// `(a)`
    Letter,
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

/// What a panel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelRole {
    /// What members are asked to decide.
    Recommendations,
    /// What they decided.
    Decision,
    /// A notice that must not be missed.
    Notice,
}

/// How fields are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldsLook {
    /// The header table of a cover report: hairlines between the rows.
    Header,
    /// Day, time and place on the front sheet.
    Sitting,
    /// Without lines.
    Plain,
}

/// A row of fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Field {
    /// What stands at the left.
    pub label: String,
    /// The lines at the right; none prints an empty row.
    pub lines: Vec<Vec<Inline>>,
}

/// The head of the front sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Masthead {
    /// The council.
    pub council: String,
    /// The body, the sheet's title.
    pub body: String,
    /// What the sheet is: "Agenda".
    pub what: String,
    /// The logo, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Figure>,
}

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AgendaRow {
    /// The key of the item, or of the agenda's part.
    pub key: String,
    /// A part of the agenda: its heading stands over its items.
    pub heading: bool,
    /// How deep it stands, 0 for an item of the agenda itself.
    pub depth: u8,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: Vec<Inline>,
    /// Lines below the title: reference, officer, address, what becomes of it.
    pub notes: Vec<Vec<Inline>>,
    /// Lettered sub-items.
    pub sub: Vec<String>,
    /// When it is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Where it begins in the pack; none for an item without a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

/// A place on a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MemberLine {
    /// The name, or the word for a vacancy.
    pub name: String,
    /// Role, or whom the member represents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether nobody holds the place.
    pub vacant: bool,
}

/// A line of a contents list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ContentsRow {
    /// How deep it stands, from 0.
    pub depth: u8,
    /// What it names.
    pub title: Vec<Inline>,
    /// Where it begins.
    pub anchor: String,
    /// The standard edition's page, in a re-flowed edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_page: Option<String>,
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

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fit {
    /// The widths of the columns in points.
    pub widths: Vec<f64>,
    /// The size of print in points.
    pub size: f64,
    /// Whether it stands on pages turned on their side.
    pub landscape: bool,
    /// Whether it reaches into the gutter of the paragraph numbers.
    pub outdent: bool,
    /// For each row, the place of each of its cells.
    pub places: Vec<Vec<CellPlace>>,
    /// For each row, whether it may break over pages.
    pub breakable: Vec<bool>,
    /// Whether its heads stand together at its top: not where they would take too much of a page,
    /// when they are rows like the others.
    pub head: bool,
    /// Whether its heads stand on every page: not where they hold links or footnotes, which only
    /// stand once (PDF/UA-1, 7.1: what is repeated is an artifact, and artifacts hold no links).
    pub repeat: bool,
}

/// Where a cell of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CellPlace {
    /// Its first column, counted from 0.
    pub x: usize,
    /// Its first row, counted from 0.
    pub y: usize,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// How it stands in its column; never [`Align::Auto`].
    pub align: Align,
    /// How far a figure is moved from the right so that decimal points stand in line, in ems.
    pub shift: f64,
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

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// As the text would, or as figures where the column holds figures.
    #[default]
    Auto,
    /// Left.
    Start,
    /// Centred.
    Centre,
    /// Right.
    End,
}

/// An image and what it says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figure {
    /// The name by which its bytes can be asked for: its path from the workspace.
    pub image: String,
    /// The alternative text; empty where the author gave none.
    pub alt: String,
    /// What stands below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// Whether it may fill the page, as a plan does.
    pub full: bool,
    /// The lettering of a drawing, which no print size enlarges.
    #[serde(skip)]
    pub lettering: Vec<String>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Strongly stressed words.
    Strong {
        /// The words.
        content: Vec<Inline>,
    },
    /// Stressed words.
    Emphasis {
        /// The words.
        content: Vec<Inline>,
    },
    /// Words that were struck out.
    Struck {
        /// The words.
        content: Vec<Inline>,
    },
    /// Words as a machine reads them.
    Code {
        /// The words.
        text: String,
    },
    /// A link out of the pack.
    Web {
        /// The address.
        url: String,
        /// The words that stand for it.
        content: Vec<Inline>,
    },
    /// A link to a place in the pack.
    Go {
        /// The place.
        anchor: String,
        /// The words that stand for it.
        content: Vec<Inline>,
    },
    /// The number of the page on which a place stands.
    Page {
        /// The place.
        anchor: String,
        /// What is printed, with `{page}` for the number: "page {page}". In a re-flowed edition
        /// `{standard}` is the number in the standard edition.
        words: String,
    },
    /// A reference to a footnote.
    Note {
        /// Its label.
        label: String,
    },
    /// A further reference to a footnote; what [`Inline::Note`] becomes when it is typeset, where
    /// it is not the first.
    NoteAgain {
        /// Its label.
        label: String,
    },
    /// Words in another language.
    Lang {
        /// The language as a BCP 47 tag.
        lang: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// Words that stay on one line.
    Keep {
        /// The words.
        content: Vec<Inline>,
    },
    /// An image in a line of text.
    Image(Figure),
    /// A line end.
    Break,
    /// Where a page of the standard edition begins, in the middle of a paragraph.
    PageMark {
        /// The page's label.
        label: String,
        /// What it prints: "Standard page 39".
        words: String,
    },
}

impl Inline {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text { text: text.into() }
    }

    /// The running text directly inside it.
    pub fn inner(&self) -> &[Inline] {
        match self {
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Web { content, .. }
            | Inline::Go { content, .. }
            | Inline::Lang { content, .. }
            | Inline::Keep { content } => content,
            Inline::Text { .. }
            | Inline::Code { .. }
            | Inline::Image(_)
            | Inline::Break
            | Inline::Page { .. }
            | Inline::Note { .. }
            | Inline::NoteAgain { .. }
            | Inline::PageMark { .. } => &[],
        }
    }

    /// Strongly stressed words.
    pub fn strong(text: impl Into<String>) -> Self {
        Inline::Strong {
            content: vec![Inline::text(text)],
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

impl Part {
    /// A part without footnotes.
    pub fn new(
        key: impl Into<String>,
        kind: PartKind,
        title: impl Into<String>,
        lang: impl Into<String>,
        blocks: Vec<Block>,
    ) -> Self {
        Self {
            key: key.into(),
            kind,
            title: title.into(),
            lang: lang.into(),
            blocks,
            footnotes: Vec::new(),
        }
    }

    /// Numbers the blocks and table rows in reading order, so that a page break of one setting
    /// can be found in another. Blocks inside table cells count with their row.
    pub fn number_blocks(&mut self) {
        let mut next = 0;
        for block in &mut self.blocks {
            number(block, &mut next);
        }
    }
}

fn number(block: &mut Block, next: &mut u32) {
    block.mark = Some(*next);
    *next += 1;
    if let BlockKind::Table(table) = &mut block.kind {
        for row in &mut table.rows {
            row.mark = Some(*next);
            *next += 1;
        }
        return;
    }
    for inner in block.inner_mut() {
        for block in inner {
            number(block, next);
        }
    }
}

/// The words of running text without any mark-up; page slots and footnote references left out.
pub fn plain(content: &[Inline]) -> String {
    let mut words = String::new();
    gather(content, &mut words);
    words
}

fn gather(content: &[Inline], words: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => words.push_str(text),
            Inline::Image(figure) => words.push_str(&figure.alt),
            Inline::Break => words.push(' '),
            _ => gather(inline.inner(), words),
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
            BlockKind::Figure(figure) => lines.push(figure.alt.clone()),
            _ => lines.extend(block.inner().into_iter().map(plain_blocks)),
        }
    }
    lines.join("\n")
}
