//! Optional content: the layers that are not shown when the file is opened.

use std::cell::Cell;
use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::object::{as_dict, get, get_array, get_dict, get_int, get_name, resolve, target};

/// How deep an expression may be nested.
const DEEPEST: usize = 64;
/// The most groups and operators of an expression that are read.
const MOST: usize = 10_000;

/// The layers that are off by default.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers {
    off: HashSet<ObjectId>,
}

impl Layers {
    pub(crate) fn read(doc: &Document) -> Layers {
        let mut off = HashSet::new();
        let Some(properties) = doc
            .catalog()
            .ok()
            .and_then(|catalog| get_dict(doc, catalog, b"OCProperties"))
        else {
            return Layers { off };
        };
        let all = || {
            get_array(doc, properties, b"OCGs")
                .unwrap_or_default()
                .iter()
                .filter_map(|group| target(doc, group))
        };
        if let Some(default) = get_dict(doc, properties, b"D") {
            let list = |key: &[u8]| {
                get_array(doc, default, key)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|group| target(doc, group))
            };
            if get_name(doc, default, b"BaseState") == Some(b"OFF") {
                off.extend(all());
                for group in list(b"ON") {
                    off.remove(&group);
                }
            }
            off.extend(list(b"OFF"));
            // Layers that a viewer switches by their purpose.
            for usage in get_array(doc, default, b"AS").unwrap_or_default() {
                let Some(usage) = as_dict(resolve(doc, usage)) else {
                    continue;
                };
                if get_name(doc, usage, b"Event") != Some(b"View") {
                    continue;
                }
                let groups = get_array(doc, usage, b"OCGs").unwrap_or_default();
                off.extend(groups.iter().filter_map(|group| {
                    let state = get_dict(doc, as_dict(resolve(doc, group))?, b"Usage")
                        .and_then(|usage| get_dict(doc, usage, b"View"))
                        .and_then(|view| get_name(doc, view, b"ViewState"))?;
                    target(doc, group).filter(|_| state == b"OFF")
                }));
            }
        }
        Layers { off }
    }

    /// Whether content of this group or membership dictionary is not shown.
    pub(crate) fn hides(&self, doc: &Document, object: &Object) -> bool {
        if let Some(id) = target(doc, object)
            && self.off.contains(&id)
        {
            return true;
        }
        let Some(dict) = as_dict(resolve(doc, object)) else {
            return false;
        };
        get_name(doc, dict, b"Type") == Some(b"OCMD") && self.membership_hides(doc, dict)
    }

    /// Whether an annotation is not shown on a screen: it is hidden, only printed, or in a layer that is
    /// off.
    pub(crate) fn hide_annotation(&self, doc: &Document, annotation: &Dictionary) -> bool {
        const HIDDEN: i64 = 1 << 1 | 1 << 5;
        get_int(doc, annotation, b"F").is_some_and(|flags| flags & HIDDEN != 0)
            || annotation
                .get(b"OC")
                .is_ok_and(|layer| self.hides(doc, layer))
    }

    fn membership_hides(&self, doc: &Document, dict: &Dictionary) -> bool {
        // An expression takes precedence over the list (ISO 32000-1, 8.11.2.2).
        let left = Cell::new(MOST);
        let expression = dict.get(b"VE").ok();
        let shown = expression.and_then(|expression| self.holds(doc, expression, 0, &left));
        if left.get() == 0 {
            // What cannot be told is told of as hidden, so that somebody looks.
            return true;
        }
        if let Some(shown) = shown {
            return !shown;
        }
        let Ok(groups) = dict.get(b"OCGs") else {
            return false;
        };
        let ids: Vec<ObjectId> = match get(doc, dict, b"OCGs") {
            Some(Object::Array(groups)) => groups
                .iter()
                .filter_map(|group| target(doc, group))
                .collect(),
            _ => target(doc, groups).into_iter().collect(),
        };
        if ids.is_empty() {
            return false;
        }
        let off = ids.iter().filter(|id| self.off.contains(id)).count();
        match get_name(doc, dict, b"P") {
            Some(b"AllOn") => off > 0,
            Some(b"AnyOff") => off == 0,
            Some(b"AllOff") => off < ids.len(),
            _ => off == ids.len(),
        }
    }

    /// The value of a visibility expression. `None` if it is not one, or if it is too much to read:
    /// nothing is left then.
    fn holds(
        &self,
        doc: &Document,
        expression: &Object,
        depth: usize,
        left: &Cell<usize>,
    ) -> Option<bool> {
        left.set(left.get().checked_sub(1)?);
        let Object::Array(parts) = resolve(doc, expression) else {
            return Some(!self.off.contains(&target(doc, expression)?));
        };
        if depth > DEEPEST {
            left.set(0);
            return None;
        }
        let (operator, operands) = parts.split_first()?;
        let mut values = operands
            .iter()
            .filter_map(|part| self.holds(doc, part, depth + 1, left));
        match operator.as_name().ok()? {
            b"Not" => values.next().map(|value| !value),
            b"And" => Some(values.all(|value| value)),
            b"Or" => Some(values.any(|value| value)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A file of some layers, of which the last is off, and all of them.
    fn layers(count: usize) -> (Document, Vec<Object>) {
        let mut doc = Document::new();
        let mut group = || doc.add_object(dictionary! { "Type" => "OCG" });
        let groups: Vec<Object> = (0..count).map(|_| group().into()).collect();
        let off = groups.last().cloned();
        let properties = dictionary! {
            "OCGs" => groups.clone(),
            "D" => dictionary! { "OFF" => off.into_iter().collect::<Vec<_>>() },
        };
        let catalog = dictionary! { "Type" => "Catalog", "OCProperties" => properties };
        let catalog = doc.add_object(catalog);
        doc.trailer.set("Root", catalog);
        (doc, groups)
    }

    fn is_hidden(doc: &Document, expression: Object) -> bool {
        let membership = dictionary! { "Type" => "OCMD", "VE" => expression };
        Layers::read(doc).hides(doc, &membership.into())
    }

    fn expression(operator: &str, operands: &[Object]) -> Object {
        let operator = Object::Name(operator.as_bytes().to_vec());
        [&[operator], operands].concat().into()
    }

    #[test]
    fn every_layer_of_a_long_expression_counts() {
        let (doc, groups) = layers(400);
        assert!(is_hidden(&doc, expression("And", &groups)));
        assert!(!is_hidden(&doc, expression("And", &groups[..399])));
        assert!(is_hidden(&doc, expression("Or", &groups[399..])));
        let mut deep = groups[399].clone();
        for _ in 0..20 {
            deep = expression("Not", &[expression("Not", &[deep])]);
        }
        assert!(is_hidden(&doc, deep.clone()));
        assert!(!is_hidden(&doc, expression("Not", &[deep])));
    }

    #[test]
    fn what_is_too_much_to_read_counts_as_hidden() {
        let (mut doc, groups) = layers(2);
        // One that holds itself many times over.
        let circle = doc.new_object_id();
        let itself: Vec<Object> = vec![circle.into(); 40];
        doc.objects.insert(circle, expression("And", &itself));
        assert!(is_hidden(&doc, circle.into()));
        let all: Vec<Object> = vec![groups[0].clone(); 2 * MOST];
        assert!(is_hidden(&doc, expression("And", &all)));
        let mut deep = groups[0].clone();
        for _ in 0..2 * DEEPEST {
            deep = expression("And", &[deep]);
        }
        assert!(is_hidden(&doc, deep));
        // One that is not an expression says nothing.
        assert!(!is_hidden(&doc, Object::Null));
    }
}
