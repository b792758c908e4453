//! Mends what the engine or the standards would refuse: skipped heading levels, empty headings and
//! links, images without alternative text, invalid language tags. What a clerk should mend is a
//! finding elsewhere.

use super::coverage::is_silent;
use crate::compose::part::{Block, BlockKind, Figure, Inline, Part, Tone, plain};

/// The longest address that a link may have.
const LONGEST_ADDRESS: usize = 2000;

/// The longest line to sign on in large print, in dots or underscores. A longer one would break.
const LINE_TO_SIGN: usize = 24;

/// Mends a part.
pub(super) fn tidy(part: &mut Part, large: bool) {
    if !is_language(&part.lang) {
        "en-GB".clone_into(&mut part.lang);
    }
    if part.title.trim().is_empty() {
        part.title.clone_from(&part.key);
    }
    let mut tidy = Tidy { level: 0, large };
    tidy.blocks(&mut part.blocks);
    for footnote in &mut part.footnotes {
        tidy.blocks(&mut footnote.blocks);
    }
}

/// Whether a tag is a language tag that the engine can read: two or three letters, then anything after
/// a hyphen.
fn is_language(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic())
}

struct Tidy {
    /// The level of the last heading.
    level: u8,
    /// Whether it is for large print.
    large: bool,
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
        for content in block.running_mut() {
            inlines(content, self.large);
        }
        for words in block.words_mut() {
            calm_unseen(words);
        }
        match &mut block.kind {
            BlockKind::Heading { level, content, .. } => {
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
            BlockKind::Masthead(masthead) => {
                self.level = 1;
                if let Some(logo) = &mut masthead.logo {
                    worded(logo);
                }
            }
            BlockKind::Agenda { .. } => self.level = 2,
            BlockKind::Figure(figure) => {
                if figure.image.is_empty() {
                    block.kind = described(figure);
                } else {
                    worded(figure);
                }
            }
            BlockKind::Table(table) => super::grid::widen(table),
            _ => {}
        }
        for inner in block.inner_mut() {
            self.blocks(inner);
        }
    }
}

fn inlines(content: &mut Vec<Inline>, large: bool) {
    for inline in content.iter_mut() {
        match inline {
            Inline::Code { text } => calm_unseen(text),
            Inline::Text { text } => {
                calm_unseen(text);
                if let Some(without) = without_leaders(text) {
                    *text = without;
                }
                if large {
                    shorten_lines(text);
                }
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Go { content, .. }
            | Inline::Keep { content } => inlines(content, large),
            Inline::Web { url, content } => {
                inlines(content, large);
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
                inlines(content, large);
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
    content.retain(|inline| !matches!(inline, Inline::Go { content, .. } if content.is_empty()));
}

/// A text without the rows of dots that lead to a page number on paper, or `None` if it has none.
fn without_leaders(text: &str) -> Option<String> {
    const LEAST: usize = 5;
    if !text.contains("...") && !text.contains(". . .") {
        return None;
    }
    let mut without = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest
            .find(|character: char| !matches!(character, '.' | ' '))
            .unwrap_or(rest.len());
        let (dots, after) = rest.split_at(run);
        let number = after.starts_with(|first: char| first.is_ascii_digit());
        if number && dots.matches('.').count() >= LEAST {
            without.push(' ');
        } else {
            without.push_str(dots);
        }
        let words = after.find(['.', ' ']).unwrap_or(after.len());
        without.push_str(&after[..words]);
        rest = &after[words..];
    }
    (without.len() < text.len()).then_some(without)
}

/// Leaves one of each in a run of characters that nobody sees, such as spaces without width. A line is never
/// full of them, and the engine tries it anew after each.
fn calm_unseen(text: &mut String) {
    // One that joins letters is drawn by no font either.
    let is_unseen = |character| is_silent(character) || character == '\u{34f}';
    if text.is_ascii() {
        return;
    }
    let mut run: Vec<char> = Vec::new();
    text.retain(|character| {
        if !is_unseen(character) {
            run.clear();
            return true;
        }
        let is_new = !run.contains(&character);
        if is_new {
            run.push(character);
        }
        is_new
    });
}

/// Shortens the lines of dots or underscores to write on.
fn shorten_lines(text: &mut String) {
    let (mut before, mut run) = (None, 0);
    text.retain(|character| {
        run = if before == Some(character) {
            run + 1
        } else {
            0
        };
        before = Some(character);
        run < LINE_TO_SIGN || !matches!(character, '.' | '_' | '…')
    });
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

/// Gives an image without alternative text its caption or the name of its file, as the standards
/// accept no image without one. The author gets a finding about it.
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

/// What is set for an image that is only described, as in a PDF whose content is set again.
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
        tidy(&mut part, true);
        part.blocks
    }

    #[test]
    fn lines_to_sign_on_are_short_in_large_print() {
        let long = format!("Signed {} Date {}", "_".repeat(90), ".".repeat(70));
        let blocks = tidied(vec![Block::paragraph(vec![Inline::text(long)])]);
        let BlockKind::Paragraph { content, .. } = &blocks[0].kind else {
            panic!("a paragraph stays one")
        };
        let short = format!("Signed {} Date {}", "_".repeat(24), ".".repeat(24));
        assert_eq!(plain(content), short);
    }

    #[test]
    fn many_characters_that_nobody_sees_are_few() {
        let unseen = "\u{200b}\u{2060}\u{202e}";
        let text = format!("Hall{}let{unseen} and\u{ad}so", unseen.repeat(50_000));
        let few = format!("Hall{unseen}let{unseen} and\u{ad}so");
        let content = vec![Inline::text(text.as_str()), Inline::Code { text }];
        let blocks = tidied(vec![Block::paragraph(content)]);
        let BlockKind::Paragraph { content, .. } = &blocks[0].kind else {
            panic!("a paragraph stays one")
        };
        assert_eq!(plain(content), few.repeat(2));
        // Signs that are made of several stay whole.
        let family = "👩\u{200d}👧\u{200d}👦 a\u{200b}b\u{200b}c";
        let blocks = tidied(vec![Block::paragraph(vec![Inline::text(family)])]);
        assert!(matches!(&blocks[0].kind,
            BlockKind::Paragraph { content, .. } if plain(content) == family));
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
    fn dots_that_lead_to_a_page_number_go() {
        let without = |text| without_leaders(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(without("Budget ........... 12"), "Budget 12");
        assert_eq!(without("Budget . . . . . . 12"), "Budget 12");
        assert_eq!(
            without("and so on... or not. Yes."),
            "and so on... or not. Yes."
        );
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
