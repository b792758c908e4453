//! The page map of a pack's stretches: how long each is, where it may start, and which numbers it has.

use std::collections::BTreeMap;

use super::sequence::{Begins, Body, StartOf, Stretch};
use crate::assemble::numbering::{Extent, FirstNumber, PageMap, Start, page_map_after};
use crate::edition::Edition;
use crate::finding::Span;
use crate::model::{Content, Meeting, PackSettings, PageRange, PaperBody};
use crate::typeset::Sheets;

/// The pages of an edition's stretches. One that is to keep the numbers of what it replaces gets new
/// ones where it is longer or shorter.
pub(super) fn page_map_of(
    edition: &Edition,
    stretches: &[Stretch],
    sheets: &[Option<Sheets>],
) -> PageMap {
    let meeting = edition.meeting();
    let taken = taken(meeting);
    let files = pages_of_files(edition);
    let mut extents = extents(stretches, sheets, &files, &meeting.council.pack);
    let map = page_map_after(taken, &extents);
    let keeping = keeping(stretches, &map);
    let other = keeping.filter(|keeping| keeping.count != keeping.numbers.count());
    let other: Vec<usize> = other.map(|keeping| keeping.stretch).collect();
    if other.is_empty() {
        return map;
    }
    for index in other {
        extents[index].first_number = FirstNumber::Next;
    }
    page_map_after(taken, &extents)
}

/// A stretch that is to keep the numbers of what it replaces.
pub(super) struct Keeping {
    /// Which one it is.
    pub(super) stretch: usize,
    /// The numbers that it is to have.
    pub(super) numbers: PageRange,
    /// How many it takes, with a leaf before it.
    pub(super) count: u32,
    /// Whether it has them.
    pub(super) has_them: bool,
    /// Where the clerk asks for it.
    pub(super) asked: Span,
}

/// The stretches that are to keep the numbers of what they replace.
pub(super) fn keeping(stretches: &[Stretch], map: &PageMap) -> impl Iterator<Item = Keeping> {
    let stretches_here = stretches.iter().enumerate();
    stretches_here.filter_map(|(index, stretch)| {
        let Begins::Keeping(numbers, asked) = stretch.begins else {
            return None;
        };
        let after = stretches.iter().skip(index + 1);
        let after = after.take_while(|stretch| stretch.begins == Begins::AfterLeaf);
        let sections = map.sections.iter().skip(index).take(1 + after.count());
        let taken = joined(sections.filter_map(|section| section.taken));
        Some(Keeping {
            stretch: index,
            numbers,
            count: taken.map_or(0, PageRange::count),
            has_them: taken == Some(numbers),
            asked,
        })
    })
}

/// From the first of some numbers to the last, counting only those with the same letter as the first.
pub(super) fn joined(mut ranges: impl Iterator<Item = PageRange>) -> Option<PageRange> {
    let first = ranges.next()?;
    let alike = ranges.filter(|range| range.first().letter() == first.first().letter());
    Some(alike.fold(first, |all, range| {
        let from = all.first().min(range.first());
        PageRange::new(from, all.last().max(range.last()).number())
    }))
}

/// How many page numbers are taken before the first page. A supplement that is printed on both
/// sides begins with an odd number, as its first page is a right-hand one.
fn taken(meeting: &Meeting) -> u32 {
    let taken = meeting
        .supplement
        .as_ref()
        .map_or(0, |supplement| supplement.last_taken);
    let double_sided = meeting.council.pack.double_sided();
    taken + u32::from(double_sided && taken % 2 == 1)
}

fn extents(
    stretches: &[Stretch],
    sheets: &[Option<Sheets>],
    files: &BTreeMap<String, usize>,
    settings: &PackSettings,
) -> Vec<Extent> {
    // In a pack of all issues, parts that belong to one issue have no published numbers.
    let is_published = |stretch: &Stretch| matches!(stretch.begins, Begins::Published(_));
    let is_as_published = stretches.iter().any(is_published);
    stretches
        .iter()
        .enumerate()
        .map(|(index, stretch)| Extent {
            key: stretch.key.clone(),
            pages: match &stretch.body {
                // Most parts are a leaf: that is what one is taken for until it is set.
                Body::Part(_) => sheets
                    .get(index)
                    .and_then(Option::as_ref)
                    .map_or(1, Sheets::pages),
                Body::Pdf { .. } => files.get(&stretch.key).copied().unwrap_or(0),
            },
            reserved: stretch.reserved as usize,
            start: start(stretch, settings),
            first_number: match stretch.begins {
                Begins::Next => FirstNumber::Next,
                Begins::AfterLeaf => FirstNumber::Following,
                Begins::Published(first) => FirstNumber::Given(first),
                Begins::Keeping(numbers, _) => FirstNumber::Given(numbers.first()),
            },
            numbered: if is_as_published {
                stretch.item.is_some()
            } else {
                settings.number_from_front_sheet || !is_front_matter(stretches, index)
            },
        })
        .collect()
}

/// Where a stretch may start.
fn start(stretch: &Stretch, settings: &PackSettings) -> Start {
    let right = match stretch.start {
        StartOf::Item => settings.start_items_on_right || settings.start_documents_on_right,
        StartOf::Document => settings.start_documents_on_right,
        StartOf::Leaf => settings.double_sided(),
        StartOf::Page => false,
    };
    if right { Start::OddPage } else { Start::Next }
}

/// How many pages of each PDF are in the pack, by the key of its paper or appendix.
fn pages_of_files(edition: &Edition) -> BTreeMap<String, usize> {
    let mut pages = BTreeMap::new();
    for item in edition.meeting().items() {
        for paper in &item.papers {
            if let PaperBody::Pdf(document) = &paper.body {
                pages.insert(paper.key.clone(), document.page_count());
            }
        }
        for appendix in item.all_appendices() {
            if let Content::Pdf(document) = &appendix.content {
                pages.insert(appendix.key.clone(), document.page_count());
            }
        }
    }
    pages
}

/// Whether a stretch comes before the agenda's first item.
pub(super) fn is_front_matter(stretches: &[Stretch], index: usize) -> bool {
    stretches
        .iter()
        .take(index + 1)
        .all(|stretch| stretch.item.is_none())
}
