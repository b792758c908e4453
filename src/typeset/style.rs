//! How a part is set: the size of print and what a council may choose. Standard and large print
//! differ by this alone.

use serde::Serialize;

/// Points in a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// How parts are set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Style {
    /// Size of the body text in points.
    pub size: f64,
    /// Large print: nothing under the body size, bold for emphasis, black on white, a blank line
    /// between paragraphs, wide tables as records (UKAAF G003, MS03).
    pub large: bool,
    /// The family of body text.
    pub font: String,
    /// The colour of rules and tints, as `#rrggbb`.
    pub accent: String,
    /// The side of the sheet that the part's first page is on, for double-sided printing. `None` for
    /// single-sided printing.
    pub first_side: Option<Side>,
}

/// A side of a printed sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The right-hand page of an open book: odd numbers.
    Right,
    /// The left-hand page.
    Left,
}

/// The colour of rules and tints if the council does not choose one.
const ACCENT: &str = "#1f4e79";

impl Style {
    /// The standard edition.
    pub fn standard() -> Self {
        Self {
            size: 11.5,
            large: false,
            font: super::engine::BODY.to_owned(),
            accent: ACCENT.to_owned(),
            first_side: None,
        }
    }

    /// A large-print edition whose body text has a size of `points`, limited to between 16 and 40.
    pub fn large(points: u8) -> Self {
        Self {
            size: f64::from(points.clamp(16, 40)),
            large: true,
            accent: "#000000".to_owned(),
            ..Self::standard()
        }
    }

    /// The same style with a council's accent colour. Anything but `#rrggbb` changes nothing. Large
    /// print stays black on white.
    #[must_use]
    pub fn with_accent(mut self, accent: Option<&str>) -> Self {
        if let Some(accent) = accent
            && !self.large
            && accent.len() == 7
            && accent.starts_with('#')
            && accent[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            self.accent = accent.to_ascii_lowercase();
        }
        self
    }

    /// The same style in another font family. One that the program does not have changes nothing.
    #[must_use]
    pub fn with_font(mut self, font: Option<&str>) -> Self {
        if let Some(font) = font
            && has_font(font)
        {
            font.clone_into(&mut self.font);
        }
        self
    }

    /// The same style for a part whose first page is on a side of the sheet.
    #[must_use]
    pub fn on_side(mut self, side: Option<Side>) -> Self {
        self.first_side = side;
        self
    }

    /// The width of the text on an upright A4 page, in points.
    pub fn measure(&self) -> f64 {
        let margins = match (self.large, self.first_side.is_some()) {
            (true, _) => 40.0,
            (false, true) => 55.0,
            (false, false) => 50.0,
        };
        (210.0 - margins) * MM
    }

    /// The height of the text on an A4 page, upright or on its side, in points.
    pub fn depth(&self, landscape: bool) -> f64 {
        let height = if landscape { 210.0 } else { 297.0 };
        let head = if self.large && !landscape {
            self.size * self.head_lines()
        } else {
            0.0
        };
        (height - 22.0) * MM - self.foot() - head
    }

    /// The height of the space without words at the foot of the page, in points. Large print takes
    /// many more pages, so it leaves only what the page number needs.
    pub(super) fn foot(&self) -> f64 {
        let least = if self.large { 0.0 } else { 25.0 * MM };
        least.max(self.strip() + 2.0 * MM)
    }

    /// The height of the strip at the foot of the page that is for the pack, in points. In large
    /// print, its page number is as large as the words.
    pub(super) fn strip(&self) -> f64 {
        let number = if self.large { self.size as f32 } else { 0.0 };
        (20.0 * MM).max(f64::from(super::foot::strip(number)))
    }

    /// The height of a page header in large print, in ems. From 30 points on, its words need two
    /// lines.
    fn head_lines(&self) -> f64 {
        if self.size < 30.0 { 1.5 } else { 3.0 }
    }

    /// The width of the text on an A4 page on its side, in points.
    pub fn landscape_measure(&self) -> f64 {
        (297.0 - 40.0) * MM
    }
}

/// Whether the program has a font family of this name.
pub fn has_font(name: &str) -> bool {
    super::engine::has_family(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::council::BODY_FONTS;

    #[test]
    fn every_family_that_a_council_may_name_is_there_and_the_first_is_the_usual_one() {
        assert_eq!(BODY_FONTS[0], Style::standard().font);
        for family in BODY_FONTS {
            assert_eq!(Style::standard().with_font(Some(family)).font, family);
        }
    }
}
