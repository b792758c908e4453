//! Columns: in which order a reader goes over a page.
//!
//! What stands side by side is either two columns, of which one is read to its end before the
//! other, or the cells of a row. Their looks do not tell; that each column was painted in one go
//! does.

use super::seen::Chunk;
use crate::pdf::geometry::Rect;

/// Columns inside columns.
const DEEPEST: usize = 6;
/// Fewer lines than this beside each other make no columns.
const FEWEST_LINES: usize = 3;
/// Places where a column may begin that are looked at.
const MOST_STARTS: usize = 24;

/// What is read in one go: chunks of text, and places that are read by themselves.
#[derive(Debug, Default)]
pub(super) struct Area {
    pub(super) chunks: Vec<Chunk>,
    /// Places of tables and pictures, by their number.
    pub(super) blocks: Vec<(usize, Rect)>,
}

#[derive(Debug)]
enum Item {
    Chunk(Chunk),
    Block(usize, Rect, usize),
}

impl Item {
    fn bounds(&self) -> &Rect {
        match self {
            Item::Chunk(chunk) => &chunk.bounds,
            Item::Block(_, bounds, _) => bounds,
        }
    }

    fn order(&self) -> usize {
        match self {
            Item::Chunk(chunk) => chunk.order(),
            Item::Block(_, _, order) => *order,
        }
    }

    fn words(&self) -> usize {
        match self {
            Item::Chunk(chunk) => chunk.words.len(),
            Item::Block(..) => 6,
        }
    }

    fn middle(&self) -> f64 {
        self.bounds().centre().y
    }
}

/// The areas of a page in the order of reading. A block has a place and the time of its painting.
pub(super) fn areas(chunks: Vec<Chunk>, blocks: &[(Rect, usize)]) -> Vec<Area> {
    let blocks = blocks
        .iter()
        .enumerate()
        .map(|(number, (bounds, order))| Item::Block(number, *bounds, *order));
    let items = chunks.into_iter().map(Item::Chunk).chain(blocks).collect();
    let mut areas = Vec::new();
    cut(items, 0, &mut areas);
    areas
}

fn cut(items: Vec<Item>, depth: usize, areas: &mut Vec<Area>) {
    if items.is_empty() {
        return;
    }
    let found = if depth < DEEPEST {
        columns(&items)
    } else {
        None
    };
    let Some(Columns {
        gutter,
        top,
        bottom,
    }) = found
    else {
        let mut area = Area::default();
        for item in items {
            match item {
                Item::Chunk(chunk) => area.chunks.push(chunk),
                Item::Block(number, bounds, _) => area.blocks.push((number, bounds)),
            }
        }
        areas.push(area);
        return;
    };
    let (mut above, mut left, mut right, mut below) = (vec![], vec![], vec![], vec![]);
    for item in items {
        let middle = item.middle();
        if middle < top {
            above.push(item);
        } else if middle > bottom {
            below.push(item);
        } else if item.bounds().centre().x < gutter {
            left.push(item);
        } else {
            right.push(item);
        }
    }
    for part in [above, left, right, below] {
        cut(part, depth + 1, areas);
    }
}

/// Two columns: what is between them, and how far up and down they reach.
struct Columns {
    gutter: f64,
    top: f64,
    bottom: f64,
}

/// The pair of columns with the most in it.
fn columns(items: &[Item]) -> Option<Columns> {
    let mut down: Vec<&Item> = items.iter().collect();
    down.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut best: Option<(Columns, usize)> = None;
    for start in starts(items) {
        let gutter = start - 1.0;
        let crosses =
            |item: &&Item| item.bounds().x0 < gutter - 1.0 && item.bounds().x1 > gutter + 0.5;
        for inside in down.split(crosses) {
            if best.as_ref().is_none_or(|(_, most)| inside.len() > *most)
                && let Some(found) = between(inside, gutter)
            {
                best = Some((found, inside.len()));
            }
        }
    }
    best.map(|(columns, _)| columns)
}

/// Where several things begin one below the other, the outermost left aside.
fn starts(items: &[Item]) -> Vec<f64> {
    let mut edges: Vec<f64> = items.iter().map(|item| item.bounds().x0).collect();
    edges.sort_by(f64::total_cmp);
    let Some(&first) = edges.first() else {
        return Vec::new();
    };
    let mut starts: Vec<(f64, usize)> = Vec::new();
    for edge in edges {
        match starts.last_mut() {
            Some((start, count)) if edge - *start < 2.0 => *count += 1,
            _ => starts.push((edge, 1)),
        }
    }
    starts.retain(|&(start, count)| start - first > 20.0 && count >= FEWEST_LINES);
    starts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    starts.truncate(MOST_STARTS);
    starts.into_iter().map(|(start, _)| start).collect()
}

/// The columns left and right of a gutter that nothing crosses.
fn between(inside: &[&Item], gutter: f64) -> Option<Columns> {
    let is_left = |item: &Item| item.bounds().centre().x < gutter;
    let reach = |left: bool| {
        inside
            .iter()
            .filter(|item| is_left(item) == left)
            .map(|item| (item.bounds().y0, item.bounds().y1))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let (left, right) = (reach(true)?, reach(false)?);
    // only the height where both are counts; what is above and below is read before and after
    let (top, bottom) = (left.0.min(right.0), left.1.max(right.1));
    let shared = left.1.min(right.1) - left.0.max(right.0);
    let lines = |left: bool| rows(inside.iter().filter(|item| is_left(item) == left));
    let (left_lines, right_lines) = (lines(true), lines(false));
    if shared <= 0.0 || left_lines.min(right_lines) < FEWEST_LINES {
        return None;
    }
    let gap = {
        let left = inside.iter().filter(|item| is_left(item));
        let right = inside.iter().filter(|item| !is_left(item));
        let end = left.map(|item| item.bounds().x1).fold(f64::MIN, f64::max);
        let start = right.map(|item| item.bounds().x0).fold(f64::MAX, f64::min);
        start - end
    };
    if gap < 5.0 {
        return None;
    }
    let mut painted = inside.to_vec();
    painted.sort_by_key(|item| item.order());
    let switches = painted
        .windows(2)
        .filter(|pair| is_left(pair[0]) != is_left(pair[1]))
        .count();
    let fewer = left_lines.min(right_lines);
    let wordy = |left: bool, lines: usize| {
        let words: usize = inside
            .iter()
            .filter(|item| is_left(item) == left)
            .map(|item| item.words())
            .sum();
        words as f64 / lines as f64 >= 1.8
    };
    let painted_apart = switches == 1 || switches * 4 <= fewer;
    if !(painted_apart && wordy(true, left_lines) && wordy(false, right_lines)) {
        return None;
    }
    Some(Columns {
        gutter,
        top,
        bottom,
    })
}

/// How many lines some things stand on.
fn rows<'a>(items: impl Iterator<Item = &'a &'a Item>) -> usize {
    let mut heights: Vec<f64> = items.map(|item| item.middle()).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup_by(|a, b| (*a - *b).abs() < 4.0);
    heights.len()
}
