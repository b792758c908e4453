//! What was taken out of the file of a section: the objects that its pages need, numbered from 0, and
//! its tags, bookmarks, layers and notes.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object};
use serde::{Deserialize, Serialize};

use super::annotation::Lead;
use super::bookmark::Bookmark;
use super::layer::Layers;
use super::objects::Objects;
use super::outcome::NoteKind;
use crate::pdf::Geometry;
use crate::pdf::bulk::Bulk;
use crate::pdf::substance::Means;

/// A page of a section, ready to be stamped.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ImportedPage {
    /// Its object in the section.
    pub(super) object: usize,
    /// Its number in the source, counted from 1.
    pub(super) source: usize,
    pub(super) geometry: Geometry,
    /// Its annotations' objects.
    pub(super) annotations: Vec<usize>,
    /// The content that is drawn after its own: the looks of former form fields.
    #[serde(with = "super::folded::raw")]
    pub(super) overlay: Vec<u8>,
    pub(super) notes: BTreeSet<NoteKind>,
    /// The sum of its content, before anything is put on it.
    pub(super) content: u64,
    /// What each of its former form fields draws with.
    pub(super) looks: Vec<Means>,
}

/// A link whose destination is known only when all sections have their places.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PendingLink {
    pub(super) annotation: usize,
    pub(super) lead: Lead,
}

/// An entry of the ParentTree: the object that refers to it, and the elements that it has. All are
/// objects in the section.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ParentEntry {
    pub(super) holder: usize,
    pub(super) elements: ParentElements,
}

/// The elements of an entry of the ParentTree.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum ParentElements {
    Contents(Vec<Option<usize>>),
    Whole(usize),
}

/// The tags of a section.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Tags {
    pub(super) roots: Vec<usize>,
    pub(super) elements: Vec<usize>,
    pub(super) parents: Vec<ParentEntry>,
    pub(super) ids: Vec<(Vec<u8>, usize)>,
    #[serde(with = "super::stored::dictionary")]
    pub(super) role_map: Dictionary,
    #[serde(with = "super::stored::dictionary")]
    pub(super) class_map: Dictionary,
    pub(super) namespaces: Vec<usize>,
    pub(super) elements_in: usize,
    /// What its elements break of PDF/UA-1, each in a sentence.
    pub(super) faults: Vec<String>,
}

/// A section's objects. A reference `(n, 0)` in them is to the section's own object `n`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Imported {
    pub(super) objects: Objects,
    /// The data of pictures that is still in the file. Only its places in the file are kept.
    pub(super) bulk: Bulk<usize>,
    pub(super) pages: Vec<ImportedPage>,
    pub(super) tags: Tags,
    pub(super) links: Vec<PendingLink>,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) layers: Layers<usize>,
    pub(super) notes: BTreeSet<NoteKind>,
    pub(super) lang: Option<String>,
    /// The file's output intent, if it declares one for archiving.
    pub(super) output_intent: Option<usize>,
}

/// A reference to the section's own object.
pub(super) fn local(number: usize) -> Object {
    Object::Reference((u32::try_from(number).unwrap_or(u32::MAX), 0))
}
