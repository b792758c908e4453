//! What a build is made from, and what it makes.

use std::collections::BTreeMap;
use std::thread;

use bytes::Bytes;
use jiff::civil::DateTime;

use super::ledger::Ledger;
use super::manifest::{Digest, DocumentMap};
use super::order::Order;
use super::step::Step;
use crate::assemble::Password;
use crate::finding::Finding;
use crate::html::Places;
use crate::kept::Kept;
use crate::model::{Audience, Meeting, SourceName};
use crate::pdf::PdfFile;
use crate::write::{Output, Readers};

/// What a build is made from.
#[derive(Clone, Copy)]
pub struct Kit<'a> {
    /// The name of the outputs: that of the pack's folder.
    pub name: &'a str,
    /// The meeting with all its papers.
    pub meeting: &'a Meeting,
    /// The bytes of a file that travels as it is.
    pub bytes: &'a (dyn Fn(&SourceName) -> Option<Bytes> + Sync),
    /// A PDF whose pages go into a pack, asked for once by each order. The last order may take it over,
    /// so that a large pack is in memory only once.
    pub pages: &'a (dyn Fn(&SourceName) -> Option<PdfFile> + Sync),
    /// The council's own templates, by name.
    pub templates: &'a BTreeMap<String, String>,
    /// The date of creation to state; `None` states none.
    pub created: Option<DateTime>,
    /// Whether it is built in spite of errors, and says so on every page.
    pub draft: bool,
    /// Whether pages that were published may get other numbers.
    pub renumber: bool,
    /// Where a block of a web page stands in the sources, for those who write it.
    pub places: Option<Places<'a>>,
    /// The password of the PDFs of a members' edition.
    pub password: Option<&'a Password>,
    /// Where parts that were set are kept for the next build for the same readers.
    pub kept: Option<&'a dyn Kept>,
    /// Given each file by its name as soon as it is made, to write it to disk while it is read back and
    /// others are made. Readers must not see it before the whole build is done.
    pub made: &'a (dyn Fn(&str, &[u8]) + Sync),
    /// Told what is being done, for a person who waits.
    pub progress: &'a (dyn Fn(Step<'_>) + Sync),
}

impl Kit<'_> {
    /// Writes a file that was made, hashes it and holds it to what was composed, all at once.
    pub(super) fn hold<F: Send>(
        &self,
        name: &str,
        bytes: &[u8],
        faults: impl FnOnce() -> F + Send,
    ) -> (F, Digest) {
        thread::scope(|scope| {
            // Writing mostly waits for the disk, so it has a thread of its own.
            scope.spawn(|| (self.made)(name, bytes));
            rayon::join(faults, || Digest::of(name, bytes))
        })
    }
}

/// What a build made.
#[derive(Debug, Default)]
pub struct Built {
    /// Whether it is a draft, made in spite of errors.
    pub draft: bool,
    /// The files, without the manifest.
    pub outputs: Vec<Output>,
    /// The names of the files that each order made; orders may share some.
    pub made: Vec<(Order, Vec<String>)>,
    /// The hashes of files that were taken while others were made.
    pub digests: Vec<Digest>,
    /// What a clerk should know of how they were made.
    pub notes: Vec<Finding>,
    /// The page map of each PDF.
    pub documents: Vec<DocumentMap>,
    /// The accessibility of each PDF, by its name.
    pub ledgers: Vec<(String, Ledger)>,
    /// A hash of everything that it was made from besides the files of its edition.
    pub made_of: String,
}

impl Built {
    /// The hash of one of its files.
    pub(super) fn digest(&self, output: &Output) -> Digest {
        let mut known = self.digests.iter();
        let known = known.find(|digest| digest.path == output.name);
        known.map_or_else(|| Digest::of(&output.name, &output.bytes), Clone::clone)
    }

    /// The same with what came of other orders for the same readers.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.outputs.extend(other.outputs);
        self.made.extend(other.made);
        self.digests.extend(other.digests);
        self.notes.extend(other.notes);
        self.documents.extend(other.documents);
        self.ledgers.extend(other.ledgers);
        Self {
            draft: self.draft || other.draft,
            made_of: other.made_of,
            ..self
        }
    }
}

/// Who may read what is made for an audience.
pub fn readers(audience: Audience) -> Readers {
    match audience {
        Audience::Public => Readers::Anybody,
        Audience::Members => Readers::OwnerOnly,
    }
}

/// The date of creation that a pack states: `SOURCE_DATE_EPOCH` where it is set, else the day of
/// publication, else the day of the meeting. Never the clock, so that the same sources give the
/// same bytes. `None` where `SOURCE_DATE_EPOCH` is not a number of seconds.
#[expect(
    clippy::disallowed_methods,
    reason = "the one setting that every builder of reproducible files takes from the environment"
)]
pub(super) fn created(meeting: &Meeting) -> Option<DateTime> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        let sitting = &meeting.sitting;
        let day = sitting.published.as_ref().unwrap_or(&sitting.date).value;
        return Some(day.at(0, 0, 0, 0));
    };
    let seconds = epoch.to_str()?.parse::<i64>().ok()?;
    let since = jiff::Span::new().try_seconds(seconds).ok()?;
    let start = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
    start.checked_add(since).ok()
}
