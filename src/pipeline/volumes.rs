//! A printed copy of part of a pack, or of all of it in volumes: the agenda, some of its items, or the
//! exempt papers, with leaves for notes facing the items where they are wanted.
//!
//! It is taken from the whole PDF, so its pages look as they do there and keep their numbers:
//! everybody who has this print turns to the same page. In front of each volume is a leaf that says
//! what is in it; an agenda without its papers says so itself.

use std::collections::BTreeSet;

use bytes::Bytes;

use super::error::BuildError;
use super::kit::{Built, Kit};
use super::manifest::{Digest, DocumentMap, PartPages};
use super::order::{Order, output_name, volume_name};
use super::sequence::LEAF;
use super::step::Step;
use super::{codes, numbering, pdf};
use crate::assemble::assemble;
use crate::assemble::numbering::{Extent, FirstNumber, PageEntry, PageMap, Start, page_map};
use crate::assemble::plan::{
    Claim, Furniture, Metadata, OutlineEntry, Plan, Provenance, Section, Target,
};
use crate::assemble::verify::Bookmark;
use crate::compose::volume::{self, Volume, VolumeRow};
use crate::compose::words::Words;
use crate::edition::Edition;
use crate::finding::{Finding, Place};
use crate::model::{Audience, Binding, Holds, Item, PageSelection, PrintSize, SourceName};
use crate::pdf::PdfFile;
use crate::typeset::{self, Setting, Sheets, Style, typeset};
use crate::write::Output;

/// A part that takes no more than this share of a volume is not divided between two.
const TOGETHER: f64 = 0.34;
/// The parts that are the agenda, by their keys.
const AGENDA: [&str; 2] = ["front-sheet", "contents"];

/// Pages of a part, from 1 in the whole PDF, first and last.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    title: String,
    pages: (usize, usize),
    goes_on: bool,
    /// Whether an item begins with it.
    begins_item: bool,
    /// The number of its item.
    item: Option<String>,
    /// Whether the item attaches it.
    is_attached: bool,
}

/// Makes the volumes that are asked for, out of the whole PDF and its map.
pub(super) fn make(
    kit: &Kit<'_>,
    edition: &Edition,
    (whole, map): (&Bytes, &DocumentMap),
    order: &Order,
    built: &mut Built,
) -> Result<(), BuildError> {
    let parts = parts(edition, map, &order.binding);
    if parts.is_empty() {
        let name = output_name(kit.name, order);
        built.notes.push(Finding::note(
            codes::COPY_EMPTY,
            Place::Nowhere,
            format!("{name} is not made: nothing of what it is to hold is in the pack"),
        ));
        return Ok(());
    }
    let most = order.binding.volume_pages;
    let volumes = divide(&parts, most.map_or(usize::MAX, |pages| pages as usize));
    let count = volumes.len();
    for (index, pieces) in volumes.iter().enumerate() {
        let name = if order.binding.volume_pages.is_none() {
            output_name(kit.name, order)
        } else {
            volume_name(kit.name, order, index + 1, count)
        };
        (kit.progress)(Step::part(&format!("making {name}"), index, count));
        let told = Volume {
            number: (index + 1, count),
            holds: order.binding.holds.clone(),
            notes: order.binding.notes,
            ..told(map, pieces)
        };
        one(
            kit,
            edition,
            (whole, map),
            order,
            (&name, pieces, &told),
            built,
        )?;
    }
    Ok(())
}

/// The parts that a volume may hold. Where it is the whole pack, each has the blank pages before it,
/// except where leaves for notes take their place.
fn parts(edition: &Edition, map: &DocumentMap, binding: &Binding) -> Vec<Piece> {
    let mut next = 1;
    let mut before = None;
    let parts = map.parts.iter().enumerate().filter_map(|(index, part)| {
        let last = (part.first_page + part.pages).saturating_sub(1);
        let from = std::mem::replace(&mut next, last + 1);
        let first = match (&binding.holds, binding.notes) {
            (Holds::Whole, false) => from,
            _ => part.first_page,
        };
        let begins_item = part.item.is_some() && before != part.item.as_ref();
        before = part.item.as_ref();
        let chosen = is_held(edition, &binding.holds, part, index);
        (chosen && part.pages > 0).then(|| Piece {
            title: part.title.clone(),
            pages: (first, last),
            goes_on: false,
            begins_item,
            item: part.item.clone(),
            is_attached: part.key.contains("-appendix-"),
        })
    });
    let parts: Vec<Piece> = parts.collect();
    // The front sheet alone holds nothing of an item that is not there.
    let is_empty = matches!(binding.holds, Holds::Items(_)) && parts.len() < 2;
    if is_empty { Vec::new() } else { parts }
}

/// Whether a copy holds a part.
fn is_held(edition: &Edition, holds: &Holds, part: &PartPages, index: usize) -> bool {
    let meeting = edition.meeting();
    match holds {
        Holds::Whole => true,
        Holds::Items(items) => match &part.item {
            None => index == 0,
            Some(number) => meeting
                .items()
                .filter(|item| items.contains(&item.number.value))
                .flat_map(within)
                .any(|held| held == number),
        },
        Holds::Agenda => AGENDA.contains(&part.key.as_str()),
        Holds::Exempt => {
            let key = part.key.strip_suffix(LEAF).unwrap_or(&part.key);
            let documents = meeting.documents();
            let mut exempt = documents
                .iter()
                .filter(|standing| !standing.access.admits(Audience::Public));
            // The public edition has only leaves in their place.
            numbering::for_members(edition) && exempt.any(|standing| standing.document.key() == key)
        }
    }
}

/// The numbers of an item and of those inside it.
fn within(item: &Item) -> Vec<&str> {
    let mut numbers = vec![item.number.value.as_str()];
    numbers.extend(item.items.iter().flat_map(within));
    numbers
}

/// Divides parts into volumes of at most `most` pages. A short part goes into one volume whole; a
/// long one is divided where the volume is full.
fn divide(parts: &[Piece], most: usize) -> Vec<Vec<Piece>> {
    let mut volumes: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut room = most;
    for part in parts {
        let (mut first, last) = part.pages;
        let short = |pages: usize| pages as f64 <= TOGETHER * most as f64;
        let mut goes_on = false;
        loop {
            let left = last + 1 - first;
            let begins = room == most;
            if room == 0 || !begins && left > room && !goes_on && short(left) {
                volumes.push(Vec::new());
                room = most;
            }
            let taken = left.min(room);
            if let Some(volume) = volumes.last_mut() {
                volume.push(Piece {
                    pages: (first, first + taken - 1),
                    goes_on,
                    begins_item: part.begins_item && !goes_on,
                    ..part.clone()
                });
            }
            room -= taken;
            if taken == left {
                break;
            }
            first += taken;
            goes_on = true;
        }
    }
    volumes.retain(|volume| !volume.is_empty());
    volumes
}

/// What the leaf says about some pieces.
fn told(map: &DocumentMap, pieces: &[Piece]) -> Volume {
    let called = |page: usize| {
        let number = map.numbers.get(page - 1).copied().flatten();
        let label = || map.labels.get(page - 1).cloned().unwrap_or_default();
        number.map_or_else(label, |number| number.to_string())
    };
    let ends = pieces.first().zip(pieces.last());
    Volume {
        pages: ends.map_or_else(Default::default, |(first, last)| {
            (called(first.pages.0), called(last.pages.1))
        }),
        rows: pieces
            .iter()
            .map(|piece| VolumeRow {
                title: piece.title.clone(),
                item: piece.item.clone(),
                is_attached: piece.is_attached,
                page: called(piece.pages.0),
                goes_on: piece.goes_on,
            })
            .collect(),
        ..Volume::default()
    }
}

/// Makes one volume and adds it to what was built.
fn one(
    kit: &Kit<'_>,
    edition: &Edition,
    (whole, map): (&Bytes, &DocumentMap),
    order: &Order,
    (name, pieces, told): (&str, &[Piece], &Volume),
    built: &mut Built,
) -> Result<(), BuildError> {
    let (style, size) = match order.print {
        PrintSize::Standard => (numbering::standard_style(edition), pdf::FURNITURE),
        PrintSize::Points(points) => (numbering::large_style(edition, points), f32::from(points)),
    };
    let leaf = match order.binding.holds {
        Holds::Agenda => None,
        _ => Some(leaf(kit, edition, told, &style)?),
    };
    let ranges: Vec<(u32, u32)> = pieces
        .iter()
        .map(|piece| (number(piece.pages.0), number(piece.pages.1)))
        .collect();
    let pages = PageSelection::of(&ranges);
    let in_front = leaf.as_ref().map_or(0, |leaf| leaf.pages);
    let facing = order.binding.notes.then(|| beginnings(pieces));
    let words = Words::of(edition.meeting().lang());
    let bound = bound(map, &pages, in_front, facing.as_ref(), words);
    let (regular, bold) = typeset::body_files();
    let settings = &edition.meeting().council.pack;
    let title = told_title(edition, &volume::title(edition, told));
    let outline = outline(leaf.as_ref(), pieces);
    let bookmarks = outline
        .iter()
        .map(|entry| Bookmark {
            title: entry.title.clone(),
            page: match entry.target {
                Target::Page { section, page } => bound.position(section, page).map(|at| at + 1),
                Target::Anchor(_) => None,
            },
        })
        .collect();
    let password = kit.password.filter(|_| numbering::for_members(edition));
    let plan = Plan {
        metadata: Metadata {
            title: title.clone(),
            author: edition.meeting().council.name.clone(),
            language: edition.meeting().lang().0.clone(),
            subject: None,
            created: kit.created,
            producer: concat!("pack ", env!("CARGO_PKG_VERSION")).to_owned(),
        },
        sections: leaf
            .iter()
            .map(|leaf| leaf_section(leaf, kit, edition, order))
            .chain([Section {
                origin: Provenance::Attachment,
                ..section("pages", &title, whole.clone().into(), pages)
            }])
            .collect(),
        map: bound.clone(),
        outline,
        furniture: Furniture {
            page_number: typeset::in_body_font(&settings.page_number),
            // The pages have theirs already.
            marking: None,
            notes: Some(words.volume_notes().to_owned()),
            double_sided: settings.double_sided(),
            size,
            regular,
            bold,
        },
        claim: Claim::WhenEarned,
        password,
    };
    let assembled = assemble(plan)?;
    let part = |index: usize| PartPages {
        key: bound.sections[index].key.clone(),
        title: match &leaf {
            Some(leaf) if index == 0 => leaf.title.clone(),
            _ => title.clone(),
        },
        first_page: bound.sections[index].first,
        pages: bound.sections[index].count,
        structure_elements: assembled
            .parts
            .get(index)
            .map_or(0, |part| part.elements_out),
        ..PartPages::default()
    };
    let document = DocumentMap {
        path: name.to_owned(),
        pages: bound.pages.len(),
        labels: bound.pages.iter().map(|page| page.label.clone()).collect(),
        numbers: bound.pages.iter().map(|page| page.number).collect(),
        last_number: bound.last_number,
        page_number: typeset::in_body_font(&settings.page_number),
        print: order.print.to_string(),
        locked: password.is_some(),
        parts: (0..bound.sections.len()).map(part).collect(),
        outline: bookmarks,
    };
    (kit.made)(name, &assembled.pdf);
    let faults = document.verify(&assembled.pdf, &assembled.sources, password);
    if !faults.is_empty() {
        return Err(BuildError::Faulty(faults));
    }
    built.digests.push(Digest::of(name, &assembled.pdf));
    built.documents.push(document);
    built.outputs.push(Output {
        name: name.to_owned(),
        bytes: assembled.pdf,
    });
    Ok(())
}

/// The bookmarks of a volume: its leaf, and each piece.
fn outline(leaf: Option<&Leaf>, pieces: &[Piece]) -> Vec<OutlineEntry> {
    let entry = |title: &str, section: usize, page: usize| OutlineEntry {
        title: title.to_owned(),
        level: 0,
        target: Target::Page { section, page },
        adopt: None,
    };
    let mut outline = Vec::new();
    outline.extend(leaf.map(|leaf| entry(&leaf.title, 0, 0)));
    let mut before = 0;
    for piece in pieces {
        outline.push(entry(&piece.title, usize::from(leaf.is_some()), before));
        before += piece.pages.1 + 1 - piece.pages.0;
    }
    outline
}

fn section(key: &str, title: &str, pdf: PdfFile, pages: PageSelection) -> Section {
    Section {
        key: key.to_owned(),
        title: title.to_owned(),
        path: Vec::new(),
        pdf,
        pages,
        origin: Provenance::Generated,
        lang: None,
        anchors: Vec::new(),
        opening: None,
        watermark: None,
        heading: None,
    }
}

/// The leaf in front as a section.
fn leaf_section(leaf: &Leaf, kit: &Kit<'_>, edition: &Edition, order: &Order) -> Section {
    let meeting = edition.meeting();
    let heading = match order.binding.holds {
        Holds::Exempt => Some(Words::of(meeting.lang()).not_for_publication().to_owned()),
        _ => {
            let marking = meeting.council.pack.marking.as_deref();
            marking.map(typeset::in_body_font)
        }
    };
    Section {
        watermark: kit.draft.then(|| "DRAFT".to_owned()),
        heading,
        ..section(
            "volume",
            &leaf.title,
            leaf.sheets.pdf.clone().into(),
            PageSelection::default(),
        )
    }
}

/// The pages, from 0 in the whole PDF, with which items begin.
fn beginnings(pieces: &[Piece]) -> BTreeSet<usize> {
    let pieces = pieces.iter().filter(|piece| piece.begins_item);
    pieces.map(|piece| piece.pages.0 - 1).collect()
}

/// The map of a volume: its leaf, then the pages that it takes, which are called what they are called
/// in the whole. Where leaves for notes face the pages `facing`, these are on the right.
fn bound(
    map: &DocumentMap,
    pages: &PageSelection,
    in_front: usize,
    facing: Option<&BTreeSet<usize>>,
    words: Words,
) -> PageMap {
    let extent = |key: &str, pages: usize| Extent {
        key: key.to_owned(),
        pages,
        reserved: 0,
        start: Start::Next,
        first_number: FirstNumber::Next,
        numbered: false,
    };
    let taken = pages.indices(map.pages);
    let extents = [extent("volume", in_front), extent("pages", taken.len())];
    let mut bound = page_map(if in_front == 0 {
        &extents[1..]
    } else {
        &extents
    });
    let entries = bound.pages.split_off(in_front);
    for (entry, page) in entries.into_iter().zip(&taken) {
        if facing.is_some_and(|facing| facing.contains(page)) {
            let blank = PageEntry {
                page: None,
                label: words.volume_notes().to_owned(),
                ..entry.clone()
            };
            // One blank is the back of the page before; two are both sides of a sheet.
            let blanks = 2 - bound.pages.len() % 2;
            bound.pages.extend(std::iter::repeat_n(blank, blanks));
        }
        if entry.page == Some(0)
            && let Some(section) = bound.sections.last_mut()
        {
            section.first = bound.pages.len() + 1;
        }
        let label = map.labels.get(*page).unwrap_or(&entry.label).clone();
        bound.pages.push(PageEntry { label, ..entry });
    }
    bound
}

/// The leaf in front, set.
struct Leaf {
    title: String,
    sheets: Sheets,
    pages: usize,
}

fn leaf(
    kit: &Kit<'_>,
    edition: &Edition,
    told: &Volume,
    style: &Style,
) -> Result<Leaf, BuildError> {
    let part = volume::volume(edition, told);
    let images = |name: &str| (kit.bytes)(&SourceName(name.to_owned()));
    let setting = Setting {
        images: &images,
        pages: &|_| None,
        templates: kit.templates,
        standard: None,
        kept: kit.kept,
    };
    let sheets = typeset(&part, style, &setting)?;
    Ok(Leaf {
        title: part.title,
        pages: sheets.pages(),
        sheets,
    })
}

/// The title of a volume: that of the meeting, and which volume it is.
fn told_title(edition: &Edition, leaf: &str) -> String {
    format!("{}: {leaf}", edition.meeting().body.name)
}

fn number(page: usize) -> u32 {
    u32::try_from(page).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(pages: &[usize]) -> Vec<Piece> {
        let mut next = 1;
        pages
            .iter()
            .map(|count| {
                let first = next;
                next += count;
                Piece {
                    title: format!("{count}"),
                    pages: (first, next - 1),
                    goes_on: false,
                    begins_item: false,
                    item: None,
                    is_attached: false,
                }
            })
            .collect()
    }

    fn volumes(pages: &[usize], most: usize) -> Vec<Vec<(usize, usize, bool)>> {
        let piece = |piece: &Piece| (piece.pages.0, piece.pages.1, piece.goes_on);
        divide(&parts(pages), most)
            .iter()
            .map(|volume| volume.iter().map(piece).collect())
            .collect()
    }

    #[test]
    fn a_short_part_is_not_divided() {
        assert_eq!(
            volumes(&[90, 20, 30], 100),
            [
                vec![(1, 90, false)],
                vec![(91, 110, false), (111, 140, false)]
            ]
        );
    }

    #[test]
    fn a_long_part_is_divided_where_the_volume_is_full() {
        assert_eq!(
            volumes(&[60, 200], 100),
            [
                vec![(1, 60, false), (61, 100, false)],
                vec![(101, 200, true)],
                vec![(201, 260, true)]
            ]
        );
    }

    #[test]
    fn every_page_is_in_one_volume_and_none_is_too_thick() {
        for most in [20, 33, 100] {
            let pages = [1, 7, 40, 19, 101, 3, 20, 64];
            let volumes = volumes(&pages, most);
            let mut next = 1;
            for volume in &volumes {
                let held: usize = volume.iter().map(|(from, to, _)| to + 1 - from).sum();
                assert!(held > 0 && held <= most, "{most}: {volume:?}");
                for (from, to, _) in volume {
                    assert_eq!(*from, next, "{most}");
                    next = to + 1;
                }
            }
            assert_eq!(next, pages.iter().sum::<usize>() + 1, "{most}");
        }
    }

    #[test]
    fn what_has_no_limit_is_one_volume() {
        assert_eq!(volumes(&[60, 200], usize::MAX).len(), 1);
    }
}
