//! Tables without lines: rows whose cells stand below each other.
//!
//! Where the columns or the rows cannot be told with certainty, each line is given by itself.

use super::lines::{Line, is_number};
use super::seen::Chunk;
use crate::pdf::geometry::Rect;
use crate::pdf::reflow::lists::is_bullet;

/// A gap between the cells of a row is at least so wide, in ems.
const GAP: f64 = 1.0;
/// Rows further apart than this are not of one table, in ems.
const FAR: f64 = 4.5;

/// A cell and the columns that it reaches over.
#[derive(Debug, Clone)]
pub(super) struct AlignedCell {
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) lines: Vec<Chunk>,
    /// The first and the last of the lines that it stands on.
    at: (usize, usize),
}

/// A table without lines between its cells.
#[derive(Debug, Clone)]
pub(super) struct Aligned {
    pub(super) columns: usize,
    pub(super) rows: Vec<Vec<AlignedCell>>,
}

/// What a stretch of lines is.
#[derive(Debug)]
pub(super) enum Stretch {
    /// Running text.
    Text(Vec<Line>),
    /// A table whose rows and columns are certain.
    Table(Aligned),
    /// Rows of which the columns are not certain.
    Rows(Vec<Line>),
}

/// The stretches of a column of lines.
pub(super) fn stretches(lines: Vec<Line>) -> Vec<Stretch> {
    let mut made: Vec<Stretch> = Vec::new();
    let mut rest: std::collections::VecDeque<Line> = lines.into();
    while !rest.is_empty() {
        let length = run(rest.make_contiguous());
        if length == 0 {
            if let Some(line) = rest.pop_front() {
                match made.last_mut() {
                    Some(Stretch::Text(text)) => text.push(line),
                    _ => made.push(Stretch::Text(vec![line])),
                }
            }
            continue;
        }
        let rows: Vec<Line> = rest.drain(..length).collect();
        made.push(match table(&rows) {
            Some(table) => Stretch::Table(table),
            None => Stretch::Rows(rows),
        });
    }
    made
}

/// The cells of a line: its chunks, a label and its words counting as one.
fn cells(line: &Line) -> Vec<Rect> {
    let mut cells: Vec<(Rect, bool)> = Vec::new();
    for (index, chunk) in line.chunks.iter().enumerate() {
        let label = index == 0 && chunk.words.len() == 1 && {
            let text = chunk.text();
            is_bullet(&text) || is_number(&text)
        };
        match cells.last_mut() {
            Some((last, labelled))
                if *labelled || chunk.bounds.x0 - last.x1 < GAP * chunk.size.min(line.size) =>
            {
                *last = last.union(&chunk.bounds);
                *labelled = false;
            }
            _ => cells.push((chunk.bounds, label)),
        }
    }
    cells.into_iter().map(|(cell, _)| cell).collect()
}

/// How many of the first lines are rows of a table.
fn run(lines: &[Line]) -> usize {
    if lines.first().is_none_or(|line| cells(line).len() < 2) {
        return 0;
    }
    let mut rows = 1;
    let mut end = 1;
    for (index, pair) in lines.windows(2).enumerate() {
        let (above, line) = (&pair[0], &pair[1]);
        let far = line.baseline - above.baseline > FAR * line.size.max(above.size);
        if far {
            break;
        }
        let found = cells(line);
        if found.len() >= 2 {
            rows += 1;
            end = index + 2;
        } else if !within(&found, &lines[..end]) {
            break;
        } else if end == index + 1 && wraps(above, line) {
            // the last line of the last row
            end = index + 2;
        }
    }
    if rows < 2 { 0 } else { end }
}

/// Whether a line with one cell goes on with a cell of the line above, painted just before it.
fn wraps(above: &Line, line: &Line) -> bool {
    let Some(first) = line.words().next() else {
        return false;
    };
    let close = line.baseline - above.baseline < 1.5 * line.size;
    close
        && above.words().any(|word| word.order + 1 == first.order)
        && above
            .chunks
            .iter()
            .any(|chunk| (chunk.bounds.x0 - line.bounds.x0).abs() < 2.0)
}

/// Whether a line with one cell stands in one of the columns above it.
fn within(found: &[Rect], above: &[Line]) -> bool {
    let Some(cell) = found.first() else {
        return false;
    };
    let columns = strips(above);
    columns
        .iter()
        .filter(|(from, to)| cell.x0 < *to - 1.0 && cell.x1 > *from + 1.0)
        .count()
        <= 1
}

/// The columns that the cells of the fullest lines stand in.
fn strips(lines: &[Line]) -> Vec<(f64, f64)> {
    let rows: Vec<Vec<Rect>> = lines.iter().map(cells).collect();
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut extents: Vec<(f64, f64)> = rows
        .iter()
        .filter(|row| row.len() >= 2 && row.len() * 5 >= most * 3)
        .flatten()
        .map(|cell| (cell.x0, cell.x1))
        .collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut strips: Vec<(f64, f64)> = Vec::new();
    for (from, to) in extents {
        match strips.last_mut() {
            Some((_, end)) if from < *end + 1.0 => *end = end.max(to),
            _ => strips.push((from, to)),
        }
    }
    strips
}

/// The table of some lines; `None` where its rows or columns are not certain.
fn table(lines: &[Line]) -> Option<Aligned> {
    let strips = strips(lines);
    if strips.len() < 2 {
        return None;
    }
    let mut pieces: Vec<(usize, AlignedCell)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let mut taken = 0;
        for cell in cells(line) {
            let over: Vec<usize> = strips
                .iter()
                .enumerate()
                .filter(|(_, (from, to))| cell.x0 < *to - 0.5 && cell.x1 > *from + 0.5)
                .map(|(column, _)| column)
                .collect();
            let (&first, &last) = (over.first()?, over.last()?);
            if first < taken {
                return None;
            }
            taken = last + 1;
            let chunks: Vec<Chunk> = line
                .chunks
                .iter()
                .filter(|chunk| cell.covers(&chunk.bounds))
                .cloned()
                .collect();
            let order = chunks.iter().map(Chunk::order).min()?;
            pieces.push((
                order,
                AlignedCell {
                    column: first,
                    columns: last + 1 - first,
                    lines: chunks,
                    at: (index, index),
                },
            ));
        }
    }
    pieces.sort_by_key(|(order, _)| *order);
    let mut cells: Vec<AlignedCell> = Vec::new();
    for (_, piece) in pieces {
        match cells.last_mut() {
            Some(last) if goes_on(last, &piece, lines, &strips) => {
                last.at.1 = piece.at.1;
                last.lines.extend(piece.lines);
            }
            _ => cells.push(piece),
        }
    }
    let mut rows: Vec<Vec<AlignedCell>> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(row)
                if row
                    .last()
                    .is_some_and(|last| cell.column >= last.column + last.columns) =>
            {
                row.push(cell);
            }
            _ => rows.push(vec![cell]),
        }
    }
    let reach = |row: &[AlignedCell]| {
        let first = row.iter().map(|cell| cell.at.0).min();
        let last = row.iter().map(|cell| cell.at.1).max();
        first.zip(last)
    };
    // each row has its lines for itself, and the cells of a row share a line
    let apart = rows.windows(2).all(|pair| {
        reach(&pair[0])
            .zip(reach(&pair[1]))
            .is_some_and(|(a, b)| a.1 < b.0)
    });
    let together = rows.iter().all(|row| {
        row.iter().all(|cell| {
            row.iter().any(|other| {
                other.column != cell.column && other.at.0 <= cell.at.1 && cell.at.0 <= other.at.1
            }) || row.len() == 1
        })
    });
    (apart && together).then_some(Aligned {
        columns: strips.len(),
        rows,
    })
}

/// Whether a piece is the next line of the cell that was painted just before it.
fn goes_on(last: &AlignedCell, piece: &AlignedCell, lines: &[Line], strips: &[(f64, f64)]) -> bool {
    if last.column != piece.column || piece.at.0 <= last.at.1 {
        return false;
    }
    let (above, below) = (&lines[last.at.1], &lines[piece.at.0]);
    if below.baseline - above.baseline > 1.7 * below.size {
        return false;
    }
    let bold = |chunks: &[Chunk]| {
        chunks
            .iter()
            .flat_map(|chunk| &chunk.words)
            .all(|word| word.bold)
    };
    if bold(&last.lines) != bold(&piece.lines) {
        return false;
    }
    // the next word would have fitted into the line before
    let end = last.lines.last().map_or(0.0, |chunk| chunk.bounds.x1);
    let word = piece
        .lines
        .first()
        .and_then(|chunk| chunk.words.first())
        .map_or(0.0, |word| word.bounds.width());
    let reach = strips[last.column + last.columns - 1].1;
    end + 0.25 * below.size + word > reach - 0.5
}
