//! Numbering: parts are typeset, pages are counted, page slots are filled, and parts whose slots
//! changed are set again, until nothing moves.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::codes;
use super::error::BuildError;
use super::extents::{self, is_front_matter, joined, page_map_of};
use super::index::Index;
use super::kit::Kit;
use super::sequence::{Body, Stretch};
use super::step::Step;
use crate::assemble::numbering::{PageMap, SectionPages};
use crate::assemble::verify::Reference;
use crate::compose::marks::{self, Silent, StandardPage};
use crate::compose::part::{Part, PartKind};
use crate::compose::{self, filled, last_page_of, place_of};
use crate::crew::side_by_side;
use crate::edition::{Edition, WithheldPages};
use crate::finding::{Finding, Place, counted};
use crate::model::{Audience, Item, Meeting, PackSettings, PageRange, SourceName};
use crate::typeset::{self, Setting, Sheets, Side, StandardHeads, Style, TypesetError, typeset};

/// How often a part may be set before its numbers are taken as they are.
const PASSES: usize = 10;
/// The pass from which a number takes no less room than it had before, so that two numbers that push
/// each other over the end of a page come to rest.
const KEEPS_ROOM: usize = 3;
/// A space as wide as a digit.
const FIGURE_SPACE: char = '\u{2007}';
/// What is in a slot before pages have been counted: as wide as most numbers are.
const PLACEHOLDER: &str = "88";

/// The stretches of a pack on their pages.
pub(super) struct Numbered {
    pub(super) stretches: Vec<Stretch>,
    /// Where the stretches of each document and item are.
    pub(super) index: Index,
    /// The pages of each stretch that is a part.
    pub(super) sheets: Vec<Option<Sheets>>,
    /// Where each stretch starts, and the labels of its pages.
    pub(super) map: PageMap,
    /// Where each named place is: its stretch, and the page there, both from 0.
    places: Places,
    /// What is printed in every slot.
    pub(super) numbers: BTreeMap<String, String>,
    /// Places that no part has, each with the stretch whose first page stands in for it.
    pub(super) stand_ins: Vec<(String, usize)>,
    /// Papers that could not be set, each with the reason: a draft has leaves in their place.
    refused: Vec<(String, TypesetError)>,
}

/// Named places, each with its stretch and the page there, both from 0.
type Places = BTreeMap<String, (usize, usize)>;

impl Numbered {
    /// On which page of the file, from 1, a named place is.
    pub(super) fn page_of(&self, place: &str) -> Option<usize> {
        let (stretch, page) = *self.places.get(place)?;
        Some(self.map.position(stretch, page)? + 1)
    }

    /// How many page numbers each document and each item takes, by its key: from its first page
    /// to its last, with a leaf before it and blank pages inside it.
    pub(super) fn pages_by_key(&self, meeting: &Meeting) -> WithheldPages {
        let mut pages = WithheldPages::new();
        for item in meeting.items() {
            let documents = item
                .papers
                .iter()
                .map(|paper| paper.key.as_str())
                .chain(item.all_appendices().map(|appendix| appendix.key.as_str()));
            for key in documents {
                pages.insert(key.to_owned(), self.span(&self.index.of_document(key)));
            }
            let numbers = within(item).map(|inner| inner.number.value.as_str());
            let count = self.span(&self.index.of_items(numbers));
            pages.insert(item.key.clone(), count);
        }
        pages
    }

    /// How many pages each part around the items has, by its key.
    pub(super) fn pages_around_items(&self) -> BTreeMap<String, u32> {
        self.stretches
            .iter()
            .zip(&self.map.sections)
            .filter(|(stretch, _)| stretch.item.is_none())
            .map(|(stretch, section)| {
                let pages = u32::try_from(section.count).unwrap_or(u32::MAX);
                (stretch.key.clone(), pages)
            })
            .collect()
    }

    /// The numbers that a document takes with the leaf before it: where it is withheld, one leaf was
    /// published in place of both.
    pub(super) fn taken_by(&self, key: &str) -> Option<PageRange> {
        let own = self.index.of_document(key);
        let own = self.sections(&own);
        joined(own.filter_map(|section| section.taken))
    }

    /// How many page numbers there are from the first page of some stretches to their last.
    fn span(&self, stretches: &[usize]) -> u32 {
        let sections = self.sections(stretches);
        joined(sections.filter_map(|section| section.numbers)).map_or(0, PageRange::count)
    }

    fn sections<'a>(&'a self, stretches: &'a [usize]) -> impl Iterator<Item = &'a SectionPages> {
        let sections = stretches.iter();
        sections.filter_map(|index| self.map.sections.get(*index))
    }

    /// The title of a stretch.
    pub(super) fn title_of(&self, index: usize) -> String {
        let stretch = self.stretches.get(index);
        stretch.map_or_else(String::new, |stretch| stretch.title.clone())
    }

    /// Whether a stretch comes before the agenda's first item.
    pub(super) fn is_front_matter(&self, index: usize) -> bool {
        is_front_matter(&self.stretches, index)
    }
}

/// An item and the items inside it.
fn within(item: &Item) -> impl Iterator<Item = &Item> {
    let mut stack = vec![item];
    std::iter::from_fn(move || {
        let item = stack.pop()?;
        stack.extend(&item.items);
        Some(item)
    })
}

/// The standard edition's pages of a part, and what the running heads say about them.
pub(super) struct Marked {
    pub(super) pages: Vec<StandardPage>,
    pub(super) heads: StandardHeads,
}

/// How an edition is set.
pub(super) struct Setup {
    /// Its style.
    pub(super) style: Style,
    /// The standard edition's pages that are marked in each part, by its key.
    pub(super) standard: BTreeMap<String, Marked>,
    /// The standard edition's numbers, by the slots that ask for them.
    pub(super) numbers: BTreeMap<String, String>,
}

impl Setup {
    /// The standard edition, whose numbers every other print and form uses.
    pub(super) fn standard(edition: &Edition) -> Self {
        Self {
            style: standard_style(edition),
            standard: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }
}

/// Sets every part and numbers every page.
pub(super) fn number(
    kit: &Kit<'_>,
    edition: &Edition,
    mut stretches: Vec<Stretch>,
    setup: &Setup,
) -> Result<Numbered, BuildError> {
    let settings = &edition.meeting().council.pack;
    let count = stretches.len();
    let mut sheets: Vec<Option<Sheets>> = Vec::new();
    let mut used: Vec<(Option<Side>, BTreeMap<String, String>)> =
        vec![(None, BTreeMap::new()); count];
    // With the numbers that will be right if every part is a leaf, many parts need to be set only once.
    let mut map = page_map_of(edition, &stretches, &sheets);
    let mut stand_ins = Vec::new();
    let mut places = named(&stretches, &sheets, &stand_ins);
    let mut widest: BTreeMap<String, usize> = BTreeMap::new();
    let mut refused = Vec::new();
    for pass in 0..PASSES {
        let mut numbers = setup.numbers.clone();
        numbers.extend(printed(&places, &stretches, &map));
        for (slot, number) in numbers.iter_mut().filter(|_| pass > 0) {
            let room = widest.entry(slot.clone()).or_default();
            *room = number.chars().count().max(*room);
            let short = *room - number.chars().count();
            if pass >= KEEPS_ROOM && short > 0 {
                number.insert_str(0, &FIGURE_SPACE.to_string().repeat(short));
            }
        }
        let asked = |sheets: &[Option<Sheets>]| -> Vec<_> {
            (0..count)
                .map(|index| wanted(index, sheets, &map, &numbers, settings))
                .collect()
        };
        let wanted = asked(&sheets);
        let stale: Vec<usize> = (0..count)
            .filter(|&index| pass == 0 || wanted[index] != used[index])
            .collect();
        if stale.is_empty() {
            break;
        }
        let set = loop {
            match set(kit, &stretches, &stale, setup, &wanted, &numbers) {
                Ok(set) => break set,
                Err(errors) => {
                    refused.extend(replace(kit, edition, setup, &mut stretches, errors)?);
                }
            }
        };
        sheets.resize_with(stretches.len(), || None);
        for (index, pages) in set {
            sheets[index] = pages;
        }
        // What slots a part has is known once it is set.
        used = if pass == 0 { asked(&sheets) } else { wanted };
        map = page_map_of(edition, &stretches, &sheets);
        stand_ins = standing_in(&stretches, &sheets);
        places = named(&stretches, &sheets, &stand_ins);
    }
    let mut numbers = setup.numbers.clone();
    numbers.extend(printed(&places, &stretches, &map));
    Ok(Numbered {
        index: Index::of(&stretches),
        stretches,
        sheets,
        map,
        places,
        numbers,
        stand_ins,
        refused,
    })
}

/// Puts leaves in place of the papers of a draft that could not be set. Anything else that could not
/// be set ends the build.
fn replace(
    kit: &Kit<'_>,
    edition: &Edition,
    setup: &Setup,
    stretches: &mut [Stretch],
    errors: Vec<(usize, TypesetError)>,
) -> Result<Vec<(String, TypesetError)>, TypesetError> {
    let mut refused = Vec::new();
    for (index, error) in errors {
        let stretch = &mut stretches[index];
        let leaf = part(stretch)
            .filter(|part| kit.draft && part.kind != PartKind::NotAttached)
            .and_then(|part| compose::instead_of(edition, part));
        let Some(mut leaf) = leaf else {
            return Err(error);
        };
        if let Some(marked) = setup.standard.get(&leaf.key) {
            marks::mark(
                &mut leaf,
                &marked.pages,
                marked.heads.says(),
                Silent::WithTheLast,
            );
        }
        stretch.body = Body::Part(Box::new(leaf));
        refused.push((stretch.title.clone(), error));
    }
    Ok(refused)
}

/// What a part has to be set with: its side of the sheet, and the numbers in its slots.
fn wanted(
    index: usize,
    sheets: &[Option<Sheets>],
    map: &PageMap,
    numbers: &BTreeMap<String, String>,
    settings: &PackSettings,
) -> (Option<Side>, BTreeMap<String, String>) {
    let first = map.sections.get(index).map_or(1, |section| section.first);
    let side = settings.double_sided().then_some(if first % 2 == 1 {
        Side::Right
    } else {
        Side::Left
    });
    let slots = sheets
        .get(index)
        .and_then(Option::as_ref)
        .into_iter()
        .flat_map(|sheets| &sheets.numbers)
        .filter_map(|slot| Some((slot.clone(), numbers.get(slot)?.clone())))
        .collect();
    (side, slots)
}

type Set = Vec<(usize, Option<Sheets>)>;

fn set(
    kit: &Kit<'_>,
    stretches: &[Stretch],
    stale: &[usize],
    setup: &Setup,
    wanted: &[(Option<Side>, BTreeMap<String, String>)],
    guessed: &BTreeMap<String, String>,
) -> Result<Set, Vec<(usize, TypesetError)>> {
    let images = |name: &str| (kit.bytes)(&SourceName(name.to_owned()));
    let finished = AtomicUsize::new(0);
    let step = |done| {
        let doing = "setting reports and other parts";
        (kit.progress)(Step::part(doing, done, stale.len()));
    };
    step(0);
    let set = side_by_side(stale.to_vec(), |index| {
        let Body::Part(part) = &stretches[index].body else {
            return Ok((index, None));
        };
        let (side, numbers) = &wanted[index];
        let pages = |anchor: &str| {
            Some(
                numbers
                    .get(anchor)
                    .or_else(|| guessed.get(anchor))
                    .cloned()
                    .unwrap_or_else(|| PLACEHOLDER.to_owned()),
            )
        };
        let setting = Setting {
            images: &images,
            pages: &pages,
            templates: kit.templates,
            standard: setup.standard.get(&part.key).map(|marked| &marked.heads),
            kept: kit.kept,
        };
        let style = setup.style.clone().on_side(*side);
        let sheets = typeset(part, &style, &setting);
        step(finished.fetch_add(1, Ordering::Relaxed) + 1);
        sheets
            .map(|sheets| (index, Some(sheets)))
            .map_err(|error| (index, error))
    });
    let mut done = Vec::new();
    let mut errors = Vec::new();
    for set in set {
        match set {
            Ok(set) => done.push(set),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(done)
    } else {
        Err(errors)
    }
}

/// The page numbers that a stretch prints and where they lead, by the page map.
pub(super) fn references(numbered: &Numbered, index: usize) -> Vec<Reference> {
    let (Some(Some(sheets)), Some(section)) =
        (numbered.sheets.get(index), numbered.map.sections.get(index))
    else {
        return Vec::new();
    };
    sheets
        .slots
        .iter()
        .map(|slot| Reference {
            on: section.first + slot.page,
            to: numbered.page_of(place_of(&slot.anchor)),
            words: filled(&slot.anchor, &slot.words, &numbered.numbers),
        })
        .collect()
}

/// Where each named place is: what begins with a stretch, what its text names, its headings.
fn named(
    stretches: &[Stretch],
    sheets: &[Option<Sheets>],
    stand_ins: &[(String, usize)],
) -> Places {
    let mut places = Places::new();
    for (index, stretch) in stretches.iter().enumerate() {
        places.insert(stretch.key.clone(), (index, 0));
        let Some(Some(sheets)) = sheets.get(index) else {
            continue;
        };
        let anchors = sheets.anchors.iter();
        places.extend(anchors.map(|anchor| (anchor.name.clone(), (index, anchor.page))));
        let headings = sheets.headings.iter().enumerate();
        places.extend(headings.map(|(number, heading)| {
            (heading_anchor(&stretch.key, number), (index, heading.page))
        }));
    }
    for (place, index) in stand_ins {
        places.insert(place.clone(), (*index, 0));
    }
    places
}

/// The name of the place of a heading, counted in its part from 0.
pub(super) fn heading_anchor(key: &str, index: usize) -> String {
    format!("{key}/outline-{index}")
}

/// What is printed for each place: the label of its page. The last page of each stretch has a slot
/// too.
fn printed(places: &Places, stretches: &[Stretch], map: &PageMap) -> BTreeMap<String, String> {
    let label = |&(stretch, page): &(usize, usize)| {
        let at = map.position(stretch, page)?;
        map.pages.get(at).map(|page| page.label.clone())
    };
    let firsts = places.iter();
    let firsts = firsts.filter_map(|(place, at)| Some((place.clone(), label(at)?)));
    let lasts = stretches.iter().zip(&map.sections);
    let lasts = lasts.filter_map(|(stretch, section)| {
        Some((
            last_page_of(&stretch.key),
            section.taken?.last().to_string(),
        ))
    });
    firsts.chain(lasts).collect()
}

/// Places that are referred to but that no part has, such as those inside a paper that could not be
/// set, each with the stretch of its paper.
fn standing_in(stretches: &[Stretch], sheets: &[Option<Sheets>]) -> Vec<(String, usize)> {
    let sheets = || sheets.iter().flatten();
    let anchors = sheets().flat_map(|sheets| &sheets.anchors);
    let known: HashSet<&str> = stretches
        .iter()
        .map(|stretch| stretch.key.as_str())
        .chain(anchors.map(|anchor| anchor.name.as_str()))
        .collect();
    sheets()
        .flat_map(|sheets| &sheets.numbers)
        .map(|slot| place_of(slot))
        .filter(|place| !known.contains(place))
        .filter_map(|place| {
            let (index, _) = stretches
                .iter()
                .enumerate()
                .filter(|(_, stretch)| place.starts_with(&stretch.key))
                .max_by_key(|(_, stretch)| stretch.key.len())?;
            Some((place.to_owned(), index))
        })
        .collect()
}

/// The style of the standard edition.
pub(super) fn standard_style(edition: &Edition) -> Style {
    of_council(Style::standard(), edition)
}

/// The style of a re-flowed edition.
pub(super) fn large_style(edition: &Edition, points: u8) -> Style {
    of_council(Style::large(points), edition)
}

fn of_council(style: Style, edition: &Edition) -> Style {
    let council = &edition.meeting().council.style;
    style
        .with_font(council.font.as_deref())
        .with_accent(council.accent.as_deref())
}

/// What a clerk should know of how the pages came out.
pub(super) fn findings(numbered: &Numbered) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (title, error) in &numbered.refused {
        findings.push(
            Finding::warning(
                codes::PAPER_NOT_SET,
                Place::Nowhere,
                format!("{title} could not be set, so this draft has a leaf in its place: {error}"),
            )
            .help("The pack itself cannot be made until the paper can be set"),
        );
    }
    for keeping in extents::keeping(&numbered.stretches, &numbered.map) {
        if keeping.has_them {
            continue;
        }
        findings.push(
            Finding::warning(
                codes::KEPT_NUMBERS_DO_NOT_FIT,
                keeping.asked,
                format!(
                    "{} has {} and cannot take the numbers of {}: its numbers are new",
                    numbered.title_of(keeping.stretch),
                    counted(keeping.count as usize, "page"),
                    keeping.numbers
                ),
            )
            .help("Remove keep-numbers, or make the paper as long as the one that it replaces"),
        );
    }
    for (stretch, sheets) in numbered.stretches.iter().zip(&numbered.sheets) {
        let Some(sheets) = sheets else { continue };
        // A character in a source was reported when the source was read.
        let unread = sheets.missing.iter().filter(|(_, span)| span.is_none());
        for (character, _) in unread {
            findings.push(
                Finding::warning(
                    codes::CHARACTER_WITHOUT_GLYPH,
                    Place::Nowhere,
                    format!(
                        "{} has a character that none of the fonts can show: U+{:04X}",
                        stretch.title, *character as u32
                    ),
                )
                .help(format!(
                    "Write it in other characters; {} is printed in its place",
                    typeset::REPLACEMENT
                )),
            );
        }
    }
    findings
}

/// Whether an edition is for members.
pub(super) fn for_members(edition: &Edition) -> bool {
    edition.audience() == Audience::Members
}

/// The part of a stretch, where it is one.
pub(super) fn part(stretch: &Stretch) -> Option<&Part> {
    match &stretch.body {
        Body::Part(part) => Some(part),
        Body::Pdf { .. } => None,
    }
}
