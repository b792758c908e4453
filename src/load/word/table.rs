//! Tables: cells that span columns and rows, indented rows, header rows, and tables that are only a
//! frame.

use std::collections::BTreeMap;

use super::assemble::assemble;
use super::found::LeftIn;
use super::node::{Element, attribute, child, elements, switch, value, word};
use super::story::{Read, Story, block};
use crate::finding::Span;
use crate::prose::{Alignment, Block, BlockKind, Cell, Row, Table};

/// The most columns of a table; no page has room for more.
const MOST_COLUMNS: usize = 200;

/// A row as it stands in the file.
struct RawRow {
    cells: Vec<RawCell>,
    head: bool,
    span: Span,
}

struct RawCell {
    reads: Vec<Read>,
    column: usize,
    columns: usize,
    /// Whether it continues the cell above; `None` if it is not merged with cells of other rows.
    goes_on: Option<bool>,
    span: Span,
}

impl RawCell {
    /// Whether it has text, all of which looks like a heading.
    fn stands_out(&self) -> bool {
        !self.reads.is_empty()
            && self.reads.iter().all(|read| {
                matches!(read, Read::Paragraph(paragraph) if paragraph.stands_out || paragraph.heading.is_some())
            })
    }
}

impl RawRow {
    fn stands_out(&self) -> bool {
        self.cells.iter().any(RawCell::stands_out)
            && self
                .cells
                .iter()
                .all(|cell| cell.reads.is_empty() || cell.stands_out())
    }
}

impl<'p> Story<'p> {
    /// Reads a table.
    pub(super) fn table(&mut self, node: Element<'p>, reads: &mut Vec<Read>) {
        let from = self.transcript.text.len();
        let mut rows = Vec::new();
        self.rows(node, &mut rows);
        rows.retain(|row| !row.cells.is_empty());
        let span = self.transcript.span(from);
        let alone = matches!(rows.as_slice(), [row] if row.cells.len() == 1);
        if alone {
            let mut inner: Vec<Read> = rows
                .into_iter()
                .flat_map(|row| row.cells)
                .flat_map(|cell| cell.reads)
                .collect();
            if !inner.is_empty() {
                self.found
                    .layout_table(first_line(span, &self.transcript.text));
            }
            reads.append(&mut inner);
            return;
        }
        if rows
            .iter()
            .flat_map(|row| &row.cells)
            .all(|cell| cell.reads.is_empty())
        {
            return;
        }
        let apart = self.sets_first_row_apart(node);
        let heads = heads(&rows, apart);
        let table = self.put_together(rows, heads);
        reads.push(Read::Block(block(BlockKind::Table(table), span)));
    }

    fn sets_first_row_apart(&self, node: Element<'p>) -> bool {
        let properties = child(node, "tblPr");
        let style = properties.and_then(|properties| value(properties, "tblStyle"));
        let look = properties.and_then(|properties| child(properties, "tblLook"));
        let wanted = look.is_some_and(|look| match attribute(look, "firstRow") {
            Some(first) => first == "1" || first == "true" || first == "on",
            None => attribute(look, "val")
                .and_then(|bits| u32::from_str_radix(bits, 16).ok())
                .is_some_and(|bits| bits & 0x20 != 0),
        });
        wanted && style.is_some_and(|style| self.styles.sets_first_row_apart(style))
    }

    fn rows(&mut self, node: Element<'p>, rows: &mut Vec<RawRow>) {
        for inner in elements(node) {
            match word(inner) {
                "tr" => rows.extend(self.row(inner)),
                "sdt" => self.control(inner, |story, content| story.rows(content, rows)),
                "customXml" | "smartTag" => self.rows(inner, rows),
                "ins" | "moveTo" => {
                    self.changed(inner);
                    self.rows(inner, rows);
                }
                "del" | "moveFrom" => self.changed(inner),
                _ => {}
            }
        }
    }

    fn row(&mut self, node: Element<'p>) -> Option<RawRow> {
        let properties = child(node, "trPr");
        let property = |name| properties.and_then(|properties| child(properties, name));
        if let Some(change) = property("ins") {
            self.changed(change);
        }
        if let Some(change) = property("del") {
            self.changed(change);
            return None;
        }
        let on = |name| properties.and_then(|properties| switch(properties, name)) == Some(true);
        if on("hidden") {
            self.found.left_in(LeftIn::Hidden, "");
            return None;
        }
        let from = self.transcript.text.len();
        let mut column =
            property("gridBefore").map_or(0, |before| count(attribute(before, "val"), 0));
        let mut cells = Vec::new();
        self.cells(node, &mut column, &mut cells);
        Some(RawRow {
            cells,
            head: on("tblHeader"),
            span: self.transcript.span(from),
        })
    }

    fn cells(&mut self, node: Element<'p>, column: &mut usize, cells: &mut Vec<RawCell>) {
        for inner in elements(node) {
            match word(inner) {
                "tc" => {
                    let properties = child(inner, "tcPr");
                    let property = |name| properties.and_then(|properties| child(properties, name));
                    if let Some(change) = property("cellDel") {
                        self.changed(change);
                        continue;
                    }
                    if let Some(change) = property("cellIns") {
                        self.changed(change);
                    }
                    let columns =
                        property("gridSpan").map_or(1, |span| count(attribute(span, "val"), 1));
                    let columns = columns.min(MOST_COLUMNS.saturating_sub(*column)).max(1);
                    let goes_on =
                        property("vMerge").map(|merge| attribute(merge, "val") != Some("restart"));
                    let from = self.transcript.text.len();
                    let mut reads = Vec::new();
                    self.blocks(inner, &mut reads);
                    cells.push(RawCell {
                        reads,
                        column: *column,
                        columns,
                        goes_on,
                        span: self.transcript.span(from),
                    });
                    *column += columns;
                }
                "sdt" => self.control(inner, |story, content| story.cells(content, column, cells)),
                "customXml" | "smartTag" => self.cells(inner, column, cells),
                _ => {}
            }
        }
    }

    fn put_together(&mut self, raw: Vec<RawRow>, heads: usize) -> Table {
        let width = raw
            .iter()
            .filter_map(|row| row.cells.last())
            .map(|cell| cell.column + cell.columns)
            .max()
            .unwrap_or(1);
        let first_stands_out = raw.len() > heads
            && raw.iter().skip(heads).all(|row| {
                matches!(row.cells.as_slice(), [first, rest @ ..]
                    if !rest.is_empty() && first.stands_out() && !rest.iter().any(RawCell::stands_out))
            });
        let mut rows: Vec<Row> = Vec::with_capacity(raw.len());
        // By column, the cell that the next row may continue: its row, index and number of columns.
        let mut open = BTreeMap::<usize, (usize, usize, usize)>::new();
        for (index, row) in raw.into_iter().enumerate() {
            let mut cells = Vec::new();
            let mut at = 0;
            let header = index < heads;
            for cell in row.cells {
                if cell.column > at {
                    cells.push(empty(cell.column - at, header, row.span));
                }
                at = cell.column + cell.columns;
                let above = open.get(&cell.column).copied().filter(|(_, _, columns)| {
                    cell.goes_on == Some(true) && *columns == cell.columns
                });
                if let Some((above, place, _)) = above {
                    if let Some(cell) = rows
                        .get_mut(above)
                        .and_then(|row: &mut Row| row.cells.get_mut(place))
                    {
                        cell.rows += 1;
                    }
                    continue;
                }
                open.remove(&cell.column);
                if cell.goes_on == Some(false) {
                    open.insert(cell.column, (index, cells.len(), cell.columns));
                }
                let first = cell.column == 0;
                let header = header || first && first_stands_out;
                cells.push(Cell {
                    columns: cell.columns,
                    ..Cell::new(self.cell_blocks(cell.reads), header, cell.span)
                });
            }
            if at < width {
                cells.push(empty(width - at, header, row.span));
            }
            rows.push(Row {
                cells,
                span: row.span,
            });
        }
        Table {
            caption: None,
            columns: vec![Alignment::Start; width],
            header_rows: heads,
            rows,
        }
    }

    fn cell_blocks(&mut self, reads: Vec<Read>) -> Vec<Block> {
        assemble(reads, self.survey, &mut self.found, false)
    }
}

/// The number of header rows: those that are marked as such, else the first row if it stands out.
fn heads(rows: &[RawRow], apart: bool) -> usize {
    let said = rows.iter().take_while(|row| row.head).count();
    let most = rows.len() - 1;
    match rows {
        _ if said > 0 => said.min(most),
        [_, _, ..] if apart => 1,
        [first, second, ..]
            if first.cells.len() > 1 && first.stands_out() && !second.stands_out() =>
        {
            1
        }
        _ => 0,
    }
}

fn empty(columns: usize, header: bool, span: Span) -> Cell {
    Cell {
        columns,
        ..Cell::new(Vec::new(), header, span)
    }
}

fn count(written: Option<&str>, least: usize) -> usize {
    let count = written.and_then(|count| count.trim().parse::<usize>().ok());
    count.unwrap_or(least).clamp(least, MOST_COLUMNS)
}

/// The first line of a stretch of the transcript.
fn first_line(span: Span, text: &str) -> Span {
    let range = span.range();
    let length = text.get(range.clone()).and_then(|text| text.find('\n'));
    Span::new(
        span.file,
        range.start,
        length.map_or(range.end, |length| range.start + length),
    )
}
