//! What a font says of its glyphs, held against the program that draws them, as PDF/UA-1 (7.21) asks. It is
//! only worth the work in a file that claims to conform.
//!
//! Of programs in CFF that number their characters themselves, only the numbers are read.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Dictionary, Document, Object};
use ttf_parser::{Face, GlyphId, PlatformId, cff, cmap};

use super::encoding::Encoding;
use super::program::{
    Drawn, Glyphs, LARGEST, MOST_NAMED, Shape, in_cff, names, of_names, of_programs, shapes,
};
use crate::model::FontFault;
use crate::pdf::object::{
    as_dict, decoded, get, get_array, get_dict, get_int, get_name, get_stream, resolve,
};

/// The most bytes of programs that are read of one file.
const MOST_READ: usize = 256 << 20;
/// Widths that differ by no more are the same, in thousandths of an em.
const SAME: f64 = 1.0;
/// Collections of characters whose codes are known without a table.
const COLLECTIONS: [&[u8]; 5] = [b"GB1", b"CNS1", b"Japan1", b"Korea1", b"KR"];

/// The fonts of a file that were held against their programs, for all who read its pages side by side.
#[derive(Debug, Default)]
pub(crate) struct Proofs {
    /// By the addresses of their dictionaries.
    known: Mutex<HashMap<usize, Arc<Proof>>>,
    /// How many bytes of programs were read.
    read: AtomicUsize,
}

impl Proofs {
    /// What is known of the font with a dictionary, which stays where it is.
    pub(super) fn of(&self, doc: &Document, dict: &Dictionary) -> Arc<Proof> {
        let key = std::ptr::from_ref(dict) as usize;
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(proof) = known().get(&key) {
            return Arc::clone(proof);
        }
        let mut left = MOST_READ.saturating_sub(self.read.load(Ordering::Relaxed));
        let before = left;
        let proof = Arc::new(Proof::of(doc, dict, &mut left));
        self.read.fetch_add(before - left, Ordering::Relaxed);
        known().insert(key, Arc::clone(&proof));
        proof
    }
}

/// What is known of a font.
#[derive(Debug)]
pub(super) struct Proof {
    /// Whether its codes do not lead to glyphs as the standard asks.
    unmapped: bool,
    /// Whether codes have a meaning without a table of characters.
    pub(super) meant: Meant,
    drawn: Drawn,
}

/// Which codes have a meaning without a table of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// Those that the encoding knows.
    Encoded,
    /// All.
    All,
    /// None.
    None,
}

impl Proof {
    /// Reads a font. `left` is how many bytes of programs may still be read, and is reduced.
    fn of(doc: &Document, dict: &Dictionary, left: &mut usize) -> Self {
        let descendant = get_array(doc, dict, b"DescendantFonts")
            .and_then(|fonts| as_dict(resolve(doc, fonts.first()?)));
        let own = descendant.unwrap_or(dict);
        let descriptor = get_dict(doc, own, b"FontDescriptor");
        let program = descriptor.and_then(|descriptor| {
            let keys = [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"];
            let stream = keys
                .iter()
                .find_map(|key| get_stream(doc, descriptor, key))?;
            let program = decoded(stream, *left);
            *left -= program.as_ref().map_or(*left, Vec::len);
            program
        });
        let program = program.as_deref();
        let has = |key| descriptor.is_some_and(|descriptor| descriptor.has(key));
        let is_truetype = has(b"FontFile2");
        let is_old = !is_truetype && !has(b"FontFile3");
        match (descendant, get_name(doc, own, b"Subtype")) {
            (Some(descendant), kind) => {
                let order = get_dict(doc, descendant, b"CIDSystemInfo")
                    .and_then(|info| get(doc, info, b"Ordering"))
                    .and_then(|order| order.as_str().ok());
                let is_known = order.is_some_and(|order| COLLECTIONS.contains(&order));
                let map = get(doc, descendant, b"CIDToGIDMap");
                let is_outlined = kind == Some(b"CIDFontType2") && is_truetype;
                let table = match map {
                    Some(Object::Stream(stream)) => decoded(stream, LARGEST),
                    _ => None,
                };
                let drawn = match program {
                    Some(program) if is_outlined && map.is_some() => {
                        Face::parse(program, 0).ok().map(|face| shapes(&face))
                    }
                    Some(program) if !is_truetype => in_cff(program),
                    _ => None,
                };
                Self {
                    unmapped: is_outlined && map.is_none(),
                    meant: if is_known { Meant::All } else { Meant::None },
                    drawn: drawn.map_or(Drawn::Unread, |shapes| Drawn::Characters(shapes, table)),
                }
            }
            (None, Some(b"TrueType")) => {
                let flags = descriptor.and_then(|descriptor| get_int(doc, descriptor, b"Flags"));
                Self::of_truetype(doc, dict, program, flags.unwrap_or(0) & 4 != 0)
            }
            (None, kind) => {
                let is_encoded = get(doc, dict, b"Encoding").is_some();
                let glyphs = program.filter(|_| !is_truetype).and_then(|program| {
                    if is_old {
                        Glyphs::of_type1(program)
                    } else {
                        Glyphs::of_cff(&cff::Table::parse(program)?)
                    }
                });
                let (meant, drawn) = match glyphs {
                    _ if kind == Some(b"Type3") => (Meant::Encoded, of_programs(doc, dict)),
                    Some(glyphs) => (Meant::All, of_names(doc, dict, &glyphs)),
                    // No reader takes a program for one that it cannot read.
                    None if is_old && program.is_some() => (Meant::All, Drawn::Codes(Vec::new())),
                    None => (Meant::All, Drawn::Unread),
                };
                Self {
                    unmapped: false,
                    meant: if is_encoded { Meant::Encoded } else { meant },
                    drawn,
                }
            }
        }
    }

    fn of_truetype(
        doc: &Document,
        dict: &Dictionary,
        program: Option<&[u8]>,
        is_symbolic: bool,
    ) -> Self {
        let encoding = get(doc, dict, b"Encoding");
        let base = match encoding {
            Some(Object::Name(name)) => Some(name.as_slice()),
            Some(Object::Dictionary(encoding)) => get_name(doc, encoding, b"BaseEncoding"),
            _ => None,
        };
        let is_named = matches!(base, Some(b"WinAnsiEncoding" | b"MacRomanEncoding"));
        let face = program.and_then(|program| Face::parse(program, 0).ok());
        let tables = face.as_ref().and_then(|face| face.tables().cmap);
        let is_ambiguous = tables.is_some_and(|tables| {
            let symbols = |table: cmap::Subtable<'_>| {
                table.platform_id == PlatformId::Windows && table.encoding_id == 0
            };
            tables.subtables.len() != 1 && !tables.subtables.into_iter().any(symbols)
        });
        let drawn = face.map_or(Drawn::Unread, |face| {
            let find = |platform, encoding| {
                tables.and_then(|tables| {
                    let mut tables = tables.subtables.into_iter();
                    tables.find(|it| (it.platform_id, it.encoding_id) == (platform, encoding))
                })
            };
            let symbols = find(PlatformId::Windows, 0);
            let unicode = find(PlatformId::Windows, 1);
            let mac = find(PlatformId::Macintosh, 0);
            let in_table = |table: Option<cmap::Subtable<'_>>, code: u32| {
                table.and_then(|table| table.glyph_index(code))
            };
            let names = names(doc, dict);
            let shapes = shapes(&face);
            let shape = |glyph: Option<GlyphId>| match glyph {
                Some(glyph) if glyph.0 > 0 => shapes
                    .get(usize::from(glyph.0))
                    .copied()
                    .unwrap_or(Shape::Missing),
                _ => Shape::Missing,
            };
            let codes = (0..=255_u8).map(|code| {
                let number = u32::from(code);
                if is_symbolic {
                    let symbol = [0, 0xf000, 0xf100, 0xf200]
                        .iter()
                        .find_map(|high| in_table(symbols, high | number));
                    let glyph = symbol.or_else(|| in_table(mac, number));
                    return if glyph.is_none() && unicode.is_some() {
                        Shape::Unknown
                    } else {
                        shape(glyph)
                    };
                }
                let Some(said) = names.get(usize::from(code)).and_then(Option::as_ref) else {
                    return Shape::Missing;
                };
                let character = said.text.chars().next();
                let wide = character.and_then(|it| in_table(unicode, u32::from(it)));
                let old = || {
                    let (table, character) = (mac?, character?);
                    let is_it = |code: &u8| Encoding::MacRoman.character(*code) == Some(character);
                    table.glyph_index(u32::from((0..=255).find(is_it)?))
                };
                let by_name = said.name.as_deref();
                let by_name = || {
                    let is_few = face.number_of_glyphs() <= MOST_NAMED;
                    face.glyph_index_by_name(by_name.filter(|_| is_few)?)
                };
                shape(wide.or_else(old).or_else(by_name))
            });
            Drawn::Codes(codes.collect())
        });
        Self {
            unmapped: if is_symbolic {
                encoding.is_some() || is_ambiguous
            } else {
                !is_named
            },
            meant: if encoding.is_some() {
                Meant::Encoded
            } else {
                Meant::None
            },
            drawn,
        }
    }

    /// What is wrong with a glyph that is painted, by its code in a simple font and by its character in a
    /// composite one, and by the width that the file gives for it, in thousandths of an em.
    pub(super) fn faults(&self, glyph: u32, width: f64) -> impl Iterator<Item = FontFault> {
        let at = glyph as usize;
        let shape = match &self.drawn {
            Drawn::Unread => Shape::Unknown,
            Drawn::Codes(shapes) => shapes.get(at).copied().unwrap_or(Shape::Missing),
            Drawn::Characters(shapes, table) => {
                let place = match table {
                    Some(table) => table.chunks_exact(2).nth(at).map_or(0, |pair| {
                        usize::from(u16::from_be_bytes([pair[0], pair[1]]))
                    }),
                    None => at,
                };
                match place {
                    0 => Shape::Missing,
                    place => shapes.get(place).copied().unwrap_or(Shape::Missing),
                }
            }
        };
        let drawn = match shape {
            Shape::Missing => Some(FontFault::Missing),
            Shape::Wide(drawn) => ((drawn - width).abs() > SAME).then_some(FontFault::Widths),
            Shape::Unknown => None,
        };
        let unmapped = self.unmapped.then_some(FontFault::Unmapped);
        drawn.into_iter().chain(unmapped)
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;
    use crate::pdf::content::{Font, type1};

    /// A font whose "A" is 639 wide and whose "e" is 564 wide: its glyphs 34 and 70.
    const PROGRAM: &[u8] = include_bytes!("../../../templates/fonts/NotoSans-Regular.ttf");

    /// What is wrong with some codes of a font. Its dictionary is made with its descriptor.
    fn faults(
        flags: i64,
        codes: &[u32],
        make: impl FnOnce(&mut Document, Object) -> Dictionary,
    ) -> Vec<FontFault> {
        let mut doc = Document::new();
        let program = doc.add_object(Stream::new(Dictionary::new(), PROGRAM.to_vec()));
        let descriptor = dictionary! { "Flags" => flags, "FontFile2" => program };
        let descriptor = doc.add_object(descriptor);
        let dict = make(&mut doc, descriptor.into());
        let font = Font::read(&doc, &dict);
        assert!(codes.iter().all(|code| font.faults(*code, true).is_empty()));
        let font = font.proved(&Proofs::default(), &doc, &dict);
        let mut all: Vec<FontFault> = codes
            .iter()
            .flat_map(|code| font.faults(*code, true))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    #[test]
    fn a_simple_font_is_held_against_its_program() {
        let of = |flags: i64, encoding: Object, widths: [i64; 2]| {
            faults(flags, &[0x41, 0x42], |_, descriptor| {
                let mut dict = dictionary! {
                    "Subtype" => "TrueType", "BaseFont" => "Noto", "FontDescriptor" => descriptor,
                    "FirstChar" => 0x41, "Widths" => widths.map(Object::from).to_vec(),
                };
                if !encoding.is_null() {
                    dict.set("Encoding", encoding);
                }
                dict
            })
        };
        let named = |name: &str| {
            let names = vec![0x42.into(), Object::from(name)];
            Object::from(
                dictionary! { "BaseEncoding" => "WinAnsiEncoding", "Differences" => names },
            )
        };
        assert_eq!(of(32, named("e"), [639, 564]), []);
        assert_eq!(of(32, named("e"), [639, 565]), []);
        assert_eq!(of(32, named("e"), [639, 600]), [FontFault::Widths]);
        assert_eq!(of(32, named("uni4E00"), [639, 564]), [FontFault::Missing]);
        assert!(of(32, Object::Null, [639, 564]).contains(&FontFault::Unmapped));
        assert!(of(32, Object::Null, [639, 564]).contains(&FontFault::Unnamed));
        assert!(of(4, named("e"), [639, 564]).contains(&FontFault::Unmapped));
    }

    #[test]
    fn a_composite_font_is_held_against_its_program() {
        let of = |codes: &[u32], mapped: bool, characters: Option<&str>| {
            faults(4, codes, |doc, descriptor| {
                let mut own = dictionary! {
                    "Subtype" => "CIDFontType2", "FontDescriptor" => descriptor,
                    "W" => vec![34.into(), vec![639.into()].into(), 70.into(), 70.into(), Object::from(564)],
                };
                if mapped {
                    own.set("CIDToGIDMap", "Identity");
                }
                let own = doc.add_object(own);
                let mut dict = dictionary! {
                    "Subtype" => "Type0", "Encoding" => "Identity-H", "DescendantFonts" => vec![own.into()],
                };
                if let Some(to) = characters {
                    let map = format!("1 beginbfrange <0000> <ffff> <{to}> endbfrange");
                    dict.set(
                        "ToUnicode",
                        doc.add_object(Stream::new(Dictionary::new(), map.into())),
                    );
                }
                dict
            })
        };
        assert_eq!(of(&[34, 70], true, Some("0020")), []);
        assert_eq!(of(&[34, 70], false, Some("0020")), [FontFault::Unmapped]);
        assert_eq!(of(&[34, 70], true, None), [FontFault::Unnamed]);
        assert_eq!(of(&[34], true, Some("FEDD")), [FontFault::Unnamed]);
        assert_eq!(of(&[0], true, Some("0020")), [FontFault::Missing]);
        assert_eq!(of(&[60_000], true, Some("0020")), [FontFault::Missing]);
        assert_eq!(of(&[71], true, Some("0020")), [FontFault::Widths]);
    }

    #[test]
    fn the_glyphs_of_a_type_3_font_say_their_widths() {
        let of = |width: i64| {
            faults(4, &[0x41], |doc, _| {
                let program =
                    Stream::new(Dictionary::new(), b"600 0 0 0 5 5 d1 0 0 5 5 re f".to_vec());
                let names = vec![0x41.into(), Object::from("A")];
                dictionary! {
                    "Subtype" => "Type3", "FirstChar" => 0x41, "Widths" => vec![width.into()],
                    "Encoding" => dictionary! { "Differences" => names },
                    "CharProcs" => dictionary! { "A" => doc.add_object(program) },
                }
            })
        };
        assert_eq!(of(600), []);
        assert_eq!(of(650), [FontFault::Widths]);
    }

    #[test]
    fn an_old_program_is_read_with_the_codes_that_it_has_itself() {
        let of = |program: &[u8], encoding: Option<&str>, width: i64| {
            faults(32, &[0x41, 0x42], |doc, _| {
                let program = Stream::new(Dictionary::new(), program.to_vec());
                let descriptor = dictionary! { "FontFile" => doc.add_object(program) };
                let mut dict = dictionary! {
                    "Subtype" => "Type1", "BaseFont" => "Old", "FontDescriptor" => descriptor,
                    "FirstChar" => 0x41, "Widths" => vec![722.into(), width.into()],
                };
                if let Some(encoding) = encoding {
                    dict.set("Encoding", encoding);
                }
                dict
            })
        };
        let program = type1::tests::program();
        assert_eq!(of(&program, None, 500), []);
        assert_eq!(of(&program, None, 530), [FontFault::Widths]);
        // By this encoding the second is "B", which the program has not.
        let named = of(&program, Some("WinAnsiEncoding"), 500);
        assert_eq!(named, [FontFault::Missing]);
        assert_eq!(of(b"no program", None, 500), [FontFault::Missing]);
    }
}
