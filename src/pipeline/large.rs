//! A re-flowed edition: its parts, each told where the standard edition's pages begin in it, on
//! pages of their own.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::numbering::{self, Numbered, Setup};
use super::sequence::{self, Body};
use super::{BuildError, Built, Kit, Order, pdf};
use crate::compose::large::{self, LargePart, StandardNumbers, Starts};
use crate::compose::part::Part;
use crate::compose::words::Words;
use crate::edition::Edition;
use crate::typeset::{Break, Sheets, StandardPage, StandardPages};

/// Makes the PDF and adds it to what was built.
pub(super) fn make(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    points: u8,
    order: Order,
    built: &mut Built,
) -> Result<(), BuildError> {
    let words = Words::of(edition.meeting().lang());
    let known = documents(standard);
    let parts = large::compose_large(edition, &known, &numbering::numbers(standard));
    let mut marks = BTreeMap::new();
    for large in &parts {
        let pages = standard_pages(large, standard, words);
        if !pages.starts.is_empty() {
            marks.insert(large.part.key.clone(), pages);
        }
    }
    let mut parts: Vec<Part> = parts.into_iter().map(|large| large.part).collect();
    // The concordance follows the pack's own order, which is that of the standard edition.
    let labels: Vec<String> = standard
        .stretches
        .iter()
        .filter_map(|stretch| marks.get(&stretch.key))
        .flat_map(|pages| pages.starts.iter().map(|start| start.label.clone()))
        .collect();
    parts.push(large::concordance(edition, &labels));

    let mut stretches = sequence::sequence(edition, parts);
    for stretch in &mut stretches {
        // Numbers are kept free for withheld pages in the standard edition alone.
        stretch.reserved = 0;
        if let Some((first, _)) = known.get(&stretch.key) {
            let page = words.standard_page().replace("{page}", first);
            stretch.title = format!("{} ({page})", stretch.title);
        }
    }
    let setup = Setup {
        style: numbering::large_style(edition, points),
        standard: marks,
    };
    let (numbered, ahead) = pdf::number_and_read(kit, edition, stretches, &setup)?;
    built.notes.extend(numbering::findings(&numbered));
    pdf::make(
        kit,
        edition,
        &numbered,
        f32::from(points),
        order,
        ahead,
        built,
    )
}

/// The first and last printed number of each document of the standard edition.
fn documents(standard: &Numbered) -> StandardNumbers {
    let mut documents = StandardNumbers::new();
    for section in &standard.map.sections {
        if let Some((first, last)) = section.taken() {
            documents.insert(section.key.clone(), (first.to_string(), last.to_string()));
        }
    }
    documents
}

/// Where the standard edition's pages begin in a part.
fn standard_pages(large: &LargePart, standard: &Numbered, words: Words) -> StandardPages {
    let mut pages = StandardPages {
        starts: Vec::new(),
        mark: words.standard_page().to_owned(),
        several: words.standard_pages().to_owned(),
    };
    let Some(index) = standard
        .stretches
        .iter()
        .position(|stretch| stretch.key == large.part.key)
    else {
        return pages;
    };
    let stretch = &standard.stretches[index];
    let labels: Vec<&String> = standard
        .map
        .pages
        .iter()
        .filter(|page| page.section == index && page.page.is_some())
        .map(|page| &page.label)
        .collect();
    let (Some(first), Some(section)) = (labels.first(), standard.map.sections.get(index)) else {
        return pages;
    };
    let start = |label: &str, at: Break| StandardPage {
        label: label.to_owned(),
        at,
    };
    let top = Break { mark: 0, offset: 0 };
    match (&large.starts, &stretch.body) {
        (Starts::None, _) => {}
        (Starts::AsSet, Body::Part(_)) if stretch.reserved <= 1 => {
            let breaks = standard.sheets.get(index).and_then(Option::as_ref);
            let breaks = breaks.map_or(&[][..], |sheets| &sheets.breaks);
            pages.starts = labels
                .iter()
                .enumerate()
                .map(|(page, label)| start(label, breaks.get(page).copied().unwrap_or(top)))
                .collect();
        }
        (Starts::Blocks(blocks), _) => {
            let mut part = large.part.clone();
            part.number_blocks();
            pages.starts = labels
                .iter()
                .enumerate()
                .map(|(page, label)| {
                    let block = blocks.get(page).and_then(|&block| part.blocks.get(block));
                    let mark = block.and_then(|block| block.mark).unwrap_or(u32::MAX);
                    start(label, Break { mark, offset: 0 })
                })
                .collect();
        }
        _ => {
            let last = section.last_taken.map_or_else(
                || (*labels.last().unwrap_or(first)).clone(),
                |last| last.to_string(),
            );
            if last == **first {
                pages.starts = vec![start(first, top)];
            } else {
                pages.mark = words.standard_pages_of().to_owned();
                let label = format!("{first} {} {last}", words.to());
                pages.starts = vec![start(&label, top)];
            }
        }
    }
    pages
}

/// For each page of a re-flowed part, the pages of the standard edition that it holds: "standard
/// page 39". Empty where no standard page is marked, as in the standard edition itself. `size` is
/// that of the print, in points.
pub(super) fn aliases(sheets: &Sheets, size: f32, words: Words) -> Vec<Option<String>> {
    let prefix = large::standard_anchor("");
    let mut marks: Vec<(usize, f64, &str)> = sheets
        .anchors
        .iter()
        .filter_map(|anchor| {
            let label = anchor.name.strip_prefix(&prefix)?;
            Some((anchor.page, anchor.y, label))
        })
        .collect();
    marks.sort_by(|a, b| {
        (a.0, a.1)
            .partial_cmp(&(b.0, b.1))
            .unwrap_or(Ordering::Equal)
    });
    if marks.is_empty() {
        return Vec::new();
    }
    // As in the running head: a page begins inside a standard page unless the mark is the first
    // thing on it.
    let top = 20.0 * 72.0 / 25.4 + 3.0 * f64::from(size);
    (0..sheets.pages())
        .map(|page| {
            let on = marks.iter().filter(|mark| mark.0 == page);
            let before = marks.iter().rfind(|mark| mark.0 < page);
            let begun = on.clone().next().is_none_or(|mark| mark.1 > top);
            let held: Vec<&str> = before
                .filter(|_| begun)
                .into_iter()
                .chain(on)
                .map(|mark| mark.2)
                .collect();
            // A mark may itself stand for several pages: "39 to 41".
            let first = held.first()?.split(' ').next()?;
            let last = held.last()?.rsplit(' ').next()?;
            let alias = if first == last {
                words.standard_page().replace("{page}", first)
            } else {
                words
                    .standard_pages()
                    .replace("{first}", first)
                    .replace("{last}", last)
            };
            Some(alias.to_lowercase())
        })
        .collect()
}
