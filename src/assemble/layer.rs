//! The layers of files (optional content groups): whether each is shown when its file is opened, and
//! whether viewing, printing or exporting change that.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::{Deserialize, Serialize};

use super::object::{
    as_dict, dict, get, get_array, get_dict, get_name, name, reference, resolve, text_string,
};

/// The uses for which a layer may have its own state, and the keys of that state.
const USES: [(&str, &[&[u8]]); 4] = [
    ("View", &[b"ViewState"]),
    ("Print", &[b"Subtype", b"PrintState"]),
    ("Export", &[b"ExportState"]),
    ("Zoom", &[b"min", b"max"]),
];
/// The events that may switch layers.
const EVENTS: [&[u8]; 3] = [b"View", b"Print", b"Export"];

/// A layer.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Layer<Id> {
    group: Id,
    on: bool,
}

/// The layers of a file. `Id` identifies their groups.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Layers<Id> {
    all: Vec<Layer<Id>>,
    /// The groups whose state follows their use, by the event and the kind of use.
    automatic: BTreeMap<(Vec<u8>, String), Vec<Id>>,
}

impl Layers<ObjectId> {
    /// The same layers by the places of their groups in a section, without groups that have no place.
    pub(super) fn placed(self, place: impl Fn(&ObjectId) -> Option<usize>) -> Layers<usize> {
        let all = self.all.iter().filter_map(|layer| {
            Some(Layer {
                group: place(&layer.group)?,
                on: layer.on,
            })
        });
        let automatic = self.automatic.into_iter().map(|(key, groups)| {
            let groups = groups.iter().filter_map(&place).collect();
            (key, groups)
        });
        Layers {
            all: all.collect(),
            automatic: automatic.collect(),
        }
    }
}

/// The layers of a file. Their groups keep their name, intent and use, but not the program that made
/// them.
pub(super) fn layers(doc: &mut Document) -> Layers<ObjectId> {
    let layers = read(doc);
    for layer in &layers.all {
        if let Ok(group) = doc.get_dictionary(layer.group) {
            let kept = cleaned(doc, group);
            doc.objects.insert(layer.group, Object::Dictionary(kept));
        }
    }
    layers
}

fn read(doc: &Document) -> Layers<ObjectId> {
    let mut layers = Layers {
        all: Vec::new(),
        automatic: BTreeMap::new(),
    };
    let Some(properties) = doc
        .catalog()
        .ok()
        .and_then(|catalog| get_dict(doc, catalog, b"OCProperties"))
    else {
        return layers;
    };
    let list = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let entries = get_array(doc, dict, key).unwrap_or_default();
        entries.iter().filter_map(reference).collect()
    };
    let empty = Dictionary::new();
    let default = get_dict(doc, properties, b"D").unwrap_or(&empty);
    let base_off = get_name(doc, default, b"BaseState") == Some(b"OFF");
    let on: HashSet<ObjectId> = list(default, b"ON").into_iter().collect();
    let off: HashSet<ObjectId> = list(default, b"OFF").into_iter().collect();
    let mut seen = HashSet::new();
    for group in list(properties, b"OCGs") {
        if is_group(doc, group) && seen.insert(group) {
            let on = if base_off {
                on.contains(&group)
            } else {
                !off.contains(&group)
            };
            layers.all.push(Layer { group, on });
        }
    }
    let mut listed = HashSet::new();
    for entry in get_array(doc, default, b"AS").unwrap_or_default() {
        let Some(entry) = as_dict(resolve(doc, entry)) else {
            continue;
        };
        let Some(event) = get_name(doc, entry, b"Event").filter(|event| EVENTS.contains(event))
        else {
            continue;
        };
        let kinds: BTreeSet<&[u8]> = get_array(doc, entry, b"Category")
            .unwrap_or_default()
            .iter()
            .filter_map(|kind| resolve(doc, kind).as_name().ok())
            .collect();
        for (kind, _) in USES {
            if kinds.contains(kind.as_bytes()) {
                let groups = layers
                    .automatic
                    .entry((event.to_vec(), kind.to_owned()))
                    .or_default();
                for group in list(entry, b"OCGs") {
                    if seen.contains(&group) && listed.insert((event, kind, group)) {
                        groups.push(group);
                    }
                }
            }
        }
    }
    layers
}

/// Whether an object is a group. In a damaged file, a font may be listed as one.
fn is_group(doc: &Document, id: ObjectId) -> bool {
    doc.get_dictionary(id).is_ok_and(|group| {
        get_name(doc, group, b"Type").is_none_or(|kind| kind == b"OCG") && !group.has(b"Subtype")
    })
}

/// What is kept of a group.
fn cleaned(doc: &Document, group: &Dictionary) -> Dictionary {
    let mut kept = Dictionary::new();
    for key in [b"Type".as_slice(), b"Name", b"Intent"] {
        if let Ok(value) = group.get(key) {
            kept.set(key, value.clone());
        }
    }
    let mut usage = Dictionary::new();
    let says = get_dict(doc, group, b"Usage");
    for (kind, keys) in USES {
        let Some(says) = says.and_then(|usage| get_dict(doc, usage, kind.as_bytes())) else {
            continue;
        };
        let mut own = Dictionary::new();
        for key in keys {
            if let Some(value @ (Object::Name(_) | Object::Integer(_) | Object::Real(_))) =
                get(doc, says, key)
            {
                own.set(*key, value.clone());
            }
        }
        if !own.is_empty() {
            usage.set(kind, own);
        }
    }
    if !usage.is_empty() {
        kept.set("Usage", usage);
    }
    kept
}

/// The layers of all sections, each with the default state of its file. `group` makes the reference to
/// a group from its section and its place there.
pub(super) fn properties<'a>(
    sections: impl Iterator<Item = &'a Layers<usize>>,
    group: impl Fn(usize, usize) -> Object,
) -> Option<Dictionary> {
    let (mut all, mut off) = (Vec::new(), Vec::new());
    let mut automatic: BTreeMap<&(Vec<u8>, String), Vec<Object>> = BTreeMap::new();
    for (section, layers) in sections.enumerate() {
        for layer in &layers.all {
            let group = group(section, layer.group);
            if !layer.on {
                off.push(group.clone());
            }
            all.push(group);
        }
        for (key, groups) in &layers.automatic {
            let groups = groups.iter().map(|place| group(section, *place));
            automatic.entry(key).or_default().extend(groups);
        }
    }
    if all.is_empty() {
        return None;
    }
    let mut default = dict([
        ("Name", text_string("Default")),
        ("Order", Object::Array(all.clone())),
        ("OFF", Object::Array(off)),
    ]);
    let automatic: Vec<Object> = automatic
        .into_iter()
        .filter(|(_, groups)| !groups.is_empty())
        .map(|((event, kind), groups)| {
            Object::Dictionary(dict([
                ("Event", Object::Name(event.clone())),
                ("Category", Object::Array(vec![name(kind)])),
                ("OCGs", Object::Array(groups)),
            ]))
        })
        .collect();
    if !automatic.is_empty() {
        default.set("AS", automatic);
    }
    Some(dict([
        ("OCGs", Object::Array(all)),
        ("D", Object::Dictionary(default)),
    ]))
}
