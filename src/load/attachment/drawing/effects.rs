//! How much work a drawing is: its effects (blurs, shadows, lighting, textures), as the engine renders
//! whatever has one, pixel by pixel; and its patterns and dashed lines, which every reader of the pack
//! draws piece by piece.

use roxmltree::Node;
use usvg::filter::Kind;
use usvg::tiny_skia_path::{PathSegment, Point};
use usvg::{Group, Paint, Path, Tree};

use super::shape::{numbers, size};

/// The most work that all effects may be, in plain effects.
const MOST_EFFECTS: f64 = 100.0;
/// The most letters in one text of a drawing, which take two seconds to set.
const MOST_LETTERS: f64 = 45_000.0;
/// How many neighbours of a pixel a plain effect looks at.
const NEIGHBOURS: f64 = 9.0;
/// The least width of a drawing in pixels; a larger one has a pixel for each unit.
const DOTS_ACROSS: f64 = 400.0;
/// The most work that all effects may be where they are used, in millions of pixels for each pass.
const MOST_WORK: f64 = 60.0;
/// The most tiles of patterns and dashes of lines in all. Poppler needs half a second for as many.
const MOST_PIECES: f64 = 1e6;
/// The room that a page has for a drawing, in points.
const ROOM: (f64, f64) = (480.0, 740.0);
/// How many pixels the engine renders for a point.
const DOTS_A_POINT: f64 = 4.0;
/// The most pixels along a side of what it renders.
const MOST_ALONG: f64 = 5_000.0;

/// Whether the effects of a drawing, as they are defined, can be rendered in reasonable time.
pub(super) fn as_written_can_be_set(root: Node<'_, '_>) -> bool {
    let across = match numbers(root, "viewBox").as_slice() {
        [_, _, width, _] => *width,
        _ => size(root).0,
    };
    let dots = (DOTS_ACROSS / across.max(f64::MIN_POSITIVE)).max(1.0);
    let work: f64 = root.descendants().map(|node| work(node, dots)).sum();
    let lettering: f64 = root.descendants().map(lettering).sum();
    work <= MOST_EFFECTS && lettering <= MOST_LETTERS * MOST_LETTERS
}

/// The work of setting an element's text in one line, which grows with the square of its letters.
fn lettering(node: Node<'_, '_>) -> f64 {
    if node.tag_name().name() != "text" {
        return 0.0;
    }
    let texts = node.descendants().filter(Node::is_text);
    let letters: usize = texts.filter_map(|text| Some(text.text()?.len())).sum();
    (letters as f64).powi(2)
}

/// The work of an element in plain effects; `dots` is the number of pixels for a unit of length.
fn work(node: Node<'_, '_>, dots: f64) -> f64 {
    let name = node.tag_name().name();
    if !name.starts_with("fe") {
        return 0.0;
    }
    let looked_at = |attribute: &str, usual: f64, side: &dyn Fn(f64) -> f64| {
        let sides = numbers(node, attribute);
        let first = sides.first().copied().unwrap_or(usual);
        let second = sides.get(1).copied().unwrap_or(first);
        side(first) * side(second) / NEIGHBOURS
    };
    let work = match name {
        "feTurbulence" => node.attribute("numOctaves").map_or(1.0, |octaves| {
            octaves.trim().parse::<f64>().unwrap_or(f64::INFINITY)
        }),
        "feConvolveMatrix" => looked_at("order", 3.0, &|side| side),
        "feMorphology" => looked_at("radius", 0.0, &|radius| 2.0 * radius * dots + 1.0),
        _ => 1.0,
    };
    work.max(1.0)
}

/// Whether the effects of a drawing can be rendered, and its patterns and dashes drawn, in all places
/// where they are used, at the size they have there: one that is defined once may be used a thousand
/// times.
pub(super) fn as_used_can_be_set(tree: &Tree) -> bool {
    let (width, height) = (
        f64::from(tree.size().width()),
        f64::from(tree.size().height()),
    );
    let dots = DOTS_A_POINT * (ROOM.0 / width).min(ROOM.1 / height);
    let mut left = Left {
        work: MOST_WORK,
        pieces: MOST_PIECES,
    };
    left.spend(tree.root(), dots);
    !left.is_spent()
}

/// What a drawing may still take.
struct Left {
    /// In millions of pixels for each pass.
    work: f64,
    /// Tiles and dashes.
    pieces: f64,
}

impl Left {
    fn is_spent(&self) -> bool {
        self.work < 0.0 || self.pieces < 0.0
    }

    /// Takes off what a group needs.
    fn spend(&mut self, group: &Group, dots: f64) {
        if self.is_spent() {
            return;
        }
        let place = group.abs_layer_bounding_box();
        let (width, height) = (f64::from(place.width()), f64::from(place.height()));
        let dots_here = dots.min(MOST_ALONG / width).min(MOST_ALONG / height);
        let millions = width * height * dots_here * dots_here / 1e6;
        let steps: f64 = group
            .filters()
            .iter()
            .flat_map(|filter| filter.primitives())
            .map(|step| steps(step.kind(), dots_here))
            .sum();
        if !group.filters().is_empty() {
            // Once to draw it, once to pack it.
            self.work -= millions * (2.0 + steps);
        }
        for child in group.children() {
            match child {
                usvg::Node::Group(inner) => self.spend(inner, dots),
                usvg::Node::Path(path) => self.pieces -= pieces(path),
                _ => {}
            }
            child.subroots(|inner| self.spend(inner, dots));
        }
    }
}

/// Of how many tiles and dashes a shape is made.
fn pieces(path: &Path) -> f64 {
    let fill = path.fill().map(usvg::Fill::paint);
    let stroke = path.stroke().map(usvg::Stroke::paint);
    let tiles = fill.into_iter().chain(stroke).map(|paint| {
        let Paint::Pattern(pattern) = paint else {
            return 0.0;
        };
        let (whole, tile) = (path.stroke_bounding_box(), pattern.rect());
        let turned = pattern.transform();
        let area = |width: f32, height: f32| f64::from(width) * f64::from(height);
        let scale = area(turned.sx, turned.sy) - area(turned.kx, turned.ky);
        area(whole.width(), whole.height()) / (area(tile.width(), tile.height()) * scale.abs())
    });
    let dashes = path.stroke().and_then(usvg::Stroke::dasharray);
    let dashes = dashes.map_or(0.0, |dashes| {
        let round: f64 = dashes.iter().map(|dash| f64::from(*dash)).sum();
        longest(path) / round * dashes.len() as f64
    });
    tiles.sum::<f64>() + dashes
}

/// A length that a shape's outline does not exceed.
fn longest(path: &Path) -> f64 {
    let (mut first, mut last) = (Point::zero(), Point::zero());
    let mut length = 0.0;
    for segment in path.data().segments() {
        let mut to = |point: Point| {
            length += f64::from(last.distance(point));
            last = point;
        };
        match segment {
            PathSegment::MoveTo(point) => (first, last) = (point, point),
            PathSegment::LineTo(point) => to(point),
            PathSegment::QuadTo(over, point) => {
                to(over);
                to(point);
            }
            PathSegment::CubicTo(over, other, point) => {
                to(over);
                to(other);
                to(point);
            }
            PathSegment::Close => to(first),
        }
    }
    length
}

/// How many passes over its pixels a step makes.
fn steps(kind: &Kind, dots: f64) -> f64 {
    match kind {
        Kind::Turbulence(turbulence) => f64::from(turbulence.num_octaves()),
        Kind::ConvolveMatrix(matrix) => {
            let matrix = matrix.matrix();
            f64::from(matrix.columns()) * f64::from(matrix.rows()) / NEIGHBOURS
        }
        Kind::Morphology(morphology) => {
            let side = |radius: f64| 2.0 * radius * dots + 1.0;
            let (x, y) = (morphology.radius_x().get(), morphology.radius_y().get());
            side(f64::from(x)) * side(f64::from(y)) / NEIGHBOURS
        }
        _ => 1.0,
    }
    .max(1.0)
}
