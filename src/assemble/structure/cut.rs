//! Cuts a structure tree to the selected pages.

use std::collections::{HashMap, HashSet};

use lopdf::{Document, Object, ObjectId};

use super::tree::{Element, HIGHEST_MCID, Kid, Tree};
use crate::assemble::entries::Entries;
use crate::assemble::object::{as_dict, get_name, resolve};

impl Tree {
    /// Cuts the tree to `pages`, and to the annotations and streams that `lives` accepts. Returns, for
    /// each element, whether it is kept. `whole` is whether all pages of the file are selected.
    ///
    /// An element is kept if something on a selected page is below it. It is also kept if it never held
    /// anything and its parent is kept, as an empty cell keeps its table regular. All cells of a row are
    /// kept with the row. If an element loses content, its alternative text and the like would still say
    /// what that was, so they are removed.
    pub(in crate::assemble) fn cut(
        &mut self,
        doc: &Document,
        pages: &HashSet<ObjectId>,
        whole: bool,
        lives: impl Fn(ObjectId) -> bool,
    ) -> Vec<bool> {
        let count = self.elements.len();
        let (mut had, mut has) = (vec![false; count], vec![whole; count]);
        let mut lost = vec![false; count];
        let rooms = self.rooms();
        // Content has one place in the tree: the first that claims it.
        let mut placed: HashSet<(ObjectId, Option<i64>)> = HashSet::new();
        for index in 0..count {
            let element = &mut self.elements[index];
            let mut held = false;
            let mut broken = false;
            element.kids.retain(|kid| match kid {
                Kid::Element(_) => true,
                Kid::Marked { page, stream, mcid } => {
                    held = true;
                    let room = page.and_then(|page| rooms.get(&stream.unwrap_or(page)));
                    let valid = room.is_some_and(|room| (0..*room).contains(mcid))
                        && stream.is_none_or(&lives);
                    broken |= !valid;
                    lost[index] |= page.is_some_and(|page| !pages.contains(&page));
                    let taken = page.filter(|page| pages.contains(page));
                    let first = taken
                        .is_some_and(|page| placed.insert((stream.unwrap_or(page), Some(*mcid))));
                    broken |= whole && !first;
                    valid && first
                }
                Kid::Object { page, target } => {
                    held = true;
                    lost[index] |= page.is_some_and(|page| !pages.contains(&page));
                    page.is_none_or(|page| pages.contains(&page))
                        && lives(*target)
                        && placed.insert((*target, None))
                }
            });
            self.broken |= broken;
            had[index] |= held;
            has[index] |= element
                .kids
                .iter()
                .any(|kid| !matches!(kid, Kid::Element(_)));
        }
        // Parents come before their children in the arena, so backwards is bottom up.
        for index in (0..count).rev() {
            if let Some(parent) = self.elements[index].parent {
                had[parent] |= had[index];
                has[parent] |= has[index];
                lost[parent] |= lost[index];
            }
        }
        if !whole {
            for (element, (lost, has)) in self.elements.iter_mut().zip(lost.iter().zip(&has)) {
                if *lost || !*has {
                    wordless(doc, &mut element.entries);
                }
            }
        }
        let is_row = |element: &Element| self.kind(element) == Some(b"TR");
        let rows: Vec<bool> = self.elements.iter().map(is_row).collect();
        let mut keep = has;
        for index in 0..count {
            if let Some(parent) = self.elements[index].parent
                && keep[parent]
                && (!had[index] || rows[parent])
            {
                keep[index] = true;
            }
        }
        keep
    }

    /// For each page or stream, the lowest number that its marked content cannot have. Its elements are in
    /// an array that is as long as the highest number, and an invented number must not fill the memory.
    fn rooms(&self) -> HashMap<ObjectId, i64> {
        let mut rooms: HashMap<ObjectId, i64> = HashMap::new();
        for kid in self.elements.iter().flat_map(|element| &element.kids) {
            if let Kid::Marked { page, stream, .. } = kid
                && let Some(holder) = stream.or(*page)
            {
                let room = rooms.entry(holder).or_insert(1 << 10);
                *room = (*room + (1 << 6)).min(HIGHEST_MCID);
            }
        }
        rooms
    }
}

/// Removes all texts from an element.
fn wordless(doc: &Document, element: &mut Entries) {
    for key in [b"T".as_slice(), b"Alt", b"E", b"ActualText", b"Phoneme"] {
        element.remove(key);
    }
    let Some(attributes) = element.resolved(doc, b"A") else {
        return;
    };
    let listed = match attributes {
        Object::Array(listed) => listed.as_slice(),
        one => std::slice::from_ref(one),
    };
    let kept: Vec<Object> = listed
        .iter()
        .filter_map(|attributes| as_dict(resolve(doc, attributes)))
        .filter(|attributes| get_name(doc, attributes, b"O") != Some(b"UserProperties"))
        .map(|attributes| {
            let mut kept = attributes.clone();
            kept.remove(b"Summary");
            kept.remove(b"Contents");
            Object::Dictionary(kept)
        })
        .collect();
    element.set(b"A", kept);
}
