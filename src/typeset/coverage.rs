//! Characters that no font has. Each becomes � on the page, and a finding at its place.

use std::collections::BTreeSet;

use bytes::Bytes;
use unicode_normalization::UnicodeNormalization;

use crate::compose::part::{Block, BlockKind, Inline, Part};
use crate::finding::Span;

/// What is printed for a character that no font has.
pub const REPLACEMENT: char = '\u{fffd}';

/// How a drawing (SVG) begins.
pub const DRAWING: &[u8] = b"<svg";

/// The most accents of one letter that are printed. More would run over the lines above and below.
const MOST_ACCENTS: usize = 4;

/// The characters of a text that cannot be printed, each once and in order. No font has them, or one
/// letter has too many accents.
pub fn missing_chars(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    let mut accents = Accents::default();
    for character in text.chars() {
        let is_one_too_many = accents.is_one_too_many(character);
        if (is_one_too_many || is_missing(character)) && !missing.contains(&character) {
            missing.push(character);
        }
    }
    missing
}

/// Whether the body font alone can show a text.
pub fn is_in_body_font(text: &str) -> bool {
    text.nfc().all(super::engine::body_covers)
}

/// A text as it is printed in the body font alone, without the engine: accents that this font has not
/// are left out, and other letters become question marks, for it has no � either.
pub fn in_body_font(text: &str) -> String {
    let printed = |letter: char| match letter {
        _ if super::engine::body_covers(letter) => Some(letter),
        _ if is_accent(letter) => None,
        _ => Some('?'),
    };
    text.nfc().filter_map(printed).collect()
}

/// Counts the accents of each letter in a text.
#[derive(Default)]
struct Accents(usize);

impl Accents {
    fn is_one_too_many(&mut self, character: char) -> bool {
        self.0 = if is_accent(character) { self.0 + 1 } else { 0 };
        self.0 > MOST_ACCENTS
    }
}

pub(super) fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether a letter of the Latin alphabet is in another font but not in the body font.
fn is_wider(character: char) -> bool {
    matches!(character, '\u{100}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
        && !super::engine::body_covers(character)
        && super::engine::covers(character)
}

fn is_missing(character: char) -> bool {
    // Most text is within these ranges, and every font for text has them.
    if (' '..='~').contains(&character) || ('\u{a0}'..='\u{ff}').contains(&character) {
        return false;
    }
    !(character.is_whitespace() || is_silent(character) || super::engine::covers(character))
}

/// Whether a character only controls how others are set, and is never drawn.
pub(super) fn is_silent(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// What was found while the texts of a part were mended.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Mended {
    /// The characters that cannot be set, each with the place of its block.
    pub(super) missing: Vec<(char, Option<Span>)>,
    /// The Latin letters that the body font does not have. A word with one of them is set in another
    /// font as a whole. Otherwise the engine would build the letter from one of the body font and an
    /// accent, and anyone who copied or searched the page would find two letters.
    pub(super) wider: BTreeSet<char>,
}

/// Replaces characters that cannot be set, joins accents with their letters, and adds what was found
/// to `mended`.
pub(super) fn mend_part(part: &mut Part, mended: &mut Mended) {
    mend(&mut part.title, None, mended);
    for block in &mut part.blocks {
        replace_in_block(block, None, mended);
    }
    for footnote in &mut part.footnotes {
        for block in &mut footnote.blocks {
            replace_in_block(block, None, mended);
        }
    }
}

/// A drawing that the engine accepts. Characters that no font has are replaced. If any letters may
/// change their shape, all letters become outlines. Other images stay as they are.
pub(super) fn drawing(image: Bytes) -> Bytes {
    let text = if image.starts_with(DRAWING) {
        std::str::from_utf8(&image).ok()
    } else {
        None
    };
    let Some(text) = text else { return image };
    let has_gaps = text.chars().any(is_missing);
    let is_shaped = text.chars().any(is_shaped);
    if !has_gaps && !is_shaped {
        return image;
    }
    let shown = |letter| {
        if is_missing(letter) {
            REPLACEMENT
        } else {
            letter
        }
    };
    let text: String = text.chars().map(shown).collect();
    let outlined = is_shaped.then(|| super::engine::outlined(&text)).flatten();
    Bytes::from(outlined.unwrap_or(text))
}

/// Whether a letter may change its shape beside others: an accent, or a letter of one of the scripts
/// from Hebrew to Tibetan.
fn is_shaped(letter: char) -> bool {
    is_accent(letter) || matches!(letter, '\u{590}'..='\u{fff}' | '\u{fb1d}'..='\u{fdff}')
}

fn mend(text: &mut String, span: Option<Span>, mended: &mut Mended) {
    weed(text, span, mended);
    if text.chars().any(is_accent) {
        *text = text.nfc().collect();
    }
    let wider = text.chars().filter(|letter| is_wider(*letter));
    mended.wider.extend(wider);
}

/// Replaces or removes the characters of a text that cannot be set.
fn weed(text: &mut String, span: Option<Span>, mended: &mut Mended) {
    let is_plain =
        |letter: char| !(is_missing(letter) || is_control(letter) || parts_words(letter));
    let mut accents = Accents::default();
    if text
        .chars()
        .all(|letter| is_plain(letter) && !accents.is_one_too_many(letter))
    {
        return;
    }
    let mut accents = Accents::default();
    *text = text
        .chars()
        .filter_map(|letter| {
            if accents.is_one_too_many(letter) {
                mended.missing.push((letter, span));
                None
            } else if parts_words(letter) {
                Some(' ')
            } else if is_control(letter) {
                None
            } else if is_missing(letter) {
                mended.missing.push((letter, span));
                Some(REPLACEMENT)
            } else {
                Some(letter)
            }
        })
        .collect();
}

/// Whether a character is a tab or a line break of another program. The engine gives these no room,
/// and would join the words or figures beside them.
fn parts_words(character: char) -> bool {
    matches!(
        character,
        '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a character is a control character, which has no place on a page. The engine refuses some
/// of them.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

fn replace_in_block(block: &mut Block, around: Option<Span>, mended: &mut Mended) {
    let span = block.span.or(around);
    match &mut block.kind {
        BlockKind::Heading {
            number, content, ..
        }
        | BlockKind::Paragraph {
            number, content, ..
        } => {
            if let Some(number) = number {
                mend(number, span, mended);
            }
            inlines(content, span, mended);
        }
        BlockKind::Preformatted { text } => mend(text, span, mended),
        BlockKind::Fields { rows, .. } => {
            for row in rows {
                mend(&mut row.label, span, mended);
                for line in &mut row.lines {
                    inlines(line, span, mended);
                }
            }
        }
        BlockKind::Masthead(masthead) => {
            for text in [&mut masthead.council, &mut masthead.body] {
                mend(text, span, mended);
            }
        }
        BlockKind::Agenda { rows } => {
            for row in rows {
                mend(&mut row.number, span, mended);
                inlines(&mut row.title, span, mended);
                for note in &mut row.notes {
                    inlines(note, span, mended);
                }
                for sub in &mut row.sub {
                    mend(sub, span, mended);
                }
                if let Some(time) = &mut row.time {
                    mend(time, span, mended);
                }
            }
        }
        BlockKind::Members { members, .. } => {
            for member in members {
                mend(&mut member.name, span, mended);
                if let Some(note) = &mut member.note {
                    mend(note, span, mended);
                }
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                inlines(&mut row.title, span, mended);
            }
        }
        BlockKind::Signature { lines } => {
            for line in lines {
                mend(line, span, mended);
            }
        }
        BlockKind::List { items, .. } => {
            for item in items {
                if let Some(label) = &mut item.label {
                    mend(label, span, mended);
                }
            }
        }
        BlockKind::Table(table) => {
            if let Some(caption) = &mut table.caption {
                inlines(caption, span, mended);
            }
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &mut figure.caption {
                inlines(caption, span, mended);
            }
        }
        BlockKind::Records { caption, records } => {
            if let Some(caption) = caption {
                inlines(caption, span, mended);
            }
            for field in records.iter_mut().flat_map(|record| &mut record.fields) {
                mend(&mut field.label, span, mended);
            }
        }
        BlockKind::PageMark { words, .. } => mend(words, span, mended),
        BlockKind::Quote { .. }
        | BlockKind::Rule
        | BlockKind::Panel { .. }
        | BlockKind::Leaf { .. }
        | BlockKind::Foot { .. } => {}
    }
    for blocks in block.inner_mut() {
        for inner in blocks {
            replace_in_block(inner, span, mended);
        }
    }
}

fn inlines(content: &mut [Inline], span: Option<Span>, mended: &mut Mended) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => mend(text, span, mended),
            Inline::Page { words, .. } | Inline::PageMark { words, .. } => {
                mend(words, span, mended);
            }
            _ => {
                if let Some(content) = inline.inner_mut() {
                    inlines(content, span, mended);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_the_fonts_promise_is_there() {
        let promised = [
            "ŵŷŴŶâêîôûẁẃẅỳ",
            "ąćęłńóśźżŁŚŻ",
            "Ελληνικά Українська",
            "اردو پنجابی العربية ٹ ڈ ڑ ں ے",
            "ਪੰਜਾਬੀ বাংলা ગુજરાતી हिन्दी தமிழ் עברית",
            "✓✗→≥≤≠●☐☑■▪²½⅓₂€™…–—‘’“”•\u{a0}\u{2011}",
        ];
        for text in promised {
            assert!(
                missing_chars(text).is_empty(),
                "{text}: {:?}",
                missing_chars(text)
            );
        }
    }

    #[test]
    fn a_missing_character_is_named_once_and_replaced() {
        assert_eq!(missing_chars("a 会 b 会 \u{f0b7}"), ['会', '\u{f0b7}']);
        let mut part = Part::new(
            "k",
            crate::compose::part::PartKind::Report,
            "T",
            "en-GB",
            vec![Block::paragraph(vec![Inline::strong("x会\u{7}y")])],
        );
        let mut mended = Mended::default();
        mend_part(&mut part, &mut mended);
        assert_eq!(mended.missing, [('会', None)]);
        assert_eq!(part.blocks, [Block::paragraph(vec![Inline::strong("x�y")])]);
    }

    #[test]
    fn a_letter_keeps_as_many_accents_as_it_can_bear() {
        let all = "\u{301}".repeat(300);
        assert_eq!(missing_chars(&format!("e{all}")), ['\u{301}']);
        assert!(missing_chars("ẹ̀́ a\u{301}\u{323}").is_empty());
        let mut text = format!("e{all}t");
        mend(&mut text, None, &mut Mended::default());
        assert_eq!(text, format!("é{}t", "\u{301}".repeat(MOST_ACCENTS - 1)));
    }

    #[test]
    fn accents_join_their_letters_and_letters_of_another_font_are_known() {
        let mended = |text: &str| {
            let (mut text, mut mended) = (text.to_owned(), Mended::default());
            mend(&mut text, None, &mut mended);
            (text, mended.wider.into_iter().collect::<String>())
        };
        assert_eq!(
            mended("Nguye\u{302}\u{303}n Thưởng"),
            ("Nguyễn Thưởng".to_owned(), "ưễở".to_owned())
        );
        let known = "Zażółć gęślą jaźń, Tŷ Ŵyn, d\u{175}r ẁ ỳ, naïve";
        assert_eq!(mended(known), (known.to_owned(), String::new()));
        assert_eq!(mended("x\u{302}"), ("x\u{302}".to_owned(), String::new()));
    }

    #[test]
    fn what_is_drawn_in_the_body_font_alone_has_letters_of_that_font() {
        let printed = in_body_font("a\u{301}\u{323} Llŷn – \u{645}\u{62c}");
        assert!(
            printed.chars().all(crate::typeset::engine::body_covers),
            "{printed}"
        );
        assert!(
            printed.contains("Llŷn –") && printed.ends_with("??"),
            "{printed}"
        );
    }

    #[test]
    fn a_drawing_has_letters_that_the_fonts_have() {
        let drawn = drawing(Bytes::from("<svg><text>a 会</text></svg>"));
        assert_eq!(drawn, "<svg><text>a \u{fffd}</text></svg>");
        let other = Bytes::from("会");
        assert_eq!(drawing(other.clone()), other);
    }
}
