//! A table that does not fit the page in large print becomes one record for each row: the name of the
//! row, then each cell under the heading of its column (UKAAF MS03).

mod heads;

use self::heads::{Head, heads, unnamed};
use super::alike::same_as_above;
use super::columns::figure;
use super::fit::lines;
use super::grid::{grid, is_silent, says};
use super::head_notes::{Notes, notes_of_heads, with_notes};
use super::room::{soften_blocks, soften_text};
use super::style::Style;
use crate::compose::part::{
    Block, BlockKind, Cell, Inline, Record, RecordField, Table, plain, plain_blocks,
};
use crate::prose::totals::is_total;

/// How much of a page a record or a field may take if it is never broken.
const UNBROKEN: f64 = 0.3;
/// How much of a page a name may take if it is repeated on each page of its record.
const NAME: f64 = 0.2;

/// How far the fields of a group are indented, in ems. The template has the same figure.
const GROUPED: f64 = 1.0;
/// The height of a line with the space around it, in ems.
const LINE: f64 = 1.4;

/// The space between a label and its figure on a line of several, which keeps them together.
const AFTER_LABEL: char = '\u{a0}';

/// The longest value that goes on one line with others, in characters.
const BRIEF: usize = 24;

/// The rows of a table as records in `room` ems.
pub(super) fn records(table: &Table, style: &Style, room: f64) -> BlockKind {
    let columns = table.columns.len().max(1);
    let grid = grid(table, columns);
    let (heads, unit) = heads(table, &grid, columns);
    // A table with only header rows is read as if it had none.
    let first = if table.header_rows < table.rows.len() {
        table.header_rows
    } else {
        0
    };
    // If some rows have values beside their names, a row with none is a title between them.
    let titles = grid[first..]
        .iter()
        .any(|row| row[0].is_some_and(|at| says(table, at)) && worded(table, row) > 1);
    let same = same_as_above(table, first);
    let mut notes = notes_of_heads(table, first);
    let mut records: Vec<Record> = (first..table.rows.len())
        .flat_map(|y| {
            let unit = unit.as_deref();
            let (marks, mut record) = record(table, &grid[y], &heads, unit, y, titles, &mut notes);
            if let (Some(above @ 1..), Some(name)) = (same[y], line(&mut record.title)) {
                name.push(Inline::text(format!(" ({})", above + 1)));
            }
            lay_out(&mut record, style, room);
            let worded = !record.title.is_empty() || !record.fields.is_empty();
            marks
                .into_iter()
                .map(marked)
                .chain(worded.then_some(record))
        })
        .collect();
    // The notes of columns without values.
    let left: Vec<Inline> = notes.into_values().flatten().collect();
    if let (false, Some(record)) = (left.is_empty(), records.first_mut()) {
        match line(&mut record.title) {
            Some(name) => name.extend(left),
            None => record.title.push(Block::paragraph(left)),
        }
    }
    BlockKind::Records {
        caption: table.caption.clone(),
        records,
    }
}

/// Adds a cell to the name of a record, after the heading of its column.
fn name(title: &mut Vec<Block>, label: &str, blocks: &[Block]) {
    let from = title.len();
    title.extend(blocks.iter().cloned());
    if label.is_empty() {
        return;
    }
    match title.get_mut(from).map(|block| &mut block.kind) {
        Some(BlockKind::Paragraph { content, .. }) => {
            content.insert(0, Inline::text(format!("{label}: ")));
        }
        None => {}
        Some(_) => {
            let label = Block::paragraph(vec![Inline::text(format!("{label}:"))]);
            title.insert(from, label);
        }
    }
}

/// How many cells of a row say something.
fn worded(table: &Table, row: &[Option<(usize, usize)>]) -> usize {
    let mut cells: Vec<(usize, usize)> = row.iter().flatten().copied().collect();
    cells.dedup();
    cells.retain(|&at| says(table, at));
    cells.len()
}

/// A mark between two records that says where a page of the standard edition begins.
fn marked(mark: Block) -> Record {
    Record {
        title: vec![mark],
        fields: Vec::new(),
        mark: None,
        whole: true,
        repeat: false,
    }
}

/// Whether a page of the standard edition begins inside blocks.
pub(super) fn holds_mark(blocks: &[Block]) -> bool {
    fn among(content: &[Inline]) -> bool {
        content
            .iter()
            .any(|inline| matches!(inline, Inline::PageMark { .. }) || among(inline.inner()))
    }
    blocks.iter().any(|block| match &block.kind {
        BlockKind::PageMark { .. } => true,
        BlockKind::Paragraph { content, .. } => among(content),
        _ => block.inner().into_iter().any(holds_mark),
    })
}

/// A row as a record, and the marks of pages that begin with it.
fn record(
    table: &Table,
    row: &[Option<(usize, usize)>],
    heads: &[Head],
    unit: Option<&str>,
    y: usize,
    titles: bool,
    notes: &mut Notes,
) -> (Vec<Block>, Record) {
    let cell = |at: (usize, usize)| -> &Cell { &table.rows[at.0].cells[at.1] };
    let mut seen: Vec<(usize, usize)> = Vec::new();
    let mut title: Vec<Block> = Vec::new();
    let mut fields: Vec<RecordField> = Vec::new();
    let mut group: Option<&String> = None;
    let mut under: &[(usize, usize)] = &[];
    let mut marks: Vec<Block> = Vec::new();
    let mut begun = false;
    let alone = titles && worded(table, row) == 1;
    for (x, at) in row.iter().enumerate() {
        let Some(at) = *at else { continue };
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        let mut blocks = cell(at).blocks.as_slice();
        if at.0 == y && !std::mem::replace(&mut begun, true) {
            let is_mark = |block: &&Block| matches!(block.kind, BlockKind::PageMark { .. });
            let (leading, rest) = blocks.split_at(blocks.iter().take_while(is_mark).count());
            marks.extend_from_slice(leading);
            blocks = rest;
        }
        if blocks.iter().all(is_silent) {
            continue;
        }
        let head = &heads[x];
        // A name is repeated on every page of its record, and a mark must be there only once.
        if (x == 0 || (cell(at).header && fields.is_empty())) && !holds_mark(blocks) {
            // A cell that spans columns, or is alone in its row, does not belong to one column, and a
            // total is none of the things that the column lists.
            let label = if cell(at).columns > 1 || alone || is_total(&plain_blocks(blocks)) {
                ""
            } else {
                &head.words()
            };
            let named = if label.is_empty() {
                blocks.to_vec()
            } else {
                with_notes(blocks, &head.cells, notes)
            };
            name(&mut title, label, &named);
            continue;
        }
        // Values without headings follow one another on a line.
        if unnamed(head)
            && let Some(field) = fields.last_mut()
            && run_on(field, blocks)
        {
            continue;
        }
        match fields.last_mut() {
            // Two values under one heading are one field.
            Some(field) if !under.is_empty() && under == head.cells => {
                field.blocks.extend(blocks.iter().cloned());
            }
            _ => fields.push(RecordField {
                group: head.group.clone().filter(|_| group != head.group.as_ref()),
                grouped: head.group.is_some(),
                label: head.label.clone(),
                blocks: with_notes(blocks, &head.cells, notes),
                breakable: false,
            }),
        }
        group = head.group.as_ref();
        under = &head.cells;
    }
    if let (Some(unit), false) = (unit, fields.is_empty()) {
        match line(&mut title) {
            Some(name) => name.push(Inline::text(format!(", {unit}"))),
            None => title.push(Block::paragraph(vec![Inline::text(unit)])),
        }
    }
    let record = Record {
        title,
        fields: on_one_line(fields),
        mark: table.rows[y].mark,
        whole: true,
        repeat: true,
    };
    (marks, record)
}

/// The fields with the figures of each group on one line, each after its label. A row of a budget may
/// have a dozen figures.
fn on_one_line(fields: Vec<RecordField>) -> Vec<RecordField> {
    let mut joined: Vec<RecordField> = Vec::with_capacity(fields.len());
    for field in fields {
        let before = joined.last_mut().filter(|before| {
            let labelled = !before.label.is_empty() && !field.label.is_empty();
            let inside = before.grouped && field.grouped && field.group.is_none();
            labelled && inside && is_figure(before.blocks.last()) && is_figure(field.blocks.last())
        });
        match before.and_then(|before| Some((line(&mut before.blocks)?, field.blocks.as_slice()))) {
            Some((content, [one])) => {
                let label = Inline::strong(format!("{}:", field.label));
                content.push(Inline::text("; "));
                content.push(label);
                content.push(Inline::text(AFTER_LABEL));
                if let BlockKind::Paragraph { content: value, .. } = &one.kind {
                    content.extend(value.iter().cloned());
                }
            }
            _ => joined.push(field),
        }
    }
    joined
}

/// The words of blocks that are one paragraph.
fn line(blocks: &mut [Block]) -> Option<&mut Vec<Inline>> {
    match blocks {
        [
            Block {
                kind: BlockKind::Paragraph { content, .. },
                ..
            },
        ] => Some(content),
        _ => None,
    }
}

/// Whether a block ends in a figure.
fn is_figure(block: Option<&Block>) -> bool {
    let Some(Block {
        kind: BlockKind::Paragraph { content, .. },
        ..
    }) = block
    else {
        return false;
    };
    let said = plain(content);
    let last = said.rsplit(AFTER_LABEL).next();
    figure(last.unwrap_or_default()) == Some(true)
}

/// Adds a few words to the field before, if it has no heading and both are one paragraph. Returns
/// whether it did.
fn run_on(field: &mut RecordField, blocks: &[Block]) -> bool {
    if let (
        true,
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
    ) = (
        field.label.is_empty() && field.group.is_none(),
        field.blocks.as_mut_slice(),
        blocks,
    ) && plain(more).chars().count() <= BRIEF
    {
        content.push(Inline::text("; "));
        content.extend(more.iter().cloned());
        return true;
    }
    false
}

/// Lets wide words break, and decides what may break over a page.
fn lay_out(record: &mut Record, style: &Style, room: f64) {
    let most = style.depth(false) * UNBROKEN / style.size;
    soften_blocks(&mut record.title, room, true);
    let longest = style.depth(false) * NAME / style.size / LINE;
    let mut name = lines(&record.title, room, true);
    if name > longest {
        // Its first block is the name, if that is short enough. The rest is set once.
        let first = record.title.first().map(std::slice::from_ref);
        let first = first.map_or(0.0, |block| lines(block, room, true));
        let keeps = usize::from(first <= longest);
        let rest = record.title.split_off(keeps);
        if keeps == 1 || record.fields.is_empty() {
            record.fields.insert(
                0,
                RecordField {
                    group: None,
                    grouped: false,
                    label: String::new(),
                    blocks: rest,
                    breakable: false,
                },
            );
        } else {
            record.title = rest;
        }
        name = lines(&record.title, room, true);
    }
    let mut all = name;
    for field in &mut record.fields {
        let room = room - if field.grouped { GROUPED } else { 0.0 };
        soften_text(&mut field.label, room, true);
        if let Some(group) = &mut field.group {
            soften_text(group, room, true);
            all += 2.0;
        }
        soften_blocks(&mut field.blocks, room, false);
        let label = Block::paragraph(vec![Inline::text(&field.label)]);
        let high = lines(&field.blocks, room, true) + lines(&[label], room, true) - 1.0;
        field.breakable = high * LINE > most;
        all += high;
    }
    record.repeat = name <= longest;
    record.whole = all * 1.5 < most;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::{Align, Row};

    fn cell(words: &str, columns: usize, rows: usize) -> Cell {
        Cell {
            columns,
            rows,
            ..Cell::of(vec![Inline::text(words)])
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
                row(vec![cell("North", 1, 2), cell("12", 1, 1), cell(" ", 1, 1)]),
                row(vec![cell("14", 1, 1), cell("15", 1, 1)]),
                row(vec![
                    cell("Total", 1, 1),
                    cell("26", 1, 1),
                    cell("15", 1, 1),
                ]),
            ],
            ..Table::default()
        };
        let BlockKind::Records { records, .. } = records(&table, &Style::large(18), 26.0) else {
            panic!("a table becomes records")
        };
        let said: Vec<String> = records
            .iter()
            .map(|record| {
                let fields: Vec<String> = record
                    .fields
                    .iter()
                    .map(|field| {
                        let group = field.group.iter().map(|group| format!("[{group}] "));
                        let value = plain_blocks(&field.blocks);
                        format!("{}{}={value}", group.collect::<String>(), field.label)
                    })
                    .collect();
                format!("{}: {}", plain_blocks(&record.title), fields.join("; "))
            })
            .collect();
        assert_eq!(
            said,
            [
                "Ward: North: [Patients] 2026=12",
                "Ward: North: [Patients] 2026=14; 2027:\u{a0}15",
                "Total: [Patients] 2026=26; 2027:\u{a0}15"
            ]
        );
    }

    #[test]
    fn a_group_with_two_units_is_one_group() {
        let row = |cells| Row { cells, mark: None };
        let words =
            |words: [&str; 4]| row(words.map(|words| cell(words, 1, 1)).into_iter().collect());
        let table = Table {
            columns: vec![Align::Auto; 4],
            header_rows: 3,
            rows: vec![
                row(vec![
                    cell("Ward", 1, 3),
                    cell("Spent", 1, 1),
                    cell("Change", 2, 1),
                ]),
                row(["Gross", "Amount", "Share"]
                    .map(|words| cell(words, 1, 1))
                    .into()),
                row(["£m", "£m", "%"].map(|words| cell(words, 1, 1)).into()),
                words(["North", "12", "2", "17"]),
                words(["South", "14", "1", "8"]),
            ],
            ..Table::default()
        };
        let BlockKind::Records { records, .. } = records(&table, &Style::large(18), 26.0) else {
            panic!("a table becomes records")
        };
        let groups = records[0].fields.iter().map(|field| field.group.as_deref());
        let groups: Vec<&str> = groups.flatten().collect();
        assert_eq!(groups, ["Change"]);
    }

    #[test]
    fn a_unit_that_values_share_stands_once_above_them() {
        let row = |words: [&str; 4]| Row {
            cells: words.map(|words| cell(words, 1, 1)).into(),
            mark: None,
        };
        let mut table = Table {
            columns: vec![Align::Auto; 4],
            header_rows: 2,
            rows: vec![
                row(["Ward", "2026", "2027", "Note"]),
                row(["", "£000s", "£000s", ""]),
                row(["North", "12", "13", "Late"]),
                row(["Southern wards", "", "", ""]),
                row(["South", "14", "15", ""]),
            ],
            ..Table::default()
        };
        let said = |table: &Table| {
            let BlockKind::Records { records, .. } = records(table, &Style::large(18), 26.0) else {
                panic!("a table becomes records")
            };
            let fields: Vec<String> = records[0]
                .fields
                .iter()
                .map(|field| {
                    let group = field.group.as_deref().unwrap_or("-");
                    format!("{group}/{}/{}", field.label, plain_blocks(&field.blocks))
                })
                .collect();
            let title = records.get(1).map(|record| plain_blocks(&record.title));
            (fields.join(" "), title)
        };
        let (fields, title) = said(&table);
        assert_eq!(fields, "£000s/2026/12; 2027:\u{a0}13 -/Note/Late");
        assert_eq!(title.as_deref(), Some("Southern wards"));
        // One cell over both columns is the same as two cells.
        table.rows[1].cells = vec![cell("", 1, 1), cell("£000s", 2, 1), cell("", 1, 1)];
        assert_eq!(said(&table).0, "£000s/2026/12; 2027:\u{a0}13 -/Note/Late");
        // With fewer rows than columns, each column says its own unit.
        table.rows.pop();
        assert_eq!(
            said(&table).0,
            "-/2026, £000s/12 -/2027, £000s/13 -/Note/Late"
        );
    }

    #[test]
    fn values_without_heads_follow_one_another_on_a_line() {
        let table = Table {
            columns: vec![Align::Auto; 3],
            rows: vec![Row {
                cells: vec![cell("Total", 1, 1), cell("12.0", 1, 1), cell("13.0", 1, 1)],
                mark: None,
            }],
            ..Table::default()
        };
        let BlockKind::Records { records, .. } = records(&table, &Style::large(18), 26.0) else {
            panic!("a table becomes records")
        };
        assert_eq!(records[0].fields.len(), 1);
        assert_eq!(plain_blocks(&records[0].fields[0].blocks), "12.0; 13.0");
    }

    #[test]
    fn a_long_record_may_break_and_keeps_its_name_on_each_page() {
        let row = |words: &str| Row {
            cells: vec![cell("North", 1, 1), cell(words, 1, 1)],
            mark: None,
        };
        let table = Table {
            columns: vec![Align::Auto; 2],
            rows: vec![row("short"), row(&"a long story ".repeat(200))],
            ..Table::default()
        };
        let BlockKind::Records { records, .. } = records(&table, &Style::large(18), 26.0) else {
            panic!("a table becomes records")
        };
        assert!(records[0].whole && !records[0].fields[0].breakable);
        assert!(!records[1].whole && records[1].fields[0].breakable && records[1].repeat);
    }
}
