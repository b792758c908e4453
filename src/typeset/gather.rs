//! What a part needs from outside: images by their names, page numbers by their anchors.

use std::collections::{BTreeMap, BTreeSet};

use crate::compose::part::{Block, BlockKind, Figure, Inline};
use crate::compose::slots_in;
use crate::finding::Span;

/// What is needed so far.
#[derive(Default)]
pub(super) struct Gathered {
    /// The images, and where each is first shown.
    pub(super) images: BTreeMap<String, Option<Span>>,
    /// The anchors of page slots.
    pub(super) slots: BTreeSet<String>,
}

impl Gathered {
    /// Adds the images and page slots of a block, without the blocks inside it.
    pub(super) fn block(&mut self, block: &mut Block) {
        let span = block.span;
        for content in block.running_mut() {
            gather(content, span, self);
        }
        match &block.kind {
            BlockKind::Figure(figure) => image(figure, span, self),
            BlockKind::Masthead(masthead) => {
                if let Some(logo) = &masthead.logo {
                    image(logo, span, self);
                }
            }
            BlockKind::Agenda { rows } => {
                self.slots
                    .extend(rows.iter().filter_map(|row| row.anchor.clone()));
            }
            BlockKind::Contents { rows } => {
                self.slots.extend(rows.iter().map(|row| row.anchor.clone()));
            }
            _ => {}
        }
    }
}

fn image(figure: &Figure, span: Option<Span>, gathered: &mut Gathered) {
    gathered.images.entry(figure.image.clone()).or_insert(span);
}

fn gather(content: &[Inline], span: Option<Span>, gathered: &mut Gathered) {
    for inline in content {
        match inline {
            Inline::Page { anchor, words } => gathered.slots.extend(slots_in(anchor, words)),
            Inline::Image(figure) => {
                image(figure, span, gathered);
                gather(
                    figure.caption.as_deref().unwrap_or_default(),
                    span,
                    gathered,
                );
            }
            _ => gather(inline.inner(), span, gathered),
        }
    }
}
