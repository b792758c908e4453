//! A page taken apart: columns of lines, tables and pictures in the order of reading.

use super::aligned::{Aligned, Stretch, stretches};
use super::areas::{Area, areas};
use super::lines::{Line, lines};
use super::paragraphs::{Paragraph, Pitches, paragraphs};
use super::ruled::{Grid, grids};
use super::seen::{Chunk, Seen, Word};
use crate::pdf::geometry::Rect;

/// A picture takes at least so much of its page.
const PICTURE: f64 = 0.03;
/// A picture over so much of it is what the page is printed on, or a scan.
const GROUND: f64 = 0.8;

/// What stands between two borders of the page.
pub(super) enum Region {
    /// Lines of one column, and where it ends at the right.
    Column(Vec<Line>, f64),
    Grid(Grid),
    Picture(Rect),
}

/// What a page says, piece by piece.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Paragraph(Paragraph),
    Aligned(Aligned),
    Grid(Grid),
    /// Where it is, upright.
    Picture(Rect),
}

impl Piece {
    /// The chunks of its lines; none of a table with lines between its cells.
    fn chunks(&self) -> Vec<&Chunk> {
        match self {
            Piece::Paragraph(paragraph) => {
                let lines = paragraph.lines.iter();
                lines.flat_map(|line| &line.chunks).collect()
            }
            Piece::Aligned(table) => table.chunks().collect(),
            Piece::Grid(_) | Piece::Picture(_) => Vec::new(),
        }
    }

    /// Its words in the order of reading.
    pub(super) fn words(&self) -> Vec<&Word> {
        match self {
            Piece::Paragraph(paragraph) => paragraph.lines.iter().flat_map(Line::words).collect(),
            Piece::Aligned(table) => table
                .rows
                .iter()
                .flatten()
                .flat_map(|cell| &cell.lines)
                .flat_map(|chunk| &chunk.words)
                .collect(),
            Piece::Grid(grid) => grid
                .cells
                .iter()
                .flat_map(|cell| &cell.chunks)
                .flat_map(|chunk| &chunk.words)
                .collect(),
            Piece::Picture(_) => Vec::new(),
        }
    }
}

/// The parts of a page whose text is `chunks`.
pub(super) fn parts(seen: &Seen, chunks: Vec<Chunk>, right: Option<f64>) -> Vec<Region> {
    let (grids, outside) = grids(seen, chunks);
    let pictures: Vec<Rect> = pictures(seen, &grids);
    let last = outside.last().map_or(0, Chunk::order);
    let blocks: Vec<(Rect, usize)> = grids
        .iter()
        .map(|grid| (grid.bounds, grid.order()))
        .chain(pictures.iter().map(|place| (*place, last)))
        .collect();
    let found = areas(outside, &blocks);
    let alone = found.len() == 1;
    let mut grids: Vec<Option<Grid>> = grids.into_iter().map(Some).collect();
    let mut parts = Vec::new();
    for area in found {
        in_area(area, &mut grids, right.filter(|_| alone), &mut parts);
    }
    parts
}

/// Where running text ends on a page with one column, and otherwise on others of its width.
#[derive(Debug, Default)]
pub(super) struct Margins(Vec<(f64, Option<f64>)>);

impl Margins {
    /// Of pages with their chunks.
    pub(super) fn of<'a>(pages: impl Iterator<Item = (&'a Seen, &'a [Chunk])>) -> Self {
        Self(
            pages
                .map(|(seen, chunks)| (seen.width, right_of(chunks)))
                .collect(),
        )
    }

    pub(super) fn at(&self, page: usize) -> Option<f64> {
        let (width, own) = self.0.get(page)?;
        own.or_else(|| {
            let others = self
                .0
                .iter()
                .filter(|(other, _)| (other - width).abs() < 2.0);
            others
                .filter_map(|(_, right)| *right)
                .max_by(f64::total_cmp)
        })
    }
}

/// Where most lines of running text end at the latest; one line may stand out.
fn right_of(chunks: &[Chunk]) -> Option<f64> {
    let running = chunks
        .iter()
        .filter(|chunk| chunk.words.len() >= 6 && !chunk.turned);
    let mut ends: Vec<f64> = running.map(|chunk| chunk.bounds.x1).collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let pair = ends.windows(2).find(|pair| pair[0] - pair[1] < 25.0)?;
    Some(pair[0])
}

fn pictures(seen: &Seen, grids: &[Grid]) -> Vec<Rect> {
    let page = seen.width * seen.height;
    let mut kept: Vec<Rect> = Vec::new();
    for picture in &seen.pictures {
        let centre = picture.centre();
        let inside = grids.iter().any(|grid| grid.bounds.contains(centre))
            || kept.iter().any(|other| other.contains(centre));
        let ground = picture.area() > GROUND * page && !seen.chunks.is_empty();
        if picture.area() > PICTURE * page && !inside && !ground {
            kept.push(*picture);
        }
    }
    kept
}

fn in_area(area: Area, grids: &mut [Option<Grid>], right: Option<f64>, parts: &mut Vec<Region>) {
    let (turned, level): (Vec<Chunk>, Vec<Chunk>) =
        area.chunks.into_iter().partition(|chunk| chunk.turned);
    let mut lines = lines(level);
    let end = lines.iter().map(|line| line.bounds.x1).fold(0.0, f64::max);
    let right = right.unwrap_or(end);
    let mut blocks = area.blocks;
    blocks.sort_by(|a, b| a.1.y0.total_cmp(&b.1.y0));
    for (number, bounds) in blocks {
        let above = lines.partition_point(|line| line.baseline < bounds.y0 + 0.3 * line.size);
        let below = lines.split_off(above);
        if !lines.is_empty() {
            parts.push(Region::Column(lines, right));
        }
        lines = below;
        parts.push(match grids.get_mut(number).and_then(Option::take) {
            Some(grid) => Region::Grid(grid),
            None => Region::Picture(bounds),
        });
    }
    if !lines.is_empty() {
        parts.push(Region::Column(lines, right));
    }
    for chunk in turned {
        let right = chunk.bounds.x1;
        parts.push(Region::Column(super::lines::lines(vec![chunk]), right));
    }
}

/// The pieces of a part.
pub(super) fn pieces(part: Region, pitches: &Pitches) -> Vec<Piece> {
    match part {
        Region::Grid(grid) => vec![Piece::Grid(grid)],
        Region::Picture(place) => vec![Piece::Picture(place)],
        Region::Column(lines, right) => stretches(lines)
            .into_iter()
            .flat_map(|stretch| match stretch {
                Stretch::Text(lines) => paragraphs(lines, right, pitches)
                    .into_iter()
                    .map(Piece::Paragraph)
                    .collect(),
                Stretch::Table(table) => vec![Piece::Aligned(table)],
            })
            .collect(),
    }
}

/// The pieces of a page with heads that stand above the lines of a table put into it.
pub(super) fn headed(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut made: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if let Piece::Grid(grid) = &mut piece {
            let from = heads_above(&made, &grid.bounds);
            let heads: Vec<Chunk> = made[from..]
                .iter()
                .flat_map(Piece::chunks)
                .cloned()
                .collect();
            if !heads.is_empty() && grid.take_heads(&heads) {
                made.truncate(from);
            }
        }
        made.push(piece);
    }
    made
}

/// Where the heads of a table begin among the pieces above it: bold lines close to it, the first of
/// them with a gap in it, so that it is no title.
fn heads_above(pieces: &[Piece], table: &Rect) -> usize {
    /// Lines of heads, in ems from one to the next.
    const CLOSE: f64 = 2.0;
    let mut from = pieces.len();
    let mut below = table.y0;
    for (index, piece) in pieces.iter().enumerate().rev() {
        let chunks = piece.chunks();
        let bold = chunks
            .iter()
            .flat_map(|chunk| &chunk.words)
            .all(|word| word.bold);
        let (top, foot, em) = chunks
            .iter()
            .fold((f64::MAX, f64::MIN, 1.0_f64), |all, chunk| {
                (
                    all.0.min(chunk.bounds.y0),
                    all.1.max(chunk.bounds.y1),
                    all.2.max(chunk.size),
                )
            });
        let near = foot < below + 0.5 * em && below - foot < CLOSE * em;
        let short = match piece {
            Piece::Aligned(rows) => rows.rows.len() <= 3,
            Piece::Paragraph(paragraph) => paragraph.lines.len() <= 2,
            _ => false,
        };
        if !(bold && near && short) {
            break;
        }
        let apart = match piece {
            Piece::Paragraph(paragraph) => paragraph.lines.iter().any(|line| line.chunks.len() > 1),
            _ => true,
        };
        if apart {
            from = index;
        }
        below = top;
    }
    from
}
