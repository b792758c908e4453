//! What is drawn on a page as a figure, and whether a picture of it is worth showing: one that tells
//! something, and no ornament, rule or ground that the page is printed on.

use crate::model::PageRegion;
use crate::pdf::Page;
use crate::pdf::content::{Mark, MarkKind};
use crate::pdf::geometry::Rect;
use crate::prose::Share;

/// A picture is at least so wide and so high, in points: less is a logo or an ornament.
const LEAST: (f64, f64) = (72.0, 40.0);
/// The same of a formula.
const LEAST_FORMULA: (f64, f64) = (16.0, 8.0);
/// What is drawn with fewer lines and areas than this is a box round its words.
const FEWEST_LINES: usize = 12;
/// Over so much of its page a picture is what the page is printed on, if there are words on it.
const GROUND: f64 = 0.8;
/// The letters of a page that are more than a caption.
const WORDS: usize = 200;
/// A picture of which so much is in another one is seen there.
const INSIDE: f64 = 0.8;
/// What is shown around a picture, in points.
const MARGIN: f64 = 2.0;

/// What one marked-content sequence draws, as far as it is seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    /// Around it, in points from the top left corner of the page as it is shown.
    place: Option<Rect>,
    /// Lines and areas.
    lines: usize,
    /// Pictures made of pixels, and shadings.
    pictures: usize,
}

impl Drawing {
    /// Adds a mark.
    pub(super) fn add(&mut self, mark: &Mark, page: &Page<'_>) {
        let seen = mark.visible().intersect(&page.crop);
        let Some(place) = page.shown_box(&seen).filter(|_| !seen.is_empty()) else {
            return;
        };
        match mark.kind {
            MarkKind::Text(_) => {}
            MarkKind::Path(_) => self.lines += 1,
            MarkKind::Image(_) | MarkKind::Shading(_) => self.pictures += 1,
        }
        self.place = Some(self.place.map_or(place, |known| known.union(&place)));
    }

    /// Around it on the page as it is shown.
    pub(super) fn place(&self) -> Option<Rect> {
        self.place
    }

    /// Whether another picture is seen in it.
    pub(super) fn holds(&self, other: &Rect) -> bool {
        self.place.is_some_and(|own| own.share_of(other) >= INSIDE)
    }

    /// Both together.
    pub(super) fn with(self, other: &Self) -> Self {
        Self {
            place: match (self.place, other.place) {
                (Some(a), Some(b)) => Some(a.union(&b)),
                (a, b) => a.or(b),
            },
            lines: self.lines + other.lines,
            pictures: self.pictures + other.pictures,
        }
    }
}

/// What a figure is beside what it draws.
pub(super) struct Kind {
    pub(super) formula: bool,
    /// The letters that are read in it.
    pub(super) letters: usize,
}

/// A page that figures are on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    /// Width and height as it is shown.
    pub(super) size: (f64, f64),
    /// How many letters it shows.
    pub(super) letters: usize,
}

impl Sheet {
    /// How much of the page a picture takes.
    pub(super) fn share(&self, place: &Rect) -> Option<Share> {
        Share::of((place.width(), place.height()), self.size)
    }
}

/// The pictures that were shown so far.
#[derive(Debug, Default)]
pub(super) struct Shown(Vec<(usize, Rect)>);

impl Shown {
    /// The stretch of a page, counted from 0, that shows a figure; `None` where that tells nothing.
    pub(super) fn picture(
        &mut self,
        drawing: &Drawing,
        kind: &Kind,
        (page, sheet): (usize, &Sheet),
    ) -> Option<PageRegion> {
        let place = drawing.place?;
        let (width, height) = if kind.formula { LEAST_FORMULA } else { LEAST };
        let large = place.width() >= width && place.height() >= height;
        let drawn = drawing.pictures > 0 || drawing.lines >= FEWEST_LINES || kind.formula;
        let ground = is_ground(&place, sheet, kind.letters);
        let again = self
            .0
            .iter()
            .any(|(on, other)| *on == page && other.share_of(&place) >= INSIDE);
        if !large || !drawn || ground || again {
            return None;
        }
        self.0.push((page, place));
        region(page, &place, sheet.size)
    }
}

/// Whether a picture with so many letters in it is what its page is printed on.
pub(super) fn is_ground(place: &Rect, sheet: &Sheet, letters: usize) -> bool {
    let (width, height) = sheet.size;
    place.area() > GROUND * width * height && sheet.letters > letters + WORDS
}

/// A place on a page, counted from 0, with what is just around it.
pub(super) fn region(page: usize, place: &Rect, (width, height): (f64, f64)) -> Option<PageRegion> {
    let around = place.grow(MARGIN);
    let low = |side: f64| side.max(0.0).floor();
    let (left, top) = (low(around.x0), low(around.y0));
    let (right, foot) = (around.x1.min(width).ceil(), around.y1.min(height).ceil());
    (right > left && foot > top).then_some(PageRegion {
        page: u32::try_from(page + 1).ok()?,
        left: left as u32,
        top: top as u32,
        width: (right - left) as u32,
        height: (foot - top) as u32,
    })
}
