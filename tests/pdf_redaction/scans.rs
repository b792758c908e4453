//! Pages that are one picture, as scanners make them.

use crate::common::sheet::Sheet;
use lopdf::dictionary;

/// A page that is one picture, with text as text recognition leaves it.
pub(super) fn scan(image: lopdf::Stream, content: &str) -> Vec<u8> {
    let mut sheet = Sheet::new(&format!("q 595 0 0 842 0 0 cm /Scan Do Q {content}"));
    let image = sheet.doc.add_object(image);
    sheet.object("Scan", image).bytes()
}

/// What text recognition leaves: words that are not painted.
pub(super) const UNSEEN: &str = "BT 3 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET";
/// Width and height of the scans, in pixels.
pub(super) const SIDES: (usize, usize) = (298, 421);

/// A scan in grey: paper with what looks like writing all over it, except in a bar over the words,
/// where `bar` says how light each pixel is.
pub(super) fn grey(bar: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    let (width, height) = SIDES;
    (0..width * height)
        .map(|at| {
            let (x, y) = (at % width, at / width);
            match () {
                () if (30..80).contains(&x) && (60..78).contains(&y) => bar(x, y),
                () if (x / 2 + y / 3).is_multiple_of(4) => 30,
                () => 245,
            }
        })
        .collect()
}

pub(super) fn grey_scan(bar: impl Fn(usize, usize) -> u8) -> lopdf::Stream {
    let (width, height) = SIDES;
    let mut image = lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "BitsPerComponent" => 8,
            "ColorSpace" => "DeviceGray", "Width" => width as i64, "Height" => height as i64,
        },
        grey(bar),
    );
    image.compress().expect("it packs");
    image
}

/// The same as a photograph, with what packing does to a bar.
pub(super) fn photograph(bar: impl Fn(usize, usize) -> u8) -> lopdf::Stream {
    let mut data = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut data, 60)
        .encode(
            &grey(bar),
            SIDES.0 as u32,
            SIDES.1 as u32,
            image::ExtendedColorType::L8,
        )
        .expect("a photograph");
    lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "BitsPerComponent" => 8,
            "ColorSpace" => "DeviceGray", "Width" => SIDES.0 as i64, "Height" => SIDES.1 as i64,
            "Filter" => "DCTDecode",
        },
        data,
    )
    .with_compression(false)
}

/// A fax of 64 by 90 pixels, white but for a bar over the words where there is to be one.
pub(crate) fn fax(bar: bool) -> lopdf::Stream {
    let mut bits = "1".repeat(12);
    if bar {
        // Four white, sixteen black; the rows below alike; then past the bar's end to white.
        bits.push_str("001101100000101111");
        bits.push_str(&"111".repeat(4));
        bits.push_str("00011");
    } else {
        bits.push_str(&"1".repeat(6));
    }
    bits.push_str(&"1".repeat(72));
    bits.push_str("000000000001000000000001");
    let data = bits
        .as_bytes()
        .chunks(8)
        .map(|bits| {
            bits.iter()
                .enumerate()
                .fold(0, |byte, (at, bit)| byte | ((bit - b'0') << (7 - at)))
        })
        .collect();
    lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "BitsPerComponent" => 1,
            "ColorSpace" => "DeviceGray", "Width" => 64, "Height" => 90, "Filter" => "CCITTFaxDecode",
            "DecodeParms" => dictionary! { "K" => -1, "Columns" => 64, "Rows" => 90 },
        },
        data,
    )
    .with_compression(false)
}

/// The same as scanners pack pages in black and white (JBIG2, ITU-T T.88): a page, and on it one
/// region that is coded as a fax is.
pub(crate) fn packed_scan(bar: bool) -> lopdf::Stream {
    let segment = |number: u32, kind: u8, data: &[u8]| {
        let length = u32::try_from(data.len()).expect("a short segment");
        let refers_to_none_on_page_1 = [0, 1];
        [
            &number.to_be_bytes()[..],
            &[kind],
            &refers_to_none_on_page_1,
            &length.to_be_bytes(),
            data,
        ]
        .concat()
    };
    let numbers = |numbers: [u32; 4]| numbers.map(u32::to_be_bytes).concat();
    let page = [&numbers([64, 90, 0, 0])[..], &[0, 0, 0]].concat();
    let region = [&numbers([64, 90, 0, 0])[..], &[0, 1], &fax(bar).content].concat();
    lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "BitsPerComponent" => 1,
            "ColorSpace" => "DeviceGray", "Width" => 64, "Height" => 90, "Filter" => "JBIG2Decode",
        },
        [segment(0, 48, &page), segment(1, 38, &region)].concat(),
    )
    .with_compression(false)
}
