//! What a part of a pack is made of: the block language between the council's nouns and pages.
//!
//! A part is the unit of typesetting: a front sheet, an item sheet, a cover report, an appendix.
//! It knows words, their order and what they are for. It knows no engine, no fonts, no sizes and
//! no page numbers: a place in the pack is known by its anchor, and "page 39" is a slot that is
//! filled when the pages have been counted.

mod block;
mod fit;
mod inline;
mod lines;

pub use block::{Block, BlockKind, Cell, ListItem, Record, RecordField, Row, Table, plain_blocks};
pub use fit::{Align, CellPlace, Fit};
pub use inline::{Figure, Inline, plain};
pub use lines::{
    AgendaRow, ContentsRow, Field, FieldsLook, Masthead, MemberLine, NumberStyle, Numbering,
    PanelRole, Tone,
};

use serde::Serialize;

/// One part of a pack.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// The name of the part, unique in the pack; also the anchor of its first page.
    pub key: String,
    /// What kind of part it is, which decides how it looks.
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
    /// A leaf in place of a document that cannot be set in this edition.
    Slip,
    /// A leaf in place of a document that should be there and is not.
    NotAttached,
    /// A leaf in place of a document that this edition's readers may not see.
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
