//! The footnotes that column headings refer to, for tables whose rows become records. There a heading
//! is only words, and is repeated.

use std::collections::BTreeMap;

use crate::compose::part::{Block, BlockKind, Inline, Table};

/// The footnotes that cells refer to, by the row and the index of the cell.
pub(super) type Notes = BTreeMap<(usize, usize), Vec<Inline>>;

/// The footnotes that the first rows refer to. Each goes to the place where its heading is first said.
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

/// The blocks of a cell, after those footnotes of its heading that have no place yet. `head` is the
/// cells of the heading.
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
