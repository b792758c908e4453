//! Lettering under something opaque: it cannot be seen, but could still be read out of the file. The
//! letters are measured in one of the pack's own fonts.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use usvg::tiny_skia_path::{Path, PathSegment, Point, Rect, Transform};
use usvg::{BlendMode, FillRule, Group, ImageKind, Node, Opacity, Paint, Tree, fontdb};

/// The share of a text that has to be under something.
const COVERED: f32 = 0.85;
/// How many points of a text are tested, across and down.
const POINTS: (u8, u8) = (24, 3);
/// How many straight lines stand for a curve.
const PIECES: u8 = 8;
const FAMILY: &str = "Atkinson Hyperlegible Next";

/// The font that the letters are measured with.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    let file = include_bytes!("../../../../templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf");
    fonts.load_font_data(file.to_vec());
    fonts.set_serif_family(FAMILY);
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// The drawing as the engine understands it, with its letters laid out; `None` where it is damaged.
pub(super) fn tree(text: &str) -> Option<Tree> {
    let options = usvg::Options {
        fontdb: FONTS.clone(),
        font_family: FAMILY.to_owned(),
        ..usvg::Options::default()
    };
    Tree::from_str(text, &options).ok()
}

/// The ids of the texts that are under something in every place where they are shown.
pub(super) fn covered(tree: &Tree) -> BTreeSet<String> {
    let mut seen = Seen::default();
    seen.group(tree.root(), true);
    let Seen { texts, covers } = seen;
    let is_covered = |text: &&Lettering| {
        let near: Vec<&Cover> = covers[text.covers..]
            .iter()
            .filter(|cover| cover.bounds.intersect(&text.place).is_some())
            .collect();
        !near.is_empty() && share(&text.place, &near) >= COVERED
    };
    let (under, open): (Vec<&Lettering>, Vec<&Lettering>) = texts.iter().partition(is_covered);
    let mut names: BTreeSet<String> = under.iter().map(|text| text.id.clone()).collect();
    for text in open {
        names.remove(&text.id);
    }
    names
}

/// The share of a place that is under any of these.
fn share(place: &Rect, covers: &[&Cover]) -> f32 {
    let (across, down) = POINTS;
    let at = |from: f32, length: f32, index: u8, of: u8| {
        from + length * (f32::from(index) + 0.5) / f32::from(of)
    };
    let mut under = 0_u16;
    for column in 0..across {
        for row in 0..down {
            let point = Point::from_xy(
                at(place.left(), place.width(), column, across),
                at(place.top(), place.height(), row, down),
            );
            under += u16::from(covers.iter().any(|cover| cover.is_over(point)));
        }
    }
    f32::from(under) / (f32::from(across) * f32::from(down))
}

/// A text, and how many covers are painted before it.
struct Lettering {
    id: String,
    place: Rect,
    covers: usize,
}

/// An opaque shape.
struct Cover {
    bounds: Rect,
    rule: FillRule,
    outlines: Vec<Vec<Point>>,
}

/// What a drawing paints, in its order.
#[derive(Default)]
struct Seen {
    texts: Vec<Lettering>,
    covers: Vec<Cover>,
}

impl Seen {
    /// Adds what is in a group. `solid` is false if a group around it is translucent or clipped.
    fn group(&mut self, group: &Group, solid: bool) {
        let solid = solid
            && group.opacity() == Opacity::ONE
            && group.blend_mode() == BlendMode::Normal
            && group.clip_path().is_none()
            && group.mask().is_none()
            && group.filters().is_empty();
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, solid),
                Node::Text(text) => {
                    let ink = text.flattened().bounding_box();
                    self.texts
                        .extend(ink.transform(text.abs_transform()).map(|place| Lettering {
                            id: text.id().to_owned(),
                            place,
                            covers: self.covers.len(),
                        }));
                }
                Node::Path(path) if solid && path.is_visible() => {
                    let at = path.abs_transform();
                    if let Some(fill) = path.fill()
                        && is_opaque(fill.paint(), fill.opacity())
                    {
                        self.cover(path.data(), at, fill.rule());
                    }
                    if let Some(stroke) = path.stroke()
                        && is_opaque(stroke.paint(), stroke.opacity())
                        && let Some(outline) = path.data().stroke(&stroke.to_tiny_skia(), 1.0)
                    {
                        self.cover(&outline, at, FillRule::NonZero);
                    }
                }
                Node::Image(image) if solid && image.is_visible() => {
                    if matches!(image.kind(), ImageKind::JPEG(_)) {
                        let place = image.abs_bounding_box();
                        let frame = usvg::tiny_skia_path::PathBuilder::from_rect(place);
                        self.cover(&frame, Transform::identity(), FillRule::NonZero);
                    }
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }

    fn cover(&mut self, path: &Path, at: Transform, rule: FillRule) {
        if let Some(path) = path.clone().transform(at) {
            self.covers.push(Cover {
                bounds: path.bounds(),
                rule,
                outlines: outlines(&path),
            });
        }
    }
}

fn is_opaque(paint: &Paint, opacity: Opacity) -> bool {
    let is_solid = match paint {
        Paint::Color(_) => true,
        Paint::LinearGradient(gradient) => is_solid(gradient.stops()),
        Paint::RadialGradient(gradient) => is_solid(gradient.stops()),
        Paint::Pattern(_) => false,
    };
    is_solid && opacity == Opacity::ONE
}

fn is_solid(stops: &[usvg::Stop]) -> bool {
    stops.iter().all(|stop| stop.opacity() == Opacity::ONE)
}

/// The outlines of a path, as straight lines.
fn outlines(path: &Path) -> Vec<Vec<Point>> {
    let mut outlines: Vec<Vec<Point>> = Vec::new();
    for segment in path.segments() {
        if let PathSegment::MoveTo(point) = segment {
            outlines.push(vec![point]);
            continue;
        }
        let Some(outline) = outlines.last_mut() else {
            continue;
        };
        let Some(from) = outline.last().copied() else {
            continue;
        };
        let steps = (1..=PIECES).map(|step| f32::from(step) / f32::from(PIECES));
        match segment {
            PathSegment::MoveTo(_) | PathSegment::Close => {}
            PathSegment::LineTo(to) => outline.push(to),
            PathSegment::QuadTo(by, to) => outline.extend(steps.map(|t| {
                let s = 1.0 - t;
                sum(&[(s * s, from), (2.0 * s * t, by), (t * t, to)])
            })),
            PathSegment::CubicTo(by, and, to) => outline.extend(steps.map(|t| {
                let s = 1.0 - t;
                sum(&[
                    (s * s * s, from),
                    (3.0 * s * s * t, by),
                    (3.0 * s * t * t, and),
                    (t * t * t, to),
                ])
            })),
        }
    }
    outlines
}

fn sum(parts: &[(f32, Point)]) -> Point {
    let x = parts.iter().map(|(share, point)| share * point.x).sum();
    let y = parts.iter().map(|(share, point)| share * point.y).sum();
    Point::from_xy(x, y)
}

impl Cover {
    /// Whether it lies over a point.
    fn is_over(&self, point: Point) -> bool {
        let mut winding = 0_i32;
        for outline in &self.outlines {
            let ends = outline.iter().cycle().skip(1);
            for (from, to) in outline.iter().zip(ends) {
                let upward = from.y <= point.y && to.y > point.y;
                let downward = to.y <= point.y && from.y > point.y;
                if !upward && !downward {
                    continue;
                }
                let x = from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x);
                if x > point.x {
                    winding += if upward { 1 } else { -1 };
                }
            }
        }
        match self.rule {
            FillRule::NonZero => winding != 0,
            FillRule::EvenOdd => winding % 2 != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text with something painted after it counts as covered.
    fn is_covered(text: &str, after: &str) -> bool {
        let drawing = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'>\
             <g transform='translate(10 20) scale(2)'><text id='t' x='5' y='10' font-size='8'>{text}</text></g>\
             {after}</svg>"
        );
        covered(&tree(&drawing).expect("a drawing")).contains("t")
    }

    #[test]
    fn a_name_under_a_shape_is_covered_and_one_beside_or_above_it_is_not() {
        let over = [
            "<rect x='18' y='20' width='120' height='24'/>",
            "<rect x='18' y='20' width='120' height='24' fill='white'/>",
            "<g transform='rotate(1 80 32)'><rect x='16' y='18' width='124' height='28'/></g>",
            "<path d='M16 32h124' stroke='#111' stroke-width='24'/>",
            "<ellipse cx='50' cy='33' rx='90' ry='40'/>",
            "<rect x='18' y='20' width='30' height='24'/><rect x='47' y='20' width='90' height='24'/>",
        ];
        for after in over {
            assert!(is_covered("Jane Smith", after), "{after}");
        }
        let beside = [
            "",
            "<rect x='18' y='60' width='120' height='24'/>",
            "<rect x='18' y='20' width='30' height='24'/>",
            "<rect x='18' y='20' width='120' height='24' fill-opacity='0.4'/>",
            "<g opacity='0.5'><rect x='18' y='20' width='120' height='24'/></g>",
            "<rect x='18' y='20' width='120' height='24' fill='none' stroke='black'/>",
            "<rect x='18' y='20' width='120' height='24' visibility='hidden'/>",
            "<path fill-rule='evenodd' d='M0 0h200v100H0zM10 10h180v80H10z'/>",
        ];
        for after in beside {
            assert!(!is_covered("Jane Smith", after), "{after}");
        }
    }
}
