//! The pack's bookmarks: the plan's entries, with the bookmarks of each attachment below its entry.

use lopdf::{Dictionary, Object};

use super::object::{dict, int, text_string};
use super::spelling::shared;

/// A bookmark with its place in the file.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) title: String,
    pub(super) level: usize,
    /// An explicit destination.
    pub(super) destination: Object,
}

/// Builds the outline and returns the place of its root among the shared objects. Only the first level
/// is open, so that a reader sees the agenda first.
pub(super) fn build(entries: &[Placed], objects: &mut Vec<Object>) -> Option<usize> {
    if entries.is_empty() {
        return None;
    }
    let root = objects.len();
    let first = root + 1;
    // The parent of each entry. A level that skips others counts as one deeper than the last.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(entries.len());
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= entry.level) {
            open.pop();
        }
        parents.push(open.last().map(|(_, index)| *index));
        open.push((entry.level, index));
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len() + 1];
    for (index, parent) in parents.iter().enumerate() {
        children[parent.map_or(0, |parent| parent + 1)].push(index);
    }
    let place = |index: usize| shared(first + index);
    let ends = |node: &mut Dictionary, children: &[usize]| {
        if let (Some(head), Some(tail)) = (children.first(), children.last()) {
            node.set("First", place(*head));
            node.set("Last", place(*tail));
        }
    };
    let mut top = dict([("Type", super::object::name("Outlines"))]);
    ends(&mut top, &children[0]);
    let shown = children[0].len()
        + children[0]
            .iter()
            .map(|index| children[index + 1].len())
            .sum::<usize>();
    top.set("Count", int(shown));
    objects.push(Object::Dictionary(top));
    let mut nodes: Vec<Dictionary> = entries
        .iter()
        .zip(&parents)
        .enumerate()
        .map(|(index, (entry, parent))| {
            let mut node = dict([
                ("Title", text_string(&entry.title)),
                ("Parent", parent.map_or(shared(root), place)),
                ("Dest", entry.destination.clone()),
            ]);
            let below = &children[index + 1];
            ends(&mut node, below);
            if !below.is_empty() {
                let count = i64::try_from(below.len()).unwrap_or(i64::MAX);
                node.set("Count", if parent.is_none() { count } else { -count });
            }
            node
        })
        .collect();
    for siblings in &children {
        for pair in siblings.windows(2) {
            nodes[pair[0]].set("Next", place(pair[1]));
            nodes[pair[1]].set("Prev", place(pair[0]));
        }
    }
    objects.extend(nodes.into_iter().map(Object::Dictionary));
    Some(root)
}
