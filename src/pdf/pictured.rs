//! Makes a picture of a part of a page: what is seen of it, with notes, and nothing else of the file.

use flate2::Crc;
use image::codecs::png::PngEncoder;
use image::{ColorType, ExtendedColorType, ImageEncoder, RgbImage, imageops};

use super::content::Interpreter;
use super::drawn::{Easel, Without};
use super::geometry::Rect;
use super::jpeg::jpeg;
use super::opening::Opened;
use super::{pages, redaction};
use crate::model::PageRegion;

/// The most pixels along a side: as many as a page of large print shows, and twice as many as a screen.
const MOST_DOTS: f64 = 1_600.0;
/// The most pixels to a point of the page. A small picture is still sharp at three times its size.
const FINEST: f64 = 6.0;
/// The most colours of a picture that is not a photograph.
const COLOURS: usize = 4_096;
/// The quality of a photograph.
const QUALITY: u8 = 88;
const POINTS_PER_INCH: f64 = 72.0;
const INCHES_PER_METRE: f64 = 39.370_1;

/// The file of a picture of a part of a page, as large as it is on the page. `None` if the page cannot be
/// drawn.
pub fn pictured(opened: &Opened, region: &PageRegion) -> Option<Vec<u8>> {
    let doc = &opened.doc;
    let pages = pages(doc);
    let page = pages.get(usize::try_from(region.page).ok()?.checked_sub(1)?)?;
    let [left, top, width, height] =
        [region.left, region.top, region.width, region.height].map(f64::from);
    let shown = Rect {
        x0: left,
        y0: top,
        x1: left + width,
        y1: top + height,
    };
    let view = page.from_shown().quad(&shown).bounds();
    let scale = (MOST_DOTS / view.width().max(view.height())).min(FINEST * page.unit);
    let mut reader = Interpreter::one_of(1, doc);
    let content = reader.page(page);
    let notes = redaction::notes(doc, &mut reader, page);
    let mut easel = Easel::new(
        doc,
        &opened.bulk,
        page,
        &content,
        &notes,
        &[],
        (view, scale),
    )?;
    let (width, dots) = easel.draw(&Without::default())?.into_dots();
    let height = dots.len() / width.max(1);
    let dots = RgbImage::from_raw(width as u32, height as u32, dots.into_flattened())?;
    let dots = match page.rotation {
        90 => imageops::rotate90(&dots),
        180 => imageops::rotate180(&dots),
        270 => imageops::rotate270(&dots),
        _ => dots,
    };
    encoded(&dots, scale / page.unit * POINTS_PER_INCH)
}

/// A picture as JPEG or PNG, whichever suits it. `per_inch` is how many pixels are in an inch of the page.
fn encoded(dots: &RgbImage, per_inch: f64) -> Option<Vec<u8>> {
    let (width, height) = dots.dimensions();
    if is_photograph(dots) {
        let per_inch = Some(per_inch.round() as u16);
        return jpeg(
            (width, height),
            ColorType::Rgb8,
            dots,
            QUALITY,
            per_inch,
            None,
        );
    }
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(dots, width, height, ExtendedColorType::Rgb8)
        .ok()?;
    let at = file.windows(4).position(|name| name == b"IDAT")?;
    file.splice(at - 4..at - 4, density(per_inch));
    Some(file)
}

/// The chunk of a PNG that says how large its pixels are (PNG, 11.3.4.3).
fn density(per_inch: f64) -> Vec<u8> {
    let per_metre = (per_inch * INCHES_PER_METRE).round() as u32;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend([per_metre.to_be_bytes(); 2].as_flattened());
    chunk.push(1);
    let mut sum = Crc::new();
    sum.update(&chunk);
    let length = chunk.len() as u32 - 4;
    [&length.to_be_bytes()[..], &chunk, &sum.sum().to_be_bytes()].concat()
}

fn is_photograph(dots: &RgbImage) -> bool {
    // One bit for each colour that there is.
    let mut seen = vec![0_u64; 1 << 18];
    let mut colours = 0;
    dots.pixels().any(|dot| {
        let [red, green, blue] = dot.0.map(usize::from);
        let colour = red << 16 | green << 8 | blue;
        let (word, bit) = (&mut seen[colour >> 6], 1 << (colour & 63));
        colours += usize::from(*word & bit == 0);
        *word |= bit;
        colours > COLOURS
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn a_chart_stays_sharp_and_a_photograph_small_and_both_know_their_size() {
        let chart = RgbImage::from_fn(60, 40, |x, _| Rgb([if x < 30 { 0 } else { 255 }; 3]));
        let file = encoded(&chart, 144.0).expect("a picture");
        assert!(file.starts_with(b"\x89PNG"));
        let at = file
            .windows(4)
            .position(|name| name == b"pHYs")
            .expect("its size");
        assert_eq!(file[at + 4..at + 8], 5_669_u32.to_be_bytes());
        assert_eq!(
            image::load_from_memory(&file).expect("a picture").to_rgb8(),
            chart
        );

        let photograph = RgbImage::from_fn(90, 90, |x, y| Rgb([x as u8, y as u8, 7]));
        let file = encoded(&photograph, 144.0).expect("a picture");
        assert!(file.starts_with(b"\xff\xd8"));
        assert_eq!(&file[6..11], b"JFIF\0");
        assert_eq!(file[13..18], [1, 0, 144, 0, 144]);
    }
}
