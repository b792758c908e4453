//! The structure tree of a finished file.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use crate::assemble::object::{as_dict, get_array, get_dict, resolve};

/// The shortest list that is folded or left out.
const LONG: usize = 16;

/// A folded list of elements as pages have it. A large file has many of them.
pub(super) fn folded(object: &Object) -> Option<Object> {
    let list = object.as_array().ok().filter(|list| list.len() >= LONG)?;
    let mut numbers = Vec::with_capacity(list.len() * 4);
    for entry in list {
        match entry {
            Object::Reference((number, 0)) => numbers.extend(number.to_le_bytes()),
            Object::Null => numbers.extend(0_u32.to_le_bytes()),
            _ => return None,
        }
    }
    Some(Object::String(numbers, StringFormat::Hexadecimal))
}

/// Whether an object is the attributes of elements, which are not checked. Only these have an owner and
/// no type.
pub(super) fn is_attributes(object: &Object) -> bool {
    let Object::Dictionary(dict) = object else {
        return false;
    };
    let kinds = [b"S".as_slice(), b"Type", b"Subtype"];
    matches!(dict.get(b"O"), Ok(Object::Name(_))) && !kinds.iter().any(|key| dict.has(key))
}

/// Whether an object is a list of numbers such as the widths of letters.
pub(super) fn is_numbers(object: &Object) -> bool {
    let is_number = |entry: &Object| matches!(entry, Object::Integer(_) | Object::Real(_));
    object
        .as_array()
        .is_ok_and(|list| list.len() >= LONG && list.iter().all(is_number))
}

/// The element at a place in a page's list, which may be folded.
pub(super) fn listed(doc: &Document, list: &Object, place: usize) -> Option<ObjectId> {
    match resolve(doc, list) {
        Object::Array(list) => list.get(place)?.as_reference().ok(),
        Object::String(numbers, _) => {
            let bytes = numbers.get(place * 4..)?.first_chunk::<4>()?;
            Some((u32::from_le_bytes(*bytes), 0))
        }
        _ => None,
    }
}

/// Calls `entry` with each key and value of a number tree. Cycles are cut off.
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

/// The tags of pages and annotations, by the keys that these have.
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
