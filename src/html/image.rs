//! Images inside the page: as `data:` addresses, so that it makes no requests.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::markup;
use super::options::Options;
use crate::compose::words::Words;
use crate::model::{PageRegion, SourceName};

/// An image file as a `data:` address; `None` if it does not exist or is not an image that browsers show.
pub(super) fn data_uri(options: &Options<'_>, source: &str) -> Option<String> {
    let bytes = (options.images)(&SourceName(source.to_owned()))?;
    let kind = kind(&bytes)?;
    let mut uri = format!("data:{kind};base64,");
    STANDARD.encode_string(&bytes, &mut uri);
    Some(uri)
}

/// The media type of an image by its first bytes. An SVG inside `<img>` runs nothing and loads
/// nothing (HTML Standard, secure static mode).
fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some("image/jpeg");
    }
    let head = &bytes[..bytes.len().min(4096)];
    head.windows(4)
        .any(|window| window == b"<svg")
        .then_some("image/svg+xml")
}

/// How wide and high a picture of a part of a printed page is, in pixels of a style sheet: 96 to an inch, and a
/// quarter more, as text on the screen is larger than in print. `None` for any other image.
pub(super) fn size(source: &str) -> Option<(u32, u32)> {
    let (_, region) = PageRegion::of_address(source)?;
    let pixels = |points: u32| points.saturating_mul(5).div_ceil(3);
    Some((pixels(region.width), pixels(region.height)))
}

/// The image's element, as large as given if the window has room for it, or words in its place.
pub(super) fn set(
    words: Words,
    source: Option<&str>,
    alt: &str,
    size: Option<(u32, u32)>,
) -> String {
    let mut out = String::with_capacity(source.map_or(0, str::len) + 200);
    match source {
        Some(source) => {
            let alt = if alt.is_empty() {
                words.image_undescribed()
            } else {
                alt
            };
            out.push_str("<img");
            // Nothing in the address of data needs escaping.
            let _ = write!(out, " src=\"{source}\"");
            markup::pair(&mut out, "alt", alt);
            if let Some((width, height)) = size {
                let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
            }
            out.push('>');
        }
        None => {
            out.push_str("<span class=\"no-image\">");
            let (label, alt) = if alt.is_empty() {
                (words.image_undescribed(), "")
            } else {
                (words.image(), alt)
            };
            markup::text(&mut out, label);
            if !alt.is_empty() {
                out.push_str(": ");
                markup::text(&mut out, alt);
            }
            out.push_str("</span>");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_a_page_is_as_large_as_its_part_of_the_page() {
        // Three inches are 288 pixels, and a quarter more is 360.
        let place = "report.pdf#page=2&viewrect=72,100,216,144";
        assert_eq!(size(place), Some((360, 240)));
        let out = set(Words::English, Some("data:,"), "A bar chart", size(place));
        assert!(
            out.ends_with(" alt=\"A bar chart\" width=\"360\" height=\"240\">"),
            "{out}"
        );
        assert_eq!(size("plan.png"), None);
    }

    #[test]
    fn only_images_become_images() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(
            kind(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
            Some("image/svg+xml")
        );
        assert_eq!(kind(b"<html><script>"), None);
        assert_eq!(kind(b""), None);
    }
}
