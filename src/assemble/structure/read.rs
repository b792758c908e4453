//! A structure tree read whole: the tree's own `K` entries are the truth, and the ParentTree adds
//! what they do not reach.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::root::names;
use super::tree::{Element, HIGHEST_MCID, Kid, Tree};
use crate::assemble::object::{
    as_dict, get, get_dict, get_int, get_name, name, reference, resolve,
};

/// How far an element may be from the root where only the ParentTree leads to it.
const DEEPEST: usize = 96;
/// Elements read at most; the largest report seen has 40,000.
const MOST_ELEMENTS: usize = 2_000_000;
/// Attributes of an element that travel. `AF` does not (it embeds files), nor private keys.
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

/// A tree while it is read.
struct Reading<'a> {
    doc: &'a Document,
    tree: Tree,
    /// Where each element is in the arena.
    seen: HashMap<ObjectId, usize>,
}

impl<'a> Reading<'a> {
    /// Reads what a parent has below it.
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
                            let mut kept = Dictionary::new();
                            for key in KEPT {
                                if let Ok(value) = dict.get(key) {
                                    kept.set(key, value.clone());
                                }
                            }
                            // What is no kind of element leaves the words in their place.
                            let kind = get(doc, dict, b"S").filter(|kind| kind.as_name().is_ok());
                            tree.broken |= kind.is_none();
                            kept.set("S", kind.cloned().unwrap_or_else(|| name("NonStruct")));
                            let own = dict.get(b"Pg").ok().and_then(reference).or(page);
                            tree.elements.push(Element {
                                id,
                                dict: kept,
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

    /// Reads what only the ParentTree reaches: the elements of page numbers, say, that a program set
    /// beside the text and never hung into the tree. Each comes last below the parent that it names.
    fn of_parent_tree(&mut self, root: &'a Dictionary) {
        let doc = self.doc;
        let Some(parents) = get_dict(doc, root, b"ParentTree") else {
            return;
        };
        let entries = numbered(doc, parents);
        let mut placed: HashSet<(ObjectId, i64)> = HashSet::new();
        for kid in self.tree.elements.iter().flat_map(|element| &element.kids) {
            if let Kid::Marked {
                page: Some(page),
                stream: None,
                mcid,
            } = kid
            {
                placed.insert((*page, *mcid));
            }
        }
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
                let Some(index) = self.hung(element) else {
                    continue;
                };
                let holds = |element: &Element| {
                    element.kids.iter().any(|kid| {
                        matches!(kid, Kid::Marked { page: Some(at), stream: None, mcid: own }
                            if at == page && *own == mcid)
                    })
                };
                if !self.tree.elements[before..].iter().any(holds)
                    && !holds(&self.tree.elements[index])
                {
                    self.tree.elements[index].kids.push(Kid::Marked {
                        page: Some(*page),
                        stream: None,
                        mcid,
                    });
                }
            }
        }
        // What stands for a link or a field as a whole.
        for entry in entries.into_values() {
            if as_dict(resolve(doc, entry)).is_some() {
                self.hung(entry);
            }
        }
    }

    /// The place of an element, which is hung below its parent if it was not reached before; nothing
    /// where nothing leads from it to the root.
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

/// Whether a dictionary is an element, which need not say so. In a damaged file a page may have what
/// makes an element.
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
