//! Tables of the pages written as tables of the prose.

use super::aligned::Aligned;
use super::lines::{Line, lines};
use super::paragraphs::{Pitches, paragraphs};
use super::ruled::Grid;
use super::running::{blocks, paragraph};
use super::seen::Chunk;
use crate::finding::Span;
use crate::pdf::reflow::heads::{Start, said, without_titles};
use crate::pdf::reflow::tables::{alignments, plain_rows};
use crate::prose::{Block, BlockKind, Cell, Inline, List, ListItem, Row, Table};

/// A cell before it is written.
struct Made {
    column: usize,
    columns: usize,
    rows: usize,
    bold: bool,
    shaded: bool,
    blocks: Vec<Block>,
}

impl Made {
    fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

fn is_bold(chunks: &[Chunk]) -> bool {
    let mut words = chunks.iter().flat_map(|chunk| &chunk.words).peekable();
    words.peek().is_some() && words.all(|word| word.bold)
}

/// A table whose cells are parted by lines.
pub(super) fn ruled(grid: Grid, pitches: &Pitches, at: Span) -> Vec<BlockKind> {
    let mut rows: Vec<Vec<Made>> = (0..grid.rows).map(|_| Vec::new()).collect();
    for cell in grid.cells {
        let bold = is_bold(&cell.chunks);
        let lines = cell_lines(cell.chunks);
        let left = lines
            .iter()
            .map(|line| line.bounds.x0)
            .fold(cell.bounds.x1, f64::min);
        let right = cell.bounds.x1 - (left - cell.bounds.x0).clamp(0.0, 12.0);
        let said = paragraphs(lines, right, pitches);
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(Made {
                column: cell.column,
                columns: cell.columns,
                rows: cell.rows,
                bold,
                shaded: cell.shaded,
                blocks: blocks(&said, at),
            });
        }
    }
    for row in &mut rows {
        row.sort_by_key(|cell| cell.column);
    }
    let mut columns = grid.edges.len() - 1;
    drop_empty_rows(&mut rows);
    drop_empty_columns(&mut rows, &mut columns);
    table(rows, columns, at)
}

/// The lines of a cell; words that are turned come as they were painted.
fn cell_lines(chunks: Vec<Chunk>) -> Vec<Line> {
    let (turned, level): (Vec<Chunk>, Vec<Chunk>) =
        chunks.into_iter().partition(|chunk| chunk.turned);
    let mut made = lines(level);
    made.extend(turned.into_iter().flat_map(|chunk| lines(vec![chunk])));
    made
}

/// A table whose cells stand below each other.
pub(super) fn aligned(found: Aligned, at: Span) -> Vec<BlockKind> {
    let lines: usize = found
        .rows
        .iter()
        .flatten()
        .map(|cell| cell.lines.len())
        .sum();
    let cells: usize = found.rows.iter().map(Vec::len).sum();
    let (columns, certain) = (found.columns, found.certain);
    let rows: Vec<Vec<Made>> = found
        .rows
        .into_iter()
        .map(|row| {
            let mut made: Vec<Made> = Vec::with_capacity(columns);
            let mut next = 0;
            for cell in row {
                made.extend((next..cell.column).filter(|_| certain).map(blank));
                next = cell.column + cell.columns;
                let bold = is_bold(&cell.lines);
                let content = paragraph(&cell_lines(cell.lines), at);
                made.push(Made {
                    column: cell.column,
                    columns: cell.columns,
                    rows: 1,
                    bold,
                    shaded: false,
                    blocks: vec![Block {
                        kind: BlockKind::Paragraph(content),
                        span: at,
                        lang: None,
                    }],
                });
            }
            made.extend((next..columns).filter(|_| certain).map(blank));
            made
        })
        .collect();
    if rows.len() == 1 {
        // a row by itself says nothing of columns
        return rows
            .into_iter()
            .flatten()
            .flat_map(|cell| cell.blocks)
            .map(|block| block.kind)
            .collect();
    }
    if !certain {
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().flat_map(|cell| cell.blocks).collect());
        return plain_rows(rows, None, at);
    }
    if columns == 2 && lines == cells && heads(&rows) == 0 {
        return vec![BlockKind::List(pairs(rows, at))];
    }
    table(rows, columns, at)
}

fn blank(column: usize) -> Made {
    Made {
        column,
        columns: 1,
        rows: 1,
        bold: false,
        shaded: false,
        blocks: Vec::new(),
    }
}

/// Two columns of single lines, such as a list of contents or of names and numbers.
fn pairs(rows: Vec<Vec<Made>>, at: Span) -> List {
    let items = rows
        .into_iter()
        .map(|row| {
            let mut line: Vec<Inline> = Vec::new();
            for block in row.into_iter().flat_map(|cell| cell.blocks) {
                if let BlockKind::Paragraph(content) = block.kind {
                    if !line.is_empty() {
                        line.push(Inline {
                            kind: crate::prose::InlineKind::Text(" ".to_owned()),
                            span: at,
                        });
                    }
                    line.extend(content);
                }
            }
            ListItem {
                blocks: vec![Block {
                    kind: BlockKind::Paragraph(line),
                    span: at,
                    lang: None,
                }],
                label: None,
                span: at,
            }
        })
        .collect();
    List {
        start: None,
        tight: true,
        items,
    }
}

fn drop_empty_rows(rows: &mut Vec<Vec<Made>>) {
    let spanned = rows.iter().flatten().any(|cell| cell.rows > 1);
    if !spanned {
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    }
}

/// Takes out columns that hold nothing by themselves.
fn drop_empty_columns(rows: &mut [Vec<Made>], columns: &mut usize) {
    let mut column = 0;
    while column < *columns && *columns > 1 {
        let worded = rows
            .iter()
            .flatten()
            .any(|cell| cell.column == column && cell.columns == 1 && !cell.is_empty());
        if worded {
            column += 1;
            continue;
        }
        // a cell that reaches over it gives it up, one that is only here goes
        let lonely = rows.iter().flatten().any(|cell| {
            cell.column == column && cell.columns == 1 && cell.rows > 1 && !cell.is_empty()
        });
        if lonely {
            column += 1;
            continue;
        }
        for row in rows.iter_mut() {
            row.retain(|cell| !(cell.column == column && cell.columns == 1));
            for cell in row.iter_mut() {
                if cell.column > column {
                    cell.column -= 1;
                } else if cell.column + cell.columns > column {
                    cell.columns -= 1;
                }
            }
        }
        *columns -= 1;
    }
}

/// How many of the first rows are heads: bold or shaded, unlike what is below them.
fn heads(rows: &[Vec<Made>]) -> usize {
    let all = |row: &[Made], is: fn(&Made) -> bool| {
        let mut worded = row.iter().filter(|cell| !cell.is_empty()).peekable();
        worded.peek().is_some() && worded.all(is)
    };
    let count = |is: fn(&Made) -> bool| {
        let first = rows.iter().take_while(|row| all(row, is)).count();
        let unlike = rows.iter().skip(first).filter(|row| !all(row, is)).count();
        (first, unlike, rows.len() - first - unlike)
    };
    let (bold, below, _) = count(|cell| cell.bold);
    let (shaded, unlike, again) = count(|cell| cell.shaded);
    let heads = if bold > 0 && below > 0 && bold <= 4 {
        bold
    } else if shaded > 0 && unlike > 0 && shaded <= 3 && again == 0 {
        shaded
    } else {
        0
    };
    let starts: Vec<Start> = rows[..heads]
        .iter()
        .map(|row| start(row.as_slice()))
        .collect();
    without_titles(heads, &starts)
}

fn start(row: &[Made]) -> Start {
    let first = row.first().filter(|cell| cell.column == 0);
    Start {
        words: first.map(|cell| said(&cell.blocks)).unwrap_or_default(),
        columns: first.map_or(1, |cell| cell.columns),
        alone: row.iter().filter(|cell| !cell.is_empty()).count() == 1,
        rows: row.iter().map(|cell| cell.rows).max().unwrap_or(1),
    }
}

fn table(mut rows: Vec<Vec<Made>>, columns: usize, at: Span) -> Vec<BlockKind> {
    let mut header_rows = heads(&rows);
    // a first row with one cell over all columns is what the table is called
    let mut caption = None;
    let titled = header_rows > 0
        && rows.first().is_some_and(|row| match row.as_slice() {
            [cell] => cell.columns == columns && cell.rows == 1,
            _ => false,
        });
    if titled
        && let [
            Block {
                kind: BlockKind::Paragraph(_),
                ..
            },
        ] = rows[0][0].blocks.as_slice()
    {
        for block in rows.remove(0).into_iter().flat_map(|cell| cell.blocks) {
            if let BlockKind::Paragraph(content) = block.kind {
                caption = Some(content);
            }
        }
        header_rows -= 1;
    }
    // heads that reach further down than their row
    let mut reach = header_rows;
    for (index, row) in rows.iter().enumerate().take(header_rows) {
        let furthest = row.iter().map(|cell| index + cell.rows).max();
        reach = reach.max(furthest.unwrap_or(0));
    }
    header_rows = if reach < rows.len() { reach } else { 0 };
    let rows: Vec<Row> = rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| Row {
            cells: row
                .into_iter()
                .map(|mut cell| {
                    if index < header_rows {
                        unstress(&mut cell.blocks);
                    }
                    Cell {
                        blocks: cell.blocks,
                        header: index < header_rows,
                        columns: cell.columns,
                        rows: cell.rows,
                        span: at,
                    }
                })
                .collect(),
            span: at,
        })
        .collect();
    let columns = alignments(&rows, header_rows, columns);
    vec![BlockKind::Table(Table {
        caption,
        columns,
        header_rows,
        rows,
    })]
}

/// Heads are set in bold by whoever shows them.
fn unstress(blocks: &mut [Block]) {
    for block in blocks {
        if let BlockKind::Paragraph(content) = &mut block.kind {
            crate::pdf::reflow::tables::unstress(content);
        }
    }
}
