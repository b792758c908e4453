//! Headings typed in capitals are set in sentence case in large print, where runs of capitals are
//! hard to read (UKAAF G003). How a word is written elsewhere in the part decides which letters
//! stay capital: names and abbreviations keep theirs.

use std::collections::BTreeMap;

use crate::compose::part::{Block, BlockKind, Inline, Part, Tone};

/// How each word is written in running text, by its small letters; `None` where it is also
/// written in small letters throughout.
pub(super) struct Spellings(BTreeMap<String, Option<String>>);

impl Spellings {
    /// The spellings of a part's running text.
    pub(super) fn of(part: &Part) -> Self {
        let mut spellings = Self(BTreeMap::new());
        for block in &part.blocks {
            spellings.learn(block);
        }
        spellings
    }

    fn learn(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph { content, tone, .. } if *tone != Tone::Eyebrow => {
                let text = crate::compose::part::plain(content);
                self.learn_text(&text);
            }
            BlockKind::Fields { rows, .. } => {
                for line in rows.iter().flat_map(|row| &row.lines) {
                    self.learn_text(&crate::compose::part::plain(line));
                }
            }
            _ => {
                for inner in block.inner() {
                    for block in inner {
                        self.learn(block);
                    }
                }
            }
        }
    }

    fn learn_text(&mut self, text: &str) {
        let mut opens = true;
        for word in text.split_whitespace() {
            let bare = bare(word);
            if !bare.is_empty() && bare.chars().any(char::is_alphabetic) {
                let small = bare.to_lowercase();
                if bare == small {
                    self.0.insert(small, None);
                } else if !opens || bare.chars().skip(1).any(char::is_uppercase) {
                    // The first word of a sentence says nothing of how it is written inside one.
                    self.0.entry(small).or_insert_with(|| Some(bare.to_owned()));
                }
            }
            opens = word.ends_with(['.', ':', '?', '!']);
        }
    }

    /// A text in capitals, in sentence case.
    fn sentence_case(&self, text: &str, opens: &mut bool) -> String {
        let mut sentence = String::with_capacity(text.len());
        for word in text.split_inclusive(char::is_whitespace) {
            let trimmed = word.trim_end();
            let bare = bare(trimmed);
            if bare.is_empty() {
                sentence.push_str(word);
                continue;
            }
            let small = bare.to_lowercase();
            let mut spelt = match self.0.get(&small) {
                Some(Some(known)) => known.clone(),
                _ => small,
            };
            if *opens && spelt.chars().any(char::is_alphabetic) {
                let mut letters = spelt.chars();
                spelt = letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                *opens = false;
            }
            sentence.push_str(&word.replacen(bare, &spelt, 1));
        }
        sentence
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

/// Sets headings in capitals, and the lines over titles, in sentence case.
pub(super) fn calm(block: &mut Block, spellings: &Spellings) {
    if let BlockKind::Heading { content, .. }
    | BlockKind::Paragraph {
        content,
        tone: Tone::Eyebrow,
        ..
    } = &mut block.kind
        && in_capitals(&crate::compose::part::plain(content))
    {
        lower(content, spellings, &mut true);
    }
    for inner in block.inner_mut() {
        for block in inner {
            calm(block, spellings);
        }
    }
}

/// Whether a text is typed in capitals: more than one word or a long one, and no small letter.
fn in_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 5 && !text.chars().any(char::is_lowercase)
}

fn lower(content: &mut [Inline], spellings: &Spellings, opens: &mut bool) {
    for inline in content {
        match inline {
            Inline::Text { text } => *text = spellings.sentence_case(text, opens),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Web { content, .. }
            | Inline::Go { content, .. }
            | Inline::Lang { content, .. }
            | Inline::Keep { content } => lower(content, spellings, opens),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::PartKind;

    #[test]
    fn names_and_abbreviations_keep_their_capitals() {
        let mut part = Part::new(
            "k",
            PartKind::Report,
            "t",
            "en-GB",
            vec![
                Block::heading(2, "IMPLICATIONS FOR FERNWICK'S VISION: THE MASA"),
                Block::heading(2, "Purpose of the MASA"),
                Block::paragraph(vec![Inline::text(
                    "In Fernwick's view the MASA has implications for all.",
                )]),
            ],
        );
        let spellings = Spellings::of(&part);
        for block in &mut part.blocks {
            calm(block, &spellings);
        }
        assert_eq!(
            part.blocks[..2],
            [
                Block::heading(2, "Implications for Fernwick's vision: the MASA"),
                Block::heading(2, "Purpose of the MASA"),
            ]
        );
    }
}
