//! Balanced trees of numbers and of names (ISO 32000-1, 7.9.6 and 7.9.7).

use lopdf::{Object, StringFormat};

use super::object::{dict, int};
use super::spelling::shared;

/// The most entries in a leaf, and the most children of a node, of a number or name tree.
const FAN: usize = 64;

/// Adds a balanced number tree and returns the place of its root. `entries` must be in order.
pub(super) fn number_tree(entries: &[(usize, Object)], objects: &mut Vec<Object>) -> usize {
    let leaves = entries
        .chunks(FAN)
        .map(|chunk| {
            let nums = chunk
                .iter()
                .flat_map(|(key, value)| [int(*key), value.clone()])
                .collect();
            (
                int(chunk[0].0),
                int(chunk[chunk.len() - 1].0),
                Object::Array(nums),
            )
        })
        .collect();
    tree(leaves, "Nums", objects)
}

/// Adds a balanced name tree and returns the place of its root. `entries` must be in order.
pub(super) fn name_tree(entries: &[(Vec<u8>, Object)], objects: &mut Vec<Object>) -> usize {
    let string = |name: &[u8]| Object::String(name.to_vec(), StringFormat::Hexadecimal);
    let leaves = entries
        .chunks(FAN)
        .map(|chunk| {
            let names = chunk
                .iter()
                .flat_map(|(key, value)| [string(key), value.clone()])
                .collect();
            (
                string(&chunk[0].0),
                string(&chunk[chunk.len() - 1].0),
                Object::Array(names),
            )
        })
        .collect();
    tree(leaves, "Names", objects)
}

fn tree(leaves: Vec<(Object, Object, Object)>, key: &str, objects: &mut Vec<Object>) -> usize {
    if leaves.len() <= 1 {
        let entries = leaves
            .into_iter()
            .next()
            .map_or(Object::Array(Vec::new()), |(_, _, entries)| entries);
        return push(objects, Object::Dictionary(dict([(key, entries)])));
    }
    let mut level: Vec<(Object, Object, usize)> = leaves
        .into_iter()
        .map(|(low, high, entries)| {
            let limits = Object::Array(vec![low.clone(), high.clone()]);
            (
                low,
                high,
                push(
                    objects,
                    Object::Dictionary(dict([("Limits", limits), (key, entries)])),
                ),
            )
        })
        .collect();
    loop {
        let is_top = level.len() <= FAN;
        let next: Vec<(Object, Object, usize)> = level
            .chunks(FAN)
            .map(|chunk| {
                let kids = Object::Array(chunk.iter().map(|(_, _, node)| shared(*node)).collect());
                let (low, high) = (chunk[0].0.clone(), chunk[chunk.len() - 1].1.clone());
                let mut node = dict([("Kids", kids)]);
                if !is_top {
                    node.set("Limits", vec![low.clone(), high.clone()]);
                }
                (low, high, push(objects, Object::Dictionary(node)))
            })
            .collect();
        if is_top {
            return next[0].2;
        }
        level = next;
    }
}

/// Adds an object to others and returns its place.
pub(super) fn push(objects: &mut Vec<Object>, object: Object) -> usize {
    objects.push(object);
    objects.len() - 1
}
