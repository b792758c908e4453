//! What the elements that are kept break of PDF/UA-1, as far as the tree alone decides it. A file may claim
//! a standard that it does not meet, and pages that are taken out of it may no longer meet it.
//!
//! Nothing is mended here, and nothing is found fault with that veraPDF lets pass: elements without meaning
//! (`NonStruct`, `Private`) may stand anywhere.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::read::on_page;
use super::root::names;
use super::tree::{Element, Kid, Tree};
use super::types::is_standard;
use crate::assemble::object::{as_dict, get, get_name, resolve};
use crate::model::{HEADINGS_SKIP, PdfPage};
use crate::pdf::page::is_hidden;

const UNKNOWN_TYPE: &str = "One of its tags is of a type that it does not explain.";
const MISPLACED: &str = "A table, list or contents list has parts in the wrong places.";
const UNNAMED_NOTE: &str = "A footnote has no identifier of its own.";
const UNHEADED: &str = "A table does not say which cells its headings are for.";
const UNEVEN: &str = "The rows of a table are not equally long.";
const WRONG_TAG: &str = "A link or comment has a tag of another kind.";
const UNDESCRIBED: &str = "A comment has no description.";

/// The most columns of a table that is looked at, and the most rows that a cell may span.
const MOST_COLUMNS: i64 = 1_000;

impl Tree {
    /// Whether the kept elements hold all marked content of pages, each with the numbers that are
    /// painted on it and the drawings that have their tag as a whole.
    pub(in crate::assemble) fn holds<'p>(
        &self,
        keep: &[bool],
        pages: impl IntoIterator<Item = (ObjectId, &'p PdfPage)>,
    ) -> bool {
        let kept = self.elements.iter().zip(keep).filter(|(_, keep)| **keep);
        let (mut held, mut whole) = (HashSet::new(), HashSet::new());
        for kid in kept.flat_map(|(element, _)| &element.kids) {
            held.extend(on_page(kid));
            if let Kid::Object { target, .. } = kid {
                whole.insert(*target);
            }
        }
        pages.into_iter().all(|(page, facts)| {
            let mut marked = facts.marked.iter();
            marked.all(|number| held.contains(&(page, *number)))
                && facts.drawn_whole.iter().all(|drawn| whole.contains(drawn))
        })
    }

    /// What the kept elements break, each in a sentence.
    pub(in crate::assemble) fn faults<'a>(
        &'a self,
        doc: &'a Document,
        keep: &'a [bool],
    ) -> Vec<String> {
        let kinds = self.elements.iter().map(|element| self.kind(element));
        let kept = Kept {
            kinds: kinds.map(Option::unwrap_or_default).collect(),
            tree: self,
            doc,
            keep,
            classes: names(doc, b"ClassMap"),
            identifiers: OnceCell::new(),
        };
        let mut faults = BTreeSet::new();
        let mut identifiers = HashSet::new();
        // The agenda stands before every other paper, so that a heading of level 2 may be the first.
        let mut level = 1;
        let mut open: Vec<usize> = self.roots.iter().rev().copied().collect();
        while let Some(index) = open.pop() {
            if !keep[index] {
                continue;
            }
            let element = &self.elements[index];
            let kind = kept.kinds[index];
            if !is_standard(kind) && !element.entries.has(b"NS") {
                faults.insert(UNKNOWN_TYPE);
            }
            if kept.is_misplaced(index) {
                faults.insert(MISPLACED);
            }
            match kind {
                b"Note" => {
                    let id = element
                        .entries
                        .string(doc, b"ID")
                        .filter(|id| !id.is_empty());
                    if !id.is_some_and(|id| identifiers.insert(id)) {
                        faults.insert(UNNAMED_NOTE);
                    }
                }
                b"Table" => faults.extend(kept.faults_of_table(index)),
                [b'H', digit @ b'1'..=b'6'] => {
                    let own = digit - b'0';
                    if own > level + 1 {
                        faults.insert(HEADINGS_SKIP);
                    }
                    level = own;
                }
                _ => {}
            }
            faults.extend(kept.faults_of_annotations(element, kind));
            open.extend(kept.below(index).rev());
        }
        faults.into_iter().map(str::to_owned).collect()
    }
}

/// The elements of a tree that are kept.
struct Kept<'a> {
    /// The standard type of each element, empty for one without a type.
    kinds: Vec<&'a [u8]>,
    tree: &'a Tree,
    doc: &'a Document,
    keep: &'a [bool],
    classes: Dictionary,
    /// The identifiers of elements, once they are asked for.
    identifiers: OnceCell<HashSet<&'a [u8]>>,
}

/// The cells of a table.
#[derive(Default)]
struct Grid {
    cells: Vec<Cell>,
    /// Whether its rows are of different lengths.
    is_uneven: bool,
}

/// A cell and where it stands.
struct Cell {
    index: usize,
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Cell {
    /// Its rows and its columns.
    fn lines(&self) -> [Range<usize>; 2] {
        [self.rows.clone(), self.columns.clone()]
    }
}

impl<'a> Kept<'a> {
    /// The elements directly below another.
    fn below(&self, index: usize) -> impl DoubleEndedIterator<Item = usize> {
        let kids = self.tree.elements[index].kids.iter();
        let elements = kids.filter_map(|kid| match kid {
            Kid::Element(kid) => Some(*kid),
            _ => None,
        });
        elements.filter(|kid| self.keep[*kid])
    }

    /// Whether an element is below one of the wrong type, or holds one (ISO 14289-1, 7.2).
    fn is_misplaced(&self, index: usize) -> bool {
        let kind = self.kinds[index];
        let above = self.tree.elements[index].parent.map(|it| self.kinds[it]);
        let is_below = |kinds: &[&[u8]]| {
            above.is_some_and(|above| is_neutral(above) || kinds.contains(&above))
        };
        let is_at_home = match kind {
            b"TR" => is_below(&[b"Table", b"THead", b"TBody", b"TFoot"]),
            b"THead" | b"TBody" | b"TFoot" => is_below(&[b"Table"]),
            b"TH" | b"TD" => is_below(&[b"TR"]),
            b"LI" => is_below(&[b"L"]),
            b"LBody" => is_below(&[b"LI"]),
            b"TOCI" => is_below(&[b"TOC"]),
            _ => true,
        };
        if !is_at_home {
            return true;
        }
        let kids: Vec<&[u8]> = self.below(index).map(|kid| self.kinds[kid]).collect();
        let holds = |kinds: &[&[u8]]| {
            kids.iter()
                .all(|kid| is_neutral(kid) || kinds.contains(kid))
        };
        let places = |kind: &[u8]| {
            let at = kids.iter().enumerate();
            let at = at.filter(|(_, kid)| **kid == kind).map(|(at, _)| at);
            at.collect::<Vec<usize>>()
        };
        let captions = places(b"Caption");
        let is_sound = match kind {
            b"Table" => {
                let once = [&places(b"THead"), &places(b"TFoot"), &captions];
                let headed = once[..2].iter().any(|parts| !parts.is_empty());
                holds(&[b"TR", b"THead", b"TBody", b"TFoot", b"Caption"])
                    && once.iter().all(|parts| parts.len() <= 1)
                    && (!headed || kids.contains(&b"TBody".as_slice()))
                    && captions.iter().all(|at| *at == 0 || *at + 1 == kids.len())
            }
            b"THead" | b"TBody" | b"TFoot" => holds(&[b"TR"]),
            b"TR" => holds(&[b"TH", b"TD"]),
            b"L" => holds(&[b"L", b"LI", b"Caption"]) && captions.iter().all(|at| *at == 0),
            b"LI" => holds(&[b"Lbl", b"LBody"]),
            b"TOC" => holds(&[b"TOC", b"TOCI", b"Caption"]) && captions.iter().all(|at| *at == 0),
            _ => true,
        };
        !is_sound
    }

    /// What a table breaks: rows of one length (7.2), and headings that say what they are for (7.5).
    fn faults_of_table(&self, table: usize) -> Vec<&'static str> {
        let Some(grid) = self.grid(table) else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        if grid.is_uneven {
            faults.push(UNEVEN);
        }
        let mut headings = [HashMap::new(), HashMap::new()];
        for cell in &grid.cells {
            if self.kinds[cell.index] == b"TH" {
                let is_said = self.attribute(cell.index, b"Scope").is_some();
                for (lines, line) in headings.iter_mut().zip(cell.lines()) {
                    for line in line {
                        *lines.entry(line).or_insert(false) |= is_said;
                    }
                }
            }
        }
        // A cell needs a heading in its row or column that says so, if there is any at all.
        let is_headed = |cell: &Cell| {
            let own = headings.iter().zip(cell.lines());
            let mut own = own.flat_map(|(lines, line)| line.filter_map(|line| lines.get(&line)));
            let first = own.next().copied();
            first.is_none_or(|first| first || own.any(|is_said| *is_said))
        };
        let mut cells = grid.cells.iter();
        let is_unheaded = cells.any(|cell| {
            self.kinds[cell.index] == b"TD" && !self.names_headings(cell.index) && !is_headed(cell)
        });
        if is_unheaded {
            faults.push(UNHEADED);
        }
        faults
    }

    /// Whether a cell names its headings, and all of them are there.
    fn names_headings(&self, cell: usize) -> bool {
        let Some(named) = self.attribute(cell, b"Headers") else {
            return false;
        };
        let identifiers = self.identifiers.get_or_init(|| {
            let elements = self
                .tree
                .elements
                .iter()
                .zip(self.keep)
                .filter(|(_, keep)| **keep);
            let own = elements.filter_map(|(element, _)| element.entries.string(self.doc, b"ID"));
            own.collect()
        });
        let named = self.each(named);
        let is_known = |name: &&Object| name.as_str().is_ok_and(|name| identifiers.contains(name));
        !named.is_empty() && named.iter().all(is_known)
    }

    /// The cells of a table in their places; `None` if it is too wide to be looked at.
    fn grid(&self, table: usize) -> Option<Grid> {
        let is_row = |index: &usize| self.kinds[*index] == b"TR";
        let rows = self.below(table).flat_map(|part| {
            let inner: Vec<usize> = if is_row(&part) {
                vec![part]
            } else {
                self.below(part).filter(is_row).collect()
            };
            inner
        });
        let mut grid = Grid::default();
        // For each column, in how many further rows a cell from above stands.
        let mut spanned: Vec<i64> = Vec::new();
        let mut width = None;
        for (number, row) in rows.enumerate() {
            let mut column = 0;
            let mut taken: Vec<i64> = vec![0; spanned.len()];
            for index in self.below(row) {
                let span = |key| match self.attribute(index, key) {
                    Some(Object::Integer(span)) => (*span).clamp(1, MOST_COLUMNS),
                    _ => 1,
                };
                while spanned.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let (first, deep) = (column, span(b"RowSpan"));
                for _ in 0..span(b"ColSpan") {
                    if column == taken.len() {
                        taken.push(0);
                    }
                    taken[column] = deep;
                    column += 1;
                }
                if taken.len() > MOST_COLUMNS as usize {
                    return None;
                }
                grid.cells.push(Cell {
                    index,
                    rows: number..number + deep as usize,
                    columns: first..column,
                });
            }
            spanned.resize(taken.len(), 0);
            for (spanned, taken) in spanned.iter_mut().zip(taken) {
                *spanned = taken.max(*spanned);
            }
            let own = spanned.iter().filter(|rows| **rows > 0).count();
            for rows in &mut spanned {
                *rows = (*rows - 1).max(0);
            }
            grid.is_uneven |= *width.get_or_insert(own) != own;
        }
        Some(grid)
    }

    /// A table's attribute of a cell, from itself or its classes.
    fn attribute(&self, cell: usize, key: &[u8]) -> Option<&Object> {
        let entries = &self.tree.elements[cell].entries;
        let own = entries.get(b"A").into_iter().flat_map(|it| self.each(it));
        let classes = entries.get(b"C").into_iter();
        let classes = classes.flat_map(|it| self.each(it)).filter_map(|class| {
            let class = class.as_name().ok()?;
            self.classes.get(class).ok()
        });
        let attributes = own.chain(classes.flat_map(|it| self.each(it)));
        let mut dicts = attributes.filter_map(as_dict);
        dicts.find_map(|attributes| get(self.doc, attributes, key))
    }

    /// The one object, or each of a list.
    fn each<'o>(&'o self, object: &'o Object) -> Vec<&'o Object> {
        match resolve(self.doc, object) {
            Object::Array(list) => list.iter().map(|it| resolve(self.doc, it)).collect(),
            one => vec![one],
        }
    }

    /// What the annotations of an element break (7.18.1, 7.18.5).
    fn faults_of_annotations(&self, element: &Element, kind: &[u8]) -> Vec<&'static str> {
        let mut faults = Vec::new();
        for kid in &element.kids {
            let Kid::Object { target, .. } = kid else {
                continue;
            };
            let Some(Object::Dictionary(annotation)) = self.doc.objects.get(target) else {
                continue;
            };
            if is_hidden(self.doc, annotation) {
                continue;
            }
            let is_link = get_name(self.doc, annotation, b"Subtype") == Some(b"Link");
            let own: &[u8] = if is_link { b"Link" } else { b"Annot" };
            if kind != own {
                faults.push(WRONG_TAG);
            }
            if !is_link && !annotation.has(b"Contents") && !element.entries.has(b"Alt") {
                faults.push(UNDESCRIBED);
            }
        }
        faults
    }
}

/// Whether elements of a type are only there to hold others.
fn is_neutral(kind: &[u8]) -> bool {
    matches!(kind, b"NonStruct" | b"Private")
}
