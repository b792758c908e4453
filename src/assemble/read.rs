//! A section's file opened, what its pages reach taken out of it, and where those have ink. This
//! needs nothing of the pack, so it can be done while the pack's pages are still being set.

use bytes::Bytes;
use rayon::prelude::*;

use super::import::{self, ImportError, Imported};
use super::ink::{self, Ink};
use super::plan::{AssembleError, Origin, PageSelection};
use crate::pdf::opening::{self, OpenError};

/// The pages of a section, ready for their place in a pack.
#[derive(Debug)]
pub struct Read {
    pub(super) imported: Imported,
    /// Where the pages of an attachment have ink. The program's own leave room for what is put on
    /// them.
    pub(super) inks: Vec<Ink>,
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

/// Reads the selected pages of a file. The data of an attachment's pictures stays in its bytes, so
/// that whoever keeps them nowhere else has a large file in memory once.
///
/// # Errors
/// When the file cannot be used.
pub fn read(pdf: &Bytes, pages: &PageSelection, origin: Origin) -> Result<Read, ReadError> {
    let opened = match origin {
        Origin::Generated => opening::open(pdf),
        Origin::Attachment => opening::open_light(pdf),
    };
    let imported = import::import(opened.map_err(ReadError::Open)?, pages, origin).map_err(
        |error| match error {
            ImportError::NoSuchPages(pages) => ReadError::NoSuchPages(pages),
            ImportError::TooLarge => ReadError::TooLarge,
        },
    )?;
    let inks = match origin {
        Origin::Generated => Vec::new(),
        Origin::Attachment => (0..imported.pages.len())
            .into_par_iter()
            .map(|page| ink::scan(&imported, page))
            .collect(),
    };
    Ok(Read { imported, inks })
}
