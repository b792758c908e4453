//! Imports one section: prepares its selected pages and takes everything that they reach out of the
//! file.
//!
//! Nothing is copied that the pages do not reach, so what was deleted before the last save, what other
//! pages show, scripts, embedded files and metadata cannot get in. This module knows only one file.
//! The place of the section in the pack is decided later.

use std::collections::{BTreeSet, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::annotation::{self, Fate, Lead};
use super::bookmark;
use super::destination::Destinations;
use super::form;
use super::imported::{Imported, ImportedPage, ParentElements, ParentEntry, PendingLink, Tags};
use super::layer;
use super::letters::Letters;
use super::object::{as_dict, get, get_dict, get_text, name, rectangle, reference, resolve};
use super::outcome::NoteKind;
use super::plan::Provenance;
use super::reach::{self, Forbidden, Reach, is_annotation};
use super::resources;
use super::structure::{self, Parent};
use crate::model::{PageSelection, PdfFacts, UNMARKED};
use crate::pdf::content::Layers;
use crate::pdf::geometry::Rect;
use crate::pdf::object::target;
use crate::pdf::opening::Opened;
use crate::pdf::page::rect;
use crate::pdf::substance;
use crate::pdf::{Geometry, page_tree};

/// The keys that a page may keep.
const PAGE_KEPT: [&[u8]; 11] = [
    b"Resources",
    b"MediaBox",
    b"CropBox",
    b"BleedBox",
    b"TrimBox",
    b"ArtBox",
    b"Contents",
    b"Rotate",
    b"Group",
    b"UserUnit",
    b"Annots",
];
/// The most annotations on one page.
const MOST_ANNOTATIONS: usize = 20_000;

/// Why a section cannot be imported.
#[derive(Debug)]
pub(super) enum ImportError {
    NoSuchPages(usize),
    TooLarge,
}

/// Makes ids for new objects, in a generation that no file uses.
struct Fresh(u32);

impl Fresh {
    fn next(&mut self, doc: &Document) -> ObjectId {
        loop {
            self.0 += 1;
            let id = (self.0, u16::MAX);
            if !doc.objects.contains_key(&id) {
                return id;
            }
        }
    }
}

/// Takes the selected pages out of an opened file with these facts.
pub(super) fn import(
    opened: Opened,
    selection: &PageSelection,
    origin: Provenance,
    facts: &PdfFacts,
) -> Result<Imported, ImportError> {
    let Opened {
        mut doc,
        bulk,
        encrypted,
        repaired,
        ..
    } = opened;
    let all = page_tree::pages(&doc);
    let seen: Vec<(Geometry, Rect)> = crate::pdf::pages(&doc)
        .iter()
        .map(|page| (page.geometry(), page.media))
        .collect();
    let indices = selection.indices(all.len());
    if indices.is_empty() {
        return Err(ImportError::NoSuchPages(all.len()));
    }
    let mut notes = document_notes(&doc, facts);
    if encrypted {
        notes.insert(NoteKind::Decrypted);
    }
    if repaired && origin == Provenance::Attachment {
        notes.insert(NoteKind::Repaired);
    }
    let mut fresh = Fresh(0);
    let whole = indices.len() == all.len();
    let all_ids: Vec<Option<ObjectId>> = all.iter().map(|page| page.id).collect();

    // Each selected page gets its own object, even if the page tree has it directly or twice.
    let mut page_ids: Vec<ObjectId> = Vec::with_capacity(indices.len());
    let mut selected: HashMap<ObjectId, usize> = HashMap::new();
    for (position, index) in indices.iter().enumerate() {
        let id = match all[*index].id {
            Some(id) if !selected.contains_key(&id) => {
                selected.insert(id, position);
                id
            }
            _ => fresh.next(&doc),
        };
        page_ids.push(id);
    }
    let destinations = Destinations::new(&doc, all_ids.clone(), selected.clone());
    let bookmarks = if origin == Provenance::Attachment {
        bookmark::bookmarks(&doc, &destinations)
    } else {
        Vec::new()
    };

    // The sums of the contents are calculated before anything is changed.
    let contents: Vec<Vec<(ObjectId, u64)>> = match origin {
        Provenance::Attachment => indices
            .iter()
            .map(|index| contents_of(&doc, &all[*index].dict))
            .collect(),
        Provenance::Generated => vec![Vec::new(); indices.len()],
    };

    let mut pages = Vec::with_capacity(indices.len());
    let mut kept_annotations: HashSet<ObjectId> = HashSet::new();
    let mut links: Vec<(ObjectId, Lead)> = Vec::new();
    let (mut fields, mut letters) = (Vec::new(), Letters::default());
    let off = Layers::read(&doc);
    for (position, index) in indices.iter().enumerate() {
        let source = &all[*index].dict;
        let (geometry, media) = seen[*index];
        let mut page_notes = BTreeSet::new();
        let mut dict = Dictionary::new();
        for key in PAGE_KEPT {
            if let Ok(value) = source.get(key) {
                dict.set(key, value.clone());
            }
        }
        dict.set("Type", name("Page"));
        boxes(&doc, &mut dict, &media, &geometry.crop);
        dict.set("Rotate", i64::from(geometry.rotation));
        let contents = page_tree::contents(&doc, source);
        dict.set(
            "Contents",
            contents.into_iter().cloned().collect::<Vec<_>>(),
        );
        if get_dict(&doc, &dict, b"Resources").is_none() {
            dict.set("Resources", Dictionary::new());
        }
        dict.remove(b"Annots");
        let (annotations, page_fields) = annotations(
            &mut doc,
            &off,
            source,
            page_ids[position],
            &geometry,
            &destinations,
            &mut fresh,
            &mut letters,
            &mut kept_annotations,
            &mut links,
            &mut page_notes,
        );
        fields.extend(page_fields.into_iter().map(|field| (position, field)));
        if !annotations.is_empty() {
            dict.set(
                "Annots",
                annotations
                    .iter()
                    .copied()
                    .map(Object::Reference)
                    .collect::<Vec<_>>(),
            );
        }
        pages.push((dict, geometry, annotations, page_notes));
    }

    letters.embed(&mut doc, |doc| fresh.next(doc));
    let mut drawn_with = vec![Vec::new(); pages.len()];
    for (position, field) in &fields {
        drawn_with[*position].push(field.means(&doc));
    }

    // The resources of pages are reduced to what they use before anything is added. The pack's own
    // parts have nothing that they do not use.
    let used = (origin == Provenance::Attachment).then(|| {
        let looks = looks(&doc, &pages, &fields);
        let mut dicts: Vec<&mut Dictionary> = pages.iter_mut().map(|(dict, ..)| dict).collect();
        resources::cut(&mut doc, &mut dicts, &looks, whole)
    });

    let changed = used.as_ref().map(|used| &used.changed);
    let substances: Vec<u64> = contents
        .iter()
        .map(|contents| sum(&doc, contents, changed))
        .collect();
    if let Some(used) = &used {
        let streams = contents.iter().flatten().map(|(id, _)| id);
        reach::let_travel(&mut doc, used.all.iter().chain(streams));
    }

    // The structure tree is cut before form fields lose their objects, and emitted after they have
    // their places in it.
    let tree = structure::read(&doc);
    let mut tags = structure::Emitted::default();
    let mut faults = Vec::new();
    let mut field_marks = form::Marks::default();
    if let Some(mut tree) = tree {
        let page_set: HashSet<ObjectId> = selected.keys().copied().collect();
        tree.level_headings();
        form::mark(&mut tree, &fields, &page_ids, &mut field_marks);
        let keep = tree.cut(&doc, &page_set, whole, |target| {
            kept_annotations.contains(&target)
                || match &used {
                    Some(used) => used.drawn.contains(&target),
                    None => is_drawing(&doc, target),
                }
        });
        if tree.broken {
            notes.insert(NoteKind::StructureRepaired);
        }
        faults = tree.faults(&doc, &keep);
        let marked = page_ids
            .iter()
            .zip(&indices)
            .filter_map(|(id, index)| Some((*id, facts.pages.get(*index)?)));
        if !tree.holds(&keep, marked) {
            faults.push(UNMARKED.to_owned());
        }
        tags = tree.emit(&doc, &keep, || fresh.next(&doc));
    }
    if origin == Provenance::Attachment && !facts.tagged {
        notes.insert(NoteKind::Untagged);
    }
    let mut overlays: Vec<Vec<u8>> = vec![Vec::new(); pages.len()];
    for on_page in fields.chunk_by(|(one, _), (next, _)| one == next) {
        let Some((position, _)) = on_page.first() else {
            continue;
        };
        let own = on_page.iter().map(|(_, field)| field);
        let page = &mut pages[*position].0;
        overlays[*position] = form::flatten(&doc, own, &field_marks, page);
    }

    let layers = layer::layers(&mut doc);
    let mut namespaces = structure::namespaces(&doc);
    namespaces.retain(|namespace| tags.namespaces.contains(namespace));
    let role_map = tags.roles(&structure::names(&doc, b"RoleMap"));
    let class_map = tags.classes(&structure::names(&doc, b"ClassMap"));
    let catalog = doc.catalog().cloned().unwrap_or_default();
    let lang = get_text(&doc, &catalog, b"Lang");
    let output_intent = output_intent(&mut doc, &catalog, &mut fresh);

    for (id, (dict, ..)) in page_ids.iter().zip(&mut pages) {
        doc.objects
            .insert(*id, Object::Dictionary(std::mem::take(dict)));
    }
    let forbidden = Forbidden {
        pages: all_ids
            .iter()
            .flatten()
            .copied()
            .filter(|id| !selected.contains_key(id))
            .collect(),
        elements: &tags.dropped,
        annotations: &kept_annotations,
    };
    let elements: Vec<ObjectId> = tags.elements.keys().copied().collect();
    let mut reach = Reach::new(doc, forbidden, std::mem::take(&mut tags.elements));
    let page_objects: Vec<usize> = page_ids.iter().map(|id| reach.claim(*id)).collect();
    let roots: Vec<usize> = tags.roots.iter().map(|id| reach.claim(*id)).collect();
    let mut class_map = Object::Dictionary(class_map);
    reach.rewrite(&mut class_map);
    let output_intent = output_intent.map(|id| reach.claim(id));
    let namespaces: Vec<usize> = if roots.is_empty() {
        Vec::new()
    } else {
        namespaces.iter().map(|id| reach.claim(*id)).collect()
    };
    reach.run().ok_or(ImportError::TooLarge)?;

    let Reach {
        numbers, objects, ..
    } = reach;
    let place = |id: &ObjectId| numbers.get(id).copied();
    let tags = Tags {
        roots,
        elements: elements.iter().filter_map(place).collect(),
        parents: tags
            .parents
            .into_iter()
            .filter_map(|parent| match parent {
                Parent::Contents { holder, elements } => Some(ParentEntry {
                    holder: place(&holder)?,
                    elements: ParentElements::Contents(
                        elements
                            .iter()
                            .map(|element| element.as_ref().and_then(place))
                            .collect(),
                    ),
                }),
                Parent::Whole { holder, element } => Some(ParentEntry {
                    holder: place(&holder)?,
                    elements: ParentElements::Whole(place(&element)?),
                }),
            })
            .collect(),
        ids: tags
            .ids
            .iter()
            .filter_map(|(id, element)| Some((id.clone(), place(element)?)))
            .collect(),
        role_map,
        class_map: match class_map {
            Object::Dictionary(dict) => dict,
            _ => Dictionary::new(),
        },
        namespaces,
        elements_in: tags.elements_in,
        faults,
    };
    Ok(Imported {
        pages: pages
            .into_iter()
            .zip(page_objects)
            .zip(overlays)
            .zip(drawn_with)
            .zip(substances)
            .zip(indices)
            .map(
                |(
                    (((((_, geometry, annotations, notes), object), overlay), looks), content),
                    index,
                )| {
                    ImportedPage {
                        object,
                        source: index + 1,
                        geometry,
                        annotations: annotations.iter().filter_map(place).collect(),
                        overlay,
                        notes,
                        content,
                        looks,
                    }
                },
            )
            .collect(),
        tags,
        links: links
            .into_iter()
            .filter_map(|(id, lead)| {
                Some(PendingLink {
                    annotation: place(&id)?,
                    lead,
                })
            })
            .collect(),
        bookmarks,
        layers: layers.placed(place),
        notes,
        lang,
        output_intent,
        objects,
        bulk: bulk.placed(place),
    })
}

/// Sets the boxes of a page as readers understand them. There is a crop box only if not all of the
/// media box is shown, and no other box goes beyond the media box.
fn boxes(doc: &Document, page: &mut Dictionary, media: &Rect, crop: &Rect) {
    page.set("MediaBox", rectangle(media));
    page.remove(b"CropBox");
    if crop != media {
        page.set("CropBox", rectangle(crop));
    }
    for key in [b"BleedBox".as_slice(), b"TrimBox", b"ArtBox"] {
        let inside = page
            .get(key)
            .ok()
            .and_then(|area| rect(doc, area))
            .map(|area| area.intersect(media))
            .filter(|area| !area.is_empty());
        match inside {
            Some(area) => page.set(key, rectangle(&area)),
            None => {
                page.remove(key);
            }
        }
    }
}

/// Notes what is lost that belongs to the whole document: scripts, embedded files and signatures.
fn document_notes(doc: &Document, facts: &PdfFacts) -> BTreeSet<NoteKind> {
    let mut notes = BTreeSet::new();
    if facts.javascript {
        notes.insert(NoteKind::ScriptDropped);
    }
    if facts.embedded_files {
        notes.insert(NoteKind::EmbeddedFileDropped);
    }
    if facts.signed {
        notes.insert(NoteKind::SignatureBroken);
    }
    if let Ok(catalog) = doc.catalog() {
        annotation::note_action(doc, get_dict(doc, catalog, b"OpenAction"), &mut notes);
    }
    notes
}

/// Adds the cleaned annotations of a page that are kept to `doc`. Returns them and the form fields to
/// be flattened.
#[allow(
    clippy::too_many_arguments,
    reason = "one step of the import, cut out for reading"
)]
fn annotations(
    doc: &mut Document,
    layers: &Layers,
    page: &Dictionary,
    page_id: ObjectId,
    geometry: &Geometry,
    destinations: &Destinations,
    fresh: &mut Fresh,
    letters: &mut Letters,
    kept: &mut HashSet<ObjectId>,
    links: &mut Vec<(ObjectId, Lead)>,
    notes: &mut BTreeSet<NoteKind>,
) -> (Vec<ObjectId>, Vec<form::Field>) {
    let entries: Vec<Object> = match get(doc, page, b"Annots") {
        Some(Object::Array(array)) => array.iter().take(MOST_ANNOTATIONS).cloned().collect(),
        _ => return (Vec::new(), Vec::new()),
    };
    let (mut ids, mut fields) = (Vec::new(), Vec::new());
    for entry in entries {
        let Some(annotation) = as_dict(resolve(doc, &entry)).cloned() else {
            continue;
        };
        let seen = &geometry.crop;
        match annotation::fate(doc, layers, &annotation, seen, destinations, notes) {
            Fate::Stays(mut dict, lead) => {
                let id = match reference(&entry) {
                    Some(id) if !kept.contains(&id) && is_annotation_alone(doc, id) => id,
                    _ => fresh.next(doc),
                };
                dict.set("P", page_id);
                doc.objects.insert(id, Object::Dictionary(*dict));
                kept.insert(id);
                ids.push(id);
                if let Some(lead) = lead {
                    links.push((id, lead));
                }
            }
            Fate::Field => {
                let id = reference(&entry);
                let next = |doc: &Document| fresh.next(doc);
                let field = form::field(doc, &annotation, id, letters, next, notes);
                fields.extend(field.map(|field| field.turned(doc, &annotation, geometry)));
            }
            Fate::Picture => {
                let picture = form::picture(doc, &annotation, reference(&entry));
                fields.extend(picture.map(|it| it.turned(doc, &annotation, geometry)));
            }
            Fate::Goes => {}
        }
    }
    (ids, fields)
}

/// The looks of annotations and fields that are drawn on top of pages, each with the index of its page.
fn looks(
    doc: &Document,
    pages: &[(Dictionary, Geometry, Vec<ObjectId>, BTreeSet<NoteKind>)],
    fields: &[(usize, form::Field)],
) -> Vec<(usize, ObjectId)> {
    let of_annotations = pages.iter().enumerate().flat_map(|(page, (_, _, ids, _))| {
        let dicts = ids.iter().filter_map(|id| doc.get_dictionary(*id).ok());
        let looks = dicts.filter_map(|annotation| annotation::appearance(doc, annotation));
        looks.map(move |look| (page, look))
    });
    let of_fields = fields.iter().map(|(page, field)| (*page, field.look()));
    of_annotations.chain(of_fields).collect()
}

/// The streams of a page's content, each with its sum.
fn contents_of(doc: &Document, page: &Dictionary) -> Vec<(ObjectId, u64)> {
    let streams = page_tree::contents(doc, page).into_iter();
    let with_ids = streams.filter_map(|entry| Some((target(doc, entry)?, resolve(doc, entry))));
    with_ids
        .filter_map(|(id, stream)| Some((id, substance::content(stream.as_stream().ok()?))))
        .collect()
}

/// The sum of a page's content. The sums of streams whose comments were removed are calculated again.
/// That they draw the same was checked when the comments were found.
fn sum(doc: &Document, contents: &[(ObjectId, u64)], changed: Option<&BTreeSet<ObjectId>>) -> u64 {
    let own = contents.iter().map(|(id, sum)| {
        let is_changed = changed.is_some_and(|changed| changed.contains(id));
        let stream = doc.get_object(*id).and_then(Object::as_stream);
        match stream {
            Ok(stream) if is_changed => substance::content(stream),
            _ => *sum,
        }
    });
    substance::together(&own.collect::<Vec<u64>>())
}

/// Whether an annotation is nothing else. In a damaged file, an annotation may also be used as a font.
fn is_annotation_alone(doc: &Document, id: ObjectId) -> bool {
    doc.objects.get(&id).is_some_and(|object| {
        matches!(object, Object::Dictionary(_)) && !substance::is_one(doc, b"Font", object)
    })
}

/// Whether an object that the tags hold as a whole exists and is not an annotation.
fn is_drawing(doc: &Document, id: ObjectId) -> bool {
    doc.objects
        .get(&id)
        .is_some_and(|object| as_dict(object).is_some() && !is_annotation(doc, object))
}

/// The file's own output intent for archiving, as an object.
fn output_intent(doc: &mut Document, catalog: &Dictionary, fresh: &mut Fresh) -> Option<ObjectId> {
    let intents = match get(doc, catalog, b"OutputIntents")? {
        Object::Array(array) => array.clone(),
        _ => return None,
    };
    let intent = intents.iter().find_map(|intent| {
        let dict = as_dict(resolve(doc, intent))?;
        let profile = dict.get(b"DestOutputProfile").ok()?;
        matches!(dict.get(b"S"), Ok(Object::Name(kind)) if kind == b"GTS_PDFA1")
            .then(|| matches!(resolve(doc, profile), Object::Stream(_)))?
            .then(|| dict.clone())
    })?;
    let id = fresh.next(doc);
    doc.objects.insert(id, Object::Dictionary(intent));
    Some(id)
}
