//! What the page knows of the printed pack: the numbers on its pages and where each begins, so
//! that "page 39" means the same place to everybody in the room.
//!
//! It knows no PDF: whoever numbers the pack fills it in.

use std::collections::BTreeMap;

use crate::finding::Span;

/// The key of the front sheet, where a document's key is asked for.
pub const FRONT_SHEET: &str = "front-sheet";
/// The key of the distribution list.
pub const DISTRIBUTION: &str = "distribution";

/// Where a page of the standard pack begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The number printed on it: "39".
    pub label: String,
    /// What begins or goes on there: the key of an item (for its sheet), of a paper or of an
    /// appendix, [`FRONT_SHEET`] or [`DISTRIBUTION`].
    pub document: String,
    /// Where in that document.
    pub at: PageAt,
}

/// Where in a document a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAt {
    /// Where the document does.
    Start,
    /// In the block that begins at this place of its source, after so many of its letters
    /// (characters other than white space); 0 for the block's own beginning.
    Block(Span, usize),
    /// In a PDF's own text, after so many of its letters (characters other than white space).
    Letters(usize),
    /// Somewhere in it, after what was named before.
    Somewhere,
}

impl PageAt {
    /// Whether the document begins there.
    pub(super) fn is_start(self) -> bool {
        matches!(self, PageAt::Start | PageAt::Letters(0))
    }
}

/// The printed pack as the page needs it.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    starts: Vec<PageStart>,
    by_document: BTreeMap<String, Vec<usize>>,
    places: BTreeMap<String, String>,
}

impl Numbers {
    /// The map of a pack whose pages begin so, in their order.
    pub fn new(starts: Vec<PageStart>) -> Self {
        let mut by_document: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, start) in starts.iter().enumerate() {
            by_document
                .entry(start.document.clone())
                .or_default()
                .push(index);
        }
        Self {
            starts,
            by_document,
            places: BTreeMap::new(),
        }
    }

    /// The same map with the number of the page on which each place stands.
    #[must_use]
    pub fn with_places(mut self, places: BTreeMap<String, String>) -> Self {
        self.places = places;
        self
    }

    /// The number of the page on which a place stands.
    pub(super) fn at(&self, place: &str) -> Option<&str> {
        self.places.get(place).map(String::as_str)
    }

    /// Every page in order.
    pub fn all(&self) -> &[PageStart] {
        &self.starts
    }

    /// The pages of a document as indices into [`Numbers::all`], in order.
    pub(super) fn indices(&self, document: &str) -> &[usize] {
        self.by_document
            .get(document)
            .map_or(&[], |indices| indices.as_slice())
    }

    /// Those of them that begin with the document: blank ones before it, too.
    pub(super) fn opening(&self, document: &str) -> &[usize] {
        let indices = self.indices(document);
        let starts = |&index: &usize| {
            let page = self.starts.get(index);
            page.is_some_and(|page| page.at.is_start())
        };
        let count = indices.iter().rposition(starts).map_or(0, |at| at + 1);
        &indices[..count]
    }

    /// The pages of a document, in order.
    pub fn of(&self, document: &str) -> impl Iterator<Item = &PageStart> {
        self.indices(document)
            .iter()
            .filter_map(|&index| self.starts.get(index))
    }

    /// The numbers of a document's first and last page.
    pub fn span(&self, document: &str) -> Option<(&str, &str)> {
        let mut pages = self.of(document);
        let first = &pages.next()?.label;
        let last = pages.last().map_or(first, |page| &page.label);
        Some((first, last))
    }
}
