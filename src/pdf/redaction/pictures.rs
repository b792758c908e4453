//! Writing in scans that somebody put a shape over, or cropped away: the picture still holds it.

use std::collections::BTreeMap;

use lopdf::{Document, ObjectId};

use super::annotations::Over;
use super::surfaces::{Surface, SurfaceKind, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{ImageMark, Mark, MarkKind, Opacity, PageContent};
use crate::pdf::drawn::{Easel, Note, Picture, Without};
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
/// Of the ink under something that may hide it, this share has to be under an even colour.
const HIDDEN: f64 = 0.7;
/// Of a cropped picture this share at least has to be seen no more.
const CROPPED: f64 = 0.1;

/// What a page shows of a scan.
#[derive(Debug, Clone, Copy)]
pub(in crate::pdf) struct Showing {
    image: ObjectId,
    /// The page, counted from 1.
    page: u32,
    /// What is seen of it: in the picture's own unit square, and on the page.
    seen: Rect,
    place: Rect,
}

/// Scans under shapes and notes that still hold what was covered, and what is seen of every scan.
pub(super) fn suspects(
    doc: &Document,
    bulk: &Bulk,
    content: &PageContent,
    over: &Over,
    page: &Page<'_>,
    number: u32,
) -> (Vec<Suspect>, Vec<Showing>) {
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
    let showings = scans
        .iter()
        .filter_map(|(_, mark, image)| {
            let place = mark.visible().intersect(&page.crop);
            let to_unit = image.quad.from_unit().inverse()?;
            Some(Showing {
                image: image.id?,
                page: number,
                seen: to_unit.quad(&place).bounds(),
                place,
            })
        })
        .collect();
    let found = covered(doc, bulk, content, over, page, number, &scans);
    (found, showings)
}

/// Scans of which some writing is seen on no page: somebody cropped them.
pub(super) fn cropped(doc: &Document, bulk: &Bulk, showings: &[Showing]) -> Vec<Suspect> {
    let mut by_image: BTreeMap<ObjectId, Vec<&Showing>> = BTreeMap::new();
    for showing in showings {
        by_image.entry(showing.image).or_default().push(showing);
    }
    by_image
        .into_iter()
        .filter(|(image, all)| {
            let whole = |showing: &&Showing| showing.seen.area() > 1.0 - CROPPED;
            !all.iter().any(whole) && has_unseen_writing(doc, bulk, *image, all)
        })
        .filter_map(|(_, all)| {
            let first = all.first()?;
            Some(Suspect {
                kind: SuspectKind::CroppedPicture,
                page: Some(first.page),
                bounds: Some(first.place.into()),
                text: String::new(),
            })
        })
        .collect()
}

fn is_scan(mark: &Mark, image: &ImageMark, page: &Page<'_>) -> bool {
    let per_inch = f64::from(image.pixels.0) * 72.0 / mark.bounds.width().max(1.0);
    mark.bounds.share_of(&page.crop) > SMALLEST
        && per_inch >= COARSEST
        && image.opacity == Opacity::Whole
        && !mark.visible().is_empty()
}

/// Something over a scan.
#[derive(Debug, Clone, Copy)]
struct Cover {
    /// Its place among the page's marks; none for a note.
    order: Option<usize>,
    place: Rect,
    /// Whether it surely hides all that is below it.
    sure: bool,
}

/// Shapes, pictures and notes over scans, with writing below them.
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
        surface.ink.alpha > 0.5
            && surface.bounds.width().min(surface.bounds.height()) >= THINNEST
            && surface.bounds.share_of(&page.crop) < LARGEST
            && scans
                .iter()
                .any(|(scan, mark, _)| *scan < order && mark.visible().covers(&surface.bounds))
    };
    let cover = |surface: &Surface, order: Option<usize>| Cover {
        order,
        place: surface.bounds,
        sure: surface.kind == SurfaceKind::Shape && surface.ink.is_opaque(),
    };
    let own = surfaces(content, 0, &page.media);
    let shapes = own
        .iter()
        .filter(|surface| hides(surface, surface.order))
        .map(|surface| cover(surface, Some(surface.order)));
    let notes = over
        .surfaces
        .iter()
        .filter(|surface| hides(surface, usize::MAX))
        .map(|surface| cover(surface, None));
    let covers: Vec<Cover> = shapes
        .chain(notes)
        .filter(|cover| !captioned(content, cover.order, &cover.place))
        .take(MOST)
        .collect();
    if covers.is_empty() {
        return Vec::new();
    }
    let suspect = |kind, place: Option<Rect>| Suspect {
        kind,
        page: Some(number),
        bounds: place.map(Into::into),
        text: String::new(),
    };
    let view = covers
        .iter()
        .fold(Rect::NOWHERE, |view, cover| view.union(&cover.place));
    let view = (view.grow(4.0), PIXELS);
    let draw = |notes: &[Note], without: &Without| {
        Easel::new(doc, bulk, page, content, notes, &[], view)
            .and_then(|mut easel| easel.draw(without))
    };
    let without = Without {
        marks: covers.iter().filter_map(|cover| cover.order).collect(),
        ..Without::default()
    };
    let whole = if covers.iter().all(|cover| cover.sure) {
        None
    } else {
        draw(&over.notes, &Without::default())
    };
    let Some(below) = draw(&[], &without) else {
        return vec![suspect(SuspectKind::NotJudged, None)];
    };
    covers
        .into_iter()
        .filter(|cover| {
            let pixels = below.inside(&cover.place.quad(), 0.0, 1.0);
            let written =
                |picture: &Picture| is_writing(pixels.iter().map(|at| picture.light(*at)));
            let gone = |whole: &Picture| {
                let ink = pixels
                    .iter()
                    .filter(|at| below.light(**at) < PAPER_AND_INK.1);
                let (all, gone) = ink.fold((0_u32, 0_u32), |(all, gone), at| {
                    let flat = whole.is_flat_at(*at);
                    (all + 1, gone + u32::from(flat))
                });
                f64::from(gone) > HIDDEN * f64::from(all)
            };
            written(&below) && (cover.sure || whole.as_ref().is_some_and(gone))
        })
        .map(|cover| suspect(SuspectKind::CoveredPicture, Some(cover.place)))
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

/// Whether there is writing in what no page shows of a picture.
fn has_unseen_writing(doc: &Document, bulk: &Bulk, image: ObjectId, showings: &[&Showing]) -> bool {
    let picture = bulk
        .whole(doc, image)
        .and_then(|stream| luma(doc, &stream))
        .filter(|picture| picture.width > 0);
    let Some(Luma {
        width,
        height,
        values,
    }) = picture
    else {
        return false;
    };
    // a point on the page for every point of the picture, so that tiles are as large as words
    let (across, down) = showings
        .iter()
        .fold((0.0_f64, 0.0_f64), |(across, down), it| {
            (
                across.max(it.place.width() / it.seen.width().max(0.01)),
                down.max(it.place.height() / it.seen.height().max(0.01)),
            )
        });
    // every third pixel in both directions is enough; writing is looked for tile by tile, for most of
    // a page is empty
    let mut tiles: BTreeMap<(i64, i64), Vec<u8>> = BTreeMap::new();
    for y in (0..height).step_by(3) {
        for x in (0..width).step_by(3) {
            let at = Point {
                x: (x as f64 + 0.5) / width as f64,
                y: 1.0 - (y as f64 + 0.5) / height as f64,
            };
            let seen = |it: &&&Showing| it.seen.grow(0.002).contains(at);
            if !showings.iter().any(|it| seen(&it)) {
                let tile = (
                    (at.x * across / TILE.0) as i64,
                    (at.y * down / TILE.1) as i64,
                );
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
    all as f64 * 9.0 > CROPPED * (width * height) as f64
        && paper.count() as f64 >= PAPER * all as f64
        && written.count() >= WRITTEN
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
