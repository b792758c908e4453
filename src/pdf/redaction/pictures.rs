//! Writing in scans that somebody put a shape over, or cropped away: the picture still holds it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::Document;

use super::annotations::Over;
use super::surfaces::{Surface, SurfaceKind, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{ImageMark, Mark, MarkKind, Opacity, PageContent};
use crate::pdf::drawn::{Easel, Without};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::pixels::{Luma, luma};

/// Pictures over less of the page than this are no scans.
const SMALLEST: f64 = 0.15;
/// Pixels to the inch below which no letter could be made out.
const COARSEST: f64 = 50.0;
/// Shapes over more of the page than this, or thinner than this many points, hide no words.
const LARGEST: f64 = 0.4;
const THINNEST: f64 = 6.0;
/// Shapes drawn away from one page.
const MOST: usize = 200;
/// Pixels to a point.
const PIXELS: f64 = 2.0;
/// Paper is lighter than the first, ink darker than the second.
const PAPER_AND_INK: (u8, u8) = (190, 110);
/// Writing is at least so much paper, and so much ink, but not more.
const PAPER: f64 = 0.5;
const INK: std::ops::Range<f64> = 0.02..0.45;
/// Tiles in which writing is looked for, in points, and how many there must be with some.
const TILE: (f64, f64) = (60.0, 20.0);
const WRITTEN: usize = 2;
/// Of a cropped picture this share at least has to be seen no more.
const CROPPED: f64 = 0.1;

/// Scans that still hold what was covered or cropped away.
pub(super) fn suspects(
    doc: &Document,
    bulk: &Bulk,
    content: &PageContent,
    over: &Over,
    page: &Page<'_>,
    number: u32,
) -> Vec<Suspect> {
    let scans: Vec<(usize, &Mark, &ImageMark)> = content
        .marks
        .iter()
        .enumerate()
        .filter_map(|(order, mark)| match &mark.kind {
            MarkKind::Image(image) if is_scan(mark, image, page) && !content.is_hidden(mark) => {
                Some((order, mark, image))
            }
            _ => None,
        })
        .collect();
    let mut found = covered(doc, bulk, content, over, page, number, &scans);
    for (_, mark, image) in scans {
        let seen = mark.visible().intersect(&page.crop);
        let cut = 1.0 - seen.area() / mark.bounds.area().max(1.0);
        if cut > CROPPED && cropped(doc, bulk, image, &seen) {
            found.push(Suspect {
                kind: SuspectKind::CroppedPicture,
                page: Some(number),
                bounds: Some(seen.into()),
                text: String::new(),
            });
        }
    }
    found
}

fn is_scan(mark: &Mark, image: &ImageMark, page: &Page<'_>) -> bool {
    let per_inch = f64::from(image.pixels.0) * 72.0 / mark.bounds.width().max(1.0);
    mark.bounds.share_of(&page.crop) > SMALLEST
        && per_inch >= COARSEST
        && image.opacity == Opacity::Whole
        && !mark.visible().is_empty()
}

/// Shapes and notes over scans, with writing below them.
fn covered(
    doc: &Document,
    bulk: &Bulk,
    content: &PageContent,
    over: &Over,
    page: &Page<'_>,
    number: u32,
    scans: &[(usize, &Mark, &ImageMark)],
) -> Vec<Suspect> {
    let hides = |surface: &&Surface, order: usize| {
        surface.kind == SurfaceKind::Shape
            && surface.ink.is_opaque()
            && surface.bounds.width().min(surface.bounds.height()) >= THINNEST
            && surface.bounds.share_of(&page.crop) < LARGEST
            && scans.iter().any(|(scan, mark, _)| {
                *scan < order
                    && surface.bounds.share_of(&mark.visible()) > 0.0
                    && mark.visible().covers(&surface.bounds)
            })
    };
    let own = surfaces(content, 0, &page.media);
    let shapes = own.iter().filter(|surface| hides(surface, surface.order));
    let notes = over
        .surfaces
        .iter()
        .filter(|surface| hides(surface, usize::MAX));
    let shapes: Vec<(Option<usize>, Rect)> = shapes
        .map(|surface| (Some(surface.order), surface.bounds))
        .chain(notes.map(|surface| (None, surface.bounds)))
        .filter(|(order, place)| !captioned(content, *order, place))
        .take(MOST)
        .collect();
    if shapes.is_empty() {
        return Vec::new();
    }
    let suspect = |kind, place: Option<Rect>| Suspect {
        kind,
        page: Some(number),
        bounds: place.map(Into::into),
        text: String::new(),
    };
    let view = shapes
        .iter()
        .fold(Rect::NOWHERE, |view, (_, place)| view.union(place));
    let easel = Easel::new(doc, bulk, page, content, &[], &[], (view.grow(4.0), PIXELS));
    let without = Without {
        marks: shapes
            .iter()
            .filter_map(|(order, _)| *order)
            .collect::<BTreeSet<_>>(),
        ..Without::default()
    };
    let Some(below) = easel.and_then(|mut easel| easel.draw(&without)) else {
        return vec![suspect(SuspectKind::NotJudged, None)];
    };
    shapes
        .into_iter()
        .filter(|(_, place)| {
            let pixels = below.inside(&place.quad(), 0.0, 1.0);
            is_writing(pixels.into_iter().map(|at| below.light(at)))
        })
        .map(|(_, place)| suspect(SuspectKind::CoveredPicture, Some(place)))
        .collect()
}

/// Whether words stand on a shape: then it is their ground.
fn captioned(content: &PageContent, order: Option<usize>, place: &Rect) -> bool {
    let later = order.map_or(content.marks.len(), |order| order + 1);
    content
        .marks
        .iter()
        .skip(later)
        .any(|mark| match &mark.kind {
            MarkKind::Text(run) => {
                run.mode != 3 && !run.text.trim().is_empty() && place.contains(mark.bounds.centre())
            }
            _ => false,
        })
}

/// Whether there is writing in what a clip or the page's edge cuts off a picture.
fn cropped(doc: &Document, bulk: &Bulk, image: &ImageMark, seen: &Rect) -> bool {
    let picture = image
        .id
        .and_then(|id| luma(doc, &*bulk.whole(doc, id)?))
        .filter(|picture| picture.width > 0);
    let Some(Luma {
        width,
        height,
        values,
    }) = picture
    else {
        return false;
    };
    let place = image.quad.from_unit();
    // every third pixel in both directions is enough; writing is looked for tile by tile, for most of
    // a page is empty
    let mut tiles: BTreeMap<(i64, i64), Vec<u8>> = BTreeMap::new();
    for y in (0..height).step_by(3) {
        for x in (0..width).step_by(3) {
            let at: Point = place.apply(
                (x as f64 + 0.5) / width as f64,
                1.0 - (y as f64 + 0.5) / height as f64,
            );
            if !seen.grow(1.0).contains(at) {
                let tile = ((at.x / TILE.0) as i64, (at.y / TILE.1) as i64);
                tiles.entry(tile).or_default().push(values[y * width + x]);
            }
        }
    }
    let paper = tiles
        .values()
        .flatten()
        .filter(|light| **light > PAPER_AND_INK.0);
    let all = tiles.values().map(Vec::len).sum::<usize>();
    let written = tiles
        .values()
        .filter(|tile| is_writing(tile.iter().copied()));
    paper.count() as f64 >= PAPER * all as f64 && written.count() >= WRITTEN
}

/// Whether pixels look like writing on paper.
fn is_writing(pixels: impl Iterator<Item = u8>) -> bool {
    let (mut all, mut paper, mut ink) = (0_u32, 0_u32, 0_u32);
    for light in pixels {
        all += 1;
        paper += u32::from(light > PAPER_AND_INK.0);
        ink += u32::from(light < PAPER_AND_INK.1);
    }
    let share = |part: u32| f64::from(part) / f64::from(all.max(1));
    all > 60 && share(paper) >= PAPER && INK.contains(&share(ink))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_is_some_ink_on_much_paper() {
        let mix = |ink: usize, grey: usize| {
            (0..1000).map(move |at| match at {
                at if at < ink => 20,
                at if at < ink + grey => 150,
                _ => 245,
            })
        };
        assert!(is_writing(mix(100, 50)));
        for (ink, grey) in [(0, 0), (0, 400), (900, 0), (300, 600)] {
            assert!(!is_writing(mix(ink, grey)), "{ink} {grey}");
        }
    }
}
