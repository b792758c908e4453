//! Images inside the page: as `data:` addresses, so that it makes no requests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::markup;
use super::options::Options;
use crate::compose::words::Words;
use crate::model::SourceName;

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

/// The image's element, or words in its place.
pub(super) fn set(words: Words, source: Option<&str>, alt: &str) -> String {
    let mut out = String::new();
    match source {
        Some(source) => {
            let alt = if alt.is_empty() {
                words.image_undescribed()
            } else {
                alt
            };
            out.push_str("<img");
            markup::pair(&mut out, "src", source);
            markup::pair(&mut out, "alt", alt);
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
