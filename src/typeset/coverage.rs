//! Characters that no font has: they become � on the page and a finding at their place.

use bytes::Bytes;

use crate::compose::part::{Block, BlockKind, Inline, Part};
use crate::finding::Span;

/// What stands on the page for a character that no font has.
pub const REPLACEMENT: char = '\u{fffd}';

/// How a drawing (SVG) begins.
pub const DRAWING: &[u8] = b"<svg";

/// The most accents of one letter that are printed: more run over the lines above and below it.
const MOST_ACCENTS: usize = 4;

/// The characters of a text that cannot be printed, each once, in the order in which they come: no
/// font has them, or they are more accents than one letter can bear.
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

/// Counts the accents of each letter in a text.
#[derive(Default)]
struct Accents(usize);

impl Accents {
    fn is_one_too_many(&mut self, character: char) -> bool {
        let is_accent = matches!(character,
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
        self.0 = if is_accent { self.0 + 1 } else { 0 };
        self.0 > MOST_ACCENTS
    }
}

fn is_missing(character: char) -> bool {
    // Most text is within these, and every font has them.
    if (' '..='~').contains(&character) || ('\u{a0}'..='\u{ff}').contains(&character) {
        return false;
    }
    !(character.is_whitespace() || is_silent(character) || super::engine::covers(character))
}

/// Characters that steer other characters and are never drawn.
fn is_silent(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Replaces characters that cannot be set, and says which they were and where.
pub(super) fn replace_missing(part: &mut Part) -> Vec<(char, Option<Span>)> {
    let mut missing = Vec::new();
    mend(&mut part.title, None, &mut missing);
    for block in &mut part.blocks {
        replace_in_block(block, None, &mut missing);
    }
    for footnote in &mut part.footnotes {
        for block in &mut footnote.blocks {
            replace_in_block(block, None, &mut missing);
        }
    }
    missing
}

/// A drawing with what is printed for characters that no font has in their place; the engine refuses
/// them. Other images stay as they are.
pub(super) fn drawing(image: Bytes) -> Bytes {
    let text = if image.starts_with(DRAWING) {
        std::str::from_utf8(&image).ok()
    } else {
        None
    };
    match text {
        Some(text) if text.chars().any(is_missing) => {
            let shown = |letter| {
                if is_missing(letter) {
                    REPLACEMENT
                } else {
                    letter
                }
            };
            Bytes::from(text.chars().map(shown).collect::<String>())
        }
        _ => image,
    }
}

fn mend(text: &mut String, span: Option<Span>, missing: &mut Vec<(char, Option<Span>)>) {
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
                missing.push((letter, span));
                None
            } else if parts_words(letter) {
                Some(' ')
            } else if is_control(letter) {
                None
            } else if is_missing(letter) {
                missing.push((letter, span));
                Some(REPLACEMENT)
            } else {
                Some(letter)
            }
        })
        .collect();
}

/// Tabs, and the line breaks of other programs: the engine gives them no room, and would join the
/// words or figures beside them.
fn parts_words(character: char) -> bool {
    matches!(
        character,
        '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Control characters have no place on a page, and the engine refuses some of them.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

fn replace_in_block(
    block: &mut Block,
    around: Option<Span>,
    missing: &mut Vec<(char, Option<Span>)>,
) {
    let span = block.span.or(around);
    match &mut block.kind {
        BlockKind::Heading {
            number, content, ..
        }
        | BlockKind::Paragraph {
            number, content, ..
        } => {
            if let Some(number) = number {
                mend(number, span, missing);
            }
            inlines(content, span, missing);
        }
        BlockKind::Preformatted { text } => mend(text, span, missing),
        BlockKind::Fields { rows, .. } => {
            for row in rows {
                mend(&mut row.label, span, missing);
                for line in &mut row.lines {
                    inlines(line, span, missing);
                }
            }
        }
        BlockKind::Masthead(masthead) => {
            for text in [&mut masthead.council, &mut masthead.body] {
                mend(text, span, missing);
            }
        }
        BlockKind::Agenda { rows } => {
            for row in rows {
                mend(&mut row.number, span, missing);
                inlines(&mut row.title, span, missing);
                for note in &mut row.notes {
                    inlines(note, span, missing);
                }
                for sub in &mut row.sub {
                    mend(sub, span, missing);
                }
                if let Some(time) = &mut row.time {
                    mend(time, span, missing);
                }
            }
        }
        BlockKind::Members { members, .. } => {
            for member in members {
                mend(&mut member.name, span, missing);
                if let Some(note) = &mut member.note {
                    mend(note, span, missing);
                }
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                inlines(&mut row.title, span, missing);
            }
        }
        BlockKind::Signature { lines } => {
            for line in lines {
                mend(line, span, missing);
            }
        }
        BlockKind::List { items, .. } => {
            for item in items {
                if let Some(label) = &mut item.label {
                    mend(label, span, missing);
                }
            }
        }
        BlockKind::Table(table) => {
            if let Some(caption) = &mut table.caption {
                inlines(caption, span, missing);
            }
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &mut figure.caption {
                inlines(caption, span, missing);
            }
        }
        BlockKind::Records { caption, records } => {
            if let Some(caption) = caption {
                inlines(caption, span, missing);
            }
            for field in records.iter_mut().flat_map(|record| &mut record.fields) {
                mend(&mut field.label, span, missing);
            }
        }
        BlockKind::PageMark { words, .. } => mend(words, span, missing),
        BlockKind::Quote { .. }
        | BlockKind::Rule
        | BlockKind::Panel { .. }
        | BlockKind::Leaf { .. }
        | BlockKind::Foot { .. } => {}
    }
    for blocks in block.inner_mut() {
        for inner in blocks {
            replace_in_block(inner, span, missing);
        }
    }
}

fn inlines(content: &mut [Inline], span: Option<Span>, missing: &mut Vec<(char, Option<Span>)>) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => mend(text, span, missing),
            Inline::Page { words, .. } | Inline::PageMark { words, .. } => {
                mend(words, span, missing);
            }
            _ => {
                if let Some(content) = inline.inner_mut() {
                    inlines(content, span, missing);
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
        assert_eq!(replace_missing(&mut part), [('会', None)]);
        assert_eq!(part.blocks, [Block::paragraph(vec![Inline::strong("x�y")])]);
    }

    #[test]
    fn a_letter_keeps_as_many_accents_as_it_can_bear() {
        let all = "\u{301}".repeat(300);
        assert_eq!(missing_chars(&format!("e{all}")), ['\u{301}']);
        assert!(missing_chars("ẹ̀́ a\u{301}\u{323}").is_empty());
        let mut text = format!("e{all}t");
        mend(&mut text, None, &mut Vec::new());
        assert_eq!(text, format!("e{}t", "\u{301}".repeat(MOST_ACCENTS)));
    }

    #[test]
    fn a_drawing_has_letters_that_the_fonts_have() {
        let drawn = drawing(Bytes::from("<svg><text>a 会</text></svg>"));
        assert_eq!(drawn, "<svg><text>a \u{fffd}</text></svg>");
        let other = Bytes::from("会");
        assert_eq!(drawing(other.clone()), other);
    }
}
