//! What the engine or the standards refuse is put right before they see it: skipped heading
//! levels, empty headings and links, images without words, language tags that are none, words
//! longer than a line. Whatever of it a clerk should mend is a finding elsewhere.

use super::engine::width;
use super::style::Style;
use crate::compose::part::{Block, BlockKind, Figure, Inline, Part, Tone, plain};

/// The longest address that a link may have.
const LONGEST_ADDRESS: usize = 2000;
/// A place where a line may break without a hyphen.
const BREAK: char = '\u{200b}';

/// Puts a part right.
pub(super) fn tidy(part: &mut Part, style: &Style) {
    if !is_language(&part.lang) {
        "en-GB".clone_into(&mut part.lang);
    }
    if part.title.trim().is_empty() {
        part.title.clone_from(&part.key);
    }
    let mut tidy = Tidy {
        level: 0,
        longest: style.measure() * 0.8 / style.size,
    };
    tidy.blocks(&mut part.blocks);
    for footnote in &mut part.footnotes {
        tidy.blocks(&mut footnote.blocks);
    }
}

/// Whether a tag is a language that the engine knows how to read: two or three letters, then
/// whatever follows a hyphen.
fn is_language(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic())
}

struct Tidy {
    /// The level of the last heading.
    level: u8,
    /// The widest word that fits a line, in ems.
    longest: f64,
}

impl Tidy {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        blocks.retain(|block| !is_empty(block));
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &mut Block) {
        if block.lang.as_deref().is_some_and(|lang| !is_language(lang)) {
            block.lang = None;
        }
        match &mut block.kind {
            BlockKind::Heading { level, content, .. } => {
                self.inlines(content);
                if plain(content).trim().is_empty() {
                    block.kind = BlockKind::Paragraph {
                        number: None,
                        tone: Tone::Body,
                        content: std::mem::take(content),
                    };
                } else {
                    *level = (*level).clamp(1, self.level.saturating_add(1)).min(6);
                    self.level = *level;
                }
            }
            BlockKind::Paragraph { content, .. } => self.inlines(content),
            BlockKind::Masthead(masthead) => {
                self.level = 1;
                if let Some(logo) = &mut masthead.logo {
                    worded(logo);
                }
            }
            BlockKind::Agenda { rows } => {
                self.level = 2;
                for row in rows {
                    self.inlines(&mut row.title);
                    for note in &mut row.notes {
                        self.inlines(note);
                    }
                }
            }
            BlockKind::Fields { rows, .. } => {
                for line in rows.iter_mut().flat_map(|row| &mut row.lines) {
                    self.inlines(line);
                }
            }
            BlockKind::Contents { rows } => {
                for row in rows {
                    self.inlines(&mut row.title);
                }
            }
            BlockKind::Figure(figure) => {
                if figure.image.is_empty() {
                    block.kind = described(figure);
                } else {
                    worded(figure);
                }
            }
            BlockKind::Table(table) => {
                if let Some(caption) = &mut table.caption {
                    self.inlines(caption);
                }
            }
            _ => {}
        }
        for inner in block.inner_mut() {
            self.blocks(inner);
        }
    }

    fn inlines(&self, content: &mut Vec<Inline>) {
        for inline in content.iter_mut() {
            match inline {
                Inline::Text { text } => self.breakable(text),
                Inline::Strong { content }
                | Inline::Emphasis { content }
                | Inline::Struck { content }
                | Inline::Go { content, .. }
                | Inline::Keep { content } => self.inlines(content),
                Inline::Web { url, content } => {
                    self.inlines(content);
                    if content.is_empty() {
                        *content = vec![Inline::text(url.as_str())];
                    }
                    let words = std::mem::take(content);
                    *inline = if url.is_empty() || url.len() > LONGEST_ADDRESS {
                        Inline::Keep { content: words }
                    } else {
                        Inline::Web {
                            url: std::mem::take(url),
                            content: words,
                        }
                    };
                }
                Inline::Lang { lang, content } => {
                    self.inlines(content);
                    if !is_language(lang) {
                        "en".clone_into(lang);
                    }
                }
                Inline::Image(figure) if figure.image.is_empty() => {
                    *inline = Inline::text(format!("[{}]", figure.alt));
                }
                Inline::Image(figure) => worded(figure),
                _ => {}
            }
        }
        content
            .retain(|inline| !matches!(inline, Inline::Go { content, .. } if content.is_empty()));
    }

    /// Lets a word break that is wider than a line, after the signs in it or else anywhere.
    fn breakable(&self, text: &mut String) {
        // Half an em a character is less than any long word takes.
        if !text
            .split_whitespace()
            .any(|word| word.len() as f64 * 0.5 > self.longest)
        {
            return;
        }
        let mut broken = String::with_capacity(text.len() + 16);
        for word in text.split_inclusive(char::is_whitespace) {
            if width(word.trim_end(), false) <= self.longest {
                broken.push_str(word);
                continue;
            }
            let mut run = 0.0;
            let mut letters = [0; 4];
            for character in word.chars() {
                let wide = width(character.encode_utf8(&mut letters), false);
                if run + wide > self.longest {
                    broken.push(BREAK);
                    run = 0.0;
                }
                broken.push(character);
                run += wide;
                if matches!(character, '/' | '.' | '@' | '_' | '-' | '?' | '&' | '=') {
                    broken.push(BREAK);
                }
            }
        }
        *text = broken;
    }
}

/// Whether a block has nothing to set.
fn is_empty(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading {
            number: None,
            content,
            ..
        }
        | BlockKind::Paragraph {
            number: None,
            content,
            ..
        } => content.is_empty(),
        BlockKind::List { items, .. } => items.is_empty(),
        BlockKind::Table(table) => table.rows.iter().all(|row| row.cells.is_empty()),
        BlockKind::Members { members, .. } => members.is_empty(),
        BlockKind::Fields { rows, .. } => rows.is_empty(),
        BlockKind::Contents { rows } => rows.is_empty(),
        BlockKind::Signature { lines } => lines.is_empty(),
        BlockKind::Preformatted { text } => text.trim().is_empty(),
        _ => false,
    }
}

/// Gives an image without alternative text the words that stand below it, or its file's name: the
/// standards take no image without any, and the author has a finding for it.
fn worded(figure: &mut Figure) {
    if figure.alt.trim().is_empty() {
        let caption = figure.caption.as_deref().map(plain).unwrap_or_default();
        figure.alt = if caption.trim().is_empty() {
            figure
                .image
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned()
        } else {
            caption
        };
    }
}

/// An image of which only the description is there, as in a PDF whose content is set again.
fn described(figure: &Figure) -> BlockKind {
    let mut blocks = Vec::new();
    if let Some(caption) = &figure.caption {
        blocks.push(Block::paragraph(caption.clone()));
    }
    if !figure.alt.trim().is_empty() {
        blocks.push(Block::paragraph(vec![Inline::text(figure.alt.as_str())]));
    }
    BlockKind::Quote { blocks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::PartKind;

    fn tidied(blocks: Vec<Block>) -> Vec<Block> {
        let mut part = Part::new("k", PartKind::Report, "t", "en-GB", blocks);
        tidy(&mut part, &Style::standard());
        part.blocks
    }

    #[test]
    fn no_heading_level_is_skipped_and_none_is_empty() {
        let blocks = tidied(vec![
            Block::heading(3, "a"),
            Block::heading(5, "b"),
            Block::heading(2, " "),
            Block::heading(9, "c"),
        ]);
        let levels: Vec<_> = blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading { level, .. } => Some(*level),
                _ => None,
            })
            .collect();
        assert_eq!(levels, [Some(1), Some(2), None, Some(3)]);
    }

    #[test]
    fn a_word_longer_than_a_line_may_break() {
        let long = format!("see https://example.org/{} now", "a".repeat(200));
        let blocks = tidied(vec![Block::paragraph(vec![Inline::text(&long)])]);
        let BlockKind::Paragraph { content, .. } = &blocks[0].kind else {
            panic!("a paragraph stays one")
        };
        let text = plain(content);
        assert!(text.contains(BREAK));
        assert_eq!(text.replace(BREAK, ""), long);
    }

    #[test]
    fn an_address_that_the_engine_refuses_is_only_words() {
        let link = |url: &str| {
            Block::paragraph(vec![Inline::Web {
                url: url.to_owned(),
                content: vec![Inline::text("here")],
            }])
        };
        for url in ["", &"x".repeat(9000)] {
            let blocks = tidied(vec![link(url)]);
            let BlockKind::Paragraph { content, .. } = &blocks[0].kind else {
                panic!("a paragraph stays one")
            };
            assert!(matches!(content[0], Inline::Keep { .. }), "{content:?}");
        }
    }
}
