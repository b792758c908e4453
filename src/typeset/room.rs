//! The room that words have. A word that is too wide for its place breaks at its signs, at a syllable
//! or, if nothing else is left, anywhere. Joined words are separated again if they are too wide for a
//! line together. A label that takes more than a third of its line goes above.

use hypher::Lang;

use super::engine::width;
use crate::compose::part::{Block, BlockKind, Inline, ListItem, Table, Tone, plain};

/// A place where a line may break without a hyphen.
const BREAK: char = '\u{200b}';
/// A place where a word may break with a hyphen.
const SOFT_HYPHEN: char = '\u{ad}';
/// A space at which no line breaks.
const NO_BREAK: char = '\u{a0}';
/// The width of a character of code, in ems of the text around it.
const MACHINE: f64 = 0.85;
/// The widest character that is to be expected, in ems. A quick estimate with it finds the words that
/// are short enough.
const WIDEST: f64 = 0.95;

/// The widest piece of running text that no line break divides, in ems.
pub(super) fn widest_piece(content: &[Inline], bold: bool) -> f64 {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } => pieces(text)
                .map(|piece| width(piece, bold))
                .fold(0.0, f64::max),
            Inline::Code { text } => text
                .split_whitespace()
                .map(|word| word.chars().count() as f64 * MACHINE)
                .fold(0.0, f64::max),
            Inline::Keep { content } => width(&plain(content), bold),
            // "{page}" is about as wide as five digits.
            Inline::Page { words, .. } => words
                .split(' ')
                .map(|word| width(word, bold))
                .fold(0.0, f64::max),
            Inline::Strong { content } | Inline::Emphasis { content } => {
                widest_piece(content, true)
            }
            _ => widest_piece(inline.inner(), bold),
        })
        .fold(0.0, f64::max)
}

/// The widest piece of blocks, with the room that their nesting takes, in ems.
pub(super) fn widest(blocks: &[Block], bold: bool) -> f64 {
    blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading { content, .. } => widest_piece(content, true) * 1.2,
            BlockKind::Paragraph { content, .. } => widest_piece(content, bold),
            BlockKind::List { items, .. } => items
                .iter()
                .map(|item| label_width(item) + 0.7 + widest(&item.blocks, bold))
                .fold(0.0, f64::max),
            _ => block
                .inner()
                .into_iter()
                .map(|inner| 1.4 + widest(inner, bold))
                .fold(0.0, f64::max),
        })
        .fold(0.0, f64::max)
}

fn label_width(item: &ListItem) -> f64 {
    item.label
        .as_deref()
        .map_or(1.3, |label| width(label, false))
}

/// The pieces of a text between which a line may break.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(breaks_line).flat_map(parts)
}

/// The parts of a word. A hyphen ends a part, unless it is before a digit, as a minus sign or in
/// "2025-26", or begins the word.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let breaks = |&(at, sign): &(usize, char)| match sign {
            BREAK | SOFT_HYPHEN => true,
            '-' | '–' => {
                let after = &rest[at + sign.len_utf8()..];
                at > 0 && !after.starts_with(|next: char| next.is_ascii_digit())
            }
            _ => false,
        };
        let end = rest.char_indices().find(breaks);
        let end = end.map_or(rest.len(), |(at, sign)| at + sign.len_utf8());
        let part;
        (part, rest) = rest.split_at(end);
        (!part.is_empty()).then_some(part)
    })
}

fn breaks_line(character: char) -> bool {
    character.is_whitespace() && character != NO_BREAK
}

/// Lets running text break if it is wider than `room` ems.
pub(super) fn soften(content: &mut Vec<Inline>, room: f64, bold: bool) {
    let mut index = 0;
    while index < content.len() {
        match &mut content[index] {
            Inline::Text { text } => soften_text(text, room, bold),
            Inline::Page { words, .. } => soften_words_of_page(words, room, bold),
            Inline::Code { text } if text.chars().count() as f64 * MACHINE > room => {
                *text = broken_anywhere(text, room, |_| MACHINE);
            }
            Inline::Keep { content: kept } if width(&plain(kept), true) > room => {
                let kept = std::mem::take(kept);
                content.splice(index..=index, kept);
                continue;
            }
            Inline::Strong { content } | Inline::Emphasis { content } => {
                soften(content, room, true);
            }
            inline => {
                if let Some(content) = inline.inner_mut() {
                    soften(content, room, bold);
                }
            }
        }
        index += 1;
    }
}

/// Lets those words of a text break that are wider than `room` ems.
pub(super) fn soften_text(text: &mut String, room: f64, bold: bool) {
    let long = |word: &str| word.chars().count() as f64 * WIDEST > room;
    if !text.split(breaks_line).any(long) {
        return;
    }
    let mut softened = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive(breaks_line) {
        let bare = word.trim_end_matches(breaks_line);
        if !long(bare) || width(bare, bold) <= room {
            softened.push_str(word);
        } else if bare.contains(NO_BREAK) {
            let mut apart = apart(bare, room, bold);
            soften_text(&mut apart, room, bold);
            softened.push_str(&apart);
            softened.push_str(&word[bare.len()..]);
        } else {
            let mut broken = String::with_capacity(bare.len() + 8);
            soften_word(bare, room, bold, &mut broken);
            // Otherwise there would be no break between it and a next word in another style.
            let anywhere = broken.contains(BREAK);
            softened.extend(anywhere.then_some(BREAK));
            softened.push_str(&broken);
            softened.extend((anywhere && !broken.ends_with(BREAK)).then_some(BREAK));
            softened.push_str(&word[bare.len()..]);
        }
    }
    *text = softened;
}

/// Lets the words of a page number break, but not the names of the numbers among them: "page {page}".
fn soften_words_of_page(words: &mut String, room: f64, bold: bool) {
    let softened = words.split_inclusive('}').map(|piece| {
        let (text, number) = piece.split_at(piece.find('{').unwrap_or(piece.len()));
        let mut text = text.to_owned();
        soften_text(&mut text, room, bold);
        text + number
    });
    *words = softened.collect();
}

/// Joined words that are wider than `room` ems, separated only as far as necessary.
fn apart(joined: &str, room: f64, bold: bool) -> String {
    let mut apart = String::with_capacity(joined.len());
    let mut run = 0;
    for word in joined.split(NO_BREAK) {
        if !apart.is_empty() {
            let with = format!("{}{NO_BREAK}{word}", &apart[run..]);
            if width(&with, bold) <= room {
                apart.push(NO_BREAK);
            } else {
                apart.push(' ');
                run = apart.len();
            }
        }
        apart.push_str(word);
    }
    apart
}

fn soften_word(word: &str, room: f64, bold: bool, into: &mut String) {
    let signs = ['/', '.', '@', '_', '-', '–', '?', '&', '=', ',', ':', BREAK];
    for piece in word.split_inclusive(signs) {
        if width(piece, bold) <= room {
            into.push_str(piece);
        } else if piece
            .trim_end_matches(signs)
            .chars()
            .all(char::is_alphabetic)
        {
            // The hyphen needs room too.
            let least = room - 0.4;
            let mut first = true;
            for syllable in hypher::hyphenate(piece, Lang::English) {
                if !first {
                    into.push(SOFT_HYPHEN);
                }
                first = false;
                into.push_str(&broken_anywhere(syllable, least, |character| {
                    width(character.encode_utf8(&mut [0; 4]), bold)
                }));
            }
        } else {
            into.push_str(&broken_anywhere(piece, room, |character| {
                width(character.encode_utf8(&mut [0; 4]), bold)
            }));
        }
        if piece.ends_with(signs) && !piece.ends_with(BREAK) {
            into.push(BREAK);
        }
    }
}

/// A word with a place to break wherever a line of `room` ems would be full.
fn broken_anywhere(word: &str, room: f64, wide: impl Fn(char) -> f64) -> String {
    let mut broken = String::with_capacity(word.len() + 8);
    let mut run = 0.0;
    for character in word.chars() {
        let wide = wide(character);
        if run > 0.0 && run + wide > room {
            broken.push(BREAK);
            run = 0.0;
        }
        broken.push(character);
        run = if breaks_line(character) {
            0.0
        } else {
            run + wide
        };
    }
    broken
}

/// Lets those words of blocks break that are wider than `room` ems, whatever they are nested in, and
/// moves labels that take more than a third of it above their list items.
pub(super) fn soften_blocks(blocks: &mut [Block], room: f64, bold: bool) {
    for block in blocks {
        soften_block(block, room, bold);
    }
}

/// The least room for words, in ems. Text that is nested so deep that it has less runs out to the
/// right, which the check of the finished pages would report.
const LEAST: f64 = 3.0;

fn soften_block(block: &mut Block, room: f64, bold: bool) {
    let room = room.max(LEAST);
    match &mut block.kind {
        BlockKind::Heading { level, content, .. } => {
            // The sizes and the weight of headings in the template.
            let size = [1.6, 1.2, 1.05].get(usize::from(*level).max(1) - 1);
            soften(content, room / size.copied().unwrap_or(1.0), true);
        }
        BlockKind::Paragraph { tone, content, .. } => {
            let size = if *tone == Tone::Lead { 1.15 } else { 1.0 };
            soften(content, room / size, bold);
        }
        BlockKind::List { items, .. } => {
            for item in items.iter_mut() {
                if let Some(label) = item.label.take_if(|label| width(label, false) > room / 3.0) {
                    item.blocks
                        .insert(0, Block::paragraph(vec![Inline::strong(label)]));
                    item.label = Some(String::new());
                }
            }
            let label = items.iter().map(label_width).fold(0.0, f64::max);
            for item in items {
                soften_blocks(&mut item.blocks, room - label - 0.7, bold);
            }
        }
        BlockKind::Quote { blocks } => soften_blocks(blocks, room - 1.4, bold),
        BlockKind::Panel { blocks, .. } => soften_blocks(blocks, room - 2.0, bold),
        BlockKind::Leaf { blocks } | BlockKind::Foot { blocks } => {
            soften_blocks(blocks, room, bold);
        }
        BlockKind::Preformatted { text } => {
            *text = text
                .split_inclusive('\n')
                .map(|line| broken_anywhere(line, room - 1.8, |_| MACHINE))
                .collect();
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &mut figure.caption {
                soften(caption, room, bold);
            }
        }
        BlockKind::Masthead(masthead) => {
            for text in [&mut masthead.council, &mut masthead.body] {
                soften_text(text, room / 2.05, true);
            }
        }
        BlockKind::Agenda { rows } => {
            for row in rows {
                let beside = (room - 2.4 - f64::from(row.depth) * 2.4).max(LEAST);
                // The page number is at the right of the title.
                let room = (beside - 2.6).max(LEAST);
                soften(&mut row.title, room, true);
                for note in &mut row.notes {
                    soften(note, beside, false);
                }
                for sub in &mut row.sub {
                    soften_text(sub, (room - 1.6).max(LEAST), false);
                }
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                let room = (room - 2.6 - f64::from(row.depth)).max(LEAST);
                soften(&mut row.title, room, row.depth == 0);
            }
        }
        BlockKind::Members { members, .. } => {
            for member in members {
                soften_text(&mut member.name, room, false);
                if let Some(note) = &mut member.note {
                    soften_text(note, room, false);
                }
            }
        }
        BlockKind::Fields { rows, .. } => {
            for row in rows {
                soften_text(&mut row.label, room * 0.29, true);
                for line in &mut row.lines {
                    soften(line, room * 0.68, true);
                }
            }
        }
        BlockKind::Signature { lines } => {
            for line in lines {
                soften_text(line, room, true);
            }
        }
        // Their cells are handled where their columns are laid out.
        BlockKind::Table(Table { caption, .. }) | BlockKind::Records { caption, .. } => {
            if let Some(caption) = caption {
                soften(caption, room, true);
            }
        }
        BlockKind::Rule | BlockKind::PageMark { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn softened(text: &str, room: f64) -> String {
        let mut text = text.to_owned();
        soften_text(&mut text, room, false);
        text
    }

    #[test]
    fn a_word_wider_than_its_place_breaks_at_a_syllable() {
        let wide = softened("our responsibilities here", 5.0);
        assert!(wide.contains(SOFT_HYPHEN), "{wide:?}");
        assert_eq!(wide.replace(SOFT_HYPHEN, ""), "our responsibilities here");
        assert_eq!(
            softened("our responsibilities here", 20.0),
            "our responsibilities here"
        );
    }

    #[test]
    fn what_has_no_syllables_breaks_after_its_signs_or_anywhere() {
        let address = format!("see https://example.org/{} now", "a1".repeat(100));
        let broken = softened(&address, 12.0);
        assert!(broken.contains(&format!("/{BREAK}")), "{broken:?}");
        assert!(
            broken
                .split([BREAK, ' '])
                .all(|piece| width(piece, false) <= 12.0)
        );
        assert_eq!(broken.replace(BREAK, ""), address);
    }

    #[test]
    fn words_of_a_page_number_break_and_names_of_numbers_do_not() {
        let words = "standard page {standard}, page {page}";
        let mut line = vec![Inline::Page {
            anchor: "item-4".into(),
            words: words.into(),
        }];
        soften(&mut line, 2.0, false);
        let Inline::Page { words: broken, .. } = &line[0] else {
            panic!("a page number stays one")
        };
        let pieces = broken.split([BREAK, SOFT_HYPHEN, ' ', ',']);
        for piece in pieces.filter(|piece| !piece.starts_with('{')) {
            assert!(width(piece, false) <= 2.0, "{piece} of {broken:?}");
        }
        assert!(broken.contains("{standard}") && broken.contains("{page}"));
        assert_eq!(broken.replace([BREAK, SOFT_HYPHEN], ""), words);
    }

    #[test]
    fn a_figure_is_one_piece_with_its_minus() {
        let wide = |text: &str| widest_piece(&[Inline::text(text)], false);
        for figure in ["-30,834.5", "–30,834.5", "2025-26", "£1,585-1,661"] {
            assert!(
                (wide(figure) - width(figure, false)).abs() < 1e-9,
                "{figure}"
            );
        }
        assert!(wide("one-off") < width("one-off", false));
        assert!(pieces("").next().is_none() || wide("") == 0.0);
    }

    #[test]
    fn what_was_joined_comes_apart_before_a_word_is_broken() {
        let name = "Councillor\u{a0}Featherstonehaugh";
        assert_eq!(softened(name, 30.0), name);
        assert!(softened(name, 11.0).starts_with("Councillor Feather"));
        let date = "28\u{a0}September\u{a0}2026";
        assert_eq!(softened(date, 8.0), "28\u{a0}September 2026");
    }

    #[test]
    fn a_long_label_goes_above_its_item() {
        let mut blocks = [Block::new(BlockKind::List {
            numbering: None,
            tight: true,
            items: vec![crate::compose::part::ListItem {
                label: Some("Consultation with the Monitoring Officer".into()),
                blocks: vec![Block::paragraph(vec![Inline::text("Done.")])],
            }],
        })];
        soften_blocks(&mut blocks, 26.0, false);
        let BlockKind::List { items, .. } = &blocks[0].kind else {
            panic!("a list stays one")
        };
        assert_eq!(items[0].label.as_deref(), Some(""));
        assert_eq!(
            items[0].blocks[0],
            Block::paragraph(vec![Inline::strong(
                "Consultation with the Monitoring Officer"
            )])
        );
    }
}
