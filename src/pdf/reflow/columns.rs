//! Which column a cell is under, by its place on the page.
//!
//! Tags often leave out empty cells or the columns that a cell spans, and a row that is then filled
//! up at its end puts figures under the wrong heading. The page knows better: what is under a
//! heading stands below it. Where tags and page disagree, or the page does not tell, there is no
//! grid at all.

use super::flow::Piece;
use crate::pdf::geometry::Rect;
use crate::prose::Cell;

/// How far two columns may reach into each other, in points.
pub(super) const SLACK: f64 = 1.5;

/// More columns than any page holds; spans beyond are cut, tables beyond have no columns.
pub(super) const MOST_COLUMNS: usize = 200;

/// From where to where something reaches along the lines of its table.
pub(super) type Extent = (f64, f64);

/// Where something stands on a page whose lines run one way.
pub(super) struct Stretch {
    /// Along its lines.
    pub(super) along: Extent,
    /// From line to line.
    pub(super) down: Extent,
}

/// Where words stand on the first page that they are on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot {
    bounds: Option<(usize, Rect)>,
    /// Where they stand on the last page that they are on.
    last: Option<(usize, Rect)>,
    /// How many characters run right, up, left and down.
    runs: [usize; 4],
}

impl Spot {
    /// Takes in what a piece of text covers.
    pub(super) fn add(&mut self, piece: &Piece) {
        let (Some(bounds), Some((first, _))) = (piece.bounds, piece.ends) else {
            return;
        };
        let known = |place: Option<(usize, Rect)>| {
            place
                .filter(|(page, _)| *page == piece.page)
                .map(|(_, known)| known)
        };
        let here = |known: Option<Rect>| {
            Some((
                piece.page,
                known.map_or(bounds, |known| known.union(&bounds)),
            ))
        };
        if self.last.is_none_or(|(page, _)| page <= piece.page) {
            self.last = here(known(self.last));
        }
        if self.bounds.is_some_and(|(page, _)| page < piece.page) {
            return;
        }
        self.bounds = here(known(self.bounds));
        let (x, y) = first.along();
        let run = match (x.abs() >= y.abs(), x + y > 0.0) {
            (true, true) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (false, false) => 3,
        };
        self.runs[run] += piece.weight;
    }

    /// The first and the last page that the words are on.
    pub(super) fn pages(&self) -> Option<(usize, usize)> {
        Some((self.bounds?.0, self.last?.0))
    }

    /// The words on the last page alone, where they stand over the same columns as on the first, as
    /// headings do that every page has again.
    pub(super) fn again(&self, run: usize) -> Option<Spot> {
        let last = Spot {
            bounds: self.last,
            ..*self
        };
        let (a, b) = (self.extent(run)?, last.extent(run)?);
        let near = |a: f64, b: f64| (a - b).abs() <= SLACK;
        (near(a.0, b.0) && near(a.1, b.1)).then_some(last)
    }

    /// Where the words stand, seen the way that a table runs.
    pub(super) fn rect(&self, run: usize) -> Option<Stretch> {
        let (_, bounds) = self.bounds?;
        let across = (bounds.x0, bounds.x1);
        let up = (bounds.y0, bounds.y1);
        let back = |(from, to): Extent| (-to, -from);
        let (along, down) = match run {
            0 => (across, back(up)),
            1 => (up, across),
            2 => (back(across), up),
            _ => (back(up), back(across)),
        };
        Some(Stretch { along, down })
    }

    fn extent(&self, run: usize) -> Option<Extent> {
        self.rect(run).map(|rect| rect.along)
    }

    /// The way that most characters run.
    pub(super) fn main_run<'p>(places: impl IntoIterator<Item = &'p Spot>) -> usize {
        let mut runs = [0; 4];
        for place in places {
            for (all, own) in runs.iter_mut().zip(place.runs) {
                *all += own;
            }
        }
        (0..4).rev().max_by_key(|&run| runs[run]).unwrap_or(0)
    }
}

/// A cell of a table before its column is settled.
#[derive(Clone)]
pub(super) struct RawCell {
    pub(super) cell: Cell,
    /// The page that each of its blocks begins on.
    pub(super) pages: Vec<usize>,
    pub(super) row_head: bool,
    /// Where its words stand on the page.
    pub(super) place: Spot,
}

/// A row as its tags have it.
pub(super) struct RawRow {
    pub(super) cells: Vec<RawCell>,
    /// Whether the tags group it with the heads.
    pub(super) in_head: bool,
}

/// Where a cell stands in the grid: its first column and how many it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) column: usize,
    pub(super) columns: usize,
}

/// The first rows of a table with heads, to tell whether another one goes on with it.
#[derive(Clone)]
pub(super) struct Begun {
    rows: Vec<Vec<RawCell>>,
    heads: usize,
    width: usize,
}

impl Begun {
    /// Tables of fewer columns are alike too easily.
    const COLUMNS: usize = 3;
    /// So many rows below the heads show where the columns are.
    const ROWS: usize = 4;

    /// The beginning of a table of `width` columns whose first `heads` rows are heads.
    pub(super) fn of(rows: &[Vec<RawCell>], heads: usize, width: usize) -> Option<Self> {
        (heads > 0 && width >= Self::COLUMNS).then(|| Self {
            rows: rows[..rows.len().min(heads + Self::ROWS)].to_vec(),
            heads,
            width,
        })
    }

    /// Whether a table without heads, whose cells are in these slots, has the same columns at the same
    /// places: the page shows both as one.
    pub(super) fn goes_on(&self, rows: &[Vec<RawCell>], slots: &[Vec<Slot>], width: usize) -> bool {
        let both: Vec<Vec<RawCell>> = self.rows.iter().chain(rows).cloned().collect();
        let Some((together, all)) = columns(&both, self.heads) else {
            return false;
        };
        let known = self.rows.len();
        if width != self.width || all != width || together[known..] != *slots {
            return false;
        }
        let run = Spot::main_run(both.iter().flatten().map(|cell| &cell.place));
        let above = reaches(&both[..known], &together[..known], width, run);
        let below = reaches(rows, slots, width, run);
        above.iter().zip(&below).all(|pair| match pair {
            (Some(above), Some(below)) => shared(*above, *below) > 0.0,
            _ => true,
        })
    }
}

/// From where to where the words of each column reach that stand in it alone.
fn reaches(
    rows: &[Vec<RawCell>],
    slots: &[Vec<Slot>],
    width: usize,
    run: usize,
) -> Vec<Option<Extent>> {
    let mut reaches: Vec<Option<Extent>> = vec![None; width];
    for (cell, slot) in rows.iter().flatten().zip(slots.iter().flatten()) {
        if let (1, Some(extent)) = (slot.columns, cell.place.extent(run)) {
            let reach = reaches[slot.column].get_or_insert(extent);
            *reach = (reach.0.min(extent.0), reach.1.max(extent.1));
        }
    }
    reaches
}

/// A cell as the tags place it.
struct Placed {
    slot: Slot,
    rows: usize,
    extent: Option<Extent>,
    worded: bool,
}

/// The slot of every cell and how many columns there are; `None` where that cannot be told with
/// certainty. The first `head` rows hold the headings.
pub(super) fn columns(rows: &[Vec<RawCell>], head: usize) -> Option<(Vec<Vec<Slot>>, usize)> {
    let placed = by_tags(rows)?;
    let widths: Vec<usize> = placed.iter().map(|(_, width)| *width).collect();
    // the widths that rows have, those with most to go by first
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for (cells, width) in &placed {
        let says = cells
            .iter()
            .filter(|cell| cell.slot.columns == 1 && cell.extent.is_some())
            .count();
        match candidates.iter_mut().find(|(known, _)| known == width) {
            Some((_, score)) => *score += says,
            None => candidates.push((*width, says)),
        }
    }
    candidates.sort_by_key(|&(width, score)| std::cmp::Reverse((score, width)));
    let rows: Vec<Vec<Placed>> = placed.into_iter().map(|(cells, _)| cells).collect();
    candidates
        .into_iter()
        .take(4)
        .find_map(|(width, _)| Some((settle(&rows, &widths, width, head)?, width)))
        .or_else(|| by_place_alone(&rows, head))
}

/// The slots where no row has a cell for every column, as when the file leaves out all empty cells:
/// a column is what stands below one another, apart from all else, and has a heading unless it holds
/// the names of the rows.
fn by_place_alone(rows: &[Vec<Placed>], head: usize) -> Option<(Vec<Vec<Slot>>, usize)> {
    let worded = || rows.iter().flatten().filter(|cell| cell.worded);
    let simple = worded().all(|cell| cell.rows == 1 && cell.slot.columns == 1);
    let mut extents: Vec<Extent> = worded().map(|cell| cell.extent).collect::<Option<_>>()?;
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut bands: Vec<Option<Extent>> = Vec::new();
    for extent in extents {
        match bands.last_mut() {
            Some(Some(band)) if extent.0 < band.1 => band.1 = band.1.max(extent.1),
            _ => bands.push(Some(extent)),
        }
    }
    let free = vec![true; bands.len()];
    let slots: Option<Vec<Vec<Slot>>> = rows
        .iter()
        .map(|row| by_place(row, &bands, &free))
        .collect();
    let slots = slots?;
    let headed = |column: usize| {
        let heads = slots[..head].iter().flatten();
        heads
            .into_iter()
            .any(|slot| slot.columns > 0 && slot.column == column)
    };
    (simple && head > 0 && (1..bands.len()).all(headed)).then_some((slots, bands.len()))
}

/// The cells of each row where the tags put them, and how many columns the row reaches over;
/// `None` where those are more than a page holds.
fn by_tags(rows: &[Vec<RawCell>]) -> Option<Vec<(Vec<Placed>, usize)>> {
    let run = Spot::main_run(rows.iter().flatten().map(|cell| &cell.place));
    let mut hanging: Vec<usize> = Vec::new();
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        let mut next: Vec<usize> = hanging.iter().map(|left| left.saturating_sub(1)).collect();
        let mut width = hanging
            .iter()
            .rposition(|&left| left > 0)
            .map_or(0, |c| c + 1);
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            while hanging.get(column).is_some_and(|&left| left > 0) {
                column += 1;
            }
            let slot = Slot {
                column,
                columns: cell.cell.columns,
            };
            column += slot.columns;
            if column > MOST_COLUMNS {
                return None;
            }
            if next.len() < column {
                next.resize(column, 0);
            }
            next[slot.column..column].fill(cell.cell.rows - 1);
            cells.push(Placed {
                slot,
                rows: cell.cell.rows,
                extent: cell.place.extent(run),
                worded: !cell.cell.blocks.is_empty(),
            });
        }
        width = width.max(column);
        hanging = next;
        placed.push((cells, width));
    }
    Some(without_idle_columns(placed))
}

/// The same without the columns that no words begin in: the page does not show those.
fn without_idle_columns(mut rows: Vec<(Vec<Placed>, usize)>) -> Vec<(Vec<Placed>, usize)> {
    let mut begun = [false; MOST_COLUMNS];
    for cell in rows.iter().flat_map(|(cells, _)| cells) {
        begun[cell.slot.column] |= cell.worded;
    }
    // how many columns before each one are kept
    let mut kept = vec![0];
    for begun in begun {
        kept.extend(kept.last().map(|before| before + usize::from(begun)));
    }
    for (cells, width) in &mut rows {
        *width = kept[*width];
        for Placed { slot, .. } in cells {
            let end = kept[slot.column + slot.columns];
            slot.column = kept[slot.column];
            slot.columns = end - slot.column;
        }
    }
    rows
}

/// The slots if the rows that are `width` wide are those to go by.
fn settle(
    rows: &[Vec<Placed>],
    widths: &[usize],
    width: usize,
    head: usize,
) -> Option<Vec<Vec<Slot>>> {
    let cores = cores(rows, widths, width)?;
    let mut bands = cores.clone();
    let mut hanging = vec![0_usize; width];
    let mut slots = Vec::with_capacity(rows.len());
    // for each column the lowest heading that has been found to stand over it
    let mut over: Vec<Option<(usize, usize)>> = vec![None; width];
    for (index, row) in rows.iter().enumerate() {
        let free: Vec<bool> = hanging.iter().map(|&left| left == 0).collect();
        let by_tags = || -> Vec<Slot> { row.iter().map(|cell| cell.slot).collect() };
        let mut made = if widths[index] != width {
            by_place(row, &bands, &free)?
        } else if row.iter().all(|cell| agrees(cell, &cores)) {
            widen(&mut bands, row);
            by_tags()
        } else if row.iter().filter(|cell| cell.worded).count() == 1 {
            by_place(row, &bands, &free)?
        } else {
            return None;
        };
        if index < head {
            if widths[index] != width {
                made = over_their_columns(row, made, &cores, &free, &over)?;
            }
            for (at, (cell, slot)) in row.iter().zip(&made).enumerate() {
                if cell.worded {
                    over[slot.column..slot.column + slot.columns].fill(Some((index, at)));
                }
            }
        }
        for left in &mut hanging {
            *left = left.saturating_sub(1);
        }
        for (cell, slot) in row.iter().zip(&made) {
            let covered = slot.column..slot.column + slot.columns;
            if !covered.clone().all(|column| free[column]) {
                return None;
            }
            hanging[covered].fill(cell.rows - 1);
        }
        slots.push(made);
    }
    Some(slots)
}

/// Where the cells of each column usually stand; `None` for a column that has no words. No cores
/// at all where columns are not side by side. A cell alone in its row, where there are fuller ones,
/// tells nothing: a title is as wide as it likes, and what goes on from a page before is often
/// tagged in another column.
fn cores(rows: &[Vec<Placed>], widths: &[usize], width: usize) -> Option<Vec<Option<Extent>>> {
    let mut starts: Vec<Vec<f64>> = vec![Vec::new(); width];
    let mut ends: Vec<Vec<f64>> = vec![Vec::new(); width];
    let full = |row: &[Placed]| row.iter().filter(|cell| cell.worded).count() > 1;
    let of_width = || rows.iter().zip(widths).filter(|(_, own)| **own == width);
    let fuller = of_width().any(|(row, _)| full(row));
    for (row, _) in of_width().filter(|(row, _)| !fuller || full(row)) {
        for cell in row.iter().filter(|cell| cell.slot.columns == 1) {
            if let Some((from, to)) = cell.extent {
                starts[cell.slot.column].push(from);
                ends[cell.slot.column].push(to);
            }
        }
    }
    let mut cores = Vec::with_capacity(width);
    let mut reach = f64::NEG_INFINITY;
    for (mut starts, mut ends) in starts.into_iter().zip(ends) {
        if starts.is_empty() {
            cores.push(None);
            continue;
        }
        starts.sort_by(f64::total_cmp);
        ends.sort_by(f64::total_cmp);
        let core = (starts[(starts.len() - 1) / 2], ends[ends.len() / 2]);
        if core.0 < reach - SLACK {
            return None;
        }
        reach = reach.max(core.1);
        cores.push(Some(core));
    }
    Some(cores)
}

/// Takes the cells of a row into the bands of their columns, where they leave the others alone: a
/// heading is often wider than the figures below it.
fn widen(bands: &mut [Option<Extent>], row: &[Placed]) {
    for cell in row.iter().filter(|cell| cell.slot.columns == 1) {
        let column = cell.slot.column;
        let (Some(extent), Some(band)) = (cell.extent, bands[column]) else {
            continue;
        };
        let wider = (band.0.min(extent.0), band.1.max(extent.1));
        let meets = |(at, other): (usize, &Option<Extent>)| {
            at != column && other.is_some_and(|other| shared(wider, other) > 0.0)
        };
        if !bands.iter().enumerate().any(meets) {
            bands[column] = Some(wider);
        }
    }
}

/// How much two extents share.
pub(super) fn shared(a: Extent, b: Extent) -> f64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0.0)
}

/// The columns that an extent reaches over.
pub(super) fn over<C: Into<Option<Extent>> + Copy>(extent: Extent, cores: &[C]) -> Vec<usize> {
    let least = SLACK.min((extent.1 - extent.0) / 2.0);
    let touches = |core: Extent| shared(extent, core) > least.min((core.1 - core.0) / 2.0);
    (0..cores.len())
        .filter(|&column| cores[column].into().is_some_and(touches))
        .collect()
}

/// Whether the page shows a cell where the tags put it.
fn agrees(cell: &Placed, cores: &[Option<Extent>]) -> bool {
    let Some(extent) = cell.extent else {
        return true;
    };
    let Slot { column, columns } = cell.slot;
    let over = over(extent, cores);
    if over.is_empty() {
        let before = cores[..column].iter().flatten().last();
        let after = cores[column + columns..].iter().flatten().next();
        return before.is_none_or(|core| core.0 <= extent.0)
            && after.is_none_or(|core| extent.1 <= core.1);
    }
    if over
        .iter()
        .all(|at| (column..column + columns).contains(at))
    {
        return true;
    }
    // one that reaches out of its column must at least begin in it and fill it
    columns == 1
        && over[0] == column
        && cores[column].is_some_and(|core| {
            shared(extent, core) >= 0.5 * (core.1 - core.0).min(extent.1 - extent.0)
        })
}

/// The slots of a row whose tags do not fill the columns, by what its cells stand under.
fn by_place(row: &[Placed], bands: &[Option<Extent>], free: &[bool]) -> Option<Vec<Slot>> {
    let mut slots = Vec::with_capacity(row.len());
    let mut next = 0;
    for cell in row {
        let slot = match cell.extent {
            Some(extent) => {
                let over = over(extent, bands);
                let (first, last) = (*over.first()?, *over.last()?);
                Slot {
                    column: first,
                    columns: last + 1 - first,
                }
            }
            // an empty cell is wherever there is room; it may vanish
            None if !cell.worded => Slot {
                column: next,
                columns: 0,
            },
            None => return None,
        };
        let covered = slot.column..slot.column + slot.columns;
        if slot.column < next || !covered.clone().all(|column| free[column]) {
            return None;
        }
        next = covered.end;
        slots.push(slot);
    }
    Some(slots)
}

/// The slots of headings whose tags do not fill the columns. A heading may stand over more columns
/// than its words do: over those that it stands in the middle of, and none that a heading above
/// parts from it. `None` where that is not one way alone.
fn over_their_columns(
    row: &[Placed],
    slots: Vec<Slot>,
    cores: &[Option<Extent>],
    free: &[bool],
    above: &[Option<(usize, usize)>],
) -> Option<Vec<Slot>> {
    let headings: Vec<usize> = (0..row.len()).filter(|&at| row[at].worded).collect();
    let first = |heading: usize| slots[headings[heading]].column;
    let last = |heading: usize| first(heading) + slots[headings[heading]].columns - 1;
    let parted =
        |a: usize, b: usize| above[a].is_some() && above[b].is_some() && above[a] != above[b];
    // what a heading beside it could be meant for
    let open = |column: usize| {
        let covered = (0..headings.len()).any(|h| (first(h)..=last(h)).contains(&column));
        let before = (0..headings.len()).rev().map(last).find(|&at| at < column);
        let after = (0..headings.len()).map(first).find(|&at| at > column);
        let beside = before.into_iter().chain(after);
        column > 0
            && free[column]
            && cores[column].is_some()
            && !covered
            && beside.clone().any(|at| !parted(at, column))
    };
    let open: Vec<bool> = (0..cores.len()).map(open).collect();
    if !open.contains(&true) {
        return Some(slots);
    }
    let mut ways = vec![Vec::new()];
    for (heading, &at) in headings.iter().enumerate() {
        let from = heading.checked_sub(1).map_or(0, |before| last(before) + 1);
        let to = headings
            .get(heading + 1)
            .map_or(cores.len(), |_| first(heading + 1));
        let mut longer = Vec::new();
        for way in &ways {
            let taken = way
                .last()
                .map_or(0, |slot: &Slot| slot.column + slot.columns);
            for begin in from.max(taken)..=first(heading) {
                for end in last(heading)..to {
                    let reaches = (begin..=end).all(|column| {
                        (first(heading)..=last(heading)).contains(&column) || open[column]
                    });
                    let skips = (taken..begin).any(|column| open[column]);
                    let middle = |extent| in_the_middle(extent, &cores[begin..=end]);
                    if reaches && !skips && row[at].extent.is_some_and(middle) {
                        let mut way = way.clone();
                        way.push(Slot {
                            column: begin,
                            columns: end + 1 - begin,
                        });
                        longer.push(way);
                    }
                }
            }
        }
        ways = longer;
    }
    ways.retain(|way| {
        let taken = way.last().map_or(0, |slot| slot.column + slot.columns);
        !(taken..cores.len()).any(|column| open[column])
    });
    let [way] = ways.as_slice() else { return None };
    let mut slots = slots;
    for (&at, slot) in headings.iter().zip(way) {
        slots[at] = *slot;
    }
    Some(slots)
}

/// Whether a heading stands in the middle of columns: nearer to it than to that of one column more
/// or less.
pub(super) fn in_the_middle<C: Into<Option<Extent>> + Copy>(extent: Extent, cores: &[C]) -> bool {
    let mut known = cores.iter().filter_map(|core| (*core).into());
    let Some(first) = known.next() else {
        return false;
    };
    let last = known.next_back().unwrap_or(first);
    let columns = cores.len() as f64;
    let off = (extent.0 + extent.1 - first.0 - last.1).abs() / 2.0;
    off <= (last.1 - first.0) / columns / 4.0
}
