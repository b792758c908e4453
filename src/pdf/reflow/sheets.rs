//! Tables that stand beside one another are pieces of one: the print of a spreadsheet often comes
//! as a table of names and tables of figures, none of which says anything alone. What stands on one
//! line is a row, what stands below one another is a column. Where the page does not tell that with
//! certainty, the pieces stay what the tags say.

use super::blocks::Writer;
use super::columns::{
    Extent, MOST_COLUMNS, RawCell, SLACK, Slot, Spot, in_the_middle, over, shared,
};
use super::heads::is_figure;
use super::tables;
use crate::pdf::structure::Kid;
use crate::prose::{Block, BlockKind, Table};

/// How much higher than the others a title is.
const TITLE: f64 = 1.25;

/// A cell and where its words stand.
struct Cell {
    raw: RawCell,
    along: Extent,
    down: Extent,
}

/// A row and the slots of its cells.
type Settled = (Vec<Cell>, Vec<Slot>);

/// The pieces on a page as one table, and the titles above it; `None` where they are none. `heads`
/// are the headings that the page has again from one before it; those that pages after it will have
/// again join them.
pub(super) fn joined(
    writer: &mut Writer<'_>,
    kids: &[Kid],
    page: usize,
    heads: &mut Vec<RawCell>,
) -> Option<Vec<BlockKind>> {
    heads.retain(|cell| cell.place.pages().is_some_and(|(_, last)| last >= page));
    let mut raw = heads.clone();
    for kid in kids {
        let Kid::Element(index) = kid else {
            return None;
        };
        raw.extend(tables::cells(writer, *index)?);
    }
    let run = Spot::main_run(raw.iter().map(|cell| &cell.place));
    let known = heads.len();
    for cell in &raw[known..] {
        let (first, last) = cell.place.pages()?;
        if first < last {
            let mut again = cell.clone();
            again.place = cell.place.again(run)?;
            heads.push(again);
        }
    }
    let cells: Option<Vec<Cell>> = raw
        .into_iter()
        .map(|raw| {
            let rect = raw.place.rect(run)?;
            Some(Cell {
                along: rect.along,
                down: rect.down,
                raw,
            })
        })
        .collect();
    let mut rows = lines(cells?);
    let mut blocks: Vec<Block> = titles(&mut rows);
    let mut body = rows.split_off(headings(&rows)?);
    let bands = bands(&rows, &body)?;
    let mut settled = over_columns(rows, &bands, &mut blocks)?;
    let header_rows = settled.len();
    name_rows(&mut body, &bands);
    for row in body {
        let slots = under_bands(&row, &bands)?;
        settled.push((row, slots));
    }
    let (rows, slots): (Vec<_>, Vec<_>) = settled.into_iter().unzip();
    let rows = rows
        .into_iter()
        .map(|row: Vec<Cell>| row.into_iter().map(|cell| cell.raw).collect())
        .collect();
    let rows = tables::grid(rows, &slots, bands.len(), writer);
    let columns = tables::alignments(&rows, header_rows, bands.len());
    let table = BlockKind::Table(Table {
        caption: None,
        columns,
        header_rows,
        rows,
    });
    Some(
        blocks
            .into_iter()
            .map(|block| block.kind)
            .chain([table])
            .collect(),
    )
}

/// The cells line by line, each from its beginning.
fn lines(mut cells: Vec<Cell>) -> Vec<Vec<Cell>> {
    cells.sort_by(|a, b| a.down.0.total_cmp(&b.down.0));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for cell in cells {
        let on_line = |other: &Cell| {
            let low = (cell.down.1 - cell.down.0).min(other.down.1 - other.down.0);
            shared(cell.down, other.down) > low / 2.0
        };
        match rows.last_mut() {
            Some(row) if row.iter().any(on_line) => row.push(cell),
            _ => rows.push(vec![cell]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.along.0.total_cmp(&b.along.0));
    }
    rows
}

/// Takes the titles off the top: lines of one cell that are larger than the others.
fn titles(rows: &mut Vec<Vec<Cell>>) -> Vec<Block> {
    let high = |cell: &Cell| cell.down.1 - cell.down.0;
    let mut heights: Vec<f64> = rows.iter().flatten().map(high).collect();
    heights.sort_by(f64::total_cmp);
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
    let is_title = |row: &&Vec<Cell>| row.len() == 1 && high(&row[0]) > usual * TITLE;
    let count = rows.iter().take_while(is_title).count();
    rows.drain(..count)
        .flatten()
        .flat_map(|cell| cell.raw.cell.blocks)
        .collect()
}

/// From where to where the columns reach; none where there are not two, side by side. What stands
/// below the headings tells, and then the line that has most of them; the others stand over groups.
fn bands(heads: &[Vec<Cell>], body: &[Vec<Cell>]) -> Option<Vec<Extent>> {
    let fullest = heads.iter().map(Vec::len).max().unwrap_or(0);
    let leaves = heads
        .iter()
        .filter(|row| row.len() == fullest && fullest > 1);
    let mut bands: Vec<Extent> = Vec::new();
    for rows in [body.iter().collect::<Vec<_>>(), leaves.collect()] {
        let mut extents: Vec<Extent> = rows.into_iter().flatten().map(|cell| cell.along).collect();
        extents.sort_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        for extent in extents {
            match over(extent, &bands)[..] {
                [] => bands.push(extent),
                [at] => {
                    bands[at] = (bands[at].0.min(extent.0), bands[at].1.max(extent.1));
                }
                _ => {}
            }
            if bands.len() > MOST_COLUMNS {
                return None;
            }
        }
    }
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    let apart = bands.windows(2).all(|pair| pair[0].1 <= pair[1].0 + SLACK);
    (apart && bands.len() > 1).then_some(bands)
}

/// How many of the first lines stand over figures and have none.
fn headings(rows: &[Vec<Cell>]) -> Option<usize> {
    let figures = |row: &[Cell]| row.iter().filter(|cell| is_figure(&cell.raw)).count();
    let mut heads = 0;
    let mut several = false;
    for row in rows {
        several |= row.len() > 1;
        if figures(row) > 0 || (several && row.len() == 1) {
            break;
        }
        heads += 1;
    }
    // Lines of figures, or of names and figures, are what this is for.
    let body = rows[heads..].iter().filter(|row| row.len() > 1);
    let (some, all) = body.fold((0, 0), |(some, all), row| {
        (some + usize::from(figures(row) > 0), all + 1)
    });
    (all > 0 && some * 2 > all).then_some(heads)
}

/// The slots of a line below the headings.
fn under_bands(row: &[Cell], bands: &[Extent]) -> Option<Vec<Slot>> {
    let mut slots: Vec<Slot> = Vec::with_capacity(row.len());
    for cell in row {
        let over = over(cell.along, bands);
        let (first, last) = (*over.first()?, *over.last()?);
        if slots
            .last()
            .is_some_and(|before| first < before.column + before.columns)
        {
            return None;
        }
        slots.push(Slot {
            column: first,
            columns: last + 1 - first,
        });
    }
    Some(slots)
}

/// The lines of headings with their slots. The fullest line has a heading for each column that has
/// one; a heading above stands in the middle of several of them, and one that is alone on its line
/// over whole groups of the line below, or over the whole table.
fn over_columns(
    rows: Vec<Vec<Cell>>,
    bands: &[Extent],
    titles: &mut Vec<Block>,
) -> Option<Vec<Settled>> {
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let fullest = rows.iter().find(|row| row.len() == most);
    let headed: Vec<usize> = fullest
        .into_iter()
        .flatten()
        .flat_map(|cell| over(cell.along, bands))
        .collect();
    let mut settled: Vec<Settled> = Vec::new();
    let first = titles.len();
    for row in rows.into_iter().rev() {
        let below = settled.first().map(|(_, slots)| slots.as_slice());
        let slots = if row.len() == most {
            let slots = under_bands(&row, bands)?;
            slots
                .iter()
                .all(|slot| slot.columns == 1)
                .then_some(slots)?
        } else if row.len() == 1 {
            let Some(slot) = below.and_then(|below| over_groups(&row[0], below, bands)) else {
                let blocks = row.into_iter().flat_map(|cell| cell.raw.cell.blocks);
                titles.splice(first..first, blocks);
                continue;
            };
            vec![slot]
        } else {
            only_way(&row, &headed, bands)?
        };
        settled.insert(0, (row, slots));
    }
    Some(settled)
}

/// The groups that a heading alone on its line stands in the middle of.
fn over_groups(cell: &Cell, groups: &[Slot], bands: &[Extent]) -> Option<Slot> {
    let over = over(cell.along, bands);
    let touched = |group: &&Slot| {
        let columns = group.column..group.column + group.columns;
        over.iter().any(|at| columns.contains(at))
    };
    // Over single columns it could as well be meant for all of them, as a unit is.
    if !groups.iter().filter(touched).any(|group| group.columns > 1) {
        return None;
    }
    let first = groups.iter().find(touched)?;
    let last = groups.iter().rfind(touched)?;
    let end = last.column + last.columns;
    let whole = first.column..end;
    (over.iter().all(|at| whole.contains(at)) && stands_over(cell.along, &bands[whole.clone()]))
        .then_some(Slot {
            column: first.column,
            columns: end - first.column,
        })
}

/// The one way in which headings, each in the middle of its columns, share all columns that have
/// headings below; `None` where there is none, or another.
fn only_way(row: &[Cell], headed: &[usize], bands: &[Extent]) -> Option<Vec<Slot>> {
    let mut ways: Vec<Vec<Slot>> = vec![Vec::new()];
    for cell in row {
        let own = over(cell.along, bands);
        let mut longer = Vec::new();
        for way in &ways {
            let taken = way.last().map_or(0, |slot| slot.column + slot.columns);
            let from = *headed.iter().find(|at| **at >= taken)?;
            let run = headed.iter().skip_while(|at| **at < from).enumerate();
            let run = run.take_while(|(step, at)| **at == from + step);
            for (_, &last) in run {
                let columns = from..=last;
                let alone = from == last && over_none_beside(cell.along, from, bands);
                let middle = own.iter().all(|at| columns.contains(at))
                    && stands_over(cell.along, &bands[columns]);
                if alone || middle {
                    let mut way = way.clone();
                    way.push(Slot {
                        column: from,
                        columns: last + 1 - from,
                    });
                    longer.push(way);
                }
            }
        }
        ways = longer;
        if ways.len() > MOST_COLUMNS {
            return None;
        }
    }
    ways.retain(|way| {
        let taken = way.last().map_or(0, |slot| slot.column + slot.columns);
        !headed.iter().any(|at| *at >= taken)
    });
    match ways.as_mut_slice() {
        [way] => Some(std::mem::take(way)),
        _ => None,
    }
}

/// Whether a heading stands in the middle of columns, be they as wide as what is in them, or as far
/// apart as their ends, where figures stand right.
fn stands_over(extent: Extent, bands: &[Extent]) -> bool {
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else {
        return false;
    };
    let pitch = (last.1 - first.1) / (bands.len() - 1).max(1) as f64;
    let middle = last.1 - pitch * bands.len() as f64 / 2.0;
    let off = ((extent.0 + extent.1) / 2.0 - middle).abs();
    in_the_middle(extent, bands) || off <= pitch / 8.0
}

/// Whether a heading stands between the columns at the two sides of one.
fn over_none_beside(extent: Extent, column: usize, bands: &[Extent]) -> bool {
    let before = column
        .checked_sub(1)
        .is_none_or(|at| bands[at].1 - SLACK <= extent.0);
    let after = bands
        .get(column + 1)
        .is_none_or(|band| extent.1 <= band.0 + SLACK);
    before && after
}

/// Makes what stands in the one column of words the heads of the lines with figures.
fn name_rows(rows: &mut [Vec<Cell>], bands: &[Extent]) {
    let mut figures = vec![0_usize; bands.len()];
    let mut words = vec![0_usize; bands.len()];
    for cell in rows.iter().filter(|row| row.len() > 1).flatten() {
        if let [column] = over(cell.along, bands)[..] {
            let count = if is_figure(&cell.raw) {
                &mut figures
            } else {
                &mut words
            };
            count[column] += 1;
        }
    }
    let Some(names) = (0..bands.len()).find(|&at| words[at] > 1 && words[at] > figures[at] * 4)
    else {
        return;
    };
    for row in rows.iter_mut().filter(|row| row.len() > 1) {
        for cell in row {
            if over(cell.along, bands) == [names] && !is_figure(&cell.raw) {
                cell.raw.cell.header = true;
            }
        }
    }
}
