//! What the page knows about the printed pack: the numbers of its pages and which document each belongs to,
//! so that "page 39" means the same place to everybody in the room. Where a page begins in a document is
//! marked in the part itself.
//!
//! It knows nothing of PDFs: the code that numbers the pack fills it in.

use std::collections::BTreeMap;

/// The key of the front sheet, used as a document's key.
pub const FRONT_SHEET: &str = "front-sheet";
/// The key of the distribution list.
pub const DISTRIBUTION: &str = "distribution";

/// A page of the standard pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedPage {
    /// The number printed on it: "39".
    pub label: String,
    /// What is on it: the key of an item (for its sheet), of a paper or of an appendix,
    /// [`FRONT_SHEET`] or [`DISTRIBUTION`].
    pub document: String,
    /// Whether it is blank, so that the next document begins on the right.
    pub blank: bool,
    /// Numbers that are not printed on any page and lead here: those kept for what is withheld, and those
    /// of published pages that no longer exist.
    pub also: Vec<String>,
}

/// The printed pack as the page needs it.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    pages: Vec<PrintedPage>,
    by_document: BTreeMap<String, Vec<usize>>,
    /// The highest number of a page that is counted.
    highest: Option<String>,
    places: BTreeMap<String, String>,
}

impl Numbers {
    /// A pack of these pages, in their order.
    pub fn new(pages: Vec<PrintedPage>) -> Self {
        let mut by_document: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, page) in pages.iter().enumerate() {
            by_document
                .entry(page.document.clone())
                .or_default()
                .push(index);
        }
        let labels = pages
            .iter()
            .flat_map(|page| std::iter::once(&page.label).chain(&page.also));
        let highest = labels.max_by_key(|label| counted(label)).cloned();
        Self {
            pages,
            by_document,
            highest,
            places: BTreeMap::new(),
        }
    }

    /// The same, with the page number of each place.
    #[must_use]
    pub fn with_places(mut self, places: BTreeMap<String, String>) -> Self {
        self.places = places;
        self
    }

    /// The page number of each place.
    pub(super) fn places(&self) -> &BTreeMap<String, String> {
        &self.places
    }

    /// Every page in order.
    pub fn all(&self) -> &[PrintedPage] {
        &self.pages
    }

    /// The highest number, "120" in "Page 39 of 120"; `None` for a page that is not counted, such as "ii"
    /// or "A39".
    pub(super) fn total(&self, label: &str) -> Option<&str> {
        counted(label)?;
        self.highest.as_deref()
    }

    /// The pages of a document as indices into [`Numbers::all`], in order.
    pub(super) fn indices(&self, document: &str) -> &[usize] {
        self.by_document
            .get(document)
            .map_or(&[], |indices| indices.as_slice())
    }

    /// The pages at the beginning of a document: its first, and blank ones before it.
    pub(super) fn opening(&self, document: &str) -> &[usize] {
        let indices = self.indices(document);
        let printed = |&index: &usize| self.pages.get(index).is_some_and(|page| !page.blank);
        let first = indices.iter().position(printed);
        &indices[..first.map_or(0, |first| first + 1)]
    }

    /// The pages of a document, in order.
    pub fn of(&self, document: &str) -> impl Iterator<Item = &PrintedPage> {
        self.indices(document)
            .iter()
            .filter_map(|&index| self.pages.get(index))
    }

    /// The numbers of a document's first and last page.
    pub fn span(&self, document: &str) -> Option<(&str, &str)> {
        let mut pages = self.of(document).filter(|page| !page.blank);
        let first = &pages.next()?.label;
        let last = pages.last().map_or(first, |page| &page.label);
        Some((first, last))
    }
}

/// The number of a page that is counted.
fn counted(label: &str) -> Option<u32> {
    label.parse().ok()
}
