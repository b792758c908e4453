//! What can only be settled when all of a document has been read: heading levels, hyphens at line
//! ends, words in pieces, references to notes.

use std::collections::HashSet;

use super::broken::Broken;
use super::flow::LINE_HYPHEN;
use crate::prose::{Block, BlockKind, Inline, InlineKind, Prose, keep_small};

/// Settles them.
pub(super) fn refine(prose: &mut Prose) {
    levels(prose);
    keep_small(&mut prose.blocks);
    let mut vocabulary = HashSet::new();
    each_text(prose, &mut |text| {
        for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | LINE_HYPHEN)) {
            if !word.contains(LINE_HYPHEN) && !word.is_empty() {
                vocabulary.insert(word.to_lowercase());
            }
        }
    });
    each_text(prose, &mut |text| {
        if text.contains(LINE_HYPHEN) {
            *text = unhyphenated(text, &vocabulary);
        }
    });
    let mut texts: Vec<String> = Vec::new();
    each_text(prose, &mut |text| texts.push(text.clone()));
    let broken = Broken::of(texts.iter().map(String::as_str));
    each_text(prose, &mut |text| {
        if let Some(joined) = broken.joined(text) {
            *text = joined;
        }
    });
    let notes: HashSet<String> = prose
        .footnotes
        .iter()
        .map(|note| note.label.clone())
        .collect();
    let mut settle = |inlines: &mut Vec<Inline>| references(inlines, &notes);
    each_line(&mut prose.blocks, &mut settle);
    for note in &mut prose.footnotes {
        each_line(&mut note.blocks, &mut settle);
    }
}

/// No level is skipped, and the first is 1: what a heading is inside of is what counts.
fn levels(prose: &mut Prose) {
    let mut open: Vec<u8> = Vec::new();
    for block in &mut prose.blocks {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            // one without a level stands beside the one before it
            let written = if *level == 0 {
                open.last().copied().unwrap_or(1)
            } else {
                *level
            };
            while open.last().is_some_and(|&above| above >= written) {
                open.pop();
            }
            open.push(written);
            *level = u8::try_from(open.len()).unwrap_or(6).min(6);
        }
    }
}

/// A hyphen at a line end goes where the word is known without it and not with it.
fn unhyphenated(text: &str, vocabulary: &HashSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(LINE_HYPHEN);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let word = |c: char| c.is_alphanumeric() || c == '-';
        let before: String = {
            let tail: Vec<char> = out.chars().rev().take_while(|&c| word(c)).collect();
            tail.into_iter().rev().collect()
        };
        let after: String = part.chars().take_while(|&c| word(c)).collect();
        let with = format!("{before}{after}").to_lowercase();
        let bare = before.trim_end_matches(['-', '‐']);
        let without = format!("{bare}{after}").to_lowercase();
        if !vocabulary.contains(&with) && vocabulary.contains(&without) {
            out.pop();
        }
        out.push_str(part);
    }
    out
}

fn references(inlines: &mut Vec<Inline>, notes: &HashSet<String>) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::FootnoteRef(label) if !notes.contains(label) => {
                inline.kind = InlineKind::Text(std::mem::take(label));
            }
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => references(inner, notes),
            _ => {}
        }
    }
}

/// Calls `on` for every text of the prose.
fn each_text(prose: &mut Prose, on: &mut dyn FnMut(&mut String)) {
    let mut line = |inlines: &mut Vec<Inline>| texts(inlines, on);
    each_line(&mut prose.blocks, &mut line);
    for note in &mut prose.footnotes {
        each_line(&mut note.blocks, &mut line);
    }
}

fn texts(inlines: &mut Vec<Inline>, on: &mut dyn FnMut(&mut String)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => on(text),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => texts(inner, on),
            _ => {}
        }
    }
}

/// Calls `on` for every running text of the blocks. They nest no deeper than prose may.
fn each_line(blocks: &mut [Block], on: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { content, .. } => on(content),
            BlockKind::Paragraph(inlines) => on(inlines),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    each_line(&mut item.blocks, on);
                }
            }
            BlockKind::Quote(inner) => each_line(inner, on),
            BlockKind::Table(table) => {
                if let Some(caption) = &mut table.caption {
                    on(caption);
                }
                for row in &mut table.rows {
                    for cell in &mut row.cells {
                        each_line(&mut cell.blocks, on);
                    }
                }
            }
            BlockKind::Figure(figure) => {
                if let Some(caption) = &mut figure.caption {
                    on(caption);
                }
            }
            BlockKind::Preformatted(_) | BlockKind::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FileId, Span};

    fn prose(levels: &[u8]) -> Prose {
        let span = Span::new(FileId(0), 0, 0);
        Prose {
            blocks: levels
                .iter()
                .map(|&level| Block {
                    kind: BlockKind::Heading {
                        level,
                        id: None,
                        content: Vec::new(),
                    },
                    span,
                    lang: None,
                })
                .collect(),
            footnotes: Vec::new(),
        }
    }

    #[test]
    fn heading_levels_skip_nothing() {
        let mut read = prose(&[3, 5, 5, 3, 1, 2, 4, 0, 2]);
        levels(&mut read);
        let settled: Vec<u8> = read
            .blocks
            .iter()
            .filter_map(|block| match block.kind {
                BlockKind::Heading { level, .. } => Some(level),
                _ => None,
            })
            .collect();
        assert_eq!(settled, [1, 2, 2, 1, 1, 2, 3, 3, 2]);
    }

    #[test]
    fn a_hyphen_goes_only_where_the_word_is_known_without_it() {
        let known: HashSet<String> = ["planning", "well-being", "recommend"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        let at = LINE_HYPHEN;
        assert_eq!(
            unhyphenated(&format!("the plan-{at}ning committee"), &known),
            "the planning committee"
        );
        assert_eq!(
            unhyphenated(&format!("well-{at}being"), &known),
            "well-being"
        );
        assert_eq!(unhyphenated(&format!("long-{at}term"), &known), "long-term");
    }
}
