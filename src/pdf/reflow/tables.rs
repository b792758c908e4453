//! Tables with their head rows, row heads and spans.

use super::blocks::{Sink, Writer};
use super::flow::Style;
use crate::pdf::structure::{Kid, Role};
use crate::prose::{Alignment, Block, BlockKind, Cell, Inline, Row, Table, plain};

/// More columns than any page holds; spans beyond are cut.
const MOST_COLUMNS: usize = 200;

struct RawRow {
    cells: Vec<RawCell>,
    in_head: bool,
}

struct RawCell {
    cell: Cell,
    row_head: bool,
}

/// The table of an element, unless it is empty, and what stands in it but in none of its cells.
pub(super) fn table(writer: &mut Writer<'_>, index: usize) -> (Option<Table>, Vec<(Block, usize)>) {
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
    rows.retain(|row| !row.cells.is_empty());
    let words = rows
        .iter()
        .any(|row| row.cells.iter().any(|cell| !cell.cell.blocks.is_empty()));
    if !words {
        return (None, around.blocks);
    }
    let header_rows = header_rows(&rows);
    let mut rows: Vec<Row> = rows
        .into_iter()
        .map(|row| Row {
            cells: row.cells.into_iter().map(|cell| cell.cell).collect(),
            span: writer.at,
        })
        .collect();
    let width = square(&mut rows, writer);
    let columns = alignments(&rows, header_rows, width);
    let table = Table {
        caption,
        columns,
        header_rows,
        rows,
    };
    (Some(table), around.blocks)
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
                rows.push(RawRow { cells, in_head });
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
                    cells.push(RawCell {
                        cell: Cell {
                            blocks: body.into_blocks(),
                            header: false,
                            columns: 1,
                            rows: 1,
                            span: writer.at,
                        },
                        row_head: false,
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
    let mut blocks = writer.inner(index, &Style::default()).into_blocks();
    if header {
        // a head that the page repeats at the top of every page is one head
        blocks.dedup_by(|a, b| a.kind == b.kind);
        for block in &mut blocks {
            if let BlockKind::Paragraph(inlines) = &mut block.kind {
                unstress(inlines);
            }
        }
    }
    RawCell {
        cell: Cell {
            blocks,
            header,
            columns: element.spans.1.clamp(1, MOST_COLUMNS),
            rows: element.spans.0.max(1),
            span: writer.at,
        },
        row_head: element.row_header,
    }
}

/// Heads are set in bold by whoever shows them; that the page did so too says nothing.
fn unstress(inlines: &mut Vec<Inline>) {
    use crate::prose::InlineKind as Kind;
    let old = std::mem::take(inlines);
    for inline in old {
        match inline.kind {
            Kind::Strong(inner) => inlines.extend(inner),
            _ => inlines.push(inline),
        }
    }
}

/// How many of the first rows are column heads: those that the file groups as such, or that have
/// no data cell with words.
fn header_rows(rows: &[RawRow]) -> usize {
    let grouped = rows.iter().take_while(|row| row.in_head).count();
    let headed =
        rows.iter()
            .take_while(|row| {
                row.cells.iter().any(|cell| cell.cell.header)
                    && row.cells.iter().all(|cell| {
                        cell.cell.header && !cell.row_head || cell.cell.blocks.is_empty()
                    })
            })
            .count();
    let count = grouped.max(headed);
    if count >= rows.len() && grouped < rows.len() {
        count.min(1).min(rows.len().saturating_sub(1))
    } else {
        count.min(rows.len())
    }
}

/// Gives every row as many columns as the widest and cuts spans that reach below the table; says
/// how many columns that is.
fn square(rows: &mut [Row], writer: &Writer<'_>) -> usize {
    let mut hanging: Vec<usize> = Vec::new();
    let mut widths = Vec::with_capacity(rows.len());
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        let from_above = hanging.iter().filter(|&&left| left > 0).count();
        let mut own = 0;
        let mut column = 0;
        let mut next = hanging.clone();
        for left in &mut next {
            *left = left.saturating_sub(1);
        }
        for cell in &mut row.cells {
            cell.rows = cell.rows.min(count - index);
            while hanging.get(column).is_some_and(|&left| left > 0) {
                column += 1;
            }
            cell.columns = cell.columns.min(MOST_COLUMNS.saturating_sub(own).max(1));
            own += cell.columns;
            for covered in column..(column + cell.columns).min(2 * MOST_COLUMNS) {
                if next.len() <= covered {
                    next.resize(covered + 1, 0);
                }
                next[covered] = cell.rows - 1;
            }
            column += cell.columns;
        }
        hanging = next;
        widths.push(own + from_above);
    }
    let width = widths.iter().copied().max().unwrap_or(0);
    for (row, has) in rows.iter_mut().zip(widths) {
        for _ in has..width {
            row.cells.push(Cell {
                blocks: Vec::new(),
                header: false,
                columns: 1,
                rows: 1,
                span: writer.at,
            });
        }
    }
    width
}

/// Columns of figures stand right.
fn alignments(rows: &[Row], header_rows: usize, width: usize) -> Vec<Alignment> {
    let mut figures = vec![0_usize; width];
    let mut words = vec![0_usize; width];
    for row in rows.iter().skip(header_rows) {
        if row.cells.len() != width {
            continue;
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let text: String = cell
                .blocks
                .iter()
                .map(|block| match &block.kind {
                    BlockKind::Paragraph(inlines) => plain(inlines),
                    _ => "words".to_owned(),
                })
                .collect();
            if text.chars().any(char::is_alphabetic) {
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
