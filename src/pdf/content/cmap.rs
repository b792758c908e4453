//! CMaps, which map the codes of a string to characters (`ToUnicode`) or to the glyph numbers of
//! composite fonts.
//!
//! The predefined CMaps of East Asian fonts are not included. Only those whose codes are Unicode are
//! understood.

use std::collections::{HashMap, HashSet};

use super::operand::Operand;
use super::token::Tokens;

/// The most entries that are read from one CMap.
const MOST_ENTRIES: usize = 300_000;

/// A CMap.
#[derive(Debug, Clone, Default)]
pub(crate) struct CMap {
    /// The ranges of codes: length in bytes, lowest and highest code.
    codespaces: Vec<(usize, u32, u32)>,
    texts: HashMap<u32, Box<str>>,
    text_ranges: Vec<(u32, u32, Vec<u16>)>,
    /// The first and last codes and the first glyph number of each range, sorted.
    glyphs: Vec<(u32, u32, u32)>,
    kind: Kind,
    /// Whether lines run downwards.
    pub(crate) vertical: bool,
}

/// The most codes of a font that stand for the same character, as its forms at the beginning, within and at the
/// end of a word, or its swashes.
const MOST_SHAPES: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Table,
    /// Two bytes, which are the glyph number.
    Identity,
    /// Two bytes, which are UTF-16.
    Unicode,
    /// One byte if it is below 0x80, otherwise two. Nothing more is known.
    Mixed,
}

impl CMap {
    /// A predefined CMap.
    pub(crate) fn named(name: &[u8]) -> CMap {
        let kind = if name.starts_with(b"Identity") {
            Kind::Identity
        } else if name.starts_with(b"Uni") && (contains(name, b"UCS2") || contains(name, b"UTF16"))
        {
            Kind::Unicode
        } else {
            Kind::Mixed
        };
        CMap {
            kind,
            vertical: name.ends_with(b"-V") || name == b"V",
            ..CMap::default()
        }
    }

    /// Reads the stream of a CMap.
    pub(crate) fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut entries = 0;
        for operation in Tokens::new(bytes) {
            let operands = &operation.operands;
            match operation.operator {
                b"endcodespacerange" => {
                    for pair in operands.chunks_exact(2) {
                        if let (Some((len, low)), Some((_, high))) =
                            (code(&pair[0]), code(&pair[1]))
                            && map.codespaces.len() < 1000
                        {
                            map.codespaces.push((len, low, high));
                        }
                    }
                }
                b"endbfchar" => {
                    for pair in operands.chunks_exact(2) {
                        entries += 1;
                        if let (Some((_, code)), Some(units)) = (code(&pair[0]), units(&pair[1]))
                            && entries < MOST_ENTRIES
                        {
                            map.texts
                                .insert(code, String::from_utf16_lossy(&units).into());
                        }
                    }
                }
                b"endbfrange" => {
                    for triple in operands.chunks_exact(3) {
                        let (Some((_, low)), Some((_, high))) =
                            (code(&triple[0]), code(&triple[1]))
                        else {
                            continue;
                        };
                        entries += 1;
                        if entries >= MOST_ENTRIES {
                            break;
                        }
                        if let Operand::Array(items) = &triple[2] {
                            for (offset, item) in items.iter().take(0x10000).enumerate() {
                                entries += 1;
                                let code = low.saturating_add(offset as u32);
                                if let Some(units) = units(item)
                                    && code <= high
                                    && entries < MOST_ENTRIES
                                {
                                    map.texts
                                        .insert(code, String::from_utf16_lossy(&units).into());
                                }
                            }
                        } else if let Some(units) = units(&triple[2]) {
                            map.text_ranges.push((low, high, units));
                        }
                    }
                }
                b"endcidchar" => {
                    for pair in operands.chunks_exact(2) {
                        entries += 1;
                        if let (Some((_, code)), Operand::Integer(cid)) = (code(&pair[0]), &pair[1])
                            && entries < MOST_ENTRIES
                        {
                            map.glyphs.push((code, code, *cid as u32));
                        }
                    }
                }
                b"endcidrange" => {
                    for triple in operands.chunks_exact(3) {
                        entries += 1;
                        if let (Some((_, low)), Some((_, high)), Operand::Integer(cid)) =
                            (code(&triple[0]), code(&triple[1]), &triple[2])
                            && entries < MOST_ENTRIES
                        {
                            map.glyphs.push((low, high, *cid as u32));
                        }
                    }
                }
                b"usecmap" => {
                    if let Some(Operand::Name(name)) = operands.first()
                        && name.starts_with(b"Identity")
                    {
                        map.kind = Kind::Identity;
                    }
                }
                b"def" => {
                    if let [Operand::Name(name), Operand::Integer(1)] = operands.as_slice()
                        && **name == *b"WMode"
                    {
                        map.vertical = true;
                    }
                }
                _ => {}
            }
        }
        map.glyphs.sort_unstable();
        map.text_ranges.sort_by_key(|range| (range.0, range.1));
        map.forget_what_all_say();
        map
    }

    /// Forgets a text that it gives for more codes than one character has shapes: it was written where
    /// nothing was known of the glyphs. The usual code of a space stays one.
    fn forget_what_all_say(&mut self) {
        if self.texts.len() <= MOST_SHAPES {
            return;
        }
        let mut shapes: HashMap<&str, usize> = HashMap::new();
        for text in self.texts.values() {
            *shapes.entry(text).or_default() += 1;
        }
        shapes.retain(|_, count| *count > MOST_SHAPES);
        if shapes.is_empty() {
            return;
        }
        let common: HashSet<Box<str>> = shapes.into_keys().map(Box::from).collect();
        for (code, text) in &mut self.texts {
            if common.contains(text) && !(*code == 0x20 && &**text == " ") {
                *text = "\u{fffd}".into();
            }
        }
    }

    /// The code at the beginning of the bytes, and how many bytes it takes (at least one).
    pub(crate) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        let two = || {
            let high = u32::from(bytes.first().copied().unwrap_or(0));
            match bytes.get(1) {
                Some(&low) => (high << 8 | u32::from(low), 2),
                None => (high, 1),
            }
        };
        match self.kind {
            Kind::Identity | Kind::Unicode => two(),
            Kind::Mixed => match bytes.first() {
                Some(&byte) if byte < 0x80 => (u32::from(byte), 1),
                _ => two(),
            },
            Kind::Table => {
                let mut value = 0_u32;
                for (index, &byte) in bytes.iter().take(4).enumerate() {
                    value = value << 8 | u32::from(byte);
                    let fits = self.codespaces.iter().any(|&(len, low, high)| {
                        len == index + 1 && in_codespace(value, low, high, len)
                    });
                    if fits {
                        return (value, index + 1);
                    }
                }
                let shortest = self.codespaces.iter().map(|space| space.0).min();
                match shortest {
                    Some(1) => (u32::from(bytes.first().copied().unwrap_or(0)), 1),
                    _ => two(),
                }
            }
        }
    }

    /// The glyph number of a code.
    pub(crate) fn glyph(&self, code: u32) -> u32 {
        if self.kind != Kind::Table {
            return code;
        }
        let after = self.glyphs.partition_point(|range| range.0 <= code);
        match after.checked_sub(1).map(|index| self.glyphs[index]) {
            Some((low, high, cid)) if code <= high => cid.saturating_add(code - low),
            _ => 0,
        }
    }

    /// Appends the text of a code. Returns `false` if it has none.
    pub(crate) fn push_text(&self, code: u32, text: &mut String) -> bool {
        if let Some(found) = self.texts.get(&code) {
            text.push_str(found);
            return true;
        }
        let after = self.text_ranges.partition_point(|range| range.0 <= code);
        if let Some((low, high, units)) = after
            .checked_sub(1)
            .and_then(|index| self.text_ranges.get(index))
            && code <= *high
            && let Some((&last, first)) = units.split_last()
        {
            let moved = u32::from(last) + (code - low);
            let mut units = first.to_vec();
            units.push((moved & 0xffff) as u16);
            text.push_str(&String::from_utf16_lossy(&units));
            return true;
        }
        let is_unicode = self.kind == Kind::Unicode || self.kind == Kind::Mixed && code < 0x80;
        if let Some(character) = char::from_u32(code).filter(|_| is_unicode) {
            text.push(character);
            return true;
        }
        false
    }

    /// Whether it maps any code to text.
    pub(crate) fn has_text(&self) -> bool {
        !self.texts.is_empty() || !self.text_ranges.is_empty()
    }
}

fn contains(name: &[u8], part: &[u8]) -> bool {
    name.windows(part.len()).any(|window| window == part)
}

/// Whether each byte of a code is between those of the lowest and the highest code.
fn in_codespace(value: u32, low: u32, high: u32, len: usize) -> bool {
    (0..len).all(|index| {
        let byte = |number: u32| number >> (8 * index) & 0xff;
        (byte(low)..=byte(high)).contains(&byte(value))
    })
}

fn code(operand: &Operand<'_>) -> Option<(usize, u32)> {
    match operand {
        Operand::String(bytes) if !bytes.is_empty() => {
            let value = bytes
                .iter()
                .take(4)
                .fold(0_u32, |value, &byte| value << 8 | u32::from(byte));
            Some((bytes.len().min(4), value))
        }
        Operand::Integer(value) => u32::try_from(*value).ok().map(|value| (1, value)),
        _ => None,
    }
}

fn units(operand: &Operand<'_>) -> Option<Vec<u16>> {
    match operand {
        Operand::String(bytes) if bytes.len() == 1 => Some(vec![u16::from(bytes[0])]),
        Operand::String(bytes) => Some(
            bytes
                .chunks_exact(2)
                .take(64)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect(),
        ),
        Operand::Name(name) => Some(super::encoding::glyph_text(name)?.encode_utf16().collect()),
        Operand::Integer(value) => Some(vec![u16::try_from(*value).ok()?]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(map: &CMap, code: u32) -> String {
        let mut text = String::new();
        map.push_text(code, &mut text);
        text
    }

    #[test]
    fn a_text_that_most_codes_share_says_nothing_of_them() {
        for (said, space) in [("0020", " "), ("0041", "\u{fffd}"), ("00AD", "\u{fffd}")] {
            let all = format!("<{said}>").repeat(256);
            let map = format!("2 beginbfrange <00> <FF> [{all}] <1000> <1003> [{all}] endbfrange");
            let map = CMap::parse(map.as_bytes());
            assert_eq!(text(&map, 0x41), "\u{fffd}", "{said}");
            assert_eq!(text(&map, 0x20), space, "{said}");
        }
        let few = CMap::parse(b"1 beginbfrange <00> <03> [<0628><0628><0628><0628>] endbfrange");
        assert_eq!(text(&few, 2), "\u{628}");
    }

    #[test]
    fn characters_ranges_and_arrays() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar
              2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0058> <D83DDE00>] endbfrange",
        );
        assert_eq!(map.next_code(&[0, 3, 0]), (3, 2));
        assert_eq!(text(&map, 3), " ");
        assert_eq!(text(&map, 0x10), "fi");
        assert_eq!(text(&map, 0x26), "C");
        assert_eq!(text(&map, 0x27), "");
        assert_eq!(text(&map, 0x31), "😀");
    }

    #[test]
    fn codes_of_mixed_length_follow_the_codespaces() {
        let map = CMap::parse(
            b"2 begincodespacerange <00> <7F> <8140> <9FFC> endcodespacerange
              1 begincidrange <20> <7e> 1 endcidrange",
        );
        assert_eq!(map.next_code(&[0x41, 0x42]), (0x41, 1));
        assert_eq!(map.next_code(&[0x81, 0x42]), (0x8142, 2));
        assert_eq!(map.glyph(0x21), 2);
        assert_eq!(map.glyph(0x1f), 0);
    }

    #[test]
    fn an_empty_string_has_a_code_all_the_same() {
        assert_eq!(CMap::default().next_code(&[]), (0, 1));
        assert_eq!(CMap::named(b"Identity-H").next_code(&[7]), (7, 1));
    }
}
