//! The result of assembling: the pack and facts about it, or why there is none.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::model::PdfFacts;
use crate::pdf::Substance;
use crate::pdf::opening::OpenError;

/// The pack as a file, and facts about it.
#[derive(Debug, Clone)]
pub struct Assembled {
    /// The file.
    pub pdf: Bytes,
    /// For each page that came with an attachment, what that page is made of in its file.
    pub sources: Vec<Option<Substance>>,
    /// What was done to sections that their owners may want to know.
    pub notes: Vec<Note>,
    /// Facts about each section, in the plan's order.
    pub parts: Vec<PartFacts>,
    /// The standards that the file claims to conform to.
    pub claims: Claims,
}

/// The standards that the file claims to conform to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Claims {
    /// PDF/UA-1 (ISO 14289-1).
    pub pdf_ua: bool,
    /// PDF/A-2 (ISO 19005-2), at least level B.
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
    /// The page of the source PDF, counted from 1, if it is about one page.
    pub page: Option<usize>,
    /// What it is.
    pub kind: NoteKind,
}

/// The kinds of [`Note`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoteKind {
    /// The content of the page was made slightly smaller to free the foot margin.
    Shrunk,
    /// The file has no tags (structure tree).
    Untagged,
    /// Scripts were left out.
    ScriptDropped,
    /// Actions that open programs or files or send forms were left out.
    ActionDropped,
    /// Embedded files were left out.
    EmbeddedFileDropped,
    /// Sound, video or three-dimensional content was left out.
    MultimediaDropped,
    /// Form fields became part of the page, as they looked.
    FieldsFlattened,
    /// A form field had no appearance, or one that was out of date. Its value was drawn.
    FieldWithoutAppearance,
    /// The value that was drawn in a form field has letters that the pack's font lacks.
    FieldLettersMissing,
    /// Reviewers' comments are kept.
    Comments,
    /// The file was encrypted but needed no password to open. The pack is not encrypted.
    Decrypted,
    /// The file was damaged and had to be repaired to be read.
    Repaired,
    /// Some of the structure tree was broken and was left out.
    StructureRepaired,
    /// A digital signature is no longer valid in the pack.
    SignatureBroken,
    /// The page's content could not be read, so that nothing was moved to free its margin.
    Unreadable,
}

impl NoteKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Shrunk,
        Self::Untagged,
        Self::ScriptDropped,
        Self::ActionDropped,
        Self::EmbeddedFileDropped,
        Self::MultimediaDropped,
        Self::FieldsFlattened,
        Self::FieldWithoutAppearance,
        Self::FieldLettersMissing,
        Self::Comments,
        Self::Decrypted,
        Self::Repaired,
        Self::StructureRepaired,
        Self::SignatureBroken,
        Self::Unreadable,
    ];

    /// The code of the finding that the note becomes.
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
            NoteKind::FieldLettersMissing => "form-field-letters-missing",
            NoteKind::Comments => "comments-kept",
            NoteKind::Decrypted => "protection-removed",
            NoteKind::Repaired => "attachment-repaired",
            NoteKind::StructureRepaired => "tags-repaired",
            NoteKind::SignatureBroken => "signature-broken",
            NoteKind::Unreadable => "page-content-unreadable",
        }
    }

    /// Whether something that was filled in is not on the page.
    #[must_use]
    pub fn loses_words(self) -> bool {
        self == NoteKind::FieldLettersMissing
    }

    /// The note in plain English, as a whole sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            NoteKind::Shrunk => {
                "The page was made slightly smaller to leave room for what the pack prints on it."
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
            NoteKind::FieldLettersMissing => {
                "A form field does not say how it looks, and a sign stands for each of its letters that the pack's font for forms cannot show: print the form as a PDF from the program that it was filled in with, and attach that."
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

/// Facts about one section, and whether it meets the standards that the pack may claim.
#[derive(Debug, Clone)]
pub struct PartFacts {
    /// The facts about its file, for the selected pages.
    pub facts: PdfFacts,
    /// How many structure elements the selected pages have in the file.
    pub elements_in: usize,
    /// How many structure elements they have in the pack, without the pack's own groups.
    pub elements_out: usize,
    /// Whether it meets PDF/UA-1, or the reasons why not.
    pub pdf_ua: Result<(), Vec<String>>,
    /// Whether it meets PDF/A-2, or the reasons why not.
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
    /// A section selects only pages that the file does not have.
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
        /// How many the map has for it. `None` if the map does not have the section.
        mapped: Option<usize>,
    },
    /// The plan has no sections.
    Empty,
    /// The furniture's font cannot be used.
    Font(String),
    /// The pack would have more than this program can number or limit.
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
