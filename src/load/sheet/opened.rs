//! Opening a workbook of either kind.

use super::book::{Book, Sheet};
use super::excel::{self, Workbook};
use super::{open_document, refusal};
use crate::load::disk::Refusal;
use crate::load::package::Package;
use crate::load::zip::Fault;
use crate::load::{open_document as archive, xml};

/// A workbook of either kind, opened.
pub(super) enum Opened<'b> {
    Excel(Box<Workbook<'b>>),
    OpenDocument(Book, Vec<Sheet>),
}

impl<'b> Opened<'b> {
    /// Opens the file with this name.
    ///
    /// # Errors
    /// When it is not a workbook, or cannot be read.
    pub(super) fn of(name: &str, bytes: &'b [u8]) -> Result<Self, Refusal> {
        if let Some(refusal) = refusal::by_name(name) {
            return Err(refusal);
        }
        let fault = |fault| refusal::no_sheet(name, bytes, fault);
        let package = Package::open(bytes, excel::MAIN).map_err(fault)?;
        if package.main().ends_with(".bin") || package.has("xl/workbook.bin") {
            return Err(refusal::binary(name));
        }
        let damaged = |fault| refusal::damaged(name, fault);
        if package.has(package.main()) && !package.main().starts_with("word/") {
            let workbook = Workbook::open(package).map_err(damaged)?;
            if workbook.book.sheets.is_empty() {
                return Err(refusal::no_workbook(name, bytes));
            }
            return Ok(Self::Excel(Box::new(workbook)));
        }
        let document = match archive::open(bytes) {
            Ok(document) => document,
            Err(Fault::Damaged) => return Err(refusal::no_workbook(name, bytes)),
            Err(fault) => return Err(damaged(fault)),
        };
        let document = xml::document(&document.content).ok_or_else(|| damaged(Fault::Damaged))?;
        match open_document::read(document.root_element()) {
            Ok((book, sheets)) => Ok(Self::OpenDocument(book, sheets)),
            Err(Fault::Damaged) => Err(refusal::no_workbook(name, bytes)),
            Err(fault) => Err(damaged(fault)),
        }
    }

    /// Its sheets and names.
    pub(super) fn book(&self) -> &Book {
        match self {
            Self::Excel(workbook) => &workbook.book,
            Self::OpenDocument(book, _) => book,
        }
    }

    /// Reads a sheet, which can be done only once.
    ///
    /// # Errors
    /// When it cannot be unpacked or read, or is larger than a pack takes.
    pub(super) fn sheet(&mut self, index: usize) -> Result<Sheet, Fault> {
        match self {
            Self::Excel(workbook) => workbook.sheet(index),
            Self::OpenDocument(_, sheets) => sheets
                .get_mut(index)
                .map(std::mem::take)
                .ok_or(Fault::Damaged),
        }
    }
}
