//! The footnotes that heads of columns refer to, where the rows of a table become records: a head is
//! words alone there, and is said again and again.

use std::collections::BTreeMap;

use crate::compose::part::{Block, BlockKind, Inline, Table};

/// By the row and index of their cells.
pub(super) type Notes = BTreeMap<(usize, usize), Vec<Inline>>;

/// The footnotes that the first rows refer to, by their cells. They stand where the head is first said.
pub(super) fn notes_of_heads(table: &Table, rows: usize) -> Notes {
    fn among(content: &[Inline], notes: &mut Vec<Inline>) {
        for inline in content {
            match inline {
                Inline::Note { .. } | Inline::NoteAgain { .. } => notes.push(inline.clone()),
                _ => among(inline.inner(), notes),
            }
        }
    }
    fn inside(blocks: &[Block], notes: &mut Vec<Inline>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => {
                    among(content, notes);
                }
                BlockKind::Figure(figure) => {
                    among(figure.caption.as_deref().unwrap_or_default(), notes);
                }
                _ => (block.inner().into_iter()).for_each(|blocks| inside(blocks, notes)),
            }
        }
    }
    let mut all = Notes::new();
    for (y, row) in table.rows.iter().take(rows).enumerate() {
        for (index, cell) in row.cells.iter().enumerate() {
            let mut notes = Vec::new();
            inside(&cell.blocks, &mut notes);
            if !notes.is_empty() {
                all.insert((y, index), notes);
            }
        }
    }
    all
}

/// A cell after the footnotes of its head, whose cells are given, where they have no place yet.
pub(super) fn with_notes(
    blocks: &[Block],
    head: &[(usize, usize)],
    notes: &mut Notes,
) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    let own = head.iter().filter_map(|at| notes.remove(at));
    let mut own: Vec<Inline> = own.flatten().collect();
    if own.is_empty() {
        return blocks;
    }
    match blocks.first_mut().map(|block| &mut block.kind) {
        Some(BlockKind::Paragraph { content, .. }) => {
            own.push(Inline::text(" "));
            content.splice(0..0, own);
        }
        _ => blocks.insert(0, Block::paragraph(own)),
    }
    blocks
}
