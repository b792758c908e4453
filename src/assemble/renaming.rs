//! Renames the types, classes and elements of one section if they would clash with those of another.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object};

use super::imported::Imported;

/// The new names that a section needs.
pub(super) struct Renamed {
    /// New types by the old ones.
    pub(super) roles: BTreeMap<Vec<u8>, Vec<u8>>,
    /// New classes by the old ones.
    pub(super) classes: BTreeMap<Vec<u8>, Vec<u8>>,
    /// The attributes of its classes, as objects of the section.
    pub(super) attributes: Vec<usize>,
    /// What identifiers begin with from now on.
    pub(super) prefix: Option<Vec<u8>>,
}

/// Writes the new names into the section's elements.
pub(super) fn rename(section: &mut Imported, renamed: &Renamed) {
    if renamed.roles.is_empty() && renamed.classes.is_empty() && renamed.prefix.is_none() {
        return;
    }
    for element in &section.tags.elements {
        section
            .objects
            .change_dict(*element, |dict| rename_in(dict, renamed));
    }
    if let Some(prefix) = &renamed.prefix {
        prefix_headers(section, prefix, &renamed.attributes);
    }
}

/// Writes the new names into an element.
fn rename_in(
    dict: &mut Dictionary,
    Renamed {
        roles,
        classes,
        prefix,
        ..
    }: &Renamed,
) {
    if let Ok(Object::Name(role)) = dict.get_mut(b"S")
        && let Some(to) = roles.get(role)
    {
        *role = to.clone();
    }
    match dict.get_mut(b"C") {
        Ok(Object::Name(class)) => rename_class(class, classes),
        Ok(Object::Array(list)) => {
            for entry in list {
                if let Object::Name(class) = entry {
                    rename_class(class, classes);
                }
            }
        }
        _ => {}
    }
    if let Some(prefix) = prefix
        && let Ok(Object::String(id, _)) = dict.get_mut(b"ID")
    {
        *id = [prefix.as_slice(), id].concat();
    }
}

fn rename_class(class: &mut Vec<u8>, classes: &BTreeMap<Vec<u8>, Vec<u8>>) {
    if let Some(to) = classes.get(class) {
        *class = to.clone();
    }
}

/// Adds the prefix to the identifiers by which table cells name their header cells, in the cells and in
/// the attributes of their classes.
fn prefix_headers(section: &mut Imported, prefix: &[u8], classes: &[usize]) {
    let mut references = classes.to_vec();
    for element in &section.tags.elements {
        section.objects.change_with(*element, b"A", |dict| {
            if let Ok(attributes) = dict.get_mut(b"A") {
                prefix_in(attributes, prefix, &mut references);
            }
        });
    }
    let mut done: BTreeSet<usize> = BTreeSet::new();
    while let Some(place) = references.pop() {
        if done.insert(place) {
            section
                .objects
                .change(place, |object| prefix_in(object, prefix, &mut references));
        }
    }
}

/// Adds the prefix to the `Headers` of one attribute object or of a list of them.
fn prefix_in(attributes: &mut Object, prefix: &[u8], references: &mut Vec<usize>) {
    match attributes {
        Object::Array(list) => {
            for entry in list {
                match entry {
                    Object::Reference((place, 0)) => references.push(*place as usize),
                    entry => prefix_entries(entry, prefix),
                }
            }
        }
        Object::Reference((place, 0)) => references.push(*place as usize),
        other => prefix_entries(other, prefix),
    }
}

fn prefix_entries(attributes: &mut Object, prefix: &[u8]) {
    if let Object::Dictionary(dict) = attributes
        && let Ok(Object::Array(headers)) = dict.get_mut(b"Headers")
    {
        for header in headers {
            if let Object::String(id, _) = header {
                *id = [prefix, id].concat();
            }
        }
    }
}
