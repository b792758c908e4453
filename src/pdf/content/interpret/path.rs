//! Builds and paints paths.

use super::{Around, Run};
use crate::pdf::content::mark::{MOST_PARTS, MarkKind, PathMark, PathPiece};
use crate::pdf::content::state::State;
use crate::pdf::geometry::{Point, Quad, Rect};

/// A subpath in user space of the page.
#[derive(Debug, Default)]
struct Subpath {
    points: Vec<Point>,
    curved: bool,
    closed: bool,
}

impl Subpath {
    fn bounds(&self) -> Rect {
        self.points.iter().fold(Rect::NOWHERE, |rect, point| {
            rect.union(&Rect::between(*point, *point))
        })
    }
}

/// A path so far, in user space of the page.
#[derive(Debug, Default)]
pub(super) struct Path(Vec<Subpath>);

impl Path {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn move_to(&mut self, point: Point) {
        self.0.push(Subpath {
            points: vec![point],
            ..Subpath::default()
        });
    }

    pub(super) fn line_to(&mut self, point: Point) {
        self.last().points.push(point);
    }

    /// Adds a curve by its control points.
    pub(super) fn curve_through(&mut self, points: impl Iterator<Item = Point>) {
        let last = self.last();
        last.curved = true;
        last.points.extend(points);
    }

    pub(super) fn close(&mut self) {
        if let Some(last) = self.0.last_mut() {
            last.closed = true;
        }
    }

    pub(super) fn rectangle(&mut self, corners: Quad) {
        self.0.push(Subpath {
            points: corners.0.to_vec(),
            curved: false,
            closed: true,
        });
    }

    pub(super) fn bounds(&self) -> Rect {
        self.0.iter().fold(Rect::NOWHERE, |bounds, subpath| {
            bounds.union(&subpath.bounds())
        })
    }

    /// Whether it is one rectangle, or nearly one.
    pub(super) fn is_rectangle(&self) -> bool {
        match self.0.as_slice() {
            [only] => is_rectangle(only, &only.bounds()),
            _ => false,
        }
    }

    /// The subpath that is being built, or a new one if there is none.
    fn last(&mut self) -> &mut Subpath {
        if self.0.is_empty() {
            self.0.push(Subpath::default());
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }
}

impl Run<'_, '_> {
    pub(super) fn path(
        &mut self,
        path: &Path,
        state: &State,
        fills: bool,
        strokes: bool,
        around: Around,
    ) {
        let mut bounds = Rect::NOWHERE;
        let mut fill_parts = Vec::new();
        let mut stroke_parts = Vec::new();
        let half = state.line_width * state.ctm.vertical_scale() / 2.0;
        for subpath in &path.0 {
            let around = subpath.bounds();
            if subpath.points.is_empty() {
                continue;
            }
            bounds = bounds.union(&around);
            if fills && fill_parts.len() < MOST_PARTS {
                fill_parts.push(PathPiece {
                    rect: around,
                    exact: is_rectangle(subpath, &around),
                });
            }
            if strokes {
                let mut points = subpath.points.clone();
                if subpath.closed {
                    points.extend(subpath.points.first());
                }
                for pair in points.windows(2) {
                    if stroke_parts.len() >= MOST_PARTS {
                        break;
                    }
                    let segment = Rect::between(pair[0], pair[1]);
                    let straight = segment.width() < 0.5 || segment.height() < 0.5;
                    // Most of a dot is its line ends.
                    let dot = segment.width().max(segment.height()) < half;
                    let rect = if dot {
                        segment.grow(half)
                    } else if segment.width() < 0.5 {
                        Rect {
                            x0: segment.x0 - half,
                            x1: segment.x1 + half,
                            ..segment
                        }
                    } else {
                        Rect {
                            y0: segment.y0 - half,
                            y1: segment.y1 + half,
                            ..segment
                        }
                    };
                    stroke_parts.push(PathPiece {
                        rect,
                        exact: straight && !subpath.curved && !dot,
                    });
                }
            }
        }
        if bounds.x0 > bounds.x1 {
            return;
        }
        let bounds = if strokes { bounds.grow(half) } else { bounds };
        let kind = MarkKind::Path(PathMark {
            fill: fills.then(|| state.fill_ink()),
            stroke: strokes.then(|| state.stroke_ink()),
            fill_parts,
            stroke_parts,
            matrix: state.ctm,
        });
        self.mark(kind, bounds, state, around);
    }
}

/// Whether a subpath is the rectangle around it, or fills nearly all of it, as one with rounded corners
/// does.
fn is_rectangle(subpath: &Subpath, around: &Rect) -> bool {
    let points = &subpath.points;
    if points.len() > 64 || points.len() < 3 {
        return false;
    }
    let twice: f64 = (0..points.len())
        .map(|index| {
            let (a, b) = (points[index], points[(index + 1) % points.len()]);
            a.x * b.y - b.x * a.y
        })
        .sum();
    let area = around.area();
    area > 0.0 && twice.abs() / 2.0 / area > if subpath.curved { 0.93 } else { 0.97 }
}
