//! Finds failed redactions and other things that a reader does not see but a machine can read.
//!
//! Text is judged by what is seen. If something may be over it, or it may have the colour of its background,
//! the page is drawn with and without it. Then come annotations, the file's own data and its earlier versions.
//! This room does not know how serious a finding is or what a clerk can do about it, or whether somebody
//! *meant* to hide what is hidden.

mod annotations;
mod blackened;
mod collect;
mod document;
mod fields;
mod inner;
mod pictures;
mod sketch;
mod spoken;
mod surfaces;
mod text;

use std::collections::HashMap;

use lopdf::Document;

pub(super) use pictures::Showing;
pub(super) use spoken::Worded;

use super::Page;
use super::bulk::Bulk;
use super::content::{Interpreter, PageContent};
use super::drawn::Note;
use crate::model::{ShownPage, Suspect, SuspectKind};

/// What was found on a page.
#[derive(Debug, Default)]
pub(super) struct OnPage {
    /// What is suspect.
    pub(super) suspects: Vec<Suspect>,
    /// Whether there is a bar in one of its lines, as after a redaction.
    pub(super) blackened: bool,
    /// What is seen of its scans.
    pub(super) showings: Vec<Showing>,
}

/// What is suspect on the page with an index, counted from 0.
pub(super) fn on_page<'a>(
    doc: &'a Document,
    bulk: &Bulk,
    reader: &mut Interpreter<'a>,
    content: &PageContent,
    page: &Page<'a>,
    worded: Option<&Worded>,
    index: usize,
) -> OnPage {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let notes = annotations::read(doc, reader.layers(), page);
    let mut over = annotations::over(doc, reader, page, &notes, number);
    let mut found = text::suspects(doc, bulk, content, &over, page, number);
    found.extend(inner::suspects(
        doc, bulk, reader, content, &over, page, number,
    ));
    found.extend(spoken::suspects(content, worded, index, number));
    let (covered, showings) = pictures::suspects(doc, bulk, content, &over, page, number);
    found.extend(covered);
    found.extend(annotations::suspects(doc, content, page, &notes, number));
    found.append(&mut over.covered);
    let bars = blackened::bars(content, page);
    found.extend(blackened::links(doc, &notes, &bars, number));
    let not_judged = || Suspect {
        kind: SuspectKind::NotJudged,
        page: Some(number),
        bounds: None,
        text: String::new(),
    };
    if content.is_garbled() {
        found = vec![not_judged()];
    } else if over.incomplete || annotations::are_too_many(doc, page) {
        found.push(not_judged());
    }
    // A page that is too much to judge is only one finding.
    let mut told = false;
    found.retain(|suspect| {
        let again = suspect.kind == SuspectKind::NotJudged && told;
        told |= suspect.kind == SuspectKind::NotJudged;
        !again
    });
    OnPage {
        suspects: found,
        blackened: !bars.is_empty(),
        showings,
    }
}

/// What notes draw over a page.
pub(super) fn notes<'a>(
    doc: &'a Document,
    reader: &mut Interpreter<'a>,
    page: &Page<'a>,
) -> Vec<Note> {
    let notes = annotations::read(doc, reader.layers(), page);
    annotations::over(doc, reader, page, &notes, 0).notes
}

/// Removes words that a clip cuts off if they are shown on another page or in another place. Spreadsheets
/// repeat their titles on every page and cut them off.
pub(super) fn without_repeated(found: &mut Vec<Suspect>, shown: &[ShownPage]) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: HashMap<String, bool> = found
        .iter()
        .filter(|suspect| suspect.kind == SuspectKind::ClippedAway)
        .map(|suspect| (plain(&suspect.text), false))
        .collect();
    if cut.is_empty() {
        return;
    }
    for line in shown.iter().flat_map(|page| &page.lines) {
        let line = plain(&line.text);
        for (words, seen) in &mut cut {
            *seen |= line.contains(words.as_str());
        }
    }
    found.retain(|suspect| {
        suspect.kind != SuspectKind::ClippedAway || cut.get(&plain(&suspect.text)) != Some(&true)
    });
}

/// What is suspect in the file as a whole. `blackened` is whether a page has a bar in one of its lines, and
/// `showings` is what is seen of scans on any page.
pub(super) fn in_file(
    doc: &Document,
    bulk: &Bulk,
    bytes: &[u8],
    pages: &[Page<'_>],
    blackened: bool,
    showings: &[Showing],
) -> Vec<Suspect> {
    let mut found = pictures::cropped(doc, bulk, showings);
    found.extend(document::suspects(doc, bytes, pages));
    found.extend(fields::suspects(doc, pages));
    if blackened {
        found.extend(blackened::suspects(doc));
    }
    found
}
