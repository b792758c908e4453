//! A CSV file as a table.

use super::codes;
use super::grid::{self, Grid, Heads, MOST_CELLS};
use super::named::Named;
use super::reader::Reader;
use super::weight;
use crate::finding::{FileId, Finding, Span, counted};
use crate::prose::{Row, Table};

/// The table that a CSV file holds; its first `header_rows` rows are header rows.
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
            reader.notes.add(grid::too_large(&named.name, named.span));
            return None;
        }
        let cells = record.iter().map(|text| grid::cell(text, span)).collect();
        rows.push(Row { cells, span });
    }
    let Some(grid) = Grid::of(rows) else {
        reader.notes.add(grid::empty(&named.name, named.span));
        return None;
    };
    if let Some(row) = grid.rows().last().filter(|row| {
        let raw = text.get(row.span.start as usize..row.span.end as usize);
        raw.is_some_and(|raw| never_closes(raw, char::from(delimiter)))
    }) {
        reader.notes.add(
            Finding::error(
                codes::RAGGED_TABLE,
                Span { file, ..row.span },
                "A quotation mark opens in this row and never closes, so all that follows is one cell",
            )
            .help("Close it, or remove it; a quotation mark inside a cell is written twice"),
        );
    } else {
        say_ragged(grid.rows(), file, reader);
    }
    if grid.rows().len() <= header_rows {
        reader.notes.add(
            Finding::warning(
                codes::NOT_A_TABLE,
                named.span,
                format!("{} has a header row and nothing below it", named.name),
            )
            .help("Add the rows, or remove the table"),
        );
    }
    let mut table = grid.table(Heads::First(header_rows), &[], reader.notes);
    weight::hold_table(&mut table, reader.notes).then_some(table)
}

/// Whether a cell that begins with a quotation mark goes on to the end of the file.
fn never_closes(raw: &str, delimiter: char) -> bool {
    let mut letters = raw.chars().peekable();
    let (mut quoted, mut begins) = (false, true);
    while let Some(letter) = letters.next() {
        match (quoted, letter) {
            (false, '"') if begins => quoted = true,
            // Two quotation marks stand for one in the cell.
            (true, '"') if letters.peek() == Some(&'"') => {
                letters.next();
            }
            (true, '"') => quoted = false,
            _ => {}
        }
        begins = !quoted && (letter == delimiter || letter == '\n');
    }
    quoted
}

fn say_ragged(rows: &[Row], file: FileId, reader: &Reader<'_>) {
    let columns = rows[0].cells.len();
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
            .help("Give each row the same number of cells; put quotation marks round a cell with a comma in it"),
        );
    }
}

/// The delimiter, and how many bytes of the file declare it (`sep=;`, as Excel writes it). Without a
/// declaration it is a comma, or the semicolon or tab of a first line without commas.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_that_never_closes() {
        for raw in ["\"a,b\nc,d", "a,\"b", "a,\"say \"\"so\"\""] {
            assert!(never_closes(raw, ','), "{raw}");
        }
        for raw in [
            "\"a,b\",c",
            "a,5\" pipe",
            "a,\"say \"\"so\"\"\"",
            "\"a\nb\",c",
        ] {
            assert!(!never_closes(raw, ','), "{raw}");
        }
    }

    #[test]
    fn what_stands_between_cells() {
        assert_eq!(delimiter("a,b;c\n"), (0, b','));
        assert_eq!(delimiter("a;b\n"), (0, b';'));
        assert_eq!(delimiter("sep=;\r\na;b\n"), (7, b';'));
        assert_eq!(delimiter("\"sep=,\"\na,b\n"), (8, b','));
        assert_eq!(delimiter(""), (0, b','));
    }
}
