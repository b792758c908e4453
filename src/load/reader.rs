//! The state of reading the text files of one pack: the files themselves, the findings, and the
//! attachments that they name.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::asked::SourceFile;
use super::attachment::{Request, Wanted};
use super::codes;
use super::disk::{Disk, Refusal, TextFile, join};
use super::encoding::Encoding;
use super::named::{Boxes, Named, TextKind, inside_pdf, workbook};
use super::notes::Notes;
use super::office;
use super::redaction;
use crate::finding::{FileId, Files, Finding, Place, Span, Spanned};
use crate::kept::Kept;
use crate::model::{Access, PageSelection, SourceName};

/// The state of reading one pack.
pub(super) struct Reader<'r> {
    pub(super) disk: &'r Disk,
    pub(super) notes: &'r Notes,
    pub(super) files: RefCell<Files>,
    pub(super) sources: RefCell<BTreeMap<SourceName, SourceFile>>,
    /// The files that are named and are not there, or cannot be read.
    pub(super) missed: RefCell<BTreeSet<SourceName>>,
    pub(super) wanted: RefCell<Wanted>,
    /// The images that running text shows, and where.
    pub(super) shown: RefCell<Vec<(SourceName, Span)>>,
    pub(super) severity_places: RefCell<BTreeMap<String, Span>>,
    /// Whether `council.toml` could be read, so that the keys of a report's header are known.
    pub(super) layout_known: Cell<bool>,
    /// The cache of what was worked out before.
    kept: Option<&'r dyn Kept>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(disk: &'r Disk, notes: &'r Notes) -> Self {
        Self {
            disk,
            notes,
            files: RefCell::default(),
            sources: RefCell::default(),
            missed: RefCell::default(),
            wanted: RefCell::default(),
            shown: RefCell::default(),
            severity_places: RefCell::default(),
            layout_known: Cell::new(true),
            kept: None,
        }
    }

    /// The same with a cache.
    pub(super) fn with_kept(self, kept: Option<&'r dyn Kept>) -> Self {
        Self { kept, ..self }
    }

    /// An office file, converted if it is of an older kind, and whether it was. `access` says who may read
    /// it. `None`, with a finding at the place that names it, if it cannot be read.
    pub(super) fn office(
        &self,
        name: &SourceName,
        place: Span,
        wanted: office::Wanted,
        access: &Access,
    ) -> Option<(Bytes, bool)> {
        // What is not public is not cached.
        let kept = self.kept.filter(|_| access.is_public());
        let read = self.disk.attachment(name).and_then(|(bytes, sha256)| {
            self.source(name, sha256, bytes.len() as u64);
            let turned = office::modern(&name.0, &bytes, wanted, kept)?;
            let is_turned = turned.is_some();
            Ok((turned.unwrap_or(bytes), is_turned))
        });
        match read {
            Ok((bytes, is_turned)) => {
                if is_turned {
                    self.notes.add(
                        Finding::note(
                            codes::READ_THROUGH_LIBREOFFICE,
                            place,
                            format!("{name} is of an older kind and was read through LibreOffice"),
                        )
                        .help("Check its numbers and tables, or ask for it as .docx or .xlsx"),
                    );
                }
                Some((bytes, is_turned))
            }
            Err(refusal) => {
                self.notes.add(refusal.at(place));
                None
            }
        }
    }

    /// The text of a file, which is added to the table of files.
    pub(super) fn text(&self, name: &SourceName) -> Result<(FileId, Arc<str>), Refusal> {
        let read = self.disk.text(name);
        if read.is_err() {
            self.missed.borrow_mut().insert(name.clone());
        }
        Ok(self.keep(name, read?))
    }

    /// The text of a CSV file; if it is in another encoding, a note says so.
    pub(super) fn sheet(&self, name: &SourceName) -> Result<(FileId, Arc<str>), Refusal> {
        let (file, encoding) = self.disk.sheet(name)?;
        let kept = self.keep(name, file);
        let (code, read) = match encoding {
            Encoding::Utf8 => return Ok(kept),
            Encoding::Utf16 => (
                codes::READ_AS_UTF16,
                "UTF-16, as Excel saves “Unicode Text”",
            ),
            Encoding::Windows1252 => (
                codes::READ_AS_WINDOWS_1252,
                "Windows-1252, as Excel saves CSV",
            ),
        };
        self.notes.add(
            Finding::note(
                code,
                Place::File(name.0.clone()),
                format!("{name} is not UTF-8 and was read as {read}"),
            )
            .help("Check its pound signs, dashes and accents; saving as “CSV UTF-8” in Excel avoids this"),
        );
        Ok(kept)
    }

    fn keep(&self, name: &SourceName, file: TextFile) -> (FileId, Arc<str>) {
        let text: Arc<str> = file.text.into();
        let id = self.files.borrow_mut().add(name.0.clone(), text.clone());
        self.source(name, file.sha256, file.bytes);
        (id, text)
    }

    /// The file that a file in the folder `from` names as `written`. If it does not exist it is
    /// remembered, as it may be added later.
    pub(super) fn locate(&self, from: &str, written: &str) -> Result<SourceName, Refusal> {
        let found = self.disk.locate(from, written);
        if found.is_err()
            && let Ok(name) = join(from, written)
        {
            self.missed.borrow_mut().insert(name);
        }
        found
    }

    /// The file that a file in the folder `from` names, or a finding if it does not exist.
    pub(super) fn named(&self, from: &str, written: &Spanned<String>) -> Option<Named> {
        match self.locate(from, written) {
            Ok(name) => Some(Named {
                name,
                span: written.span,
                redact: Vec::new(),
            }),
            Err(refusal) => {
                self.notes.add_of_sound_line(refusal.at(written.span));
                None
            }
        }
    }

    /// The same for a document. An attachment is added to those to read: with these pages, without what is
    /// in the boxes, and with this access.
    pub(super) fn wanted(
        &self,
        from: &str,
        written: &Spanned<String>,
        pages: &PageSelection,
        redact: Boxes,
        access: &Access,
    ) -> Option<Named> {
        let (mut named, inside) = self.named_inside(from, written)?;
        if !redaction::only_for_pdf(&named, &redact, self.notes) {
            return None;
        }
        if TextKind::of(&named.name).is_none() {
            let mut wanted = self.wanted.borrow_mut();
            let request = Request::new(&named.name, &redact).inside(inside);
            named.name = request.name_among(&wanted);
            let request = wanted.entry(named.name.clone()).or_insert(request);
            request.taken.push((pages.clone(), named.span));
            request.public &= access.is_public();
            named.redact = redact;
        }
        Some(named)
    }

    /// Marks an attachment as not public, so that it is not cached.
    pub(super) fn withhold(&self, name: &SourceName) {
        if let Some(request) = self.wanted.borrow_mut().get_mut(name) {
            request.public = false;
        }
    }

    /// The file that a text names, and the file inside it if the text goes on with `#` and a name.
    fn named_inside(
        &self,
        from: &str,
        written: &Spanned<String>,
    ) -> Option<(Named, Option<String>)> {
        if let Some((file, inside)) = inside_pdf(&written.value)
            && self.locate(from, written).is_err()
        {
            let file = Spanned::new(file.to_owned(), written.span);
            return Some((self.named(from, &file)?, Some(inside.to_owned())));
        }
        if let Some((file, Some(cells))) = workbook(&written.value)
            && self.locate(from, written).is_err()
        {
            let file = Spanned::new(file.to_owned(), written.span);
            let mut named = self.named(from, &file)?;
            named.name = SourceName(format!("{}#{cells}", named.name));
            return Some((named, None));
        }
        Some((self.named(from, written)?, None))
    }

    /// Adds an image to the attachments to read.
    pub(super) fn want(&self, name: &SourceName) {
        self.wanted
            .borrow_mut()
            .entry(name.clone())
            .or_insert_with(|| Request::new(name, &Vec::new()));
    }

    /// The same for pictures inside a Word file, or inside what an older one was converted to.
    pub(super) fn want_inside(
        &self,
        file: &SourceName,
        turned: Option<&Bytes>,
        pictures: &[(SourceName, Span)],
    ) {
        let mut wanted = self.wanted.borrow_mut();
        for (picture, _) in pictures {
            let inside = picture.0.get(file.0.len() + 1..).map(ToOwned::to_owned);
            let request = Request::new(file, &Vec::new()).inside(inside);
            let request = request.turned(turned.cloned());
            wanted.entry(picture.clone()).or_insert(request);
        }
        self.shown.borrow_mut().extend(pictures.iter().cloned());
    }

    /// Records a file that was read.
    pub(super) fn source(&self, name: &SourceName, sha256: String, bytes: u64) {
        let file = SourceFile {
            name: name.clone(),
            sha256,
            bytes,
        };
        self.sources.borrow_mut().insert(name.clone(), file);
    }

    /// Remembers where the severity of a rule is set.
    pub(super) fn severity_place(&self, key: &Spanned<String>) {
        self.severity_places
            .borrow_mut()
            .insert(key.value.clone(), key.span);
    }
}
