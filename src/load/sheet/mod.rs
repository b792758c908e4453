//! Spreadsheets into tables: what a sheet shows, as text, in its own number formats.
//!
//! `budget.xlsx#Summary!A3:H40` names cells of a workbook: a sheet, a range of it, a range with a
//! name, or a table. Hidden rows, columns and cells, comments and links to other files are left out and
//! reported. The transcript of a sheet has a line for each of its rows, so that line 12 is row 12.
//!
//! Libraries for spreadsheets give values without their formats, and do not say what is hidden; and the
//! archive and the XML can be read here anyway. This room does not know what a table is for.

mod area;
mod book;
mod clock;
mod excel;
mod format;
mod found;
mod open_document;
mod opened;
mod pick;
mod refusal;
#[cfg(test)]
mod tests;

use self::area::{Area, Place};
use self::book::Sheet;
pub(super) use self::clock::day;
use self::opened::Opened;
use self::pick::{Picked, Unclear};
use super::disk::Refusal;
use super::grid::{self, Grid, Heads, MOST_CELLS, Merged};
use super::named::{Named, workbook};
use super::office::Wanted;
use super::reader::Reader;
use super::weight;
use crate::finding::{FileId, Span};
use crate::model::{Access, SourceName};
use crate::prose::{BlockKind, Cell, Inline, InlineKind, LinkTarget, Row, Table};

/// The table in the cells that a source names. `access` says who may read it; `header_rows`, if given,
/// is the number of header rows.
pub(super) fn read(
    named: &Named,
    header_rows: Option<u32>,
    access: &Access,
    reader: &Reader<'_>,
) -> Option<Table> {
    let (path, _) = workbook(&named.name.0)?;
    let file = SourceName(path.to_owned());
    let (bytes, _) = reader.office(&file, named.span, Wanted::Sheet, access)?;
    understood(named, &bytes, header_rows, reader)
}

/// The same, from the bytes of the file.
fn understood(
    named: &Named,
    bytes: &[u8],
    header_rows: Option<u32>,
    reader: &Reader<'_>,
) -> Option<Table> {
    let (path, inside) = workbook(&named.name.0)?;
    let file = SourceName(path.to_owned());
    let tell = |refusal: Refusal| reader.notes.add(refusal.at(named.span));
    let mut opened = Opened::of(&file.0, bytes).map_err(tell).ok()?;
    let told = (named, &file, reader);
    let picked = match pick::pick(&mut opened, inside) {
        Ok(picked) => picked,
        Err(Unclear::Fault(fault)) => {
            tell(refusal::damaged(&file.0, fault));
            return None;
        }
        Err(unclear) => {
            unclear.tell(&opened, told);
            return None;
        }
    };
    pick::hidden_sheets(&opened, told);
    table(&picked, header_rows, named, reader)
}

/// The table in the cells that were picked.
fn table(
    picked: &Picked,
    header_rows: Option<u32>,
    named: &Named,
    reader: &Reader<'_>,
) -> Option<Table> {
    let Picked {
        sheet,
        area,
        held,
        heads,
    } = picked;
    let rows: Vec<u32> = (area.first.0..=area.last.0)
        .filter(|row| !sheet.hides_row(*row))
        .collect();
    let columns: Vec<u32> = (area.first.1..=area.last.1)
        .filter(|column| !sheet.hides_column(*column))
        .collect();
    if rows.len().saturating_mul(columns.len()) > MOST_CELLS {
        reader.notes.add(grid::too_large(&named.name, named.span));
        return None;
    }
    let file = reader.files.borrow_mut().reserve(named.name.0.clone());
    let mut writing = Writing {
        sheet,
        file,
        text: "\n".repeat(area.first.0 as usize),
    };
    let mut made = Vec::with_capacity(rows.len());
    for row in area.first.0..=area.last.0 {
        if !sheet.hides_row(row) {
            made.push(writing.row(row, &columns));
        }
        writing.text.push('\n');
    }
    let text = writing.text;
    let lines: Vec<Span> = made.iter().map(|row| row.span).collect();
    let place = |(row, column): Place| {
        let line = rows
            .partition_point(|known| *known < row)
            .min(lines.len().saturating_sub(1));
        let cells = made
            .get(line)
            .map(|row| row.cells.as_slice())
            .unwrap_or_default();
        let known = columns
            .iter()
            .position(|known| *known == column)
            .and_then(|at| cells.get(at));
        match known.filter(|_| rows.get(line) == Some(&row)) {
            Some(cell) if cell.span.start < cell.span.end => cell.span,
            _ => lines.get(line).copied().unwrap_or(Span::new(file, 0, 0)),
        }
    };
    found::tell(sheet, held, &place, reader.notes);
    reader.files.borrow_mut().fill(file, text.as_str());
    let merged: Vec<Merged> = sheet
        .merged
        .iter()
        .filter_map(|one| merged(&one.and(area)?, &rows, &columns))
        .collect();
    let heads = match (header_rows, heads) {
        (Some(count), _) => Heads::First(count as usize),
        (None, Some(before)) => Heads::Before(rows.partition_point(|row| row < before)),
        (None, None) => Heads::Found,
    };
    match Grid::of(made) {
        Some(grid) => {
            let mut table = grid.table(heads, &merged, reader.notes);
            weight::hold_table(&mut table, reader.notes).then_some(table)
        }
        None => {
            reader.notes.add(grid::empty(&named.name, named.span));
            None
        }
    }
}

/// Merged cells, counted in the rows and columns that are shown.
fn merged(area: &Area, rows: &[u32], columns: &[u32]) -> Option<Merged> {
    let shown = |all: &[u32], first: u32, last: u32| {
        let from = all.partition_point(|at| *at < first);
        (from, all.partition_point(|at| *at <= last) - from)
    };
    let (row, height) = shown(rows, area.first.0, area.last.0);
    let (column, width) = shown(columns, area.first.1, area.last.1);
    (height > 0 && width > 0).then_some(Merged {
        row,
        column,
        rows: height,
        columns: width,
    })
}

/// A transcript that is being written.
struct Writing<'s> {
    sheet: &'s Sheet,
    file: FileId,
    text: String,
}

impl Writing<'_> {
    fn row(&mut self, row: u32, columns: &[u32]) -> Row {
        let start = self.text.len();
        let mut cells = Vec::with_capacity(columns.len());
        let links = self.sheet.links.iter();
        let links: Vec<_> = links
            .filter(|(area, _)| (area.first.0..=area.last.0).contains(&row))
            .collect();
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                self.text.push('\t');
            }
            let place = (row, *column);
            let from = self.text.len();
            let words = self.sheet.cells.get(&place).map_or("", String::as_str);
            self.text.extend(
                words
                    .chars()
                    .map(|letter| if letter.is_control() { ' ' } else { letter }),
            );
            let mut cell = grid::cell(words, Span::new(self.file, from, self.text.len()));
            if let Some((_, address)) = links.iter().find(|(area, _)| area.holds(place)) {
                link(&mut cell, address);
            }
            cells.push(cell);
        }
        self.text
            .truncate(self.text.trim_end_matches('\t').len().max(start));
        let end = self.text.len();
        for cell in &mut cells {
            let range = cell.span.range();
            cell.span = Span::new(self.file, range.start.min(end), range.end.min(end));
        }
        Row {
            cells,
            span: Span::new(self.file, start, end),
        }
    }
}

/// Makes the text of a cell a link, if a pack can link to the address.
fn link(cell: &mut Cell, address: &str) {
    let lower = address.trim().to_ascii_lowercase();
    let leads = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    for block in cell.blocks.iter_mut().filter(|_| leads) {
        if let BlockKind::Paragraph(words) = &mut block.kind {
            let content = std::mem::take(words);
            let target = LinkTarget::Web(address.trim().to_owned());
            words.push(Inline {
                kind: InlineKind::Link { target, content },
                span: block.span,
            });
        }
    }
}
