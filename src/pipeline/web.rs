//! The web page of an edition that has been numbered, and the PDFs beside it.

use std::collections::BTreeMap;

use super::numbering::{self, Numbered};
use super::sequence::Body;
use super::{BuildError, Built, Kit};
use crate::compose::large;
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
    let numbers = numbers(edition, standard).with_places(numbering::numbers(standard));
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
fn numbers(edition: &Edition, standard: &Numbered) -> Numbers {
    let mut texts = large::own_texts(edition);
    let places: Vec<Vec<PageAt>> = standard
        .stretches
        .iter()
        .zip(&standard.sheets)
        .map(|(stretch, sheets)| match (&stretch.body, sheets) {
            (Body::Part(part), Some(sheets)) => places(&marked((**part).clone(), &sheets.words)),
            (Body::Pdf { .. }, _) => texts
                .remove(&stretch.key)
                .map(|(part, pages)| letters(&marked(part, &pages)))
                .unwrap_or_default(),
            _ => Vec::new(),
        })
        .collect();
    let starts = standard
        .map
        .pages
        .iter()
        .filter_map(|entry| {
            let stretch = standard.stretches.get(entry.section)?;
            let at = match entry.page {
                Some(0) => PageAt::Start,
                Some(page) => places[entry.section]
                    .get(page)
                    .copied()
                    .unwrap_or(PageAt::Somewhere),
                // a blank page: with the next one
                None => PageAt::Somewhere,
            };
            Some(PageStart {
                label: entry.label.clone(),
                document: stretch.key.clone(),
                at,
            })
        })
        .collect();
    Numbers::new(starts)
}

/// A part with the marks that a re-flowed edition has, for pages of these words.
fn marked(mut part: Part, pages: &[String]) -> Part {
    let pages: Vec<StandardPage> = pages
        .iter()
        .map(|words| StandardPage {
            label: String::new(),
            words: words.clone(),
        })
        .collect();
    marks::mark(&mut part, &pages, "");
    part
}

/// Where the marks of a part stand in its source.
fn places(part: &Part) -> Vec<PageAt> {
    let mut signs = Vec::new();
    for block in &part.blocks {
        read(block, &mut signs);
    }
    signs
        .iter()
        .enumerate()
        .filter(|(_, sign)| sign.is_none())
        .map(|(index, _)| {
            let next = signs[index..].iter().flatten().next();
            next.copied().unwrap_or(PageAt::Somewhere)
        })
        .collect()
}

/// After how many letters of a part its marks stand.
fn letters(part: &Part) -> Vec<PageAt> {
    let mut count = 0;
    let mut marks = Vec::new();
    for block in &part.blocks {
        count_block(block, &mut count, &mut marks);
    }
    marks
}

fn count_block(block: &Block, count: &mut usize, marks: &mut Vec<PageAt>) {
    match &block.kind {
        BlockKind::PageMark { .. } => marks.push(PageAt::Letters(*count)),
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            count_inlines(content, count, marks);
        }
        BlockKind::Preformatted { text } => *count += letters_of(text),
        BlockKind::Figure(figure) => {
            let caption = figure.caption.as_deref().unwrap_or_default();
            count_inlines(caption, count, marks);
        }
        BlockKind::Table(table) => {
            let caption = table.caption.as_deref().unwrap_or_default();
            count_inlines(caption, count, marks);
            for block in block.inner().into_iter().flatten() {
                count_block(block, count, marks);
            }
        }
        _ => {
            for block in block.inner().into_iter().flatten() {
                count_block(block, count, marks);
            }
        }
    }
}

fn count_inlines(content: &[Inline], count: &mut usize, marks: &mut Vec<PageAt>) {
    for inline in content {
        match inline {
            Inline::PageMark { .. } => marks.push(PageAt::Letters(*count)),
            Inline::Text { text } | Inline::Code { text } => *count += letters_of(text),
            _ => count_inlines(inline.inner(), count, marks),
        }
    }
}

fn letters_of(text: &str) -> usize {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .count()
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
            Inline::Text { text } | Inline::Code { text } => *letters += letters_of(text),
            Inline::Web { content, .. } | Inline::Go { content, .. } | Inline::Keep { content } => {
                *letters += letters_of(&plain(content));
            }
            Inline::Page { .. }
            | Inline::Note { .. }
            | Inline::NoteAgain { .. }
            | Inline::Image(_)
            | Inline::Break => {}
        }
    }
}
