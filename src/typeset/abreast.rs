//! A long table of short pairs, such as the page numbers of two editions, leaves most of each line
//! empty. It is set with two pairs on each line, in the order in which they are read.

use crate::compose::part::{Block, BlockKind, Cell, Inline, Row, Table, plain};

/// The fewest pairs that are set like this. A table with fewer is short enough as it is.
const LEAST: usize = 10;
/// The longest side of a pair, in characters: a page number, a year, a figure.
const BRIEF: usize = 8;
/// The most words of one: "43 to 44".
const RANGE: usize = 3;

/// The table with two pairs on each line, or `None` if it is not a table of short pairs or is not
/// long.
pub(super) fn two_abreast(table: &Table) -> Option<Table> {
    let (head, body) = table.rows.split_at_checked(table.header_rows)?;
    let paired = table.columns.len() == 2
        && body.len() >= LEAST
        && table.rows.iter().all(is_pair)
        && body.iter().flat_map(|row| &row.cells).all(is_brief);
    if !paired {
        return None;
    }
    let twice = |row: &Row| Row {
        cells: [row.cells.as_slice(), &row.cells].concat(),
        mark: row.mark,
    };
    let on_a_line = |pairs: &[Row]| {
        let mut cells: Vec<Cell> = pairs.iter().flat_map(|row| row.cells.clone()).collect();
        cells.resize(4, Cell::blank());
        Row {
            cells,
            mark: pairs[0].mark,
        }
    };
    Some(Table {
        columns: [table.columns.as_slice(), &table.columns].concat(),
        rows: head
            .iter()
            .map(twice)
            .chain(body.chunks(2).map(on_a_line))
            .collect(),
        ..table.clone()
    })
}

fn is_pair(row: &Row) -> bool {
    let one = |cell: &Cell| cell.columns == 1 && cell.rows == 1;
    row.cells.len() == 2 && row.cells.iter().all(one)
}

/// Whether a cell holds one short word or a page number and nothing else.
fn is_brief(cell: &Cell) -> bool {
    let [
        Block {
            kind: BlockKind::Paragraph { content, .. },
            ..
        },
    ] = cell.blocks.as_slice()
    else {
        return false;
    };
    let plain_inline =
        |inline: &Inline| matches!(inline, Inline::Text { .. } | Inline::Page { .. });
    let said = plain(content);
    let words: Vec<&str> = said.split_whitespace().collect();
    let numbered = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
    let one = words.len() <= 1;
    let range = words.len() == RANGE && words.iter().step_by(2).all(numbered);
    content.iter().all(plain_inline)
        && (one || range)
        && words.iter().all(|word| word.chars().count() <= BRIEF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::{Align, plain_blocks};

    fn pairs(count: usize, second: &str) -> Table {
        let head = Row {
            cells: ["Standard page", "Page here"]
                .map(|words| Cell::head(vec![Inline::text(words)]))
                .into(),
            mark: Some(1),
        };
        let body = (0..count).map(|at| Row {
            cells: vec![
                Cell::head(vec![Inline::text(at.to_string())]),
                Cell::of(vec![Inline::text(second)]),
            ],
            mark: Some(2 + at as u32),
        });
        Table {
            columns: vec![Align::Start; 2],
            header_rows: 1,
            rows: std::iter::once(head).chain(body).collect(),
            ..Table::default()
        }
    }

    #[test]
    fn pairs_stand_two_on_a_line_and_none_is_lost() {
        let table = two_abreast(&pairs(11, "x")).expect("a table of pairs");
        let said: Vec<String> = table
            .rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| plain_blocks(&cell.blocks));
                cells.collect::<Vec<_>>().join("|")
            })
            .collect();
        assert_eq!(said[0], "Standard page|Page here|Standard page|Page here");
        assert_eq!(said[1..3], ["0|x|1|x", "2|x|3|x"]);
        assert_eq!(said[6], "10|x||");
        assert_eq!((said.len(), table.columns.len()), (7, 4));
        // Pages of one document may be cited as one.
        assert!(two_abreast(&pairs(11, "43 to 44")).is_some());
    }

    #[test]
    fn a_short_table_or_one_of_words_stays_as_it_is() {
        assert_eq!(two_abreast(&pairs(4, "x")), None);
        assert_eq!(two_abreast(&pairs(40, "some words")), None);
    }
}
