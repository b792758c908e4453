//! Makes a picture of a part of a page: what is seen of it, with notes, and nothing else of the file.

use flate2::Crc;
use image::codecs::png::PngEncoder;
use image::{ColorType, ExtendedColorType, ImageEncoder, RgbImage, imageops};
use lopdf::Document;

use super::content::{ImageMark, Interpreter, Mark, MarkKind, Opacity, PageContent};
use super::drawn::{Easel, Text, Without};
use super::geometry::Rect;
use super::jpeg::jpeg;
use super::object::{as_dict, get_dict, get_int};
use super::opening::Opened;
use super::{Page, pages, pixels, redaction};
use crate::model::PageRegion;

/// The most pixels along a side: as many as a page of large print shows, and twice as many as a screen.
const MOST_DOTS: f64 = 1_600.0;
/// The most pixels to a point of the page. A small picture is still sharp at three times its size.
const FINEST: f64 = 6.0;
/// How many pixels show all that there is of one dot of an image, wherever the dot begins.
const FOR_A_DOT: f64 = 2.0;
/// The fewest pixels to a point, for an image of a few dots.
const COARSEST: f64 = 1.0;
/// How far what is beside a figure may reach into its picture, in points.
const BESIDE: f64 = 3.0;
/// How far an image may be from upright and from its frame to be shown as it is, in points.
const LEVEL: f64 = 0.5;
/// How much wider its dots may be than high, as a share.
const EVEN: f64 = 0.02;
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
    let mut reader = Interpreter::one_of(1, doc);
    let content = reader.page(page);
    let notes = redaction::notes(doc, &mut reader, page);
    let inside = view.grow(-BESIDE);
    let images = if notes.is_empty() {
        images(&content, &inside)
    } else {
        Vec::new()
    };
    if let [(mark, image)] = *images
        && let Some((dots, scale)) = own_dots(opened, page, &view, mark, image)
    {
        return encoded(&dots, scale / page.unit * POINTS_PER_INCH);
    }
    let finest = finest(doc, &images);
    let scale = (MOST_DOTS / view.width().max(view.height()))
        .min(FINEST * page.unit)
        .min(finest.unwrap_or(f64::INFINITY));
    let mut easel = Easel::new(
        doc,
        &opened.bulk,
        page,
        &content,
        &notes,
        &[],
        (view, scale),
    )?;
    let without = Without {
        text: Text::all_of_which(&content, |mark, _| !is_in(mark, &inside)),
        ..Without::default()
    };
    let (width, dots) = easel.draw(&without)?.into_dots();
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

/// Whether at least half of a mark is in a part of a page. A line above or below a figure reaches a little
/// into it.
fn is_in(mark: &Mark, part: &Rect) -> bool {
    let (whole, shown) = (mark.visible(), mark.visible().intersect(part));
    !shown.is_empty()
        && shown.width() * 2.0 >= whole.width()
        && shown.height() * 2.0 >= whole.height()
}

/// The images in a part of a page that has nothing else in it. Empty if it has.
fn images<'a>(content: &'a PageContent, part: &Rect) -> Vec<(&'a Mark, &'a ImageMark)> {
    let mut images = Vec::new();
    for mark in &content.marks {
        if content.is_hidden(mark) || mark.visible().intersect(part).is_empty() {
            continue;
        }
        match &mark.kind {
            MarkKind::Text(run) if run.text.trim().is_empty() || !is_in(mark, part) => {}
            MarkKind::Image(image) => images.push((mark, image)),
            _ => return Vec::new(),
        }
    }
    images
}

/// How many pixels to a point show all of some images: more would only make their picture larger. `None`
/// if there are none.
fn finest(doc: &Document, images: &[(&Mark, &ImageMark)]) -> Option<f64> {
    let mut finest = None;
    for (_, image) in images {
        let own = (fineness(doc, image)? * FOR_A_DOT).max(COARSEST);
        finest = Some(own.max(finest.unwrap_or(own)));
    }
    finest
}

/// The dots of an image themselves, and how many there are to a point, if they are what a part of a page
/// shows: all of the image, upright, and nothing through it or beside it.
fn own_dots(
    opened: &Opened,
    page: &Page<'_>,
    view: &Rect,
    mark: &Mark,
    image: &ImageMark,
) -> Option<(RgbImage, f64)> {
    let whole = mark.bounds;
    let (left, right, up) = (image.quad.0[0], image.quad.0[1], image.quad.0[3]);
    let is_upright = page.rotation == 0
        && right.x > left.x
        && up.y > left.y
        && (right.y - left.y).abs() < LEVEL
        && (up.x - left.x).abs() < LEVEL;
    let is_all = mark.clip.covers(&whole.grow(-LEVEL))
        && view.grow(LEVEL).covers(&whole)
        && whole.grow(BESIDE).covers(view);
    let is_plain = image.opacity == Opacity::Whole && image.ink.normal && image.ink.alpha >= 1.0;
    let (width, height) = (f64::from(image.pixels.0), f64::from(image.pixels.1));
    let (across, up) = (width / whole.width(), height / whole.height());
    let is_even = (across / up - 1.0).abs() < EVEN;
    if !is_upright || !is_all || !is_plain || !is_even || width.max(height) > MOST_DOTS {
        return None;
    }
    let stream = opened.bulk.whole(&opened.doc, image.id?)?;
    Some((pixels::rgb(&opened.doc, &stream)?, across))
}

/// How many dots an image, or its mask, has to a point. `None` if it has no width or no height.
fn fineness(doc: &Document, image: &ImageMark) -> Option<f64> {
    let (mut across, mut down) = image.pixels;
    let object = image.id.and_then(|id| doc.get_object(id).ok());
    if let Some(dict) = object.and_then(as_dict) {
        for mask in [b"SMask".as_slice(), b"Mask"] {
            let Some(mask) = get_dict(doc, dict, mask) else {
                continue;
            };
            let dots = |key| get_int(doc, mask, key).and_then(|dots| u32::try_from(dots).ok());
            across = across.max(dots(b"Width".as_slice()).unwrap_or(0));
            down = down.max(dots(b"Height".as_slice()).unwrap_or(0));
        }
    }
    let (width, height) = image.quad.sides();
    let most = (f64::from(across) / width).max(f64::from(down) / height);
    most.is_finite().then_some(most)
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
    use crate::pdf::opening;
    use image::Rgb;
    use lopdf::{Stream, dictionary};

    /// The picture of a page that shows an image of 100 by 50 dots, twice as large in points, with some
    /// more content.
    fn of_page(more: &str) -> RgbImage {
        placed("200 0 0 100 50 50", more)
    }

    /// The same with the matrix of the image.
    fn placed(matrix: &str, more: &str) -> RgbImage {
        let mut doc = Document::with_version("1.7");
        let dots: Vec<u8> = (0..5_000_u32).map(|at| (at * 7 % 256) as u8).collect();
        let image = doc.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 100, "Height" => 50,
                "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            },
            dots,
        ));
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        let content = format!("q {matrix} cm /I Do Q {more}");
        let content = doc.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        let pages = doc.new_object_id();
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 300.into(), 200.into()],
            "Resources" => dictionary! {
                "XObject" => dictionary! { "I" => image },
                "Font" => dictionary! { "F" => font },
            },
        });
        let tree = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] };
        doc.objects.insert(pages, tree.into());
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        doc.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).expect("a PDF");
        let opened = opening::open(&bytes).expect("a PDF");
        let region = PageRegion {
            page: 1,
            left: 48,
            top: 48,
            width: 204,
            height: 104,
        };
        let file = pictured(&opened, &region).expect("a picture");
        image::load_from_memory(&file).expect("a picture").to_rgb8()
    }

    #[test]
    fn an_image_that_is_all_of_a_figure_is_shown_as_it_is() {
        let own = |x: u32, y: u32| Rgb([((y * 100 + x) * 7 % 256) as u8; 3]);
        assert!(of_page("") == RgbImage::from_fn(100, 50, own));
        // Not if it is mirrored, upside down, stretched or only a part of the figure.
        for (matrix, more) in [
            ("-200 0 0 100 250 50", ""),
            ("200 0 0 -100 50 150", ""),
            ("200 0 0 50 50 75", ""),
            ("200 0 0 100 50 50", "60 60 20 20 re f"),
        ] {
            assert_ne!(placed(matrix, more).dimensions(), (100, 50), "{matrix}");
        }
    }

    #[test]
    fn a_picture_has_no_more_pixels_than_show_all_there_is() {
        // Two pixels for each dot, of which there are two for a point.
        let twice = of_page("q 50 0 0 25 60 60 cm /I Do Q");
        assert_eq!(twice.dimensions(), (816, 416));
        let labelled = of_page("BT /F 9 Tf 60 90 Td (On it) Tj ET");
        assert_eq!(labelled.dimensions(), (1_224, 624));
        let painted = of_page("60 60 20 20 re f");
        assert_eq!(painted.dimensions(), labelled.dimensions());
    }

    #[test]
    fn a_line_beside_a_figure_is_not_in_its_picture() {
        let beside = of_page("BT /F 9 Tf 60 44 Td (Below it) Tj 0 104 Td (gypy) Tj ET");
        assert!(beside == of_page(""));
    }

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
