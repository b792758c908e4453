//! Typeset pages and attachments become one PDF: imported, tagged, numbered, outlined, verified.
//!
//! [`assemble`] takes a [`plan::Plan`] and does this, in order: every section's file is opened
//! ([`open`]), and what its selected pages reach is imported and cleaned, side by side ([`import`],
//! [`annotation`], [`form`], [`structure`]); the pages are numbered ([`numbering`]); furniture is
//! drawn ([`furniture`]) and put on them ([`stamp`]); the structure trees are grafted together
//! ([`graft`]); outline, labels, names and metadata are built; and the file is written ([`writer`]).
//!
//! It does not know what an item or an edition is, and it never makes up a tag: what came without
//! tags stays without, and the file then claims nothing.

mod annotation;
mod bookmark;
mod catalog;
mod destination;
pub mod facts;
mod form;
mod furniture;
mod geometry;
mod graft;
mod import;
mod metadata;
pub mod numbering;
mod object;
pub mod open;
mod outline;
mod page_tree;
pub mod plan;
mod stamp;
mod structure;
mod writer;

use std::collections::BTreeSet;

use rayon::prelude::*;

pub use facts::Facts;
pub use numbering::{Extent, PageMap, page_map};
pub use open::{OpenError, count_pages};
pub use plan::{AssembleError, Assembled, Plan};

use import::{ImportError, Imported};
use plan::{Note, Origin, PartFacts};
use stamp::Marks;

/// Makes one PDF of a plan.
///
/// # Errors
/// The first section (in the plan's order) whose file cannot be used, or a font that cannot.
pub fn assemble(plan: &Plan) -> Result<Assembled, AssembleError> {
    if plan.sections.is_empty() {
        return Err(AssembleError::Empty);
    }
    let mut sections: Vec<Imported> = plan
        .sections
        .par_iter()
        .enumerate()
        .map(|(index, section)| {
            let key = || section.key.clone();
            let opened = open::open(section.pdf).map_err(|error| AssembleError::Open {
                section: index,
                key: key(),
                error,
            })?;
            import::import(opened, &section.pages, section.origin).map_err(|error| match error {
                ImportError::NoSuchPages(pages) => AssembleError::NoSuchPages {
                    section: index,
                    key: key(),
                    pages,
                },
                ImportError::TooLarge => AssembleError::TooLarge(key()),
            })
        })
        .collect::<Vec<_>>()
        .into_iter()
        .collect::<Result<_, _>>()?;

    let extents: Vec<Extent> = plan
        .sections
        .iter()
        .zip(&sections)
        .map(|(section, imported)| Extent {
            key: section.key.clone(),
            pages: imported.pages.len(),
            start: section.start,
            numbered: section.numbered,
        })
        .collect();
    let map = page_map(&extents);

    let mut shared = Vec::new();
    let blanks = catalog::insert_blanks(plan, &mut sections, &map);
    let marks: Vec<Marks> = map
        .pages
        .iter()
        .enumerate()
        .map(|(position, entry)| {
            Marks::new(
                &plan.furniture,
                &plan.sections[entry.section],
                entry.number,
                map.last_number,
                position,
            )
        })
        .collect();
    let texts: BTreeSet<furniture::Text> = marks.iter().flat_map(Marks::texts).cloned().collect();
    let pieces = furniture::draw(&plan.furniture, &texts, &mut shared)?;
    sections
        .par_iter_mut()
        .enumerate()
        .map(|(index, section)| {
            let mut budget = stamp::Budget::default();
            let positions: Vec<usize> = (0..map.pages.len())
                .filter(|position| map.pages[*position].section == index)
                .collect();
            for position in positions {
                let page = match map.pages[position].page {
                    Some(page) => page,
                    None => match blanks[index] {
                        Some(page) => page,
                        None => continue,
                    },
                };
                stamp::stamp(
                    section,
                    page,
                    &marks[position],
                    &pieces,
                    &plan.furniture,
                    None,
                    stamp::Balance::default(),
                    &mut budget,
                )?;
            }
            Ok(())
        })
        .collect::<Result<Vec<()>, AssembleError>>()?;

    let mut notes = Vec::new();
    for (index, (section, imported)) in plan.sections.iter().zip(&sections).enumerate() {
        let note = |page, kind| Note {
            section: index,
            key: section.key.clone(),
            page,
            kind,
        };
        if section.origin == Origin::Attachment {
            notes.extend(imported.notes.iter().map(|kind| note(None, *kind)));
            for page in &imported.pages {
                notes.extend(page.notes.iter().map(|kind| note(Some(page.source), *kind)));
            }
        }
    }
    let parts: Vec<PartFacts> = plan
        .sections
        .iter()
        .zip(&sections)
        .map(|(section, imported)| PartFacts {
            key: section.key.clone(),
            facts: imported.facts.clone(),
            elements_in: imported.tags.elements_in,
            elements_out: imported.tags.elements.len(),
            pdf_ua: Err(vec!["not examined".into()]),
            pdf_a: Err(vec!["not examined".into()]),
        })
        .collect();
    let claims = plan::Claims::default();
    let pdf = catalog::finish(plan, sections, &blanks, &map, shared, claims)?;
    Ok(Assembled {
        pdf,
        map,
        notes,
        parts,
        claims,
    })
}
