//! Writes a structure tree again, complete, flat and without what other programs left in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::tree::{Kid, Tree};
use crate::assemble::entries::Entries;
use crate::assemble::object::{reference, resolve};

/// The objects of a tree that was written again.
#[derive(Debug, Default)]
pub(in crate::assemble) struct Emitted {
    /// The elements directly below the root.
    pub(in crate::assemble) roots: Vec<ObjectId>,
    /// All elements that are kept, as they are now.
    pub(in crate::assemble) elements: BTreeMap<ObjectId, Entries>,
    /// All elements of the file that are left out.
    pub(in crate::assemble) dropped: HashSet<ObjectId>,
    /// The entries of the ParentTree.
    pub(in crate::assemble) parents: Vec<Parent>,
    /// Elements with an identifier.
    pub(in crate::assemble) ids: Vec<(Vec<u8>, ObjectId)>,
    /// The namespaces of elements.
    pub(in crate::assemble) namespaces: HashSet<ObjectId>,
    /// The types of elements, as the file names them.
    types: BTreeSet<Vec<u8>>,
    /// The classes of elements, as the file names them.
    classes: BTreeSet<Vec<u8>>,
    /// How many elements of the file belong to the selected pages.
    pub(in crate::assemble) elements_in: usize,
}

impl Emitted {
    /// The entries of a role map that the types of elements lead to.
    pub(in crate::assemble) fn roles(&self, map: &Dictionary) -> Dictionary {
        let mut used = Dictionary::new();
        for kind in &self.types {
            let mut kind = kind;
            while let Ok(target) = map.get(kind)
                && !used.has(kind)
            {
                used.set(kind.clone(), target.clone());
                match target {
                    Object::Name(next) => kind = next,
                    _ => break,
                }
            }
        }
        used
    }

    /// The entries of a class map for the classes that elements have.
    pub(in crate::assemble) fn classes(&self, map: &Dictionary) -> Dictionary {
        let used = map
            .iter()
            .filter(|(class, _)| self.classes.contains(*class));
        used.map(|(class, attributes)| (class.clone(), attributes.clone()))
            .collect()
    }

    /// Notes the type, namespace and classes of an element.
    fn note(&mut self, doc: &Document, element: &Entries) {
        if let Some(Object::Name(kind)) = element.resolved(doc, b"S") {
            self.types.insert(kind.clone());
        }
        self.namespaces
            .extend(element.get(b"NS").and_then(reference));
        match element.resolved(doc, b"C") {
            Some(Object::Name(class)) => {
                self.classes.insert(class.clone());
            }
            Some(Object::Array(classes)) => {
                let names = classes.iter().map(|class| resolve(doc, class));
                let names = names.filter_map(|class| class.as_name().ok());
                self.classes.extend(names.map(<[u8]>::to_vec));
            }
            _ => {}
        }
    }
}

/// An entry of the ParentTree.
#[derive(Debug)]
pub(in crate::assemble) enum Parent {
    /// For a page or a stream: the elements by marked-content number.
    Contents {
        holder: ObjectId,
        elements: Vec<Option<ObjectId>>,
    },
    /// For an annotation or an XObject: the element that holds it.
    Whole { holder: ObjectId, element: ObjectId },
}

impl Tree {
    /// Writes the kept elements, which replace those that they were read from.
    pub(in crate::assemble) fn emit(
        self,
        doc: &Document,
        keep: &[bool],
        mut fresh: impl FnMut() -> ObjectId,
    ) -> Emitted {
        let mut emitted = Emitted::default();
        let ids: Vec<Option<ObjectId>> = self
            .elements
            .iter()
            .zip(keep)
            .map(|(element, keep)| {
                if !*keep {
                    emitted.dropped.extend(element.id);
                    return None;
                }
                Some(element.id.unwrap_or_else(&mut fresh))
            })
            .collect();
        emitted.elements_in = keep.iter().filter(|keep| **keep).count();
        emitted.roots = self.roots.iter().filter_map(|root| ids[*root]).collect();

        let mut contents: BTreeMap<ObjectId, BTreeMap<i64, ObjectId>> = BTreeMap::new();
        let mut whole: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
        for (index, element) in self.elements.into_iter().enumerate() {
            let Some(id) = ids[index] else { continue };
            let mut entries = element.entries;
            if let Some(name) = entries.string(doc, b"ID") {
                emitted.ids.push((name.to_vec(), id));
            }
            emitted.note(doc, &entries);
            entries.set(b"Type", Object::Name(b"StructElem".to_vec()));
            if let Some(parent) = element.parent.and_then(|parent| ids[parent]) {
                entries.set(b"P", parent);
            }
            if let Some(page) = element.page {
                entries.set(b"Pg", page);
            }
            let mut kids = Vec::with_capacity(element.kids.len());
            for kid in element.kids {
                match kid {
                    Kid::Element(kid) => kids.extend(ids[kid].map(Object::Reference)),
                    Kid::Marked {
                        page: Some(page),
                        stream,
                        mcid,
                    } => {
                        contents
                            .entry(stream.unwrap_or(page))
                            .or_default()
                            .insert(mcid, id);
                        kids.push(if stream.is_none() && element.page == Some(page) {
                            Object::Integer(mcid)
                        } else {
                            let mut mcr = Dictionary::new();
                            mcr.set("Type", Object::Name(b"MCR".to_vec()));
                            mcr.set("Pg", page);
                            if let Some(stream) = stream {
                                mcr.set("Stm", stream);
                            }
                            mcr.set("MCID", mcid);
                            Object::Dictionary(mcr)
                        });
                    }
                    Kid::Marked { page: None, .. } => {}
                    Kid::Object { page, target } => {
                        whole.entry(target).or_insert(id);
                        let mut objr = Dictionary::new();
                        objr.set("Type", Object::Name(b"OBJR".to_vec()));
                        if let Some(page) = page.or(element.page) {
                            objr.set("Pg", page);
                        }
                        objr.set("Obj", target);
                        kids.push(Object::Dictionary(objr));
                    }
                }
            }
            match kids.len() {
                0 => {}
                1 => entries.set(b"K", kids.swap_remove(0)),
                _ => entries.set(b"K", kids),
            }
            emitted.elements.insert(id, entries);
        }
        for (holder, marked) in contents {
            let length = marked
                .keys()
                .next_back()
                .map_or(0, |highest| usize::try_from(*highest).unwrap_or(0) + 1);
            let mut elements = vec![None; length];
            for (mcid, element) in marked {
                if let Some(slot) = usize::try_from(mcid)
                    .ok()
                    .and_then(|mcid| elements.get_mut(mcid))
                {
                    *slot = Some(element);
                }
            }
            emitted.parents.push(Parent::Contents { holder, elements });
        }
        for (holder, element) in whole {
            emitted.parents.push(Parent::Whole { holder, element });
        }
        emitted
    }
}
