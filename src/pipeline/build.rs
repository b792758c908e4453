//! The order of a build: the pages of an edition are counted once, then everything that is ordered
//! is made by that count.

use std::collections::BTreeMap;

use super::error::BuildError;
use super::kit::{Built, Kit};
use super::numbering::{Numbered, Setup};
use super::order::{Form, Order, output_name};
use super::sequence::{Body, Stretch};
use super::step::Step;
use super::{large, numbering, papers, pdf, renumbered, sequence, volumes, web};
use crate::compose;
use crate::edition::{Edition, WithheldPages};
use crate::kept;
use crate::model::{Audience, Binding, Meeting, PrintSize, SourceName};

/// Makes what is ordered for one audience.
///
/// # Errors
/// When anything ordered cannot be made; there are no outputs then.
pub fn build(kit: &Kit<'_>, audience: Audience, orders: &[Order]) -> Result<Built, BuildError> {
    let (edition, stretches) = composed(kit, audience)?;
    let mut built = Built {
        made_of: hash(kit, &stretches).unwrap_or_default(),
        ..Built::default()
    };
    let setup = Setup::standard(&edition);
    let standard_pdf = |order: &Order| {
        (order.audience, order.form, order.print) == (audience, Form::Pdf, PrintSize::Standard)
    };
    let (standard, mut ahead) = if orders.iter().any(standard_pdf) {
        pdf::number_and_read(kit, &edition, stretches, &setup)?
    } else {
        let standard = numbering::number(kit, &edition, stretches, &setup)?;
        (standard, pdf::Ahead::default())
    };
    renumbered::hold(edition.meeting(), &standard, audience, kit.renumber)?;
    built.notes.extend(numbering::findings(&standard));
    let orders = orders.iter().filter(|order| order.audience == audience);
    let of = orders.clone().count();
    for (done, order) in orders.enumerate() {
        let name = output_name(kit.name, order);
        (kit.progress)(Step::part(&format!("making {name}"), done, of));
        let before = built.outputs.len();
        let ahead = std::mem::take(&mut ahead);
        if order.form == Form::Html {
            web::make(kit, &edition, &standard, order.print, &name, &mut built)?;
        } else if order.binding.is_whole() {
            whole(kit, &edition, &standard, order, ahead, &mut built)?;
        } else {
            bound(kit, &edition, &standard, order, &mut built)?;
        }
        let of_page = |name: &str| order.form == Form::Html && name.starts_with(papers::FOLDER);
        let names = built.outputs.iter().enumerate();
        let names = names.filter(|(index, output)| *index >= before || of_page(&output.name));
        let names = names.map(|(_, output)| output.name.clone()).collect();
        built.made.push((order.clone(), names));
    }
    Ok(built)
}

/// An edition and its stretches in order, with room left for pages that only the other edition has.
fn composed(kit: &Kit<'_>, audience: Audience) -> Result<(Edition, Vec<Stretch>), BuildError> {
    let others = others(kit, audience)?;
    let edition = Edition::of(kit.meeting, audience, &others.withheld);
    let mut stretches = sequence::sequence(&edition, compose::compose(&edition))?;
    for stretch in &mut stretches {
        if let Some(pages) = others.around.get(&stretch.key) {
            stretch.reserved = *pages;
        }
    }
    Ok((edition, stretches))
}

/// A hash of everything that a build for an audience is made from, besides the files of its edition.
/// What is withheld counts only as far as the edition shows it. `None` where the edition cannot be
/// composed.
pub(super) fn made_of(kit: &Kit<'_>, audience: Audience) -> Option<String> {
    let (_, stretches) = composed(kit, audience).ok()?;
    hash(kit, &stretches)
}

/// A hash of what an edition is composed of and of the settings of its build. The pages of what it
/// withholds are not counted for it.
pub(super) fn composed_of(kit: &Kit<'_>, audience: Audience) -> Option<String> {
    let edition = Edition::of(kit.meeting, audience, &WithheldPages::new());
    let stretches = sequence::sequence(&edition, compose::compose(&edition)).ok()?;
    hash(kit, &stretches)
}

fn hash(kit: &Kit<'_>, stretches: &[Stretch]) -> Option<String> {
    let mut pieces = vec![format!("{} {:?}", kit.name, kit.created).into_bytes()];
    for (name, template) in kit.templates {
        pieces.extend([name.clone().into_bytes(), template.clone().into_bytes()]);
    }
    for stretch in stretches {
        pieces.push(stretch.place().into_bytes());
        pieces.push(match &stretch.body {
            Body::Part(part) => serde_json::to_vec(part).ok()?,
            Body::Pdf { source, selection } => format!("{source} {selection:?}").into_bytes(),
        });
    }
    Some(kept::key(pieces.iter().map(Vec::as_slice)))
}

/// Makes the PDF of an edition.
fn whole(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    order: &Order,
    ahead: pdf::Ahead,
    built: &mut Built,
) -> Result<(), BuildError> {
    match order.print {
        PrintSize::Standard => {
            let size = pdf::FURNITURE;
            pdf::make(kit, edition, standard, size, order, ahead, built)
        }
        PrintSize::Points(points) => large::make(kit, edition, standard, points, order, built),
    }
}

/// Makes a copy that holds part of an edition's PDF, or holds it in volumes, from the whole PDF: the
/// one that was made before, or one that is made for this copy alone.
fn bound(
    kit: &Kit<'_>,
    edition: &Edition,
    standard: &Numbered,
    order: &Order,
    built: &mut Built,
) -> Result<(), BuildError> {
    let order_of_whole = Order {
        binding: Binding::default(),
        ..order.clone()
    };
    let name = output_name(kit.name, &order_of_whole);
    let mut made = Built::default();
    // A locked PDF cannot be taken apart again.
    let found = |built: &Built| {
        let output = built.outputs.iter().find(|output| output.name == name)?;
        let map = built.documents.iter().find(|map| map.path == name)?;
        Some((output.bytes.clone(), map.clone()))
    };
    let known = found(built).filter(|_| kit.password.is_none());
    let (bytes, map) = match known {
        Some(known) => known,
        None => {
            let kit = Kit {
                password: None,
                made: &|_, _| (),
                ..*kit
            };
            let ahead = pdf::Ahead::default();
            whole(&kit, edition, standard, &order_of_whole, ahead, &mut made)?;
            built.notes.append(&mut made.notes);
            found(&made).ok_or_else(|| BuildError::Gone(SourceName(name.clone())))?
        }
    };
    volumes::make(kit, edition, (&bytes, &map), order, built)
}

/// How many page numbers others need, so that everybody turns to the same page.
#[derive(Default)]
struct Others {
    /// The pages of each document that an audience does not get.
    withheld: WithheldPages,
    /// The pages of each part around the items, such as the front sheet, in the other edition.
    around: BTreeMap<String, u32>,
}

/// Counts the pages of the other edition where it has other pages. Nothing else of it leaves this
/// function: what is set here is kept nowhere.
fn others(kit: &Kit<'_>, audience: Audience) -> Result<Others, BuildError> {
    if !anything_withheld(kit.meeting) {
        return Ok(Others::default());
    }
    let kit = Kit { kept: None, ..*kit };
    let count = |edition: &Edition| {
        let stretches = sequence::sequence(edition, compose::compose(edition))?;
        numbering::number(&kit, edition, stretches, &Setup::standard(edition))
    };
    (kit.progress)(Step::doing("counting the pages that are withheld"));
    let members = Edition::of(kit.meeting, Audience::Members, &WithheldPages::new());
    if audience == Audience::Public {
        let members = count(&members)?;
        return Ok(Others {
            withheld: members.pages_by_key(kit.meeting),
            around: members.pages_around_items(),
        });
    }
    let settings = &kit.meeting.council.pack;
    if !settings.number_from_front_sheet && !kit.meeting.accessibility_page {
        return Ok(Others::default());
    }
    let withheld = count(&members)?.pages_by_key(kit.meeting);
    let public = count(&Edition::of(kit.meeting, Audience::Public, &withheld))?;
    Ok(Others {
        withheld: WithheldPages::new(),
        around: public.pages_around_items(),
    })
}

fn anything_withheld(meeting: &Meeting) -> bool {
    let documents = meeting.documents();
    documents
        .iter()
        .any(|standing| !standing.access.admits(Audience::Public))
}
