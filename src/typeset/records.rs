//! A table that does not fit the page in large print becomes one record a row: what names the
//! row, then each cell under the head of its column (UKAAF MS03).

use super::fit::place;
use crate::compose::part::{Block, BlockKind, Cell, Inline, Record, RecordField, Table};
use crate::compose::part::{plain, plain_blocks};

/// What stands for a cell that says nothing.
const NOTHING: &str = "–";

/// The longest cell that stands beside its label, in characters, and the longest word in one: what
/// goes on a few lines of two fifths of the page in giant print.
const BESIDE: usize = 40;
const WORD: usize = 12;

/// The rows of a table as records.
pub(super) fn records(table: &Table) -> BlockKind {
    let columns = table.columns.len().max(1);
    let grid = grid(table, columns);
    let labels: Vec<String> = (0..columns).map(|x| label(table, &grid, x)).collect();
    let records = (table.header_rows..table.rows.len())
        .map(|y| record(table, &grid[y], &labels, y))
        .collect();
    BlockKind::Records {
        caption: table.caption.clone(),
        records,
    }
}

/// For each row and column, the row and index of the cell that stands there.
fn grid(table: &Table, columns: usize) -> Vec<Vec<Option<(usize, usize)>>> {
    let mut grid = vec![vec![None; columns]; table.rows.len()];
    for (y, places) in place(table).iter().enumerate() {
        for (index, place) in places.iter().enumerate() {
            for row in grid.iter_mut().skip(place.y).take(place.rows) {
                for slot in row.iter_mut().skip(place.x).take(place.columns) {
                    *slot = Some((y, index));
                }
            }
        }
    }
    grid
}

/// The head of a column: the words of the head cells over it, outermost first.
fn label(table: &Table, grid: &[Vec<Option<(usize, usize)>>], x: usize) -> String {
    let mut seen = Vec::new();
    let mut words = Vec::new();
    for at in grid.iter().take(table.header_rows).filter_map(|row| row[x]) {
        if !seen.contains(&at) {
            seen.push(at);
            let text = plain_blocks(&table.rows[at.0].cells[at.1].blocks);
            if !text.trim().is_empty() {
                words.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    words.join(", ")
}

fn record(table: &Table, row: &[Option<(usize, usize)>], labels: &[String], y: usize) -> Record {
    let cell = |at: (usize, usize)| -> &Cell { &table.rows[at.0].cells[at.1] };
    let mut seen: Vec<(usize, usize)> = Vec::new();
    let mut title: Vec<Block> = Vec::new();
    let mut fields = Vec::new();
    for (x, at) in row.iter().enumerate() {
        let Some(at) = *at else { continue };
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        let blocks = cell(at).blocks.clone();
        if x == 0 || (cell(at).header && fields.is_empty()) {
            if !title.is_empty() && !plain_blocks(&blocks).trim().is_empty() {
                join(&mut title, blocks);
            } else if title.is_empty() {
                title = blocks;
            }
        } else {
            let silent = plain_blocks(&blocks).trim().is_empty();
            if silent && labels[x].is_empty() {
                continue;
            }
            let blocks = if silent {
                vec![Block::paragraph(vec![Inline::text(NOTHING)])]
            } else {
                blocks
            };
            fields.push(RecordField {
                label: labels[x].clone(),
                beside: is_short(&blocks),
                blocks,
            });
        }
    }
    if let [block] = title.as_mut_slice()
        && let BlockKind::Paragraph { content, .. } = &mut block.kind
        && plain(content).trim().is_empty()
    {
        *content = vec![Inline::text(NOTHING)];
    }
    Record {
        title,
        fields,
        mark: table.rows[y].mark,
    }
}

/// Whether a cell is one paragraph of a few words, which can stand beside its label.
fn is_short(blocks: &[Block]) -> bool {
    let words = plain_blocks(blocks);
    let one = |block: &Block| matches!(block.kind, BlockKind::Paragraph { .. });
    blocks.len() <= 1
        && blocks.iter().all(one)
        && words.chars().count() <= BESIDE
        && words
            .split_whitespace()
            .all(|word| word.chars().count() <= WORD)
}

/// Adds the words of a second head cell to a title.
fn join(title: &mut Vec<Block>, mut blocks: Vec<Block>) {
    if let (
        [
            Block {
                kind: BlockKind::Paragraph { content, .. },
                ..
            },
        ],
        [
            Block {
                kind: BlockKind::Paragraph { content: more, .. },
                ..
            },
        ],
    ) = (title.as_mut_slice(), blocks.as_mut_slice())
    {
        content.push(Inline::text(", "));
        content.append(more);
    } else {
        title.append(&mut blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::{Align, Row};

    fn cell(words: &str, columns: usize, rows: usize) -> Cell {
        Cell {
            blocks: vec![Block::paragraph(vec![Inline::text(words)])],
            header: false,
            columns,
            rows,
        }
    }

    #[test]
    fn each_value_stands_under_its_column_head() {
        let row = |cells| Row { cells, mark: None };
        let table = Table {
            columns: vec![Align::Auto; 3],
            header_rows: 2,
            rows: vec![
                row(vec![cell("Ward", 1, 2), cell("Patients", 2, 1)]),
                row(vec![cell("2026", 1, 1), cell("2027", 1, 1)]),
                row(vec![cell("North", 1, 2), cell("12", 1, 1), cell("", 1, 1)]),
                row(vec![cell("14", 1, 1), cell("15", 1, 1)]),
            ],
            ..Table::default()
        };
        let BlockKind::Records { records, .. } = records(&table) else {
            panic!("a table becomes records")
        };
        let said: Vec<String> = records
            .iter()
            .map(|record| {
                let fields: Vec<String> = record
                    .fields
                    .iter()
                    .map(|field| format!("{}={}", field.label, plain_blocks(&field.blocks)))
                    .collect();
                format!("{}: {}", plain_blocks(&record.title), fields.join("; "))
            })
            .collect();
        assert_eq!(
            said,
            [
                "North: Patients, 2026=12; Patients, 2027=–",
                "North: Patients, 2026=14; Patients, 2027=15"
            ]
        );
    }

    #[test]
    fn a_few_words_stand_beside_their_label_and_a_sentence_below_it() {
        let short = |words: &str| is_short(&cell(words, 1, 1).blocks);
        assert!(short("1,174"));
        assert!(short("Families coming for the first time"));
        assert!(short(""));
        assert!(!short("enquiries@thornmere.example"));
        assert!(!short(&"word ".repeat(20)));
        let two = [cell("One.", 1, 1).blocks, cell("Two.", 1, 1).blocks].concat();
        assert!(!is_short(&two));
    }
}
