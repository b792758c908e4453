//! The plan of what to assemble.
//!
//! A plan has sections of pages in order, titles for outline and tags, and the furniture of every page.
//! It does not know about items, editions or councils, which were turned into titles and sections before.
//! Lengths are in points (1/72 inch). Pages are counted from 1 if people see the number, and from 0 if
//! it is an index.

use super::lock::Password;
use super::numbering::PageMap;
use crate::model::PageSelection;
use crate::pdf::PdfFile;

/// One PDF to make.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// Title, author, language and dates of the whole file.
    pub metadata: Metadata,
    /// The pages, section after section, in reading order.
    pub sections: Vec<Section>,
    /// Where the pages of each section are, and their numbers. Its sections are the plan's.
    pub map: PageMap,
    /// The bookmarks in order, nested by [`OutlineEntry::level`].
    pub outline: Vec<OutlineEntry>,
    /// What is printed on every page.
    pub furniture: Furniture<'a>,
    /// Whether the file may claim to conform to PDF/UA and PDF/A.
    pub claim: Claim,
    /// The password that it is locked with. PDF/A allows no lock.
    pub password: Option<&'a Password>,
}

/// The metadata of the file, which is the same in the information dictionary and in XMP.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, which is shown in the title bar.
    pub title: String,
    /// The author: the council.
    pub author: String,
    /// The language of the whole file, as a BCP 47 tag such as `en-GB`.
    pub language: String,
    /// The subject, if there is one.
    pub subject: Option<String>,
    /// When the sources say that the pack was made, in UTC. `None` writes no date at all.
    pub created: Option<jiff::civil::DateTime>,
    /// The program and its version.
    pub producer: String,
}

/// A run of pages from one PDF.
#[derive(Debug, Clone)]
pub struct Section {
    /// A stable name such as `item-4/appendix-1`, for notes, the map and errors.
    pub key: String,
    /// The title of the section in the structure tree.
    pub title: String,
    /// The titles of the groups around the section, outermost first. Neighbours that have the same first
    /// titles share those groups. Each group is a `Part` of the structure tree.
    pub path: Vec<String>,
    /// The PDF, which is freed as soon as it has been read.
    pub pdf: PdfFile,
    /// The pages of it that are in the pack.
    pub pages: PageSelection,
    /// Who made it.
    pub origin: Provenance,
    /// Its language, if it is not the pack's.
    pub lang: Option<String>,
    /// The named places in it, which `pack:NAME` links anywhere in the pack lead to.
    pub anchors: Vec<Anchor>,
    /// The heading that is put on its first page, which somebody else made and which does not say where
    /// in the pack it is.
    pub opening: Option<Opening>,
    /// A word such as "DRAFT" across each of its pages.
    pub watermark: Option<String>,
    /// A notice at the head of each of its pages, such as "Not for publication".
    pub heading: Option<String>,
}

/// A heading put on the first page of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// Where in the pack it is: "Item 5, Appendix 1".
    pub label: String,
    /// Its title, which may be empty.
    pub title: String,
}

impl Opening {
    /// The whole heading: "Item 5: Budget monitoring".
    #[must_use]
    pub fn words(&self) -> String {
        if self.title.is_empty() {
            self.label.clone()
        } else {
            format!("{}: {}", self.label, self.title)
        }
    }
}

/// A named place in a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// The name, as it is after `pack:` in a link.
    pub name: String,
    /// The page among the section's selected pages, counted from 0.
    pub page: usize,
    /// The distance from the top of the page in points.
    pub y: f32,
}

/// Who made a section's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// This program's own typesetting, which is trusted to be tagged and to keep the margins free.
    Generated,
    /// Somebody else's file, which is not trusted at all.
    Attachment,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Its words.
    pub title: String,
    /// Its level, from 0. A level that skips others counts as one deeper than the last.
    pub level: usize,
    /// Where it leads.
    pub target: Target,
    /// The section whose own bookmarks are put below this entry.
    pub adopt: Option<usize>,
}

/// A place in the pack.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A named place of any section.
    Anchor(String),
    /// A page of a section, both counted from 0.
    Page {
        /// Index into [`Plan::sections`].
        section: usize,
        /// The page within it.
        page: usize,
    },
}

/// What is printed on pages: number, marking and notices. It is the same on the pack's own pages and on
/// other people's.
#[derive(Debug, Clone)]
pub struct Furniture<'a> {
    /// The pattern of the number, with `{page}` and `{pages}`.
    pub page_number: String,
    /// The protective marking at the foot of every page.
    pub marking: Option<String>,
    /// The word above the lines of blank pages, if these are for notes.
    pub notes: Option<String>,
    /// Whether the pack is printed on both sides. Numbers are then at the outer side of the foot.
    pub double_sided: bool,
    /// The size of number and marking in points: 9 to 10 in standard print, 18 or more in large print.
    pub size: f32,
    /// A TrueType or OpenType font for markings and notices.
    pub regular: &'a [u8],
    /// Its bold face, for page numbers.
    pub bold: &'a [u8],
}

/// Whether the file may claim to be PDF/UA-1 and PDF/A-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Claim {
    /// It never does.
    #[default]
    Never,
    /// It does if every part of it does and passes all the checks that can be made here.
    WhenEarned,
}
