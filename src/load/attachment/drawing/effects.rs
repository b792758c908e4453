//! How much work the effects of a drawing are (blurs, shadows, lighting, textures): the engine renders
//! whatever has one, pixel by pixel.

use roxmltree::Node;
use usvg::filter::Kind;
use usvg::{Group, Tree};

use super::shape::{numbers, size};

/// The most work that all effects may be, in plain effects.
const MOST_EFFECTS: f64 = 100.0;
/// How many neighbours of a pixel a plain effect looks at.
const NEIGHBOURS: f64 = 9.0;
/// The least width of a drawing in pixels; a larger one has a pixel for each unit.
const DOTS_ACROSS: f64 = 400.0;
/// The most work that all effects may be where they are used, in millions of pixels for each pass.
const MOST_WORK: f64 = 60.0;
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
    work <= MOST_EFFECTS
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

/// Whether the effects of a drawing can be rendered in all places where they are used, at the size
/// they have there: one that is defined once may be used a thousand times.
pub(super) fn as_used_can_be_set(tree: &Tree) -> bool {
    let (width, height) = (
        f64::from(tree.size().width()),
        f64::from(tree.size().height()),
    );
    let dots = DOTS_A_POINT * (ROOM.0 / width).min(ROOM.1 / height);
    let mut left = MOST_WORK;
    spend(tree.root(), dots, &mut left);
    left >= 0.0
}

/// Subtracts the work of the effects in a group from what is `left`.
fn spend(group: &Group, dots: f64, left: &mut f64) {
    if *left < 0.0 {
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
        *left -= millions * (2.0 + steps);
    }
    for child in group.children() {
        if let usvg::Node::Group(inner) = child {
            spend(inner, dots, left);
        }
        child.subroots(|inner| spend(inner, dots, left));
    }
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
