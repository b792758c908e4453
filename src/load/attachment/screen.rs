//! Pictures for a screen, which shows fewer pixels than paper.

use std::io::Cursor;

use bytes::Bytes;
use image::ImageReader;

use super::picture;
use crate::model::ImageFormat;

/// The most pixels along a side of a picture on a web page: twice what its widest column shows on an
/// ordinary screen.
const MOST: u32 = 1_600;

/// Whether a picture has more pixels than a screen shows.
pub fn is_too_fine_for_screen(bytes: &[u8]) -> bool {
    format(bytes).is_some()
        && ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .ok()
            .and_then(|reader| reader.into_dimensions().ok())
            .is_some_and(|(width, height)| width.max(height) > MOST)
}

/// The same picture with as many pixels as a screen shows, if that is the smaller file.
pub fn for_screen(bytes: &Bytes) -> Option<Bytes> {
    let smaller = picture::no_finer(format(bytes)?, bytes, MOST).ok()?.bytes;
    (smaller.len() < bytes.len()).then_some(smaller)
}

fn format(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(ImageFormat::Jpeg)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat as Encoding, Rgb, RgbImage};

    fn picture(side: u32) -> Bytes {
        let mut file = Cursor::new(Vec::new());
        let dots = RgbImage::from_fn(side, 40, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, 90]));
        DynamicImage::from(dots)
            .write_to(&mut file, Encoding::Png)
            .expect("it can be written");
        file.into_inner().into()
    }

    #[test]
    fn what_is_finer_than_a_screen_is_made_smaller() {
        let fine = picture(3_000);
        assert!(is_too_fine_for_screen(&fine));
        let smaller = for_screen(&fine).expect("a smaller one");
        assert!(!is_too_fine_for_screen(&smaller));
        assert!(!is_too_fine_for_screen(&picture(1_600)));
        assert!(!is_too_fine_for_screen(
            b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        ));
        assert!(!is_too_fine_for_screen(b"\x89PNG\r\n\x1a\nnothing"));
    }
}
