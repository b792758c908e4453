//! What shapes, pictures and notes paint, as far as rectangles tell. It is enough to know which text
//! may have something over it, and which surely has not.

use crate::pdf::content::color::{Rgb, difference};
use crate::pdf::content::{Ink, MarkKind, Opacity, PageContent, PathPiece};
use crate::pdf::geometry::{Point, Rect};

/// A stretch of the page that something is painted on, as far as it is known.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    /// When it is painted: the place among the page's marks.
    pub(super) order: usize,
    /// The stretches that it fills.
    pub(super) parts: Vec<Rect>,
    pub(super) bounds: Rect,
    pub(super) ink: Ink,
    pub(super) kind: SurfaceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SurfaceKind {
    /// A shape that fills its parts.
    Shape,
    /// A shape that fills some of its parts, nobody knows which.
    Vague,
    /// A picture that hides what is below.
    Picture,
}

impl Surface {
    /// Whether a point may lie on it, give or take half a point.
    pub(super) fn reaches(&self, point: Point) -> bool {
        let near = |rect: &Rect| rect.grow(0.5).contains(point);
        near(&self.bounds) && self.parts.iter().any(near)
    }

    /// Whether a point lies on it; where its parts lie inside one another, the inner ones are
    /// holes.
    pub(super) fn holds(&self, point: Point) -> bool {
        self.bounds.contains(point)
            && self
                .parts
                .iter()
                .filter(|part| part.contains(point))
                .count()
                % 2
                == 1
    }

    /// Whether text of a colour disappears below it.
    pub(super) fn hides(&self, text: Option<Rgb>) -> bool {
        if self.kind == SurfaceKind::Vague {
            return false;
        }
        if self.ink.is_opaque() {
            return true;
        }
        // a highlight as dark as the text itself
        match (self.ink.color, text) {
            (Some(over), Some(text)) => {
                let dark = over.iter().all(|part| *part < 0.35);
                self.ink.alpha > 0.45 && dark && difference(over, text) < 0.15
            }
            _ => false,
        }
    }
}

fn around(parts: &[Rect]) -> Rect {
    parts
        .iter()
        .fold(Rect::NOWHERE, |bounds, part| bounds.union(part))
}

/// What a content paints in the way of surfaces, counted from `order`.
pub(super) fn surfaces(content: &PageContent, order: usize, page: &Rect) -> Vec<Surface> {
    let mut found = Vec::new();
    for (index, mark) in content.marks.iter().enumerate() {
        if content.is_hidden(mark) {
            continue;
        }
        match &mark.kind {
            MarkKind::Path(path) => {
                if let Some(ink) = path.fill {
                    let clip = &mark.clip;
                    let (exact, vague) = sorted(&path.fill_parts, clip);
                    // a pattern may leave most of what is below it to be seen
                    push(&mut found, order + index, exact, ink, ink.color.is_some());
                    push(&mut found, order + index, vague, ink, false);
                }
                if let Some(ink) = path.stroke {
                    let (straight, other): (Vec<PathPiece>, Vec<PathPiece>) =
                        path.stroke_parts.iter().partition(|part| part.exact);
                    let clipped = |parts: Vec<PathPiece>| -> Vec<Rect> {
                        parts
                            .into_iter()
                            .map(|part| part.rect.intersect(&mark.clip))
                            .filter(|rect| !rect.is_empty())
                            .collect()
                    };
                    for part in clipped(straight) {
                        push(&mut found, order + index, vec![part], ink, true);
                    }
                    push(&mut found, order + index, clipped(other), ink, false);
                }
            }
            MarkKind::Image(image) => {
                let rect = mark.visible();
                if rect.is_empty() {
                    continue;
                }
                let single = image.pixels == (1, 1) && image.opacity == Opacity::Stencil;
                let kind = match image.opacity {
                    _ if single => SurfaceKind::Shape,
                    Opacity::Whole if axis_aligned(&image.quad.0) => SurfaceKind::Picture,
                    _ => SurfaceKind::Vague,
                };
                found.push(Surface {
                    order: order + index,
                    parts: vec![rect],
                    bounds: rect,
                    ink: image.ink,
                    kind,
                });
            }
            MarkKind::Shading(ink) => {
                let rect = mark.clip.intersect(page);
                push(&mut found, order + index, vec![rect], *ink, false);
            }
            MarkKind::Text(_) => {}
        }
    }
    found
}

/// The rectangles of a path and its other pieces. A rectangle that another piece of the path
/// reaches into may have a hole there, and counts as one of the others.
fn sorted(parts: &[PathPiece], clip: &Rect) -> (Vec<Rect>, Vec<Rect>) {
    let pieces = |exact: bool| -> Vec<Rect> {
        parts
            .iter()
            .filter(|part| part.exact == exact)
            .map(|part| part.rect.intersect(clip))
            .filter(|rect| !rect.is_empty())
            .collect()
    };
    let mut vague = pieces(false);
    let others = vague.clone();
    let (holed, exact): (Vec<Rect>, Vec<Rect>) = pieces(true).into_iter().partition(|rect| {
        others
            .iter()
            .take(200)
            .any(|other| !other.intersect(rect).is_empty())
    });
    vague.extend(holed);
    (exact, vague)
}

fn push(found: &mut Vec<Surface>, order: usize, parts: Vec<Rect>, ink: Ink, exact: bool) {
    if parts.is_empty() || ink.alpha < 0.02 {
        return;
    }
    found.push(Surface {
        order,
        bounds: around(&parts),
        parts,
        ink,
        kind: if exact {
            SurfaceKind::Shape
        } else {
            SurfaceKind::Vague
        },
    });
}

fn axis_aligned(quad: &[Point; 4]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1.0;
    (0..4).all(|i| {
        let (a, b) = (quad[i], quad[(i + 1) % 4]);
        near(a.x, b.x) || near(a.y, b.y)
    })
}

/// What a ground looks like with ink over it; `None` where that cannot be known.
pub(super) fn mixed(ground: Option<Rgb>, ink: &Ink) -> Option<Rgb> {
    if ink.is_opaque() {
        return ink.color;
    }
    let (below, over) = (ground?, ink.color?);
    if !ink.normal {
        return None;
    }
    Some(std::array::from_fn(|part| {
        below[part] + (over[part] - below[part]) * ink.alpha
    }))
}
