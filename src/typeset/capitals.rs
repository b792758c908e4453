//! Headings typed in capitals are set in sentence case in large print, where runs of capitals are
//! hard to read (UKAAF G003). How a word is written elsewhere in the part decides which letters
//! stay capital: names and abbreviations keep theirs.

use crate::compose::part::{Block, BlockKind, Inline, Part, Tone};
use crate::prose::capitals::{Spellings, in_capitals};

/// The spellings of a part's running text.
pub(super) fn spellings(part: &Part) -> Spellings {
    let mut spellings = Spellings::default();
    for block in &part.blocks {
        learn(&mut spellings, block);
    }
    spellings
}

fn learn(spellings: &mut Spellings, block: &Block) {
    match &block.kind {
        BlockKind::Paragraph { content, tone, .. } if *tone != Tone::Eyebrow => {
            spellings.learn(&crate::compose::part::plain(content));
        }
        BlockKind::Fields { rows, .. } => {
            for line in rows.iter().flat_map(|row| &row.lines) {
                spellings.learn(&crate::compose::part::plain(line));
            }
        }
        _ => {
            for inner in block.inner() {
                for block in inner {
                    learn(spellings, block);
                }
            }
        }
    }
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

fn lower(content: &mut [Inline], spellings: &Spellings, opens: &mut bool) {
    for inline in content {
        match inline {
            Inline::Text { text } => *text = spellings.sentence_case(text, opens),
            _ => {
                if let Some(content) = inline.inner_mut() {
                    lower(content, spellings, opens);
                }
            }
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
        let spellings = spellings(&part);
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
