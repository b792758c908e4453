//! Images, told apart by their first bytes: format and size, and whether the file is whole.

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::model::{ImageFormat, SourceName};

/// The most dots an image may have, so that unpacking it stays within memory.
const MOST_DOTS: f64 = 200e6;

/// Pieces of lettering taken from one drawing; a map with more is no use as a list.
const MOST_LETTERING: usize = 400;

/// Format and size of an image, and its lettering where it is a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ImageFacts {
    pub(crate) format: ImageFormat,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) lettering: Vec<String>,
}

/// The facts of an image or why it cannot be used; nothing where the bytes are no image.
pub(super) fn facts(name: &SourceName, bytes: &[u8]) -> Option<Result<ImageFacts, Refusal>> {
    let mut lettering = Vec::new();
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (ImageFormat::Png, png(bytes))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        (ImageFormat::Jpeg, jpeg(bytes))
    } else if is_svg(bytes) {
        let drawing = svg(bytes);
        let size = drawing.as_ref().map(|drawing| drawing.size);
        lettering = drawing.map_or_else(Vec::new, |drawing| drawing.lettering);
        (ImageFormat::Svg, size)
    } else {
        return None;
    };
    Some(match size {
        (format, Some((width, height))) if width > 0.0 && height > 0.0 => {
            if format != ImageFormat::Svg && width * height > MOST_DOTS {
                Err(Refusal::new(
                    codes::NOT_AN_IMAGE,
                    format!("{name} has {width} by {height} dots, more than a pack takes"),
                    "Make it smaller: 300 dots an inch are enough for print",
                ))
            } else {
                Ok(ImageFacts {
                    format,
                    width,
                    height,
                    lettering,
                })
            }
        }
        _ => Err(Refusal::new(
            codes::NOT_AN_IMAGE,
            format!("{name} is a damaged image"),
            "Open it in an image program and save it again, or ask for the file once more",
        )),
    })
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

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}

/// The size in the header of a PNG whose chunks reach to its end.
fn png(bytes: &[u8]) -> Option<(f64, f64)> {
    let size = (f64::from(be32(bytes, 16)?), f64::from(be32(bytes, 20)?));
    let mut at = 8_usize;
    let mut has_data = false;
    loop {
        let length = be32(bytes, at)? as usize;
        match bytes.get(at + 4..at + 8)? {
            b"IEND" => return has_data.then_some(size),
            b"IDAT" => has_data = true,
            _ => {}
        }
        at = at.checked_add(length)?.checked_add(12)?;
    }
}

/// The size in the frame header of a JPEG that has picture data after it.
fn jpeg(bytes: &[u8]) -> Option<(f64, f64)> {
    let mut at = 2_usize;
    let mut size = None;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        let length = usize::from(u16::from_be_bytes([
            *bytes.get(at + 2)?,
            *bytes.get(at + 3)?,
        ]));
        match marker {
            0xFF => {
                at += 1;
                continue;
            }
            // Start of frame, in any of its codings.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let number = |at: usize| {
                    Some(f64::from(u16::from_be_bytes([
                        *bytes.get(at)?,
                        *bytes.get(at + 1)?,
                    ])))
                };
                size = Some((number(at + 7)?, number(at + 5)?));
            }
            // Start of scan: whole where the picture's end follows somewhere.
            0xDA => {
                let rest = bytes.get(at..)?;
                return size.filter(|_| rest.windows(2).any(|pair| pair == [0xFF, 0xD9]));
            }
            _ => {}
        }
        at = at.checked_add(2)?.checked_add(length)?;
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<svg")
        || ((start.starts_with("<?xml") || start.starts_with("<!")) && start.contains("<svg"))
}

/// What is known of an SVG.
struct Drawing {
    /// Its width and height, or those of its view box.
    size: (f64, f64),
    lettering: Vec<String>,
}

fn svg(bytes: &[u8]) -> Option<Drawing> {
    let text = std::str::from_utf8(bytes).ok()?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: 2_000_000,
        ..roxmltree::ParsingOptions::default()
    };
    let document =
        roxmltree::Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
            .ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap_or("")
        .split([' ', ',', '\n', '\t'])
        .filter_map(|number| number.parse().ok())
        .collect();
    let length = |name| root.attribute(name).and_then(length_in_pixels);
    Some(Drawing {
        size: match (length("width"), length("height"), view.as_slice()) {
            (Some(width), Some(height), _) => (width, height),
            (_, _, [_, _, width, height]) => (*width, *height),
            // The size of an image that says nothing, by CSS.
            _ => (300.0, 150.0),
        },
        lettering: lettering(root),
    })
}

/// The texts that a drawing shows, in its own order; what is only defined there is not shown.
fn lettering(root: roxmltree::Node<'_, '_>) -> Vec<String> {
    const DEFINED: [&str; 4] = ["defs", "symbol", "clipPath", "mask"];
    root.descendants()
        .filter(|node| node.has_tag_name((root.tag_name().namespace().unwrap_or(""), "text")))
        .filter(|text| {
            !text.ancestors().any(|above| {
                DEFINED.contains(&above.tag_name().name())
                    || above.attribute("display") == Some("none")
                    || above.attribute("visibility") == Some("hidden")
            })
        })
        .filter_map(|text| {
            let pieces: Vec<&str> = text
                .descendants()
                .filter(roxmltree::Node::is_text)
                .filter_map(|piece| piece.text())
                .flat_map(str::split_whitespace)
                .collect();
            (!pieces.is_empty()).then(|| pieces.join(" "))
        })
        .take(MOST_LETTERING)
        .collect()
}

fn length_in_pixels(written: &str) -> Option<f64> {
    let written = written.trim();
    let figures = written.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &written[figures.len()..] {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    figures
        .trim()
        .parse::<f64>()
        .ok()
        .map(|number| number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Option<Result<(ImageFormat, f64, f64), &'static str>> {
        facts(&SourceName("a.png".into()), bytes).map(|result| {
            result
                .map(|facts| (facts.format, facts.width, facts.height))
                .map_err(|refusal| refusal.code.0)
        })
    }

    #[test]
    fn svg_says_its_size() {
        assert_eq!(
            of(b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1in\" height=\"48\"/>"),
            Some(Ok((ImageFormat::Svg, 96.0, 48.0)))
        );
        assert_eq!(
            of(b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"/>"),
            Some(Ok((ImageFormat::Svg, 30.0, 20.0)))
        );
        assert_eq!(of(b"<svg><g></svg>"), Some(Err("not-an-image")));
    }

    #[test]
    fn a_png_is_whole_or_damaged() {
        let mut png =
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0crc!".to_vec();
        assert_eq!(of(&png), Some(Err("not-an-image")));
        png.extend(b"\0\0\0\0IDATcrc!\0\0\0\0IENDcrc!");
        assert_eq!(of(&png), Some(Ok((ImageFormat::Png, 2.0, 3.0))));
    }

    #[test]
    fn a_jpeg_says_its_size() {
        let mut jpeg =
            b"\xFF\xD8\xFF\xE0\0\x04JF\xFF\xC0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0".to_vec();
        assert_eq!(of(&jpeg), Some(Err("not-an-image")));
        jpeg.extend(b"\xFF\xDA\0\x08\x01\x01\0\0\x3f\0data\xFF\xD9");
        assert_eq!(of(&jpeg), Some(Ok((ImageFormat::Jpeg, 32.0, 16.0))));
    }

    #[test]
    fn other_bytes_are_no_image() {
        assert_eq!(of(b"%PDF-1.7"), None);
        assert_eq!(of(b""), None);
    }
}
