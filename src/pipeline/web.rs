//! The web page of an edition that has been numbered, and the PDFs beside it.

use std::collections::BTreeMap;

use super::numbering::{self, Numbered};
use super::sequence::Body;
use super::{BuildError, Built, Kit};
use crate::compose::marks::{self, StandardPage};
use crate::compose::part::{Block, BlockKind, Inline, Part, plain};
use crate::edition::Edition;
use crate::finding::Span;
use crate::html::{self, Linked, Numbers, Options, PageAt, PageStart};
use crate::model::PrintSize;
use crate::write::Output;

/// Makes the page and adds it, with the PDFs that it links, to what was built.
pub(super) fn make(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    print: PrintSize,
    name: &str,
    built: &mut Built,
) -> Result<(), BuildError> {
    let linked = papers(kit, edition, standard, built)?;
    let options = Options {
        large_print: match print {
            PrintSize::Standard => None,
            PrintSize::Points(points) => Some(f32::from(points)),
        },
        draft: kit.draft,
        templates: kit.templates.clone(),
        images: kit.bytes,
        linked,
    };
    let numbers = numbers(standard).with_places(numbering::numbers(standard));
    let page = html::render(edition, &numbers, &options)?;
    built.outputs.push(Output {
        name: name.to_owned(),
        bytes: page.into(),
    });
    Ok(())
}

/// The folder of the PDFs beside the page.
pub(super) const PAPERS: &str = "papers";

/// Each PDF of the pack as a file of its own: cleaned like the pack, with only the pages taken.
fn papers(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    built: &mut Built,
) -> Result<BTreeMap<String, Linked>, BuildError> {
    let files = super::pdf::files(kit, standard, &super::pdf::Ahead::default())?;
    let whole = super::pdf::plan(kit, edition, standard, files, super::pdf::FURNITURE);
    let mut linked = BTreeMap::new();
    for (stretch, section) in standard.stretches.iter().zip(&whole.sections) {
        if !matches!(stretch.body, Body::Pdf { .. }) {
            continue;
        }
        let file = format!("{PAPERS}/{}.pdf", stretch.key);
        let known = built.outputs.iter().find(|output| output.name == file);
        let bytes = match known {
            Some(output) => output.bytes.len(),
            None => {
                let pdf = super::pdf::alone(&whole, section)?;
                let bytes = pdf.len();
                built.outputs.push(Output {
                    name: file.clone(),
                    bytes: pdf,
                });
                bytes
            }
        };
        linked.insert(
            stretch.key.clone(),
            Linked {
                file,
                bytes: bytes as u64,
            },
        );
    }
    Ok(linked)
}

/// Where each page of the standard pack begins, as the web page marks it.
fn numbers(standard: &Numbered) -> Numbers {
    let mut starts = Vec::new();
    let places: Vec<Vec<PageAt>> = standard
        .stretches
        .iter()
        .zip(&standard.sheets)
        .map(|(stretch, sheets)| match (&stretch.body, sheets) {
            (Body::Part(part), Some(sheets)) => places(part, &sheets.words),
            _ => Vec::new(),
        })
        .collect();
    for entry in &standard.map.pages {
        let Some(stretch) = standard.stretches.get(entry.section) else {
            continue;
        };
        let Some(page) = entry.page else { continue };
        let at = match &stretch.body {
            Body::Pdf { .. } => PageAt::OwnPage(page),
            Body::Part(_) if page == 0 => PageAt::Start,
            Body::Part(_) => places[entry.section]
                .get(page)
                .copied()
                .unwrap_or(PageAt::Somewhere),
        };
        starts.push(PageStart {
            label: entry.label.clone(),
            document: stretch.key.clone(),
            at,
        });
    }
    Numbers::new(starts)
}

/// Where each page of a part begins in its source: where it is marked in a re-flowed edition, too.
fn places(part: &Part, pages: &[String]) -> Vec<PageAt> {
    let pages: Vec<StandardPage> = pages
        .iter()
        .map(|words| StandardPage {
            label: String::new(),
            words: words.clone(),
        })
        .collect();
    let mut part = part.clone();
    marks::mark(&mut part, &pages, "");
    let mut signs = Vec::new();
    for block in &part.blocks {
        read(block, &mut signs);
    }
    let mut places = Vec::with_capacity(pages.len());
    for (index, sign) in signs.iter().enumerate() {
        if sign.is_none() {
            let next = signs[index..].iter().flatten().next();
            places.push(next.copied().unwrap_or(PageAt::Somewhere));
        }
    }
    places
}

/// Marks, as `None`, and places that the source knows, in their order.
fn read(block: &Block, signs: &mut Vec<Option<PageAt>>) {
    match (&block.kind, block.span) {
        (BlockKind::PageMark { .. }, _) => signs.push(None),
        (BlockKind::Paragraph { content, .. }, Some(span)) => {
            signs.push(Some(PageAt::Block(span, 0)));
            read_inlines(content, span, &mut 0, signs);
        }
        (_, span) => {
            let inner = block.inner();
            if let (true, Some(span)) = (inner.is_empty(), span) {
                signs.push(Some(PageAt::Block(span, 0)));
            }
            for block in inner.into_iter().flatten() {
                read(block, signs);
            }
        }
    }
}

/// The same in running text, after so many letters of its block.
fn read_inlines(
    content: &[Inline],
    span: Span,
    letters: &mut usize,
    signs: &mut Vec<Option<PageAt>>,
) {
    let of = |text: &str| {
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .count()
    };
    for inline in content {
        match inline {
            Inline::PageMark { .. } => {
                signs.push(None);
                signs.push(Some(PageAt::Block(span, *letters)));
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Lang { content, .. } => read_inlines(content, span, letters, signs),
            Inline::Text { text } | Inline::Code { text } => *letters += of(text),
            Inline::Web { content, .. } | Inline::Go { content, .. } | Inline::Keep { content } => {
                *letters += of(&plain(content));
            }
            Inline::Page { .. }
            | Inline::Note { .. }
            | Inline::NoteAgain { .. }
            | Inline::Image(_)
            | Inline::Break => {}
        }
    }
}
