//! Typeset pages and attachments become one PDF: imported, tagged, numbered, outlined, verified.
//!
//! [`assemble`] takes a [`plan::Plan`] and does this, in order:
//!
//! 1. It opens the file of every section, and imports and cleans what the selected pages reach, several
//!    files at a time ([`read`], [`import`], [`annotation`], [`form`], [`structure`]).
//! 2. It checks the pages against the plan's map ([`numbering`]).
//! 3. It draws the furniture ([`furniture`]) and puts it on the pages ([`stamp`]).
//! 4. It joins the structure trees ([`graft`]).
//! 5. It builds outline, labels, names and metadata ([`catalog`]).
//! 6. It writes the file ([`writer`]), with everything that is there twice only once ([`sharing`]).
//!    Until then, the data of pictures stays in the files that they came in ([`crate::pdf::bulk`]).
//!
//! It does not know what an item or an edition is. It never tags the content of an attachment: if a
//! file came without tags it stays without, and the pack then claims nothing.

mod annotation;
mod balanced;
mod bookmark;
mod catalog;
mod claim;
mod destination;
mod entries;
mod field_look;
mod fit;
mod folded;
mod form;
mod furniture;
mod graft;
mod import;
mod imported;
mod layer;
mod letters;
mod lock;
mod metadata;
pub mod numbering;
mod object;
mod objects;
mod opening;
pub mod outcome;
mod outline;
pub mod plan;
mod reach;
mod read;
mod renaming;
mod resources;
mod sharing;
mod spelling;
mod stamp;
mod stored;
mod structure;
pub mod verify;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use lock::Password;
pub use numbering::{Extent, PageMap, page_map};
pub use outcome::{AssembleError, Assembled};
pub use plan::Plan;
pub use read::{Pages, Read, ReadError, read, read_again};
pub use verify::verify;

use imported::{Imported, ImportedPage};
use outcome::{Note, NoteKind, PartFacts};
use plan::Provenance;
use stamp::Marks;

use crate::crew::side_by_side;
use crate::pdf::Balance;
pub use crate::pdf::opening::{OpenError, count_pages};

/// Makes one PDF from a plan.
///
/// # Errors
/// If the file of a section or a font cannot be used. Of several sections it names the first.
pub fn assemble(plan: Plan) -> Result<Assembled, AssembleError> {
    assemble_read(plan, BTreeMap::new())
}

/// Makes one PDF from a plan. `read_ahead` has the sections that were read before, by their place in
/// the plan. Their files are not read again.
///
/// # Errors
/// As [`assemble`].
pub fn assemble_read(
    mut plan: Plan,
    mut read_ahead: BTreeMap<usize, Result<Read, ReadError>>,
) -> Result<Assembled, AssembleError> {
    if plan.sections.is_empty() {
        return Err(AssembleError::Empty);
    }
    let ahead: Vec<Option<Result<Read, ReadError>>> = (0..plan.sections.len())
        .map(|index| read_ahead.remove(&index))
        .collect();
    let tasks = plan.sections.iter_mut().zip(ahead).enumerate().collect();
    let read: Vec<Read> = side_by_side(tasks, |(index, (section, ahead))| {
        let pdf = std::mem::take(&mut section.pdf);
        ahead
            .unwrap_or_else(|| read::read(pdf, &section.pages, section.origin))
            .map_err(|error| error.of(index, &section.key))
    })
    .into_iter()
    .collect::<Result<_, _>>()?;
    let (mut sections, mut inks, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    let mut substances = Vec::new();
    for read in read {
        sections.push(read.imported);
        inks.push(read.inks);
        substances.push(read.substances);
        facts.push(read.facts);
    }

    let map = &plan.map;
    hold_to_map(&plan, &sections)?;
    let mut shared = Vec::new();
    let places = catalog::insert_blanks(&mut sections, map);
    let mut before = None;
    let marks: Vec<Marks> = map
        .pages
        .iter()
        .enumerate()
        .map(|(position, entry)| {
            let page = &sections[entry.section].pages[places[position]];
            // A blank page is the back of the page before it, whatever it was added for: that is whose
            // notice it bears.
            let sheet = before.filter(|_| entry.page.is_none());
            let sheet = sheet.unwrap_or(entry.section);
            before = Some(sheet);
            Marks::new(
                &plan.furniture,
                &plan.sections[entry.section],
                &plan.sections[sheet],
                entry,
                map.last_number,
                position,
                page.geometry.size(),
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
            let mut fits = BTreeMap::new();
            for position in (0..map.pages.len()).filter(|&at| map.pages[at].section == index) {
                let page = places[position];
                let marks = &marks[position];
                let (mut fit, mut balance) = (None, Balance::default());
                let mut free = 0;
                if let Some(ink) = inks[index].get(page) {
                    (balance, free) = (ink.balance.clone(), ink.free_mcid);
                    let ImportedPage {
                        geometry, notes, ..
                    } = &mut section.pages[page];
                    if !ink.complete {
                        notes.insert(NoteKind::Unreadable);
                    }
                    fit = fit::needed(
                        ink,
                        geometry,
                        marks.strips(plan.furniture.size, &pieces, geometry.size()),
                    );
                    if let Some(fit) = fit {
                        notes.insert(NoteKind::Shrunk);
                        fits.insert(page, fit);
                    }
                }
                let heading = match &marks.opening {
                    Some(furniture::Text::Opening(opening, _)) => {
                        opening::tag(section, page, opening, free, &plan.metadata.language)
                    }
                    _ => None,
                };
                stamp::stamp(
                    section,
                    page,
                    marks,
                    &pieces,
                    &plan.furniture,
                    fit,
                    &balance,
                    heading,
                    &mut budget,
                )?;
            }
            fit::apply(section, &fits);
            Ok(())
        })
        .collect::<Result<Vec<()>, AssembleError>>()?;
    let mut notes = Vec::new();
    let mut parts = Vec::with_capacity(sections.len());
    for (index, ((section, imported), facts)) in
        plan.sections.iter().zip(&sections).zip(facts).enumerate()
    {
        if section.origin == Provenance::Attachment {
            let note = |page, kind| Note {
                section: index,
                key: section.key.clone(),
                page,
                kind,
            };
            notes.extend(imported.notes.iter().map(|kind| note(None, *kind)));
            for page in &imported.pages {
                notes.extend(page.notes.iter().map(|kind| note(Some(page.source), *kind)));
            }
        }
        parts.push(PartFacts {
            elements_in: imported.tags.elements_in,
            elements_out: imported.tags.elements.len(),
            pdf_ua: claim::pdf_ua(&facts, imported, section.lang.as_deref()),
            pdf_a: claim::pdf_a(&facts),
            facts,
        });
    }
    let has_intent = sections
        .iter()
        .any(|section| section.output_intent.is_some());
    let claims = claim::decide(&plan, &parts, has_intent);
    let mut source_of = |section: usize, page: Option<usize>| {
        let substance = substances.get_mut(section)?.get_mut(page?)?;
        Some(std::mem::take(substance))
    };
    let sources = map.pages.iter();
    let sources = sources.map(|entry| source_of(entry.section, entry.page));
    let sources = sources.collect();
    let pdf = catalog::finish(&plan, sections, &places, shared, claims)?;
    Ok(Assembled {
        pdf,
        sources,
        notes,
        parts,
        claims,
    })
}

/// Refuses a plan if a section does not have as many pages as its map says.
fn hold_to_map(plan: &Plan, sections: &[Imported]) -> Result<(), AssembleError> {
    for (index, (section, imported)) in plan.sections.iter().zip(sections).enumerate() {
        let pages = imported.pages.len();
        let mapped = plan.map.sections.get(index);
        let mapped = mapped.filter(|mapped| mapped.key == section.key);
        if mapped.map(|mapped| mapped.count) != Some(pages) {
            return Err(AssembleError::OtherPages {
                section: index,
                key: section.key.clone(),
                pages,
                mapped: mapped.map(|mapped| mapped.count),
            });
        }
    }
    match plan.map.sections.get(sections.len()) {
        None => Ok(()),
        Some(more) => Err(AssembleError::OtherPages {
            section: sections.len(),
            key: more.key.clone(),
            pages: 0,
            mapped: Some(more.count),
        }),
    }
}
