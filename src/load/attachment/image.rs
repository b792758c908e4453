//! Images, told apart by their first bytes: what they are, what becomes of them in a pack, and why
//! one cannot be used.

use bytes::Bytes;

use super::{drawing, picture};
use crate::load::codes;
use crate::load::disk::Refusal;
use crate::model::{ImageFormat, SourceName};

/// An image as it stands in a pack, and its lettering where it is a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ImageFacts {
    pub(crate) format: ImageFormat,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) lettering: Vec<String>,
    /// Its file in the pack.
    pub(super) bytes: Bytes,
    /// What was done to it, where a clerk should know.
    pub(crate) made_smaller: Option<String>,
}

/// The facts of an image or why it cannot be used; nothing where the bytes are no image. It is at its
/// full size, or no finer than a page can show.
pub(super) fn facts(
    name: &SourceName,
    bytes: &Bytes,
    full_size: bool,
) -> Option<Result<ImageFacts, Refusal>> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(of_picture(name, ImageFormat::Png, bytes, full_size))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(of_picture(name, ImageFormat::Jpeg, bytes, full_size))
    } else if is_svg(bytes) {
        Some(of_drawing(name, bytes))
    } else {
        None
    }
}

fn of_picture(
    name: &SourceName,
    format: ImageFormat,
    bytes: &Bytes,
    full_size: bool,
) -> Result<ImageFacts, Refusal> {
    match picture::picture(format, bytes, full_size) {
        Ok(picture) => Ok(ImageFacts {
            format,
            width: f64::from(picture.width),
            height: f64::from(picture.height),
            lettering: Vec::new(),
            made_smaller: picture.scaled_from.map(|(width, height)| {
                format!(
                    "{name} has {width} by {height} dots and is in the pack with {} by {}, which is as fine as a page can show",
                    picture.width, picture.height
                )
            }),
            bytes: picture.bytes,
        }),
        Err(picture::Fault::TooLarge(width, height)) => Err(Refusal::new(
            codes::NOT_AN_IMAGE,
            format!("{name} has {width} by {height} dots, more than a pack takes"),
            "Make it smaller: 300 dots an inch are enough for print",
        )),
        Err(picture::Fault::Damaged) => Err(damaged(name)),
    }
}

fn of_drawing(name: &SourceName, bytes: &Bytes) -> Result<ImageFacts, Refusal> {
    let refused = |what: String, help: &str| Err(Refusal::new(codes::NOT_AN_IMAGE, what, help));
    match drawing::drawing(bytes) {
        Ok(drawing) if drawing.size.0 > 0.0 && drawing.size.1 > 0.0 => Ok(ImageFacts {
            format: ImageFormat::Svg,
            width: drawing.size.0,
            height: drawing.size.1,
            lettering: drawing.lettering,
            made_smaller: None,
            bytes: drawing.bytes,
        }),
        Ok(_) | Err(drawing::Fault::Damaged) => Err(damaged(name)),
        Err(drawing::Fault::TooDeep) => refused(
            format!("{name} has more groups inside each other than a pack takes"),
            "Open it in a drawing program, ungroup what it shows and save it again; or save it as PNG",
        ),
        Err(drawing::Fault::TooMuch) => refused(
            format!("{name} has more effects (blurs, shadows, textures) than a pack takes"),
            "Save it as PNG from the program that it was made with",
        ),
        Err(drawing::Fault::ImageOutside(address)) => refused(
            format!("{name} shows an image that is a file of its own: {address}"),
            "Embed the image in the drawing and save it again; or save the drawing as PNG",
        ),
        Err(drawing::Fault::ImageInside) => refused(
            format!("{name} has an image inside that cannot be set"),
            "Save the drawing as PNG, or embed the image again as PNG or as JPEG in RGB",
        ),
    }
}

fn damaged(name: &SourceName) -> Refusal {
    Refusal::new(
        codes::NOT_AN_IMAGE,
        format!("{name} is a damaged image"),
        "Open it in an image program and save it again, or ask for the file once more",
    )
}

/// Why a PDF or another paper cannot stand in running text.
pub(super) fn only_an_appendix(name: &SourceName) -> Refusal {
    Refusal::new(
        codes::NOT_AN_IMAGE,
        format!("{name} is a PDF, which cannot stand in running text"),
        "Make it an appendix of the report ([[appendix]] with file = …), or save the page as PNG",
    )
}

/// Why a file with an image's name is none.
pub(super) fn not_one(name: &SourceName, bytes: &[u8]) -> Refusal {
    let what = if bytes.is_empty() {
        "is empty"
    } else {
        "is not an image, whatever its name says"
    };
    Refusal::new(
        codes::NOT_AN_IMAGE,
        format!("{name} {what}"),
        "Save it again as PNG, JPEG or SVG",
    )
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<svg")
        || ((start.starts_with("<?xml") || start.starts_with("<!")) && start.contains("<svg"))
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat as Encoding, Rgb, RgbImage};
    use std::io::Cursor;

    use super::*;

    fn facts_of(bytes: impl Into<Bytes>, full_size: bool) -> Option<Result<ImageFacts, Refusal>> {
        facts(&SourceName("a.png".into()), &bytes.into(), full_size)
    }

    fn of(bytes: impl Into<Bytes>) -> Option<Result<(ImageFormat, f64, f64), &'static str>> {
        facts_of(bytes, false).map(|result| {
            result
                .map(|facts| (facts.format, facts.width, facts.height))
                .map_err(|refusal| refusal.code.0)
        })
    }

    fn svg(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\">{inside}</svg>")
    }

    /// A picture, blue but for its top left corner.
    fn dots(encoding: Encoding, width: u32, height: u32) -> Vec<u8> {
        let mut image = RgbImage::from_pixel(width, height, Rgb([0, 0, 255]));
        image.put_pixel(0, 0, Rgb([255, 0, 0]));
        let mut file = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(image)
            .write_to(&mut file, encoding)
            .expect("a picture");
        file.into_inner()
    }

    #[test]
    fn svg_says_its_size() {
        assert_eq!(
            of(
                "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1in\" height=\"48\"/>"
            ),
            Some(Ok((ImageFormat::Svg, 96.0, 48.0)))
        );
        assert_eq!(of(svg("")), Some(Ok((ImageFormat::Svg, 30.0, 20.0))));
        assert_eq!(of("<svg><g></svg>"), Some(Err("not-an-image")));
    }

    #[test]
    fn what_the_engine_would_refuse_in_a_drawing_is_refused() {
        for inside in [
            "<image href=\"other.png\"/>",
            "<image href=\"data:image/jpeg;base64,AAAA\"/>",
            "<filter id=\"a\"><feTurbulence numOctaves=\"4000\"/></filter>",
            &format!("{}{}", "<g>".repeat(800), "</g>".repeat(800)),
            &format!("{}{}", "<g>".repeat(200_000), "</g>".repeat(200_000)),
        ] {
            assert_eq!(of(svg(inside)), Some(Err("not-an-image")), "{inside:.60}");
        }
    }

    #[test]
    fn a_drawing_goes_out_without_what_it_does_not_show() {
        let drawing = svg(
            "<!-- by J --><metadata>J</metadata><desc>J</desc><g display=\"none\"><text>J</text></g>\
             <g style=\"display: none\"><text>J</text></g><text>Site &amp; area</text>",
        );
        let facts = facts_of(drawing, false).expect("an image").expect("whole");
        let file = std::str::from_utf8(&facts.bytes).expect("text");
        assert!(!file.contains('J'), "{file}");
        assert!(file.contains("<text>Site &amp; area</text>"), "{file}");
        assert_eq!(facts.lettering, ["Site & area"]);
    }

    #[test]
    fn a_picture_is_whole_or_damaged() {
        let png = dots(Encoding::Png, 2, 3);
        assert_eq!(of(png.clone()), Some(Ok((ImageFormat::Png, 2.0, 3.0))));
        assert_eq!(of(png[..40].to_vec()), Some(Err("not-an-image")));
        let jpeg = dots(Encoding::Jpeg, 32, 16);
        assert_eq!(of(jpeg.clone()), Some(Ok((ImageFormat::Jpeg, 32.0, 16.0))));
        assert_eq!(of(jpeg[..60].to_vec()), Some(Err("not-an-image")));
    }

    #[test]
    fn a_picture_is_no_finer_than_a_page_unless_asked() {
        let wide = dots(Encoding::Jpeg, 17_000, 2);
        let facts = facts_of(wide.clone(), false)
            .expect("an image")
            .expect("whole");
        assert_eq!(facts.width, 3_508.0);
        assert!(facts.made_smaller.is_some());
        // The engine takes no JPEG wider than this.
        let facts = facts_of(wide, true).expect("an image").expect("whole");
        assert_eq!(facts.width, 16_384.0);
        let facts = facts_of(dots(Encoding::Png, 4_000, 2), true);
        assert_eq!(facts.expect("an image").expect("whole").made_smaller, None);
    }

    #[test]
    fn a_picture_goes_out_upright_and_without_notes() {
        // Orientation 6: the top is at the right.
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let jpeg = dots(Encoding::Jpeg, 32, 16);
        let mut turned = jpeg[..2].to_vec();
        turned.extend([0xFF, 0xE1, 0, 2 + exif.len() as u8]);
        turned.extend(exif);
        turned.extend(b"\xFF\xFE\0\x08secret");
        turned.extend(&jpeg[2..]);
        turned.extend(b"secret");
        let facts = facts_of(turned, false).expect("an image").expect("whole");
        assert_eq!((facts.width, facts.height), (16.0, 32.0));
        for word in [&b"Exif"[..], b"secret"] {
            assert!(!facts.bytes.windows(word.len()).any(|bytes| bytes == word));
        }

        let mut noted = jpeg[..2].to_vec();
        noted.extend(b"\xFF\xFE\0\x08secret");
        noted.extend(&jpeg[2..]);
        noted.extend(b"secret");
        let facts = facts_of(noted, false).expect("an image").expect("whole");
        assert_eq!(facts.bytes, jpeg);
    }

    #[test]
    fn other_bytes_are_no_image() {
        assert_eq!(of("%PDF-1.7"), None);
        assert_eq!(of(""), None);
    }
}
