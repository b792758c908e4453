//! A PDF read into the prose tree that Markdown becomes.
//!
//! Of a tagged one, the structure tree says what is a heading, a list, a table; the content streams say which words
//! are there; geometry says where spaces belong. What the file marks as page furniture is left out,
//! and so is what the page does not show. Nothing is invented, and [`Reflow::coverage`] says how
//! much of the pages' text the tree accounts for. Without tags there are only the pages to go by.

mod blocks;
mod columns;
mod flow;
mod gather;
mod label;
mod lists;
mod refine;
mod tables;
mod untagged;

use std::collections::BTreeMap;

use lopdf::Document;

pub(super) use gather::{PageText, owned, page_text};
pub(super) use untagged::{Seen, of_pages, seen};

use super::object::get_text;
use super::structure::StructureTree;
use crate::finding::Span;
use crate::model::{ReadFrom, Reflow};

/// The prose of selected pages from their tags.
pub(super) fn write(
    doc: &Document,
    tree: &StructureTree,
    texts: &BTreeMap<usize, PageText>,
    selected: &[usize],
    at: Span,
) -> Option<Reflow> {
    let gathered = gather::gather(texts, selected);
    let lang = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_text(doc, catalog, b"Lang"));
    let (mut prose, spoken) = blocks::write(
        doc,
        tree,
        &gathered,
        (lists::list, tables::table),
        at,
        lang.as_deref(),
    );
    if prose.is_empty() {
        return None;
    }
    refine::refine(&mut prose);
    let coverage = if gathered.characters == 0 {
        1.0
    } else {
        (spoken as f64 / gathered.characters as f64).min(1.0)
    };
    Some(Reflow {
        prose,
        coverage,
        page_words: selected
            .iter()
            .map(|page| texts.get(page).map(PageText::words).unwrap_or_default())
            .collect(),
        from: ReadFrom::Tags,
    })
}
