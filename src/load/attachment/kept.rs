//! A cache of PDFs that were read before. The key is the file's bytes and the pages that are taken of
//! it; where the pack names it does not matter.

use serde::{Deserialize, Serialize};

use super::pdf::Pdf;
use crate::finding::Span;
use crate::kept::{Kept, key};
use crate::load::asked::PdfContent;
use crate::model::{PageSelection, Suspect};

/// What is kept of a PDF.
#[derive(Serialize, Deserialize)]
struct Entry<P> {
    pdf: P,
    /// Whether its content was read as prose.
    reflowed: bool,
}

/// A PDF as it was read before, if everything that is wanted now was read.
pub(super) fn find(
    kept: &dyn Kept,
    sha256: &str,
    taken: &[(PageSelection, Span)],
    content: PdfContent,
) -> Option<Pdf> {
    let entry: Entry<Pdf> = kept.value(&key_of(sha256, taken))?;
    let mut pdf = entry.pdf;
    if pdf.reflows.len() != taken.len() || (content.reflow && !entry.reflowed) {
        return None;
    }
    if !content.reflow {
        pdf.reflows.fill(None);
    }
    if !content.looked_at {
        (pdf.suspects, pdf.shown) = (Vec::new(), Vec::new());
    }
    Some(pdf)
}

/// Keeps a PDF as it was read. One with words under a failed redaction is not kept: they would stay in
/// the cache when the file has gone. Facts alone are not kept either.
pub(super) fn keep(
    kept: &dyn Kept,
    sha256: &str,
    taken: &[(PageSelection, Span)],
    content: PdfContent,
    pdf: &Pdf,
) {
    let secret = |suspect: &Suspect| suspect.kind.is_failed_redaction() && !suspect.text.is_empty();
    if content.looked_at && !pdf.suspects.iter().any(secret) {
        let reflowed = content.reflow;
        kept.keep(&key_of(sha256, taken), &Entry { pdf, reflowed });
    }
}

fn key_of(sha256: &str, taken: &[(PageSelection, Span)]) -> String {
    let selections: Vec<u8> = taken
        .iter()
        .flat_map(|(selection, _)| {
            let ends = selection
                .ranges()
                .iter()
                .flat_map(|&(first, last)| [first, last]);
            std::iter::once(selection.ranges().len() as u32).chain(ends)
        })
        .flat_map(u32::to_le_bytes)
        .collect();
    key([sha256.as_bytes(), &selections])
}
