//! What is to be assembled.
//!
//! A plan knows sections of pages and their order, titles for outline and tags, and the furniture
//! that every page carries. It knows nothing of items, editions or councils: whoever makes the
//! plan has turned those into titles and sections. Lengths are points (1/72 inch), pages are
//! counted from 1 where people see them and from 0 where they index.

use super::lock::Password;
use super::numbering::PageMap;
use crate::model::PageSelection;
use crate::pdf::PdfFile;

/// One PDF to make.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// Title, author, language and dates of the whole file.
    pub metadata: Metadata,
    /// The pages, section after section, in the order they are read.
    pub sections: Vec<Section>,
    /// Where each section's pages are and what they are called. Its sections are the plan's.
    pub map: PageMap,
    /// Bookmarks, in order; nesting by [`OutlineEntry::level`].
    pub outline: Vec<OutlineEntry>,
    /// What is laid over every page.
    pub furniture: Furniture<'a>,
    /// Whether the file may say that it conforms to PDF/UA and PDF/A.
    pub claim: Claim,
    /// What it is locked with; PDF/A allows no lock.
    pub password: Option<&'a Password>,
}

/// What the file says of itself; the same in the information dictionary and in XMP.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title, shown in the window's title bar.
    pub title: String,
    /// Author: the council.
    pub author: String,
    /// Language of the whole file, a BCP 47 tag such as `en-GB`.
    pub language: String,
    /// Subject, where there is one.
    pub subject: Option<String>,
    /// When the sources say that the pack was made, in UTC. `None` writes no date at all.
    pub created: Option<jiff::civil::DateTime>,
    /// The program and its version.
    pub producer: String,
}

/// A run of pages from one PDF.
#[derive(Debug, Clone)]
pub struct Section {
    /// Stable name such as `item-4/appendix-1`, used in notes, in the map and in faults.
    pub key: String,
    /// What the section is called in the structure tree.
    pub title: String,
    /// Titles of the groups that hold the section, outermost first; neighbours that share their
    /// first titles share those groups. Each group is a `Part` of the structure tree.
    pub path: Vec<String>,
    /// The PDF, given up as soon as it was read.
    pub pdf: PdfFile,
    /// Which of its pages.
    pub pages: PageSelection,
    /// Who made it.
    pub origin: Provenance,
    /// Its language, where that differs from the pack's.
    pub lang: Option<String>,
    /// Named places in it, the targets of `pack:NAME` links anywhere in the pack.
    pub anchors: Vec<Anchor>,
    /// What stands at the head of its first page, which is somebody else's and says nothing of the
    /// pack itself.
    pub opening: Option<Opening>,
    /// A word such as "DRAFT" across each of its pages.
    pub watermark: Option<String>,
    /// A running notice in the head of each of its pages, such as "Not for publication".
    pub heading: Option<String>,
}

/// A heading put on the first page of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// Where in the pack it is: "Item 5, Appendix 1".
    pub label: String,
    /// What it is called, if it is called anything.
    pub title: String,
}

impl Opening {
    /// The whole of it: "Item 5: Budget monitoring".
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
    /// The name, as it stands after `pack:` in a link.
    pub name: String,
    /// Page within the section's selected pages, from 0.
    pub page: usize,
    /// Distance from the top of the page in points.
    pub y: f32,
}

/// Who made a section's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// This program's own typesetting: trusted to be tagged and to keep the margins free.
    Generated,
    /// Somebody else's file: trusted in nothing.
    Attachment,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// What it says.
    pub title: String,
    /// Depth, from 0. A level deeper than its predecessor's by more than one counts as one deeper.
    pub level: usize,
    /// Where it leads.
    pub target: Target,
    /// The section whose own outline is put below this entry.
    pub adopt: Option<usize>,
}

/// A place in the pack.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A named place of any section.
    Anchor(String),
    /// A page of a section, both from 0.
    Page {
        /// Index into [`Plan::sections`].
        section: usize,
        /// Page within it.
        page: usize,
    },
}

/// What is laid over pages: number, marking, notices. Drawn alike on ours and other people's.
#[derive(Debug, Clone)]
pub struct Furniture<'a> {
    /// Pattern of the number, with `{page}` and `{pages}`.
    pub page_number: String,
    /// Protective marking at the foot of every page.
    pub marking: Option<String>,
    /// The word above the lines of blank pages, where they are for notes.
    pub notes: Option<String>,
    /// Whether the pack is printed on both sides: numbers stand at the outer foot.
    pub double_sided: bool,
    /// Size of number and marking in points: 9 to 10 in standard print, 18 and up in large print.
    pub size: f32,
    /// A TrueType or OpenType font for markings and notices.
    pub regular: &'a [u8],
    /// Its bold face, for page numbers.
    pub bold: &'a [u8],
}

/// Whether the file may identify itself as PDF/UA-1 and PDF/A-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Claim {
    /// It says nothing.
    #[default]
    Never,
    /// It says so where every part of it does, and where every part keeps what we can check.
    WhenEarned,
}
