//! Numbers of sections, paragraphs and minutes: counted, or taken from the text if the author wrote
//! them.

use crate::finding::Span;
use crate::model::{Number, NumberedBlock, ParagraphNumbers};
use crate::prose::{Block, BlockKind, Inline, InlineKind, plain};

/// What the author writes at the start of a heading or paragraph that is to have no number.
const UNNUMBERED: &str = "{-}";

/// The blocks of a report's body, each with its number.
pub(super) fn number(blocks: Vec<Block>, mode: ParagraphNumbers) -> Vec<NumberedBlock> {
    match mode {
        ParagraphNumbers::Auto => counted(blocks),
        ParagraphNumbers::Written => written(blocks),
        ParagraphNumbers::None => blocks
            .into_iter()
            .map(|mut block| {
                opts_out(&mut block);
                NumberedBlock {
                    number: None,
                    block,
                }
            })
            .collect(),
    }
}

/// How to number blocks that may have numbers of their own: those are kept, and the council's `mode` is
/// for a text without any.
pub(super) fn own_or(blocks: &[Block], mode: ParagraphNumbers) -> ParagraphNumbers {
    let own = blocks.iter().any(|block| match &block.kind {
        BlockKind::Heading { content, .. } => leading(&plain(content)).is_some(),
        BlockKind::Paragraph(content) => {
            leading(&plain(content)).is_some_and(|number| number.dotted)
        }
        _ => false,
    });
    if own { ParagraphNumbers::Written } else { mode }
}

/// Numbers sections 1, 2, 3 … and the paragraphs directly in them 1.1, 1.2 …, across lower headings. If
/// the author typed the same number, it is not printed twice; in a heading it is taken for part of the
/// title, unless all sections have one.
fn counted(blocks: Vec<Block>) -> Vec<NumberedBlock> {
    let sections_typed = blocks.iter().all(|block| match &block.kind {
        BlockKind::Heading {
            level: 1, content, ..
        } => leading(&plain(content)).is_some(),
        _ => true,
    });
    let (mut section, mut paragraph) = (0_u32, 0_u32);
    blocks
        .into_iter()
        .map(|mut block| {
            let plain = opts_out(&mut block);
            let text = match &block.kind {
                BlockKind::Heading { level: 1, .. } if !plain => {
                    section += 1;
                    paragraph = 0;
                    Some(section.to_string())
                }
                BlockKind::Paragraph(_) if !plain && section > 0 => {
                    paragraph += 1;
                    Some(format!("{section}.{paragraph}"))
                }
                _ => None,
            };
            if let (
                Some(counted),
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content),
            ) = (&text, &mut block.kind)
            {
                take(content, |typed| {
                    (typed.dotted || sections_typed) && typed.text.trim_end_matches('.') == counted
                });
            }
            NumberedBlock {
                number: text.map(|text| Number { text, span: None }),
                block,
            }
        })
        .collect()
}

fn written(blocks: Vec<Block>) -> Vec<NumberedBlock> {
    let dotted = blocks.iter().any(|block| match &block.kind {
        BlockKind::Paragraph(inlines) => leading(&plain(inlines)).is_some_and(|it| it.dotted),
        _ => false,
    });
    let mut straight = 0_u32;
    blocks
        .into_iter()
        .map(|mut block| {
            if opts_out(&mut block) {
                return NumberedBlock {
                    number: None,
                    block,
                };
            }
            let number = match &mut block.kind {
                BlockKind::Heading { content, .. } => take(content, |_| true),
                BlockKind::Paragraph(content) => take(content, |number| {
                    number.dotted || (!dotted && number.whole == straight.checked_add(1))
                }),
                _ => None,
            };
            if let (BlockKind::Paragraph(_), Some(number), false) = (&block.kind, &number, dotted) {
                straight = whole(&number.text).unwrap_or(straight);
            }
            NumberedBlock { number, block }
        })
        .collect()
}

/// The number at the start of a text.
struct Leading<'t> {
    text: &'t str,
    /// Whether it has more than one level: 3.1, 3.1.2.
    dotted: bool,
    /// Its value, if it has one level.
    whole: Option<u32>,
}

/// The number at the start of a text, if the text goes on after it: `n`, `n.`, `n.n`, `n.n.n`.
fn leading(text: &str) -> Option<Leading<'_>> {
    let end = text.find(char::is_whitespace)?;
    let number = &text[..end];
    if text[end..].trim().is_empty() {
        return None;
    }
    let levels: Vec<&str> = number
        .strip_suffix('.')
        .unwrap_or(number)
        .split('.')
        .collect();
    let is_level = |level: &&str| {
        (1..=3).contains(&level.len()) && level.bytes().all(|byte| byte.is_ascii_digit())
    };
    let measures = !number.ends_with('.') && is_measured(&text[end..]);
    (levels.len() <= 4 && levels.iter().all(is_level) && !measures).then(|| Leading {
        text: number,
        dotted: levels.len() > 1,
        whole: whole(number).filter(|_| levels.len() == 1),
    })
}

/// Whether a block begins with a number.
pub(super) fn opens(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
            depth(&plain(content)).is_some()
        }
        _ => false,
    }
}

/// How many levels the number at the start of a text has, if there is one.
pub(in crate::load) fn depth(text: &str) -> Option<u8> {
    let number = leading(text.trim_start())?.text.trim_end_matches('.');
    u8::try_from(number.split('.').count()).ok()
}

/// Words after a number that counts or measures something: in "2.9 million pounds was spent", 2.9 is
/// not the number of the paragraph.
const MEASURES: &str = "million billion trillion thousand hundred m bn k per percent percentage % hectares ha \
    acres km kilometres miles metres m² m³ sqm square cubic cm mm tonnes tons kg litres fte ftes hours days weeks \
    months years minutes seconds points times mph mw mwh kw kwh gwh wte wtes pence miliwn biliwn hectar \
    cilomedr milltir metr tunnell awr diwrnod wythnos mis blynedd \
    am pm a.m p.m noon o'clock o’clock inches feet ft yards litre tonne hectare mile";
/// Words that make a number a time of the day: "7.15 in the morning".
const TIMES: [&str; 4] = ["in the", "yn y", "tan", "until"];

/// Whether the words after a number begin with a unit. A sentence begins with a capital letter, so
/// "1.2 Hours of opening" is a numbered one.
fn is_measured(after: &str) -> bool {
    let mut words = after.split_whitespace();
    let word = words.next().unwrap_or_default();
    if word == "y" && words.next() == Some("cant") {
        return true;
    }
    let word = word.trim_end_matches([',', '.', ';', ':']);
    let lower = after.trim_start();
    if TIMES
        .iter()
        .any(|time| lower.starts_with(&format!("{time} ")))
    {
        return true;
    }
    let capital = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    !capital
        && MEASURES
            .split_whitespace()
            .any(|measure| measure == word.to_lowercase())
}

fn whole(number: &str) -> Option<u32> {
    number.strip_suffix('.').unwrap_or(number).parse().ok()
}

/// Takes the number from the start of running text, if there is one that `fits`.
fn take(content: &mut Vec<Inline>, fits: impl Fn(&Leading<'_>) -> bool) -> Option<Number> {
    let words = plain(content);
    let number = leading(&words).filter(fits)?.text.to_owned();
    let span = cut(content, &number)?;
    Some(Number {
        text: number,
        span: Some(span),
    })
}

/// Cuts `start` and the space after it from the start of running text, and returns the place of
/// `start`. Does nothing if the text does not start with it or mark-up divides it.
pub(super) fn cut(content: &mut Vec<Inline>, start: &str) -> Option<Span> {
    let first = first_words(content)?;
    let InlineKind::Text(text) = &mut first.kind else {
        return None;
    };
    let rest = text.strip_prefix(start)?.trim_start().to_owned();
    let verbatim = first.span.range().len() == text.len();
    let cut = text.len() - rest.len();
    let span = if verbatim {
        Span {
            end: first.span.start.saturating_add(start.len() as u32),
            ..first.span
        }
    } else {
        first.span
    };
    if verbatim {
        first.span.start = first.span.start.saturating_add(cut as u32);
    }
    *text = rest;
    without_blank_start(content);
    Some(span)
}

/// The first words of running text, through emphasis and languages.
fn first_words(content: &mut [Inline]) -> Option<&mut Inline> {
    let mut first = content.first_mut()?;
    while let Inline {
        kind: InlineKind::Strong(_) | InlineKind::Emphasis(_) | InlineKind::Lang(..),
        ..
    } = first
    {
        let (InlineKind::Strong(inner) | InlineKind::Emphasis(inner) | InlineKind::Lang(_, inner)) =
            &mut first.kind
        else {
            return None;
        };
        first = inner.first_mut()?;
    }
    Some(first)
}

/// Removes what cutting left empty at the start, and leading space.
fn without_blank_start(content: &mut Vec<Inline>) {
    while let Some(first) = content.first_mut() {
        match &mut first.kind {
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Lang(_, inner) => {
                without_blank_start(inner);
                if !inner.is_empty() {
                    return;
                }
            }
            InlineKind::Text(text) => {
                let blank = text.len() - text.trim_start().len();
                if blank > 0 {
                    if first.span.range().len() == text.len() {
                        first.span.start = first.span.start.saturating_add(blank as u32);
                    }
                    text.drain(..blank);
                }
                if !text.is_empty() {
                    return;
                }
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => {}
            _ => return,
        }
        content.remove(0);
    }
}

/// Takes `{-}` from the start of a block. Returns whether it was there.
fn opts_out(block: &mut Block) -> bool {
    match &mut block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
            cut(content, UNNUMBERED).is_some()
        }
        _ => false,
    }
}

/// The number of a minute at the start of its heading, by the body's own pattern (`{n}/{yy}`) or
/// in the common shape of figures and letters divided by slashes.
pub(super) fn minute_number(content: &mut Vec<Inline>, pattern: Option<&str>) -> Option<Number> {
    let words = plain(content);
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    let first = words[..end].trim_end_matches([':', '.']);
    let fits = pattern.is_some_and(|pattern| matches(pattern, first)) || is_divided(first);
    if !fits || words[end..].trim().is_empty() {
        return None;
    }
    let text = first.to_owned();
    let span = cut(content, &words[..end])?;
    Some(Number {
        text,
        span: Some(Span {
            end: span.end.min(span.start.saturating_add(first.len() as u32)),
            ..span
        }),
    })
}

/// Whether a word has the shape `1/19` or `15/53/Plan`.
fn is_divided(word: &str) -> bool {
    let parts: Vec<&str> = word.split('/').collect();
    parts.len() > 1
        && parts[0].bytes().all(|byte| byte.is_ascii_digit())
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric))
}

/// Whether a word matches a pattern with `{n}`, `{yy}` and `{yyyy}`.
fn matches(pattern: &str, word: &str) -> bool {
    let (mut pattern, mut word) = (pattern.trim(), word);
    while !pattern.is_empty() {
        let figures = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let slot = [("{n}", 0), ("{yyyy}", 4), ("{yy}", 2)]
            .into_iter()
            .find_map(|(slot, length)| Some((pattern.strip_prefix(slot)?, length)));
        if let Some((rest, length)) = slot {
            if figures == 0 || (length > 0 && figures != length) {
                return false;
            }
            word = &word[figures..];
            pattern = rest;
        } else {
            let (mut letters, mut others) = (pattern.chars(), word.chars());
            if letters.next() != others.next() {
                return false;
            }
            pattern = letters.as_str();
            word = others.as_str();
        }
    }
    word.is_empty()
}

#[cfg(test)]
mod tests;
