//! Attachments taken apart once: what the pages of a file need of it is kept for the next build, and for
//! the next output of this one.

use crate::assemble::plan::Provenance;
use crate::assemble::{Pages, Read, ReadError, read, read_again};
use crate::kept;
use crate::model::PageSelection;
use crate::pdf::PdfFile;

use super::kit::Kit;

/// Part of the key that pages are kept under; changed when they are read in another way.
const HOW: &[u8] = b"pages 3";
/// The largest file whose pages are kept, in bytes: a larger one is mostly pictures, which stay in the
/// file anyway.
const WORTH_KEEPING: usize = 8 << 20;

/// Reads the selected pages of an attachment, as they were read before where that was kept.
pub(super) fn pages(
    kit: &Kit<'_>,
    file: PdfFile,
    selection: &PageSelection,
) -> Result<Read, ReadError> {
    let kept = kit.kept.filter(|_| file.bytes().len() <= WORTH_KEEPING);
    let Some(kept) = kept else {
        return read(file, selection, Provenance::Attachment).map(Read::alone);
    };
    let which = format!("{selection:?}");
    let key = kept::key([HOW, which.as_bytes(), file.bytes()]);
    if let Some(known) = kept.value::<Pages>(&key)
        && let Some(read) = read_again(&file, known)?
    {
        return Ok(read.alone());
    }
    // The next to ask gets what is kept, so the objects need not stay in memory.
    let read = read(file.given_up(), selection, Provenance::Attachment)?;
    kept.keep(&key, &read.kept());
    Ok(read.alone())
}
