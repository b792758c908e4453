//! PDFs that were read before. A file is known again by its bytes and by the pages that are taken
//! of it; where the pack names it does not matter.

use serde::{Deserialize, Serialize};

use super::Pdf;
use crate::finding::Span;
use crate::kept::{Kept, key};
use crate::load::PdfContent;
use crate::load::disk::Refusal;
use crate::model::{PageSelection, Suspect};

/// What is kept of a PDF.
#[derive(Serialize, Deserialize)]
struct Entry {
    pdf: Pdf,
    /// Whether its content was read as prose, or has no tags that it could be read by.
    reflowed: bool,
}

/// A PDF as it was read before, or as it is read now and kept for the next time. A file in which
/// words are found that should be gone is not kept: nor would those words go with the file.
pub(super) fn or_read(
    kept: Option<&dyn Kept>,
    sha256: &str,
    taken: &[(PageSelection, Span)],
    content: PdfContent,
    read: impl FnOnce() -> Result<Pdf, Refusal>,
) -> Result<Pdf, Refusal> {
    // The facts alone are had as soon as kept ones.
    let Some(kept) = kept.filter(|_| content.looked_at) else {
        return read();
    };
    let selections: Vec<u8> = taken
        .iter()
        .flat_map(|(selection, _)| {
            let ends = selection
                .ranges
                .iter()
                .flat_map(|&(first, last)| [first, last]);
            std::iter::once(selection.ranges.len() as u32).chain(ends)
        })
        .flat_map(u32::to_le_bytes)
        .collect();
    let key = key([sha256.as_bytes(), &selections]);
    if let Some(entry) = kept.value::<Entry>(&key)
        && entry.pdf.reflows.len() == taken.len()
        && (entry.reflowed || !content.reflow)
    {
        let mut pdf = entry.pdf;
        for (reflow, (_, place)) in pdf.reflows.iter_mut().zip(taken) {
            match reflow {
                Some(reflow) if content.reflow => reflow.prose.stand_at(*place),
                _ => *reflow = None,
            }
        }
        return Ok(pdf);
    }
    let pdf = read()?;
    let secret = |suspect: &Suspect| suspect.kind.is_failed_redaction();
    if !pdf.suspects.iter().any(secret) {
        let reflowed = content.reflow || !pdf.facts.tagged;
        let entry = Entry { pdf, reflowed };
        kept.keep(&key, &entry);
        return Ok(entry.pdf);
    }
    Ok(pdf)
}
