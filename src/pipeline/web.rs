//! The web page of an edition that has been numbered, and the PDFs beside it.

use std::collections::BTreeMap;

use super::numbering::{self, Numbered};
use super::sequence::{Body, Stretch};
use super::{BuildError, Built, Kit};
use crate::compose::part::{Block, BlockKind, Part};
use crate::edition::Edition;
use crate::finding::Span;
use crate::html::{self, Linked, Numbers, Options, PageAt, PageStart};
use crate::model::PrintSize;
use crate::typeset::Break;
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
    for entry in &standard.map.pages {
        let Some(stretch) = standard.stretches.get(entry.section) else {
            continue;
        };
        let Some(page) = entry.page else { continue };
        let sheets = standard.sheets.get(entry.section).and_then(Option::as_ref);
        let at = match (&stretch.body, page, sheets) {
            (Body::Pdf { .. }, page, _) => PageAt::OwnPage(page),
            (Body::Part(_), 0, _) => PageAt::Start,
            (Body::Part(_), page, Some(sheets)) => sheets
                .breaks
                .get(page)
                .and_then(|at| within(stretch, *at))
                .unwrap_or(PageAt::Somewhere),
            (Body::Part(_), _, None) => PageAt::Somewhere,
        };
        starts.push(PageStart {
            label: entry.label.clone(),
            document: stretch.key.clone(),
            at,
        });
    }
    Numbers::new(starts)
}

/// The place of a page break in the source: the block that it falls into, or the nearest one
/// around or before it that was written by the author.
fn within(stretch: &Stretch, at: Break) -> Option<PageAt> {
    let part = numbering::part(stretch)?;
    let (span, exact) = written_at(part, at.mark)?;
    Some(PageAt::Block(span, if exact { at.offset } else { 0 }))
}

fn written_at(part: &Part, mark: u32) -> Option<(Span, bool)> {
    let mut best: Option<(u32, Span)> = None;
    let mut stack: Vec<&Block> = part.blocks.iter().collect();
    while let Some(block) = stack.pop() {
        if let (Some(own), Some(span)) = (block.mark, block.span)
            && own <= mark
            && best.is_none_or(|(known, _)| own > known)
        {
            best = Some((own, span));
        }
        if let BlockKind::Table(table) = &block.kind {
            for row in &table.rows {
                let mut blocks = row.cells.iter().flat_map(|cell| &cell.blocks);
                if let (Some(own), Some(span)) = (row.mark, blocks.find_map(|block| block.span))
                    && own <= mark
                    && best.is_none_or(|(known, _)| own > known)
                {
                    best = Some((own, span));
                }
            }
        }
        stack.extend(block.inner().into_iter().flatten());
    }
    best.map(|(own, span)| (span, own == mark))
}
