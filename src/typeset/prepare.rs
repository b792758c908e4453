//! Makes the blocks of a part fit the page: nesting for which the line has room, the gutter of the
//! numbers, and each table as one table, several tables or records.

use super::gather::Gathered;
use super::style::Style;
use super::{abreast, alike, columns, engine, fit, named, records, room, split, unbroken};
use crate::compose::part::{Block, BlockKind, Inline, Part, Table, plain_blocks};

/// How deep blocks may be nested. Anything deeper is set without its nesting.
const MAX_DEPTH: usize = 10;

/// The least room for words, in ems, however deep they are nested.
const WORDS: f64 = 6.0;

/// How deep blocks may be nested if lines are `measure` ems long. Each level takes some of the line,
/// and words need the rest.
pub(super) fn deepest(measure: f64) -> usize {
    let levels = (1..MAX_DEPTH).take_while(|levels| measure - *levels as f64 * 2.0 > WORDS);
    levels.last().unwrap_or(1)
}

/// Replaces blocks that are nested too deep for the page by the blocks inside them. This is done
/// without recursion, as very deep nesting would overflow the stack.
pub(super) fn flatten(blocks: &mut Vec<Block>, depth: usize, deepest: usize) {
    if depth < deepest {
        for inner in blocks.iter_mut().flat_map(Block::inner_mut) {
            flatten(inner, depth + 1, deepest);
        }
        return;
    }
    let mut stack: Vec<Block> = std::mem::take(blocks).into_iter().rev().collect();
    while let Some(mut block) = stack.pop() {
        if block.inner().is_empty() {
            blocks.push(block);
            continue;
        }
        let mut pieces = Vec::new();
        if let BlockKind::List { items, .. } = &mut block.kind {
            for item in items {
                if let Some(label) = item.label.take() {
                    pieces.push(Block::paragraph(vec![Inline::strong(label)]));
                }
                pieces.append(&mut item.blocks);
            }
        } else {
            for inner in block.inner_mut() {
                pieces.append(inner);
            }
        }
        stack.extend(pieces.into_iter().rev());
    }
}

/// The width of the gutter for paragraph numbers, in points. 0 if nothing is numbered, or if print is
/// so large that words need the whole line. Numbers are then set before the words.
pub(super) fn gutter(part: &Part, style: &Style) -> f64 {
    let widest = part
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { number, level, .. } if *level > 1 => number.as_deref(),
            BlockKind::Paragraph { number, .. } => number.as_deref(),
            _ => None,
        })
        .map(|number| engine::width(number, true))
        .fold(0.0, f64::max);
    // 14 mm at the standard size. A "number" that is a sentence gets no more than a quarter.
    let gutter = (style.size * 3.45)
        .max((widest + 0.9) * style.size * 1.05)
        .min(style.measure() / 4.0);
    let room = (style.measure() - gutter) / style.size;
    if widest == 0.0 || room < BESIDE {
        0.0
    } else {
        gutter
    }
}

/// The least room for words beside a gutter, in ems: enough for a date in a list.
const BESIDE: f64 = 11.5;

/// The room that blocks have.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// The width of the lines, in points.
    pub(super) room: f64,
    /// The gutter, for a block that is directly in the part. A table inside anything else cannot be
    /// turned on its side.
    pub(super) gutter: Option<f64>,
}

impl Measure {
    /// The room inside a block that takes `ems` at its sides.
    pub(super) fn inside(self, style: &Style, ems: f64) -> Self {
        Self {
            room: (self.room - ems * style.size).max(style.size * 4.0),
            gutter: None,
        }
    }
}

/// Joins words that belong together, fits tables, and gathers images and page slots.
pub(super) fn prepare(
    blocks: &mut Vec<Block>,
    style: &Style,
    place: Measure,
    gathered: &mut Gathered,
) {
    for mut block in std::mem::take(blocks) {
        let inner = match &block.kind {
            BlockKind::List { .. } => place.inside(style, 2.0),
            BlockKind::Quote { .. } => place.inside(style, 1.4),
            BlockKind::Panel { .. } => place.inside(style, 2.0),
            BlockKind::Table(_) => place.inside(style, 1.0),
            _ => Measure {
                gutter: None,
                ..place
            },
        };
        for inside in block.inner_mut() {
            prepare(inside, style, inner, gathered);
        }
        unbroken::keep_block(&mut block, style.large);
        gathered.block(&mut block);
        if matches!(block.kind, BlockKind::Table(_)) {
            fit_table(block, style, place, blocks);
        } else {
            blocks.push(block);
        }
    }
}

/// Whether the header rows of a table are text rather than names of columns.
fn heads_are_text(table: &Table) -> bool {
    /// The longest name of a column, in characters.
    const NAME: usize = 60;
    let mut cells = table
        .rows
        .iter()
        .take(table.header_rows)
        .flat_map(|row| &row.cells);
    cells.any(|cell| {
        let said = plain_blocks(&cell.blocks);
        let said = said.trim();
        let number = said.starts_with(|first: char| first.is_ascii_digit())
            && said.chars().all(|c| c.is_ascii_digit() || c == '.');
        said.chars().count() > NAME || number && said.contains('.')
    })
}

/// Adds a table as it fits: as one table, as several with some of its columns each, or as records.
fn fit_table(mut block: Block, style: &Style, place: Measure, into: &mut Vec<Block>) {
    let BlockKind::Table(table) = &block.kind else {
        return;
    };
    let across = if place.gutter.is_some() {
        style.measure()
    } else {
        place.room
    };
    // A table with tables inside is there for layout. Its own columns would leave them no room.
    let nests = table.rows.iter().any(|row| {
        let mut blocks = row.cells.iter().flat_map(|cell| &cell.blocks);
        blocks.any(|block| matches!(block.kind, BlockKind::Table(_) | BlockKind::Records { .. }))
    });
    if nests {
        let heads = if heads_are_text(table) {
            0
        } else {
            table.header_rows
        };
        let laid_out = Table {
            header_rows: heads,
            ..table.clone()
        };
        let kind = records::records(&laid_out, style, place.room / style.size);
        into.push(Block { kind, ..block });
        return;
    }
    let pairs = style.large.then(|| abreast::two_abreast(table)).flatten();
    let pairs = pairs.filter(|table| fit::fits_upright(table, style, across));
    let table = pairs.as_ref().unwrap_or(table);
    // Heads alone that do not fit are set as a row, for there is none that they could stand over.
    let alone = style.large
        && table.header_rows >= table.rows.len()
        && !fit::fits_upright(table, style, across);
    let bare = alone.then(|| Table {
        header_rows: 0,
        ..table.clone()
    });
    let table = bare.as_ref().unwrap_or(table);
    let mut divided = None;
    let stands = if style.large {
        fit::fits_upright(table, style, across)
    } else if place.gutter.is_some() {
        fit::fits(table, style.landscape_measure())
    } else {
        fit::stands(table, across)
    };
    let apart = !stands && style.large;
    let turned = apart.then(|| named::names_first(table)).flatten();
    let table = turned.as_ref().unwrap_or(table);
    let named = apart.then(|| named::numbers_with_names(table)).flatten();
    let table = named.as_ref().unwrap_or(table);
    if !stands
        && !named
            .as_ref()
            .is_some_and(|table| fit::fits_upright(table, style, across))
    {
        // A table that is divided anyway need not be in the smallest print as well.
        let (room, ems, comfort) = if style.large {
            (across, across / style.size, fit::COMFORT_LARGE)
        } else {
            let landscape = style.landscape_measure();
            (landscape, landscape / fit::UPRIGHT_LEAST, columns::COMFORT)
        };
        let suits = |table: &Table| {
            if style.large {
                fit::fits_upright(table, style, room)
            } else {
                fit::fits(table, room)
            }
        };
        if style.large || place.gutter.is_some() {
            divided =
                split::by_columns(table, ems, comfort).filter(|tables| tables.iter().all(suits));
        }
        let last_resort = style.large || !fit::stands(table, room);
        if divided.is_none() && last_resort {
            let kind = records::records(table, style, place.room / style.size);
            into.push(Block { kind, ..block });
            return;
        }
    }
    let tables = divided.unwrap_or_else(|| vec![table.clone()]);
    for (index, mut table) in tables.into_iter().enumerate() {
        if style.large {
            alike::number_long_runs(&mut table);
        }
        let mut fit = fit::fit(&table, style, place.gutter, place.room);
        for (y, (row, places)) in table.rows.iter_mut().zip(&fit.places).enumerate() {
            for (cell, at) in row.cells.iter_mut().zip(places) {
                let bold = cell.header || y < table.header_rows;
                room::soften_blocks(&mut cell.blocks, fit::room_in(*at, &fit), bold);
            }
        }
        fit.landscape &= place.gutter.is_some();
        table.fit = Some(fit);
        into.push(Block {
            kind: BlockKind::Table(table),
            anchor: block.anchor.take(),
            mark: block.mark.filter(|_| index == 0),
            lang: block.lang.clone(),
            span: block.span,
        });
    }
}

/// Sets numbers that are wider than the gutter before the words instead.
pub(super) fn free_wide_numbers(blocks: &mut [Block], style: &Style, gutter: f64) {
    for block in blocks {
        let (BlockKind::Heading {
            number, content, ..
        }
        | BlockKind::Paragraph {
            number, content, ..
        }) = &mut block.kind
        else {
            continue;
        };
        let wide =
            |number: &mut String| (engine::width(number, true) * 1.2 + 0.25) * style.size > gutter;
        if let Some(number) = number.take_if(wide) {
            content.splice(0..0, [Inline::strong(number), Inline::text(" ")]);
        }
    }
}
