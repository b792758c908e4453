//! The only place where the floors meet: from a meeting to the outputs of a build.
//!
//! For each order (an audience, a print, a form) the edition is composed, its parts are typeset
//! side by side, pages are numbered until nothing moves, and everything is assembled into one PDF.
//! All editions of a build go by the page numbers of the standard members' edition, so that
//! everybody in the room turns to the same page.

pub mod accessibility;
pub mod codes;
mod large;
pub mod manifest;
mod numbering;
mod outline;
mod pdf;
mod renumbered;
pub mod sequence;
mod web;

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::civil::DateTime;

use crate::assemble::verify::Fault;
use crate::assemble::{AssembleError, Password};
use crate::compose;
use crate::edition::{Edition, WithheldPages};
use crate::finding::{Code, Files, Finding, Place};
use crate::html::HtmlError;
use crate::kept::Kept;
use crate::model::{Audience, Meeting, PrintSize, Record, SourceName};
use crate::pdf::PdfFile;
use crate::typeset::TypesetError;
use crate::write::Output;
use accessibility::Ledger;
use manifest::{Digest, DocumentMap};
use numbering::Setup;
pub use renumbered::Moved;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// For whom.
    pub audience: Audience,
    /// In which print.
    pub print: PrintSize,
    /// As PDF or HTML.
    pub form: Form,
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

/// Why there is no pack.
#[derive(Debug)]
pub enum BuildError {
    /// A part could not be set.
    Typeset(TypesetError),
    /// The PDF could not be put together.
    Assemble(AssembleError),
    /// The web page could not be made.
    Html(HtmlError),
    /// The finished file is not what it should be, which is a fault of this program.
    Faulty(Vec<Fault>),
    /// A file that was there when the sources were read is not there any more.
    Gone(SourceName),
    /// Pages that were published would get other numbers.
    Renumbered(Vec<Moved>),
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Typeset(error) => error.fmt(f),
            Self::Assemble(error) => error.fmt(f),
            Self::Html(error) => error.fmt(f),
            Self::Faulty(faults) => {
                write!(
                    f,
                    "the finished pack is not what it should be, so it was not written. This is a fault of pack, not of your files: please report it with these lines"
                )?;
                faults
                    .iter()
                    .take(20)
                    .try_for_each(|fault| write!(f, "\n  {fault}"))
            }
            Self::Gone(source) => write!(f, "{source} is not there any more"),
            Self::Renumbered(moved) => {
                write!(
                    f,
                    "pages that were published would get other numbers, and what people have written on them or cited would be wrong. Issue what is new as a supplement (pack build --supplement), or the whole pack anew (--renumber)"
                )?;
                moved
                    .iter()
                    .take(20)
                    .try_for_each(|moved| write!(f, "\n  {moved}"))
            }
        }
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// What is wrong, with the lines of the sources where words stand that do not fit their pages.
    pub fn told(&self, files: &Files) -> String {
        let Self::Typeset(TypesetError::Lost { part, losses }) = self else {
            return self.to_string();
        };
        let mut told = format!(
            "{part} does not fit its pages, so nothing was written. This is a fault of pack: please report it; until it is mended, word these places otherwise"
        );
        for loss in losses.iter().take(10) {
            told.push_str("\n  ");
            if let Some(span) = loss.span {
                let line = files.position(span).line;
                told.push_str(&format!("{}:{line}: ", files.path(span)));
            }
            told.push_str(&loss.to_string());
        }
        told
    }
}

impl From<TypesetError> for BuildError {
    fn from(error: TypesetError) -> Self {
        Self::Typeset(error)
    }
}

impl From<AssembleError> for BuildError {
    fn from(error: AssembleError) -> Self {
        Self::Assemble(error)
    }
}

impl From<HtmlError> for BuildError {
    fn from(error: HtmlError) -> Self {
        Self::Html(error)
    }
}

/// The name of an output: "2026-09-14-scrutiny-members-large-print.pdf".
pub fn output_name(name: &str, order: Order) -> String {
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
    let ending = match order.form {
        Form::Pdf => "pdf",
        Form::Html => "html",
    };
    format!("{name}{audience}{print}.{ending}")
}

/// Makes what is ordered for one audience.
///
/// # Errors
/// When anything ordered cannot be made; there are no outputs then.
pub fn build(kit: &Kit<'_>, audience: Audience, orders: &[Order]) -> Result<Built, BuildError> {
    let others = others(kit, audience)?;
    let edition = Edition::of(kit.meeting, audience, &others.withheld);
    let mut stretches = sequence::sequence(&edition, compose::compose(&edition));
    for stretch in &mut stretches {
        if let Some(pages) = others.around.get(&stretch.key) {
            stretch.reserved = *pages;
        }
    }
    let setup = Setup::standard(&edition);
    let standard_pdf = |order: &Order| {
        (order.audience, order.form, order.print) == (audience, Form::Pdf, PrintSize::Standard)
    };
    let (standard, mut ahead) = if orders.iter().any(standard_pdf) {
        pdf::number_and_read(kit, &edition, stretches, &setup)?
    } else {
        let standard = numbering::number(kit, &edition, stretches, &setup)?;
        (standard, pdf::Ahead::default())
    };
    let is_whole = kit.meeting.supplement.is_none();
    let held = |_: &&Record| is_whole && !kit.renumber;
    if let Some(record) = kit.meeting.record.as_ref().filter(held) {
        renumbered::hold(record, &standard, audience == Audience::Public)?;
    }
    let mut built = Built::default();
    built.notes.extend(numbering::findings(&standard));
    for order in orders.iter().filter(|order| order.audience == audience) {
        let name = output_name(kit.name, *order);
        (kit.progress)(&format!("making {name}"));
        let before = built.outputs.len();
        match (order.form, order.print) {
            (Form::Pdf, PrintSize::Standard) => {
                let size = pdf::FURNITURE;
                let ahead = std::mem::take(&mut ahead);
                pdf::make(kit, &edition, &standard, size, *order, ahead, &mut built)?;
            }
            (Form::Pdf, PrintSize::Points(points)) => {
                large::make(kit, &edition, &standard, points, *order, &mut built)?;
            }
            (Form::Html, print) => web::make(kit, &edition, &standard, print, &name, &mut built)?,
        }
        let of_page = |name: &str| order.form == Form::Html && name.starts_with(web::PAPERS);
        let names = built.outputs.iter().enumerate();
        let names = names.filter(|(index, output)| *index >= before || of_page(&output.name));
        let names = names.map(|(_, output)| output.name.clone()).collect();
        built.made.push((*order, names));
    }
    Ok(built)
}

/// How accessible the standard edition for an audience is, part by part.
///
/// # Errors
/// When it cannot be made.
pub fn accessibility(kit: &Kit<'_>, audience: Audience) -> Result<Ledger, BuildError> {
    let order = Order {
        audience,
        print: PrintSize::Standard,
        form: Form::Pdf,
    };
    let built = build(kit, audience, &[order])?;
    let ledger = built.ledgers.into_iter().next();
    Ok(ledger.map_or_else(Ledger::default, |(_, ledger)| ledger))
}

/// How many page numbers others need, so that everybody turns to the same page.
#[derive(Default)]
struct Others {
    /// The pages of each document that an audience does not get.
    withheld: WithheldPages,
    /// The pages of each part around the items, such as the front sheet, in the other edition.
    around: BTreeMap<String, u32>,
}

/// Counts the pages of the other edition where it has other pages. Nothing else of it leaves this
/// function: what is set here is kept nowhere.
fn others(kit: &Kit<'_>, audience: Audience) -> Result<Others, BuildError> {
    if !anything_withheld(kit.meeting) {
        return Ok(Others::default());
    }
    let kit = Kit { kept: None, ..*kit };
    let count = |edition: &Edition| {
        let stretches = sequence::sequence(edition, compose::compose(edition));
        numbering::number(&kit, edition, stretches, &Setup::standard(edition))
    };
    (kit.progress)("counting the pages that are withheld");
    let members = Edition::of(kit.meeting, Audience::Members, &WithheldPages::new());
    if audience == Audience::Public {
        let members = count(&members)?;
        return Ok(Others {
            withheld: members.pages_by_key(kit.meeting),
            around: members.pages_around_items(),
        });
    }
    let settings = &kit.meeting.council.pack;
    if !settings.number_from_front_sheet && !kit.meeting.accessibility_page {
        return Ok(Others::default());
    }
    let withheld = count(&members)?.pages_by_key(kit.meeting);
    let public = count(&Edition::of(kit.meeting, Audience::Public, &withheld))?;
    Ok(Others {
        withheld: WithheldPages::new(),
        around: public.pages_around_items(),
    })
}

fn anything_withheld(meeting: &Meeting) -> bool {
    let documents = meeting.documents();
    documents
        .iter()
        .any(|standing| !standing.access.admits(Audience::Public))
}

/// A finding about how a pack was made, which no line of the sources is to blame for.
fn note(code: &'static str, place: impl Into<Place>, message: impl Into<String>) -> Finding {
    Finding::note(Code(code), place, message)
}
