//! How far the eye tells two colours apart, as WCAG 2.2 counts it.

/// The contrast of two colours in sRGB: the ratio of their relative luminances, from 1 to 21.
pub(crate) fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of a colour, from 0 to 1.
fn luminance([red, green, blue]: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_contrasts() {
        let (black, white) = ([0; 3], [255; 3]);
        for (one, other, expected) in [
            (black, white, 21.0),
            (white, white, 1.0),
            // The lightest grey on white that is enough for text.
            ([0x76; 3], white, 4.54),
            (white, [0xff, 0, 0], 4.0),
            ([0, 0, 0xff], white, 8.59),
        ] {
            let found = contrast(one, other);
            assert!(
                (found - expected).abs() < 0.005,
                "{one:?} {other:?}: {found}"
            );
        }
    }
}
