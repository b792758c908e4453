//! A picture made of pixels, as a pack carries it: upright, in RGB, no finer than a page can show, and
//! without metadata about cameras, places and people.
//!
//! It is decoded by the typesetting engine's decoders, so that what they refuse is found when the file
//! is read.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::{PngDecoder, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageEncoder, RgbImage};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::model::ImageFormat;
use crate::pdf::jpeg::jpeg;

/// The most pixels along a side that a page shows: A4 at 300 pixels an inch.
const MOST_SHOWN: u32 = 3_508;
/// A picture with more pixels than this along a side is made smaller; for one with fewer it would gain
/// little, unless its file is heavy.
const FINE: u32 = 4_560;
/// A file is heavy if it has more bytes than this for a hundred pixels.
const MOST_FOR_A_HUNDRED: u64 = 50;
/// A picture is far too large if it is this many times as large as it may be.
const FAR_TOO_LARGE: u32 = 2;
/// The most pixels along a side that the engine takes.
const MOST_TAKEN: u32 = 16_384;
/// The most bytes of memory for the pixels of one picture.
const MOST_BYTES: u64 = 400 << 20;
/// Pictures of more bytes than this are unpacked one at a time, so that memory stays bounded.
const LARGE: u64 = 64 << 20;
/// The quality of a JPEG that is made again.
const QUALITY: u8 = 92;

/// A picture as it goes into a pack.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its file in the pack.
    pub(super) bytes: Bytes,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Its size in pixels before it was made smaller.
    pub(super) scaled_from: Option<(u32, u32)>,
    /// Whether its colours were CMYK.
    pub(super) was_cmyk: bool,
    /// Whether its file ends before the picture does.
    pub(super) breaks_off: bool,
}

/// Why a picture cannot be taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its width and height in pixels need too much memory.
    TooLarge(u32, u32),
    /// It cannot be unpacked.
    Damaged,
}

impl From<image::ImageError> for Fault {
    fn from(_: image::ImageError) -> Self {
        Self::Damaged
    }
}

/// Reads a picture; at its full size if `full_size`, otherwise no finer than a page can show.
///
/// # Errors
/// When it is too large or damaged.
pub(super) fn picture(
    format: ImageFormat,
    bytes: &Bytes,
    full_size: bool,
) -> Result<Picture, Fault> {
    if full_size {
        no_finer(format, bytes, MOST_TAKEN)
    } else {
        of_kind(format, bytes, MOST_SHOWN, FINE)
    }
}

/// The same with at most `most` pixels along a side.
pub(super) fn no_finer(format: ImageFormat, bytes: &Bytes, most: u32) -> Result<Picture, Fault> {
    of_kind(format, bytes, most, most)
}

/// The same, made smaller only if it has more than `fine` pixels along a side or is heavy.
fn of_kind(format: ImageFormat, bytes: &Bytes, most: u32, fine: u32) -> Result<Picture, Fault> {
    match format {
        ImageFormat::Png => {
            let mut decoder = PngDecoder::new(Cursor::new(bytes))?;
            let orientation = decoder.orientation().ok();
            made(format, decoder, bytes, (most, fine), (orientation, None))
        }
        _ => {
            let bytes = &with_plain_mark(bytes);
            let decoder = JpegDecoder::new(Cursor::new(bytes))?;
            let seen = (orientation(bytes), inks(bytes)?);
            made(format, decoder, bytes, (most, fine), seen)
        }
    }
}

fn made(
    format: ImageFormat,
    mut decoder: impl ImageDecoder,
    bytes: &Bytes,
    (most, fine): (u32, u32),
    (orientation, inks): (Option<Orientation>, Option<Inks>),
) -> Result<Picture, Fault> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let (width, height) = decoder.dimensions();
    let weight = decoder.total_bytes();
    if weight > MOST_BYTES {
        return Err(Fault::TooLarge(width, height));
    }
    let _turn =
        (weight > LARGE).then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let was_cmyk = inks.is_some();
    let mut dots = match inks {
        Some(inks) => inks.on_screen(profile.as_deref())?,
        None => DynamicImage::from_decoder(decoder)?,
    };
    let dots_in_all = u64::from(width) * u64::from(height);
    let is_heavy = bytes.len() as u64 > dots_in_all / 100 * MOST_FOR_A_HUNDRED;
    let side = width.max(height);
    let too_fine = side > fine || side > most && is_heavy;
    let kept = match format {
        ImageFormat::Png => png_alone(bytes).map(|alone| (alone, true)),
        _ => jpeg_alone(bytes),
    };
    let (kept, is_whole) = kept.ok_or(Fault::Damaged)?;
    if orientation == Orientation::NoTransforms && !was_cmyk && !too_fine {
        return Ok(Picture {
            bytes: kept.into(),
            width,
            height,
            scaled_from: None,
            was_cmyk,
            breaks_off: !is_whole,
        });
    }
    drop(kept);
    if too_fine {
        dots = smaller(&dots, most);
    }
    dots.apply_orientation(orientation);
    // A CMYK profile does not apply to the RGB that was made of it.
    let profile = profile.filter(|_| !was_cmyk);
    Ok(Picture {
        width: dots.width(),
        height: dots.height(),
        bytes: encoded(format, &dots, profile)?.into(),
        scaled_from: too_fine.then_some((width, height)),
        was_cmyk,
        breaks_off: !is_whole,
    })
}

/// A picture with at most `most` pixels along a side. One that is far too large is averaged, which needs
/// no further memory.
fn smaller(dots: &DynamicImage, most: u32) -> DynamicImage {
    if dots.width().max(dots.height()) >= FAR_TOO_LARGE.saturating_mul(most) {
        dots.thumbnail(most, most)
    } else {
        dots.resize(most, most, FilterType::Triangle)
    }
}

fn encoded(
    format: ImageFormat,
    dots: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<Vec<u8>, Fault> {
    let mut file = Vec::new();
    // A profile that the encoder cannot store is left out: most are those of screens.
    match format {
        ImageFormat::Png => {
            let mut encoder = PngEncoder::new(&mut file);
            if let Some(profile) = profile {
                let _ = encoder.set_icc_profile(profile);
            }
            dots.write_with_encoder(encoder)?;
        }
        _ => {
            let size = (dots.width(), dots.height());
            let (colour, samples) = match dots {
                DynamicImage::ImageLuma8(grey) => {
                    (ColorType::L8, Cow::Borrowed(grey.as_raw().as_slice()))
                }
                _ => (ColorType::Rgb8, dots.to_rgb8().into_raw().into()),
            };
            let jpeg = jpeg(size, colour, &samples, QUALITY, None, profile.as_deref());
            file = jpeg.ok_or(Fault::Damaged)?;
        }
    }
    Ok(file)
}

/// A picture in CMYK: a byte each of cyan, magenta, yellow and black, of which 255 is full ink.
struct Inks {
    width: u32,
    height: u32,
    dots: Vec<u8>,
}

/// Which way up a JPEG is, as its first Exif data says: others are what editors left behind.
fn orientation(bytes: &[u8]) -> Option<Orientation> {
    let exif = segments(bytes)
        .find_map(|(_, marker, data)| (marker == 0xE1).then(|| data.strip_prefix(b"Exif\0\0"))?);
    Orientation::from_exif_chunk(exif?)
}

/// The inks of a JPEG in CMYK.
fn inks(bytes: &[u8]) -> Result<Option<Inks>, Fault> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| Fault::Damaged)?;
    let space = decoder.input_colorspace();
    // The decoder takes the mark of RGB for that of CMYK until it has counted the colours.
    let of_four = decoder.info().is_some_and(|info| info.components == 4);
    if !of_four || !matches!(space, Some(ColorSpace::CMYK | ColorSpace::YCCK)) {
        return Ok(None);
    }
    let (width, height) = decoder.dimensions().ok_or(Fault::Damaged)?;
    let (width, height) = (width as u32, height as u32);
    if u64::from(width) * u64::from(height) * 4 > MOST_BYTES {
        return Err(Fault::TooLarge(width, height));
    }
    let space = space.unwrap_or(ColorSpace::CMYK);
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let mut dots = decoder.decode().map_err(|_| Fault::Damaged)?;
    if space == ColorSpace::YCCK {
        for dot in dots.as_chunks_mut::<4>().0 {
            *dot = from_ycck(*dot);
        }
    }
    // Photoshop, whose mark is on nearly every such file, stores inks inverted.
    if segments(bytes).any(|(_, marker, data)| marker == 0xEE && data.starts_with(b"Adobe")) {
        for ink in &mut dots {
            *ink = 255 - *ink;
        }
    }
    Ok(Some(Inks {
        width,
        height,
        dots,
    }))
}

/// Converts YCCK, the form in which JPEG compresses CMYK better.
fn from_ycck([light, blue, red, black]: [u8; 4]) -> [u8; 4] {
    let light = f32::from(light);
    let (blue, red) = (f32::from(blue) - 128.0, f32::from(red) - 128.0);
    let ink = |value: f32| 255 - value.round().clamp(0.0, 255.0) as u8;
    [
        ink(light + 1.402 * red),
        ink(light - 0.344_136 * blue - 0.714_136 * red),
        ink(light + 1.772 * blue),
        black,
    ]
}

impl Inks {
    /// The picture in RGB: by its profile, or by the usual formula if it has none.
    fn on_screen(&self, profile: Option<&[u8]>) -> Result<DynamicImage, Fault> {
        let dots = profile
            .and_then(|profile| self.by_profile(profile))
            .unwrap_or_else(|| self.by_rule());
        RgbImage::from_raw(self.width, self.height, dots)
            .map(DynamicImage::ImageRgb8)
            .ok_or(Fault::Damaged)
    }

    fn by_profile(&self, profile: &[u8]) -> Option<Vec<u8>> {
        use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
        let profile = ColorProfile::new_from_slice(profile).ok()?;
        if profile.color_space != DataColorSpace::Cmyk {
            return None;
        }
        let screen = ColorProfile::new_srgb();
        let transform = profile
            .create_transform_8bit(
                Layout::Rgba,
                &screen,
                Layout::Rgb,
                TransformOptions::default(),
            )
            .ok()?;
        let mut dots = vec![0; self.dots.len() / 4 * 3];
        transform.transform(&self.dots, &mut dots).ok()?;
        Some(dots)
    }

    fn by_rule(&self) -> Vec<u8> {
        self.dots
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|&[cyan, magenta, yellow, black]| {
                [cyan, magenta, yellow].map(|ink| {
                    let light = u16::from(255 - ink) * u16::from(255 - black);
                    u8::try_from((light + 127) / 255).unwrap_or(u8::MAX)
                })
            })
            .collect()
    }
}

/// A JPEG whose mark of Adobe's says what other readers take it to say. The decoder refuses one that
/// is too short, and one that names no kind of colours; others ignore the first, and any in a file
/// that has JFIF's mark, and take the second for the usual kind.
fn with_plain_mark(bytes: &Bytes) -> Bytes {
    /// Where the kind of colours is in the segment's data.
    const KIND: usize = 11;
    let mut mark = None;
    let mut colours = None;
    let mut has_jfif = false;
    for (at, marker, data) in segments(bytes) {
        match marker {
            0xEE if data.starts_with(b"Adobe") => mark = mark.or(Some((at, data))),
            0xE0 if data.starts_with(b"JFIF\0") => has_jfif = true,
            0xC0..=0xC2 => colours = data.get(5).copied(),
            _ => {}
        }
    }
    let Some((at, mark)) = mark else {
        return bytes.clone();
    };
    let kind = match (colours, mark.get(KIND)) {
        (Some(3), Some(0 | 1)) if !has_jfif => return bytes.clone(),
        (Some(4), Some(0 | 2)) | (Some(1), Some(0..=2)) => {
            return bytes.clone();
        }
        (Some(4), Some(_)) => Some(2),
        (Some(3), Some(_)) => Some(1),
        _ => None,
    };
    let mut plain = bytes.to_vec();
    match kind {
        Some(kind) => plain[at + KIND] = kind,
        // Under another name it is none.
        None => plain[at..at + 5].fill(b' '),
    }
    plain.into()
}

/// The segments of a JPEG before its picture data: the place of what follows the length, the marker,
/// and what follows the length.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (usize, u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        // Padding before a marker.
        while bytes.get(at..at + 2)? == [0xFF, 0xFF] {
            at += 1;
        }
        let (marker, whole) = segment(bytes, at)?;
        let data = at + 4;
        at += whole.len();
        (marker != 0xDA).then(|| (data, marker, &whole[4..]))
    })
}

/// The segment at a place, with its marker and length.
fn segment(bytes: &[u8], at: usize) -> Option<(u8, &[u8])> {
    let &[0xFF, marker, high, low] = bytes.get(at..at.checked_add(4)?)? else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([high, low])).max(2);
    Some((marker, bytes.get(at..at + 2 + length)?))
}

/// A JPEG with only its picture, size and colours, and whether its file is complete.
fn jpeg_alone(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut alone = bytes.get(..2)?.to_vec();
    let mut at = 2;
    let mut is_whole = true;
    loop {
        // Padding before a marker.
        while bytes.get(at..at + 2)? == [0xFF, 0xFF] {
            at += 1;
        }
        if bytes.get(at..at + 2)? == [0xFF, 0xD9] {
            break;
        }
        let (marker, whole) = segment(bytes, at)?;
        at += whole.len();
        match marker {
            0xE0 if whole[4..].starts_with(b"JFIF\0") && whole.len() >= 18 => {
                // Without its thumbnail.
                alone.extend([0xFF, 0xE0, 0, 16]);
                alone.extend(&whole[4..16]);
                alone.extend([0, 0]);
            }
            0xE2 if whole[4..].starts_with(b"ICC_PROFILE\0") => alone.extend(whole),
            0xEE if whole[4..].starts_with(b"Adobe") => alone.extend(whole),
            0xE0..=0xEF | 0xFE => {}
            0xDA => {
                alone.extend(whole);
                let data = entropy_coded(&bytes[at..]);
                alone.extend(data);
                at += data.len();
                // An incomplete one is shown as far as it goes.
                if at >= bytes.len() {
                    is_whole = false;
                    break;
                }
            }
            _ => alone.extend(whole),
        }
    }
    alone.extend([0xFF, 0xD9]);
    Some((alone, is_whole))
}

/// The picture data at the beginning of some bytes, up to the next marker.
fn entropy_coded(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .windows(2)
        .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF));
    end.map_or(bytes, |end| &bytes[..end])
}

/// A PNG with only the chunks that make the picture.
fn png_alone(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8; 4]; 10] = [
        b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT",
    ];
    let mut alone = bytes.get(..8)?.to_vec();
    let mut at = 8_usize;
    loop {
        let length: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = u32::from_be_bytes(length) as usize;
        let kind: &[u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let whole = bytes.get(at..end);
        if kind == b"IEND" {
            alone.extend(b"\0\0\0\0IEND\xAE\x42\x60\x82");
            return Some(alone);
        }
        if KEPT.contains(&kind) {
            alone.extend(whole?);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A segment of Exif data that says which way up the picture is.
    fn exif(way: u8) -> Vec<u8> {
        let told = [
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
            &[way],
        ];
        let data = [&told.concat()[..], &[0; 6]].concat();
        let length = [0, 2 + data.len() as u8];
        [b"\xFF\xE1", &length[..], &data].concat()
    }

    #[test]
    fn the_first_of_several_exif_data_says_which_way_up() {
        let jpeg = |parts: &[&[u8]]| [b"\xFF\xD8", &parts.concat()[..], b"\xFF\xDA\0\x02"].concat();
        let (turned, upside) = (exif(6), exif(3));
        let remark = b"\xFF\xE1\0\x09http://";
        for parts in [
            &[&turned[..]][..],
            &[&turned, &upside],
            &[remark, &turned, &upside],
            &[b"\xFF\xFF\xFF", &turned],
        ] {
            assert_eq!(orientation(&jpeg(parts)), Some(Orientation::Rotate90));
        }
        assert_eq!(
            orientation(&jpeg(&[&upside, &turned])),
            Some(Orientation::Rotate180)
        );
        assert_eq!(orientation(&jpeg(&[remark])), None);
    }
}
