//! A PDF among the attachments: its facts and content, or why it cannot be used.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::finding::Span;
use crate::load::asked::PdfContent;
use crate::load::codes;
use crate::load::disk::Refusal;
use crate::model::{PageSelection, Reflow, ShownPage, SourceName, Suspect, SuspectKind};
use crate::pdf::Survey;
use crate::pdf::opening::{OpenError, Opened, open_light};

/// What is known of a PDF.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::load) struct Pdf {
    pub(in crate::load) survey: Arc<Survey>,
    /// The content of each selection of its pages, in the order of the selections.
    pub(in crate::load) reflows: Vec<Option<Reflow>>,
    /// What a machine reads on its pages and nobody sees.
    pub(in crate::load) suspects: Vec<Suspect>,
    /// What is seen on its pages.
    pub(in crate::load) shown: Vec<Arc<ShownPage>>,
}

/// Reads a PDF with the content of some selections of its pages, and returns its objects as well; or
/// says why it cannot be used.
pub(super) fn read(
    name: &SourceName,
    bytes: &Bytes,
    selections: &[(PageSelection, Span)],
    content: PdfContent,
) -> Result<(Pdf, Opened), Refusal> {
    let opened = open_light(bytes).map_err(|error| refusal(name, error))?;
    let wanted = if content.reflow { selections } else { &[] };
    let all = PageSelection::default();
    let (survey, reading) =
        crate::pdf::read_opened(&opened, bytes, wanted, content.looked_at.then_some(&all));
    let mut reflows = reading.reflows;
    reflows.resize(selections.len(), None);
    let pdf = Pdf {
        survey: Arc::new(survey),
        reflows,
        suspects: reading.suspects,
        shown: reading.shown.into_iter().map(Arc::new).collect(),
    };
    Ok((pdf, opened))
}

/// Letters of one line that the edge of a page can go through.
const ON_THE_EDGE: usize = 2;

/// The same PDF without the words outside the visible part of its pages, with what is known of it and
/// its objects; `None` if there are no such words, or they cannot be told from what is seen.
pub(super) fn without_beside(
    name: &SourceName,
    bytes: &Bytes,
    pdf: &Pdf,
    selections: &[(PageSelection, Span)],
    content: PdfContent,
) -> Option<(Bytes, Pdf, Opened)> {
    let beside = |suspect: &&Suspect| suspect.kind == SuspectKind::OffPage;
    let left_out = pdf.suspects.iter().filter(beside);
    let pages: BTreeSet<u32> = left_out.clone().filter_map(|it| it.page).collect();
    if pages.is_empty() {
        return None;
    }
    let cut = Bytes::from(crate::pdf::without_beside(bytes, &pages).ok()?);
    let (mut known, opened) = read(name, &cut, selections, content).ok()?;
    // Of a line that runs over the edge, the letter on it is seen in part.
    known
        .suspects
        .retain(|it| !beside(&it) || it.text.trim().chars().count() > ON_THE_EDGE);
    if known.survey.facts.pages.len() != pdf.survey.facts.pages.len()
        || known.suspects.iter().any(|suspect| beside(&suspect))
    {
        return None;
    }
    // What could not be read of a page is not in what was written anew.
    let pages = &mut Arc::make_mut(&mut known.survey).facts.pages;
    for (page, before) in pages.iter_mut().zip(&pdf.survey.facts.pages) {
        page.content_missing |= before.content_missing;
        page.content_partial |= before.content_partial;
        page.pictures_lost = page.pictures_lost.max(before.pictures_lost);
    }
    known.suspects.extend(left_out.map(|suspect| Suspect {
        kind: SuspectKind::LeftOut,
        ..suspect.clone()
    }));
    Some((cut, known, opened))
}

pub(super) fn refusal(name: &SourceName, error: OpenError) -> Refusal {
    let (code, what, help) = match error {
        OpenError::NotPdf => (
            codes::NOT_A_PDF,
            "is not a PDF, whatever its name says",
            "Open it in the program that made it and save it as PDF",
        ),
        OpenError::Empty => (codes::PDF_EMPTY, "is empty", "Ask for the file again"),
        OpenError::NoPages => (
            codes::PDF_EMPTY,
            "has no pages",
            "Ask for the file again, or save it as PDF again",
        ),
        OpenError::Damaged => (
            codes::PDF_DAMAGED,
            "is damaged beyond repair",
            "Ask for the file again, or open it in another program and save it as PDF",
        ),
        OpenError::NeedsPassword => (
            codes::PDF_ENCRYPTED,
            "cannot be opened without a password",
            "Ask for a copy without a password",
        ),
        OpenError::UnknownEncryption => (
            codes::PDF_ENCRYPTED,
            "is encrypted in a way that cannot be read",
            "Ask for a copy without encryption",
        ),
        OpenError::TooLarge => (
            codes::PDF_DAMAGED,
            "unpacks to more than can be read safely",
            "Open it in another program and save it as PDF",
        ),
    };
    Refusal::new(code, format!("{name} {what}"), help)
}
