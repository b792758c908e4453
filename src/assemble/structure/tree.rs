//! A structure tree in memory, and what is done to its elements before it is cut: annotations that are
//! now drawn become content, and headings get a level.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::types::standard_type;
use crate::assemble::entries::Entries;

/// The highest marked-content number on a page. Each number takes an entry in an array.
pub(super) const HIGHEST_MCID: i64 = 1 << 20;

/// Something that an element holds.
#[derive(Debug, Clone)]
pub(super) enum Kid {
    /// Another element, by its place in the arena.
    Element(usize),
    /// Marked content of a page (or of a stream drawn on it).
    Marked {
        page: Option<ObjectId>,
        stream: Option<ObjectId>,
        mcid: i64,
    },
    /// An annotation or an XObject as a whole.
    Object {
        page: Option<ObjectId>,
        target: ObjectId,
    },
}

/// An element, with the keys that are kept.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) id: Option<ObjectId>,
    pub(super) entries: Entries,
    pub(super) page: Option<ObjectId>,
    pub(super) parent: Option<usize>,
    pub(super) kids: Vec<Kid>,
}

/// A structure tree in memory.
#[derive(Debug, Default)]
pub(in crate::assemble) struct Tree {
    pub(super) elements: Vec<Element>,
    pub(super) roots: Vec<usize>,
    /// The file's own types, each with the type that it is mapped to.
    pub(super) roles: Dictionary,
    /// Whether something was left out because it made no sense.
    pub(in crate::assemble) broken: bool,
}

impl Tree {
    /// Adds something below an element.
    pub(super) fn hold(&mut self, parent: Option<usize>, kid: Kid) {
        match parent {
            Some(parent) => self.elements[parent].kids.push(kid),
            None => self.broken = true,
        }
    }

    /// Replaces annotations that are now drawn on their pages by marked content. Returns the number of
    /// each.
    pub(in crate::assemble) fn draw_instead(
        &mut self,
        drawn: &HashMap<ObjectId, ObjectId>,
    ) -> HashMap<ObjectId, i64> {
        let mut next: HashMap<ObjectId, i64> = HashMap::new();
        for kid in self.elements.iter().flat_map(|element| &element.kids) {
            if let Kid::Marked {
                page: Some(page),
                mcid,
                ..
            } = kid
                && *mcid < HIGHEST_MCID
            {
                let free = next.entry(*page).or_default();
                *free = (*free).max(mcid + 1);
            }
        }
        let mut marks = HashMap::new();
        for element in &mut self.elements {
            let mut drawn_here = false;
            for kid in &mut element.kids {
                if let Kid::Object { target, .. } = kid
                    && let Some(page) = drawn.get(target)
                    && !marks.contains_key(target)
                {
                    let free = next.entry(*page).or_default();
                    marks.insert(*target, *free);
                    *kid = Kid::Marked {
                        page: Some(*page),
                        stream: None,
                        mcid: *free,
                    };
                    *free += 1;
                    drawn_here = true;
                }
            }
            // A `Form` without a field or an `Annot` without an annotation is an error (ISO 14289-1,
            // 7.18.4).
            let for_annotations = matches!(
                standard_type(&self.roles, &element.entries),
                Some(b"Form" | b"Annot")
            );
            if drawn_here && for_annotations {
                let holds_elements = element
                    .kids
                    .iter()
                    .any(|kid| matches!(kid, Kid::Element(_)));
                let kind = if holds_elements { "Div" } else { "Span" };
                element.entries.set(b"S", Object::Name(kind.into()));
            }
        }
        marks
    }

    /// The standard type of an element; `None` for one without a type.
    pub(super) fn kind<'a>(&'a self, element: &'a Element) -> Option<&'a [u8]> {
        standard_type(&self.roles, &element.entries)
    }

    /// Gives headings without a level the one of their place in the tree. The pack's own headings have
    /// levels, and both kinds must not be mixed (ISO 14289-1, 7.4.4).
    pub(in crate::assemble) fn level_headings(&mut self) {
        let is_heading = |element: &Element| self.kind(element) == Some(b"H");
        let headings: Vec<bool> = self.elements.iter().map(is_heading).collect();
        // For each element, how many of it and those around it have a heading directly below them.
        let mut levels: Vec<usize> = Vec::with_capacity(headings.len());
        for element in &self.elements {
            let above = element
                .parent
                .and_then(|parent| levels.get(parent))
                .copied()
                .unwrap_or(0);
            let headed = element
                .kids
                .iter()
                .any(|kid| matches!(kid, Kid::Element(kid) if headings[*kid]));
            levels.push(above + usize::from(headed));
        }
        for (index, element) in self.elements.iter_mut().enumerate() {
            if headings[index] {
                let level = element.parent.map_or(1, |parent| levels[parent]);
                let kind = format!("H{}", level.clamp(1, 6));
                element.entries.set(b"S", Object::Name(kind.into_bytes()));
            }
        }
    }
}
