//! What is to be assembled, and what came of it: the room's whole interface.
//!
//! A plan knows sections of pages and their order, titles for outline and tags, and the furniture
//! that every page carries. It knows nothing of items, editions or councils: whoever makes the
//! plan has turned those into titles and sections. Lengths are points (1/72 inch), pages are
//! counted from 1 where people see them and from 0 where they index.

use bytes::Bytes;

use super::lock::Password;
use super::numbering::PageMap;
use crate::model::{PageSelection, PdfFacts};
use crate::pdf::opening::OpenError;
use crate::pdf::{PdfFile, Substance};

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
    pub origin: Origin,
    /// Its language, where that differs from the pack's.
    pub lang: Option<String>,
    /// Named places in it, the targets of `pack:NAME` links anywhere in the pack.
    pub anchors: Vec<Anchor>,
    /// A word such as "DRAFT" across each of its pages.
    pub watermark: Option<String>,
    /// A running notice in the head of each of its pages, such as "Not for publication".
    pub heading: Option<String>,
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
pub enum Origin {
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

/// The pack as a file, and what is to be known about it.
#[derive(Debug, Clone)]
pub struct Assembled {
    /// The file.
    pub pdf: Bytes,
    /// For each section, its pages, from 1, whose content was made smaller to free the foot margin.
    pub shrunk: Vec<Vec<usize>>,
    /// For each page that came with an attachment, what that page is made of in its file.
    pub sources: Vec<Option<Substance>>,
    /// What was done to sections that their owners may want to know.
    pub notes: Vec<Note>,
    /// What each section brought along, in the plan's order.
    pub parts: Vec<PartFacts>,
    /// What the file says of itself.
    pub claims: Claims,
}

/// The standards the file says it conforms to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Claims {
    /// PDF/UA-1 (ISO 14289-1).
    pub pdf_ua: bool,
    /// PDF/A-2 (ISO 19005-2), level B at least.
    pub pdf_a: bool,
    /// PDF/A-2 level A: tagged throughout.
    pub pdf_a_tagged: bool,
}

/// Something that was done to a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Index into [`Plan::sections`].
    pub section: usize,
    /// The section's key.
    pub key: String,
    /// Page of the source PDF, from 1, where it concerns one.
    pub page: Option<usize>,
    /// What it is.
    pub kind: NoteKind,
}

/// The kinds of [`Note`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Content of the page was made slightly smaller to free the foot margin.
    Shrunk,
    /// The file carries no tags (structure tree).
    Untagged,
    /// Scripts stayed behind.
    ScriptDropped,
    /// Actions that open programs, files or send forms stayed behind.
    ActionDropped,
    /// Embedded files stayed behind.
    EmbeddedFileDropped,
    /// Sound, video or three-dimensional content stayed behind.
    MultimediaDropped,
    /// Form fields became part of the page as they looked.
    FieldsFlattened,
    /// A form field had no appearance, or one out of date: its value was drawn.
    FieldWithoutAppearance,
    /// Reviewers' comments travel with the page.
    Comments,
    /// The file was encrypted without a password to open it; the pack is not encrypted.
    Decrypted,
    /// The file was damaged and had to be repaired to be read.
    Repaired,
    /// Something of the structure tree was broken and left out.
    StructureRepaired,
    /// A digital signature is no longer valid in the pack.
    SignatureBroken,
    /// The page's content could not be read, so that nothing was moved to free its margin.
    Unreadable,
}

impl NoteKind {
    /// The kebab-case code of the finding that the note becomes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            NoteKind::Shrunk => "page-made-smaller",
            NoteKind::Untagged => "attachment-untagged",
            NoteKind::ScriptDropped => "script-left-out",
            NoteKind::ActionDropped => "action-left-out",
            NoteKind::EmbeddedFileDropped => "embedded-file-left-out",
            NoteKind::MultimediaDropped => "multimedia-left-out",
            NoteKind::FieldsFlattened => "form-flattened",
            NoteKind::FieldWithoutAppearance => "form-field-without-appearance",
            NoteKind::Comments => "comments-kept",
            NoteKind::Decrypted => "protection-removed",
            NoteKind::Repaired => "attachment-repaired",
            NoteKind::StructureRepaired => "tags-repaired",
            NoteKind::SignatureBroken => "signature-broken",
            NoteKind::Unreadable => "page-content-unreadable",
        }
    }

    /// The note in plain English, a whole sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            NoteKind::Shrunk => {
                "The page was made slightly smaller to leave room for the pack's page number."
            }
            NoteKind::Untagged => {
                "The file has no tags: a screen reader cannot tell its headings, lists and tables."
            }
            NoteKind::ScriptDropped => "Scripts in the file were left out.",
            NoteKind::ActionDropped => {
                "Actions that open programs or files or send forms were left out."
            }
            NoteKind::EmbeddedFileDropped => "Files embedded in the file were left out.",
            NoteKind::MultimediaDropped => {
                "Sound, video or three-dimensional content was left out; the picture that stands for it stays."
            }
            NoteKind::FieldsFlattened => "Form fields were made part of the page, as they looked.",
            NoteKind::FieldWithoutAppearance => {
                "A form field does not say how it looks: what was filled in was drawn as a viewer draws it."
            }
            NoteKind::Comments => {
                "Reviewers' comments are kept and can be read by everyone who gets the pack."
            }
            NoteKind::Decrypted => {
                "The file was protected without needing a password; the pack is not."
            }
            NoteKind::Repaired => "The file was damaged; it was repaired as far as possible.",
            NoteKind::StructureRepaired => "Some of the file's tags were broken and left out.",
            NoteKind::SignatureBroken => {
                "The file is digitally signed; the signature does not hold inside a pack."
            }
            NoteKind::Unreadable => {
                "The page's content could not be read fully; its margin was left as it is."
            }
        }
    }
}

/// What one section brought along and whether it earns the pack's claims.
#[derive(Debug, Clone)]
pub struct PartFacts {
    /// The section's key.
    pub key: String,
    /// What the file is that it comes from, of its own pages.
    pub facts: PdfFacts,
    /// Structure elements in the file, of the selected pages.
    pub elements_in: usize,
    /// Structure elements in the pack, the pack's own grouping not counted.
    pub elements_out: usize,
    /// Whether it earns PDF/UA-1; the reasons why not otherwise.
    pub pdf_ua: Result<(), Vec<String>>,
    /// Whether it earns PDF/A-2; the reasons why not otherwise.
    pub pdf_a: Result<(), Vec<String>>,
}

/// Why no pack could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssembleError {
    /// A section's PDF cannot be read.
    Open {
        /// Index into [`Plan::sections`].
        section: usize,
        /// The section's key.
        key: String,
        /// Why.
        error: OpenError,
    },
    /// A section's selection names no page that the file has.
    NoSuchPages {
        /// Index into [`Plan::sections`].
        section: usize,
        /// The section's key.
        key: String,
        /// How many pages the file has.
        pages: usize,
    },
    /// A section does not have the pages that the plan's map has for it.
    OtherPages {
        /// Index into [`Plan::sections`].
        section: usize,
        /// The section's key.
        key: String,
        /// How many pages it has.
        pages: usize,
        /// How many the map has for it; `None` where the map does not know the section.
        mapped: Option<usize>,
    },
    /// The plan has no sections.
    Empty,
    /// The furniture's font cannot be used.
    Font(String),
    /// The pack would hold more than this program can number or bound.
    TooLarge(String),
    /// The pack cannot be locked with its password.
    Lock(String),
}

impl std::fmt::Display for AssembleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AssembleError::Open { key, error, .. } => write!(f, "{key}: {error}"),
            AssembleError::NoSuchPages { key, pages, .. } => {
                write!(
                    f,
                    "{key}: none of the pages asked for exist; the file has {pages}"
                )
            }
            AssembleError::OtherPages {
                key, pages, mapped, ..
            } => {
                let mapped = mapped.unwrap_or(0);
                write!(
                    f,
                    "{key}: it has {pages} pages, and the pack was numbered for {mapped}"
                )
            }
            AssembleError::Empty => write!(f, "there is nothing to assemble"),
            AssembleError::Font(why) => {
                write!(f, "the font for page numbers cannot be used: {why}")
            }
            AssembleError::TooLarge(what) => write!(f, "the pack is too large: {what}"),
            AssembleError::Lock(why) => write!(f, "the pack cannot be locked: {why}"),
        }
    }
}

impl std::error::Error for AssembleError {}
