//! How a page is seen: its boxes, rotation and unit, and the way from what a reader sees to the
//! page's own coordinates.

use lopdf::{Dictionary, Document, Object};

use super::object::{get, get_int, number, numbers};

/// A4 in points, for a page that does not say its size.
const A4: [f32; 4] = [0.0, 0.0, 595.28, 841.89];

/// A rectangle: left, bottom, right, top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) bottom: f32,
    pub(super) right: f32,
    pub(super) top: f32,
}

impl Area {
    pub(super) fn new([x0, y0, x1, y1]: [f32; 4]) -> Self {
        Area {
            left: x0.min(x1),
            bottom: y0.min(y1),
            right: x0.max(x1),
            top: y0.max(y1),
        }
    }

    pub(super) fn width(self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f32 {
        self.top - self.bottom
    }

    /// What two areas share; `None` if that has no extent.
    pub(super) fn intersection(self, other: Area) -> Option<Area> {
        let area = Area {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (area.width() > 0.0 && area.height() > 0.0).then_some(area)
    }

    /// The smallest area that holds both.
    pub(super) fn union(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    pub(super) fn numbers(self) -> [f32; 4] {
        [self.left, self.bottom, self.right, self.top]
    }
}

/// An affine transformation as PDF writes it: `[a b c d e f]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `next`.
    pub(super) fn then(self, next: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    pub(super) fn apply(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The upright area that holds the transformed `area`.
    pub(super) fn apply_area(self, area: Area) -> Area {
        let corners = [
            self.apply(area.left, area.bottom),
            self.apply(area.right, area.bottom),
            self.apply(area.left, area.top),
            self.apply(area.right, area.top),
        ];
        let (mut left, mut bottom) = corners[0];
        let (mut right, mut top) = corners[0];
        for (x, y) in corners {
            left = left.min(x);
            right = right.max(x);
            bottom = bottom.min(y);
            top = top.max(y);
        }
        Area {
            left,
            bottom,
            right,
            top,
        }
    }

    pub(super) fn inverse(self) -> Option<Matrix> {
        let [a, b, c, d, e, f] = self.0;
        let determinant = a * d - b * c;
        if !determinant.is_finite() || determinant.abs() < 1e-12 {
            return None;
        }
        let inverse = Matrix([
            d / determinant,
            -b / determinant,
            -c / determinant,
            a / determinant,
            (c * f - d * e) / determinant,
            (b * e - a * f) / determinant,
        ]);
        inverse
            .0
            .iter()
            .all(|value| value.is_finite())
            .then_some(inverse)
    }
}

/// A page as it is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Geometry {
    /// The visible area in the page's own coordinates.
    pub(super) visible: Area,
    /// Clockwise turn in degrees when shown: 0, 90, 180 or 270.
    pub(super) rotate: u16,
    /// Size of the page's unit in points.
    pub(super) unit: f32,
}

impl Geometry {
    /// Reads a page that has its inherited attributes.
    pub(super) fn of(doc: &Document, page: &Dictionary) -> Geometry {
        let area = |key: &[u8]| {
            let values = numbers::<4>(doc, page.get(key).ok()?)?;
            let area = Area::new(values);
            (area.width() > 1.0 && area.height() > 1.0).then_some(area)
        };
        let media = area(b"MediaBox").unwrap_or(Area::new(A4));
        let visible = area(b"CropBox")
            .and_then(|crop| crop.intersection(media))
            .unwrap_or(media);
        let rotate = get_int(doc, page, b"Rotate").unwrap_or(0).rem_euclid(360) / 90 * 90;
        let unit = get(doc, page, b"UserUnit")
            .and_then(number)
            .filter(|unit| (0.01..=10_000.0).contains(unit));
        Geometry {
            visible,
            rotate: u16::try_from(rotate).unwrap_or(0),
            unit: unit.unwrap_or(1.0),
        }
    }

    /// Width and height as seen, in points.
    pub(super) fn size(&self) -> (f32, f32) {
        let (width, height) = (
            self.visible.width() * self.unit,
            self.visible.height() * self.unit,
        );
        if self.rotate % 180 == 90 {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// From the page as seen (origin at its lower left corner, points) to its own coordinates.
    pub(super) fn seen_to_own(&self) -> Matrix {
        let scale = 1.0 / self.unit;
        let Area {
            left,
            bottom,
            right,
            top,
        } = self.visible;
        Matrix(match self.rotate {
            90 => [0.0, scale, -scale, 0.0, right, bottom],
            180 => [-scale, 0.0, 0.0, -scale, right, top],
            270 => [0.0, -scale, scale, 0.0, left, top],
            _ => [scale, 0.0, 0.0, scale, left, bottom],
        })
    }

    /// The same boxes written out, so that no reader has to guess.
    pub(super) fn media_box(doc: &Document, page: &Dictionary) -> Object {
        let values = page
            .get(b"MediaBox")
            .ok()
            .and_then(|media| numbers::<4>(doc, media));
        let area = values
            .map(Area::new)
            .filter(|area| area.width() > 1.0 && area.height() > 1.0);
        super::object::reals(area.unwrap_or(Area::new(A4)).numbers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rotate: u16) -> Geometry {
        Geometry {
            visible: Area::new([10.0, 20.0, 110.0, 220.0]),
            rotate,
            unit: 1.0,
        }
    }

    #[test]
    fn the_foot_as_seen_is_found_at_every_rotation() {
        // The lower left corner as seen, and a step to the right along the foot.
        let expected = [
            (0, (10.0, 20.0), (11.0, 20.0)),
            (90, (110.0, 20.0), (110.0, 21.0)),
            (180, (110.0, 220.0), (109.0, 220.0)),
            (270, (10.0, 220.0), (10.0, 219.0)),
        ];
        for (rotate, origin, step) in expected {
            let matrix = page(rotate).seen_to_own();
            assert_eq!(matrix.apply(0.0, 0.0), origin, "{rotate}");
            assert_eq!(matrix.apply(1.0, 0.0), step, "{rotate}");
            let (width, height) = page(rotate).size();
            let corner = matrix.apply_area(Area::new([0.0, 0.0, width, height]));
            assert_eq!(corner, page(rotate).visible, "{rotate}");
        }
    }

    #[test]
    fn an_inverse_undoes() {
        let matrix = Matrix([2.0, 0.5, -0.25, 3.0, 7.0, -9.0]);
        let (x, y) = matrix.then(matrix.inverse().unwrap()).apply(5.0, 6.0);
        assert!((x - 5.0).abs() < 1e-4 && (y - 6.0).abs() < 1e-4);
        assert_eq!(Matrix([1.0, 2.0, 2.0, 4.0, 0.0, 0.0]).inverse(), None);
    }
}
