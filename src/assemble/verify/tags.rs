//! The structure tree of a finished file.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use crate::assemble::object::{as_dict, get_array, get_dict, resolve};

/// Lists of references shorter than this are left as they are.
const LONG: usize = 16;

/// Folds what a large file has much of and what is only looked at in passing: the lists of elements by
/// their pages, how elements look, and the widths of letters.
pub(super) fn folded(object: &Object) -> Option<Object> {
    let plain = match object {
        // How elements look: nothing here depends on it.
        Object::Dictionary(dict) if is_attributes(dict) => return Some(Object::Null),
        // The widths of a font's letters.
        Object::Array(list) if list.len() >= LONG && list.iter().all(is_number) => {
            return Some(Object::Null);
        }
        Object::Array(list) if list.len() >= LONG => list,
        _ => return None,
    };
    let mut numbers = Vec::with_capacity(plain.len() * 4);
    for entry in plain {
        match entry {
            Object::Reference((number, 0)) => numbers.extend(number.to_le_bytes()),
            Object::Null => numbers.extend(0_u32.to_le_bytes()),
            _ => return None,
        }
    }
    Some(string(numbers))
}

/// Whether a dictionary is the attributes of elements: nothing else names its owner and no kind.
fn is_attributes(dict: &Dictionary) -> bool {
    matches!(dict.get(b"O"), Ok(Object::Name(_)))
        && ![b"S".as_slice(), b"Type", b"Subtype"]
            .iter()
            .any(|key| dict.has(key))
}

fn is_number(object: &Object) -> bool {
    matches!(object, Object::Integer(_) | Object::Real(_))
}

fn string(bytes: Vec<u8>) -> Object {
    Object::String(bytes, StringFormat::Literal)
}

/// The element that a page's list, folded or not, has at a place.
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
