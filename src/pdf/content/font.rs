//! Fonts, as far as reading needs them: how strings are divided into codes, the text of a code, and the
//! width of its glyph. Outlines are not read.

use std::collections::HashMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use super::encoding::{Encoding, differing, glyph_text};
use super::proof::{Meant, Proof, Proofs};
use super::token::Tokens;
use crate::model::FontFault;
use crate::pdf::object::{
    as_dict, decoded, get, get_array, get_dict, get_int, get_name, get_number, get_numbers,
    get_stream, number, resolve,
};

/// The largest CMap that is read, in bytes.
const LARGEST_CMAP: usize = 8 << 20;
/// The most widths that are read from one font.
const MOST_WIDTHS: usize = 200_000;
/// The most glyph programs that are read from one font.
const MOST_PROGRAMS: usize = 512;
/// The largest glyph program that is read, in bytes.
const LARGEST_PROGRAM: usize = 1 << 20;
/// The largest letter that is measured in sizes of its type. The letters of bitmap fonts (Type 3, as TeX
/// made them) are often drawn in pixels, at a size of type that means nothing.
const MOST_EMS: f64 = 3.0;

/// A font.
#[derive(Debug, Clone)]
pub struct Font {
    /// Its name without the mark of a subset.
    pub name: String,
    /// Whether its strokes are heavy.
    pub bold: bool,
    /// Whether it slants.
    pub italic: bool,
    /// Whether its outlines are in the file.
    pub embedded: bool,
    /// The top of its letters above the baseline, in ems.
    pub ascent: f64,
    /// The bottom of its letters, in ems. It is negative below the baseline.
    pub descent: f64,
    /// The size of its letters, in sizes of its type. It is 1 unless they are drawn in other units.
    pub(crate) em: f64,
    /// Whether it is a Type 3 font, whose glyphs are content streams that may paint anything anywhere.
    pub(crate) type3: bool,
    /// Whether it has glyph programs and none of them paints anything.
    pub(crate) blank: bool,
    codes: Codes,
    to_unicode: Option<CMap>,
    /// The scale from glyph space to text space, which is 0.001 except for Type 3 fonts.
    scale: f64,
    /// What its own program says of it, where that is asked for.
    proof: Option<Arc<Proof>>,
}

#[derive(Debug, Clone)]
enum Codes {
    Simple {
        texts: Vec<Option<Box<str>>>,
        widths: Vec<f64>,
    },
    Composite {
        map: CMap,
        widths: HashMap<u32, f64>,
        default_width: f64,
        /// How far each glyph goes on where lines run downwards, in glyph space.
        downwards: HashMap<u32, f64>,
        default_downwards: f64,
    },
}

/// One code of a string.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Code {
    /// How many bytes it takes.
    pub(crate) len: usize,
    pub(crate) code: u32,
    /// The glyph's advance in ems. It is negative where lines run downwards.
    pub(crate) width: f64,
}

impl Font {
    /// Reads a font's dictionary.
    pub(crate) fn read(doc: &Document, dict: &Dictionary) -> Font {
        let to_unicode = get_stream(doc, dict, b"ToUnicode")
            .and_then(|stream| decoded(stream, LARGEST_CMAP))
            .map(|bytes| CMap::parse(&bytes))
            .filter(CMap::has_text);
        let descendant = get_array(doc, dict, b"DescendantFonts")
            .and_then(|fonts| as_dict(resolve(doc, fonts.first()?)));
        let own = descendant.unwrap_or(dict);
        let name = get_name(doc, own, b"BaseFont")
            .or_else(|| get_name(doc, dict, b"BaseFont"))
            .unwrap_or_default();
        let name = String::from_utf8_lossy(name).into_owned();
        let name = match name.split_once('+') {
            Some((mark, rest)) if mark.len() == 6 => rest.to_owned(),
            _ => name,
        };
        let descriptor = get_dict(doc, own, b"FontDescriptor");
        let holds = |d: &Dictionary| {
            let programs = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"];
            programs.iter().any(|key| d.has(key))
        };
        let type3 = get_name(doc, dict, b"Subtype") == Some(b"Type3");
        let embedded = type3 || descriptor.is_some_and(holds);
        let flags = descriptor
            .and_then(|d| get_int(doc, d, b"Flags"))
            .unwrap_or(0);
        let lower = name.to_lowercase();
        let heavy = descriptor
            .and_then(|d| get_number(doc, d, b"FontWeight"))
            .is_some_and(|weight| weight >= 600.0);
        let bold = lower.contains("bold")
            || lower.contains("black")
            || lower.contains("heavy")
            || flags & 1 << 18 != 0
            || heavy;
        let italic = lower.contains("italic") || lower.contains("oblique") || flags & 1 << 6 != 0;
        let scale = if type3 {
            get_numbers::<6>(doc, dict, b"FontMatrix")
                .map_or(0.001, |m| if m[0] == 0.0 { m[1] } else { m[0] })
                .abs()
        } else {
            0.001
        };
        let (mut ascent, mut descent) = (0.75, -0.22);
        if let Some(d) = descriptor {
            if let Some(value) = get_number(doc, d, b"Ascent")
                && (400.0..1300.0).contains(&value)
            {
                ascent = value / 1000.0;
            }
            if let Some(value) = get_number(doc, d, b"Descent")
                && (-500.0..-50.0).contains(&value)
            {
                descent = value / 1000.0;
            }
        }
        let codes = match descendant {
            Some(descendant) => composite(doc, dict, descendant),
            None => simple(doc, dict, descriptor, &lower, flags, (bold, embedded)),
        };
        let mut em = 1.0;
        if type3 {
            let around = get_numbers::<4>(doc, dict, b"FontBBox").unwrap_or_default();
            let (low, high) = (around[1].min(around[3]), around[1].max(around[3]));
            let (low, high) = (low * scale, high * scale);
            let widest = codes.widest() * scale;
            if high > low && high < MOST_EMS && low > -MOST_EMS {
                (ascent, descent) = (high, low.min(0.0));
            } else if widest > MOST_EMS {
                em = widest;
                (ascent, descent) = (ascent * em, descent * em);
            }
        }
        Font {
            name,
            bold,
            italic,
            embedded,
            ascent,
            descent,
            em,
            type3,
            blank: type3 && paints_nothing(doc, dict),
            codes,
            to_unicode,
            scale,
            proof: None,
        }
    }

    /// The same font, with what its own program says of it.
    pub(crate) fn proved(mut self, proofs: &Proofs, doc: &Document, dict: &Dictionary) -> Font {
        self.proof = Some(proofs.of(doc, dict));
        self
    }

    /// Whether it was held against its program.
    pub(crate) fn is_proved(&self) -> bool {
        self.proof.is_some()
    }

    /// What is wrong with a code that is shown, where the font was proved; `painted` is whether it is seen.
    pub(crate) fn faults(&self, code: u32, painted: bool) -> Vec<FontFault> {
        let Some(proof) = &self.proof else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        if !self.says(code, proof.meant) {
            faults.push(FontFault::Unnamed);
        }
        let (glyph, width) = match &self.codes {
            Codes::Simple { widths, .. } => (code, widths.get(code as usize).copied()),
            Codes::Composite {
                map,
                widths,
                default_width,
                ..
            } => {
                let glyph = map.glyph(code);
                (glyph, Some(*widths.get(&glyph).unwrap_or(default_width)))
            }
        };
        if painted {
            faults.extend(proof.faults(glyph, width.unwrap_or(0.0)));
        }
        faults
    }

    /// Whether the file says which characters a code stands for.
    fn says(&self, code: u32, meant: Meant) -> bool {
        let mut text = String::new();
        if let Some(map) = &self.to_unicode
            && map.push_text(code, &mut text)
        {
            let is_none = |letter| matches!(letter, '\0' | '\u{feff}' | '\u{fffe}');
            return !text.is_empty() && !text.contains(is_none);
        }
        match (meant, &self.codes) {
            (Meant::All, _) => true,
            (Meant::Encoded, Codes::Simple { texts, .. }) => {
                texts.get(code as usize).is_some_and(Option::is_some)
            }
            _ => false,
        }
    }

    /// What is used for a font that is missing.
    pub(crate) fn missing() -> Font {
        let dict = Dictionary::new();
        Font::read(&Document::new(), &dict)
    }

    /// Whether lines run downwards.
    pub(crate) fn vertical(&self) -> bool {
        matches!(&self.codes, Codes::Composite { map, .. } if map.vertical)
    }

    /// The next code of a string that is not empty.
    pub(crate) fn next_code(&self, bytes: &[u8]) -> Code {
        match &self.codes {
            Codes::Simple { widths, .. } => {
                let byte = bytes.first().copied().unwrap_or(0);
                Code {
                    len: 1,
                    code: u32::from(byte),
                    width: widths[usize::from(byte)] * self.scale,
                }
            }
            Codes::Composite {
                map,
                widths,
                default_width,
                downwards,
                default_downwards,
            } => {
                let (code, len) = map.next_code(bytes);
                let glyph = map.glyph(code);
                let width = if map.vertical {
                    downwards.get(&glyph).unwrap_or(default_downwards)
                } else {
                    widths.get(&glyph).unwrap_or(default_width)
                };
                Code {
                    len,
                    code,
                    width: width * self.scale,
                }
            }
        }
    }

    /// Appends the text of a code, or U+FFFD if it is not known.
    pub(crate) fn push_text(&self, code: u32, text: &mut String) {
        let before = text.len();
        if let Some(map) = &self.to_unicode
            && map.push_text(code, text)
            && !text[before..].trim_matches('\0').is_empty()
        {
            return;
        }
        text.truncate(before);
        match &self.codes {
            Codes::Simple { texts, .. } => {
                match texts.get(code as usize).and_then(Option::as_deref) {
                    Some(known) => text.push_str(known),
                    None => text.push('\u{fffd}'),
                }
            }
            Codes::Composite { map, .. } => {
                if !map.push_text(code, text) {
                    text.push('\u{fffd}');
                }
            }
        }
    }
}

impl Codes {
    /// The widest glyph of a font of single bytes, in glyph space.
    fn widest(&self) -> f64 {
        match self {
            Codes::Simple { widths, .. } => widths.iter().copied().fold(0.0, f64::max),
            Codes::Composite { .. } => 0.0,
        }
    }
}

/// Whether no glyph of a Type 3 font paints anything, as in fonts that only hold the text of a scan.
fn paints_nothing(doc: &Document, dict: &Dictionary) -> bool {
    const PAINT: [&[u8]; 17] = [
        b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"BI", b"Tj", b"TJ",
        b"'", b"\"", b"EI",
    ];
    let Some(programs) = get_dict(doc, dict, b"CharProcs").filter(|all| !all.is_empty()) else {
        return false;
    };
    programs.iter().take(MOST_PROGRAMS).all(|(_, program)| {
        let Object::Stream(program) = resolve(doc, program) else {
            return true;
        };
        decoded(program, LARGEST_PROGRAM)
            .is_some_and(|bytes| !Tokens::new(&bytes).any(|it| PAINT.contains(&it.operator)))
    })
}

fn composite(doc: &Document, dict: &Dictionary, descendant: &Dictionary) -> Codes {
    let map = match get(doc, dict, b"Encoding") {
        Some(Object::Name(name)) => CMap::named(name),
        Some(Object::Stream(stream)) => {
            decoded(stream, LARGEST_CMAP).map_or_else(CMap::default, |bytes| CMap::parse(&bytes))
        }
        _ => CMap::named(b"Identity-H"),
    };
    let default_width = get_number(doc, descendant, b"DW").unwrap_or(1000.0);
    let default_downwards =
        get_numbers::<2>(doc, descendant, b"DW2").map_or(-1000.0, |[_, down]| down);
    let downwards = if map.vertical {
        metrics::<3>(doc, descendant, b"W2")
    } else {
        HashMap::new()
    };
    Codes::Composite {
        widths: metrics::<1>(doc, descendant, b"W"),
        map,
        default_width,
        downwards,
        default_downwards,
    }
}

/// The first of the numbers that an array has for each glyph: `N` at a time, each for one glyph or for a range.
fn metrics<const N: usize>(doc: &Document, font: &Dictionary, key: &[u8]) -> HashMap<u32, f64> {
    let mut metrics = HashMap::new();
    let list = get_array(doc, font, key).unwrap_or_default();
    let at_place = |at: usize| list.get(at).map(|object| resolve(doc, object));
    let mut at = 0;
    while let Some(first) = at_place(at).and_then(number) {
        let first = first.max(0.0) as u32;
        match at_place(at + 1) {
            Some(Object::Array(run)) => {
                for (offset, values) in run.chunks(N).enumerate() {
                    if let Some(value) = number(resolve(doc, &values[0]))
                        && metrics.len() < MOST_WIDTHS
                    {
                        metrics.insert(first.saturating_add(offset as u32), value);
                    }
                }
                at += 2;
            }
            Some(last) => {
                let (Some(last), Some(value)) = (number(last), at_place(at + 2).and_then(number))
                else {
                    break;
                };
                let last = (last.max(0.0) as u32).min(first.saturating_add(0xffff));
                for glyph in first..=last {
                    if metrics.len() < MOST_WIDTHS {
                        metrics.insert(glyph, value);
                    }
                }
                at += 2 + N;
            }
            None => break,
        }
    }
    metrics
}

/// Whether a font, by its name in small letters, is one of those that every reader has (ISO 32000-1, 9.6.2.2) or
/// passes for one. Where it is not embedded, readers take their own, and with it the standard encoding.
fn is_of_every_reader(name: &str) -> bool {
    let name = name.split_once('+').map_or(name, |(_, name)| name);
    let family = name.split([',', '-']).next().unwrap_or(name);
    let family = family.trim_end_matches("mt").trim_end_matches("ps");
    matches!(
        family,
        "arial" | "helvetica" | "courier" | "couriernew" | "times" | "timesnewroman"
    )
}

fn simple(
    doc: &Document,
    dict: &Dictionary,
    descriptor: Option<&Dictionary>,
    name: &str,
    flags: i64,
    (bold, embedded): (bool, bool),
) -> Codes {
    let symbol = name.contains("symbol") && !name.contains("segoe");
    let dingbats = name.contains("dingbats");
    let natural = if dingbats {
        Encoding::Dingbats
    } else if symbol {
        Encoding::Symbol
    } else if get_name(doc, dict, b"Subtype") == Some(b"TrueType")
        && (embedded || !is_of_every_reader(name))
    {
        Encoding::WinAnsi
    } else {
        Encoding::Standard
    };
    let encoding = get(doc, dict, b"Encoding");
    let (base, differences) = match encoding {
        Some(Object::Name(name)) => (Encoding::named(name).unwrap_or(natural), None),
        Some(Object::Dictionary(dict)) => (
            get_name(doc, dict, b"BaseEncoding")
                .and_then(Encoding::named)
                .unwrap_or(natural),
            get_array(doc, dict, b"Differences"),
        ),
        _ => (natural, None),
    };
    let mut texts: Vec<Option<Box<str>>> = (0..=255)
        .map(|code| base.character(code).map(|c| c.to_string().into()))
        .collect();
    for (code, name) in differing(doc, differences) {
        if let Some(slot) = texts.get_mut(code) {
            *slot = glyph_text(name).map(Into::into);
        }
    }
    let first = get_int(doc, dict, b"FirstChar").unwrap_or(0);
    let missing = descriptor
        .and_then(|d| get_number(doc, d, b"MissingWidth"))
        .unwrap_or(0.0);
    let widths = match get_array(doc, dict, b"Widths") {
        Some(list) => (0..256_i64)
            .map(|code| {
                code.checked_sub(first)
                    .and_then(|index| usize::try_from(index).ok())
                    .and_then(|index| number(resolve(doc, list.get(index)?)))
                    .unwrap_or(missing)
            })
            .collect(),
        None => {
            let fixed = flags & 1 != 0 || name.contains("courier") || name.contains("mono");
            let serif = flags & 1 << 1 != 0 && !embedded || name.contains("times");
            texts
                .iter()
                .map(|text| {
                    let character = text.as_deref().and_then(|text| text.chars().next());
                    standard_width(character, fixed, serif, bold)
                })
                .collect()
        }
    };
    Codes::Simple { texts, widths }
}

/// The widths of the standard fonts for printable ASCII, in thousandths of an em.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The approximate width of a character in a standard font. Bold faces are a little wider. A character
/// without a glyph (`/.notdef`) is as wide as a space, as in the fonts themselves.
pub(crate) fn standard_width(character: Option<char>, fixed: bool, serif: bool, bold: bool) -> f64 {
    if fixed {
        return 600.0;
    }
    let table = if serif { &TIMES } else { &HELVETICA };
    let index = (character.unwrap_or(' ') as u32)
        .checked_sub(0x20)
        .map_or(usize::MAX, |index| index as usize);
    let width = table.get(index).copied().map_or(556.0, f64::from);
    if bold && width < 900.0 && character != Some(' ') {
        width * 1.06
    } else {
        width
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn lines_that_run_downwards_go_on_as_far_as_their_font_says() {
        let width = |mode: &str, key: &str, value: Object, code: u8| {
            let mut descendant = dictionary! { "Subtype" => "CIDFontType2", "DW" => 600 };
            descendant.set(key, value);
            let font = dictionary! {
                "Subtype" => "Type0", "Encoding" => mode,
                "DescendantFonts" => vec![descendant.into()],
            };
            Font::read(&Document::new(), &font)
                .next_code(&[0, code])
                .width
        };
        let numbers = |values: &[i64]| -> Object {
            let values = values.iter().copied().map(Object::Integer);
            Object::Array(values.collect())
        };
        let near = |width: f64, expected: f64| assert!((width - expected).abs() < 1e-6, "{width}");
        let down = "Identity-V";
        near(width(down, "DW2", Object::Null, 5), -1.0);
        near(width(down, "DW2", numbers(&[880, -500]), 5), -0.5);
        let each = vec![5.into(), numbers(&[-700, 300, 880, -400, 300, 880])];
        near(width(down, "W2", each.clone().into(), 5), -0.7);
        near(width(down, "W2", each.into(), 6), -0.4);
        let range = numbers(&[1, 4, -900, 300, 880, 5, 9, -300, 300, 880]);
        near(width(down, "W2", range.clone(), 7), -0.3);
        near(width("Identity-H", "W2", range, 7), 0.6);
        near(
            width("Identity-H", "W", numbers(&[1, 4, 200, 5, 9, 300]), 7),
            0.3,
        );
    }
}
