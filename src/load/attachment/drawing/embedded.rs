//! Pictures embedded in a drawing as `data:` addresses.

use bytes::Bytes;

use crate::load::attachment::picture;
use crate::model::ImageFormat;

/// The picture in a `data:` address, as it goes into a pack, with its media type.
pub(super) fn inside(address: &str) -> Option<(&'static str, Bytes)> {
    let (head, data) = address.trim().strip_prefix("data:")?.split_once(',')?;
    let (format, kind) = match head.split(';').next().map(str::trim) {
        Some("image/png") => (ImageFormat::Png, "image/png"),
        Some("image/jpeg" | "image/jpg") => (ImageFormat::Jpeg, "image/jpeg"),
        _ => return None,
    };
    let picture = picture::picture(format, &unpacked(data)?.into(), true).ok()?;
    let whole = !picture.was_cmyk && picture.scaled_from.is_none();
    whole.then_some((kind, picture.bytes))
}

/// The `data:` address of a picture.
pub(super) fn packed(kind: &str, picture: &[u8]) -> String {
    use base64::Engine as _;
    let data = base64::engine::general_purpose::STANDARD.encode(picture);
    format!("data:{kind};base64,{data}")
}

/// Decodes base64, ignoring whitespace.
fn unpacked(data: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let data: String = data.split_ascii_whitespace().collect();
    base64::engine::general_purpose::STANDARD.decode(data).ok()
}
