//! The pixels of a drawn page, and where they are on the page.

use crate::contrast::contrast;
use crate::pdf::content::color::Rgb;
use crate::pdf::geometry::{Matrix, Quad, Rect};

/// The least contrast at which a letter can be seen.
const CONTRAST: f64 = 1.19;
/// The least difference in one colour, of 255, at which hues can be told apart.
const HUE: u8 = 64;

/// Pixels in red, green and blue, their rows from the top.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
    /// The matrix from the page to the picture.
    place: Matrix,
}

impl Picture {
    pub(super) fn new(width: usize, pixels: Vec<[u8; 3]>, view: &Rect, scale: f64) -> Self {
        Self {
            width,
            height: pixels.len() / width.max(1),
            pixels,
            place: Matrix::new([scale, 0.0, 0.0, -scale, -view.x0 * scale, view.y1 * scale]),
        }
    }

    /// How many pixels are in a row, and all pixels, with their rows from the top.
    pub(in crate::pdf) fn into_dots(self) -> (usize, Vec<[u8; 3]>) {
        (self.width, self.pixels)
    }

    /// The places of the pixels whose middle is in a quadrilateral of the page, between two shares of its
    /// height.
    pub(in crate::pdf) fn inside(&self, quad: &Quad, low: f64, high: f64) -> Vec<usize> {
        let on_picture = Quad(quad.0.map(|corner| self.place.apply(corner.x, corner.y)));
        let Some(to_unit) = on_picture.from_unit().inverse() else {
            return Vec::new();
        };
        let bounds = on_picture.bounds();
        let end = |value: f64, most: usize| (value.ceil().max(0.0) as usize).min(most);
        let columns = bounds.x0.max(0.0) as usize..end(bounds.x1, self.width);
        let mut found = Vec::new();
        for row in bounds.y0.max(0.0) as usize..end(bounds.y1, self.height) {
            for column in columns.clone() {
                let at = to_unit.apply(column as f64 + 0.5, row as f64 + 0.5);
                if (0.0..=1.0).contains(&at.x) && (low..=high).contains(&at.y) {
                    found.push(row * self.width + column);
                }
            }
        }
        found
    }

    /// How light a pixel is: 0 is black, 255 white.
    pub(in crate::pdf) fn light(&self, at: usize) -> u8 {
        let [red, green, blue] = self.pixels.get(at).copied().unwrap_or([255; 3]);
        let sum = u32::from(red) * 30 + u32::from(green) * 59 + u32::from(blue) * 11;
        u8::try_from(sum / 100).unwrap_or(255)
    }

    /// Whether a pixel can be told apart from the same pixel of another picture.
    pub(in crate::pdf) fn differs_at(&self, other: &Picture, at: usize) -> bool {
        match (self.pixels.get(at), other.pixels.get(at)) {
            (Some(a), Some(b)) => a != b && is_told_apart(*a, *b),
            _ => false,
        }
    }

    /// Whether a pixel can be told apart from a colour.
    pub(in crate::pdf) fn is_apart_at(&self, at: usize, color: Rgb) -> bool {
        let color = color.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
        self.pixels
            .get(at)
            .is_some_and(|pixel| is_told_apart(*pixel, color))
    }

    /// Whether a pixel and its neighbours cannot be told apart, so that no edge of a letter is here.
    pub(in crate::pdf) fn is_flat_at(&self, at: usize) -> bool {
        let Some(own) = self.pixels.get(at) else {
            return false;
        };
        let beside = [
            at.wrapping_sub(1),
            at + 1,
            at.wrapping_sub(self.width),
            at + self.width,
        ];
        beside
            .iter()
            .filter_map(|at| self.pixels.get(*at))
            .all(|other| !is_told_apart(*own, *other))
    }

    /// Whether a pixel is not exactly the same in another picture.
    pub(in crate::pdf) fn changes_at(&self, other: &Picture, at: usize) -> bool {
        self.pixels.get(at) != other.pixels.get(at)
    }

    /// Whether any pixel can be told apart from the same pixel of another picture.
    pub(in crate::pdf) fn differs(&self, other: &Picture) -> bool {
        (0..self.pixels.len()).any(|at| self.differs_at(other, at))
    }
}

/// Whether two colours can be told apart, by their contrast or by their hue. Eyes see less
/// in the dark, so dark colours must differ more than light ones.
fn is_told_apart(a: [u8; 3], b: [u8; 3]) -> bool {
    let hue = (0..3).any(|part| a[part].abs_diff(b[part]) >= HUE);
    hue || contrast(a, b) >= CONTRAST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_eyes_cannot_tell_apart_is_the_same() {
        let grey = |light| [light; 3];
        for (a, b) in [
            (grey(255), grey(242)),
            (grey(0), grey(22)),
            (grey(0), [0, 0, 31]),
        ] {
            assert!(!is_told_apart(a, b), "{a:?} {b:?}");
        }
        for (a, b) in [
            (grey(255), grey(220)),
            (grey(0), grey(40)),
            ([255, 255, 255], [255, 255, 0]),
            ([200, 0, 0], [0, 110, 0]),
        ] {
            assert!(is_told_apart(a, b), "{a:?} {b:?}");
        }
    }
}
