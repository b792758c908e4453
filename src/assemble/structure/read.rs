//! Reads a whole structure tree. It follows the tree's own `K` entries, and the ParentTree adds what
//! they do not reach.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::root::names;
use super::tree::{Element, HIGHEST_MCID, Kid, Tree};
use crate::assemble::entries::Entries;
use crate::assemble::object::{
    as_dict, get, get_dict, get_int, get_name, name, reference, resolve,
};

/// How far an element may be from the root if only the ParentTree leads to it.
const DEEPEST: usize = 96;
/// The most elements that are read. The largest report seen has 40,000.
const MOST_ELEMENTS: usize = 2_000_000;
/// The keys of an element that are kept. `AF`, which embeds files, and private keys are not.
const KEPT: [&[u8]; 13] = [
    b"S",
    b"ID",
    b"R",
    b"T",
    b"Lang",
    b"Alt",
    b"E",
    b"ActualText",
    b"A",
    b"C",
    b"NS",
    b"Phoneme",
    b"Ref",
];

/// Reads the structure tree of `doc`, if it has one.
pub(in crate::assemble) fn read(doc: &Document) -> Option<Tree> {
    let root = get_dict(doc, doc.catalog().ok()?, b"StructTreeRoot")?;
    let mut reading = Reading {
        doc,
        tree: Tree {
            roles: names(doc, b"RoleMap"),
            ..Tree::default()
        },
        seen: HashMap::new(),
    };
    reading.below(None, children(doc, root));
    reading.of_parent_tree(root);
    let tree = reading.tree;
    (!tree.elements.is_empty()).then_some(tree)
}

/// A tree while it is being read.
struct Reading<'a> {
    doc: &'a Document,
    tree: Tree,
    /// Where each element is in the arena.
    seen: HashMap<ObjectId, usize>,
}

impl<'a> Reading<'a> {
    /// Reads everything below a parent.
    fn below(&mut self, parent: Option<usize>, kids: Vec<&'a Object>) {
        let doc = self.doc;
        let tree = &mut self.tree;
        let mut pending: Vec<(Option<usize>, Vec<&Object>)> = vec![(parent, kids)];
        while let Some((parent, kids)) = pending.pop() {
            for kid in kids {
                let page = parent.and_then(|parent| tree.elements[parent].page);
                let id = reference(kid);
                match resolve(doc, kid) {
                    Object::Integer(mcid) => tree.hold(
                        parent,
                        Kid::Marked {
                            page,
                            stream: None,
                            mcid: *mcid,
                        },
                    ),
                    Object::Dictionary(dict) => match kind(doc, dict) {
                        Some(b"MCR") => {
                            let page = dict.get(b"Pg").ok().and_then(reference).or(page);
                            let stream = dict.get(b"Stm").ok().and_then(reference);
                            match get(doc, dict, b"MCID") {
                                Some(Object::Integer(mcid)) => {
                                    tree.hold(
                                        parent,
                                        Kid::Marked {
                                            page,
                                            stream,
                                            mcid: *mcid,
                                        },
                                    );
                                }
                                _ => tree.broken = true,
                            }
                        }
                        Some(b"OBJR") => {
                            let page = dict.get(b"Pg").ok().and_then(reference).or(page);
                            match dict.get(b"Obj").ok().and_then(reference) {
                                Some(target) => tree.hold(parent, Kid::Object { page, target }),
                                None => tree.broken = true,
                            }
                        }
                        _ if is_element(doc, dict) => {
                            if tree.elements.len() >= MOST_ELEMENTS
                                || id.is_some_and(|id| self.seen.contains_key(&id))
                            {
                                tree.broken = true;
                                continue;
                            }
                            let index = tree.elements.len();
                            if let Some(id) = id {
                                self.seen.insert(id, index);
                            }
                            let mut entries = kept(dict);
                            // An element without a valid type keeps its place as one without meaning.
                            let kind = get(doc, dict, b"S").filter(|kind| kind.as_name().is_ok());
                            tree.broken |= kind.is_none();
                            entries.set(b"S", kind.cloned().unwrap_or_else(|| name("NonStruct")));
                            let own = dict.get(b"Pg").ok().and_then(reference).or(page);
                            tree.elements.push(Element {
                                id,
                                entries,
                                page: own,
                                parent,
                                kids: Vec::new(),
                            });
                            match parent {
                                Some(parent) => {
                                    tree.elements[parent].kids.push(Kid::Element(index));
                                }
                                None => tree.roots.push(index),
                            }
                            pending.push((Some(index), children(doc, dict)));
                        }
                        _ => tree.broken = true,
                    },
                    Object::Null => {}
                    _ => tree.broken = true,
                }
            }
        }
    }

    /// Reads what only the ParentTree reaches, such as elements of page numbers that a program set beside
    /// the text and never added to the tree. Each goes last below the parent that it names.
    fn of_parent_tree(&mut self, root: &'a Dictionary) {
        let doc = self.doc;
        let Some(parents) = get_dict(doc, root, b"ParentTree") else {
            return;
        };
        let entries = numbered(doc, parents);
        let kids = self.tree.elements.iter().flat_map(|element| &element.kids);
        let placed: HashSet<(ObjectId, i64)> = kids.filter_map(on_page).collect();
        // The content of elements that are read here, with their places.
        let mut held: HashSet<(usize, (ObjectId, i64))> = HashSet::new();
        for (page, object) in &doc.objects {
            let Some(key) = as_dict(object)
                .filter(
                    |dict| matches!(dict.get(b"Type"), Ok(Object::Name(kind)) if kind == b"Page"),
                )
                .and_then(|dict| get_int(doc, dict, b"StructParents"))
            else {
                continue;
            };
            let Some(Object::Array(elements)) = entries.get(&key).map(|entry| resolve(doc, entry))
            else {
                continue;
            };
            for (mcid, element) in (0..HIGHEST_MCID).zip(elements) {
                if placed.contains(&(*page, mcid)) {
                    continue;
                }
                let before = self.tree.elements.len();
                let hung = self.hung(element);
                for (at, element) in self.tree.elements.iter().enumerate().skip(before) {
                    let kids = element.kids.iter().filter_map(on_page);
                    held.extend(kids.map(|content| (at, content)));
                }
                let Some(index) = hung else {
                    continue;
                };
                let mut holders = (before..self.tree.elements.len()).chain([index]);
                if !holders.any(|at| held.contains(&(at, (*page, mcid)))) {
                    self.tree.elements[index].kids.push(Kid::Marked {
                        page: Some(*page),
                        stream: None,
                        mcid,
                    });
                }
            }
        }
        // The elements of whole links and fields.
        for entry in entries.into_values() {
            if as_dict(resolve(doc, entry)).is_some() {
                self.hung(entry);
            }
        }
    }

    /// The place of an element. It is added below its parent if it was not reached before. `None` if its
    /// parents do not lead to the root.
    fn hung(&mut self, element: &'a Object) -> Option<usize> {
        let doc = self.doc;
        let mut up: Vec<&Object> = Vec::new();
        let mut at = element;
        let mut parent = loop {
            let dict = as_dict(resolve(doc, at))?;
            if let Some(known) = reference(at).and_then(|id| self.seen.get(&id)) {
                break Some(*known);
            }
            if !is_element(doc, dict) {
                let is_root = matches!(dict.get(b"Type"), Ok(Object::Name(kind)) if kind == b"StructTreeRoot");
                if is_root {
                    break None;
                }
                return None;
            }
            if up.len() >= DEEPEST {
                return None;
            }
            up.push(at);
            at = dict.get(b"P").ok()?;
        };
        for object in up.into_iter().rev() {
            let id = reference(object)?;
            if !self.seen.contains_key(&id) {
                self.below(parent, vec![object]);
            }
            parent = Some(*self.seen.get(&id)?);
        }
        parent
    }
}

/// What is kept of an element, in the order of [`KEPT`].
fn kept(dict: &Dictionary) -> Entries {
    let mut values = [None; KEPT.len()];
    for (key, value) in dict {
        if let Some(place) = KEPT.iter().position(|kept| kept == key) {
            values[place] = Some(value);
        }
    }
    let entries = KEPT.into_iter().zip(values);
    entries
        .filter_map(|(key, value)| Some((key, value?.clone())))
        .collect()
}

/// The page and number of marked content that is directly on a page.
pub(super) fn on_page(kid: &Kid) -> Option<(ObjectId, i64)> {
    match kid {
        Kid::Marked {
            page: Some(page),
            stream: None,
            mcid,
        } => Some((*page, *mcid)),
        _ => None,
    }
}

/// The entries of a number tree.
fn numbered<'a>(doc: &'a Document, root: &'a Dictionary) -> BTreeMap<i64, &'a Object> {
    let mut entries = BTreeMap::new();
    let mut met: HashSet<ObjectId> = HashSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let Some(Object::Array(numbers)) = get(doc, node, b"Nums") {
            for pair in numbers.chunks_exact(2) {
                if let Object::Integer(key) = resolve(doc, &pair[0]) {
                    entries.entry(*key).or_insert(&pair[1]);
                }
            }
        }
        if let Some(Object::Array(kids)) = get(doc, node, b"Kids") {
            let fresh = kids
                .iter()
                .filter(|kid| reference(kid).is_some_and(|id| met.insert(id)));
            open.extend(fresh.filter_map(|kid| as_dict(resolve(doc, kid))));
        }
    }
    entries
}

/// The `K` of an element, always as a list.
fn children<'a>(doc: &'a Document, dict: &'a Dictionary) -> Vec<&'a Object> {
    match dict.get(b"K") {
        Ok(kids) => match resolve(doc, kids) {
            Object::Array(array) => array.iter().collect(),
            _ => vec![kids],
        },
        Err(_) => Vec::new(),
    }
}

/// Whether a dictionary is an element. Its type may be missing. In a damaged file, a page may look like
/// an element.
fn is_element(doc: &Document, dict: &Dictionary) -> bool {
    let other = matches!(
        get_name(doc, dict, b"Type"),
        Some(b"Page" | b"Pages" | b"Catalog" | b"Annot" | b"StructTreeRoot")
    );
    dict.has(b"S") && !other
}

fn kind<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<&'a [u8]> {
    match get(doc, dict, b"Type") {
        Some(Object::Name(name)) => Some(name),
        _ if dict.has(b"MCID") && !dict.has(b"S") => Some(b"MCR"),
        _ if dict.has(b"Obj") && !dict.has(b"S") => Some(b"OBJR"),
        _ => None,
    }
}
