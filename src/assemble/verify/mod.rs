//! Opens the finished file again and checks it against its own map.
//!
//! It reads the bytes as any reader would, and uses nothing from when they were made. It checks the
//! number of pages and their labels, the number on each page, every page number in the text, where
//! bookmarks and links lead, whether tags and pages agree, and that nothing is in it that must be left
//! out. A fault found here is a fault of this program and not of the clerk. A pack with a fault is not
//! published.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId};

mod elements;
mod fault;
mod opened;
mod packed;
mod references;
mod tags;

pub use fault::Fault;
pub use references::{Bookmark, Reference};

use super::lock::Password;
use super::numbering::PageMap;
use super::object::{
    as_dict, decoded, get_array, get_dict, get_int, get_name, get_string, get_text, resolve,
};
use super::stamp::CLOSING;
use crate::numeral::roman;
use crate::pdf::content::{Interpreter, MarkKind};
use crate::pdf::page_tree;
use crate::pdf::substance::{self, Substance};
use elements::Elements;
use fault::Faults;
use references::{Places, led_to};
use tags::{kids, listed, number_tree, parents, tags};

/// What the file is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Its pages.
    pub map: &'a PageMap,
    /// The pattern of its page numbers, as in the plan's furniture.
    pub page_number: &'a str,
    /// The page numbers that its own text prints.
    pub references: &'a [Reference],
    /// Its bookmarks, without those of attachments.
    pub outline: &'a [Bookmark],
    /// How many structure elements its parts have, without the pack's own.
    pub elements: usize,
    /// For each page that came from a file, what that page is made of there. Empty if the files are not
    /// available.
    pub sources: &'a [Option<Substance>],
    /// The password that it is locked with.
    pub password: Option<&'a Password>,
}

/// Reads the file and returns how it differs from what is expected.
#[must_use]
pub fn verify(pdf: &[u8], expected: &Expected) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    let (doc, elements) = match opened::open(pdf, expected.password) {
        Ok(opened) => opened,
        Err(error) => {
            faults.add(None, format!("The file cannot be opened again: {error}."));
            return faults.0;
        }
    };
    if doc.was_encrypted() != expected.password.is_some() {
        faults.add(
            None,
            "It is locked and should not be, or the reverse.".into(),
        );
    }
    if doc.xref_recovery.is_some() {
        faults.add(
            None,
            "The file had to be repaired to be opened again.".into(),
        );
    }
    let faults = read(&doc, &elements, expected, faults);
    // Freeing a large document takes a while, and nobody needs to wait for it.
    rayon::spawn(move || drop(doc));
    faults.0
}

fn read(doc: &Document, elements: &Elements, expected: &Expected, mut faults: Faults) -> Faults {
    let pages = page_tree::pages(doc);
    if pages.len() != expected.map.pages.len() {
        faults.add(
            None,
            format!(
                "It has {} pages and should have {}.",
                pages.len(),
                expected.map.pages.len()
            ),
        );
        return faults;
    }
    let places: Places = pages
        .iter()
        .enumerate()
        .filter_map(|(index, page)| Some((page.id?, index + 1)))
        .collect();
    let (_, of_tags) = rayon::join(
        || {
            labels(doc, expected.map, &mut faults);
            numbers(doc, &pages, expected, &mut faults);
            sources(doc, &pages, expected.sources, &mut faults);
            references::bookmarks(doc, expected.outline, &places, &mut faults);
            references::references(doc, elements, expected.references, &places, &mut faults);
            for (index, page) in pages.iter().enumerate() {
                links(doc, &page.dict, index + 1, &places, &mut faults);
            }
            stowaways(doc, &mut faults);
        },
        || structure(doc, elements, &pages, expected.elements),
    );
    for fault in of_tags.0 {
        faults.add(fault.page, fault.message);
    }
    faults
}

/// Checks the page labels, range by range.
fn labels(doc: &Document, map: &PageMap, faults: &mut Faults) {
    let mut ranges: BTreeMap<i64, &Dictionary> = BTreeMap::new();
    if let Some(root) = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"PageLabels"))
    {
        number_tree(doc, root, |key, value| {
            if let Some(dict) = as_dict(resolve(doc, value)) {
                ranges.insert(key, dict);
            }
        });
    }
    for (index, page) in map.pages.iter().enumerate() {
        let position = i64::try_from(index).unwrap_or(i64::MAX);
        let label = ranges
            .range(..=position)
            .next_back()
            .and_then(|(start, range)| {
                if get_name(doc, range, b"S").is_none() {
                    return get_text(doc, range, b"P");
                }
                let value = get_int(doc, range, b"St").unwrap_or(1) + position - start;
                let value = usize::try_from(value).ok()?;
                Some(if get_name(doc, range, b"S") == Some(b"r") {
                    roman(value)
                } else {
                    value.to_string()
                })
            });
        if label.as_ref() != Some(&page.label) {
            let found = label.unwrap_or_default();
            faults.add(
                Some(index + 1),
                format!(
                    "Its label is \u{201c}{found}\u{201d} and should be \u{201c}{}\u{201d}.",
                    page.label
                ),
            );
        }
    }
}

/// Checks the number on each page, which is read through the font that draws it.
fn numbers(doc: &Document, pages: &[page_tree::Page], expected: &Expected, faults: &mut Faults) {
    let mut reader = Interpreter::new(doc);
    let mut read: HashMap<ObjectId, String> = HashMap::new();
    for (index, (page, entry)) in pages.iter().zip(&expected.map.pages).enumerate() {
        let wanted: Vec<String> = entry
            .number
            .map(|number| {
                let last = expected.map.last_number.to_string();
                expected
                    .page_number
                    .replace("{pages}", &last)
                    .replace("{page}", &number.to_string())
            })
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .map(|text| text.trim().to_owned())
            .collect();
        let found: Vec<String> = stamped(doc, &page.dict)
            .into_iter()
            .map(|id| {
                read.entry(id)
                    .or_insert_with(|| text_of(&mut reader, id))
                    .clone()
            })
            .collect();
        if found != wanted {
            faults.add(
                Some(index + 1),
                format!("The numbers on it are {found:?} and should be {wanted:?}."),
            );
        }
    }
}

/// Checks that each page shows the same as in the file that it came from. The first and the last of its
/// streams are the pack's own, and one before the last that says so.
fn sources(
    doc: &Document,
    pages: &[page_tree::Page],
    sources: &[Option<Substance>],
    faults: &mut Faults,
) {
    for (index, (page, source)) in pages.iter().zip(sources).enumerate() {
        let Some(source) = source else { continue };
        let contents = page_tree::contents(doc, &page.dict);
        let own = contents.get(1..contents.len().saturating_sub(1));
        let own = own.unwrap_or_default();
        let differs = |own: &[&Object]| {
            let resources = get_dict(doc, &page.dict, b"Resources");
            substance::of(doc, own.iter().copied(), resources).difference(source)
        };
        let closes = |content: &Object| {
            let content = resolve(doc, content).as_stream();
            content.is_ok_and(|content| content.dict.has(CLOSING.as_bytes()))
        };
        let difference = differs(own).filter(|_| {
            // A page that comes from another pack may have such a stream of its own.
            let before = own.split_last().filter(|(last, _)| closes(last));
            before.is_none_or(|(_, before)| differs(before).is_some())
        });
        if let Some(difference) = difference {
            faults.add(Some(index + 1), difference.into());
        }
    }
}

/// The forms of page numbers that the page's last content stream draws as artifacts.
fn stamped(doc: &Document, page: &Dictionary) -> Vec<ObjectId> {
    let Some(Object::Stream(last)) = get_array(doc, page, b"Contents")
        .and_then(<[Object]>::last)
        .map(|c| resolve(doc, c))
    else {
        return Vec::new();
    };
    let content = decoded(last, 1 << 20).unwrap_or_default();
    let text = String::from_utf8_lossy(&content);
    let xobjects = get_dict(doc, page, b"Resources")
        .and_then(|resources| get_dict(doc, resources, b"XObject"));
    text.lines()
        .filter(|line| line.starts_with("/Artifact<<"))
        .filter_map(|line| {
            let name = line.split(" cm /").nth(1)?.strip_suffix(" Do Q EMC")?;
            name.starts_with("PackNumber").then_some(())?;
            xobjects?.get(name.as_bytes()).ok()?.as_reference().ok()
        })
        .collect()
}

/// The text of a form.
fn text_of(reader: &mut Interpreter<'_>, form: ObjectId) -> String {
    let content = reader.form(form, None);
    let shown = content.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Text(run) => Some(run.text.as_str()),
        _ => None,
    });
    shown.collect::<String>().trim().to_owned()
}

fn links(doc: &Document, page: &Dictionary, number: usize, places: &Places, faults: &mut Faults) {
    for annotation in get_array(doc, page, b"Annots").unwrap_or_default() {
        let Some(annotation) = as_dict(resolve(doc, annotation)) else {
            faults.add(Some(number), "One of its annotations is missing.".into());
            continue;
        };
        let destination = annotation.get(b"Dest").ok();
        if destination.is_some() && led_to(doc, destination, places).is_none() {
            faults.add(Some(number), "A link on it leads nowhere.".into());
        }
        if let Some(action) = get_dict(doc, annotation, b"A") {
            match get_name(doc, action, b"S") {
                Some(b"URI") => {
                    let uri = get_string(doc, action, b"URI").unwrap_or_default();
                    if uri.starts_with(b"pack:") {
                        let uri = String::from_utf8_lossy(uri).into_owned();
                        faults.add(
                            Some(number),
                            format!("A link to \u{201c}{uri}\u{201d} was not resolved."),
                        );
                    }
                }
                Some(b"Named") => {}
                other => {
                    let kind = String::from_utf8_lossy(other.unwrap_or_default()).into_owned();
                    faults.add(
                        Some(number),
                        format!("An annotation on it has an action of kind {kind}."),
                    );
                }
            }
        }
        if get_name(doc, annotation, b"Subtype") == Some(b"Widget") {
            faults.add(Some(number), "A form field is left on it.".into());
        }
    }
}

/// Checks that tags and pages agree with each other.
fn structure(
    doc: &Document,
    elements: &Elements,
    pages: &[page_tree::Page],
    expected: usize,
) -> Faults {
    let mut faults = Faults(Vec::new());
    let root = tags(doc);
    let parents = parents(doc);
    let keys: HashMap<ObjectId, i64> = pages
        .iter()
        .filter_map(|page| Some((page.id?, get_int(doc, &page.dict, b"StructParents")?)))
        .collect();
    let mut count = 0;
    let mut stack: Vec<ObjectId> = kids(doc, root)
        .iter()
        .filter_map(|kid| kid.as_reference().ok())
        .collect();
    let mut seen = vec![false; doc.max_id as usize + 1];
    while let Some(id) = stack.pop() {
        let Some(element) = elements.held(doc, id) else {
            continue;
        };
        let seen = seen.get_mut(id.0 as usize);
        let is_first = seen.is_some_and(|seen| !std::mem::replace(seen, true));
        if !is_first || !elements.is_element(doc, id) {
            faults.add(
                None,
                "An element of the tags is in two places, or is not an element.".into(),
            );
            continue;
        }
        count += 1;
        let own_page = element
            .get(b"Pg")
            .ok()
            .and_then(|page| page.as_reference().ok());
        let entry = own_page
            .and_then(|page| keys.get(&page))
            .and_then(|key| parents.get(key));
        for kid in kids(doc, Some(&element)) {
            match kid {
                Object::Reference(kid) => stack.push(*kid),
                Object::Integer(mcid) if !holds(doc, entry, *mcid, id) => {
                    faults.add(
                        None,
                        "A page does not refer to the tag of something on it.".into(),
                    );
                }
                _ => {}
            }
        }
    }
    if root.is_some() && count < expected {
        faults.add(
            None,
            format!("It has {count} tags, and its parts have {expected}."),
        );
    }
    if root.is_none() && expected > 0 {
        faults.add(None, "Its parts have tags, and it has none.".into());
    }
    faults
}

/// Whether an entry of the ParentTree has `element` at `mcid`.
fn holds(doc: &Document, entry: Option<&&Object>, mcid: i64, element: ObjectId) -> bool {
    let place = usize::try_from(mcid).ok();
    let held = entry
        .zip(place)
        .and_then(|(entry, place)| listed(doc, entry, place));
    held == Some(element)
}

/// Checks that the file has nothing in it that must be left out.
fn stowaways(doc: &Document, faults: &mut Faults) {
    let catalog = doc.catalog().ok();
    for key in [
        b"AcroForm".as_slice(),
        b"AA",
        b"OpenAction",
        b"AF",
        b"Collection",
        b"PieceInfo",
    ] {
        if catalog.is_some_and(|catalog| catalog.has(key)) {
            faults.add(
                None,
                format!("Its catalog has an entry {}.", String::from_utf8_lossy(key)),
            );
        }
    }
    let mut packets = 0;
    for object in doc.objects.values() {
        let Some(dict) = as_dict(object) else {
            continue;
        };
        match get_name(doc, dict, b"Type") {
            Some(kind @ (b"EmbeddedFile" | b"Filespec" | b"Sig")) => {
                faults.add(
                    None,
                    format!(
                        "It has an object of kind {}.",
                        String::from_utf8_lossy(kind)
                    ),
                );
            }
            Some(b"Metadata") if matches!(object, Object::Stream(_)) => packets += 1,
            Some(b"Page" | b"Annot") => {
                for key in [b"AA".as_slice(), b"PieceInfo", b"Thumb", b"Metadata"] {
                    if dict.has(key) {
                        faults.add(
                            None,
                            format!(
                                "A page or annotation has an entry {}.",
                                String::from_utf8_lossy(key)
                            ),
                        );
                    }
                }
            }
            _ => {}
        }
        if let Some(
            kind @ (b"JavaScript" | b"Launch" | b"SubmitForm" | b"ImportData" | b"Rendition"
            | b"GoToE" | b"GoToR"),
        ) = get_name(doc, dict, b"S")
        {
            faults.add(
                None,
                format!(
                    "It has an action of kind {}.",
                    String::from_utf8_lossy(kind)
                ),
            );
        }
    }
    if packets > 1 {
        faults.add(None, "It has the metadata of other files.".into());
    }
}
