//! What may be there only once, however often tables that are divided or become records repeat it. A
//! footnote goes with its first number, and what is repeated on each page has no links.

use std::collections::BTreeSet;

use crate::compose::part::{Block, BlockKind, Inline};

/// Makes sure of that in blocks that are ready to be set. `said` is the footnotes before them.
pub(super) fn once(blocks: &mut [Block], said: &mut BTreeSet<String>) {
    for block in blocks {
        for content in block.running_mut() {
            number(content, said);
        }
        if let BlockKind::Records { records, .. } = &mut block.kind {
            for record in records {
                record.repeat &= !record.title.iter().any(holds_links);
            }
        }
        for inner in block.inner_mut() {
            once(inner, said);
        }
    }
}

/// The first number of a footnote carries it, and the others refer to it.
fn number(content: &mut [Inline], said: &mut BTreeSet<String>) {
    for inline in content {
        match inline {
            Inline::Note { label } | Inline::NoteAgain { label } => {
                let label = std::mem::take(label);
                *inline = if said.insert(label.clone()) {
                    Inline::Note { label }
                } else {
                    Inline::NoteAgain { label }
                };
            }
            Inline::Image(figure) => {
                number(figure.caption.as_deref_mut().unwrap_or_default(), said);
            }
            _ => {
                if let Some(content) = inline.inner_mut() {
                    number(content, said);
                }
            }
        }
    }
}

/// Whether a block has a link, a page slot or a footnote in it. What is repeated is an artifact, and
/// artifacts have no links (PDF/UA-1, 7.1).
pub(super) fn holds_links(block: &Block) -> bool {
    fn linked(content: &[Inline]) -> bool {
        content.iter().any(|inline| match inline {
            Inline::Web { .. }
            | Inline::Go { .. }
            | Inline::Page { .. }
            | Inline::Note { .. }
            | Inline::NoteAgain { .. } => true,
            _ => linked(inline.inner()),
        })
    }
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            linked(content)
        }
        BlockKind::Figure(figure) => figure.caption.as_deref().is_some_and(linked),
        _ => block.inner().into_iter().flatten().any(holds_links),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::Record;

    fn note() -> Block {
        let label = "n".to_owned();
        Block::paragraph(vec![Inline::strong("North"), Inline::Note { label }])
    }

    #[test]
    fn a_footnote_that_is_said_again_is_referred_to() {
        let mut blocks = vec![note(), note()];
        once(&mut blocks, &mut BTreeSet::new());
        let label = || "n".to_owned();
        let kinds: Vec<Inline> = blocks
            .iter_mut()
            .flat_map(Block::running_mut)
            .map(|content| content[1].clone())
            .collect();
        let again = Inline::NoteAgain { label: label() };
        assert_eq!(kinds, [Inline::Note { label: label() }, again]);
    }

    #[test]
    fn a_name_with_a_link_is_not_repeated() {
        let record = |title: Vec<Block>| Record {
            title,
            fields: Vec::new(),
            mark: None,
            whole: false,
            repeat: true,
        };
        let plain = Block::paragraph(vec![Inline::text("North")]);
        let mut blocks = vec![Block::new(BlockKind::Records {
            caption: None,
            records: vec![record(vec![note()]), record(vec![plain])],
        })];
        once(&mut blocks, &mut BTreeSet::new());
        let BlockKind::Records { records, .. } = &blocks[0].kind else {
            panic!("records");
        };
        assert_eq!([false, true], [records[0].repeat, records[1].repeat]);
    }
}
