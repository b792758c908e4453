//! Cuts boxes out of paths.

use crate::pdf::content::write::write_number;
use crate::pdf::geometry::{Point, Rect};

/// How many straight pieces replace a curve that is cut.
const PIECES: usize = 16;

/// A path so far, in the coordinates of its operators.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    subpaths: Vec<Subpath>,
}

#[derive(Debug, Clone, Default)]
struct Subpath {
    /// The corners, with curves replaced by straight pieces.
    points: Vec<Point>,
    closed: bool,
}

impl Outline {
    pub(super) fn move_to(&mut self, point: Point) {
        self.subpaths.push(Subpath {
            points: vec![point],
            closed: false,
        });
    }

    pub(super) fn line_to(&mut self, point: Point) {
        match self.subpaths.last_mut() {
            Some(last) => last.points.push(point),
            None => self.move_to(point),
        }
    }

    /// Adds a Bézier curve from the current point.
    pub(super) fn curve_to(&mut self, one: Point, two: Point, end: Point) {
        let from = self
            .subpaths
            .last()
            .and_then(|last| last.points.last().copied())
            .unwrap_or(one);
        for piece in 1..=PIECES {
            let t = piece as f64 / PIECES as f64;
            let u = 1.0 - t;
            let mix = |a: f64, b: f64, c: f64, d: f64| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            self.line_to(Point {
                x: mix(from.x, one.x, two.x, end.x),
                y: mix(from.y, one.y, two.y, end.y),
            });
        }
    }

    /// The current point.
    pub(super) fn here(&self) -> Point {
        self.subpaths
            .last()
            .and_then(|last| last.points.last().copied())
            .unwrap_or_default()
    }

    pub(super) fn close(&mut self) {
        if let Some(last) = self.subpaths.last_mut() {
            last.closed = true;
        }
    }

    pub(super) fn rectangle(&mut self, rect: &Rect) {
        self.subpaths.push(Subpath {
            points: rect.quad().0.to_vec(),
            closed: true,
        });
    }

    pub(super) fn clear(&mut self) {
        self.subpaths.clear();
    }

    /// Writes what is left to fill outside the boxes.
    pub(super) fn write_filled(&self, out: &mut Vec<u8>, boxes: &[Rect]) {
        let mut polygons: Vec<Vec<Point>> = self
            .subpaths
            .iter()
            .map(|subpath| subpath.points.clone())
            .collect();
        for area in boxes {
            polygons = polygons
                .into_iter()
                .flat_map(|polygon| outside(polygon, area))
                .collect();
        }
        for polygon in polygons.iter().filter(|polygon| polygon.len() > 2) {
            write_points(out, polygon);
            out.extend(b"h\n");
        }
    }

    /// Writes what is left of the line outside the boxes.
    pub(super) fn write_stroked(&self, out: &mut Vec<u8>, boxes: &[Rect]) {
        for subpath in &self.subpaths {
            let mut points = subpath.points.clone();
            if subpath.closed {
                points.extend(subpath.points.first());
            }
            let mut pieces: Vec<(Point, Point)> =
                points.windows(2).map(|pair| (pair[0], pair[1])).collect();
            for area in boxes {
                pieces = pieces
                    .into_iter()
                    .flat_map(|(a, b)| segment_outside(a, b, area))
                    .collect();
            }
            let mut last: Option<Point> = None;
            for (a, b) in pieces {
                if last != Some(a) {
                    write_point(out, a);
                    out.extend(b"m\n");
                }
                write_point(out, b);
                out.extend(b"l\n");
                last = Some(b);
            }
        }
    }
}

fn write_point(out: &mut Vec<u8>, point: Point) {
    write_number(out, point.x);
    out.push(b' ');
    write_number(out, point.y);
    out.push(b' ');
}

fn write_points(out: &mut Vec<u8>, points: &[Point]) {
    for (index, point) in points.iter().enumerate() {
        write_point(out, *point);
        out.extend(if index == 0 { b"m\n" } else { b"l\n" });
    }
}

/// A polygon without the part in a box: the parts at its left, at its right, above and below.
fn outside(polygon: Vec<Point>, area: &Rect) -> Vec<Vec<Point>> {
    let bounds = polygon.iter().fold(Rect::NOWHERE, |bounds, point| {
        bounds.union(&Rect::between(*point, *point))
    });
    if bounds.x1 <= area.x0 || bounds.x0 >= area.x1 || bounds.y1 <= area.y0 || bounds.y0 >= area.y1
    {
        return vec![polygon];
    }
    let left = clipped(&polygon, |p| area.x0 - p.x);
    let right = clipped(&polygon, |p| p.x - area.x1);
    let middle = clipped(&clipped(&polygon, |p| p.x - area.x0), |p| area.x1 - p.x);
    let above = clipped(&middle, |p| p.y - area.y1);
    let below = clipped(&middle, |p| area.y0 - p.y);
    [left, right, above, below]
        .into_iter()
        .filter(|polygon| polygon.len() > 2)
        .collect()
}

/// The part of a polygon where `side` is not negative.
fn clipped(polygon: &[Point], side: impl Fn(&Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(polygon.len() + 2);
    for (index, point) in polygon.iter().enumerate() {
        let next = &polygon[(index + 1) % polygon.len()];
        let (here, there) = (side(point), side(next));
        if here >= 0.0 {
            kept.push(*point);
        }
        if here > 0.0 && there < 0.0 || here < 0.0 && there > 0.0 {
            let share = here / (here - there);
            kept.push(Point {
                x: point.x + (next.x - point.x) * share,
                y: point.y + (next.y - point.y) * share,
            });
        }
    }
    kept
}

/// The parts of a straight line outside a box.
fn segment_outside(a: Point, b: Point, area: &Rect) -> Vec<(Point, Point)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (delta, low, high) in [
        (dx, area.x0 - a.x, area.x1 - a.x),
        (dy, area.y0 - a.y, area.y1 - a.y),
    ] {
        if delta.abs() < 1e-9 {
            if low > 0.0 || high < 0.0 {
                return vec![(a, b)];
            }
            continue;
        }
        let (near, far) = (low / delta, high / delta);
        enter = enter.max(near.min(far));
        leave = leave.min(near.max(far));
    }
    if enter >= leave {
        return vec![(a, b)];
    }
    let at = |t: f64| Point {
        x: a.x + dx * t,
        y: a.y + dy * t,
    };
    let mut left = Vec::new();
    if enter > 0.0 {
        left.push((a, at(enter)));
    }
    if leave < 1.0 {
        left.push((at(leave), b));
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn area(points: &[Point]) -> f64 {
        let twice: f64 = (0..points.len())
            .map(|index| {
                let (a, b) = (points[index], points[(index + 1) % points.len()]);
                a.x * b.y - b.x * a.y
            })
            .sum();
        twice / 2.0
    }

    proptest! {
        #[test]
        fn cutting_takes_away_what_lies_inside_and_nothing_else(
            x in 0.0f64..50.0, y in 0.0f64..50.0, w in 1.0f64..50.0, h in 1.0f64..50.0,
            bx in 0.0f64..50.0, by in 0.0f64..50.0, bw in 1.0f64..50.0, bh in 1.0f64..50.0,
        ) {
            let shape = Rect { x0: x, y0: y, x1: x + w, y1: y + h };
            let hole = Rect { x0: bx, y0: by, x1: bx + bw, y1: by + bh };
            let left: f64 = outside(shape.quad().0.to_vec(), &hole).iter().map(|p| area(p)).sum();
            prop_assert!((left - (shape.area() - shape.intersect(&hole).area())).abs() < 1e-6);
            for polygon in outside(shape.quad().0.to_vec(), &hole) {
                let bounds = polygon.iter().fold(Rect::NOWHERE, |b, p| b.union(&Rect::between(*p, *p)));
                prop_assert!(bounds.intersect(&hole).area() < 1e-6);
            }
        }

        #[test]
        fn a_line_keeps_only_what_lies_outside(
            ax in 0.0f64..50.0, ay in 0.0f64..50.0, bx in 0.0f64..50.0, by in 0.0f64..50.0,
        ) {
            let hole = Rect { x0: 15.0, y0: 15.0, x1: 35.0, y1: 35.0 };
            for (a, b) in segment_outside(Point { x: ax, y: ay }, Point { x: bx, y: by }, &hole) {
                let middle = Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
                let inside = middle.x > 15.0001 && middle.x < 34.9999 && middle.y > 15.0001 && middle.y < 34.9999;
                prop_assert!(!inside);
            }
        }
    }
}
