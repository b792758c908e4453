//! The layers of a file (optional content groups) and whether each shows when it is opened.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::imported::Imported;
use super::object::{get, get_dict, reference};

/// The optional content groups of the file and whether they show by default.
pub(super) fn layers(doc: &Document) -> Vec<(ObjectId, bool)> {
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
pub(super) fn clean_layers(imported: &mut Imported) {
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
