//! The pixels of a page that was drawn, and where on the page they lie.

use crate::pdf::geometry::{Matrix, Quad, Rect};

/// Pixels in red, green and blue, their rows from the top.
#[derive(Debug, Clone)]
pub(in crate::pdf) struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
    /// From the page to the picture.
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

    /// The places of the pixels whose middle lies in a quadrilateral of the page, between two
    /// shares of its height.
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

    /// How much a pixel differs from the one of another picture of the same stretch.
    pub(in crate::pdf) fn difference(&self, other: &Picture, at: usize) -> u8 {
        let (Some(a), Some(b)) = (self.pixels.get(at), other.pixels.get(at)) else {
            return 0;
        };
        (0..3)
            .map(|part| a[part].abs_diff(b[part]))
            .max()
            .unwrap_or(0)
    }

    /// Whether any pixel differs by at least so much.
    pub(in crate::pdf) fn differs(&self, other: &Picture, least: u8) -> bool {
        (0..self.pixels.len()).any(|at| self.difference(other, at) >= least)
    }
}
