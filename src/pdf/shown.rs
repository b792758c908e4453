//! What a reader sees of a page: its lines of text and its pictures, each with its place. For the
//! rules that look at other people's papers whether these are tagged or not.

use super::Page;
use super::content::{MarkKind, Opacity, PageContent};
use super::geometry::Rect;
use super::text;
use crate::model::{ShownBox, ShownLine, ShownPage, ShownPicture};

/// Lines kept of one page; a page of small print has some two hundred.
const MOST_LINES: usize = 2_000;
/// Pictures kept of one page. Drawings cut into thousands of slivers say nothing.
const MOST_PICTURES: usize = 200;

/// What is shown of a page; `number` counts from 1.
pub(super) fn on_page(content: &PageContent, page: &Page<'_>, number: u32) -> ShownPage {
    let (width, height) = page.shown_size();
    let place = |bounds: &Rect| {
        page.shown_box(bounds).map(|shown| ShownBox {
            left: shown.x0,
            top: shown.y0,
            width: shown.width(),
            height: shown.height(),
        })
    };
    let lines = text::lines(content, &page.crop, true)
        .into_iter()
        .filter_map(|line| {
            Some(ShownLine {
                place: place(&line.bounds)?,
                text: line.text,
            })
        })
        .take(MOST_LINES)
        .collect();
    let pictures = content
        .marks
        .iter()
        .filter(|mark| !content.is_hidden(mark))
        .filter_map(|mark| {
            let MarkKind::Image(image) = &mark.kind else {
                return None;
            };
            let seen = mark.visible().intersect(&page.crop);
            if seen.is_empty() || image.opacity == Opacity::Stencil {
                return None;
            }
            let (across, up) = image.quad.sides();
            let per_inch = |pixels: u32, side: f64| f64::from(pixels) * 72.0 / side.max(0.01);
            Some(ShownPicture {
                place: place(&seen)?,
                pixels: image.pixels,
                bits: image.bits,
                per_inch: per_inch(image.pixels.0, across).min(per_inch(image.pixels.1, up)),
            })
        })
        .take(MOST_PICTURES)
        .collect();
    ShownPage {
        number,
        width,
        height,
        lines,
        pictures,
    }
}
