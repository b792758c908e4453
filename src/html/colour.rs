//! The council's accent colour, made dark or light enough to be read.

use crate::contrast::contrast;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(u8, u8, u8);

/// The backgrounds of the page: white, and that of the dark theme.
const LIGHT: Colour = Colour(0xff, 0xff, 0xff);
const DARK: Colour = Colour(0x14, 0x19, 0x1f);
/// More than the 4.5 : 1 that WCAG asks for, since text is also set on tints.
const ENOUGH: f64 = 6.0;
/// More than large print asks for, for the same reason.
const ENOUGH_IN_LARGE_PRINT: f64 = 8.0;

impl Colour {
    /// `#rrggbb` or `#rgb`.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let digits = written.trim().strip_prefix('#')?;
        if !digits.is_ascii() {
            return None;
        }
        let digits = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    fn contrast(self, other: Self) -> f64 {
        contrast([self.0, self.1, self.2], [other.0, other.1, other.2])
    }

    fn towards(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| {
            let mixed = f64::from(a) + (f64::from(b) - f64::from(a)) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes"
            )]
            let mixed = mixed.round() as u8;
            mixed
        };
        Self(
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        )
    }

    fn readable_on(self, ground: Self, end: Self, enough: f64) -> Self {
        (0..=100)
            .map(|percent| self.towards(end, f64::from(percent) / 100.0))
            .find(|colour| colour.contrast(ground) >= enough)
            .unwrap_or(end)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The accent for white and for the dark theme's background: the council's own if it can be read there,
/// otherwise the nearest darker or lighter colour that can.
pub(super) fn accents(written: Option<&str>, large_print: bool) -> (Colour, Colour) {
    let enough = if large_print {
        ENOUGH_IN_LARGE_PRINT
    } else {
        ENOUGH
    };
    let accent = written
        .and_then(Colour::parse)
        .unwrap_or(Colour(0x1d, 0x4f, 0x91));
    (
        accent.readable_on(LIGHT, Colour(0, 0, 0), enough),
        accent.readable_on(DARK, LIGHT, enough),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_can_be_read_on_both_grounds() {
        for written in ["#ffee00", "#1d4f91", "#fff", "#000000", "nonsense", "#äöü"] {
            for large_print in [false, true] {
                let (light, dark) = accents(Some(written), large_print);
                assert!(light.contrast(LIGHT) >= ENOUGH, "{written}: {light}");
                assert!(dark.contrast(DARK) >= ENOUGH, "{written}: {dark}");
            }
        }
    }

    #[test]
    fn a_readable_accent_is_left_alone() {
        assert_eq!(accents(Some("#1d4f91"), false).0.to_string(), "#1d4f91");
    }
}
