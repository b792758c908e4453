//! The pixels of pictures, as light and dark.

use image::{ColorType, RgbImage};
use lopdf::{Dictionary, Document, Object, Stream};

use super::content::color::Space;
use super::object::{decoded, get, get_bool, get_int, get_number, get_stream, numbers};

/// The most pixels of a picture that is read: A4 at 800 to the inch.
const MOST_PIXELS: usize = 64 << 20;
/// The most bytes that a picture may unpack to.
const LARGEST: usize = 512 << 20;

/// A picture in grey, with its rows from the top. 0 is black and 255 is white.
pub(super) struct Luma {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<u8>,
}

/// A picture in grey. `None` if its format cannot be unpacked.
pub(super) fn luma(doc: &Document, image: &Stream) -> Option<Luma> {
    let side = |key: &[u8]| usize::try_from(get_int(doc, &image.dict, key)?).ok();
    let (width, height) = (side(b"Width")?, side(b"Height")?);
    let pixels = width.checked_mul(height)?;
    if pixels == 0 || pixels > MOST_PIXELS {
        return None;
    }
    let filters = filters(image);
    let mut values = match filters.last().map(Vec::as_slice) {
        Some(b"DCTDecode" | b"DCT" | b"JPXDecode") => {
            let picture = photograph(image, &filters)?;
            if (picture.width() as usize, picture.height() as usize) != (width, height) {
                return None;
            }
            picture.into_luma8().into_raw()
        }
        Some(b"CCITTFaxDecode" | b"CCF") if filters.len() == 1 => fax(doc, image, (width, height))?,
        Some(b"JBIG2Decode") if filters.len() == 1 => jbig2(doc, image)?,
        Some(b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" | b"Crypt") => return None,
        _ => plain(doc, image, (width, height))?,
    };
    if values.len() != pixels {
        return None;
    }
    let turned = get(doc, &image.dict, b"Decode")
        .and_then(|decode| numbers::<2>(doc, decode))
        .is_some_and(|[low, high]| low > high);
    if turned {
        values.iter_mut().for_each(|value| *value = 255 - *value);
    }
    Some(Luma {
        width,
        height,
        values,
    })
}

/// A picture in red, green and blue, if its samples are these or grey, with eight bits each. `None` for
/// any other, whose colours only drawing makes out.
pub(super) fn rgb(doc: &Document, image: &Stream) -> Option<RgbImage> {
    let side = |key: &[u8]| u32::try_from(get_int(doc, &image.dict, key)?).ok();
    let (width, height) = (side(b"Width")?, side(b"Height")?);
    let grey = match get(doc, &image.dict, b"ColorSpace")? {
        Object::Name(name) if name == b"DeviceRGB" => false,
        Object::Name(name) if name == b"DeviceGray" => true,
        _ => return None,
    };
    if image.dict.has(b"Decode") || get_int(doc, &image.dict, b"BitsPerComponent") != Some(8) {
        return None;
    }
    let filters = filters(image);
    let picture = match filters.last().map(Vec::as_slice) {
        Some(b"DCTDecode") => photograph(image, &filters)?,
        Some(b"FlateDecode" | b"LZWDecode" | b"RunLengthDecode") | None => {
            let samples = decoded(image, MOST_PIXELS * 3)?;
            if grey {
                image::GrayImage::from_raw(width, height, samples)?.into()
            } else {
                RgbImage::from_raw(width, height, samples)?.into()
            }
        }
        _ => return None,
    };
    let is_as_told = (picture.width(), picture.height()) == (width, height)
        && matches!(
            (grey, picture.color()),
            (true, ColorType::L8) | (false, ColorType::Rgb8)
        );
    is_as_told.then(|| picture.into_rgb8())
}

/// The names of a stream's filters.
pub(super) fn filters(image: &Stream) -> Vec<Vec<u8>> {
    image
        .filters()
        .unwrap_or_default()
        .into_iter()
        .map(<[u8]>::to_vec)
        .collect()
}

/// An unpacked photograph. Its last filter is that of JPEG or JPEG 2000.
pub(super) fn photograph(image: &Stream, filters: &[Vec<u8>]) -> Option<image::DynamicImage> {
    let packed = if filters.len() == 1 {
        image.content.clone()
    } else {
        // Undo the filters around the photograph.
        let mut outer = image.clone();
        let names = filters[..filters.len() - 1]
            .iter()
            .map(|name| Object::Name(name.clone()))
            .collect();
        outer.dict.set("Filter", Object::Array(names));
        outer.dict.remove(b"DecodeParms");
        decoded(&outer, LARGEST)?
    };
    if filters.last().is_some_and(|last| last == b"JPXDecode") {
        return jpeg_2000(&packed);
    }
    let mut reader =
        image::ImageReader::with_format(std::io::Cursor::new(&packed), image::ImageFormat::Jpeg);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(LARGEST as u64);
    reader.limits(limits);
    reader.decode().ok()
}

/// An unpacked JPEG 2000 in grey or in red, green and blue. `None` for any other, or if it has an alpha
/// channel.
fn jpeg_2000(packed: &[u8]) -> Option<image::DynamicImage> {
    // The decoder may panic. That only loses this picture.
    std::panic::catch_unwind(|| {
        let settings = hayro_jpeg2000::DecodeSettings::default();
        let picture = hayro_jpeg2000::Image::new(packed, &settings).ok()?;
        let (width, height) = (picture.width(), picture.height());
        if picture.has_alpha() || width as usize * height as usize > MOST_PIXELS {
            return None;
        }
        let channels = picture.color_space().num_channels();
        let samples = picture.decode().ok()?;
        match channels {
            1 => image::GrayImage::from_raw(width, height, samples).map(Into::into),
            3 => image::RgbImage::from_raw(width, height, samples).map(Into::into),
            _ => None,
        }
    })
    .ok()
    .flatten()
}

/// A picture whose samples are grey or red, green and blue.
fn plain(doc: &Document, image: &Stream, (width, height): (usize, usize)) -> Option<Vec<u8>> {
    let bits = get_int(doc, &image.dict, b"BitsPerComponent")?;
    let space = Space::read(doc, get(doc, &image.dict, b"ColorSpace")?, None);
    let samples = decoded(image, MOST_PIXELS * 3)?;
    let row = width
        .checked_mul(space.components())?
        .checked_mul(usize::try_from(bits).ok()?)?
        .div_ceil(8);
    let rows = samples.chunks_exact(row.max(1)).take(height);
    match (bits, space.is_plain().then(|| space.components())) {
        (8, Some(1)) => Some(rows.flatten().copied().collect()),
        (8, Some(3)) => {
            let grey = |rgb: &[u8]| {
                let sum = u32::from(rgb[0]) * 30 + u32::from(rgb[1]) * 59 + u32::from(rgb[2]) * 11;
                u8::try_from(sum / 100).unwrap_or(255)
            };
            Some(rows.flat_map(|row| row.chunks_exact(3).map(grey)).collect())
        }
        (1, Some(1)) => Some(
            rows.flat_map(|row| {
                (0..width).map(|x| {
                    if row[x / 8] & (0x80 >> (x % 8)) == 0 {
                        0
                    } else {
                        255
                    }
                })
            })
            .collect(),
        ),
        _ => None,
    }
}

/// Collects grey values from decoders of pictures in black and white.
struct Grey {
    values: Vec<u8>,
    most: usize,
}

impl Grey {
    fn push(&mut self, white: bool, count: usize) {
        let count = count.min(self.most.saturating_sub(self.values.len()));
        let value = if white { 255 } else { 0 };
        self.values.extend(std::iter::repeat_n(value, count));
    }
}

impl hayro_ccitt::Decoder for Grey {
    fn push_pixel(&mut self, white: bool) {
        self.push(white, 1);
    }

    fn push_pixel_chunk(&mut self, white: bool, chunk_count: u32) {
        self.push(white, chunk_count as usize * 8);
    }

    fn next_line(&mut self) {}
}

impl hayro_jbig2::Decoder for Grey {
    fn push_pixel(&mut self, black: bool) {
        self.push(!black, 1);
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        self.push(!black, chunk_count as usize * 8);
    }

    fn next_line(&mut self) {}
}

/// The parameters of the only filter.
fn parameters(doc: &Document, image: &Stream) -> Dictionary {
    match get(doc, &image.dict, b"DecodeParms") {
        Some(Object::Dictionary(dict)) => dict.clone(),
        Some(Object::Array(list)) => list
            .first()
            .and_then(|first| super::object::as_dict(super::object::resolve(doc, first)))
            .cloned()
            .unwrap_or_default(),
        _ => Dictionary::new(),
    }
}

/// A picture that is packed as by fax machines.
fn fax(doc: &Document, image: &Stream, (width, height): (usize, usize)) -> Option<Vec<u8>> {
    let parameters = parameters(doc, image);
    let flag = |key: &[u8], usual: bool| get_bool(doc, &parameters, key).unwrap_or(usual);
    let columns = get_int(doc, &parameters, b"Columns").unwrap_or(1728);
    if usize::try_from(columns).ok()? != width {
        return None;
    }
    let k = get_number(doc, &parameters, b"K").unwrap_or(0.0);
    let settings = hayro_ccitt::DecodeSettings {
        columns: u32::try_from(width).ok()?,
        rows: u32::try_from(height).ok()?,
        end_of_block: flag(b"EndOfBlock", true),
        end_of_line: flag(b"EndOfLine", false),
        rows_are_byte_aligned: flag(b"EncodedByteAlign", false),
        encoding: if k < 0.0 {
            hayro_ccitt::EncodingMode::Group4
        } else if k == 0.0 {
            hayro_ccitt::EncodingMode::Group3_1D
        } else {
            hayro_ccitt::EncodingMode::Group3_2D { k: k as u32 }
        },
        invert_black: flag(b"BlackIs1", false),
    };
    let mut grey = Grey {
        values: Vec::new(),
        most: width * height,
    };
    let mut context = hayro_ccitt::DecoderContext::new(settings);
    hayro_ccitt::decode(&image.content, &mut grey, &mut context).ok()?;
    // Missing rows are white.
    grey.values.resize(width * height, 255);
    Some(grey.values)
}

/// A picture in black and white that is packed as by scanners.
fn jbig2(doc: &Document, image: &Stream) -> Option<Vec<u8>> {
    let parameters = parameters(doc, image);
    let globals =
        get_stream(doc, &parameters, b"JBIG2Globals").and_then(|globals| decoded(globals, LARGEST));
    let picture = hayro_jbig2::Image::new_embedded(&image.content, globals.as_deref()).ok()?;
    let pixels = (picture.width() as usize).checked_mul(picture.height() as usize)?;
    if pixels > MOST_PIXELS {
        return None;
    }
    let mut grey = Grey {
        values: Vec::new(),
        most: pixels,
    };
    picture.decode(&mut grey).ok()?;
    Some(grey.values)
}
