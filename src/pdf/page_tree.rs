//! The pages of a PDF in order, each with everything that it inherits from the page tree. Broken trees are
//! walked as far as possible, and never in a circle.

use std::collections::{HashMap, HashSet};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{as_dict, get, get_name, resolve, target};
use crate::model::{LostPage, LostPageKind};

/// The most pages that are read, which is more than any pack has.
const MOST_PAGES: usize = 50_000;
/// The most nodes that are visited, so that a tree whose nodes share children comes to an end.
const MOST_NODES: usize = 200_000;
/// How often one object may be met. A tree whose branches share others could have any number of pages.
const MOST_MEETINGS: u32 = 64;
/// The greatest depth of the tree. Real ones have five levels.
const DEEPEST: usize = 2_000;

/// The most places without a page that are reported for one tree.
const MOST_LOST: usize = 1_000;
/// Keys that a page has, and hardly any other object.
const OF_A_PAGE: [&[u8]; 4] = [b"Contents", b"MediaBox", b"CropBox", b"Parent"];

/// The keys that a page may inherit.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A page of a document.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// Its object, unless the tree holds it directly.
    pub(crate) id: Option<ObjectId>,
    /// Its dictionary with what it inherits.
    pub(crate) dict: Dictionary,
}

/// One level of the walk: the children still to visit and what they inherit.
struct Level<'a> {
    kids: std::slice::Iter<'a, Object>,
    inherited: Vec<(&'static [u8], &'a Object)>,
    node: Option<ObjectId>,
}

/// The pages of `doc`, in order. Nodes that are not dictionaries are left out.
pub(crate) fn pages(doc: &Document) -> Vec<Page> {
    let mut pages = Vec::new();
    walk(doc, root(doc), |id, node, inherited| {
        let mut dict = node.clone();
        for (key, value) in inherited {
            // A null value is the same as a missing one (ISO 32000-1, 7.3.9).
            if get(doc, &dict, key).is_none() {
                dict.set(*key, (*value).clone());
            }
        }
        pages.push(Page { id, dict });
    });
    pages
}

/// The references to the streams of a page's content, without those that do not exist.
pub(crate) fn contents<'a>(doc: &'a Document, page: &'a Dictionary) -> Vec<&'a Object> {
    let Ok(contents) = page.get(b"Contents") else {
        return Vec::new();
    };
    let entries = match resolve(doc, contents) {
        Object::Array(entries) => entries.as_slice(),
        _ => std::slice::from_ref(contents),
    };
    entries
        .iter()
        .filter(|entry| {
            matches!(entry, Object::Reference(_))
                && matches!(resolve(doc, entry), Object::Stream(_))
        })
        .collect()
}

/// How many pages `doc` has, without copying any.
pub(crate) fn count(doc: &Document) -> usize {
    measure(doc).0
}

/// How many pages `doc` has, and whether all that its tree names could be read, deleted pages aside.
pub(crate) fn measure(doc: &Document) -> (usize, bool) {
    let mut count = 0;
    let lost = walk(doc, root(doc), |_, _, _| count += 1);
    let deleted = |page: &LostPage| page.kind == LostPageKind::Deleted;
    (count, root(doc).is_some() && lost.iter().all(deleted))
}

/// The places where the tree of `doc` names a page that does not exist.
pub(crate) fn lost(doc: &Document) -> Vec<LostPage> {
    walk(doc, root(doc), |_, _, _| {})
}

/// How many pages the tree of `doc` claims to have.
pub(crate) fn told(doc: &Document) -> Option<u32> {
    let root = as_dict(resolve(doc, root(doc)?))?;
    u32::try_from(super::object::get_int(doc, root, b"Count")?).ok()
}

/// How much of what a page names as its content the file does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lacking {
    /// Nothing of it is lacking.
    None,
    /// Some of it is there.
    Some,
    /// All of it is lacking.
    All,
}

/// How much of a page's content is lacking.
pub(crate) fn lacking(doc: &Document, page: &Dictionary) -> Lacking {
    let Ok(contents) = page.get(b"Contents") else {
        return Lacking::None;
    };
    let is_lost = |entry: &&Object| {
        matches!(entry, Object::Reference(_)) && !matches!(resolve(doc, entry), Object::Stream(_))
    };
    let named = match resolve(doc, contents) {
        Object::Array(entries) => entries.as_slice(),
        _ => std::slice::from_ref(contents),
    };
    match named.iter().filter(is_lost).count() {
        0 => Lacking::None,
        _ if self::contents(doc, page).is_empty() => Lacking::All,
        _ => Lacking::Some,
    }
}

/// How many pages a catalog leads to.
pub(crate) fn count_from(doc: &Document, catalog: ObjectId) -> usize {
    let mut count = 0;
    let root = doc
        .get_dictionary(catalog)
        .ok()
        .and_then(|catalog| catalog.get(b"Pages").ok());
    walk(doc, root, |_, _, _| count += 1);
    count
}

/// Calls `page` for every page. Returns the places where a page is named that does not exist.
pub(super) fn walk<'a>(
    doc: &'a Document,
    root: Option<&'a Object>,
    mut page: impl FnMut(Option<ObjectId>, &'a Dictionary, &[(&'static [u8], &'a Object)]),
) -> Vec<LostPage> {
    let Some(root) = root else { return Vec::new() };
    let mut lost: Vec<LostPage> = Vec::new();
    let mut stack = vec![Level {
        kids: std::slice::from_ref(root).iter(),
        inherited: Vec::new(),
        node: None,
    }];
    let mut path: HashSet<ObjectId> = HashSet::new();
    let mut met: HashMap<ObjectId, u32> = HashMap::new();
    let (mut nodes, mut found) = (0, 0);
    while let Some(level) = stack.last_mut() {
        let Some(kid) = level.kids.next() else {
            if let Some(id) = level.node {
                path.remove(&id);
            }
            stack.pop();
            continue;
        };
        nodes += 1;
        let mut lose = |kind| {
            if lost.len() < MOST_LOST {
                let after = u32::try_from(found).unwrap_or(u32::MAX);
                lost.push(LostPage { after, kind });
            }
        };
        if nodes > MOST_NODES || found >= MOST_PAGES {
            lose(LostPageKind::TooMany);
            return lost;
        }
        let id = target(doc, kid);
        let node = match resolve(doc, kid) {
            Object::Dictionary(node) => node,
            Object::Null if is_deleted(doc, kid) => {
                lose(LostPageKind::Deleted);
                continue;
            }
            Object::Null => {
                lose(LostPageKind::Missing);
                continue;
            }
            _ => {
                lose(LostPageKind::NoPage);
                continue;
            }
        };
        if let Some(id) = id {
            let met = met.entry(id).or_insert(0_u32);
            *met += 1;
            if *met > MOST_MEETINGS {
                lose(LostPageKind::Circle);
                continue;
            }
        }
        match kids(doc, node) {
            Some(kids) => {
                if stack.len() >= DEEPEST || id.is_some_and(|id| !path.insert(id)) {
                    lose(LostPageKind::Circle);
                    continue;
                }
                let mut inherited = stack
                    .last()
                    .map(|level| level.inherited.clone())
                    .unwrap_or_default();
                for key in INHERITED {
                    if let Ok(value) = node.get(key)
                        && !resolve(doc, value).is_null()
                    {
                        inherited.retain(|(other, _)| *other != key);
                        inherited.push((key, value));
                    }
                }
                stack.push(Level {
                    kids: kids.iter(),
                    inherited,
                    node: id,
                });
            }
            None if is_something_else(doc, node) => lose(LostPageKind::NoPage),
            None => {
                found += 1;
                let inherited = stack
                    .last()
                    .map(|level| level.inherited.as_slice())
                    .unwrap_or_default();
                page(id, node, inherited);
            }
        }
    }
    lost
}

/// The root of the tree.
pub(super) fn root(doc: &Document) -> Option<&Object> {
    doc.catalog().ok()?.get(b"Pages").ok()
}

/// Whether a later revision of the file deleted an object: its table of objects says that the number is free.
/// In a file that was written in one go, such an entry is a mistake.
fn is_deleted(doc: &Document, object: &Object) -> bool {
    let Object::Reference((number, _)) = object else {
        return false;
    };
    let entry = doc.reference_table.get(*number);
    doc.revision_count() > 1 && matches!(entry, Some(XrefEntry::Free | XrefEntry::UnusableFree))
}

/// Whether a node has another type than page or branch, and has nothing that a page would have.
fn is_something_else(doc: &Document, node: &Dictionary) -> bool {
    get_name(doc, node, b"Type")
        .is_some_and(|kind| !matches!(kind, b"Page" | b"Pages" | b"Template"))
        && !OF_A_PAGE.iter().any(|key| node.has(key))
}

/// The children of a node, if it is a branch and not a page.
fn kids<'a>(doc: &'a Document, node: &'a Dictionary) -> Option<&'a [Object]> {
    let is_page = get_name(doc, node, b"Type") == Some(b"Page");
    match get(doc, node, b"Kids") {
        // A single kid may be without brackets.
        Some(Object::Dictionary(_)) if !is_page => node.get(b"Kids").ok().map(std::slice::from_ref),
        Some(Object::Array(kids)) if !is_page || !node.has(b"Contents") => Some(kids),
        _ => {
            let is_tree = get_name(doc, node, b"Type") == Some(b"Pages") && !node.has(b"Contents");
            is_tree.then_some(&[])
        }
    }
}
