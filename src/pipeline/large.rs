//! A re-flowed edition: its parts on pages of their own, each with marks where the standard edition's
//! pages begin in it.

use std::collections::BTreeMap;

use super::error::BuildError;
use super::kit::{Built, Kit};
use super::numbering::{self, Marked, Numbered, Setup};
use super::order::Order;
use super::sequence::{self, Begins, Stretch};
use super::{pdf, pictures};
use crate::assemble::numbering::SectionPages;
use crate::compose;
use crate::compose::large::{self, LargePart, StandardNumbers, Starts};
use crate::compose::marks::{self, Silent, StandardPage};
use crate::compose::words::Words;
use crate::crew::side_by_side;
use crate::edition::Edition;
use crate::typeset::StandardHeads;

/// Makes the PDF and adds it to what was built.
pub(super) fn make(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    points: u8,
    order: &Order,
    built: &mut Built,
) -> Result<(), BuildError> {
    let words = Words::of(edition.meeting().lang());
    let known = documents(standard);
    let numbers = &standard.numbers;
    let mut marked = BTreeMap::new();
    let mut held = BTreeMap::new();
    let mut parts = Vec::new();
    let composed = large::compose_large(edition, &known, numbers);
    let composed = side_by_side(composed, |mut large| {
        let pages = standard_pages(&large, standard, words);
        if let Some(pages) = &pages {
            marks::mark(
                &mut large.part,
                &pages.pages,
                pages.heads.says(),
                Silent::WithTheLast,
            );
        }
        (large, pages)
    });
    for (large, pages) in composed {
        if let Some(pages) = pages {
            let labels: Vec<String> = pages.pages.iter().map(|page| page.label.clone()).collect();
            marked.insert(large.part.key.clone(), labels);
            held.insert(large.part.key.clone(), pages);
        }
        parts.push(large.part);
    }
    let drawn = pictures::draw(kit, &mut parts);
    for part in &mut parts {
        large::spell_out_pictures(&mut part.blocks, words);
    }
    let bytes = pictures::bytes(kit, &drawn);
    let kit = &Kit {
        bytes: &bytes,
        ..*kit
    };
    // The concordance follows the pack's own order, which is that of the standard edition.
    let labels: Vec<String> = standard
        .stretches
        .iter()
        .filter_map(|stretch| marked.remove(&stretch.key))
        .flatten()
        .collect();
    parts.push(large::concordance(edition, &labels));

    let mut stretches = sequence::sequence(edition, parts)?;
    for stretch in &mut stretches {
        // Numbers are kept, and kept free, in the standard edition alone.
        (stretch.reserved, stretch.begins) = (0, Begins::Next);
        if let Some((first, _)) = known.get(&stretch.key) {
            let page = words.standard_page().replace("{page}", first);
            stretch.title = format!("{} ({page})", stretch.title);
        }
    }
    let setup = Setup {
        style: numbering::large_style(edition, points),
        standard: held,
        numbers: numbers
            .iter()
            .map(|(slot, number)| (compose::standard_number_of(slot), number.clone()))
            .collect(),
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
        if let Some(pages) = section.taken {
            let ends = (pages.first().to_string(), pages.last().to_string());
            documents.insert(section.key.clone(), ends);
        }
    }
    documents
}

/// Which pages of the standard edition a part holds, and what is on them, where it holds any.
pub(super) fn standard_pages(
    large: &LargePart,
    standard: &Numbered,
    words: Words,
) -> Option<Marked> {
    let index = standard.index.with_key(&large.part.key)?;
    let section = standard.map.sections.get(index)?;
    let on_pages = match &large.starts {
        Starts::None => return None,
        Starts::AsSet if stands_for_itself(&standard.stretches[index], section) => {
            let sheets = standard.sheets.get(index).and_then(Option::as_ref)?;
            Some(&sheets.words)
        }
        Starts::Pages(on_pages) => Some(on_pages),
        Starts::AsSet | Starts::Whole => None,
    };
    let heads = |one: &str| StandardHeads {
        one: one.to_owned(),
        several: words.standard_pages().to_owned(),
    };
    // A blank page before the first has a mark as well: somebody may look for it.
    let own = standard.map.entries(index);
    if let Some(on_pages) = on_pages {
        let pages: Vec<StandardPage> = own
            .iter()
            .map(|entry| StandardPage {
                label: entry.label.clone(),
                words: entry
                    .page
                    .and_then(|page| on_pages.get(page).cloned())
                    .unwrap_or_default(),
            })
            .collect();
        return (!pages.is_empty()).then(|| Marked {
            pages,
            heads: heads(words.standard_page()),
        });
    }
    let first = own.first()?.label.clone();
    let last = match section.taken {
        Some(pages) => pages.last().to_string(),
        None => own.last()?.label.clone(),
    };
    let (label, one) = if first == last {
        (first, words.standard_page())
    } else {
        let label = format!("{first} {} {last}", words.to());
        (label, words.standard_pages_of())
    };
    let page = StandardPage {
        label,
        words: String::new(),
    };
    Some(Marked {
        pages: vec![page],
        heads: heads(one),
    })
}

/// Whether a stretch stands for its own pages alone, and for none that are withheld.
fn stands_for_itself(stretch: &Stretch, section: &SectionPages) -> bool {
    stretch.item.is_none() || section.withheld().is_none()
}
