//! Points, rectangles, quadrilaterals and transformations in PDF user space: points of 1/72 inch, with the
//! y axis upwards.

use serde::{Deserialize, Serialize};

use crate::model::PageBox;

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[expect(missing_docs, reason = "the two coordinates")]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A rectangle whose edges are parallel to the axes. It is empty if `x0 >= x1` or `y0 >= y1`.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the four edges: left, bottom, right, top")]
pub struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Rect {
    /// Larger than any page.
    pub const EVERYWHERE: Rect = Rect {
        x0: -1e9,
        y0: -1e9,
        x1: 1e9,
        y1: 1e9,
    };

    /// Contains nothing. A union begins with it.
    pub const NOWHERE: Rect = Rect {
        x0: f64::INFINITY,
        y0: f64::INFINITY,
        x1: f64::NEG_INFINITY,
        y1: f64::NEG_INFINITY,
    };

    /// The rectangle between two opposite corners, in any order.
    pub fn between(a: Point, b: Point) -> Self {
        Self {
            x0: a.x.min(b.x),
            y0: a.y.min(b.y),
            x1: a.x.max(b.x),
            y1: a.y.max(b.y),
        }
    }

    /// The width, which is never negative.
    pub fn width(&self) -> f64 {
        (self.x1 - self.x0).max(0.0)
    }

    /// The height, which is never negative.
    pub fn height(&self) -> f64 {
        (self.y1 - self.y0).max(0.0)
    }

    /// The area in square points.
    pub fn area(&self) -> f64 {
        self.width() * self.height()
    }

    /// Whether nothing is inside.
    pub fn is_empty(&self) -> bool {
        !(self.x0 < self.x1 && self.y0 < self.y1)
    }

    /// Whether it lies beside another rectangle, at most touching it. A rectangle without an area that
    /// is inside the other does not (nor does it for veraPDF).
    pub fn is_beside(&self, other: &Rect) -> bool {
        self.x1 <= other.x0 || self.x0 >= other.x1 || self.y1 <= other.y0 || self.y0 >= other.y1
    }

    /// The part that both share.
    #[must_use]
    pub fn intersect(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The same, larger by `by` points on each side.
    #[must_use]
    pub fn grow(&self, by: f64) -> Rect {
        Rect {
            x0: self.x0 - by,
            y0: self.y0 - by,
            x1: self.x1 + by,
            y1: self.y1 + by,
        }
    }

    /// Whether a point is inside or on the edge.
    pub fn contains(&self, point: Point) -> bool {
        point.x >= self.x0 && point.x <= self.x1 && point.y >= self.y0 && point.y <= self.y1
    }

    /// Whether `other` is inside. Edges count.
    pub fn covers(&self, other: &Rect) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    /// The share of `other`'s area that is inside, from 0 to 1.
    pub fn share_of(&self, other: &Rect) -> f64 {
        let area = other.area();
        if area <= 0.0 {
            let centre = other.centre();
            return if self.contains(centre) { 1.0 } else { 0.0 };
        }
        self.intersect(other).area() / area
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point {
            x: (self.x0 + self.x1) / 2.0,
            y: (self.y0 + self.y1) / 2.0,
        }
    }

    /// Its corners, counter-clockwise from the bottom left.
    pub fn quad(&self) -> Quad {
        Quad([
            Point {
                x: self.x0,
                y: self.y0,
            },
            Point {
                x: self.x1,
                y: self.y0,
            },
            Point {
                x: self.x1,
                y: self.y1,
            },
            Point {
                x: self.x0,
                y: self.y1,
            },
        ])
    }
}

impl From<Rect> for PageBox {
    fn from(rect: Rect) -> Self {
        Self {
            left: rect.x0,
            bottom: rect.y0,
            right: rect.x1,
            top: rect.y1,
        }
    }
}

impl From<PageBox> for Rect {
    fn from(page_box: PageBox) -> Self {
        Self {
            x0: page_box.left,
            y0: page_box.bottom,
            x1: page_box.right,
            y1: page_box.top,
        }
    }
}

/// Four corners, counter-clockwise from the start of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The matrix from the unit square to the quad, as a picture is placed. Its fourth corner follows from
    /// the others.
    pub fn from_unit(&self) -> Matrix {
        let [origin, right, _, top] = self.0;
        Matrix::new([
            right.x - origin.x,
            right.y - origin.y,
            top.x - origin.x,
            top.y - origin.y,
            origin.x,
            origin.y,
        ])
    }

    /// How long its lower and its left side are.
    pub fn sides(&self) -> (f64, f64) {
        let placed = self.from_unit();
        (placed.a.hypot(placed.b), placed.c.hypot(placed.d))
    }

    /// The smallest rectangle around it.
    pub fn bounds(&self) -> Rect {
        let [a, b, c, d] = &self.0;
        Rect {
            x0: a.x.min(b.x).min(c.x.min(d.x)),
            y0: a.y.min(b.y).min(c.y.min(d.y)),
            x1: a.x.max(b.x).max(c.x.max(d.x)),
            y1: a.y.max(b.y).max(c.y.max(d.y)),
        }
    }
}

/// An affine transformation: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the six numbers of a PDF matrix")]
pub struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Default for Matrix {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl Matrix {
    /// Changes nothing.
    pub const IDENTITY: Matrix = Matrix::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A matrix from the six numbers of a PDF matrix.
    pub const fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// The six numbers of a PDF matrix.
    pub const fn numbers(&self) -> [f64; 6] {
        [self.a, self.b, self.c, self.d, self.e, self.f]
    }

    /// Moves by `x` and `y`.
    pub const fn translate(x: f64, y: f64) -> Self {
        Self::new([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This transformation first, then `next`.
    #[must_use]
    pub fn then(&self, next: &Matrix) -> Matrix {
        Matrix {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// This, after a move by so much.
    pub fn moved(&self, x: f64, y: f64) -> Matrix {
        Matrix {
            e: x * self.a + y * self.c + self.e,
            f: x * self.b + y * self.d + self.f,
            ..*self
        }
    }

    /// Where a point goes. Coordinates that overflow are far outside any page.
    pub fn apply(&self, x: f64, y: f64) -> Point {
        let tame = |value: f64| {
            if value.is_finite() {
                value.clamp(-1e9, 1e9)
            } else {
                1e9
            }
        };
        Point {
            x: tame(self.a * x + self.c * y + self.e),
            y: tame(self.b * x + self.d * y + self.f),
        }
    }

    /// The corners of a rectangle after the transformation.
    pub fn quad(&self, rect: &Rect) -> Quad {
        Quad([
            self.apply(rect.x0, rect.y0),
            self.apply(rect.x1, rect.y0),
            self.apply(rect.x1, rect.y1),
            self.apply(rect.x0, rect.y1),
        ])
    }

    /// The transformation that undoes this one, if there is one.
    pub fn inverse(&self) -> Option<Matrix> {
        let det = self.a * self.d - self.b * self.c;
        if !det.is_finite() || det.abs() < 1e-12 {
            return None;
        }
        Some(Matrix {
            a: self.d / det,
            b: -self.b / det,
            c: -self.c / det,
            d: self.a / det,
            e: (self.c * self.f - self.d * self.e) / det,
            f: (self.b * self.e - self.a * self.f) / det,
        })
    }

    /// Whether rectangles stay rectangles with edges parallel to the axes.
    pub fn keeps_axes(&self) -> bool {
        let scale = self
            .a
            .abs()
            .max(self.b.abs())
            .max(self.c.abs())
            .max(self.d.abs());
        let small = scale * 1e-3;
        (self.b.abs() <= small && self.c.abs() <= small)
            || (self.a.abs() <= small && self.d.abs() <= small)
    }

    /// The factor by which lengths along the y axis grow.
    pub fn vertical_scale(&self) -> f64 {
        self.c.hypot(self.d)
    }
}
