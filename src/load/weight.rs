//! Limits on the size of a text. The typesetting engine needs memory and time for each letter, block and
//! piece of running text. A text that would need a gigabyte is reported when it is read, and cut.

use super::codes;
use super::notes::Notes;
use crate::finding::{Finding, Span};
use crate::prose::{Block, BlockKind, Figure, Footnote, Inline, InlineKind, Prose, Row, Table};

/// The most weight of a text, in bytes of text: nearly a thousand pages.
const MOST: usize = 2_100_000;
/// The weight of a block, in bytes of text.
const BLOCK: usize = 120;
/// The weight of an item of a list, beside that of its blocks.
const ITEM: usize = 20;
/// The weight of a cell of a table.
const CELL: usize = 120;
/// The weight of a piece of running text.
const PIECE: usize = 60;
/// The weight of a reference to a footnote, in bytes of text: pages with notes are set again until each
/// note has its place.
const NOTE: usize = 1_000;
/// The most weight of a cell: as many letters as a spreadsheet allows.
const MOST_IN_A_CELL: usize = 32_767;

/// The most bytes of a heading or an alternative text. Each is a string of the PDF, of which PDF/A-2 allows 32,767
/// (ISO 19005-2, 6.1.13), with the words that are put before it.
const MOST_IN_A_STRING: usize = 30_000;

/// Reports a text that is too long to print, and leaves out the rest.
pub(super) fn hold(prose: &mut Prose, notes: &Notes) {
    hold_cells(&mut prose.blocks, notes);
    hold_strings(&mut prose.blocks, notes);
    for note in &mut prose.footnotes {
        hold_strings(&mut note.blocks, notes);
    }
    let mut scale = Scale::of(MOST);
    let too_much = prose
        .blocks
        .iter()
        .position(|block| scale.block(block).is_none());
    if let Some(at) = too_much {
        notes.add(too_long(scale.at.unwrap_or(prose.blocks[at].span)));
        prose.blocks.truncate(at);
        return;
    }
    let too_much = |note: &Footnote| scale.blocks(&note.blocks).is_none();
    if let Some(at) = prose.footnotes.iter().position(too_much) {
        notes.add(too_long(prose.footnotes[at].span));
        for note in &mut prose.footnotes[at..] {
            note.blocks.clear();
        }
    }
}

/// The same for a table that is an appendix. Returns whether it can be printed.
pub(super) fn hold_table(table: &mut Table, notes: &Notes) -> bool {
    hold_rows(&mut table.rows, notes);
    let mut scale = Scale::of(MOST);
    let too_much = table.rows.iter().find(|row| scale.row(row).is_none());
    if let Some(row) = too_much {
        notes.add(too_long(row.span));
        return false;
    }
    true
}

fn too_long(place: Span) -> Finding {
    Finding::error(
        codes::TEXT_TOO_LONG,
        place,
        "Up to here this text fills nearly a thousand pages, which is the most that a pack takes in one text",
    )
    .help("Keep what the meeting needs, and say where the rest is published; or divide it into appendices, or attach it as a PDF")
}

/// Reports headings and alternative texts that are too long for a PDF. The former become paragraphs, the latter are
/// cut.
fn hold_strings(blocks: &mut [Block], notes: &Notes) {
    for block in blocks {
        let span = block.span;
        match &mut block.kind {
            BlockKind::Heading { content, .. } => {
                hold_alternatives(content, notes);
                if Scale::of(MOST_IN_A_STRING).pieces(content).is_none() {
                    notes.add(
                        Finding::error(
                            codes::TEXT_TOO_LONG,
                            span,
                            format!("This heading has more than {MOST_IN_A_STRING} letters"),
                        )
                        .help("Make it a paragraph, under a heading of a few words"),
                    );
                    block.kind = BlockKind::Paragraph(std::mem::take(content));
                }
            }
            BlockKind::Paragraph(content) => hold_alternatives(content, notes),
            BlockKind::Figure(figure) => {
                hold_alternative(figure, span, notes);
                hold_alternatives(figure.caption.as_deref_mut().unwrap_or_default(), notes);
            }
            BlockKind::Quote(blocks) => hold_strings(blocks, notes),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    hold_strings(&mut item.blocks, notes);
                }
            }
            BlockKind::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    hold_strings(&mut cell.blocks, notes);
                }
            }
            BlockKind::Preformatted(_) | BlockKind::Rule => {}
        }
    }
}

fn hold_alternatives(pieces: &mut [Inline], notes: &Notes) {
    for piece in pieces {
        match &mut piece.kind {
            InlineKind::Image(figure) => hold_alternative(figure, piece.span, notes),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => hold_alternatives(inner, notes),
            _ => {}
        }
    }
}

fn hold_alternative(figure: &mut Figure, place: Span, notes: &Notes) {
    if figure.alt.len() <= MOST_IN_A_STRING {
        return;
    }
    notes.add(
        Finding::error(
            codes::TEXT_TOO_LONG,
            place,
            format!("This alternative text has more than {MOST_IN_A_STRING} letters"),
        )
        .help("Say in a sentence what the picture shows, and write the rest below it"),
    );
    figure
        .alt
        .truncate(figure.alt.floor_char_boundary(MOST_IN_A_STRING));
}

fn hold_cells(blocks: &mut [Block], notes: &Notes) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Table(table) => hold_rows(&mut table.rows, notes),
            BlockKind::Quote(blocks) => hold_cells(blocks, notes),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    hold_cells(&mut item.blocks, notes);
                }
            }
            _ => {}
        }
    }
}

fn hold_rows(rows: &mut [Row], notes: &Notes) {
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        if Scale::of(MOST_IN_A_CELL).blocks(&cell.blocks).is_none() {
            notes.add(
                Finding::error(
                    codes::TEXT_TOO_LONG,
                    cell.span,
                    format!(
                        "A cell here has more than {MOST_IN_A_CELL} letters, more than a spreadsheet allows"
                    ),
                )
                .help("Look for a quotation mark that is never closed; or write the text below the table"),
            );
            cell.blocks.clear();
        }
    }
}

/// How much more weight is allowed, and the last block that was weighed.
struct Scale {
    left: usize,
    at: Option<Span>,
}

impl Scale {
    fn of(left: usize) -> Self {
        Self { left, at: None }
    }

    /// Adds weight; `None` if that is more than is left.
    fn take(&mut self, weight: usize) -> Option<()> {
        self.left = self.left.checked_sub(weight)?;
        Some(())
    }

    fn blocks(&mut self, blocks: &[Block]) -> Option<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Option<()> {
        self.at = Some(block.span);
        self.take(BLOCK)?;
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                self.pieces(content)
            }
            BlockKind::List(list) => list.items.iter().try_for_each(|item| {
                self.take(ITEM)?;
                self.blocks(&item.blocks)
            }),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Table(table) => table.rows.iter().try_for_each(|row| self.row(row)),
            BlockKind::Preformatted(text) => self.take(text.len()),
            BlockKind::Figure(_) | BlockKind::Rule => Some(()),
        }
    }

    fn row(&mut self, row: &Row) -> Option<()> {
        row.cells.iter().try_for_each(|cell| {
            self.take(CELL)?;
            // The only paragraph of a cell does not count as a block.
            match cell.blocks.as_slice() {
                [
                    Block {
                        kind: BlockKind::Paragraph(content),
                        ..
                    },
                ] => self.pieces(content),
                blocks => self.blocks(blocks),
            }
        })
    }

    fn pieces(&mut self, pieces: &[Inline]) -> Option<()> {
        pieces.iter().try_for_each(|piece| match &piece.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.take(text.len()),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => {
                self.take(PIECE)?;
                self.pieces(inner)
            }
            InlineKind::Image(_) => self.take(PIECE),
            InlineKind::FootnoteRef(_) => self.take(NOTE),
            InlineKind::SoftBreak | InlineKind::HardBreak => self.take(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileId;
    use crate::prose::{Cell, List, ListItem};

    fn span(at: usize) -> Span {
        Span::new(FileId(0), at, at)
    }

    fn paragraph(at: usize, letters: usize) -> Block {
        let kind = InlineKind::Text("x".repeat(letters));
        Block {
            kind: BlockKind::Paragraph(vec![Inline {
                kind,
                span: span(at),
            }]),
            span: span(at),
            lang: None,
        }
    }

    fn list(at: usize, blocks: Vec<Block>) -> Block {
        let item = |block: Block| ListItem {
            span: block.span,
            blocks: vec![block],
            label: None,
        };
        Block {
            kind: BlockKind::List(List {
                start: None,
                tight: true,
                items: blocks.into_iter().map(item).collect(),
            }),
            span: span(at),
            lang: None,
        }
    }

    fn table(at: usize, letters: &[usize]) -> Table {
        let cell = |letters: &usize| Cell::new(vec![paragraph(at, *letters)], false, span(at));
        let row = |letters: &usize| Row {
            cells: vec![cell(letters)],
            span: span(at),
        };
        Table {
            rows: letters.iter().map(row).collect(),
            ..Table::default()
        }
    }

    /// The places that are told of, and how many blocks are left.
    fn held(blocks: Vec<Block>) -> (Vec<Span>, usize) {
        let notes = Notes::default();
        let mut prose = Prose {
            blocks,
            footnotes: Vec::new(),
        };
        hold(&mut prose, &notes);
        let findings = notes.into_findings();
        let told = findings.iter().map(|finding| match finding.place {
            crate::finding::Place::Text(span) => span,
            _ => panic!("{finding:?}"),
        });
        (told.collect(), prose.blocks.len())
    }

    #[test]
    fn a_text_ends_where_it_becomes_too_long() {
        let half = || paragraph(1, 1_049_880);
        assert_eq!(held(vec![half(), half()]), (vec![], 2));
        let more = vec![half(), paragraph(2, 0), half(), paragraph(4, 1)];
        assert_eq!(held(more), (vec![span(1)], 2));
        // The very place in a list.
        let listed = vec![
            half(),
            list(7, vec![paragraph(8, 9), paragraph(9, 1_049_880)]),
        ];
        assert_eq!(held(listed), (vec![span(9)], 1));
        // Blocks weigh without letters.
        let many: Vec<Block> = (0..30_000).map(|at| paragraph(at, 0)).collect();
        assert_eq!(held(many), (vec![span(17_500)], 17_500));
    }

    #[test]
    fn references_to_footnotes_weigh_more_than_letters() {
        let with_note = |at: usize| {
            let mut block = paragraph(at, 9);
            if let BlockKind::Paragraph(content) = &mut block.kind {
                content.push(Inline {
                    kind: InlineKind::FootnoteRef("1".into()),
                    span: span(at),
                });
            }
            block
        };
        assert_eq!(held((0..1_500).map(with_note).collect()), (vec![], 1_500));
        let (told, left) = held((0..4_000).map(with_note).collect());
        assert_eq!(told, [span(left)]);
        assert!((1_500..2_500).contains(&left), "{left}");
    }

    #[test]
    fn a_heading_and_an_alternative_text_fit_a_string_of_a_pdf() {
        let heading = |letters: usize| {
            let mut block = paragraph(3, letters);
            if let BlockKind::Paragraph(content) = block.kind {
                block.kind = BlockKind::Heading {
                    level: 2,
                    content,
                    id: None,
                };
            }
            block
        };
        let figure = |letters: usize| Block {
            kind: BlockKind::Figure(Figure {
                source: "a.png".to_owned(),
                alt: "\u{175}".repeat(letters / 2),
                caption: None,
                lettering: Vec::new(),
                share: None,
            }),
            ..paragraph(5, 0)
        };
        assert_eq!(held(vec![heading(30_000), figure(30_000)]), (vec![], 2));
        let told = vec![span(3), span(5)];
        assert_eq!(held(vec![heading(30_001), figure(30_002)]), (told, 2));
        let listed = vec![list(1, vec![heading(40_000)])];
        assert_eq!(held(listed), (vec![span(3)], 1));
    }

    #[test]
    fn a_cell_holds_what_a_spreadsheet_does() {
        let notes = Notes::default();
        let mut whole = table(1, &[32_600, 9]);
        assert!(hold_table(&mut whole, &notes));
        assert_eq!(notes.into_findings().len(), 0);
        let notes = Notes::default();
        let mut unclosed = table(1, &[3_000_000, 9]);
        assert!(hold_table(&mut unclosed, &notes));
        assert!(unclosed.rows[0].cells[0].blocks.is_empty());
        assert_eq!(notes.into_findings().len(), 1);
        let notes = Notes::default();
        assert!(!hold_table(&mut table(1, &[30_000; 90]), &notes));
        assert_eq!(notes.into_findings().len(), 1);
    }
}
