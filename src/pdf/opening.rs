//! Opens somebody else's PDF, or finds out why it cannot be opened.
//!
//! This reads the objects of damaged and encrypted files, in limited memory. It does not know what the
//! objects mean except for the page tree, by which it decides whether a file can be read.

use bytes::Bytes;
use lopdf::{Document, LoadOptions, ObjectId};

use super::bulk::{Bulk, Filter};
use super::object::target;
use super::{clear, field, filters, generations, page_tree, recover};

/// The most that one object stream or cross-reference stream may inflate to, in bytes.
const LARGEST_STREAM: usize = 64 << 20;
/// What all object streams of a file may inflate to in any case, in bytes.
const SURELY_FINE: u64 = 8 << 20;
/// How many times their size in the file all object streams may inflate to. Objects are text and shrink to
/// about a tenth. If they shrink to a thirtieth, the file was crafted.
const LIKELIEST_RATIO: u64 = 30;

/// The most that a file may have outside its streams, in bytes. Two bytes of an array become fifty in
/// memory. The largest paper seen has a hundredth of this.
const MOST_OUTSIDE_STREAMS: usize = 24 << 20;

/// The shortest file whose pictures are left in it, in bytes.
const WORTH_LEAVING: usize = 64 << 10;

/// A PDF that could be opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its objects, decrypted.
    pub doc: Document,
    /// The data of pictures that was left in the file.
    pub(crate) bulk: Bulk,
    /// How many pages it has, which is never 0.
    pub pages: usize,
    /// Whether it was encrypted (and needed no password).
    pub encrypted: bool,
    /// Whether its cross-reference table had to be rebuilt.
    pub repaired: bool,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// It is not a PDF, and there is no PDF inside it.
    NotPdf,
    /// It is empty.
    Empty,
    /// It is a PDF, but too damaged to be read.
    Damaged,
    /// It can be read and has no pages.
    NoPages,
    /// It cannot be opened without a password.
    NeedsPassword,
    /// It is encrypted in a way that this program does not know.
    UnknownEncryption,
    /// It would take more memory than is allowed to read.
    TooLarge,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            OpenError::NotPdf => "this is not a PDF",
            OpenError::Empty => "the file is empty",
            OpenError::Damaged => "the PDF is damaged beyond repair",
            OpenError::NoPages => "the PDF has no pages",
            OpenError::NeedsPassword => "the PDF needs a password to be opened",
            OpenError::UnknownEncryption => "the PDF is encrypted in a way that cannot be read",
            OpenError::TooLarge => "the PDF unpacks to more than can be read safely",
        })
    }
}

impl std::error::Error for OpenError {}

/// Opens a PDF and repairs what can be repaired. Nothing in the file makes this panic.
///
/// # Errors
/// If the file cannot be used, with the reason.
pub fn open(bytes: &[u8]) -> Result<Opened, OpenError> {
    open_or(bytes, || None)
}

/// Opens a PDF as [`open`] does, but leaves the data of large pictures in the file if possible.
///
/// # Errors
/// As [`open`].
pub fn open_light(file: &Bytes) -> Result<Opened, OpenError> {
    open_or(file, || {
        (file.len() >= WORTH_LEAVING)
            .then(|| leaving(file))
            .flatten()
    })
}

/// Reads a PDF without the data of its pictures. `None` if anything is wrong with it.
fn leaving(file: &Bytes) -> Option<Opened> {
    let (doc, mut bulk, usual) = Bulk::leave(file, LARGEST_STREAM, |filter| {
        as_written(file, false, Some(filter)).ok()
    })?;
    let Loaded { mut doc, mended } = settled(doc, file, &usual, false);
    let (pages, whole) = page_tree::measure(&doc);
    if pages == 0 || !whole || doc.xref_recovery.is_some() {
        return None;
    }
    let contents = contents(&doc);
    bulk.put_back(&mut doc, contents.into_iter());
    Some(Opened {
        encrypted: doc.was_encrypted(),
        repaired: mended,
        doc,
        bulk,
        pages,
    })
}

/// The streams that pages draw as their own content. They are not pictures, whatever their type is.
fn contents(doc: &Document) -> Vec<ObjectId> {
    let mut ids = Vec::new();
    page_tree::walk(doc, page_tree::root(doc), |_, page, _| {
        let contents = page_tree::contents(doc, page);
        ids.extend(contents.into_iter().filter_map(|entry| target(doc, entry)));
    });
    ids
}

/// Opens a PDF with `first`, or else repairs what can be repaired.
fn open_or(bytes: &[u8], first: impl FnOnce() -> Option<Opened>) -> Result<Opened, OpenError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(OpenError::Empty);
    }
    if bursts(bytes) || outside_streams(bytes) > MOST_OUTSIDE_STREAMS {
        return Err(OpenError::TooLarge);
    }
    if let Some(opened) = first() {
        return Ok(opened);
    }
    let has_header = bytes.windows(5).any(|window| window == b"%PDF-");
    let mut reason = if has_header {
        OpenError::Damaged
    } else {
        OpenError::NotPdf
    };
    let mut partial: Option<Opened> = None;
    for force_reconstruct in [false, true] {
        match load(bytes, force_reconstruct)
            .or_else(|error| without_needless_encryption(bytes, error))
        {
            Ok(Loaded { doc, mended }) => {
                let (pages, whole) = page_tree::measure(&doc);
                if pages > 0 {
                    let repaired = mended || force_reconstruct || doc.xref_recovery.is_some();
                    let opened = Opened {
                        encrypted: doc.was_encrypted(),
                        doc,
                        bulk: Bulk::default(),
                        pages,
                        repaired,
                    };
                    if whole {
                        return Ok(opened);
                    }
                    keep_larger(&mut partial, opened);
                } else {
                    reason = OpenError::NoPages;
                }
            }
            Err(error @ (OpenError::NeedsPassword | OpenError::UnknownEncryption)) => {
                return Err(error);
            }
            Err(OpenError::Damaged) => {}
            Err(error) => reason = error,
        }
    }
    // The table of objects, or the encryption, may be in a stream without a proper line end.
    if partial.is_none()
        && let Some(mended) = recover::with_line_ends(bytes)
        && let Ok(Loaded { doc, .. }) = load(&mended, false)
    {
        let pages = page_tree::count(&doc);
        if pages > 0 {
            partial = Some(Opened {
                encrypted: doc.was_encrypted(),
                doc,
                bulk: Bulk::default(),
                pages,
                repaired: true,
            });
        }
    }
    if let Some(mut doc) = recover::recover(bytes) {
        generations::settle(&mut doc, &[]);
        filters::settle(&mut doc);
        let pages = page_tree::count(&doc);
        if pages > 0 {
            keep_larger(
                &mut partial,
                Opened {
                    doc,
                    bulk: Bulk::default(),
                    pages,
                    encrypted: false,
                    repaired: true,
                },
            );
        }
    }
    partial.ok_or(reason)
}

/// Keeps the one with more pages, or the earlier if both have the same.
fn keep_larger(kept: &mut Option<Opened>, opened: Opened) {
    if kept.as_ref().is_none_or(|kept| kept.pages < opened.pages) {
        *kept = Some(opened);
    }
}

/// Opens a file that the reader refuses because of its encryption, if the pages are not encrypted or only
/// a mistake in the encryption dictionary is in the way.
fn without_needless_encryption(bytes: &[u8], error: OpenError) -> Result<Loaded, OpenError> {
    if !matches!(
        error,
        OpenError::NeedsPassword | OpenError::UnknownEncryption
    ) {
        return Err(error);
    }
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    // Only embedded files are encrypted if strings and streams have the filter that does nothing.
    let identity = |key: &str| {
        has(format!("/{key}/Identity").as_bytes()) || has(format!("/{key} /Identity").as_bytes())
    };
    if identity("StmF") && identity("StrF") {
        return load(&clear::unsaid(bytes), false);
    }
    if let Some(apart) = recover::with_encryption_apart(bytes)
        && let Ok(mut loaded) = load(&apart, true)
    {
        // Nothing in the file was damaged.
        loaded.doc.xref_recovery = None;
        return Ok(loaded);
    }
    // If the trailer has no identifier, the key is made without one.
    if !has(b"/ID")
        && let Some(at) = bytes.windows(7).rposition(|window| window == b"trailer")
        && let Some(open) = bytes[at..].windows(2).position(|window| window == b"<<")
    {
        let (before, after) = bytes.split_at(at + open + 2);
        return load(&[before, b"/ID[()()]", after].concat(), false);
    }
    // If the key length is missing, it is the longest that the version allows.
    let standard = [b"/Filter /Standard".as_slice(), b"/Filter/Standard"];
    if has(b"/V 2")
        && !has(b"/Length 128")
        && let Some(at) = standard.iter().find_map(|word| {
            let at = bytes
                .windows(word.len())
                .position(|window| window == *word)?;
            Some(at + word.len())
        })
    {
        let (before, after) = bytes.split_at(at);
        return load(&[before, b"/Length 128", after].concat(), true);
    }
    // The key length may be one that the version does not allow.
    let long = b"/Length 256";
    if has(b"/V 4") && has(long) {
        let mut shorter = bytes.to_vec();
        for at in memchr::memmem::find_iter(bytes, long) {
            shorter[at..at + long.len()].copy_from_slice(b"/Length 128");
        }
        return load(&shorter, false);
    }
    Err(error)
}

/// How many pages a PDF has.
///
/// # Errors
/// As [`open`].
pub fn count_pages(bytes: &[u8]) -> Result<usize, OpenError> {
    open(bytes).map(|opened| opened.pages)
}

/// Whether the file's object streams would inflate far too much. They are unpacked as soon as the file is
/// read, and each byte of them may take a hundred in memory, so they are measured first, without keeping
/// anything.
fn bursts(bytes: &[u8]) -> bool {
    let (mut packed, mut plain) = (0_u64, 0_u64);
    let mut buffer = vec![0; 32 << 10];
    let mut at = 0;
    let find = |from: usize, to: usize, word: &[u8]| {
        let part = bytes.get(from..to.min(bytes.len()))?;
        memchr::memmem::find(part, word).map(|place| from + place)
    };
    while let Some(found) = find(at, bytes.len(), b"/ObjStm") {
        at = found + 7;
        let Some(start) = find(at, at + 1_000, b"stream") else {
            continue;
        };
        let mut data = &bytes[start + 6..];
        data = data.strip_prefix(b"\r").unwrap_or(data);
        data = data.strip_prefix(b"\n").unwrap_or(data);
        let mut inflater = flate2::Decompress::new(true);
        while inflater
            .decompress(
                &data[taken(&inflater, data)..],
                &mut buffer,
                flate2::FlushDecompress::None,
            )
            .is_ok_and(|status| status == flate2::Status::Ok && taken(&inflater, data) < data.len())
        {
            if plain + inflater.total_out()
                > SURELY_FINE.max((packed + inflater.total_in()) * LIKELIEST_RATIO)
            {
                return true;
            }
        }
        packed += inflater.total_in();
        plain += inflater.total_out();
        at = start + 6 + taken(&inflater, data);
    }
    false
}

/// How many bytes are not inside a stream, and so become objects when the file is read. 0 for a small file.
fn outside_streams(bytes: &[u8]) -> usize {
    if bytes.len() <= MOST_OUTSIDE_STREAMS {
        return 0;
    }
    let end = memchr::memmem::Finder::new(b"endstream");
    let mut outside = bytes.len();
    let mut from = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = at + b"stream".len();
        // The word follows the dictionary, and ends its line.
        let begins = at >= from
            && bytes[..at].trim_ascii_end().ends_with(b">>")
            && matches!(bytes.get(data), Some(b'\r' | b'\n'));
        if !begins {
            continue;
        }
        let Some(length) = bytes.get(data..).and_then(|rest| end.find(rest)) else {
            break;
        };
        outside -= length;
        from = data + length;
    }
    outside
}

/// How many bytes of its data an inflater has read.
fn taken(inflater: &flate2::Decompress, data: &[u8]) -> usize {
    usize::try_from(inflater.total_in())
        .unwrap_or(data.len())
        .min(data.len())
}

/// A document from the first reader, with what that left out.
struct Loaded {
    doc: Document,
    /// Whether anything was left out.
    mended: bool,
}

fn load(bytes: &[u8], force_reconstruct: bool) -> Result<Loaded, OpenError> {
    let doc = as_written(bytes, force_reconstruct, None)?;
    Ok(settled(doc, bytes, &[], force_reconstruct))
}

/// The objects of a file as they are written.
fn as_written(
    bytes: &[u8],
    force_reconstruct: bool,
    filter: Option<Filter>,
) -> Result<Document, OpenError> {
    let options = LoadOptions {
        password: Some(String::new()),
        max_decompressed_size: Some(LARGEST_STREAM),
        force_reconstruct,
        filter,
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword => OpenError::NeedsPassword,
        lopdf::Error::UnsupportedSecurityHandler(_) | lopdf::Error::Decryption(_) => {
            OpenError::UnknownEncryption
        }
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            OpenError::TooLarge
        }
        _ => OpenError::Damaged,
    })
}

/// A document with what its file has in clear, with what was left out of it, and in the form that all
/// other code knows. `usual` are the numbers of objects that are spelt in the usual way.
fn settled(mut doc: Document, bytes: &[u8], usual: &[u32], force_reconstruct: bool) -> Loaded {
    if let Some(plain) = clear::reading(&doc, bytes)
        && let Ok(mut plain) = load(&plain, force_reconstruct)
    {
        if clear::is_all(&plain.doc) {
            return plain;
        }
        clear::take(&mut doc, &mut plain.doc);
    }
    let mended = recover::mend(&mut doc, bytes);
    generations::settle(&mut doc, usual);
    filters::settle(&mut doc);
    field::settle(&mut doc);
    Loaded { doc, mended }
}
