//! What a build is made from, what is ordered, and what comes of it.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::civil::DateTime;

use super::ledger::Ledger;
use super::manifest::{Digest, DocumentMap};
use crate::assemble::Password;
use crate::finding::Finding;
use crate::kept::Kept;
use crate::model::{Audience, Binding, Holds, Meeting, PrintSize, SourceName};
use crate::pdf::PdfFile;
use crate::write::{Output, Readers};

/// What a build is made from.
#[derive(Clone, Copy)]
pub struct Kit<'a> {
    /// The name that outputs bear: the pack's folder.
    pub name: &'a str,
    /// The meeting with all its papers.
    pub meeting: &'a Meeting,
    /// The bytes of a file that travels as it is.
    pub bytes: &'a (dyn Fn(&SourceName) -> Option<Bytes> + Sync),
    /// A PDF whose pages go into a pack, asked for once an order: the last order may have it for its
    /// own, so that a large pack is in memory once.
    pub pages: &'a (dyn Fn(&SourceName) -> Option<PdfFile> + Sync),
    /// The council's own templates, by name.
    pub templates: &'a BTreeMap<String, String>,
    /// When the pack is said to have been made; none says nothing.
    pub created: Option<DateTime>,
    /// Whether it is built in spite of errors, and says so on every page.
    pub draft: bool,
    /// Whether pages that were published may get other numbers.
    pub renumber: bool,
    /// What the PDFs of a members' edition are locked with.
    pub password: Option<&'a Password>,
    /// Where parts that were set are kept for the next build for the same readers.
    pub kept: Option<&'a dyn Kept>,
    /// Given each PDF of a pack by its name as soon as it is made, to write it down while it is read
    /// back. It must not be where anybody looks before the whole build is done.
    pub made: &'a (dyn Fn(&str, &[u8]) + Sync),
    /// Told what is being done, for a person who waits.
    pub progress: &'a (dyn Fn(&str) + Sync),
}

/// One thing to make.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// For whom.
    pub audience: Audience,
    /// In which print.
    pub print: PrintSize,
    /// As PDF or HTML.
    pub form: Form,
    /// What it holds, and in how many volumes; a web page is always whole.
    pub binding: Binding,
}

/// The forms of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// One PDF.
    Pdf,
    /// One web page, with PDFs beside it.
    Html,
}

/// What came of a build.
#[derive(Debug, Default)]
pub struct Built {
    /// Whether it is a draft, made in spite of errors.
    pub draft: bool,
    /// The files, without the manifest.
    pub outputs: Vec<Output>,
    /// The names of the files that each order came to; orders may share some.
    pub made: Vec<(Order, Vec<String>)>,
    /// The hashes of those that are large, taken while they were looked at.
    pub digests: Vec<Digest>,
    /// What a clerk should know of how they were made.
    pub notes: Vec<Finding>,
    /// The page map of each PDF.
    pub documents: Vec<DocumentMap>,
    /// The accessibility of each PDF, by its name.
    pub ledgers: Vec<(String, Ledger)>,
}

/// Who may read what is made for an audience.
pub fn readers(audience: Audience) -> Readers {
    match audience {
        Audience::Public => Readers::Anybody,
        Audience::Members => Readers::OwnerOnly,
    }
}

/// The name of an output: "2026-09-14-scrutiny-members-large-print.pdf".
pub fn output_name(name: &str, order: &Order) -> String {
    let ending = match order.form {
        Form::Pdf => "pdf",
        Form::Html => "html",
    };
    format!("{}.{ending}", stem(name, order))
}

/// The name of a volume: "2026-09-14-scrutiny-large-print-items-4-7-volume-2-of-3.pdf".
pub(super) fn volume_name(name: &str, order: &Order, volume: usize, count: usize) -> String {
    format!("{}-volume-{volume}-of-{count}.pdf", stem(name, order))
}

/// Whether an output is what an order makes, or a volume of it.
pub(super) fn is_of(output: &str, name: &str, order: &Order) -> bool {
    let volume = || {
        output
            .strip_prefix(&stem(name, order))?
            .strip_prefix("-volume-")
    };
    output == output_name(name, order) || order.form == Form::Pdf && volume().is_some()
}

fn stem(name: &str, order: &Order) -> String {
    let audience = match order.audience {
        Audience::Public => "",
        Audience::Members => "-members",
    };
    let print = match order.print {
        PrintSize::Standard => String::new(),
        PrintSize::LARGE => "-large-print".to_owned(),
        PrintSize::GIANT => "-giant-print".to_owned(),
        PrintSize::Points(points) => format!("-{points}pt-print"),
    };
    let mut stem = format!("{name}{audience}{print}");
    let plain = |number: &str| -> String {
        let kept = |c: char| if c.is_alphanumeric() { c } else { '-' };
        number.chars().map(kept).collect()
    };
    match &order.binding.holds {
        Holds::Whole => {}
        Holds::Items(items) => {
            stem.push_str("-items");
            for number in items {
                stem.push('-');
                stem.push_str(&plain(number));
            }
        }
        holds @ (Holds::Agenda | Holds::Exempt) => {
            stem.push('-');
            stem.push_str(holds.as_str());
        }
    }
    if order.binding.notes {
        stem.push_str("-with-notes");
    }
    if let Some(pages) = order.binding.volume_pages {
        stem.push_str(&format!("-by-{pages}"));
    }
    stem
}
