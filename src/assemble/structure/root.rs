//! What the root of a structure tree has besides its elements.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::assemble::object::{as_dict, get, get_dict, reference, resolve};

/// A map of names in the tree's root, such as the RoleMap, with its values resolved.
pub(in crate::assemble) fn names(doc: &Document, key: &[u8]) -> Dictionary {
    let mut names = Dictionary::new();
    let root = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"StructTreeRoot"));
    if let Some(map) = root.and_then(|root| get_dict(doc, root, key)) {
        for (name, value) in map {
            names.set(name.clone(), resolve(doc, value).clone());
        }
    }
    names
}

/// The namespaces that the tree's root lists.
pub(in crate::assemble) fn namespaces(doc: &Document) -> Vec<ObjectId> {
    let root = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"StructTreeRoot"));
    match root.and_then(|root| get(doc, root, b"Namespaces")) {
        Some(Object::Array(list)) => list
            .iter()
            .filter(|entry| as_dict(resolve(doc, entry)).is_some())
            .filter_map(reference)
            .collect(),
        _ => Vec::new(),
    }
}
