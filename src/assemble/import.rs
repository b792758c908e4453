//! One section on its way into the pack: the objects that its selected pages reach, cleaned and
//! numbered from 0, with its tags, bookmarks, layers and notes beside them.
//!
//! Nothing is copied that the pages do not reach: what was deleted before the last save, what
//! other pages show, scripts, embedded files and metadata have no way in. It knows one file only;
//! where the section comes to lie in the pack is decided later.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::annotation::{self, Fate, Lead};
use super::bookmark::{self, Bookmark};
use super::destination::Destinations;
use super::facts::{self, Facts};
use super::form;
use super::geometry::Geometry;
use super::object::{as_dict, get, get_dict, get_name, get_text, name, reference, resolve};
use super::plan::{NoteKind, Origin, PageSelection};
use super::structure::{self, Parent};
use crate::pdf::bulk::Bulk;
use crate::pdf::opening::Opened;
use crate::pdf::page_tree;

/// What a page may keep.
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
/// Annotations on one page at most.
const MOST_ANNOTATIONS: usize = 20_000;

/// A page of a section, ready to be stamped.
#[derive(Debug, Clone)]
pub(super) struct ImportedPage {
    /// Its object in the section.
    pub(super) object: usize,
    /// Its number in the source, from 1.
    pub(super) source: usize,
    pub(super) geometry: Geometry,
    /// Its annotations' objects.
    pub(super) annotations: Vec<usize>,
    /// What is drawn after its own content: the looks of former form fields.
    pub(super) overlay: Vec<u8>,
    pub(super) notes: BTreeSet<NoteKind>,
}

/// A link whose end is known only when all sections are placed.
#[derive(Debug, Clone)]
pub(super) struct PendingLink {
    pub(super) annotation: usize,
    pub(super) lead: Lead,
}

/// An optional content group.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) object: usize,
    pub(super) on: bool,
}

/// Who refers to an entry of the ParentTree, and what it holds; by object in the section.
#[derive(Debug)]
pub(super) struct ParentEntry {
    pub(super) holder: usize,
    pub(super) elements: ParentElements,
}

/// What an entry of the ParentTree holds.
#[derive(Debug)]
pub(super) enum ParentElements {
    Contents(Vec<Option<usize>>),
    Whole(usize),
}

/// The tags of a section.
#[derive(Debug, Default)]
pub(super) struct Tags {
    pub(super) roots: Vec<usize>,
    pub(super) elements: Vec<usize>,
    pub(super) parents: Vec<ParentEntry>,
    pub(super) ids: Vec<(Vec<u8>, usize)>,
    pub(super) role_map: Dictionary,
    pub(super) class_map: Dictionary,
    pub(super) namespaces: Vec<usize>,
    pub(super) elements_in: usize,
}

/// A section's objects. A reference `(n, 0)` in them is to the section's own object `n`.
#[derive(Debug)]
pub(super) struct Imported {
    pub(super) objects: Vec<Object>,
    /// The data of pictures that is still in the file.
    pub(super) bulk: Bulk<usize>,
    pub(super) pages: Vec<ImportedPage>,
    pub(super) tags: Tags,
    pub(super) links: Vec<PendingLink>,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) layers: Vec<Layer>,
    pub(super) notes: BTreeSet<NoteKind>,
    pub(super) facts: Facts,
    pub(super) lang: Option<String>,
    /// The file's output intent, if it declares one for archiving.
    pub(super) output_intent: Option<usize>,
}

/// Why a section cannot be imported.
#[derive(Debug)]
pub(super) enum ImportError {
    NoSuchPages(usize),
    TooLarge,
}

/// Numbers for objects that the file did not have: a generation no file uses.
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

/// Takes the selected pages out of an opened file.
pub(super) fn import(
    opened: Opened,
    selection: &PageSelection,
    origin: Origin,
) -> Result<Imported, ImportError> {
    let facts = facts::of_document(&opened);
    let Opened {
        mut doc,
        bulk,
        encrypted,
        repaired,
        ..
    } = opened;
    let all = page_tree::pages(&doc);
    let indices = selection.indices(all.len());
    if indices.is_empty() {
        return Err(ImportError::NoSuchPages(all.len()));
    }
    let mut notes = document_notes(&doc, &facts);
    if encrypted {
        notes.insert(NoteKind::Decrypted);
    }
    if repaired && origin == Origin::Attachment {
        notes.insert(NoteKind::Repaired);
    }
    let mut fresh = Fresh(0);
    let whole = indices.len() == all.len();
    let all_ids: Vec<Option<ObjectId>> = all.iter().map(|page| page.id).collect();

    // Each selected page gets an object of its own, even where the tree holds it directly or twice.
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
    let bookmarks = if origin == Origin::Attachment {
        bookmark::bookmarks(&doc, &destinations)
    } else {
        Vec::new()
    };

    let mut pages = Vec::with_capacity(indices.len());
    let mut kept_annotations: HashSet<ObjectId> = HashSet::new();
    let mut links: Vec<(ObjectId, Lead)> = Vec::new();
    let mut fields = Vec::new();
    for (position, index) in indices.iter().enumerate() {
        let source = &all[*index].dict;
        let geometry = Geometry::of(&doc, source);
        let mut page_notes = BTreeSet::new();
        let mut dict = Dictionary::new();
        for key in PAGE_KEPT {
            if let Ok(value) = source.get(key) {
                dict.set(key, value.clone());
            }
        }
        dict.set("Type", name("Page"));
        dict.set("MediaBox", Geometry::media_box(&doc, source));
        dict.set("Rotate", i64::from(geometry.rotate));
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
            source,
            page_ids[position],
            &destinations,
            &mut fresh,
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

    // The structure tree is cut before form fields lose their objects, and emitted after they got
    // their places in it.
    let tree = structure::read(&doc);
    let mut tags = structure::Emitted::default();
    let mut field_marks = form::Marks::default();
    if let Some(mut tree) = tree {
        let page_set: HashSet<ObjectId> = selected.keys().copied().collect();
        form::mark(&mut tree, &fields, &page_ids, &mut field_marks);
        let keep = tree.cut(&page_set, whole, |target| {
            kept_annotations.contains(&target) || !is_annotation(&doc, target)
        });
        if tree.broken {
            notes.insert(NoteKind::StructureRepaired);
        }
        tags = tree.emit(&mut doc, &keep, |doc| fresh.next(doc));
    } else if origin == Origin::Attachment {
        notes.insert(NoteKind::Untagged);
    }
    let mut overlays: Vec<Vec<u8>> = vec![Vec::new(); pages.len()];
    for (position, field) in &fields {
        form::flatten(
            &doc,
            field,
            &field_marks,
            &mut pages[*position].0,
            &mut overlays[*position],
        );
    }

    let layers = layers(&doc);
    let namespaces = structure::namespaces(&doc);
    let role_map = structure::names(&doc, b"RoleMap");
    let class_map = structure::names(&doc, b"ClassMap");
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
    let mut reach = Reach {
        doc,
        forbidden,
        numbers: HashMap::new(),
        queue: VecDeque::new(),
        objects: Vec::new(),
    };
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
    reach.run()?;

    let Reach {
        numbers, objects, ..
    } = reach;
    let place = |id: &ObjectId| numbers.get(id).copied();
    let tags = Tags {
        roots,
        elements: tags.kept.iter().filter_map(place).collect(),
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
    };
    let mut imported = Imported {
        pages: pages
            .into_iter()
            .zip(page_objects)
            .zip(overlays)
            .zip(indices)
            .map(
                |((((_, geometry, annotations, notes), object), overlay), index)| ImportedPage {
                    object,
                    source: index + 1,
                    geometry,
                    annotations: annotations.iter().filter_map(place).collect(),
                    overlay,
                    notes,
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
        layers: layers
            .into_iter()
            .filter_map(|(id, on)| {
                Some(Layer {
                    object: place(&id)?,
                    on,
                })
            })
            .collect(),
        notes,
        facts,
        lang,
        output_intent,
        objects,
        bulk: bulk.placed(place),
    };
    clean_layers(&mut imported);
    Ok(imported)
}

/// What is lost with the document's own level: scripts, embedded files, signatures.
fn document_notes(doc: &Document, facts: &Facts) -> BTreeSet<NoteKind> {
    let mut notes = BTreeSet::new();
    if facts.javascript {
        notes.insert(NoteKind::ScriptDropped);
    }
    if facts.embedded_files {
        notes.insert(NoteKind::EmbeddedFileDropped);
    }
    if facts.signatures > 0 {
        notes.insert(NoteKind::SignatureBroken);
    }
    if let Ok(catalog) = doc.catalog() {
        annotation::note_action(doc, get_dict(doc, catalog, b"OpenAction"), &mut notes);
    }
    notes
}

/// Puts the page's travelling annotations into `doc` as cleaned objects; returns them and the
/// form fields to be flattened.
#[allow(
    clippy::too_many_arguments,
    reason = "one step of the import, cut out for reading"
)]
fn annotations(
    doc: &mut Document,
    page: &Dictionary,
    page_id: ObjectId,
    destinations: &Destinations,
    fresh: &mut Fresh,
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
        match annotation::fate(doc, &annotation, destinations, notes) {
            Fate::Stays(mut dict, lead) => {
                let id = match reference(&entry) {
                    Some(id) if !kept.contains(&id) => id,
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
                if let Some(field) = form::field(doc, &annotation, reference(&entry), notes) {
                    fields.push(field);
                }
            }
            Fate::Goes => {}
        }
    }
    (ids, fields)
}

fn is_annotation(doc: &Document, id: ObjectId) -> bool {
    match doc.objects.get(&id) {
        Some(Object::Dictionary(dict)) => {
            dict.has_type(b"Annot") || (dict.has(b"Rect") && dict.has(b"Subtype"))
        }
        Some(Object::Stream(_)) => false,
        _ => true,
    }
}

/// The optional content groups of the file and whether they show by default.
fn layers(doc: &Document) -> Vec<(ObjectId, bool)> {
    let Some(properties) = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"OCProperties"))
    else {
        return Vec::new();
    };
    let list = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        match get(doc, dict, key) {
            Some(Object::Array(array)) => array.iter().filter_map(reference).collect(),
            _ => Vec::new(),
        }
    };
    let empty = Dictionary::new();
    let default = get_dict(doc, properties, b"D").unwrap_or(&empty);
    let base_off =
        matches!(get(doc, default, b"BaseState"), Some(Object::Name(state)) if state == b"OFF");
    let on: HashSet<ObjectId> = list(default, b"ON").into_iter().collect();
    let off: HashSet<ObjectId> = list(default, b"OFF").into_iter().collect();
    let mut seen = HashSet::new();
    list(properties, b"OCGs")
        .into_iter()
        .filter(|id| seen.insert(*id))
        .map(|id| {
            (
                id,
                if base_off {
                    on.contains(&id)
                } else {
                    !off.contains(&id)
                },
            )
        })
        .collect()
}

/// Groups keep their name and intent; what program made them and when it would show them goes.
fn clean_layers(imported: &mut Imported) {
    for layer in &imported.layers {
        if let Some(Object::Dictionary(dict)) = imported.objects.get_mut(layer.object) {
            let mut kept = Dictionary::new();
            for key in [b"Type".as_slice(), b"Name", b"Intent"] {
                if let Ok(value) = dict.get(key) {
                    kept.set(key, value.clone());
                }
            }
            *dict = kept;
        }
    }
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

/// What a reference must never lead to.
struct Forbidden<'a> {
    pages: HashSet<ObjectId>,
    elements: &'a HashSet<ObjectId>,
    annotations: &'a HashSet<ObjectId>,
}

/// The walk over what the pages reach: objects move out of the document as they are met.
struct Reach<'a> {
    doc: Document,
    forbidden: Forbidden<'a>,
    numbers: HashMap<ObjectId, usize>,
    queue: VecDeque<ObjectId>,
    objects: Vec<Object>,
}

impl Reach<'_> {
    /// The number of an object that travels in any case.
    fn claim(&mut self, id: ObjectId) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(id).or_insert_with(|| {
            self.queue.push_back(id);
            next
        })
    }

    fn run(&mut self) -> Result<(), ImportError> {
        while let Some(id) = self.queue.pop_front() {
            let mut object = self.doc.objects.remove(&id).unwrap_or(Object::Null);
            self.rewrite(&mut object);
            self.objects.push(object);
            if u32::try_from(self.numbers.len()).is_err() {
                return Err(ImportError::TooLarge);
            }
        }
        Ok(())
    }

    /// Gives references their numbers in the section. Depth is bounded by the parser.
    fn rewrite(&mut self, object: &mut Object) {
        match object {
            Object::Reference(id) => *object = self.follow(*id),
            Object::Array(array) => {
                for entry in array {
                    self.rewrite(entry);
                }
            }
            Object::Dictionary(dict) => {
                for (_, value) in dict.iter_mut() {
                    self.rewrite(value);
                }
            }
            Object::Stream(stream) => {
                clean_stream(&mut stream.dict);
                for (_, value) in stream.dict.iter_mut() {
                    self.rewrite(value);
                }
            }
            _ => {}
        }
    }

    fn follow(&mut self, mut id: ObjectId) -> Object {
        if let Some(number) = self.numbers.get(&id) {
            return local(*number);
        }
        // An object that is a reference itself: go where it leads.
        for _ in 0..16 {
            match self.doc.objects.get(&id) {
                Some(Object::Reference(next)) => id = *next,
                _ => break,
            }
        }
        if let Some(number) = self.numbers.get(&id) {
            return local(*number);
        }
        match self.doc.objects.get(&id) {
            None | Some(Object::Null | Object::Reference(_)) => Object::Null,
            // Simple values are small: written where they are used.
            Some(
                simple @ (Object::Integer(_)
                | Object::Real(_)
                | Object::Boolean(_)
                | Object::Name(_)),
            ) => simple.clone(),
            Some(target) => {
                if self.forbidden.pages.contains(&id)
                    || self.forbidden.elements.contains(&id)
                    || never_travels(&self.doc, target)
                    || (is_annotation_dict(&self.doc, target)
                        && !self.forbidden.annotations.contains(&id))
                {
                    return Object::Null;
                }
                local(self.claim(id))
            }
        }
    }
}

fn is_annotation_dict(doc: &Document, object: &Object) -> bool {
    matches!(object, Object::Dictionary(dict) if get_name(doc, dict, b"Type") == Some(b"Annot"))
}

/// Kinds of object that have no business in a pack, wherever a reference to one may stand.
fn never_travels(doc: &Document, object: &Object) -> bool {
    let Some(dict) = as_dict(object) else {
        return false;
    };
    match get_name(doc, dict, b"Type") {
        Some(
            b"Catalog" | b"Pages" | b"Page" | b"StructTreeRoot" | b"Outlines" | b"EmbeddedFile"
            | b"Filespec" | b"F" | b"ObjStm" | b"XRef" | b"Sig" | b"Thread" | b"Bead",
        ) => true,
        // As a property list, too, unless it says which tag some content belongs to.
        Some(b"Metadata") => matches!(object, Object::Stream(_)) || !dict.has(b"MCID"),
        _ => matches!(
            get_name(doc, dict, b"S"),
            Some(
                b"JavaScript"
                    | b"Launch"
                    | b"SubmitForm"
                    | b"ImportData"
                    | b"Rendition"
                    | b"GoToE"
                    | b"GoToR"
            )
        ),
    }
}

/// Takes out of a stream's dictionary what describes its making rather than its content, and what
/// would fetch its data from another file.
fn clean_stream(dict: &mut Dictionary) {
    for key in [
        b"Metadata".as_slice(),
        b"PieceInfo",
        b"LastModified",
        b"OPI",
        b"AA",
        b"Thumb",
        b"AF",
        b"F",
        b"FFilter",
        b"FDecodeParms",
        b"Ref",
    ] {
        dict.remove(key);
    }
    // The data was decrypted with the rest: a Crypt filter would have a reader do it again.
    if let Ok(Object::Array(filters)) = dict.get(b"Filter")
        && let Some(place) = filters
            .iter()
            .position(|filter| matches!(filter, Object::Name(name) if name == b"Crypt"))
    {
        for key in [b"Filter".as_slice(), b"DecodeParms"] {
            if let Ok(Object::Array(entries)) = dict.get_mut(key)
                && place < entries.len()
            {
                entries.remove(place);
            }
        }
    } else if matches!(dict.get(b"Filter"), Ok(Object::Name(name)) if name == b"Crypt") {
        dict.remove(b"Filter");
        dict.remove(b"DecodeParms");
    }
}

/// A reference to the section's own object.
pub(super) fn local(number: usize) -> Object {
    Object::Reference((u32::try_from(number).unwrap_or(u32::MAX), 0))
}
