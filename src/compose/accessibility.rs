//! The page "Accessibility of this pack": what readers who use a screen reader or large print can
//! rely on, what they cannot, and whom to ask, as SI 2018/952, reg. 8 requires.

use super::desk::Desk;
use super::part::{Align, Block, BlockKind, Cell, Inline, Part, PartKind, Row, Table};
use super::words::Words;
use super::{front, text};
use crate::model::{Content, Origin, PaperBody, PdfDocument};

/// The page at the end of a pack.
pub(super) fn part(desk: &Desk<'_>) -> Part {
    let words = desk.words;
    let mut blocks = vec![
        Block::heading(1, words.accessibility_page()),
        Block::paragraph(vec![Inline::text(words.accessibility_own())]),
    ];
    let wanting = wanting(desk);
    if !wanting.is_empty() {
        blocks.push(Block::heading(2, words.accessibility_wanting()));
        blocks.push(table(words, wanting));
    }
    blocks.push(Block::heading(2, words.accessibility_ask()));
    blocks.push(Block::paragraph(vec![Inline::text(
        words.accessibility_ask_text(),
    )]));
    if let Some(clerk) = &desk.meeting.body.clerk {
        blocks.push(front::contact(desk, clerk));
    }
    Part::new(
        "accessibility",
        PartKind::Accessibility,
        words.accessibility_page(),
        desk.lang(None),
        blocks,
    )
}

/// A document that some readers cannot use: its key, its title, and why.
type Wanting = (String, String, String);

fn wanting(desk: &Desk<'_>) -> Vec<Wanting> {
    let mut found = Vec::new();
    for item in desk.meeting.items() {
        for paper in &item.papers {
            if let PaperBody::Pdf(document) = &paper.body {
                let title = paper.title.clone();
                found.extend(
                    reasons(desk.words, document, None).map(|why| (paper.key.clone(), title, why)),
                );
            }
        }
        for appendix in item.all_appendices() {
            if let Content::Pdf(document) = &appendix.content {
                let title = appendix.full_title();
                found.extend(
                    reasons(desk.words, document, appendix.origin)
                        .map(|why| (appendix.key.clone(), title, why)),
                );
            }
        }
    }
    found
}

/// Why a PDF cannot be used by everybody; `None` where nothing is known against it.
fn reasons(words: Words, document: &PdfDocument, origin: Option<Origin>) -> Option<String> {
    let facts = &document.facts;
    let mut reasons = Vec::new();
    if !facts.pages.iter().any(|page| page.has_text) {
        reasons.push(words.accessibility_scan());
    } else if !facts.tagged {
        reasons.push(words.accessibility_untagged());
    }
    if facts.figures_without_alt > 0 {
        reasons.push(words.accessibility_figures());
    }
    if reasons.is_empty() {
        return None;
    }
    if origin == Some(Origin::ThirdParty) {
        reasons.push(words.accessibility_third_party());
    }
    Some(reasons.join(" "))
}

fn table(words: Words, wanting: Vec<Wanting>) -> Block {
    let head = Row {
        cells: vec![
            Cell::head(vec![Inline::text(words.document())]),
            Cell::head(vec![Inline::text(words.accessibility_why())]),
        ],
        mark: None,
    };
    let rows = wanting.into_iter().map(|(key, title, why)| Row {
        cells: vec![
            Cell::head(text::go(words, key, vec![Inline::text(title)])),
            Cell::of(vec![Inline::text(why)]),
        ],
        mark: None,
    });
    Block::new(BlockKind::Table(Table {
        columns: vec![Align::Start, Align::Start],
        header_rows: 1,
        rows: std::iter::once(head).chain(rows).collect(),
        ..Table::default()
    }))
}
