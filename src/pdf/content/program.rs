//! The glyphs that the program of a font draws, and their widths.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};
use ttf_parser::{Face, GlyphId, cff};

use super::encoding::{Encoding, differing, glyph_text};
use super::operand::Operand;
use super::token::Tokens;
use super::type1;
use crate::pdf::object::{decoded, get, get_array, get_dict, get_name, get_stream};

/// The largest glyph program and the largest table of glyphs that are read, in bytes.
pub(super) const LARGEST: usize = 1 << 20;
/// The most glyphs of a font whose glyphs are looked up by their names.
pub(super) const MOST_NAMED: u16 = 4_000;

/// The glyphs of a font, as its program has them: their widths in thousandths of an em.
#[derive(Debug)]
pub(super) enum Drawn {
    /// Nothing is known of them.
    Unread,
    /// What each code of a simple font leads to.
    Codes(Vec<Shape>),
    /// The shapes in the order of the program, and which of them each character is.
    Characters(Vec<Shape>, Option<Vec<u8>>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Missing,
    Wide(f64),
    Unknown,
}

/// The shapes of a program, each with its width.
pub(super) fn shapes(face: &Face<'_>) -> Vec<Shape> {
    let em = f64::from(face.units_per_em());
    let glyphs = (0..face.number_of_glyphs()).map(GlyphId);
    let widths = glyphs.map(|glyph| face.glyph_hor_advance(glyph));
    let shapes = widths.map(|width| match width {
        Some(width) => Shape::Wide(f64::from(width) * 1000.0 / em),
        None => Shape::Unknown,
    });
    shapes.collect()
}

/// The shapes of a program in CFF whose glyphs have names, so that their order is that of the characters.
pub(super) fn in_cff(program: &[u8]) -> Option<Vec<Shape>> {
    let inside = Face::parse(program, 0).ok();
    let table = match inside.as_ref().map(Face::tables) {
        Some(tables) => tables.cff?,
        None => cff::Table::parse(program)?,
    };
    let scale = f64::from(table.matrix().sx) * 1000.0;
    let glyphs = (0..table.number_of_glyphs()).map(GlyphId);
    let widths: Option<Vec<u16>> = glyphs.map(|glyph| table.glyph_width(glyph)).collect();
    let shapes = widths?.into_iter();
    Some(
        shapes
            .map(|width| Shape::Wide(f64::from(width) * scale))
            .collect(),
    )
}

/// The glyph that a code of a simple font is for.
pub(super) struct Said {
    pub(super) name: Option<String>,
    pub(super) text: String,
}

/// What the encoding of a simple font says of each code.
pub(super) fn names(doc: &Document, dict: &Dictionary) -> Vec<Option<Said>> {
    let encoding = get(doc, dict, b"Encoding");
    let (base, differences) = match encoding {
        Some(Object::Name(name)) => (Encoding::named(name), None),
        Some(Object::Dictionary(encoding)) => (
            get_name(doc, encoding, b"BaseEncoding").and_then(Encoding::named),
            get_array(doc, encoding, b"Differences"),
        ),
        _ => (None, None),
    };
    let base = base.unwrap_or(Encoding::Standard);
    let usual = |code| {
        let text = base.character(code)?.to_string();
        Some(Said { name: None, text })
    };
    let mut names: Vec<Option<Said>> = (0..=255).map(usual).collect();
    for (code, name) in differing(doc, differences) {
        if let Some(said) = names.get_mut(code) {
            *said = Some(Said {
                name: Some(String::from_utf8_lossy(name).into_owned()),
                text: glyph_text(name).unwrap_or_default(),
            });
        }
    }
    names
}

/// The widths that the glyphs of a Type 3 font begin with.
pub(super) fn of_programs(doc: &Document, dict: &Dictionary) -> Drawn {
    let programs = get_dict(doc, dict, b"CharProcs");
    let shape = |said: Option<Said>| {
        let name = said.and_then(|said| said.name);
        let program = name.and_then(|name| get_stream(doc, programs?, name.as_bytes()));
        let program = program.and_then(|program| decoded(program, LARGEST));
        let first = program.as_deref().and_then(|program| {
            let first = Tokens::new(program).next()?;
            let says = matches!(first.operator, b"d0" | b"d1");
            let width = first.operands.first().filter(|_| says);
            width.and_then(Operand::number)
        });
        first.map_or(Shape::Unknown, Shape::Wide)
    };
    Drawn::Codes(names(doc, dict).into_iter().map(shape).collect())
}

/// The glyphs of a program that gives them names.
pub(super) struct Glyphs {
    /// In the order of the program.
    named: Vec<(String, Shape)>,
    /// What each code leads to by the program's own encoding; empty where that is not known.
    own: Vec<Shape>,
}

impl Glyphs {
    pub(super) fn of_cff(table: &cff::Table<'_>) -> Option<Self> {
        if table.number_of_glyphs() > MOST_NAMED {
            return None;
        }
        let scale = f64::from(table.matrix().sx) * 1000.0;
        let shape = |glyph: GlyphId| match table.glyph_width(glyph) {
            Some(width) => Shape::Wide(f64::from(width) * scale),
            None => Shape::Unknown,
        };
        let named = (1..table.number_of_glyphs())
            .map(GlyphId)
            .filter_map(|glyph| {
                let name = table.glyph_name(glyph)?;
                Some((name.to_owned(), shape(glyph)))
            });
        let named = named.collect();
        let own = (0..=255).map(|code| match table.glyph_index(code) {
            Some(glyph) if glyph.0 > 0 => shape(glyph),
            _ => Shape::Missing,
        });
        let own = own.collect();
        Some(Self { named, own })
    }

    pub(super) fn of_type1(program: &[u8]) -> Option<Self> {
        let named: Vec<(String, Shape)> = type1::widths(program)?
            .into_iter()
            .filter(|(name, _)| name != ".notdef")
            .map(|(name, width)| (name, Shape::Wide(width)))
            .collect();
        let mut by_name = HashMap::new();
        for (name, shape) in &named {
            by_name.entry(name.as_str()).or_insert(*shape);
        }
        let codes = type1::codes(program);
        // Where it names none, its codes are those of the standard encoding, which is looked up by letters.
        let mut own = vec![Shape::Missing; if codes.is_empty() { 0 } else { 256 }];
        for (code, name) in codes {
            if let (Some(shape), Some(found)) = (own.get_mut(code), by_name.get(name.as_str())) {
                *shape = *found;
            }
        }
        Some(Self { named, own })
    }
}

/// What each code of a font leads to, by the names of its glyphs or by the program's own encoding.
pub(super) fn of_names(doc: &Document, dict: &Dictionary, glyphs: &Glyphs) -> Drawn {
    let encoding = get(doc, dict, b"Encoding");
    let is_whole = match encoding {
        Some(Object::Dictionary(encoding)) => encoding.has(b"BaseEncoding"),
        other => other.is_some(),
    };
    let is_whole = is_whole || glyphs.own.is_empty();
    let (mut by_name, mut by_text) = (HashMap::new(), HashMap::new());
    for (name, shape) in &glyphs.named {
        by_name.entry(name.as_str()).or_insert(*shape);
        if let Some(text) = glyph_text(name.as_bytes()) {
            by_text.entry(text).or_insert(*shape);
        }
    }
    let find = |said: &Said| match &said.name {
        Some(name) => by_name.get(name.as_str()),
        None => by_text.get(&said.text),
    };
    let codes = names(doc, dict)
        .into_iter()
        .enumerate()
        .map(|(code, said)| {
            // Where no encoding is named, the program's own is what others differ from.
            let said = said.filter(|said| is_whole || said.name.is_some());
            match said {
                Some(said) => find(&said).copied().unwrap_or(Shape::Missing),
                None if is_whole => Shape::Missing,
                None => glyphs.own.get(code).copied().unwrap_or(Shape::Unknown),
            }
        });
    Drawn::Codes(codes.collect())
}
