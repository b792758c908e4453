//! A CSV file as a table.

use std::sync::LazyLock;

use regex::Regex;

use super::codes;
use super::named::Named;
use super::reader::Reader;
use crate::finding::{FileId, Finding, Span, counted};
use crate::prose::totals::is_total;
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
    let (skipped, delimiter) = delimiter(&text);
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(&text.as_bytes()[skipped..]);
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut cells_read = 0;
    loop {
        let start = skipped + records.position().byte() as usize;
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
        let end = skipped + records.position().byte() as usize;
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
        let cells = record.iter().map(|text| cell(text, span)).collect();
        rows.push(Row { cells, span });
    }
    let caption = without_edges(&mut rows);
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
            .resize_with(row.cells.len().max(columns), || cell("", span));
    }
    say_errors(&rows, reader);
    for cell in rows
        .iter_mut()
        .take(header_rows)
        .flat_map(|row| &mut row.cells)
    {
        cell.header = true;
    }
    for row in rows.iter_mut().skip(header_rows) {
        if row
            .cells
            .iter()
            .map(words)
            .find(|words| !words.is_empty())
            .is_some_and(|label| is_total(&label))
        {
            row.cells.iter_mut().for_each(strengthen);
        }
    }
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let header_rows = header_rows.min(rows.len());
    Some(Table {
        caption,
        columns: (0..columns)
            .map(|column| alignment(&rows[header_rows..], column))
            .collect(),
        header_rows,
        rows,
    })
}

/// Takes off blank rows and columns around a table, and the titles above its heads: rows with
/// words in one cell alone over rows with words in several.
fn without_edges(rows: &mut Vec<Row>) -> Option<Vec<Inline>> {
    let filled = |row: &Row| {
        row.cells
            .iter()
            .filter(|cell| !cell.blocks.is_empty())
            .count()
    };
    let last = rows
        .iter()
        .rposition(|row| filled(row) > 0)
        .map_or(0, |at| at + 1);
    rows.truncate(last);
    let widest = rows.iter().map(filled).max().unwrap_or(0);
    let heads = rows.iter().position(|row| filled(row) > 1).unwrap_or(0);
    let mut caption = Vec::new();
    if widest > 1 {
        for row in rows.drain(..heads) {
            let span = row.span;
            let title = row
                .cells
                .into_iter()
                .find_map(|cell| cell.blocks.into_iter().next());
            if let Some(Block {
                kind: BlockKind::Paragraph(words),
                ..
            }) = title
            {
                if !caption.is_empty() {
                    caption.push(Inline {
                        kind: InlineKind::HardBreak,
                        span,
                    });
                }
                caption.extend(words);
            }
        }
    }
    let first = rows.iter().position(|row| filled(row) > 0).unwrap_or(0);
    rows.drain(..first);
    let blank = |row: &Row, column: usize| {
        row.cells
            .get(column)
            .is_none_or(|cell| cell.blocks.is_empty())
    };
    while rows.iter().any(|row| row.cells.len() > 1) && rows.iter().all(|row| blank(row, 0)) {
        for row in rows.iter_mut().filter(|row| !row.cells.is_empty()) {
            row.cells.remove(0);
        }
    }
    loop {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if width < 2 || rows.iter().any(|row| !blank(row, width - 1)) {
            break;
        }
        rows.iter_mut()
            .for_each(|row| row.cells.truncate(width - 1));
    }
    (!caption.is_empty()).then_some(caption)
}

/// What a spreadsheet shows in the place of a value.
static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is fixed, and the tests compile it.
    Regex::new(r"^(?:#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)|#{3,})$|^[0-9](?:\.[0-9]+)?E[+-][0-9]+$")
        .expect("a fixed pattern")
});

/// Cells that hold no value but what a spreadsheet shows in its place.
fn say_errors(rows: &[Row], reader: &Reader<'_>) {
    for row in rows {
        for cell in row
            .cells
            .iter()
            .map(words)
            .filter(|words| ERROR.is_match(words))
        {
            let (what, help) = if cell.starts_with("##") {
                (
                    "is a column that was too narrow",
                    "Widen the column in the spreadsheet and save the file again",
                )
            } else if cell.starts_with('#') {
                (
                    "is an error of the spreadsheet",
                    "Mend the formula in the spreadsheet and save the file again",
                )
            } else {
                (
                    "is a figure that the spreadsheet cut short",
                    "Set the cell's format to a number, or to text for a reference, and save the file again",
                )
            };
            reader.notes.add(
                Finding::warning(
                    codes::SPREADSHEET_ERROR,
                    row.span,
                    format!("“{cell}” {what}"),
                )
                .help(help),
            );
        }
    }
}

/// The words of a cell.
fn words(cell: &Cell) -> String {
    cell.blocks
        .first()
        .map_or(String::new(), |block| match &block.kind {
            BlockKind::Paragraph(words) => crate::prose::plain(words),
            _ => String::new(),
        })
}

/// Sets the words of a cell strongly, as those of a total are.
fn strengthen(cell: &mut Cell) {
    for block in &mut cell.blocks {
        if let BlockKind::Paragraph(words) = &mut block.kind {
            let inner = std::mem::take(words);
            words.push(Inline {
                kind: InlineKind::Strong(inner),
                span: block.span,
            });
        }
    }
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
                    "This row has {}, the first row has {columns}",
                    counted(row.cells.len(), "cell")
                ),
            )
            .related(rows[0].span, "the first row")
            .help("Give each row the same number of cells; a cell with a comma in it stands in quotation marks"),
        );
    }
}

/// What stands between the cells, and how many bytes of the file say so (`sep=;`, which Excel
/// writes): comma, or semicolon or tab where the first line has those and no comma.
fn delimiter(text: &str) -> (usize, u8) {
    let first = text.split_inclusive('\n').next().unwrap_or("");
    if let Some(said) = first.trim_end().trim_matches('"').strip_prefix("sep=")
        && let [byte] = said.as_bytes()
    {
        return (first.len(), *byte);
    }
    let found = [b',', b';', b'\t']
        .into_iter()
        .find(|&byte| first.as_bytes().contains(&byte));
    (0, found.unwrap_or(b','))
}

fn cell(text: &str, span: Span) -> Cell {
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
        header: false,
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
        let words = words(cell);
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
    fn what_stands_between_cells() {
        assert_eq!(delimiter("a,b;c\n"), (0, b','));
        assert_eq!(delimiter("a;b\n"), (0, b';'));
        assert_eq!(delimiter("sep=;\r\na;b\n"), (7, b';'));
        assert_eq!(delimiter("\"sep=,\"\na,b\n"), (8, b','));
        assert_eq!(delimiter(""), (0, b','));
    }

    #[test]
    fn errors_of_spreadsheets_are_told_from_values() {
        for error in ["#REF!", "#DIV/0!", "#N/A", "########", "1.23E+05", "4E-03"] {
            assert!(ERROR.is_match(error), "{error}");
        }
        for value in ["#1", "1.23", "E10", "2E", "A1.2E+05", "–", "#"] {
            assert!(!ERROR.is_match(value), "{value}");
        }
    }

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
