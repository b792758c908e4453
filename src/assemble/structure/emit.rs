//! A structure tree rewritten: complete, flat, and free of what other programs left in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::tree::{Kid, Tree};
use crate::assemble::object::{get, reference, resolve};

/// What an emitted tree is made of, by object.
#[derive(Debug, Default)]
pub(in crate::assemble) struct Emitted {
    /// The elements directly below the root.
    pub(in crate::assemble) roots: Vec<ObjectId>,
    /// Every element that travels.
    pub(in crate::assemble) kept: BTreeSet<ObjectId>,
    /// Every element that was in the file and does not.
    pub(in crate::assemble) dropped: HashSet<ObjectId>,
    /// Entries of the ParentTree: who refers to them by which key, and what they hold.
    pub(in crate::assemble) parents: Vec<Parent>,
    /// Elements with an identifier.
    pub(in crate::assemble) ids: Vec<(Vec<u8>, ObjectId)>,
    /// The namespaces of elements.
    pub(in crate::assemble) namespaces: HashSet<ObjectId>,
    /// The types of elements and their classes, as the file calls them.
    types: BTreeSet<Vec<u8>>,
    classes: BTreeSet<Vec<u8>>,
    /// Structure elements on the selected pages before the tree was rewritten.
    pub(in crate::assemble) elements_in: usize,
}

impl Emitted {
    /// Of a role map what the types of elements lead to.
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

    /// Of a class map the classes that elements have.
    pub(in crate::assemble) fn classes(&self, map: &Dictionary) -> Dictionary {
        let used = map
            .iter()
            .filter(|(class, _)| self.classes.contains(*class));
        used.map(|(class, attributes)| (class.clone(), attributes.clone()))
            .collect()
    }

    /// Notes what an element names beside the tree.
    fn note(&mut self, doc: &Document, element: &Dictionary) {
        if let Some(Object::Name(kind)) = get(doc, element, b"S") {
            self.types.insert(kind.clone());
        }
        self.namespaces
            .extend(element.get(b"NS").ok().and_then(reference));
        match get(doc, element, b"C") {
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

/// One entry of the ParentTree.
#[derive(Debug)]
pub(in crate::assemble) enum Parent {
    /// A page's or a stream's: elements by marked-content number.
    Contents {
        holder: ObjectId,
        elements: Vec<Option<ObjectId>>,
    },
    /// An annotation's or XObject's: the element that holds it.
    Whole { holder: ObjectId, element: ObjectId },
}

impl Tree {
    /// Puts the kept elements into `doc` as objects, replacing those they were read from.
    pub(in crate::assemble) fn emit(
        self,
        doc: &mut Document,
        keep: &[bool],
        mut fresh: impl FnMut(&Document) -> ObjectId,
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
                Some(element.id.unwrap_or_else(|| {
                    let id = fresh(doc);
                    doc.objects.insert(id, Object::Null);
                    id
                }))
            })
            .collect();
        emitted.kept = ids.iter().flatten().copied().collect();
        emitted.elements_in = keep.iter().filter(|keep| **keep).count();
        emitted.roots = self.roots.iter().filter_map(|root| ids[*root]).collect();

        let mut contents: BTreeMap<ObjectId, BTreeMap<i64, ObjectId>> = BTreeMap::new();
        let mut whole: BTreeMap<ObjectId, ObjectId> = BTreeMap::new();
        for (index, element) in self.elements.into_iter().enumerate() {
            let Some(id) = ids[index] else { continue };
            let mut dict = element.dict;
            if let Some(Object::String(name, _)) = get(doc, &dict, b"ID") {
                emitted.ids.push((name.clone(), id));
            }
            emitted.note(doc, &dict);
            dict.set("Type", Object::Name(b"StructElem".to_vec()));
            if let Some(parent) = element.parent.and_then(|parent| ids[parent]) {
                dict.set("P", parent);
            }
            if let Some(page) = element.page {
                dict.set("Pg", page);
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
                1 => dict.set("K", kids.swap_remove(0)),
                _ => dict.set("K", kids),
            }
            doc.objects.insert(id, Object::Dictionary(dict));
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
