//! Joins the structure trees of all sections. Below one `Document`, the groups and sections of the
//! plan are `Part`s, with each file's own tree in its place.
//!
//! Names that two files share are kept apart: custom types, attribute classes and element identifiers
//! are renamed if they would clash. A section without tags gets none.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object};
use rayon::prelude::*;

use super::balanced::{name_tree, number_tree, push};
use super::imported::{Imported, ParentElements, local};
use super::object::{dict, int, name, text_string};
use super::plan::Section;
use super::renaming::{Renamed, rename};
use super::spelling::shared;
use super::structure::{end_of_roles, is_standard};
use super::writer::Bases;

/// What the trees of all sections share.
#[derive(Debug, Default)]
pub(super) struct Graft {
    role_map: Dictionary,
    /// For the ClassMap: the section and object of each class.
    classes: BTreeMap<Vec<u8>, (usize, usize)>,
    /// For the ParentTree: keys, each with its section and object.
    parents: Vec<(usize, usize, usize)>,
    /// For the IDTree: the section and object of each identifier.
    ids: BTreeMap<Vec<u8>, (usize, usize)>,
    next_key: usize,
}

impl Graft {
    /// Changes the keys, names and identifiers in the tags of the sections so that they do not clash.
    pub(super) fn prepare(sections: &mut [Imported]) -> Graft {
        let mut graft = Graft::default();
        sections.par_iter_mut().for_each(leave_parents);
        let number = |(index, section): (usize, &mut Imported)| {
            graft.number_parents(index, section);
            (!section.tags.elements.is_empty()).then(|| {
                let (classes, attributes) = graft.merge_classes(index, section);
                Renamed {
                    roles: graft.merge_roles(section),
                    classes,
                    attributes,
                    prefix: graft.merge_ids(index, section),
                }
            })
        };
        let renamed: Vec<_> = sections.iter_mut().enumerate().map(number).collect();
        sections
            .par_iter_mut()
            .zip(renamed)
            .for_each(|(section, renamed)| {
                if let Some(renamed) = renamed {
                    rename(section, &renamed);
                }
            });
        graft
    }

    fn number_parents(&mut self, index: usize, section: &mut Imported) {
        for entry in std::mem::take(&mut section.tags.parents) {
            let key = self.next_key;
            let (holder_key, object) = match entry.elements {
                ParentElements::Whole(element) => ("StructParent", element),
                ParentElements::Contents(elements) => {
                    let list = elements
                        .into_iter()
                        .map(|element| element.map_or(Object::Null, local))
                        .collect();
                    ("StructParents", section.objects.push(Object::Array(list)))
                }
            };
            let mut is_held = false;
            // A stream with marked content that is also held as a whole has only one of the keys.
            section.objects.change_dict(entry.holder, |holder| {
                holder.set(holder_key, int(key));
                is_held = true;
            });
            if is_held {
                self.parents.push((key, index, object));
                self.next_key += 1;
            }
        }
    }

    /// Adds the section's role map, each type with the standard one at the end of its chain: a type on
    /// the way may lead elsewhere in another file. Returns the types that must be renamed in the section.
    fn merge_roles(&mut self, section: &Imported) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let mut renamed = BTreeMap::new();
        let own = &section.tags.role_map;
        for (role, target) in own {
            let Object::Name(target) = target else {
                continue;
            };
            if is_standard(role) {
                // A role map must not change a standard type, and in the pack that would affect every
                // other file. The elements get the type that it is mapped to instead.
                if let Some(end) = end_of_roles(own, target) {
                    renamed.insert(role.clone(), end.to_vec());
                }
                continue;
            }
            let end = end_of_roles(own, target);
            let target = Object::Name(end.map_or_else(|| target.clone(), <[u8]>::to_vec));
            match self.role_map.get(role) {
                Ok(other) if *other == target => {}
                Err(_) => self.role_map.set(role.clone(), target),
                Ok(_) => {
                    let free = free_name(role, |name| {
                        self.role_map.has(name) || own.has(name) || is_standard(name)
                    });
                    self.role_map.set(free.clone(), target);
                    renamed.insert(role.clone(), free);
                }
            }
        }
        renamed
    }

    /// Adds the section's attribute classes. They are kept as objects of the section, as they may refer
    /// to its other objects. Returns those that got another name, and the places of all.
    fn merge_classes(
        &mut self,
        index: usize,
        section: &mut Imported,
    ) -> (BTreeMap<Vec<u8>, Vec<u8>>, Vec<usize>) {
        let mut renamed = BTreeMap::new();
        let mut places = Vec::new();
        for (class, attributes) in std::mem::take(&mut section.tags.class_map).iter() {
            let free = free_name(class, |name| self.classes.contains_key(name));
            let place = section.objects.push(attributes.clone());
            self.classes.insert(free.clone(), (index, place));
            places.push(place);
            if free != *class {
                renamed.insert(class.clone(), free);
            }
        }
        (renamed, places)
    }

    /// Adds the section's identifiers. Returns the prefix that they need, if any.
    fn merge_ids(&mut self, index: usize, section: &Imported) -> Option<Vec<u8>> {
        let own: BTreeSet<&Vec<u8>> = section.tags.ids.iter().map(|(id, _)| id).collect();
        let clashes = own.iter().any(|id| self.ids.contains_key(*id));
        let prefix = clashes.then(|| format!("s{}-", index + 1).into_bytes());
        for (id, element) in &section.tags.ids {
            let id = match &prefix {
                Some(prefix) => [prefix.as_slice(), id].concat(),
                None => id.clone(),
            };
            self.ids.entry(id).or_insert((index, *element));
        }
        prefix
    }

    /// Builds the root of the tree and the `Part`s. Returns the root's place among the shared objects,
    /// or `None` if no section has tags.
    pub(super) fn build(
        self,
        plan: &[Section],
        sections: &mut [Imported],
        bases: &Bases,
        pack_lang: &str,
        objects: &mut Vec<Object>,
    ) -> Option<usize> {
        if sections.iter().all(|section| section.tags.roots.is_empty()) {
            return None;
        }
        let root = push(objects, Object::Null);
        let document = push(objects, Object::Null);
        // The open groups, each with its title, its object and its children so far.
        let mut open: Vec<(String, usize, Vec<Object>)> =
            vec![(String::new(), document, Vec::new())];
        for (index, (planned, section)) in plan.iter().zip(sections.iter_mut()).enumerate() {
            if section.tags.roots.is_empty() {
                continue;
            }
            let common = open[1..]
                .iter()
                .zip(&planned.path)
                .take_while(|((title, ..), group)| title == *group)
                .count();
            close(objects, &mut open, common + 1);
            for title in &planned.path[common..] {
                let group = push(objects, Object::Null);
                open.push((title.clone(), group, Vec::new()));
            }
            let part = push(objects, Object::Null);
            let mut kids = Vec::with_capacity(section.tags.roots.len());
            for element in &section.tags.roots {
                kids.push(bases.absolute(index, *element));
                section.objects.change_dict(*element, |dict| {
                    dict.set("P", shared(part));
                    if matches!(dict.get(b"S"), Ok(Object::Name(role)) if role == b"Document") {
                        dict.set("S", name("Part"));
                    }
                });
            }
            let parent = open.last().map_or(document, |(_, object, _)| *object);
            let mut part_dict = part_dict(&planned.title, parent, kids);
            let lang = planned.lang.clone().or_else(|| section.lang.clone());
            if let Some(lang) = lang.filter(|lang| !lang.eq_ignore_ascii_case(pack_lang)) {
                part_dict.set("Lang", text_string(&lang));
            }
            objects[part] = Object::Dictionary(part_dict);
            if let Some((_, _, kids)) = open.last_mut() {
                kids.push(shared(part));
            }
        }
        close(objects, &mut open, 1);
        let kids = open.pop().map(|(_, _, kids)| kids).unwrap_or_default();
        objects[document] = Object::Dictionary(dict([
            ("Type", name("StructElem")),
            ("S", name("Document")),
            ("P", shared(root)),
            ("Lang", text_string(pack_lang)),
            ("K", Object::Array(kids)),
        ]));

        let parents: Vec<(usize, Object)> = self
            .parents
            .iter()
            .map(|(key, section, object)| (*key, bases.absolute(*section, *object)))
            .collect();
        let parent_tree = number_tree(&parents, objects);
        let mut tree = dict([
            ("Type", name("StructTreeRoot")),
            ("K", shared(document)),
            ("ParentTree", shared(parent_tree)),
            ("ParentTreeNextKey", int(self.next_key)),
        ]);
        if !self.role_map.is_empty() {
            tree.set("RoleMap", self.role_map);
        }
        if !self.classes.is_empty() {
            let mut map = Dictionary::new();
            for (class, (section, object)) in self.classes {
                map.set(class, bases.absolute(section, object));
            }
            tree.set("ClassMap", map);
        }
        if !self.ids.is_empty() {
            let entries: Vec<(Vec<u8>, Object)> = self
                .ids
                .into_iter()
                .map(|(id, (section, element))| (id, bases.absolute(section, element)))
                .collect();
            tree.set("IDTree", shared(name_tree(&entries, objects)));
        }
        let namespaces: Vec<Object> = sections
            .iter()
            .enumerate()
            .flat_map(|(index, section)| {
                section
                    .tags
                    .namespaces
                    .iter()
                    .map(move |ns| bases.absolute(index, *ns))
            })
            .collect();
        if !namespaces.is_empty() {
            tree.set("Namespaces", namespaces);
        }
        objects[root] = Object::Dictionary(tree);
        Some(root)
    }
}

fn part_dict(title: &str, parent: usize, kids: Vec<Object>) -> Dictionary {
    let mut part = dict([
        ("Type", name("StructElem")),
        ("S", name("Part")),
        ("P", shared(parent)),
        ("K", Object::Array(kids)),
    ]);
    if !title.is_empty() {
        part.set("T", text_string(title));
    }
    part
}

/// Closes the groups deeper than `depth` and adds them to their parents.
fn close(objects: &mut [Object], open: &mut Vec<(String, usize, Vec<Object>)>, depth: usize) {
    while open.len() > depth {
        let Some((title, object, kids)) = open.pop() else {
            return;
        };
        let Some((_, parent, siblings)) = open.last_mut() else {
            return;
        };
        objects[object] = Object::Dictionary(part_dict(&title, *parent, kids));
        siblings.push(shared(object));
    }
}

/// The keys by which an object is found in the ParentTree of its own file.
const PARENT_KEYS: [&[u8]; 2] = [b"StructParent", b"StructParents"];

/// Takes the keys of the file's own ParentTree from all objects of a section.
fn leave_parents(section: &mut Imported) {
    for place in 0..section.objects.len() {
        for key in PARENT_KEYS {
            section.objects.change_with(place, key, |dict| {
                dict.remove(key);
            });
        }
    }
}

fn free_name(stem: &[u8], taken: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    if !taken(stem) {
        return stem.to_vec();
    }
    (2_u32..)
        .map(|n| [stem, format!("_{n}").as_bytes()].concat())
        .find(|name| !taken(name))
        .unwrap_or_else(|| stem.to_vec())
}
