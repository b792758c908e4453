//! The letters of form fields that `pack` draws: one font for each file, embedded with only the letters
//! that are used.
//!
//! The font that a form names is usually one that viewers provide, which neither PDF/UA nor PDF/A
//! allows (ISO 14289-1 section 7.21.4.1). It also does not have all that people type.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::ParsedFont;

use super::object::{dict, int, name, reals};
use crate::typeset;

/// What is shown for a character that the font does not have.
const MISSING: char = '\u{fffd}';
/// The name of the font in the file.
const CALLED: &str = "PACKFF+PackForm";

/// The letters that a file needs.
#[derive(Default)]
pub(super) struct Letters {
    /// The whole font, read when it is first needed.
    font: Option<Font>,
    used: subsetter::GlyphRemapper,
    /// The code and advance of each character in use.
    codes: BTreeMap<char, Letter>,
    /// The font's object, once a look refers to it.
    object: Option<ObjectId>,
}

struct Font {
    bytes: &'static [u8],
    parsed: ParsedFont,
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    code: u16,
    /// In thousandths of an em.
    advance: i64,
}

impl Letters {
    fn font(&mut self) -> Option<&Font> {
        if self.font.is_none() {
            let bytes = typeset::form_file();
            let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
            self.font = Some(Font { bytes, parsed });
        }
        self.font.as_ref()
    }

    /// A character's glyph and its advance in thousandths of an em.
    fn glyph(&mut self, character: char) -> Option<(u16, i64)> {
        if !typeset::form_covers(character) {
            return None;
        }
        let font = &self.font()?.parsed;
        let glyph = font
            .lookup_glyph_index(u32::from(character))
            .filter(|glyph| *glyph != 0)?;
        let advance = i64::from(font.get_glyph_width(glyph).unwrap_or(0));
        Some((glyph, advance * 1000 / i64::from(font.units_per_em.max(1))))
    }

    /// Whether the font has a character.
    pub(super) fn has(&mut self, character: char) -> bool {
        self.glyph(character).is_some()
    }

    /// The width of words, in ems.
    pub(super) fn width(&mut self, words: &str) -> f64 {
        let advances = words.chars().map(|character| {
            let glyph = self.glyph(character).or_else(|| self.glyph(MISSING));
            glyph.map_or(0.0, |(_, advance)| advance as f64 / 1000.0)
        });
        advances.sum()
    }

    /// The operand that shows words, as page content has it.
    pub(super) fn spell(&mut self, words: &str) -> String {
        let mut spelt = String::from("<");
        for character in words.chars() {
            let character = if self.has(character) {
                character
            } else {
                MISSING
            };
            let _ = write!(spelt, "{:04X}", self.letter(character).code);
        }
        spelt + ">"
    }

    fn letter(&mut self, character: char) -> Letter {
        if let Some(letter) = self.codes.get(&character) {
            return *letter;
        }
        let (glyph, advance) = self.glyph(character).unwrap_or((0, 0));
        let code = self.used.remap(glyph);
        let letter = Letter { code, advance };
        self.codes.insert(character, letter);
        letter
    }

    /// The font's object, for the resources of a look.
    pub(super) fn object(
        &mut self,
        doc: &Document,
        next: impl FnOnce(&Document) -> ObjectId,
    ) -> ObjectId {
        *self.object.get_or_insert_with(|| next(doc))
    }

    /// Adds the font to the file, after all words have been spelt with it.
    pub(super) fn embed(mut self, doc: &mut Document, mut next: impl FnMut(&Document) -> ObjectId) {
        let Some(id) = self.object else { return };
        let Some(font) = self.font.take() else { return };
        let Ok(file) = subsetter::subset(font.bytes, 0, &self.used) else {
            return;
        };
        let mut add = |doc: &mut Document, object: Object| {
            let id = next(doc);
            doc.objects.insert(id, object);
            Object::Reference(id)
        };
        let file = add(doc, Object::Stream(Stream::new(Dictionary::new(), file)));
        let map = Stream::new(Dictionary::new(), self.to_unicode().into_bytes());
        let map = add(doc, Object::Stream(map));
        let metrics = &font.parsed.font_metrics;
        let descriptor = dict([
            ("Type", name("FontDescriptor")),
            ("FontName", name(CALLED)),
            ("Flags", int(4)),
            ("FontBBox", reals([-1000.0, -300.0, 3000.0, 1100.0])),
            ("ItalicAngle", int(0)),
            ("Ascent", Object::Integer(i64::from(metrics.ascent))),
            ("Descent", Object::Integer(i64::from(metrics.descent))),
            ("CapHeight", int(714)),
            ("StemV", int(88)),
            ("FontFile2", file),
        ]);
        let descriptor = add(doc, Object::Dictionary(descriptor));
        let by_code: BTreeMap<u16, i64> = self
            .codes
            .values()
            .map(|letter| (letter.code, letter.advance))
            .collect();
        let widths = by_code.into_iter().flat_map(|(code, advance)| {
            [
                Object::Integer(i64::from(code)),
                Object::Array(vec![Object::Integer(advance)]),
            ]
        });
        let system = dict([
            ("Registry", Object::string_literal("Adobe")),
            ("Ordering", Object::string_literal("Identity")),
            ("Supplement", int(0)),
        ]);
        let glyphs = dict([
            ("Type", name("Font")),
            ("Subtype", name("CIDFontType2")),
            ("BaseFont", name(CALLED)),
            ("CIDSystemInfo", Object::Dictionary(system)),
            ("FontDescriptor", descriptor),
            ("CIDToGIDMap", name("Identity")),
            ("W", Object::Array(widths.collect())),
        ]);
        let glyphs = add(doc, Object::Dictionary(glyphs));
        let whole = dict([
            ("Type", name("Font")),
            ("Subtype", name("Type0")),
            ("BaseFont", name(CALLED)),
            ("Encoding", name("Identity-H")),
            ("DescendantFonts", Object::Array(vec![glyphs])),
            ("ToUnicode", map),
        ]);
        doc.objects.insert(id, Object::Dictionary(whole));
    }

    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Field def \
             /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
        );
        let texts: BTreeMap<u16, char> = self
            .codes
            .iter()
            .map(|(character, letter)| (letter.code, *character))
            .collect();
        // A section of a map has at most a hundred entries.
        let texts: Vec<(u16, char)> = texts.into_iter().collect();
        for texts in texts.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", texts.len());
            for (code, character) in texts {
                let mut units = [0; 2];
                let units = character.encode_utf16(&mut units);
                let units: String = units.iter().map(|unit| format!("{unit:04X}")).collect();
                let _ = writeln!(map, "<{code:04X}> <{units}>");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap end end\n");
        map
    }
}
