//! Tables whose cells are parted by lines.

use super::aligned::cells;
use super::lines::lines;
use super::seen::{Chunk, Seen};
use crate::pdf::geometry::Rect;
use crate::pdf::reflow::columns::MOST_COLUMNS;

/// Lines nearer than this are one, in points.
const SAME: f64 = 2.5;
/// Narrower rows and columns are what is between two borders, in points.
const NARROWEST: f64 = 4.5;
/// Lines of one kind looked at on a page.
const MOST: usize = 1_500;

/// A cell: its first row and column, how many of each it takes, and its words.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) bounds: Rect,
    pub(super) shaded: bool,
    pub(super) chunks: Vec<Chunk>,
}

impl GridCell {
    /// Whether there are columns inside it that no line parts.
    fn holds_columns(&self) -> bool {
        let level = self.chunks.iter().filter(|chunk| !chunk.turned).cloned();
        let rows = lines(level.collect());
        rows.len() > 2 && rows.iter().filter(|line| cells(line).len() > 1).count() > 1
    }
}

/// A table with lines between its cells.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) bounds: Rect,
    /// Where its columns begin and end.
    pub(super) edges: Vec<f64>,
    pub(super) rows: usize,
    pub(super) cells: Vec<GridCell>,
}

impl Grid {
    /// When its first words are painted.
    pub(super) fn order(&self) -> usize {
        let chunks = self.cells.iter().flat_map(|cell| &cell.chunks);
        chunks.map(Chunk::order).min().unwrap_or(0)
    }
}

/// The ruled tables of a page with the words inside them, and the words outside.
pub(super) fn grids(seen: &Seen, chunks: Vec<Chunk>) -> (Vec<Grid>, Vec<Chunk>) {
    let level = merged(&seen.level, true);
    let upright = merged(&seen.upright, false);
    if level.len() > MOST || upright.len() > MOST || upright.is_empty() {
        return (Vec::new(), chunks);
    }
    let mut grids: Vec<Grid> = meshes(&level, &upright)
        .into_iter()
        .filter_map(|mesh| grid(&mesh, seen))
        .collect();
    let mut outside = Vec::new();
    for chunk in chunks {
        // of grids inside each other, the smallest
        let home = grids
            .iter_mut()
            .filter(|grid| grid.bounds.contains(chunk.bounds.centre()))
            .min_by(|a, b| a.bounds.area().total_cmp(&b.bounds.area()));
        match home {
            Some(grid) => place(grid, chunk),
            None => outside.push(chunk),
        }
    }
    let mut kept = Vec::new();
    for mut grid in grids {
        let worded = grid.cells.iter().filter(|cell| !cell.chunks.is_empty());
        let mut columns: Vec<usize> = worded.map(|cell| cell.column).collect();
        columns.sort_unstable();
        columns.dedup();
        let loose = grid.cells.iter().any(GridCell::holds_columns);
        if columns.len() > 1 && grid.rows > 1 && !loose {
            split(&mut grid);
            kept.push(grid);
        } else {
            // a box round text, or lines round groups of columns
            outside.extend(grid.cells.into_iter().flat_map(|cell| cell.chunks));
        }
    }
    outside.sort_by_key(Chunk::order);
    (kept, outside)
}

/// Puts a chunk into the cells that its words stand in.
fn place(grid: &mut Grid, chunk: Chunk) {
    let mut current: Option<(usize, Chunk)> = None;
    for word in chunk.words {
        let centre = word.bounds.centre();
        let nearest = |cell: &GridCell| {
            let dx = (cell.bounds.x0 - centre.x)
                .max(centre.x - cell.bounds.x1)
                .max(0.0);
            let dy = (cell.bounds.y0 - centre.y)
                .max(centre.y - cell.bounds.y1)
                .max(0.0);
            dx + dy
        };
        let Some((cell, _)) = grid
            .cells
            .iter()
            .enumerate()
            .min_by(|(_, a), (_, b)| nearest(a).total_cmp(&nearest(b)))
        else {
            return;
        };
        match &mut current {
            // a word that only changes its style stays whole
            Some((home, part)) if *home == cell || !word.apart => {
                part.bounds = part.bounds.union(&word.bounds);
                part.words.push(word);
            }
            _ => {
                if let Some((home, part)) = current.take() {
                    grid.cells[home].chunks.push(part);
                }
                let part = Chunk {
                    bounds: word.bounds,
                    words: vec![word],
                    ..chunk
                };
                current = Some((cell, part));
            }
        }
    }
    if let Some((home, part)) = current {
        grid.cells[home].chunks.push(part);
    }
}

/// Takes cells that reach over several columns apart where their words stand in some of those
/// alone, as a row of totals without lines may have them.
fn split(grid: &mut Grid) {
    let mut made: Vec<GridCell> = Vec::with_capacity(grid.cells.len());
    for mut cell in std::mem::take(&mut grid.cells) {
        let Some(parts) = parts_of(&cell, &grid.edges) else {
            made.push(cell);
            continue;
        };
        let end = cell.column + cell.columns;
        let mut next = cell.column;
        let chunks = std::mem::take(&mut cell.chunks);
        for (index, (chunk, (from, to))) in chunks.into_iter().zip(&parts).enumerate() {
            // words at the left have the columns before them too
            let from = if index == 0 { next } else { *from };
            made.extend((next..from).map(|column| cell.part(column, 1, &grid.edges)));
            let mut part = cell.part(from, to + 1 - from, &grid.edges);
            part.chunks.push(chunk);
            made.push(part);
            next = to + 1;
        }
        made.extend((next..end).map(|column| cell.part(column, 1, &grid.edges)));
    }
    grid.cells = made;
}

/// The first and last column of each chunk of a cell, where no two share one.
fn parts_of(cell: &GridCell, edges: &[f64]) -> Option<Vec<(usize, usize)>> {
    if cell.columns < 2 || cell.rows > 1 || cell.chunks.len() < 2 {
        return None;
    }
    let mut next = cell.column;
    let mut parts = Vec::with_capacity(cell.chunks.len());
    for chunk in &cell.chunks {
        let from = edges.partition_point(|edge| *edge <= chunk.bounds.x0 + 1.0);
        let to = edges.partition_point(|edge| *edge < chunk.bounds.x1 - 1.0);
        let (from, to) = (from.checked_sub(1)?, to.checked_sub(1)?);
        if from < next || to < from || to >= cell.column + cell.columns {
            return None;
        }
        parts.push((from, to));
        next = to + 1;
    }
    Some(parts)
}

/// Lines that touch end to end as one line each.
fn merged(lines: &[Rect], level: bool) -> Vec<Rect> {
    let across = |line: &Rect| {
        let centre = line.centre();
        if level { centre.y } else { centre.x }
    };
    let along = |line: &Rect| {
        if level {
            (line.x0, line.x1)
        } else {
            (line.y0, line.y1)
        }
    };
    let mut sorted = lines.to_vec();
    sorted.sort_by(|a, b| {
        let key = |line: &Rect| (across(line) / SAME).round();
        key(a)
            .total_cmp(&key(b))
            .then(along(a).0.total_cmp(&along(b).0))
    });
    let mut merged: Vec<Rect> = Vec::new();
    for line in sorted {
        let joins = |last: &&mut Rect| {
            (across(last) - across(&line)).abs() < SAME && along(&line).0 < along(last).1 + SAME
        };
        match merged.last_mut().filter(joins) {
            Some(last) => *last = last.union(&line),
            None => merged.push(line),
        }
    }
    merged
}

/// Lines that hang together.
#[derive(Default)]
struct Mesh {
    level: Vec<Rect>,
    upright: Vec<Rect>,
}

fn meshes(level: &[Rect], upright: &[Rect]) -> Vec<Mesh> {
    let mut home: Vec<usize> = (0..level.len() + upright.len()).collect();
    fn root(home: &mut [usize], mut at: usize) -> usize {
        while home[at] != at {
            home[at] = home[home[at]];
            at = home[at];
        }
        at
    }
    for (index, line) in level.iter().enumerate() {
        let reach = line.grow(SAME);
        for (other, post) in upright.iter().enumerate() {
            if !reach.intersect(post).is_empty() || touches(&reach, post) {
                let (a, b) = (root(&mut home, index), root(&mut home, level.len() + other));
                home[a] = b;
            }
        }
    }
    let mut meshes: std::collections::BTreeMap<usize, Mesh> = std::collections::BTreeMap::new();
    for (index, line) in level.iter().enumerate() {
        let at = root(&mut home, index);
        meshes.entry(at).or_default().level.push(*line);
    }
    for (index, line) in upright.iter().enumerate() {
        let at = root(&mut home, level.len() + index);
        meshes.entry(at).or_default().upright.push(*line);
    }
    meshes.into_values().collect()
}

fn touches(a: &Rect, b: &Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

/// Positions as far apart as lines are.
fn positions(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let mut positions: Vec<f64> = Vec::new();
    for value in values {
        if positions.last().is_none_or(|last| value - last > NARROWEST) {
            positions.push(value);
        }
    }
    positions
}

fn grid(mesh: &Mesh, seen: &Seen) -> Option<Grid> {
    let bounds = mesh
        .level
        .iter()
        .chain(&mesh.upright)
        .fold(Rect::NOWHERE, |all, line| all.union(line));
    let xs = positions(
        mesh.upright
            .iter()
            .map(|line| line.centre().x)
            .chain([bounds.x0 + 0.5, bounds.x1 - 0.5]),
    );
    let ys = positions(
        mesh.level
            .iter()
            .map(|line| line.centre().y)
            .chain([bounds.y0 + 0.5, bounds.y1 - 0.5]),
    );
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns < 2 || rows < 2 || columns > MOST_COLUMNS || rows * columns > 5_000 {
        return None;
    }
    // whether a line parts a base cell from the one to its right or below
    let posted = |x: f64, top: f64, bottom: f64| {
        mesh.upright.iter().any(|line| {
            (line.centre().x - x).abs() <= NARROWEST
                && line.y1.min(bottom) - line.y0.max(top) > 0.5 * (bottom - top)
        })
    };
    let floored = |y: f64, left: f64, right: f64| {
        mesh.level.iter().any(|line| {
            (line.centre().y - y).abs() <= NARROWEST
                && line.x1.min(right) - line.x0.max(left) > 0.5 * (right - left)
        })
    };
    let mut taken = vec![vec![false; columns]; rows];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken[row][column] {
                continue;
            }
            let mut wide = 1;
            while column + wide < columns
                && !taken[row][column + wide]
                && !posted(xs[column + wide], ys[row], ys[row + 1])
            {
                wide += 1;
            }
            let mut tall = 1;
            while row + tall < rows
                && (column..column + wide).all(|column| {
                    !taken[row + tall][column]
                        && !floored(ys[row + tall], xs[column], xs[column + 1])
                })
            {
                tall += 1;
            }
            for line in &mut taken[row..row + tall] {
                line[column..column + wide].fill(true);
            }
            let bounds = Rect {
                x0: xs[column],
                y0: ys[row],
                x1: xs[column + wide],
                y1: ys[row + tall],
            };
            cells.push(GridCell {
                row,
                column,
                rows: tall,
                columns: wide,
                bounds,
                shaded: seen.shades.iter().any(|shade| {
                    shade.share_of(&bounds) > 0.7 && shade.area() < 20.0 * bounds.area()
                }),
                chunks: Vec::new(),
            });
        }
    }
    Some(Grid {
        bounds,
        edges: xs,
        rows,
        cells,
    })
}

impl GridCell {
    /// An empty cell in some of its columns.
    fn part(&self, column: usize, columns: usize, edges: &[f64]) -> GridCell {
        GridCell {
            column,
            columns,
            bounds: Rect {
                x0: edges[column],
                x1: edges[column + columns],
                ..self.bounds
            },
            chunks: Vec::new(),
            ..*self
        }
    }
}

impl Grid {
    /// Puts heads that stand above the lines of the table into it; says whether each of their words
    /// is over one column.
    pub(super) fn take_heads(&mut self, heads: &[Chunk]) -> bool {
        let columns = self.edges.len() - 1;
        let mut over: Vec<Vec<Chunk>> = vec![Vec::new(); columns];
        for chunk in heads {
            let mut last: Option<(usize, f64)> = None;
            for word in &chunk.words {
                let middle = word.bounds.centre().x;
                let after = self.edges.partition_point(|edge| *edge <= middle);
                let Some(column) = after.checked_sub(1).filter(|column| *column < columns) else {
                    return false;
                };
                let crosses = word.bounds.x0 < self.edges[column] - 3.0
                    || word.bounds.x1 > self.edges[after] + 3.0;
                // words with a space between them that stand over two columns may belong to both
                let spans = last.is_some_and(|(known, end)| {
                    known != column && word.bounds.x0 - end < 0.4 * chunk.size
                });
                if crosses || spans {
                    return false;
                }
                let same = last.is_some_and(|(known, _)| known == column);
                last = Some((column, word.bounds.x1));
                match over[column].last_mut().filter(|_| same) {
                    Some(part) => {
                        part.bounds = part.bounds.union(&word.bounds);
                        part.words.push(word.clone());
                    }
                    None => over[column].push(Chunk {
                        words: vec![word.clone()],
                        bounds: word.bounds,
                        ..*chunk
                    }),
                }
            }
        }
        let bounds = heads
            .iter()
            .fold(Rect::NOWHERE, |all, chunk| all.union(&chunk.bounds));
        for cell in &mut self.cells {
            cell.row += 1;
        }
        self.rows += 1;
        self.bounds = self.bounds.union(&bounds);
        let made = over
            .into_iter()
            .enumerate()
            .map(|(column, chunks)| GridCell {
                row: 0,
                column,
                rows: 1,
                columns: 1,
                bounds: Rect {
                    x0: self.edges[column],
                    x1: self.edges[column + 1],
                    ..bounds
                },
                shaded: true,
                chunks,
            });
        let made: Vec<GridCell> = made.collect();
        self.cells.splice(..0, made);
        true
    }

    /// Whether another table, at the top of the next page, goes on with this one.
    pub(super) fn joins(&self, next: &Grid) -> bool {
        self.edges.len() == next.edges.len()
            && self
                .edges
                .iter()
                .zip(&next.edges)
                .all(|(a, b)| (a - b).abs() < NARROWEST)
    }

    /// Adds the rows of a table that goes on with this one, heads that are said again left out.
    pub(super) fn append(&mut self, next: Grid) {
        let again = (0..next.rows)
            .take_while(|&row| {
                let said = next.said(row);
                !said.trim().is_empty() && said == self.said(row)
            })
            .count();
        let offset = self.rows;
        for mut cell in next.cells {
            if cell.row >= again {
                cell.row = cell.row - again + offset;
                self.cells.push(cell);
            }
        }
        self.rows = offset + next.rows - again;
    }

    fn said(&self, row: usize) -> String {
        let cells = self.cells.iter().filter(|cell| cell.row == row);
        let texts: Vec<String> = cells
            .flat_map(|cell| cell.chunks.iter().map(Chunk::text))
            .collect();
        texts.join(" ")
    }
}
