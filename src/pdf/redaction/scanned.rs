//! Words that text recognition read off a scan before somebody blackened them there: the text is
//! below or above the picture, unpainted or painted over, and where it stands the picture is dark.

use lopdf::Document;

use super::painted::{Collector, core};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{ImageMark, MarkKind, Opacity, PageContent};
use crate::pdf::geometry::Point;
use crate::pdf::pixels::{Luma, luma};

/// Pictures over less of the page than this are no scans.
const SMALLEST: f64 = 0.2;
/// Pixels to the inch below which no letter could have been made out.
const COARSEST: f64 = 6.0;
/// Pictures unpacked of one page at most.
const MOST_PICTURES: usize = 4;
/// As dark as a black bar is after it was packed as a photograph.
const DARK: u8 = 90;
/// A bar has one colour, give or take what packing does to it.
const EVEN: u8 = 48;
/// Letters that have to be below a bar: text recognition sees one or two in any shadow.
const LETTERS: usize = 3;

/// The words of a page that a blackened part of its scan hides.
pub(super) fn suspects(
    doc: &Document,
    bulk: &Bulk,
    content: &PageContent,
    page: &Page<'_>,
    number: u32,
) -> Vec<Suspect> {
    let mut found = Vec::new();
    let scans = content
        .marks
        .iter()
        .enumerate()
        .filter_map(|(order, mark)| {
            let MarkKind::Image(image) = &mark.kind else {
                return None;
            };
            let large = mark.visible().share_of(&page.crop) > SMALLEST;
            let per_inch = f64::from(image.pixels.0) * 72.0 / mark.bounds.width().max(1.0);
            (large
                && per_inch >= COARSEST
                && image.opacity == Opacity::Whole
                && !content.is_hidden(mark))
            .then_some((order, image))
        });
    for (order, image) in scans.take(MOST_PICTURES) {
        found.extend(below(doc, bulk, content, order, image, number));
    }
    found
}

/// The words below one scan.
fn below(
    doc: &Document,
    bulk: &Bulk,
    content: &PageContent,
    order: usize,
    image: &ImageMark,
    number: u32,
) -> Vec<Suspect> {
    let unseen: Vec<_> = content
        .marks
        .iter()
        .enumerate()
        .filter_map(|(index, mark)| match &mark.kind {
            MarkKind::Text(run) if run.mode == 3 || index < order => Some((mark, run)),
            _ => None,
        })
        .filter(|(mark, run)| {
            !run.text.trim().is_empty()
                && !content.is_hidden(mark)
                && !mark.bounds.intersect(&image.quad.bounds()).is_empty()
        })
        .collect();
    if unseen.is_empty() {
        return Vec::new();
    }
    let picture = image
        .id
        .and_then(|id| luma(doc, &*bulk.whole(doc, id)?))
        .zip(image.quad.from_unit().inverse());
    let Some((pixels, to_picture)) = picture else {
        return Vec::new();
    };
    let mut collector = Collector::new(number);
    for (_, run) in unseen {
        for glyph in &run.glyphs {
            let points = core(run, glyph).map(|point| to_picture.apply(point.x, point.y));
            let hidden = is_bar(&pixels, &points).then_some(SuspectKind::Covered);
            collector.add(run, glyph, hidden);
        }
    }
    let mut found = collector.finish();
    found.retain(|suspect| {
        let letters = suspect
            .text
            .chars()
            .filter(|letter| letter.is_alphanumeric());
        letters.count() >= LETTERS
    });
    found
}

/// Whether the picture is dark and even all around some points: letters, light or dark, are not.
fn is_bar(pixels: &Luma, points: &[Point]) -> bool {
    let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
    for point in points {
        left = left.min(point.x);
        right = right.max(point.x);
        top = top.min(1.0 - point.y);
        bottom = bottom.max(1.0 - point.y);
    }
    if !(left >= 0.0 && right <= 1.0 && top >= 0.0 && bottom <= 1.0) {
        return false;
    }
    let at = |share: f64, side: usize| ((share * side as f64) as usize).min(side - 1);
    let (left, right) = (at(left, pixels.width), at(right, pixels.width));
    let (top, bottom) = (at(top, pixels.height), at(bottom, pixels.height));
    let (mut darkest, mut lightest) = (u8::MAX, u8::MIN);
    for y in top..=bottom {
        for &value in &pixels.values[y * pixels.width + left..=y * pixels.width + right] {
            darkest = darkest.min(value);
            lightest = lightest.max(value);
            if lightest > DARK {
                return false;
            }
        }
    }
    lightest - darkest <= EVEN
}
