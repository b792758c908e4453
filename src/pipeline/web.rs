//! The web page of an edition that has been numbered, and the PDFs beside it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::error::BuildError;
use super::kit::{Built, Kit};
use super::large;
use super::numbering::Numbered;
use super::papers;
use super::pictures;
use crate::assemble::verify::Fault;
use crate::compose::issued;
use crate::compose::marks::{self, Silent};
use crate::compose::part::{Block, BlockKind, Part};
use crate::compose::screen::compose_for_screen;
use crate::compose::words::Words;
use crate::crew::side_by_side;
use crate::edition::Edition;
use crate::html::{self, FRONT_SHEET, Numbers, Options, PrintedPage};
use crate::kept;
use crate::load;
use crate::model::{PageNumber, PrintSize, Record, SourceName};
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
    let linked = papers::make(kit, edition, standard, built)?;
    let mut parts = parts(edition, standard);
    let drawn = pictures::draw(kit, &mut parts);
    let bytes = pictures::bytes(kit, &drawn);
    let smaller = for_screen(kit, edition, &parts);
    let images = |name: &SourceName| match smaller.get(&name.0) {
        Some(smaller) => Some(smaller.clone()),
        None => bytes(name),
    };
    let options = Options {
        large_print: match print {
            PrintSize::Standard => None,
            PrintSize::Points(points) => Some(f32::from(points)),
        },
        draft: kit.draft,
        templates: kit.templates.clone(),
        images: &images,
        places: kit.places,
        linked,
    };
    let numbers = numbers(edition, standard);
    let page = html::render(edition, &parts, &numbers, &options)?;
    let (faults, digest) = kit.hold(name, page.as_bytes(), || faults(kit, &page, &numbers));
    if !faults.is_empty() {
        return Err(BuildError::Faulty(faults));
    }
    built.digests.push(digest);
    built.outputs.push(Output {
        name: name.to_owned(),
        bytes: page.into(),
    });
    Ok(())
}

/// What is wrong with a page. A council's own templates may leave out what they like.
fn faults(kit: &Kit<'_>, page: &str, numbers: &Numbers) -> Vec<Fault> {
    if !kit.templates.is_empty() {
        return Vec::new();
    }
    html::held(page, numbers)
        .into_iter()
        .map(|message| Fault {
            page: None,
            message,
        })
        .collect()
}

/// The pictures of the page that have more pixels than a screen shows, scaled down to it.
fn for_screen(kit: &Kit<'_>, edition: &Edition, parts: &[Part]) -> BTreeMap<String, Bytes> {
    if edition.meeting().council.pack.full_size_images {
        return BTreeMap::new();
    }
    let names: BTreeSet<&str> = parts.iter().flat_map(|part| shown(&part.blocks)).collect();
    side_by_side(names.into_iter().collect(), |name: &str| {
        let bytes = (kit.bytes)(&SourceName(name.to_owned()))?;
        if !load::is_too_fine_for_screen(&bytes) {
            return None;
        }
        let key = kept::key([b"picture for a screen 1".as_slice(), &bytes]);
        let known = kit.kept.and_then(|kept| kept.value::<Bytes>(&key));
        let smaller = known.or_else(|| {
            let smaller = load::for_screen(&bytes)?;
            if let Some(kept) = kit.kept {
                kept.keep(&key, &smaller);
            }
            Some(smaller)
        })?;
        Some((name.to_owned(), smaller))
    })
    .into_iter()
    .flatten()
    .collect()
}

/// The pictures that blocks show, by their names; those within a line are small.
fn shown(blocks: &[Block]) -> Vec<&str> {
    let mut names = Vec::new();
    for block in blocks {
        if let BlockKind::Figure(figure) = &block.kind {
            names.push(figure.image.as_str());
        }
        names.extend(block.inner().into_iter().flat_map(shown));
    }
    names
}

/// The pages of the standard pack, and where numbers lead that are on none of them.
fn numbers(edition: &Edition, standard: &Numbered) -> Numbers {
    let map = &standard.map;
    let mut holder: BTreeMap<PageNumber, usize> = BTreeMap::new();
    let mut pages: Vec<PrintedPage> = Vec::new();
    for entry in &map.pages {
        let Some(stretch) = standard.stretches.get(entry.section) else {
            continue;
        };
        holder.extend(entry.number.map(|number| (number, pages.len())));
        pages.push(PrintedPage {
            label: entry.label.clone(),
            blank: entry.page.is_none(),
            document: stretch.key.clone(),
            also: Vec::new(),
        });
    }
    let kept = map.sections.iter().filter_map(|section| {
        let last = section.numbers?.last();
        Some((section.withheld()?, holder.get(&last).copied()?))
    });
    let kept: Vec<_> = kept.collect();
    let kept = kept.into_iter();
    for (number, at) in kept.flat_map(|(kept, at)| kept.numbers().map(move |number| (number, at))) {
        lead(number, at, &mut pages, &mut holder);
    }
    let meeting = edition.meeting();
    let published = issued::consolidated(meeting).into_iter();
    let around = issued::around(meeting);
    let front = pages.iter().position(|page| page.document == FRONT_SHEET);
    for number in published.flat_map(Record::numbers) {
        let is_around = around.iter().any(|pages| pages.contains(number));
        let before = holder.range(..number).next_back();
        let before = before.filter(|(before, _)| before.plus(1) == number);
        // The front sheet says what is not repeated. A blank page was behind the page before it.
        let before = before.filter(|_| !is_around).map(|(_, at)| *at);
        let at = before.or(front);
        lead(number, at.unwrap_or_default(), &mut pages, &mut holder);
    }
    Numbers::new(pages).with_places(standard.numbers.clone())
}

/// Makes a number that no page has lead to a page.
fn lead(
    number: PageNumber,
    at: usize,
    pages: &mut [PrintedPage],
    holder: &mut BTreeMap<PageNumber, usize>,
) {
    if let Some(page) = pages.get_mut(at)
        && let Entry::Vacant(vacant) = holder.entry(number)
    {
        vacant.insert(at);
        page.also.push(number.to_string());
    }
}

/// The parts of the page, with a mark where each page of the standard pack begins.
fn parts(edition: &Edition, standard: &Numbered) -> Vec<Part> {
    let words = Words::of(edition.meeting().lang());
    side_by_side(compose_for_screen(edition), |mut large| {
        if let Some(pages) = large::standard_pages(&large, standard, words) {
            marks::mark(
                &mut large.part,
                &pages.pages,
                pages.heads.says(),
                Silent::AtTheEnd,
            );
        }
        large.part
    })
}
