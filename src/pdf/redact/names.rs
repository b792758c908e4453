//! Names that the author of a file could choose: of resources, states of buttons and classes of structure
//! elements. If one repeats what was removed, it is replaced everywhere in the file.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object};

use super::secret::Secrets;

/// How deep objects may be nested.
const DEEPEST: usize = 100;
/// The keys of dictionaries whose own keys can be chosen.
const LISTS: [&[u8]; 10] = [
    b"Font",
    b"XObject",
    b"ExtGState",
    b"Pattern",
    b"ColorSpace",
    b"Shading",
    b"Properties",
    b"ClassMap",
    b"RoleMap",
    b"CharProcs",
];
/// The looks of an annotation. Each may be several, by state.
const LOOKS: [&[u8]; 3] = [b"N", b"R", b"D"];

/// New names for old ones.
pub(super) type Renamed = BTreeMap<Vec<u8>, Vec<u8>>;

/// Renames what repeats words that were removed. Returns the new names, which content streams use too.
pub(super) fn rename(doc: &mut Document, secrets: &Secrets) -> Renamed {
    if secrets.is_empty() {
        return Renamed::new();
    }
    let (mut chosen, mut fixed) = (BTreeSet::new(), BTreeSet::new());
    let trailer = Object::Dictionary(doc.trailer.clone());
    for object in doc.objects.values().chain(Some(&trailer)) {
        survey(object, doc, &mut chosen, &mut fixed, 0);
    }
    let renamed: Renamed = chosen
        .difference(&fixed)
        .filter(|name| secrets.in_bytes(name))
        .enumerate()
        .map(|(at, name)| (name.clone(), format!("Renamed{at}").into_bytes()))
        .collect();
    if !renamed.is_empty() {
        for object in doc.objects.values_mut() {
            replace(object, &renamed, 0);
        }
    }
    renamed
}

/// Collects the names that could be chosen, and those of the format.
fn survey(
    object: &Object,
    doc: &Document,
    chosen: &mut BTreeSet<Vec<u8>>,
    fixed: &mut BTreeSet<Vec<u8>>,
    depth: usize,
) {
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        Object::Array(items) if depth < DEEPEST => {
            for item in items {
                survey(item, doc, chosen, fixed, depth + 1);
            }
            return;
        }
        _ => return,
    };
    for (key, value) in dict {
        if matches!(key.as_slice(), b"Type" | b"Subtype" | b"Filter" | b"FT")
            && let Object::Name(name) = value
        {
            fixed.insert(name.clone());
        }
        // The shading of a pattern is not a list.
        let lists = LISTS.contains(&key.as_slice()) && !dict.has(b"PatternType");
        if lists && let Some(list) = list(doc, value) {
            chosen.extend(list.iter().map(|(name, _)| name.clone()));
        }
        if key == b"AP"
            && let Some(looks) = list(doc, value)
        {
            let states = LOOKS
                .iter()
                .filter_map(|look| list(doc, looks.get(look).ok()?));
            chosen.extend(
                states
                    .flat_map(Dictionary::iter)
                    .map(|(name, _)| name.clone()),
            );
        }
        if depth < DEEPEST {
            survey(value, doc, chosen, fixed, depth + 1);
        }
    }
}

fn list<'a>(doc: &'a Document, value: &'a Object) -> Option<&'a Dictionary> {
    match crate::pdf::object::resolve(doc, value) {
        Object::Dictionary(dict) => Some(dict),
        _ => None,
    }
}

/// Replaces old names by new ones.
pub(super) fn replace(object: &mut Object, renamed: &Renamed, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let dict = match object {
        Object::Name(name) => {
            if let Some(new) = renamed.get(name) {
                name.clone_from(new);
            }
            return;
        }
        Object::Array(items) => {
            for item in items {
                replace(item, renamed, depth + 1);
            }
            return;
        }
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &mut stream.dict,
        _ => return,
    };
    let old: Vec<Vec<u8>> = dict
        .iter()
        .map(|(key, _)| key)
        .filter(|key| renamed.contains_key(*key))
        .cloned()
        .collect();
    for key in old {
        if let (Some(value), Some(new)) = (dict.remove(&key), renamed.get(&key)) {
            dict.set(new.clone(), value);
        }
    }
    for (_, value) in dict.iter_mut() {
        replace(value, renamed, depth + 1);
    }
}
