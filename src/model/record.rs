//! What was published for a meeting: which documents, on which pages. People who were at the
//! meeting, or read its minutes later, rely on those page numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Access, Letter, PageNumber, PageRange, SourceName};
use crate::finding::Span;

/// What was published, according to `published.toml` beside the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The pack.
    pub whole: Issued,
    /// Its supplements in order.
    pub supplements: Vec<Issued>,
    /// What its documents said to everybody, where there is a `published.txt`.
    pub words: Option<PublishedWords>,
}

/// What documents say to everybody, by their keys: a line for each paragraph, or for each page of a
/// PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublishedWords(pub BTreeMap<String, Vec<String>>);

impl PublishedWords {
    /// The same with what was issued later.
    #[must_use]
    pub fn with(mut self, later: Self) -> Self {
        self.0.extend(later.0);
        self
    }
}

/// A pack or a supplement that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The day on which it was published.
    pub published: Date,
    /// The last page number that it takes, those kept for what is withheld included.
    pub last_page: u32,
    /// The numbers of its items.
    pub items: Vec<String>,
    /// Its documents in order.
    pub documents: Vec<Recorded>,
    /// What the public did not get, by its key: the SHA-256 of its file.
    pub withheld: BTreeMap<String, String>,
    /// The keys of the items and appendices that it said were withdrawn.
    pub withdrawn: Vec<String>,
}

impl Issued {
    /// The document that was published under a key.
    pub fn document(&self, key: &str) -> Option<&Recorded> {
        self.documents.iter().find(|document| document.key == key)
    }

    /// The page numbers that it takes without a letter, those left free and those of blank pages
    /// included.
    pub fn pages(&self) -> PageRange {
        let pages = self.documents.iter().map(|document| document.pages);
        let firsts = pages.filter(|pages| pages.first().letter().is_none());
        let first = firsts.map(PageRange::first).min();
        PageRange::new(first.unwrap_or(self.last_page.into()), self.last_page)
    }

    /// The page numbers with a letter, which documents took over from those that they replace.
    pub fn lettered(&self) -> impl Iterator<Item = PageRange> {
        let pages = self.documents.iter().map(|document| document.pages);
        pages.filter(|pages| pages.first().letter().is_some())
    }
}

/// A document that was published, or the leaf in place of one that the public does not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The name of its anchors: "item-4-report".
    pub key: String,
    /// What it was called.
    pub title: String,
    /// The page numbers that it takes.
    pub pages: PageRange,
    /// The file that it came from, and the SHA-256 of its bytes in hexadecimal.
    pub source: Option<(SourceName, String)>,
}

impl Record {
    /// Everything that was published, in its order.
    pub fn issues(&self) -> impl Iterator<Item = &Issued> {
        std::iter::once(&self.whole).chain(&self.supplements)
    }

    /// The last page number that anything published takes, letters aside.
    pub fn last_taken(&self) -> u32 {
        let pages = self.issues().map(|issued| issued.last_page);
        pages.max().unwrap_or(0)
    }

    /// Every page number that was published, those left free and those of blank pages included.
    pub fn numbers(&self) -> impl Iterator<Item = PageNumber> {
        self.issues()
            .flat_map(|issued| std::iter::once(issued.pages()).chain(issued.lettered()))
            .flat_map(PageRange::numbers)
    }

    /// The numbers of a published document with the first letter that none of them has had, either
    /// in what was published or in the ranges `given` since; `None` after z.
    pub fn lettered(&self, old: PageRange, given: &[PageRange]) -> Option<PageRange> {
        let known: Vec<PageRange> = self.issues().flat_map(Issued::lettered).collect();
        let letters = std::iter::successors(Some(Letter::FIRST), |letter| letter.next());
        let mut ranges = letters.map(|letter| old.with_letter(letter));
        ranges.find(|range| !known.iter().chain(given).any(|other| other.meets(*range)))
    }

    /// Whether an item with this number was published.
    pub fn has_item(&self, number: &str) -> bool {
        self.issues()
            .flat_map(|issued| &issued.items)
            .any(|item| item == number)
    }

    /// Whether it was published that an item or an appendix is withdrawn.
    pub fn has_withdrawn(&self, key: &str) -> bool {
        self.issues()
            .flat_map(|issued| &issued.withdrawn)
            .any(|withdrawn| withdrawn == key)
    }

    /// The document that was made from a file, by the name or the path of the file, as it was
    /// published last.
    pub fn made_from(&self, file: &str) -> Option<&Recorded> {
        self.issues()
            .flat_map(|issued| &issued.documents)
            .filter(|document| {
                let source = document.source.as_ref();
                source.is_some_and(|(source, _)| source.is_called(file))
            })
            .last()
    }

    /// A document as it was published last.
    pub fn latest(&self, key: &str) -> Option<&Recorded> {
        self.issues()
            .flat_map(|issued| &issued.documents)
            .filter(|document| document.key == key)
            .last()
    }

    /// Whether a document was published under a key, or kept from the public.
    pub fn has_document(&self, key: &str) -> bool {
        let withheld = |issued: &Issued| issued.withheld.contains_key(key);
        self.latest(key).is_some() || self.issues().any(withheld)
    }

    /// The hash of the file that was published last under a key, or kept from the public.
    pub fn latest_hash(&self, key: &str) -> Option<&str> {
        self.issues()
            .filter_map(|issued| {
                let mut documents = issued.documents.iter();
                let open = documents
                    .find(|document| document.key == key)
                    .and_then(|document| document.source.as_ref())
                    .map(|(_, hash)| hash);
                open.or(issued.withheld.get(key)).map(String::as_str)
            })
            .last()
    }
}

/// What makes a pack a supplement to one that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// Which one it is, from 1.
    pub number: u32,
    /// The day on which the agenda was published.
    pub to: Date,
    /// The day on which it is issued itself, where that is known.
    pub issued: Option<Date>,
    /// The last page number that is taken already.
    pub last_taken: u32,
    /// What it brings to each item, by the item's key.
    pub brings: BTreeMap<String, Brings>,
}

/// What a supplement brings to an item. It names documents by their keys, so that it gives away no
/// more about them than an edition does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brings {
    /// Whether the item itself is new.
    pub is_new: bool,
    /// Whether the item was withdrawn.
    pub is_withdrawn: bool,
    /// Documents that replace published ones.
    pub replaces: Vec<Replacement>,
    /// The keys of documents that replace none.
    pub adds: Vec<String>,
    /// Documents that were withdrawn.
    pub withdraws: Vec<Withdrawal>,
    /// The published pages of the item that still stand.
    pub stands: Vec<PageRange>,
}

/// A document that replaces a published one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Its key.
    pub key: String,
    /// The pages of the old one.
    pub pages: PageRange,
    /// The same numbers with a letter, which it takes if it is as long as the old one, and where the
    /// clerk asks for that.
    pub keeps: Option<(PageRange, Span)>,
}

/// A published document that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Why it was withdrawn.
    pub reason: String,
    /// Its pages.
    pub pages: Option<PageRange>,
    /// Who may see it.
    pub access: Access,
}
