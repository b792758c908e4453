//! A CSV file as a table.

use super::codes;
use super::named::Named;
use super::reader::Reader;
use crate::finding::{FileId, Finding, Span};
use crate::prose::{Alignment, Block, BlockKind, Cell, Inline, InlineKind, Row, Table};

/// The most cells of a table: to set these takes a gigabyte.
const MOST_CELLS: usize = 30_000;

/// The table that a CSV file holds; its first `header_rows` rows are column heads.
pub(super) fn read(named: &Named, header_rows: usize, reader: &Reader<'_>) -> Option<Table> {
    let (file, text) = match reader.sheet(&named.name) {
        Ok(read) => read,
        Err(refusal) => {
            reader.notes.add(refusal.at(named.span));
            return None;
        }
    };
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut cells_read = 0;
    loop {
        let start = records.position().byte() as usize;
        match records.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                reader.notes.add(
                    Finding::error(
                        codes::NOT_A_TABLE,
                        Span::new(file, start, start),
                        format!("This row cannot be read: {error}"),
                    )
                    .help("Save the file again as CSV with UTF-8"),
                );
                return None;
            }
        }
        let end = records.position().byte() as usize;
        let raw = text.get(start..end).unwrap_or("");
        let first = start + (raw.len() - raw.trim_start_matches(['\n', '\r']).len());
        let span = Span::new(file, first, start + raw.trim_end().len());
        cells_read += record.len();
        if cells_read > MOST_CELLS {
            reader.notes.add(
                Finding::error(
                    codes::NOT_A_TABLE,
                    named.span,
                    format!(
                        "{} has more than {MOST_CELLS} cells, too many for a table that anybody reads",
                        named.name
                    ),
                )
                .help("Attach the rows that the report is about, and say in it where the whole file is published"),
            );
            return None;
        }
        let cells = record
            .iter()
            .map(|text| cell(text, rows.len() < header_rows, span))
            .collect();
        rows.push(Row { cells, span });
    }
    if rows.is_empty() {
        reader.notes.add(
            Finding::error(
                codes::NOT_A_TABLE,
                named.span,
                format!("{} is empty", named.name),
            )
            .help("Put a row of column heads and the rows of the table into it"),
        );
        return None;
    }
    let columns = rows[0].cells.len();
    say_ragged(&rows, columns, file, reader);
    for row in &mut rows {
        let span = row.span;
        row.cells
            .resize_with(row.cells.len().max(columns), || cell("", false, span));
    }
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let header_rows = header_rows.min(rows.len());
    Some(Table {
        caption: None,
        columns: (0..columns)
            .map(|column| alignment(&rows[header_rows..], column))
            .collect(),
        header_rows,
        rows,
    })
}

fn say_ragged(rows: &[Row], columns: usize, file: FileId, reader: &Reader<'_>) {
    let ragged = rows.iter().filter(|row| row.cells.len() != columns);
    for row in ragged.take(5) {
        let span = Span { file, ..row.span };
        reader.notes.add(
            Finding::error(
                codes::RAGGED_TABLE,
                span,
                format!(
                    "This row has {} cell{}, the first row has {columns}",
                    row.cells.len(),
                    if row.cells.len() == 1 { "" } else { "s" }
                ),
            )
            .related(rows[0].span, "the first row")
            .help("Give each row the same number of cells; a cell with a comma in it stands in quotation marks"),
        );
    }
}

/// Comma, or semicolon or tab where the first line has those and no comma.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    [b',', b';', b'\t']
        .into_iter()
        .find(|&byte| first.as_bytes().contains(&byte))
        .unwrap_or(b',')
}

fn cell(text: &str, header: bool, span: Span) -> Cell {
    let mut words = Vec::new();
    for (index, line) in text.trim().lines().enumerate() {
        if index > 0 {
            words.push(Inline {
                kind: InlineKind::HardBreak,
                span,
            });
        }
        words.push(Inline {
            kind: InlineKind::Text(line.trim().to_owned()),
            span,
        });
    }
    let blocks = if words.is_empty() {
        Vec::new()
    } else {
        vec![Block {
            kind: BlockKind::Paragraph(words),
            span,
            lang: None,
        }]
    };
    Cell {
        blocks,
        header,
        columns: 1,
        rows: 1,
        span,
    }
}

/// Figures stand at the end of their column.
fn alignment(body: &[Row], column: usize) -> Alignment {
    let mut figures = 0;
    for row in body {
        let Some(cell) = row.cells.get(column) else {
            continue;
        };
        let words = cell
            .blocks
            .first()
            .map_or(String::new(), |block| match &block.kind {
                BlockKind::Paragraph(words) => crate::prose::plain(words),
                _ => String::new(),
            });
        if words.is_empty() {
            continue;
        }
        if !is_figure(&words) {
            return Alignment::Start;
        }
        figures += 1;
    }
    if figures > 0 {
        Alignment::End
    } else {
        Alignment::Start
    }
}

/// Whether a cell holds a figure: digits with signs, points, units of money and percent, or a
/// mark that stands for "none".
fn is_figure(words: &str) -> bool {
    if matches!(words, "-" | "–" | "—" | "n/a" | "N/A") {
        return true;
    }
    let bare = words.trim_end_matches(['%', 'm', 'k', 'p', ')']);
    bare.chars().any(|letter| letter.is_ascii_digit())
        && bare
            .chars()
            .all(|letter| letter.is_ascii_digit() || "+-−–.,£€$( ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_words() {
        for figure in ["12", "-3.5", "£1,200", "(4)", "77.7%", "–", "£3.2m"] {
            assert!(is_figure(figure), "{figure}");
        }
        for words in ["A4", "Q1", "March 2019", "m", ""] {
            assert!(!is_figure(words), "{words}");
        }
    }
}
