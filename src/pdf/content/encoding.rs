//! What the codes of simple fonts mean: the named encodings of ISO 32000-1, annex D, and the glyph names
//! of the Adobe Glyph List.

use std::collections::HashMap;
use std::sync::LazyLock;

use lopdf::{Document, Object};

use crate::pdf::object::resolve;

/// An encoding that a simple font starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
    Symbol,
    Dingbats,
}

const WIN_ANSI_80: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
const MAC_ROMAN_80: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// From 0xA1 on. `\0` if the encoding has nothing.
const STANDARD_A1: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß";
const SYMBOL_20: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\0αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_A0: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";

impl Encoding {
    /// The encoding with a name, if PDF has one.
    pub(crate) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" | b"MacExpertEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The character of a code.
    pub(crate) fn character(self, code: u8) -> Option<char> {
        let pick = |table: &str, from: u8| {
            code.checked_sub(from)
                .and_then(|index| table.chars().nth(usize::from(index)))
                .filter(|&c| c != '\0')
        };
        match self {
            Self::WinAnsi => match code {
                0x20..=0x7e => Some(char::from(code)),
                0x80..=0x9f => pick(WIN_ANSI_80, 0x80),
                0xa0..=0xff => Some(char::from(code)),
                _ => None,
            },
            Self::MacRoman => match code {
                0x20..=0x7e => Some(char::from(code)),
                0x80..=0xff => pick(MAC_ROMAN_80, 0x80),
                _ => None,
            },
            Self::Standard => match code {
                0x27 => Some('’'),
                0x60 => Some('‘'),
                0x20..=0x7e => Some(char::from(code)),
                0xa1..=0xff => pick(STANDARD_A1, 0xa1),
                _ => None,
            },
            Self::Symbol => match code {
                0x20..=0x7e => pick(SYMBOL_20, 0x20),
                0xa0..=0xff => pick(SYMBOL_A0, 0xa0),
                _ => None,
            },
            Self::Dingbats => match code {
                0x20 => Some(' '),
                0x6c => Some('●'),
                0x6e => Some('■'),
                0x75 => Some('◆'),
                0x21..=0x7e => char::from_u32(0x2701 + u32::from(code - 0x21)),
                _ => None,
            },
        }
    }
}

/// The names of glyphs in which an encoding differs from another, each with its code.
pub(super) fn differing<'a>(
    doc: &'a Document,
    differences: Option<&'a [Object]>,
) -> impl Iterator<Item = (usize, &'a [u8])> {
    let mut next = 0_usize;
    let entries = differences.into_iter().flatten();
    entries.filter_map(move |entry| match resolve(doc, entry) {
        Object::Integer(code) => {
            next = usize::try_from(*code).unwrap_or(256);
            None
        }
        Object::Name(name) => {
            next = next.saturating_add(1);
            Some((next - 1, name.as_slice()))
        }
        _ => None,
    })
}

static GLYPHS: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    glyph_names::GLYPH_NAME_PAIRS
        .iter()
        .map(|&(character, name)| (name, character))
        .collect()
});

/// The text of a glyph by its name, as in the Adobe Glyph List Specification. A suffix after a full stop
/// is ignored, and parts joined by `_` are a ligature.
pub(crate) fn glyph_text(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    let mut text = String::new();
    for part in base.split('_') {
        text.push_str(&component(part)?);
    }
    Some(text)
}

fn component(name: &str) -> Option<String> {
    if let Some(&character) = GLYPHS.get(name) {
        return Some(character.to_string());
    }
    let known = match name {
        "nbspace" | "nonbreakingspace" => Some('\u{a0}'),
        "sfthyphen" | "softhyphen" => Some('\u{ad}'),
        // These are not in the list for new fonts, but most old fonts have them.
        "ff" => Some('ﬀ'),
        "fi" => Some('ﬁ'),
        "fl" => Some('ﬂ'),
        "ffi" => Some('ﬃ'),
        "ffl" => Some('ﬄ'),
        "mu1" => Some('µ'),
        "Delta" | "increment" => Some('∆'),
        "Euro" | "euro" => Some('€'),
        "dotlessj" => Some('ȷ'),
        "circlecopyrt" => Some('©'),
        "middot" => Some('·'),
        "hyphenminus" | "minus1" => Some('-'),
        "visiblespace" => Some(' '),
        _ => None,
    };
    if let Some(known) = known {
        return Some(known.to_string());
    }
    // Variants of figures and letters, such as small capitals.
    let looks = ["oldstyle", "fitted", "superior", "inferior", "small"];
    let plain = looks.iter().find_map(|look| name.strip_suffix(look));
    if let Some(plain) = plain.filter(|plain| !plain.is_empty()) {
        return component(plain);
    }
    if let Some(digits) = name.strip_prefix("uni")
        && digits.len() >= 4
        && digits.len() % 4 == 0
        && digits.bytes().all(|b| b.is_ascii_hexdigit())
    {
        let units: Vec<u16> = digits
            .as_bytes()
            .chunks(4)
            .filter_map(|chunk| u16::from_str_radix(std::str::from_utf8(chunk).ok()?, 16).ok())
            .collect();
        return String::from_utf16(&units).ok();
    }
    let digits = name.strip_prefix('u')?;
    if (4..=6).contains(&digits.len()) {
        let code = u32::from_str_radix(digits, 16).ok()?;
        return char::from_u32(code).map(|c| c.to_string());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_as_long_as_the_encodings() {
        assert_eq!(WIN_ANSI_80.chars().count(), 0x20);
        assert_eq!(MAC_ROMAN_80.chars().count(), 0x80);
        assert_eq!(STANDARD_A1.chars().count(), 0xfb - 0xa1 + 1);
        assert_eq!(SYMBOL_20.chars().count(), 0x7e - 0x20 + 1);
        assert_eq!(Encoding::Standard.character(0xfb), Some('ß'));
        assert_eq!(Encoding::Standard.character(0xd0), Some('—'));
        assert_eq!(Encoding::Standard.character(0xe1), Some('Æ'));
        assert_eq!(Encoding::Standard.character(0xae), Some('ﬁ'));
        assert_eq!(Encoding::Symbol.character(0xb7), Some('•'));
        assert_eq!(Encoding::Symbol.character(0x70), Some('π'));
        assert_eq!(Encoding::WinAnsi.character(0x92), Some('’'));
        assert_eq!(Encoding::MacRoman.character(0xd5), Some('’'));
    }

    #[test]
    fn glyph_names_have_text() {
        for (name, text) in [
            ("A", "A"),
            ("eacute", "é"),
            ("f_i", "fi"),
            ("fi", "ﬁ"),
            ("fl", "ﬂ"),
            ("sevenoldstyle", "7"),
            ("a.sc", "a"),
            ("uni20AC", "€"),
            ("u1F600", "😀"),
            ("wcircumflex", "ŵ"),
        ] {
            assert_eq!(glyph_text(name.as_bytes()).as_deref(), Some(text), "{name}");
        }
        assert_eq!(glyph_text(b"g23"), None);
        assert_eq!(glyph_text(b".notdef"), None);
        assert_eq!(glyph_text(b"\xff"), None);
    }
}
