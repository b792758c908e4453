//! Failed redactions and other things that a reader does not see and a machine reads.
//!
//! Text is judged by what is seen: where something may be over it, or its colour may be that of its
//! ground, the page is drawn with and without it. Then come annotations, the file's own data and
//! its earlier versions. What a finding of this kind is worth, and what a clerk may do about it, is not known
//! here; nor can it be said whether somebody *meant* to hide what is hidden.

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

/// What a page tells.
#[derive(Debug, Default)]
pub(super) struct OnPage {
    /// What is suspect.
    pub(super) suspects: Vec<Suspect>,
    /// Whether a bar stands in one of its lines, as after a redaction.
    pub(super) blackened: bool,
    /// What is seen of its scans.
    pub(super) showings: Vec<Showing>,
}

/// What is suspect on a page, the page counted from 0.
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
    let notes = annotations::read(doc, page);
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
    if content.is_garbled() {
        found = vec![Suspect {
            kind: SuspectKind::NotJudged,
            page: Some(number),
            bounds: None,
            text: String::new(),
        }];
    }
    // one page that is too much is one finding
    let mut told = false;
    found.retain(|suspect| {
        let again = suspect.kind == SuspectKind::NotJudged && told;
        told |= suspect.kind == SuspectKind::NotJudged;
        !again
    });
    OnPage {
        suspects: found,
        blackened: blackened::has_bar(content, page),
        showings,
    }
}

/// What notes draw over a page.
pub(super) fn notes<'a>(
    doc: &'a Document,
    reader: &mut Interpreter<'a>,
    page: &Page<'a>,
) -> Vec<Note> {
    let notes = annotations::read(doc, page);
    annotations::over(doc, reader, page, &notes, 0).notes
}

/// Takes out of what was found the words that a clip cuts away and another page, or another place of the
/// same one, shows: spreadsheets repeat their titles on every page and cut them off.
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

/// What is suspect in the file as a whole: `blackened` where a page has a bar in one of its lines,
/// `showings` what is seen of scans on any page.
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
