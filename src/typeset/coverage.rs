//! Characters that no font has: they become � on the page and a finding at their place.

use crate::compose::part::{Block, BlockKind, Inline, Part};
use crate::finding::Span;

/// What stands on the page for a character that no font has.
pub const REPLACEMENT: char = '\u{fffd}';

/// The characters of a text that no font has, each once, in the order in which they come.
pub fn missing_chars(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for character in text.chars().filter(|&character| is_missing(character)) {
        if !missing.contains(&character) {
            missing.push(character);
        }
    }
    missing
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

fn mend(text: &mut String, span: Option<Span>, missing: &mut Vec<(char, Option<Span>)>) {
    if text
        .chars()
        .any(|character| is_missing(character) || is_control(character) || parts_words(character))
    {
        *text = text
            .chars()
            .filter_map(|character| {
                if parts_words(character) {
                    Some(' ')
                } else {
                    (!is_control(character)).then_some(character)
                }
            })
            .map(|character| {
                if is_missing(character) {
                    missing.push((character, span));
                    REPLACEMENT
                } else {
                    character
                }
            })
            .collect();
    }
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
}
