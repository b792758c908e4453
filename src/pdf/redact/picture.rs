//! Blanks the pixels of images inside a box.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::area::Fresh;
use crate::pdf::content::color::Space;
use crate::pdf::geometry::{Point, Quad, Rect};
use crate::pdf::jpeg::jpeg;
use crate::pdf::object::{decoded, get, get_bool, get_int, get_stream};
use crate::pdf::pixels::{self, Luma};

/// The most bytes that an image may unpack to.
const LARGEST: usize = 512 << 20;
/// The quality of a photograph that is compressed again.
const QUALITY: u8 = 92;

/// A copy of an image without the pixels in the boxes on the page. `None` if it cannot be unpacked.
pub(super) fn blanked(
    doc: &Document,
    id: ObjectId,
    quad: &Quad,
    boxes: &[Rect],
    fresh: &mut Fresh,
) -> Option<ObjectId> {
    let Object::Stream(image) = doc.get_object(id).ok()? else {
        return None;
    };
    let mut copy = blanked_stream(doc, image, quad, boxes)?;
    for key in [b"SMask".as_slice(), b"Mask"] {
        let Some(mask) = get_stream(doc, &image.dict, key) else {
            continue;
        };
        match blanked_stream(doc, mask, quad, boxes) {
            Some(mask) => {
                let mask = fresh.add(mask);
                copy.dict.set(key, mask);
            }
            None => {
                copy.dict.remove(key);
            }
        }
    }
    Some(fresh.add(copy))
}

fn blanked_stream(doc: &Document, image: &Stream, quad: &Quad, boxes: &[Rect]) -> Option<Stream> {
    let side = |key: &[u8]| usize::try_from(get_int(doc, &image.dict, key)?).ok();
    let (width, height) = (side(b"Width")?, side(b"Height")?);
    if width == 0 || height == 0 || width.checked_mul(height)? > LARGEST / 4 {
        return None;
    }
    let mut dict = image.dict.clone();
    for key in [
        b"Metadata".as_slice(),
        b"PieceInfo",
        b"OPI",
        b"Alternates",
        b"Measure",
        b"Length",
    ] {
        dict.remove(key);
    }
    let filters = pixels::filters(image);
    match filters.last().map(Vec::as_slice) {
        Some(b"DCTDecode" | b"DCT" | b"JPXDecode") => {
            photograph(doc, image, &filters, dict, (width, height), quad, boxes)
        }
        Some(b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode") => {
            black_and_white(doc, image, dict, quad, boxes)
        }
        Some(b"Crypt") => None,
        _ => {
            let mask = get_bool(doc, &image.dict, b"ImageMask") == Some(true);
            let bits = if mask {
                1
            } else {
                side(b"BitsPerComponent").filter(|bits| [1, 2, 4, 8, 16].contains(bits))?
            };
            let components = if mask {
                1
            } else {
                Space::read(doc, get(doc, &image.dict, b"ColorSpace")?, None).components()
            };
            if components == 0 {
                return None;
            }
            let row = (width.checked_mul(components)?.checked_mul(bits)?).div_ceil(8);
            let mut samples = decoded(image, LARGEST)?;
            let size = row.checked_mul(height)?;
            // A stream that ends early has no pixels there, and one that goes on has hidden data.
            samples.resize(size.min(LARGEST), 0);
            let bits_a_pixel = components * bits;
            each_inside((width, height), quad, boxes, |x, y| {
                let from = x * bits_a_pixel;
                blank_bits(&mut samples[y * row..(y + 1) * row], from, bits_a_pixel);
            });
            dict.remove(b"Filter");
            dict.remove(b"DecodeParms");
            let mut stream = Stream::new(dict, samples);
            stream.compress().ok()?;
            Some(stream)
        }
    }
}

fn blank_bits(row: &mut [u8], from: usize, count: usize) {
    if from.is_multiple_of(8) && count.is_multiple_of(8) {
        row[from / 8..(from + count) / 8].fill(0);
        return;
    }
    for bit in from..from + count {
        row[bit / 8] &= !(0x80 >> (bit % 8));
    }
}

/// Blanks a picture in black and white, such as a fax or a scan.
fn black_and_white(
    doc: &Document,
    image: &Stream,
    mut dict: Dictionary,
    quad: &Quad,
    boxes: &[Rect],
) -> Option<Stream> {
    let mask = get_bool(doc, &image.dict, b"ImageMask") == Some(true);
    if !mask {
        let space = Space::read(doc, get(doc, &image.dict, b"ColorSpace")?, None);
        if !space.is_plain() || space.components() != 1 {
            return None;
        }
        dict.set("ColorSpace", "DeviceGray");
    }
    let Luma {
        width,
        height,
        mut values,
    } = pixels::luma(doc, image)?;
    each_inside((width, height), quad, boxes, |x, y| {
        values[y * width + x] = 0;
    });
    let samples = values
        .chunks_exact(width)
        .flat_map(|row| row.chunks(8))
        .map(|pixels| {
            pixels.iter().enumerate().fold(0_u8, |byte, (at, light)| {
                byte | (u8::from(*light > 127) << (7 - at))
            })
        })
        .collect();
    dict.set("BitsPerComponent", 1);
    for key in [b"Filter".as_slice(), b"DecodeParms", b"Decode"] {
        dict.remove(key);
    }
    let mut stream = Stream::new(dict, samples);
    stream.compress().ok()?;
    Some(stream)
}

fn photograph(
    doc: &Document,
    image: &Stream,
    filters: &[Vec<u8>],
    mut dict: Dictionary,
    (width, height): (usize, usize),
    quad: &Quad,
    boxes: &[Rect],
) -> Option<Stream> {
    let picture = pixels::photograph(image, filters)?;
    if (picture.width() as usize, picture.height() as usize) != (width, height) {
        return None;
    }
    // A JPEG 2000 picture may have its own colour space.
    let own = filters.last().is_some_and(|last| last == b"JPXDecode");
    let components = match get(doc, &image.dict, b"ColorSpace") {
        Some(space) => {
            let space = Space::read(doc, space, None);
            if own && !space.is_plain() {
                return None;
            }
            space.components()
        }
        None if own => 0,
        None => return None,
    };
    if own {
        dict.remove(b"SMaskInData");
        dict.remove(b"Decode");
    }
    let gray = matches!(picture.color(), image::ColorType::L8) && components <= 1;
    let (mut samples, step, color) = if gray {
        (picture.into_luma8().into_raw(), 1, image::ColorType::L8)
    } else {
        (picture.into_rgb8().into_raw(), 3, image::ColorType::Rgb8)
    };
    each_inside((width, height), quad, boxes, |x, y| {
        let at = (y * width + x) * step;
        samples[at..at + step].fill(0);
    });
    let size = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let out = jpeg(size, color, &samples, QUALITY, None, None)?;
    if components != step {
        dict.set("ColorSpace", if gray { "DeviceGray" } else { "DeviceRGB" });
        dict.remove(b"Decode");
    }
    dict.set("BitsPerComponent", 8);
    dict.set("Filter", "DCTDecode");
    dict.remove(b"DecodeParms");
    Some(Stream::new(dict, out).with_compression(false))
}

/// Calls `blank` for every pixel of an image in one of the boxes on the page, and for one pixel around them.
fn each_inside(
    (width, height): (usize, usize),
    quad: &Quad,
    boxes: &[Rect],
    mut blank: impl FnMut(usize, usize),
) {
    let place = quad.from_unit();
    let Some(back) = place.inverse() else {
        for y in 0..height {
            for x in 0..width {
                blank(x, y);
            }
        }
        return;
    };
    for area in boxes {
        // The box in the picture's own square, whose rows run from the top.
        let inside = back.quad(area).bounds();
        let across = |share: f64, sides: usize| share * sides as f64;
        let low = |value: f64, most: usize| ((value.floor() - 1.0).max(0.0) as usize).min(most);
        let high = |value: f64, most: usize| ((value.ceil() + 1.0).max(0.0) as usize).min(most);
        let columns = low(across(inside.x0, width), width)..high(across(inside.x1, width), width);
        let rows = low(across(1.0 - inside.y1, height), height)
            ..high(across(1.0 - inside.y0, height), height);
        let turned = !place.keeps_axes();
        let reach = area.grow(
            (place.a.hypot(place.b) / width as f64).max(place.c.hypot(place.d) / height as f64)
                * 1.5,
        );
        for y in rows {
            for x in columns.clone() {
                let middle: Point = place.apply(
                    (x as f64 + 0.5) / width as f64,
                    1.0 - (y as f64 + 0.5) / height as f64,
                );
                if !turned || reach.contains(middle) {
                    blank(x, y);
                }
            }
        }
    }
}
