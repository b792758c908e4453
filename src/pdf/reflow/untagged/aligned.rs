//! Tables without lines: rows whose cells stand below each other.
//!
//! Where the columns or the rows cannot be told with certainty, each line is given by itself.

use super::lines::Line;
use super::seen::Chunk;
use crate::pdf::geometry::Rect;
use crate::pdf::reflow::lists::is_bullet;
use crate::prose::label::Label;

/// A gap between the cells of a row is at least so wide, in ems.
const GAP: f64 = 1.0;
/// A strip without words that is narrower than this parts nothing, in points.
const NARROWEST: f64 = 1.5;
/// Rows further apart than this are not of one table, in ems.
const FAR: f64 = 4.5;

/// A cell and the columns that it reaches over.
#[derive(Debug, Clone)]
pub(super) struct AlignedCell {
    pub(super) column: usize,
    pub(super) columns: usize,
    /// Its lines from the top, each of one or more chunks.
    pub(super) lines: Vec<Chunk>,
    pub(super) bounds: Rect,
}

impl AlignedCell {
    /// Whether it begins on the line that another ends on, further right.
    fn is_right_of(&self, other: &AlignedCell) -> bool {
        let (Some(end), Some(begin)) = (other.lines.last(), self.lines.first()) else {
            return false;
        };
        (begin.baseline - end.baseline).abs() < 0.4 * begin.size && begin.bounds.x0 > end.bounds.x1
    }
}

/// A table without lines between its cells.
#[derive(Debug, Clone)]
pub(super) struct Aligned {
    pub(super) columns: usize,
    pub(super) rows: Vec<Vec<AlignedCell>>,
    /// Whether each cell is in its row and under its column without doubt.
    pub(super) certain: bool,
}

/// What a stretch of lines is.
#[derive(Debug)]
pub(super) enum Stretch {
    /// Running text.
    Text(Vec<Line>),
    Table(Aligned),
}

impl Aligned {
    /// Whether its rows go down the page one after the other, but for heads of uneven height.
    pub(super) fn descends(&self) -> bool {
        /// How far up the next row may begin, in ems.
        const BACK: f64 = 8.0;
        let tops = self.rows.iter().filter_map(|row| {
            let first = row.first()?;
            Some((first.bounds.y0, first.lines.first()?.size))
        });
        let tops: Vec<(f64, f64)> = tops.collect();
        tops.windows(2)
            .all(|pair| pair[1].0 > pair[0].0 - BACK * pair[1].1)
    }

    /// Its chunks, row by row.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &Chunk> {
        self.rows.iter().flatten().flat_map(|cell| &cell.lines)
    }
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
        let mut rows: Vec<Line> = rest.drain(..length).collect();
        let painted = span(&rows);
        // heads of more lines than others begin above them
        if let Some(Stretch::Text(text)) = made.last_mut() {
            while text
                .last()
                .is_some_and(|line| amid(line, &rows[0], painted))
            {
                rows.splice(..0, text.pop());
            }
            if text.is_empty() {
                made.pop();
            }
        }
        while let (Some(last), Some(next)) = (rows.last(), rest.front()) {
            if !amid(next, last, painted) {
                break;
            }
            rows.extend(rest.pop_front());
        }
        made.push(Stretch::Table(table(&rows)));
    }
    made
}

/// The first and the last word of some lines in the order of painting.
fn span(lines: &[Line]) -> (usize, usize) {
    let orders = || lines.iter().flat_map(Line::words).map(|word| word.order);
    (orders().min().unwrap_or(0), orders().max().unwrap_or(0))
}

/// Whether a line beside another was painted while the rows of a table were.
fn amid(line: &Line, beside: &Line, (first, last): (usize, usize)) -> bool {
    (line.baseline - beside.baseline).abs() < 1.7 * line.size.max(beside.size)
        && line
            .words()
            .all(|word| word.order > first && word.order < last)
}

/// The cells of a line: its chunks, a label and its words counting as one.
pub(super) fn cells(line: &Line) -> Vec<Rect> {
    let mut cells: Vec<(Rect, bool)> = Vec::new();
    for (index, chunk) in line.chunks.iter().enumerate() {
        let label = index == 0 && chunk.words.len() == 1 && {
            let text = chunk.text();
            is_bullet(&text) || Label::of(&text).is_some()
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
        } else if within(&found, &lines[..end]) {
            if end == index + 1 && wraps(above, line) {
                // the last line of the last row
                end = index + 2;
            }
        } else if end < index + 1 || !between(lines.get(index + 2), &lines[..end]) {
            break;
        }
    }
    if rows < 2 { 0 } else { end }
}

/// Whether the line after one that reaches over several columns is a row of the same table.
fn between(next: Option<&Line>, above: &[Line]) -> bool {
    let columns = strips(above);
    next.is_some_and(|next| {
        let found = cells(next);
        columns.len() > 2
            && found.len() > 2
            && found.iter().all(|cell| {
                let over = columns
                    .iter()
                    .filter(|(from, to)| cell.x0 < *to - 1.0 && cell.x1 > *from + 1.0);
                over.count() <= 1
            })
    })
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

/// The columns of some lines: what is between the strips that no word of the fullest lines crosses.
fn strips(lines: &[Line]) -> Vec<(f64, f64)> {
    let counts: Vec<usize> = lines.iter().map(|line| cells(line).len()).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let full: Vec<Vec<Rect>> = lines
        .iter()
        .zip(&counts)
        .filter(|(_, count)| **count >= 2 && **count * 5 >= most * 3)
        .map(|(line, _)| words(line).into_iter().map(|(place, _)| place).collect())
        .collect();
    let mut extents: Vec<(f64, f64)> = full
        .iter()
        .flatten()
        .map(|place| (place.x0, place.x1))
        .collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut strips: Vec<(f64, f64)> = Vec::new();
    for (from, to) in extents {
        match strips.last_mut() {
            Some((_, end)) if from < *end + NARROWEST || !parted(&full, *end, from) => {
                *end = end.max(to);
            }
            _ => strips.push((from, to)),
        }
    }
    strips
}

/// Whether most lines that have words on both sides of an empty strip have a wide gap there.
fn parted(rows: &[Vec<Rect>], from: f64, to: f64) -> bool {
    let (mut wide, mut all) = (0, 0);
    for row in rows {
        let left = row.iter().filter(|place| place.x1 <= from + 0.1);
        let right = row.iter().filter(|place| place.x0 >= to - 0.1);
        let end = left.map(|place| place.x1).fold(f64::MIN, f64::max);
        let start = right.map(|place| place.x0).fold(f64::MAX, f64::min);
        if end > f64::MIN && start < f64::MAX {
            all += 1;
            let em = row.first().map_or(10.0, Rect::height);
            wide += usize::from(start - end > 0.9 * em);
        }
    }
    wide > 0 && wide * 5 >= all * 3
}

/// The words of a line, with what is joined to each, and the chunks that they make.
fn words(line: &Line) -> Vec<(Rect, Chunk)> {
    let mut words: Vec<(Rect, Chunk)> = Vec::new();
    for chunk in &line.chunks {
        for (index, word) in chunk.words.iter().enumerate() {
            match words.last_mut() {
                Some((place, part)) if index > 0 && !word.apart => {
                    *place = place.union(&word.bounds);
                    part.bounds = *place;
                    part.words.push(word.clone());
                }
                _ => words.push((
                    word.bounds,
                    Chunk {
                        words: vec![word.clone()],
                        bounds: word.bounds,
                        ..*chunk
                    },
                )),
            }
        }
    }
    words
}

/// The parts of a line that stand in different columns.
fn segments(line: &Line, strips: &[(f64, f64)]) -> Vec<Chunk> {
    let column = |place: &Rect| {
        let over = |&(from, to): &(f64, f64)| place.x0 < to - 0.5 && place.x1 > from + 0.5;
        (strips.iter().position(over), strips.iter().rposition(over))
    };
    let mut segments: Vec<Chunk> = Vec::new();
    for (place, part) in words(line) {
        let Some(last) = segments.last_mut() else {
            segments.push(part);
            continue;
        };
        let gap = place.x0 - last.bounds.x1;
        let em = part.size.min(last.size);
        let elsewhere = column(&place).0 > column(&last.bounds).1;
        if (elsewhere && gap > 0.4 * em) || gap > 3.0 * em {
            segments.push(part);
        } else {
            last.bounds = last.bounds.union(&place);
            last.words.extend(part.words);
        }
    }
    segments
}

/// The table of some lines.
fn table(lines: &[Line]) -> Aligned {
    let strips = strips(lines);
    let mut certain = strips.len() > 1;
    let mut pieces: Vec<(usize, AlignedCell)> = Vec::new();
    for line in lines {
        let mut taken = 0;
        for part in segments(line, &strips) {
            let cell = part.bounds;
            let over = |&(from, to): &(f64, f64)| cell.x0 < to - 0.5 && cell.x1 > from + 0.5;
            let first = strips.iter().position(over).unwrap_or(0);
            let last = strips.iter().rposition(over).unwrap_or(0);
            certain &= first >= taken && strips.iter().any(over);
            taken = last + 1;
            pieces.push((
                part.order(),
                AlignedCell {
                    column: first,
                    columns: (last + 1).saturating_sub(first).max(1),
                    lines: vec![part],
                    bounds: cell,
                },
            ));
        }
    }
    pieces.sort_by_key(|(order, _)| *order);
    let pitch = pitch(&pieces);
    let mut cells: Vec<AlignedCell> = Vec::new();
    for (_, piece) in pieces {
        match cells.last_mut() {
            Some(last) if goes_on(last, &piece, pitch, &strips) => {
                last.bounds = last.bounds.union(&piece.bounds);
                last.lines.extend(piece.lines);
            }
            _ => cells.push(piece),
        }
    }
    let mut rows: Vec<Vec<AlignedCell>> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(row)
                if row.last().is_some_and(|last| {
                    cell.column >= last.column + last.columns || cell.is_right_of(last)
                }) =>
            {
                row.push(cell);
            }
            _ => rows.push(vec![cell]),
        }
    }
    let rows = with_later_paragraphs(rows);
    certain &= rows.len() > 1 && stand_apart(&rows);
    Aligned {
        columns: strips.len(),
        rows,
        certain,
    }
}

/// Rows whose last cell goes on with another paragraph, which no other cell stands beside.
fn with_later_paragraphs(rows: Vec<Vec<AlignedCell>>) -> Vec<Vec<AlignedCell>> {
    let mut kept: Vec<Vec<AlignedCell>> = Vec::new();
    for mut row in rows {
        if let ([only], Some(above)) = (row.as_mut_slice(), kept.last_mut())
            && above.len() > 1
            && let Some(last) = above.last_mut()
            && last.column == only.column
            && let (Some(end), Some(begin)) = (last.lines.last(), only.lines.first())
            && begin.baseline - end.baseline < 2.6 * begin.size
            && only.lines.iter().flat_map(|chunk| &chunk.words).count() > 2
        {
            last.bounds = last.bounds.union(&only.bounds);
            last.lines.append(&mut only.lines);
            continue;
        }
        kept.push(row);
    }
    kept
}

/// Whether each row has a height of its own, and its cells are all beside each other.
fn stand_apart(rows: &[Vec<AlignedCell>]) -> bool {
    let around = |row: &[AlignedCell]| {
        row.iter()
            .fold(Rect::NOWHERE, |all, cell| all.union(&cell.bounds))
    };
    let em = |row: &[AlignedCell]| {
        let chunks = row.iter().flat_map(|cell| &cell.lines);
        chunks.map(|chunk| chunk.size).fold(1.0, f64::max)
    };
    let apart = rows.windows(2).all(|pair| {
        let (above, below) = (around(&pair[0]), around(&pair[1]));
        above.y1 < below.y0 + 0.35 * em(&pair[1])
    });
    apart
        && rows.iter().all(|row| {
            let tallest = row
                .iter()
                .max_by(|a, b| a.bounds.height().total_cmp(&b.bounds.height()));
            tallest.is_some_and(|tallest| {
                row.iter().all(|cell| {
                    let middle = cell.bounds.centre().y;
                    middle > tallest.bounds.y0 && middle < tallest.bounds.y1
                })
            })
        })
}

/// The least distance between two rows, as far as going back to an earlier column tells.
fn pitch(pieces: &[(usize, AlignedCell)]) -> Option<f64> {
    pieces
        .windows(2)
        .filter(|pair| pair[1].1.column < pair[0].1.column)
        .map(|pair| pair[1].1.bounds.y0 - pair[0].1.bounds.y0)
        .filter(|step| *step > 0.0)
        .min_by(f64::total_cmp)
}

/// Whether a piece is the next line of the cell that was painted just before it.
fn goes_on(
    last: &AlignedCell,
    piece: &AlignedCell,
    pitch: Option<f64>,
    strips: &[(f64, f64)],
) -> bool {
    let (Some(above), Some(below)) = (last.lines.last(), piece.lines.first()) else {
        return false;
    };
    let step = below.baseline - above.baseline;
    let bold = |chunks: &[Chunk]| {
        let mut words = chunks.iter().flat_map(|chunk| &chunk.words);
        words.all(|word| word.bold)
    };
    if last.column != piece.column
        || step < 0.5 * below.size
        || step > 1.7 * below.size
        || bold(&last.lines) != bold(&piece.lines)
    {
        return false;
    }
    if pitch.is_some_and(|pitch| step < 0.9 * pitch) {
        return true;
    }
    // the next word would not have fitted into the line before
    let word = below.words.first().map_or(0.0, |word| word.bounds.width());
    let reach = strips
        .get(last.column + last.columns - 1)
        .map_or(0.0, |(_, to)| *to);
    above.bounds.x1 + 0.25 * below.size + word > reach - 0.5
}
