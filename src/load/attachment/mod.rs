//! Attachments: files that stay as they are. Each is read once, recognised by its content, and its
//! facts are taken. They are read in parallel, with results in the order of their names.

mod drawing;
mod image;
mod kept;
mod pdf;
mod picture;
mod screen;
mod stamp;

pub use screen::{for_screen, is_too_fine_for_screen};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use bytes::Bytes;

pub(super) use self::image::ImageFacts;
pub(super) use self::pdf::Pdf;
use super::asked::PdfContent;
use super::codes;
use super::disk::{Disk, Refusal};
use super::named::{Boxes, TextKind, inside_pdf};
use super::sniff;
use crate::crew::side_by_side;
use crate::finding::Span;
use crate::kept::Kept;
use crate::model::{PageSelection, SourceName};
use crate::pdf::embedded;
use crate::pdf::opening::Opened;
use crate::pdf::{PdfFile, RedactionBox, Removed};

/// If the files together have more bytes than this, PDFs are not shared open.
const LARGE: usize = 16 << 20;
/// The most objects that stay in memory between reading and building: each takes about 2 KB.
const MOST_OPEN: usize = 100_000;

/// Every attachment, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachments {
    files: BTreeMap<SourceName, File>,
}

/// An attachment in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
enum File {
    Pdf(PdfFile),
    Other(Bytes),
}

impl File {
    fn bytes(&self) -> &Bytes {
        match self {
            Self::Pdf(file) => file.bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

impl Attachments {
    /// The bytes of an attachment; `None` if it could not be read.
    pub fn get(&self, name: &SourceName) -> Option<&Bytes> {
        self.files.get(name).map(File::bytes)
    }

    /// A PDF; `None` if it could not be read or is not one. Those of a small pack stay open for the next
    /// caller; those of a large one would be in memory twice.
    pub fn pdf(&self, name: &SourceName) -> Option<PdfFile> {
        let weight: usize = self.iter().map(|(_, bytes)| bytes.len()).sum();
        match self.files.get(name)? {
            File::Pdf(file) if weight > LARGE || !file.is_open() => Some(file.given_up()),
            File::Pdf(file) => Some(file.clone()),
            File::Other(_) => None,
        }
    }

    /// Removes a PDF and returns it.
    pub fn take_pdf(&mut self, name: &SourceName) -> Option<PdfFile> {
        match self.files.remove(name)? {
            File::Pdf(file) => Some(file),
            File::Other(_) => None,
        }
    }

    /// Every attachment in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&SourceName, &Bytes)> {
        self.files.iter().map(|(name, file)| (name, file.bytes()))
    }
}

impl FromIterator<(SourceName, Attachment)> for Attachments {
    /// What was read of the attachments, as far as their bytes are wanted.
    fn from_iter<I: IntoIterator<Item = (SourceName, Attachment)>>(read: I) -> Self {
        let files = read.into_iter().filter_map(|(name, attachment)| {
            let bytes = attachment.bytes?;
            let file = match attachment.kind {
                Ok(Kind::Pdf(pdf)) => {
                    File::Pdf(PdfFile::known(bytes, attachment.opened, pdf.survey))
                }
                Ok(Kind::Image(_)) | Err(_) => File::Other(bytes),
            };
            Some((name, file))
        });
        Self {
            files: files.collect(),
        }
    }
}

/// An attachment that was read.
#[derive(Debug)]
pub(super) struct Attachment {
    /// Its bytes, if they were asked for or had to be read.
    pub(super) bytes: Option<Bytes>,
    /// Its objects, if it is a PDF that had to be opened and whose bytes were asked for.
    opened: Option<Opened>,
    /// Its length in bytes.
    pub(super) length: u64,
    pub(super) sha256: String,
    /// What was taken out for each box.
    pub(super) removed: Vec<Removed>,
    /// What it is, or why it cannot be used.
    pub(super) kind: Result<Kind, Refusal>,
}

impl Attachment {
    /// Drops its objects if too many are open; `open` counts those of all attachments. It is then opened
    /// again when its pages are taken.
    fn held(mut self, open: &AtomicUsize) -> Self {
        if let Some(opened) = &self.opened {
            let own = opened.doc.objects.len();
            if open.fetch_add(own, Ordering::Relaxed) + own > MOST_OPEN {
                self.opened = None;
            }
        }
        self
    }
}

/// What an attachment is.
#[derive(Debug)]
pub(super) enum Kind {
    Pdf(Box<Pdf>),
    Image(ImageFacts),
}

/// The attachments to read, by name.
pub(super) type Wanted = BTreeMap<SourceName, Request>;

/// What is wanted of an attachment.
#[derive(Debug)]
pub(super) struct Request {
    /// The file on disk.
    file: SourceName,
    /// The file inside that one, if that is what is wanted.
    inside: Option<String>,
    /// The file as LibreOffice converted it, if it is of an older kind.
    turned: Option<Bytes>,
    /// What is taken out of it before anything else is read.
    redact: Vec<RedactionBox>,
    /// For each place that names it, the pages that are taken of it and where that is written. Images in
    /// running text have no such place.
    pub(super) taken: Vec<(PageSelection, Span)>,
    /// Whether everybody may see it at every place that names it.
    pub(super) public: bool,
}

impl Request {
    /// A request for a file without what is in the boxes.
    pub(super) fn new(file: &SourceName, redact: &Boxes) -> Self {
        Self {
            file: file.clone(),
            inside: None,
            turned: None,
            redact: redact.iter().map(|area| area.value).collect(),
            taken: Vec::new(),
            public: true,
        }
    }

    /// The same for a file inside the file.
    pub(super) fn inside(self, inside: Option<String>) -> Self {
        Self { inside, ..self }
    }

    /// The same for a file inside the file as LibreOffice converted it.
    pub(super) fn turned(self, turned: Option<Bytes>) -> Self {
        Self { turned, ..self }
    }

    /// What it is called.
    fn name(&self) -> SourceName {
        match &self.inside {
            Some(inside) => SourceName(format!("{}#{inside}", self.file)),
            None => self.file.clone(),
        }
    }

    /// Its name among other requests: its own, with a mark after `#` if boxes are taken out of it. Other
    /// boxes get another mark.
    pub(super) fn name_among(&self, wanted: &Wanted) -> SourceName {
        let own = self.name();
        if self.redact.is_empty() {
            return own;
        }
        let mut name = SourceName(format!("{own}#redacted"));
        let mut count = 1;
        while wanted
            .get(&name)
            .is_some_and(|other| other.name() != own || other.redact != self.redact)
        {
            count += 1;
            name = SourceName(format!("{own}#redacted-{count}"));
        }
        name
    }
}

/// The attachments that were read, or why one cannot be used, by name.
pub(super) type Read = BTreeMap<SourceName, Result<Attachment, Refusal>>;

/// An image that was read, for the place that shows it.
///
/// # Errors
/// Why it cannot be shown; `None` if it was not read at all.
pub(super) fn image<'r>(
    read: &'r Read,
    name: &SourceName,
) -> Result<&'r ImageFacts, Option<Cow<'r, Refusal>>> {
    match read.get(name) {
        Some(Ok(Attachment { kind, .. })) => match kind {
            Ok(Kind::Image(image)) => Ok(image),
            Ok(Kind::Pdf(_)) => Err(Some(Cow::Owned(self::image::only_an_appendix(name)))),
            Err(refusal) => Err(Some(Cow::Borrowed(refusal))),
        },
        Some(Err(refusal)) => Err(Some(Cow::Borrowed(refusal))),
        None => Err(None),
    }
}

/// Reads all attachments that are wanted; pictures at their full size if `full_size`, otherwise no finer
/// than a page can show.
pub(super) fn read(
    disk: &Disk,
    wanted: &Wanted,
    content: PdfContent,
    full_size: bool,
    kept: Option<&dyn Kept>,
) -> Read {
    let wanted: Vec<_> = wanted.iter().collect();
    let open = AtomicUsize::new(0);
    // What is not public is not cached.
    let public = wanted.iter().filter(|(_, request)| request.public);
    let stamps = kept.map(|kept| stamp::Known::of(kept, public.map(|(_, request)| &request.file)));
    let read = side_by_side(wanted, |(name, request)| {
        let kept = kept.zip(stamps.as_ref()).filter(|_| request.public);
        (
            name.clone(),
            read_one(disk, request, content, full_size, kept).map(|read| read.held(&open)),
        )
    });
    if let Some(stamps) = stamps {
        stamps.keep();
    }
    read.into_iter().collect()
}

fn read_one(
    disk: &Disk,
    request: &Request,
    content: PdfContent,
    full_size: bool,
    kept: Option<(&dyn Kept, &stamp::Known<'_>)>,
) -> Result<Attachment, Refusal> {
    // The stamp on the disk says nothing about a file after its redaction, or about a file inside it.
    let stamped = kept
        .filter(|_| request.redact.is_empty() && request.inside.is_none())
        .and_then(|(kept, stamps)| Some((kept, stamps, stamp::of(disk, &request.file)?)));
    if let Some((kept, stamps, stamp)) = stamped.filter(|_| !content.bytes)
        && let Some((length, sha256)) = stamps.find(&request.file, stamp)
        && let Some(pdf) = kept::find(kept, &sha256, &request.taken, content)
    {
        return Ok(Attachment {
            bytes: None,
            opened: None,
            length,
            sha256,
            removed: Vec::new(),
            kind: Ok(Kind::Pdf(Box::new(pdf))),
        });
    }
    let (bytes, sha256) = disk.attachment(&request.file)?;
    let (bytes, sha256) = match &request.inside {
        Some(inside) => {
            let outer = request.turned.as_ref().unwrap_or(&bytes);
            taken_out(&request.file, outer, inside)?
        }
        None => (bytes, sha256),
    };
    let (bytes, sha256, removed) = redacted(request, bytes, sha256)?;
    let length = bytes.len() as u64;
    let known = kept.and_then(|(kept, _)| kept::find(kept, &sha256, &request.taken, content));
    let mut opened = None;
    let (kind, bytes) = match known {
        Some(pdf) => (Ok(Kind::Pdf(Box::new(pdf))), content.bytes.then_some(bytes)),
        None => {
            let mut kind = kind(request, &bytes, content, full_size, &mut opened);
            let mut bytes = bytes;
            if let Ok(Kind::Pdf(pdf)) = &mut kind
                && let Some((cut, known, objects)) =
                    pdf::without_beside(&request.name(), &bytes, pdf, &request.taken, content)
            {
                (bytes, **pdf, opened) = (cut, known, Some(objects));
            }
            if let (Some((kept, _)), Ok(Kind::Pdf(pdf))) = (kept, &kind) {
                kept::keep(kept, &sha256, &request.taken, content, pdf);
            }
            // The pack gets the image as it was rewritten.
            let bytes = match &kind {
                Ok(Kind::Image(image)) => image.bytes.clone(),
                Ok(Kind::Pdf(_)) | Err(_) => bytes,
            };
            (kind, Some(bytes))
        }
    };
    if let (Some((_, stamps, stamp)), Ok(Kind::Pdf(_))) = (stamped, &kind) {
        stamps.note(disk, &request.file, stamp, &sha256, SystemTime::now());
    }
    Ok(Attachment {
        bytes,
        opened: opened.filter(|_| content.bytes),
        length,
        sha256,
        removed,
        kind,
    })
}

/// A file inside a PDF or a Word file, and its hash.
fn taken_out(file: &SourceName, bytes: &[u8], inside: &str) -> Result<(Bytes, String), Refusal> {
    if TextKind::of(file) == Some(TextKind::Word) {
        let found = super::word::inside(&file.0, bytes, inside)?;
        let hash = super::disk::sha256(&found);
        return Ok((found.into(), hash));
    }
    let opened = crate::pdf::opening::open(bytes).map_err(|error| pdf::refusal(file, error))?;
    let Some(found) = embedded::file(&opened.doc, inside) else {
        let names = embedded::names(&opened.doc);
        return Err(Refusal::new(
            codes::FILE_MISSING,
            format!("There is no file {inside} inside {}", file.file_name()),
            if names.is_empty() {
                "It has no files inside".to_owned()
            } else {
                format!("It has {}", names.join(", "))
            },
        ));
    };
    let hash = super::disk::sha256(&found);
    Ok((found.into(), hash))
}

/// A file, its hash, and what was taken out of it for each box.
type Hashed = (Bytes, String, Vec<Removed>);

/// A file without what is in the boxes, and what that was. From here on nothing knows the original, not
/// even its hash.
fn redacted(request: &Request, bytes: Bytes, sha256: String) -> Result<Hashed, Refusal> {
    if request.redact.is_empty() {
        return Ok((bytes, sha256, Vec::new()));
    }
    let done = crate::pdf::redact(&bytes, &request.redact).map_err(|error| {
        Refusal::new(
            codes::NOT_REDACTED,
            format!(
                "{} could not be redacted and stays out: {error}",
                request.file.file_name()
            ),
            format!(
                "Correct its `redact`, or try the boxes with pack redact {} --page N --box X,Y,WIDTH,HEIGHT",
                request.file.file_name()
            ),
        )
    })?;
    let hash = super::disk::sha256(&done.pdf);
    Ok((done.pdf.into(), hash, done.removed))
}

/// What a file is by its extension, and what to do, for kinds that people send and a pack does not take.
fn foreign(ending: &str) -> Option<(&'static str, &'static str)> {
    Some(match ending {
        "zip" | "7z" | "rar" => (
            "a folder packed into one file",
            "Unpack it into the pack's folder, and name each paper that is in it",
        ),
        "htm" | "html" | "mht" | "mhtml" => (
            "a web page",
            "Open it in a browser, print it to PDF and name that",
        ),
        "url" | "webloc" | "lnk" | "gdoc" | "gsheet" | "gslides" => (
            "only a link to a document",
            "Open it, download the document as Word or PDF, and name that",
        ),
        "pages" | "numbers" | "key" => (
            "a file of Apple's office programs",
            "Open it and export it as Word, CSV or PDF, and name that",
        ),
        "eml" | "msg" => (
            "an e-mail",
            "Open it in your e-mail program, print it to PDF or save what is attached to it, and name that",
        ),
        "webp" | "avif" | "gif" | "bmp" => (
            "a picture for screens",
            "Open it and save it as PNG or JPEG, and name that",
        ),
        "heic" | "heif" => (
            "a photograph in a format of mobile phones (HEIC)",
            "Open it and save it as JPEG, or send it from the phone as “Most compatible”, and name that",
        ),
        "tif" | "tiff" => (
            "a picture or a scan for print (TIFF)",
            "Save a picture as PNG and a scan as PDF, and name that",
        ),
        "txt" | "text" => (
            "plain text",
            "Give it a name that ends in .md, and name it so here",
        ),
        "xps" | "oxps" | "pub" | "vsd" | "vsdx" | "one" | "mpp" => (
            "a file of another program",
            "Open it in the program that made it, save it as PDF and name that",
        ),
        "mp3" | "mp4" | "m4a" | "mov" | "wav" | "avi" => (
            "a recording",
            "Put it on the council's website and write where it is: absent = \"…\"",
        ),
        _ => return None,
    })
}

/// What a file is. The objects of a PDF are left in `opened`.
fn kind(
    request: &Request,
    bytes: &Bytes,
    content: PdfContent,
    full_size: bool,
    opened: &mut Option<Opened>,
) -> Result<Kind, Refusal> {
    let name = &request.name();
    let mut read_pdf = || {
        let (pdf, objects) = pdf::read(name, bytes, &request.taken, content)?;
        *opened = Some(objects);
        Ok(Kind::Pdf(Box::new(pdf)))
    };
    let ending = name
        .file_name()
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    if let Some(image) = image::facts(name, bytes, full_size) {
        return image.map(Kind::Image);
    }
    let looks_like_pdf = bytes
        .get(..bytes.len().min(1024))
        .is_some_and(|start| start.windows(5).any(|window| window == b"%PDF-"));
    match ending.as_str() {
        "pdf"
            if let Some(known) = sniff::of(bytes)
                && !looks_like_pdf =>
        {
            Err(Refusal::new(
                codes::NOT_A_PDF,
                format!("{name} is {}, whatever its name says", known.what),
                if known == sniff::WEB_PAGE {
                    "It may be the page on which a site asks who you are: download the PDF again, signed in there"
                } else {
                    "Open it in the program that made it and save it as PDF"
                },
            ))
        }
        "pdf" => read_pdf(),
        _ if looks_like_pdf => read_pdf(),
        "png" | "jpg" | "jpeg" | "svg" => Err(image::not_one(name, bytes)),
        "ppt" | "pptx" | "odp" => Err(Refusal::new(
            codes::UNKNOWN_FILE_KIND,
            format!("{name} is a slide show, which a pack cannot take"),
            "Save it as a tagged PDF (PowerPoint: Save as, PDF, Options, “Document structure tags for accessibility”) and name that",
        )),
        ending if let Some((what, help)) = foreign(ending) => Err(Refusal::new(
            codes::UNKNOWN_FILE_KIND,
            format!("{name} is {what}, which a pack cannot take"),
            help,
        )),
        _ if inside_pdf(&name.0).is_some() => Err(Refusal::new(
            codes::UNKNOWN_FILE_KIND,
            format!(
                "{name} is neither a PDF nor a picture, which is all that a pack takes out of a PDF"
            ),
            "Open the PDF in Adobe Acrobat or Reader, save the file that is in it beside the PDF, and name that",
        )),
        _ => Err(Refusal::new(
            codes::UNKNOWN_FILE_KIND,
            format!("{name} is a kind of file that a pack cannot take"),
            "A pack takes Markdown, Word (.docx, .odt), spreadsheets (.xlsx, .ods, CSV), PDF, PNG, JPEG and SVG",
        )),
    }
}
