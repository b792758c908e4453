//! The annotations that are kept: links, comments and drawings, each reduced to what shows on the page
//! or leads somewhere in the pack or on the web.
//!
//! Scripts, actions that start programs or send forms, embedded files, sound and video are left out.
//! Form fields become page content in [`super::form`].

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};
use serde::{Deserialize, Serialize};

use super::destination::{Destination, Destinations, address};
use super::object::{as_dict, get_dict, get_name, rectangle, resolve};
use super::outcome::NoteKind;
use crate::pdf::content::Layers;
use crate::pdf::field;
use crate::pdf::geometry::Rect;
use crate::pdf::page::place;

/// The keys that an annotation may keep. All others may hold private data.
const KEPT: [&[u8]; 49] = [
    b"Type",
    b"Subtype",
    b"Rect",
    b"Contents",
    b"NM",
    b"M",
    b"F",
    b"AS",
    b"Border",
    b"C",
    b"OC",
    b"Lang",
    b"BM",
    b"ca",
    b"CA",
    b"T",
    b"CreationDate",
    b"IRT",
    b"RT",
    b"Subj",
    b"IT",
    b"Name",
    b"Open",
    b"State",
    b"StateModel",
    b"H",
    b"QuadPoints",
    b"BS",
    b"DA",
    b"Q",
    b"CL",
    b"BE",
    b"RD",
    b"LE",
    b"L",
    b"IC",
    b"LL",
    b"LLE",
    b"LLO",
    b"Cap",
    b"CP",
    b"CO",
    b"Vertices",
    b"InkList",
    b"Sy",
    b"Path",
    b"RC",
    b"DS",
    b"StructParent",
];

/// What happens to an annotation.
pub(super) enum Fate {
    /// It is kept in reduced form, with where it leads if it leads to a place in the pack.
    Stays(Box<Dictionary>, Option<Lead>),
    /// It is a form field.
    Field,
    /// It plays something or has a file attached, and only its picture is kept.
    Picture,
    /// It is left out.
    Goes,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Lead {
    /// To a page of the same file.
    Page(Destination),
    /// To a named place of the pack.
    Anchor(String),
}

/// Decides what happens to `annotation` on a page of which `seen` is shown, and notes what is lost.
pub(super) fn fate(
    doc: &Document,
    layers: &Layers,
    annotation: &Dictionary,
    seen: &Rect,
    destinations: &Destinations,
    notes: &mut BTreeSet<NoteKind>,
) -> Fate {
    note_action(doc, get_dict(doc, annotation, b"PA"), notes);
    if let Some(actions) = get_dict(doc, annotation, b"AA") {
        for (_, action) in actions.iter() {
            note_action(doc, as_dict(resolve(doc, action)), notes);
        }
    }
    let hidden = layers.hide_annotation(doc, annotation);
    let subtype = get_name(doc, annotation, b"Subtype").unwrap_or_default();
    // Anything outside the shown part would come into view when the page is made smaller.
    let Some(place) = place(doc, annotation).filter(|place| !place.is_beside(seen)) else {
        return Fate::Goes;
    };
    match subtype {
        b"Widget" => return if hidden { Fate::Goes } else { Fate::Field },
        b"FileAttachment" => {
            notes.insert(NoteKind::EmbeddedFileDropped);
            return if hidden { Fate::Goes } else { Fate::Picture };
        }
        b"Sound" | b"Movie" | b"Screen" | b"RichMedia" | b"3D" => {
            notes.insert(NoteKind::MultimediaDropped);
            return if hidden { Fate::Goes } else { Fate::Picture };
        }
        b"Link" => {}
        b"Text" | b"FreeText" | b"Line" | b"Square" | b"Circle" | b"Polygon" | b"PolyLine"
        | b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" | b"Caret" | b"Stamp"
        | b"Ink" | b"Redact" | b"Watermark" => {
            if hidden {
                return Fate::Goes;
            }
            if matches!(
                subtype,
                b"Text" | b"FreeText" | b"Highlight" | b"StrikeOut" | b"Caret"
            ) {
                notes.insert(NoteKind::Comments);
            }
        }
        // Traps for whoever prints the file, and the windows of comments: readers open their own, and
        // PDF/UA-1 (7.18.1) asks for a place in the tags that no program gives them.
        b"TrapNet" | b"Popup" | b"" => return Fate::Goes,
        // A kind that readers do not know is what it looks like, and so is a mark for the printer.
        _ if hidden || appearance(doc, annotation).is_none() => return Fate::Goes,
        _ => return Fate::Picture,
    }
    let mut kept = Dictionary::new();
    for key in KEPT {
        if let Ok(value) = annotation.get(key) {
            kept.set(key, value.clone());
        }
    }
    kept.set("Type", Object::Name(b"Annot".to_vec()));
    kept.set("Rect", rectangle(&place));
    // Only the normal appearance in the current state is kept. The ones for a pointer that hovers or
    // presses are of no use here, and nobody sees the other states.
    if let Some(look) = appearance(doc, annotation) {
        let mut looks = Dictionary::new();
        looks.set("N", look);
        kept.set("AP", looks);
    }
    let mut lead = None;
    if subtype == b"Link" {
        if let Some(destination) = destinations.of(doc, annotation) {
            lead = Some(Lead::Page(destination));
        } else if let Some(action) = get_dict(doc, annotation, b"A") {
            if let Some(address) = address(doc, action) {
                match address.strip_prefix(b"pack:") {
                    Some(name) => {
                        // What follows the `!` says which number of the place is printed.
                        let place = name.split(|byte| *byte == b'!').next().unwrap_or(name);
                        lead = Some(Lead::Anchor(String::from_utf8_lossy(place).into_owned()));
                    }
                    None => match published(address) {
                        Some(address) => {
                            let mut safe = Dictionary::new();
                            safe.set("S", Object::Name(b"URI".to_vec()));
                            safe.set("URI", Object::String(address, lopdf::StringFormat::Literal));
                            kept.set("A", safe);
                        }
                        None => {
                            notes.insert(NoteKind::ActionDropped);
                        }
                    },
                }
            } else if let Some(turn) = page_turn(doc, action) {
                kept.set("A", turn);
            } else {
                note_action(doc, Some(action), notes);
            }
        }
    } else {
        note_action(doc, get_dict(doc, annotation, b"A"), notes);
    }
    Fate::Stays(Box::new(kept), lead)
}

/// The address to publish instead of another, or `None` if it leads into a private network. Bytes that
/// are not UTF-8 stay as they are.
fn published(address: Vec<u8>) -> Option<Vec<u8>> {
    match std::str::from_utf8(&address) {
        Ok(text) => crate::model::address::published(text).map(String::into_bytes),
        Err(_) => Some(address),
    }
}

/// An action again if it is one of the four named ones that turn a page.
fn page_turn(doc: &Document, action: &Dictionary) -> Option<Dictionary> {
    let name =
        get_name(doc, action, b"N").filter(|_| get_name(doc, action, b"S") == Some(b"Named"))?;
    matches!(name, b"NextPage" | b"PrevPage" | b"FirstPage" | b"LastPage").then(|| {
        let mut turn = Dictionary::new();
        turn.set("S", Object::Name(b"Named".to_vec()));
        turn.set("N", Object::Name(name.to_vec()));
        turn
    })
}

/// Notes an action that is left out.
pub(super) fn note_action(
    doc: &Document,
    action: Option<&Dictionary>,
    notes: &mut BTreeSet<NoteKind>,
) {
    let Some(action) = action else { return };
    match get_name(doc, action, b"S") {
        Some(b"GoTo") | None => {}
        Some(b"JavaScript") => {
            notes.insert(NoteKind::ScriptDropped);
        }
        Some(b"Rendition" | b"Sound" | b"Movie" | b"RichMediaExecute" | b"GoTo3DView") => {
            notes.insert(NoteKind::MultimediaDropped);
        }
        Some(b"GoToE") => {
            notes.insert(NoteKind::EmbeddedFileDropped);
        }
        Some(_) => {
            notes.insert(NoteKind::ActionDropped);
        }
    }
}

/// The stream of an annotation's normal appearance.
pub(super) fn appearance(doc: &Document, annotation: &Dictionary) -> Option<lopdf::ObjectId> {
    field::appearance(doc, annotation)?.0
}
