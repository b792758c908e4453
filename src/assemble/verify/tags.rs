//! The structure tree of a finished file.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::assemble::object::{as_dict, get_array, get_dict, resolve};

/// Calls `entry` with every key and value of a number tree; cycles are cut off.
pub(super) fn number_tree<'a>(
    doc: &'a Document,
    root: &'a Dictionary,
    mut entry: impl FnMut(i64, &'a Object),
) {
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        for pair in get_array(doc, node, b"Nums")
            .unwrap_or_default()
            .chunks_exact(2)
        {
            if let Object::Integer(key) = resolve(doc, &pair[0]) {
                entry(*key, &pair[1]);
            }
        }
        for kid in get_array(doc, node, b"Kids").unwrap_or_default() {
            if let Object::Reference(id) = kid
                && seen.insert(*id)
                && let Some(node) = as_dict(resolve(doc, kid))
            {
                stack.push(node);
            }
        }
    }
}

/// The root of the tags.
pub(super) fn tags(doc: &Document) -> Option<&Dictionary> {
    let catalog = doc.catalog().ok()?;
    get_dict(doc, catalog, b"StructTreeRoot")
}

/// The tags that pages and annotations stand in, by the key that these name.
pub(super) fn parents(doc: &Document) -> HashMap<i64, &Object> {
    let mut parents = HashMap::new();
    if let Some(tree) = tags(doc).and_then(|root| get_dict(doc, root, b"ParentTree")) {
        number_tree(doc, tree, |key, value| {
            parents.insert(key, value);
        });
    }
    parents
}

pub(super) fn kids<'a>(doc: &'a Document, element: Option<&'a Dictionary>) -> Vec<&'a Object> {
    match element.and_then(|element| element.get(b"K").ok()) {
        Some(Object::Array(array)) => array.iter().collect(),
        Some(single @ Object::Reference(_)) => match resolve(doc, single) {
            Object::Array(array) => array.iter().collect(),
            _ => vec![single],
        },
        Some(single) => vec![single],
        None => Vec::new(),
    }
}
