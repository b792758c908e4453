//! The pages of a document followed once for everything that is asked of them: their content as
//! prose, what is seen on them, and what a machine reads on them and nobody sees.

use std::collections::{BTreeMap, HashSet};

use lopdf::Document;
use rayon::prelude::*;

use super::bulk::Bulk;
use super::content::Reader;
use super::opening::Opened;
use super::reflow::{self, PageText};
use super::{Page, pages, redaction, shown, structure};
use crate::finding::Span;
use crate::model::{PageSelection, Reflow, ShownPage, Suspect};

/// Pages that one reader takes in a row.
const PAGES_AT_A_TIME: usize = 16;
/// Suspects kept of one document.
const MOST_SUSPECTS: usize = 2_000;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The content of each selection of pages, `None` where its pages are not tagged.
    pub reflows: Vec<Option<Reflow>>,
    /// What is suspect, in the order of the pages, the file's own last.
    pub suspects: Vec<Suspect>,
    /// What is seen of the pages that were looked at, in their order.
    pub shown: Vec<ShownPage>,
}

/// Reads the content of selections of pages as prose, each standing at the place in the sources
/// that names it, and looks at the pages of `looked_at`, where that is asked for: what is seen on
/// them and what is hidden. `bytes` is the file itself, which shows its earlier versions; empty
/// where it is not at hand.
pub fn read(
    doc: &Document,
    bytes: &[u8],
    reflows: &[(PageSelection, Span)],
    looked_at: Option<&PageSelection>,
) -> Reading {
    read_with(doc, &Bulk::default(), bytes, reflows, looked_at)
}

/// Reads as [`read`] does, in a file whose pictures may have been left in it.
pub fn read_opened(
    opened: &Opened,
    bytes: &[u8],
    reflows: &[(PageSelection, Span)],
    looked_at: Option<&PageSelection>,
) -> Reading {
    read_with(&opened.doc, &opened.bulk, bytes, reflows, looked_at)
}

fn read_with(
    doc: &Document,
    bulk: &Bulk,
    bytes: &[u8],
    reflows: &[(PageSelection, Span)],
    looked_at: Option<&PageSelection>,
) -> Reading {
    let pages = pages(doc);
    let tree = if reflows.is_empty() {
        None
    } else {
        structure::read(doc, &pages)
    };
    let owned = tree.as_ref().map(reflow::owned).unwrap_or_default();
    let mut asked: BTreeMap<usize, Asked> = BTreeMap::new();
    if tree.is_some() {
        for (selection, _) in reflows {
            for number in selection.indices(pages.len()) {
                asked.entry(number).or_default().text = true;
            }
        }
    }
    for number in looked_at.map_or_else(Vec::new, |selection| selection.indices(pages.len())) {
        asked.entry(number).or_default().looked_at = true;
    }
    let asked: Vec<(usize, Asked)> = asked.into_iter().collect();
    let parts: Vec<(usize, PageReading)> = asked
        .par_chunks(PAGES_AT_A_TIME)
        .flat_map_iter(|chunk| {
            let mut reader = Reader::new(doc);
            let mut read = Vec::with_capacity(chunk.len());
            for (number, asked) in chunk {
                if let Some(page) = pages.get(*number) {
                    let page = page_reading(doc, bulk, &mut reader, page, *number, asked, &owned);
                    read.push((*number, page));
                }
            }
            read
        })
        .collect();
    let mut reading = Reading::default();
    let mut texts: BTreeMap<usize, PageText> = BTreeMap::new();
    for (number, page) in parts {
        reading.suspects.extend(page.suspects);
        reading.shown.extend(page.shown);
        if let Some(text) = page.text {
            texts.insert(number, text);
        }
    }
    reading.reflows = reflows
        .iter()
        .map(|(selection, at)| {
            let selected = selection.indices(pages.len());
            reflow::write(doc, tree.as_ref()?, &texts, &selected, *at)
        })
        .collect();
    if looked_at.is_some() {
        reading
            .suspects
            .extend(redaction::in_file(doc, bytes, &pages));
        reading.suspects.truncate(MOST_SUSPECTS);
    }
    reading
}

/// What is asked of a page.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    text: bool,
    looked_at: bool,
}

struct PageReading {
    text: Option<PageText>,
    suspects: Vec<Suspect>,
    shown: Option<ShownPage>,
}

fn page_reading<'a>(
    doc: &'a Document,
    bulk: &Bulk,
    reader: &mut Reader<'a>,
    page: &Page<'a>,
    number: usize,
    asked: &Asked,
    owned: &HashSet<structure::ContentKey>,
) -> PageReading {
    let content = reader.page(page);
    PageReading {
        text: asked
            .text
            .then(|| reflow::page_text(&content, page, number, owned)),
        shown: asked.looked_at.then(|| {
            shown::on_page(
                &content,
                page,
                u32::try_from(number + 1).unwrap_or(u32::MAX),
            )
        }),
        suspects: if asked.looked_at {
            redaction::on_page(doc, bulk, reader, &content, page, number)
        } else {
            Vec::new()
        },
    }
}
