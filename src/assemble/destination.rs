//! Where the links and bookmarks of one file lead. Named, explicit and numbered destinations all become
//! explicit ones, with the page as an index into the selection.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::{Deserialize, Serialize};

use super::object::{as_dict, get, get_array, get_dict, get_name, get_string, number, resolve};

/// The most names that are read from one file.
const MOST_NAMES: usize = 200_000;

/// A place on a selected page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Destination {
    /// Index into the selected pages.
    pub(super) page: usize,
    /// What follows the page in the destination's array, such as `/XYZ left top zoom` or `/Fit`.
    #[serde(with = "super::stored::array")]
    pub(super) view: Vec<Object>,
}

/// The destinations of one file.
#[derive(Debug)]
pub(super) struct Destinations {
    named: BTreeMap<Vec<u8>, Object>,
    selected: HashMap<ObjectId, usize>,
    /// All pages of the file in order, for destinations that give a page by its number.
    all: Vec<Option<ObjectId>>,
}

impl Destinations {
    /// Collects the names of `doc`. `all` is its pages in order and `selected` those that are kept.
    pub(super) fn new(
        doc: &Document,
        all: Vec<Option<ObjectId>>,
        selected: HashMap<ObjectId, usize>,
    ) -> Self {
        let mut named = BTreeMap::new();
        if let Ok(catalog) = doc.catalog() {
            if let Some(old) = get_dict(doc, catalog, b"Dests") {
                for (name, value) in old.iter().take(MOST_NAMES) {
                    named.insert(name.clone(), value.clone());
                }
            }
            if let Some(root) =
                get_dict(doc, catalog, b"Names").and_then(|names| get_dict(doc, names, b"Dests"))
            {
                name_tree(doc, root, |name, value| {
                    named.insert(name.to_vec(), value.clone());
                });
            }
        }
        Destinations {
            named,
            selected,
            all,
        }
    }

    /// Where an annotation or a bookmark leads: its `Dest`, or its `GoTo` action.
    pub(super) fn of(&self, doc: &Document, holder: &Dictionary) -> Option<Destination> {
        if let Some(destination) = get(doc, holder, b"Dest") {
            return self.resolve(doc, destination);
        }
        let action = get_dict(doc, holder, b"A")?;
        if get_name(doc, action, b"S") != Some(b"GoTo") {
            return None;
        }
        self.resolve(doc, get(doc, action, b"D")?)
    }

    /// Whether an annotation or a bookmark leads to a page of the file that is not selected.
    pub(super) fn leaves(&self, doc: &Document, holder: &Dictionary) -> bool {
        let destination = get(doc, holder, b"Dest").or_else(|| {
            let action = get_dict(doc, holder, b"A")?;
            get(doc, action, b"D").filter(|_| get_name(doc, action, b"S") == Some(b"GoTo"))
        });
        destination
            .and_then(|destination| self.page(doc, destination))
            .is_some_and(|(page, _)| !self.selected.contains_key(&page))
    }

    /// The place that a destination of any form leads to, or `None` if it is not on a selected page.
    pub(super) fn resolve(&self, doc: &Document, destination: &Object) -> Option<Destination> {
        let (page, rest) = self.page(doc, destination)?;
        Some(Destination {
            page: *self.selected.get(&page)?,
            view: view(doc, rest),
        })
    }

    /// The page that a destination of any form names, and what follows it.
    fn page<'d>(
        &'d self,
        doc: &'d Document,
        destination: &'d Object,
    ) -> Option<(ObjectId, &'d [Object])> {
        let mut current = destination;
        for _ in 0..8 {
            match resolve(doc, current) {
                Object::Name(name) => current = self.named.get(name)?,
                Object::String(name, _) => current = self.named.get(name)?,
                Object::Dictionary(dict) => current = dict.get(b"D").ok()?,
                Object::Array(array) => {
                    let (first, rest) = array.split_first()?;
                    let id = match first {
                        Object::Reference(id) => *id,
                        Object::Integer(index) => self
                            .all
                            .get(usize::try_from(*index).ok()?)
                            .copied()
                            .flatten()?,
                        _ => return None,
                    };
                    return Some((id, rest));
                }
                _ => return None,
            }
        }
        None
    }
}

/// The view of a destination, reduced to a known kind and numbers.
fn view(doc: &Document, rest: &[Object]) -> Vec<Object> {
    let whole_page = || vec![Object::Name(b"Fit".to_vec())];
    let Some(Object::Name(kind)) = rest.first().map(|kind| resolve(doc, kind)) else {
        return whole_page();
    };
    let count = match kind.as_slice() {
        b"XYZ" => 3,
        b"FitH" | b"FitV" | b"FitBH" | b"FitBV" => 1,
        b"FitR" => 4,
        b"FitB" => 0,
        _ => return whole_page(),
    };
    let mut view = vec![Object::Name(kind.clone())];
    for index in 1..=count {
        let value = rest.get(index).map(|value| resolve(doc, value));
        view.push(match value {
            Some(value) if number(value).is_some() => value.clone(),
            _ if kind == b"FitR" => return whole_page(),
            _ => Object::Null,
        });
    }
    view
}

/// Calls `entry` with each name and value of a name tree. Cycles are cut off, and so are too many names.
pub(super) fn name_tree<'a>(
    doc: &'a Document,
    root: &'a Dictionary,
    mut entry: impl FnMut(&[u8], &'a Object),
) {
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut stack = vec![root];
    let mut count = 0;
    while let Some(node) = stack.pop() {
        if let Some(names) = get_array(doc, node, b"Names") {
            for pair in names.chunks_exact(2) {
                count += 1;
                if count > MOST_NAMES {
                    return;
                }
                if let Object::String(name, _) = resolve(doc, &pair[0]) {
                    entry(name, &pair[1]);
                }
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

/// The address of a link that may be kept: on the web, for email or telephone, or a place in the pack.
pub(super) fn address(doc: &Document, action: &Dictionary) -> Option<Vec<u8>> {
    if get_name(doc, action, b"S") != Some(b"URI") {
        return None;
    }
    let uri = get_string(doc, action, b"URI")?;
    let text = String::from_utf8_lossy(uri);
    let text = text.trim();
    let scheme = text
        .split(':')
        .next()
        .filter(|scheme| scheme.len() < text.len());
    let scheme = scheme.map(str::to_ascii_lowercase);
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel" | "ftp" | "pack") => {
            Some(text.as_bytes().to_vec())
        }
        // It has no scheme: a bare address such as www.example.org, as word processors write it.
        None => (!text.is_empty()).then(|| text.as_bytes().to_vec()),
        Some(other) if other.contains('.') || other.contains('/') => Some(text.as_bytes().to_vec()),
        Some(_) => None,
    }
}
