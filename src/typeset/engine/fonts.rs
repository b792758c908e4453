//! The fonts that come with the program, read once, and which characters they have.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

macro_rules! embedded {
    ($($file:literal),+ $(,)?) => {
        &[$(include_bytes!(concat!("../../../templates/fonts/", $file)) as &[u8]),+]
    };
}

/// The files, body text first.
pub(super) const FILES: &[&[u8]] = embedded![
    "AtkinsonHyperlegibleNext-Regular.ttf",
    "AtkinsonHyperlegibleNext-SemiBold.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",
    "AtkinsonHyperlegibleNext-Italic.ttf",
    "AtkinsonHyperlegibleNext-BoldItalic.ttf",
    "AtkinsonHyperlegibleMono-Regular.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoNastaliqUrdu-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf",
    "NotoSansGurmukhi-Bold.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansBengali-Bold.ttf",
    "NotoSansGujarati-Regular.ttf",
    "NotoSansGujarati-Bold.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansTamil-Bold.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
];

/// The family of body text.
pub(crate) const BODY: &str = "Atkinson Hyperlegible Next";

/// The fonts and the book that describes them.
pub(super) struct Shelf {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    /// Body text regular and bold, to measure with.
    rulers: [FontInstance; 2],
}

/// The shelf, read on first use.
pub(super) static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES
        .iter()
        .flat_map(|file| Font::iter(Bytes::new(*file)))
        .collect();
    let ruler = |index: usize| {
        fonts[index].clone().instantiate(
            FontVariant::default(),
            Abs::pt(10.0),
            &FontVariations::default(),
        )
    };
    let rulers = [ruler(0), ruler(2)];
    Shelf {
        rulers,
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether a family of this name is on the shelf.
pub(crate) fn has_family(name: &str) -> bool {
    SHELF
        .book
        .select_family(&name.to_lowercase())
        .next()
        .is_some()
}

/// Whether one of the fonts has a glyph for a character.
pub(crate) fn covers(character: char) -> bool {
    SHELF
        .fonts
        .iter()
        .any(|font| font.info().coverage.contains(character as u32))
}

/// Whether the body font has a glyph for a character.
pub(crate) fn body_covers(character: char) -> bool {
    SHELF.fonts[0].info().coverage.contains(character as u32)
}

/// How wide a text is on one line of body text, in ems. Characters that the body font does not have
/// count as one em.
pub(crate) fn width(text: &str, bold: bool) -> f64 {
    let font = &SHELF.rulers[usize::from(bold)];
    text.chars()
        .map(|character| {
            if character.is_ascii_digit() {
                return DIGIT;
            }
            font.ttf()
                .glyph_index(character)
                .and_then(|glyph| font.x_advance(glyph.0))
                .map_or(1.0, typst::layout::Em::get)
        })
        .sum()
}

/// The width of a digit in ems if all digits are of equal width.
pub(crate) const DIGIT: f64 = 0.632;

/// The files of the body font, regular and bold, for text that is drawn without the engine.
pub fn body_files() -> (&'static [u8], &'static [u8]) {
    (FILES[0], FILES[2])
}

/// The place of a font with the letters of European languages, for what is typed into forms.
const FORM: usize = 6;

/// The file of the font for what is typed into forms.
pub fn form_file() -> &'static [u8] {
    FILES[FORM]
}

/// Whether that font shows a letter as it should be: it is there, and does not join with those beside it or
/// run from right to left, which only the engine can do.
pub fn form_covers(letter: char) -> bool {
    let is_joined = matches!(letter,
        '\u{590}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{11fff}' | '\u{1e800}'..='\u{1efff}');
    !is_joined && SHELF.fonts[FORM].info().coverage.contains(letter as u32)
}
