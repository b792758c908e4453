//! A PDF read into the prose tree that Markdown becomes.
//!
//! Of a tagged one, the structure tree says what is a heading, a list, a table; the content streams say which words
//! are there; geometry says where spaces belong. What the file marks as page furniture is left out,
//! and so is what the page does not show. Nothing is invented, and [`Reflow::coverage`] says how
//! much of the pages' text the tree accounts for. Without tags there are only the pages to go by.

mod beside;
mod blocks;
mod broken;
mod columns;
mod drawing;
mod flow;
mod folio;
mod gather;
mod heads;
mod label;
mod lists;
mod loose;
mod outside;
mod painted;
mod refine;
mod sheets;
mod solid;
mod tables;
mod to_say;
mod untagged;

use std::collections::BTreeMap;

use lopdf::Document;

pub(super) use gather::{Owned, PageText, owned, page_text};
pub(super) use painted::{Besides, Field};
pub(super) use untagged::{Seen, of_pages, seen};

use super::object::get_text;
use super::structure::StructureTree;
use crate::finding::Span;
use crate::model::{ReadFrom, Reflow};

/// Tags that hold a smaller share of the words are no guide to the rest.
const MOSTLY: f64 = 0.5;

/// The prose of selected pages from their tags, and the share of the words that is in them.
pub(super) fn write(
    doc: &Document,
    tree: &StructureTree,
    texts: &BTreeMap<usize, PageText>,
    selected: &[usize],
    at: Span,
) -> Option<(Reflow, f64)> {
    let gathered = gather::gather(texts, selected);
    let lang = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_text(doc, catalog, b"Lang"));
    let pages: Vec<(usize, &PageText)> = texts
        .iter()
        .filter_map(|(number, text)| Some((*gathered.places.get(number)?, text)))
        .collect();
    let outside = outside::said(&pages, at);
    let page_words = selected
        .iter()
        .map(|number| {
            let place = gathered.places.get(number);
            let here: Vec<_> = outside
                .iter()
                .filter(|said| Some(&said.page) == place)
                .collect();
            texts
                .get(number)
                .map(|text| text.words(&here))
                .unwrap_or_default()
        })
        .collect();
    let beside: usize = outside.iter().map(to_say::Said::weight).sum();
    let pictures: Vec<loose::OnPage<'_>> = texts
        .iter()
        .filter_map(|(number, text)| Some(text.pictures(*number, *gathered.places.get(number)?)))
        .collect();
    let pictures = loose::said(&pictures, at);
    let beside_tags = outside.into_iter().chain(pictures).collect();
    let (mut prose, spoken) = blocks::write(
        doc,
        tree,
        &gathered,
        (lists::list, tables::table, sheets::joined),
        beside_tags,
        at,
        lang.as_deref(),
    );
    if prose.is_empty() {
        return None;
    }
    refine::refine(&mut prose);
    let share = |some: usize, all: usize| (some as f64 / all.max(1) as f64).min(1.0);
    let in_tags = if gathered.characters == 0 {
        1.0
    } else {
        share(spoken, gathered.characters)
    };
    let coverage = if in_tags < MOSTLY || gathered.characters == 0 {
        in_tags
    } else {
        share(spoken + beside, gathered.tagged + beside)
    };
    Some((
        Reflow::new(prose, coverage, page_words, ReadFrom::Tags),
        in_tags,
    ))
}
