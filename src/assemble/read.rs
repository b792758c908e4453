//! A section's file opened, and what its pages reach taken out of it. This needs nothing of the pack,
//! so it can be done while the pack's pages are still being set.

use super::import::{self, ImportError};
use super::imported::Imported;
use super::outcome::AssembleError;
use super::plan::Provenance;
use crate::model::{PageSelection, PdfFacts};
use crate::pdf::opening::{self, OpenError};
use crate::pdf::{Ink, PdfFile, Substance, facts};

/// The pages of a section, ready for their place in a pack.
#[derive(Debug)]
pub struct Read {
    pub(super) imported: Imported,
    /// What the file is, of these pages alone. Of the program's own there is nothing to be known.
    pub(super) facts: PdfFacts,
    /// Where the pages of an attachment have ink. The program's own leave room for what is put on
    /// them.
    pub(super) inks: Vec<Ink>,
    /// What the pages of an attachment are made of in their file.
    pub(super) substances: Vec<Substance>,
}

/// Why a section's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It cannot be opened.
    Open(OpenError),
    /// It has only so many pages, and others are asked for.
    NoSuchPages(usize),
    /// It is too large.
    TooLarge,
}

impl ReadError {
    /// The error of the section at a place of a plan, with its key.
    pub(super) fn of(self, section: usize, key: &str) -> AssembleError {
        let key = key.to_owned();
        match self {
            Self::Open(error) => AssembleError::Open {
                section,
                key,
                error,
            },
            Self::NoSuchPages(pages) => AssembleError::NoSuchPages {
                section,
                key,
                pages,
            },
            Self::TooLarge => AssembleError::TooLarge(key),
        }
    }
}

impl From<OpenError> for ReadError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<ImportError> for ReadError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::NoSuchPages(pages) => Self::NoSuchPages(pages),
            ImportError::TooLarge => Self::TooLarge,
        }
    }
}

/// Reads the selected pages of a file. The data of an attachment's pictures stays in its bytes, so
/// that whoever keeps them nowhere else has a large file in memory once.
///
/// # Errors
/// When the file cannot be used.
pub fn read(file: PdfFile, pages: &PageSelection, origin: Provenance) -> Result<Read, ReadError> {
    match origin {
        Provenance::Generated => {
            let opened = opening::open(file.bytes())?;
            let facts = facts::of_own(&opened);
            Ok(Read {
                imported: import::import(opened, pages, origin, &facts)?,
                facts,
                inks: Vec::new(),
                substances: Vec::new(),
            })
        }
        Provenance::Attachment => {
            let survey = file.survey()?;
            let imported = import::import(file.into_opened()?, pages, origin, &survey.facts)?;
            let taken: Vec<usize> = imported.pages.iter().map(|page| page.source - 1).collect();
            let substances = imported.pages.iter().map(|page| {
                let means = survey.means.get(page.source - 1).cloned();
                let mut means = means.unwrap_or_default();
                means.looks(page.looks.iter().cloned());
                Substance {
                    content: page.content,
                    means,
                }
            });
            let substances = substances.collect();
            let inks = taken.iter().map(|&page| survey.inks.get(page).cloned());
            Ok(Read {
                facts: survey.facts.of_pages(&taken),
                inks: inks.map(Option::unwrap_or_default).collect(),
                substances,
                imported,
            })
        }
    }
}
