//! Makes JPEGs.

use image::ColorType;
use jpeg_encoder::{Encoder, PixelDensity, SamplingFactor};

/// Packs the samples of a picture, in grey or RGB, at full resolution of its colours. `per_inch` is how
/// many pixels are in an inch, and `profile` the ICC profile of the samples, which is left out if it is
/// too long. `None` if the picture is larger than a JPEG can be.
pub(crate) fn jpeg(
    (width, height): (u32, u32),
    colour: ColorType,
    samples: &[u8],
    quality: u8,
    per_inch: Option<u16>,
    profile: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let colour = match colour {
        ColorType::L8 => jpeg_encoder::ColorType::Luma,
        ColorType::Rgb8 => jpeg_encoder::ColorType::Rgb,
        _ => return None,
    };
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    if let Some(per_inch) = per_inch {
        encoder.set_density(PixelDensity::dpi(per_inch));
    }
    if let Some(profile) = profile {
        let _ = encoder.add_icc_profile(profile);
    }
    let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
    encoder.encode(samples, width, height, colour).ok()?;
    Some(file)
}
