//! Tables with their head rows, row heads and spans.

use std::collections::BTreeSet;

use super::blocks::{Made, Sink, Writer};
use super::columns::{Begun, MOST_COLUMNS, RawCell, RawRow, Slot, Spot, columns};
use super::flow::Style;
use super::heads::{begins_with_text, said, told, untold};
use crate::finding::Span;
use crate::pdf::structure::{Kid, Role};
use crate::prose::codes::is_code;
use crate::prose::{
    Alignment, Block, BlockKind, Cell, Inline, InlineKind, List, ListItem, Row, Table,
};

/// Stands over the rows of a table whose columns cannot be told.
const NO_COLUMNS: &str = "The columns of this table could not be read with certainty. Below are \
    the words of its rows, each row in order; the original shows which column they are in.";

/// What a table becomes: no blocks where it is empty.
pub(super) fn table(writer: &mut Writer<'_>, index: usize) -> Made {
    let begun = writer.begun.take();
    let (mut rows, around, caption) = raw(writer, index);
    rows.retain(|row| !row.cells.is_empty());
    let words = rows
        .iter()
        .any(|row| row.cells.iter().any(|cell| !cell.cell.blocks.is_empty()));
    if !words {
        return Made {
            around: around.blocks,
            ..Made::default()
        };
    }
    let told = told(&rows);
    let texts = begins_with_text(&rows);
    let mut rows: Vec<Vec<RawCell>> = rows.into_iter().map(|row| row.cells).collect();
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        for cell in row.iter_mut() {
            cell.cell.rows = cell.cell.rows.min(count - index);
        }
        // A paragraph that the file calls a head would be set in bold.
        for cell in row.iter_mut().skip(1).filter(|_| texts) {
            cell.cell.header = false;
        }
    }
    let heads = told + untold(&rows, told);
    let settled = columns(&rows, heads)
        .map(|columns| (columns, heads))
        .or_else(|| columns(&rows, told).map(|columns| (columns, told)));
    let mut goes_on = false;
    let blocks = match settled {
        // Nothing stands beside anything else in a table of one column: it is there for its border.
        Some(((slots, 1), _)) if caption.is_none() => {
            let shown = slots.iter().flatten().map(|slot| slot.columns > 0);
            let cells = rows.into_iter().flatten().zip(shown);
            cells
                .filter(|(_, shown)| *shown)
                .flat_map(|(cell, _)| cell.cell.blocks)
                .map(|block| block.kind)
                .collect()
        }
        Some(((slots, width), mut header_rows)) => {
            let apart = caption.is_some() || header_rows > 0 || !around.blocks.is_empty();
            goes_on = !apart
                && begun
                    .as_ref()
                    .is_some_and(|begun| begun.goes_on(&rows, &slots, width));
            writer.begun = if goes_on {
                begun
            } else {
                Begun::of(&rows, header_rows, width)
            };
            let mut rows = grid(rows, &slots, width, writer);
            drop_blank(&mut rows, &mut header_rows);
            let columns = alignments(&rows, header_rows, width);
            vec![BlockKind::Table(Table {
                caption,
                columns,
                header_rows,
                rows,
            })]
        }
        None => {
            let rows = rows
                .into_iter()
                .map(|row| row.into_iter().flat_map(|cell| cell.cell.blocks).collect());
            plain_rows(rows, caption, writer.at)
        }
    };
    Made {
        blocks,
        around: around.blocks,
        goes_on,
    }
}

/// The rows of a table as its tags have them, what stands between them, and its caption.
fn raw(writer: &mut Writer<'_>, index: usize) -> (Vec<RawRow>, Sink, Option<Vec<Inline>>) {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut around = Sink::default();
    let mut caption: Option<Vec<Inline>> = None;
    parts(
        writer,
        index,
        false,
        &mut rows,
        &mut around,
        &mut caption,
        0,
    );
    around.flush(writer);
    (rows, around, caption)
}

/// The worded cells of a table, each as one; `None` where there is more in it than cells.
pub(super) fn cells(writer: &mut Writer<'_>, index: usize) -> Option<Vec<RawCell>> {
    let (rows, around, caption) = raw(writer, index);
    if !around.blocks.is_empty() || caption.is_some() {
        return None;
    }
    let cells = rows.into_iter().flat_map(|row| row.cells);
    let worded = cells.filter(|cell| !cell.cell.blocks.is_empty());
    Some(
        worded
            .map(|mut cell| {
                cell.cell.rows = 1;
                cell.cell.columns = 1;
                cell.cell.header = false;
                cell
            })
            .collect(),
    )
}

/// The rows with every cell in its slot and empty cells where there is none.
pub(super) fn grid(
    rows: Vec<Vec<RawCell>>,
    slots: &[Vec<Slot>],
    width: usize,
    writer: &Writer<'_>,
) -> Vec<Row> {
    let mut hanging = vec![0_usize; width];
    let mut made = Vec::with_capacity(rows.len());
    for (row, slots) in rows.into_iter().zip(slots) {
        let mut cells = Vec::with_capacity(width);
        let mut next = 0;
        let mut below: Vec<usize> = hanging.iter().map(|left| left.saturating_sub(1)).collect();
        let fill = |cells: &mut Vec<Cell>, gap: std::ops::Range<usize>| {
            let free = hanging[gap].iter().filter(|&&left| left == 0);
            cells.extend(free.map(|_| blank(writer)));
        };
        for (mut cell, slot) in row.into_iter().zip(slots) {
            if slot.columns == 0 {
                continue;
            }
            if cell.cell.header {
                for block in &mut cell.cell.blocks {
                    if let BlockKind::Paragraph(inlines) = &mut block.kind {
                        unstress(inlines);
                    }
                }
            }
            fill(&mut cells, next..slot.column);
            next = slot.column + slot.columns;
            below[slot.column..next].fill(cell.cell.rows - 1);
            cells.push(Cell {
                columns: slot.columns,
                ..cell.cell
            });
        }
        fill(&mut cells, next..width);
        hanging = below;
        made.push(Row {
            cells,
            span: writer.at,
        });
    }
    made
}

/// Drops the rows without words, which are there for their height.
fn drop_blank(rows: &mut Vec<Row>, header_rows: &mut usize) {
    let idle = |row: &Row| {
        row.cells
            .iter()
            .all(|cell| cell.blocks.is_empty() && cell.rows == 1)
    };
    for y in (0..rows.len()).rev() {
        if !idle(&rows[y]) {
            continue;
        }
        rows.remove(y);
        *header_rows -= usize::from(y < *header_rows);
        for (above, row) in rows[..y].iter_mut().enumerate() {
            for cell in &mut row.cells {
                cell.rows -= usize::from(above + cell.rows > y);
            }
        }
    }
}

fn blank(writer: &Writer<'_>) -> Cell {
    Cell::new(Vec::new(), false, writer.at)
}

/// A table without columns: a line that says so, and the words of each row in order.
pub(super) fn plain_rows(
    rows: impl Iterator<Item = Vec<Block>>,
    caption: Option<Vec<Inline>>,
    at: Span,
) -> Vec<BlockKind> {
    let text = |text: &str| Inline {
        kind: InlineKind::Text(text.to_owned()),
        span: at,
    };
    let items: Vec<ListItem> = rows
        .filter_map(|row| {
            let mut blocks: Vec<Block> = Vec::new();
            for block in row {
                match (blocks.last_mut().map(|last| &mut last.kind), block.kind) {
                    (Some(BlockKind::Paragraph(line)), BlockKind::Paragraph(more)) => {
                        line.push(text("; "));
                        line.extend(more);
                    }
                    (_, kind) => blocks.push(Block { kind, ..block }),
                }
            }
            (!blocks.is_empty()).then_some(ListItem {
                blocks,
                label: None,
                span: at,
            })
        })
        .collect();
    let note = Inline {
        kind: InlineKind::Lang("en-GB".to_owned(), vec![text(NO_COLUMNS)]),
        span: at,
    };
    let list = List {
        start: None,
        tight: false,
        items,
    };
    caption
        .map(BlockKind::Paragraph)
        .into_iter()
        .chain([BlockKind::Paragraph(vec![note]), BlockKind::List(list)])
        .collect()
}

fn parts(
    writer: &mut Writer<'_>,
    index: usize,
    in_head: bool,
    rows: &mut Vec<RawRow>,
    around: &mut Sink,
    caption: &mut Option<Vec<Inline>>,
    depth: usize,
) {
    let tree = writer.tree;
    for kid in &tree.elements[index].kids {
        let Kid::Element(child) = kid else {
            writer.kid(kid, &Style::default(), around);
            continue;
        };
        if !writer.reaches(*child) {
            continue;
        }
        match tree.elements[*child].role {
            Role::TableRow => {
                let cells = row(writer, *child);
                let pieces = page_by_page(cells).into_iter();
                rows.extend(pieces.map(|cells| RawRow { cells, in_head }));
            }
            Role::TableHead if depth < 4 => {
                parts(writer, *child, true, rows, around, caption, depth + 1);
            }
            Role::TableGroup | Role::Group if depth < 4 => {
                parts(writer, *child, in_head, rows, around, caption, depth + 1);
            }
            // cells without a row around them stand in a row of their own
            Role::HeaderCell | Role::DataCell => {
                let cell = cell(writer, *child);
                match rows.last_mut() {
                    Some(row) if depth == 0 && row.cells.len() < MOST_COLUMNS => {
                        row.cells.push(cell);
                    }
                    _ => rows.push(RawRow {
                        cells: vec![cell],
                        in_head,
                    }),
                }
            }
            Role::Caption if caption.is_none() => {
                let text = writer.inner(*child, &Style::default());
                let mut line = Vec::new();
                for block in text.into_blocks() {
                    if let BlockKind::Paragraph(inlines) = block.kind {
                        line.extend(inlines);
                    }
                }
                if !line.is_empty() {
                    *caption = Some(line);
                }
            }
            _ => {
                writer.kid(kid, &Style::default(), around);
                around.flush(writer);
            }
        }
    }
}

fn row(writer: &mut Writer<'_>, index: usize) -> Vec<RawCell> {
    let tree = writer.tree;
    let mut cells = Vec::new();
    for kid in &tree.elements[index].kids {
        if cells.len() >= MOST_COLUMNS {
            break;
        }
        match kid {
            Kid::Element(child)
                if matches!(
                    tree.elements[*child].role,
                    Role::HeaderCell | Role::DataCell
                ) =>
            {
                cells.push(cell(writer, *child));
            }
            Kid::Object(_) => {}
            _ => {
                let mut body = Sink::default();
                writer.kid(kid, &Style::default(), &mut body);
                body.flush(writer);
                if !body.blocks.is_empty() {
                    let (blocks, pages) = body.blocks.into_iter().unzip();
                    cells.push(RawCell {
                        pages,
                        cell: Cell::new(blocks, false, writer.at),
                        row_head: false,
                        place: writer.place(std::slice::from_ref(kid)),
                    });
                }
            }
        }
    }
    cells
}

fn cell(writer: &mut Writer<'_>, index: usize) -> RawCell {
    let element = &writer.tree.elements[index];
    let header = element.role == Role::HeaderCell;
    let place = writer.place(&element.kids);
    // A head that goes on over a page is one; one that every page has again is told by its place.
    let inner = if header && is_again(&place) {
        writer.inner_by_page(index, &Style::default())
    } else {
        writer.inner(index, &Style::default())
    };
    let mut blocks = once(inner.blocks);
    if header {
        blocks.dedup_by(|a, b| a.0.kind == b.0.kind);
    }
    let (blocks, pages) = blocks.into_iter().unzip();
    RawCell {
        pages,
        cell: Cell {
            blocks,
            header,
            columns: element.spans.1.clamp(1, MOST_COLUMNS),
            rows: element.spans.0.max(1),
            span: writer.at,
        },
        row_head: element.row_header,
        place,
    }
}

/// Whether words stand on several pages, over the same columns on the last as on the first.
fn is_again(place: &Spot) -> bool {
    let run = Spot::main_run([place]);
    place.pages().is_some_and(|(first, last)| first < last) && place.again(run).is_some()
}

/// The blocks of a cell; those of its first page alone where it says the same on each: that is a
/// head which the page repeats.
fn once(mut blocks: Vec<(Block, usize)>) -> Vec<(Block, usize)> {
    let pages: Vec<&[(Block, usize)]> = blocks.chunk_by(|a, b| a.1 == b.1).collect();
    let same = |page: &[(Block, usize)]| {
        page.iter()
            .map(|(block, _)| &block.kind)
            .eq(pages[0].iter().map(|(block, _)| &block.kind))
    };
    let kept = if pages.iter().all(|page| same(page)) {
        pages.first().map_or(0, |page| page.len())
    } else {
        blocks.len()
    };
    blocks.truncate(kept);
    blocks
}

/// A row of which two cells or more, its first among them, go on to another page, in the pieces
/// that the pages show: read cell by cell, it would go to and fro between them.
fn page_by_page(cells: Vec<RawCell>) -> Vec<Vec<RawCell>> {
    let goes_on = |cell: &&RawCell| cell.pages.first() != cell.pages.last();
    let worded = cells.iter().find(|cell| !cell.pages.is_empty());
    let divided = cells.iter().filter(goes_on).count() > 1
        && worded.as_ref().is_some_and(goes_on)
        && cells.iter().all(|cell| cell.cell.rows == 1);
    if !divided {
        return vec![cells];
    }
    let pages: BTreeSet<usize> = cells.iter().flat_map(|cell| cell.pages.clone()).collect();
    pages
        .into_iter()
        .map(|page| cells.iter().map(|cell| cell.on(page)).collect())
        .collect()
}

impl RawCell {
    /// What of it is on a page.
    fn on(&self, page: usize) -> Self {
        let here = self.cell.blocks.iter().zip(&self.pages);
        let (blocks, pages) = here
            .filter(|(_, on)| **on == page)
            .map(|(block, on)| (block.clone(), *on))
            .unzip();
        Self {
            cell: Cell {
                blocks,
                ..self.cell.clone()
            },
            pages,
            ..*self
        }
    }
}

/// Heads are set in bold by whoever shows them; that the page did so too says nothing.
pub(super) fn unstress(inlines: &mut Vec<Inline>) {
    use crate::prose::InlineKind as Kind;
    let old = std::mem::take(inlines);
    for inline in old {
        match inline.kind {
            Kind::Strong(inner) => inlines.extend(inner),
            _ => inlines.push(inline),
        }
    }
}

/// Columns of figures stand right.
pub(super) fn alignments(rows: &[Row], header_rows: usize, width: usize) -> Vec<Alignment> {
    let mut figures = vec![0_usize; width];
    let mut words = vec![0_usize; width];
    for row in rows.iter().skip(header_rows) {
        if row.cells.len() != width {
            continue;
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let text = said(&cell.blocks);
            if text.chars().any(char::is_alphabetic) || is_code(&text) {
                words[column] += 1;
            } else if text.chars().any(|c| c.is_ascii_digit()) {
                figures[column] += 1;
            }
        }
    }
    figures
        .into_iter()
        .zip(words)
        .map(|(figures, words)| {
            if figures > 0 && figures >= 4 * words {
                Alignment::End
            } else {
                Alignment::Start
            }
        })
        .collect()
}
