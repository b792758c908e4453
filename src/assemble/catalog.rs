//! Everything around the pages: page tree, labels, outline, links, names, layers and metadata.

use std::collections::BTreeMap;

use bytes::Bytes;
use lopdf::{Dictionary, Object};

use super::annotation::Lead;
use super::balanced;
use super::destination::Destination;
use super::graft::Graft;
use super::imported::{Imported, ImportedPage};
use super::layer;
use super::lock::{self, Lock};
use super::metadata;
use super::numbering::PageMap;
use super::object::{dict, int, name, real, rectangle, text_string};
use super::outcome::{AssembleError, Claims};
use super::outline::{self, Placed};
use super::plan::{Plan, Target};
use super::spelling::shared;
use super::writer::{self, Bases};
use crate::numeral::roman;
use crate::pdf::Geometry;
use crate::pdf::geometry::{Point, Rect};

/// The most pages in one node of the page tree.
const FAN: usize = 32;

/// Adds the blank pages of the map to their sections. Returns the index of each page of the map among
/// its section's pages, where the blank ones follow the real ones.
pub(super) fn insert_blanks(sections: &mut [Imported], map: &PageMap) -> Vec<usize> {
    let mut places = Vec::with_capacity(map.pages.len());
    for entry in &map.pages {
        if let Some(page) = entry.page {
            places.push(page);
            continue;
        }
        let section = &mut sections[entry.section];
        // It has the size of the section's first page.
        let size = section
            .pages
            .first()
            .map_or((595.28, 841.89), |page| page.geometry.size());
        let media = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: size.0,
            y1: size.1,
        };
        let page = Dictionary::from_iter([
            ("Type", name("Page")),
            ("MediaBox", rectangle(&media)),
            ("Resources", Object::Dictionary(Dictionary::new())),
            ("Contents", Object::Array(Vec::new())),
        ]);
        let geometry = Geometry {
            crop: media,
            rotation: 0,
            unit: 1.0,
        };
        let object = section.objects.push(Object::Dictionary(page));
        section.pages.push(ImportedPage {
            object,
            source: 0,
            geometry,
            annotations: Vec::new(),
            overlay: Vec::new(),
            notes: std::collections::BTreeSet::new(),
            content: 0,
            looks: Vec::new(),
        });
        places.push(section.pages.len() - 1);
    }
    places
}

/// Builds everything around the pages and writes the file.
pub(super) fn finish(
    plan: &Plan,
    mut sections: Vec<Imported>,
    places: &[usize],
    mut objects: Vec<Object>,
    claims: Claims,
) -> Result<Bytes, AssembleError> {
    let map = &plan.map;
    let too_large = || AssembleError::TooLarge("it has more objects than a PDF can number".into());
    let graft = Graft::prepare(&mut sections);
    let bases =
        Bases::new(sections.iter().map(|section| section.objects.len())).ok_or_else(too_large)?;

    let anchors = anchors(plan, &sections, &bases);
    for index in 0..sections.len() {
        for link in std::mem::take(&mut sections[index].links) {
            let destination = match &link.lead {
                Lead::Page(destination) => Some(explicit(&sections, &bases, index, destination)),
                Lead::Anchor(anchor) => anchors.get(anchor.as_str()).cloned(),
            };
            if let Some(destination) = destination {
                let objects = &mut sections[index].objects;
                objects.change_dict(link.annotation, |it| it.set("Dest", destination));
            }
        }
    }

    let mut catalog = dict([
        ("Type", name("Catalog")),
        (
            "ViewerPreferences",
            Object::Dictionary(dict([("DisplayDocTitle", Object::Boolean(true))])),
        ),
    ]);
    if !plan.metadata.language.is_empty() {
        catalog.set("Lang", text_string(&plan.metadata.language));
    }
    let untagged = sections
        .iter()
        .any(|section| section.tags.elements.is_empty());
    if let Some(root) = graft.build(
        &plan.sections,
        &mut sections,
        &bases,
        &plan.metadata.language,
        &mut objects,
    ) {
        catalog.set("StructTreeRoot", shared(root));
        let mut marks = dict([("Marked", Object::Boolean(true))]);
        if untagged {
            marks.set("Suspects", Object::Boolean(true));
        }
        catalog.set("MarkInfo", marks);
        for section in &mut sections {
            for page in &section.pages {
                if !page.annotations.is_empty() {
                    let tabs = |dict: &mut Dictionary| dict.set("Tabs", name("S"));
                    section.objects.change_dict(page.object, tabs);
                }
            }
        }
    }
    let bookmarks = bookmarks(plan, &sections, &bases, &anchors);
    if let Some(root) = outline::build(&bookmarks, &mut objects) {
        catalog.set("Outlines", shared(root));
        catalog.set("PageMode", name("UseOutlines"));
    }
    if !anchors.is_empty() {
        let entries: Vec<(Vec<u8>, Object)> = anchors
            .iter()
            .map(|(name, place)| (name.as_bytes().to_vec(), place.clone()))
            .collect();
        let tree = balanced::name_tree(&entries, &mut objects);
        catalog.set("Names", dict([("Dests", shared(tree))]));
    }
    let labels = labels(map, &mut objects);
    catalog.set("PageLabels", shared(labels));
    let layers = sections.iter().map(|section| &section.layers);
    let layers = layer::properties(layers, |section, place| bases.absolute(section, place));
    if let Some(layers) = layers {
        catalog.set("OCProperties", layers);
    }
    if claims.pdf_a
        && let Some((index, intent)) = sections
            .iter()
            .enumerate()
            .find_map(|(index, section)| Some((index, section.output_intent?)))
    {
        catalog.set("OutputIntents", vec![bases.absolute(index, intent)]);
    }
    let lock = plan.password.map(Lock::new).transpose()?;
    if lock.is_some() {
        catalog.set("Extensions", lock::extension());
    }
    objects.push(metadata::xmp(&plan.metadata, claims));
    catalog.set("Metadata", shared(objects.len() - 1));
    let pages = page_tree(&mut sections, places, map, &bases, &mut objects);
    catalog.set("Pages", shared(pages));

    objects.push(Object::Dictionary(metadata::info(&plan.metadata)));
    let info = objects.len() - 1;
    objects.push(Object::Dictionary(catalog));
    let root = objects.len() - 1;
    if objects.len() >= 1 << 24 {
        return Err(too_large());
    }
    let sections = sections.into_iter();
    let contents = writer::Contents {
        sections: sections
            .map(|section| (section.objects, section.bulk))
            .collect(),
        shared: objects,
        root,
        info,
    };
    writer::write(contents, &bases, lock.as_ref())
}

/// The named places of all sections as explicit destinations. If two have the same name, it is the
/// first.
fn anchors<'a>(plan: &'a Plan, sections: &[Imported], bases: &Bases) -> BTreeMap<&'a str, Object> {
    let mut anchors = BTreeMap::new();
    for (index, section) in plan.sections.iter().enumerate() {
        for anchor in &section.anchors {
            if let Some(page) = sections[index].pages.get(anchor.page) {
                let (_, height) = page.geometry.size();
                let place = page.geometry.seen_to_own();
                let Point { x, y } = place.apply(0.0, height - f64::from(anchor.y));
                let place = Object::Array(vec![
                    bases.absolute(index, page.object),
                    name("XYZ"),
                    real(x),
                    real(y),
                    Object::Null,
                ]);
                anchors.entry(anchor.name.as_str()).or_insert(place);
            }
        }
    }
    anchors
}

/// A destination inside a section, written out.
fn explicit(
    sections: &[Imported],
    bases: &Bases,
    index: usize,
    destination: &Destination,
) -> Object {
    let mut array = Vec::with_capacity(destination.view.len() + 1);
    let page = sections[index]
        .pages
        .get(destination.page)
        .map(|page| bases.absolute(index, page.object));
    array.push(page.unwrap_or(Object::Null));
    array.extend(destination.view.iter().cloned());
    Object::Array(array)
}

fn bookmarks(
    plan: &Plan,
    sections: &[Imported],
    bases: &Bases,
    anchors: &BTreeMap<&str, Object>,
) -> Vec<Placed> {
    let whole = |section: usize, page: usize| {
        let page = sections.get(section)?.pages.get(page)?;
        let (_, height) = page.geometry.size();
        let Point { x, y } = page.geometry.seen_to_own().apply(0.0, height);
        Some(Object::Array(vec![
            bases.absolute(section, page.object),
            name("XYZ"),
            real(x),
            real(y),
            Object::Null,
        ]))
    };
    let mut placed = Vec::new();
    for entry in &plan.outline {
        let destination = match &entry.target {
            Target::Anchor(anchor) => anchors.get(anchor.as_str()).cloned(),
            Target::Page { section, page } => whole(*section, *page),
        };
        let Some(destination) = destination else {
            continue;
        };
        placed.push(Placed {
            title: entry.title.clone(),
            level: entry.level,
            destination,
        });
        if let Some((index, section)) = entry
            .adopt
            .and_then(|index| Some((index, sections.get(index)?)))
        {
            placed.extend(section.bookmarks.iter().map(|bookmark| Placed {
                title: bookmark.title.clone(),
                level: entry.level + 1 + bookmark.level,
                destination: explicit(sections, bases, index, &bookmark.destination),
            }));
        }
    }
    placed
}

/// Adds the page labels, with a range wherever the counting changes.
fn labels(map: &PageMap, objects: &mut Vec<Object>) -> usize {
    let mut ranges: Vec<(usize, Object)> = Vec::new();
    let mut last: Option<(bool, usize)> = None;
    let mut outside = 0;
    for (position, page) in map.pages.iter().enumerate() {
        let (numbered, value) = match page.number {
            Some(number) => (true, number.number() as usize),
            None => {
                outside += 1;
                (false, outside)
            }
        };
        let counted = if numbered {
            value.to_string()
        } else {
            roman(value)
        };
        if page.label != counted {
            // A label that does not come from counting is written as it is, for this page only.
            let label = dict([("P", text_string(&page.label))]);
            ranges.push((position, Object::Dictionary(label)));
            last = None;
            continue;
        }
        if last != Some((numbered, value.wrapping_sub(1))) {
            let style = if numbered { "D" } else { "r" };
            ranges.push((
                position,
                Object::Dictionary(dict([("S", name(style)), ("St", int(value))])),
            ));
        }
        last = Some((numbered, value));
    }
    balanced::number_tree(&ranges, objects)
}

/// Adds a balanced page tree and returns the place of its root.
fn page_tree(
    sections: &mut [Imported],
    places: &[usize],
    map: &PageMap,
    bases: &Bases,
    objects: &mut Vec<Object>,
) -> usize {
    let mut level: Vec<(Object, usize)> = Vec::with_capacity(map.pages.len());
    let mut page_objects: Vec<(usize, usize)> = Vec::with_capacity(map.pages.len());
    for (entry, &place) in map.pages.iter().zip(places) {
        if let Some(page) = sections[entry.section].pages.get(place) {
            level.push((bases.absolute(entry.section, page.object), 1));
            page_objects.push((entry.section, page.object));
        }
    }
    // The nodes of this level, which get a parent. On the first level they are pages (`None`).
    let mut nodes: Vec<Option<usize>> = vec![None; level.len()];
    loop {
        let is_top = level.len() <= FAN;
        let mut next = Vec::new();
        let mut next_nodes = Vec::new();
        for (start, chunk) in level
            .chunks(FAN)
            .enumerate()
            .map(|(index, chunk)| (index * FAN, chunk))
        {
            let place = objects.len();
            let count = chunk.iter().map(|(_, count)| count).sum();
            objects.push(Object::Dictionary(dict([
                ("Type", name("Pages")),
                ("Count", int(count)),
                (
                    "Kids",
                    Object::Array(chunk.iter().map(|(kid, _)| kid.clone()).collect()),
                ),
            ])));
            for index in start..start + chunk.len() {
                let parent = |child: &mut Dictionary| child.set("Parent", shared(place));
                match nodes[index].and_then(|node| objects.get_mut(node)) {
                    Some(Object::Dictionary(node)) => parent(node),
                    _ => {
                        let (section, object) = page_objects[index];
                        sections[section].objects.change_dict(object, parent);
                    }
                }
            }
            next.push((shared(place), count));
            next_nodes.push(Some(place));
        }
        if is_top {
            return objects.len() - 1;
        }
        level = next;
        nodes = next_nodes;
    }
}
