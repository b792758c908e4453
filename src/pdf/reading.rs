//! Reads the pages of a document once for everything that is needed: their facts, where they have ink, their
//! content as prose, what is seen on them, and what a machine can read on them but nobody sees.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::Document;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bulk::Bulk;
use super::content::{Interpreter, Mark, MarkKind, PageContent};
use super::ink::{self, Ink};
use super::object::{get_name, get_text};
use super::opening::Opened;
use super::page::rect;
use super::reflow::{self, Besides, Field, PageText, Seen};
use super::structure::StructureTree;
use super::substance::Means;
use super::text::Letters;
use super::{Page, facts, field, pages, redaction, shown, structure, text};
use crate::finding::Span;
use crate::model::{PageSelection, PdfFacts, PdfPage, Reflow, ShownPage, Suspect};

/// How many pages one reader takes in a row.
const PAGES_AT_A_TIME: usize = 16;
/// The most suspects that are kept of one document.
const MOST_SUSPECTS: usize = 2_000;

/// What must be known about a file before its pages are used.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Survey {
    /// The facts about it.
    pub facts: PdfFacts,
    /// Where each of its pages has ink.
    pub inks: Vec<Ink>,
    /// What each of its pages draws with.
    pub means: Vec<Means>,
}

/// What was read, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The content of each selection of pages. `None` if it cannot be read with certainty.
    pub reflows: Vec<Option<Reflow>>,
    /// The suspects in the order of the pages, with those of the whole file last.
    pub suspects: Vec<Suspect>,
    /// What is seen on the pages that were looked at, in order.
    pub shown: Vec<ShownPage>,
}

/// Surveys a file.
pub fn survey(opened: &Opened, bytes: &[u8]) -> Survey {
    read_opened(opened, bytes, &[], None).0
}

/// Reads the content of selections of pages as prose, each with the place in the sources that names it. It
/// also looks at the pages of `looked_at`, if any: what is seen on them and what is hidden. `bytes` is the
/// file itself, which shows its earlier versions, or empty if it is not available.
pub fn read(
    doc: &Document,
    bytes: &[u8],
    reflows: &[(PageSelection, Span)],
    looked_at: Option<&PageSelection>,
) -> Reading {
    let pages = pages(doc);
    let tree = if reflows.is_empty() && looked_at.is_none() {
        None
    } else {
        structure::read(doc, &pages)
    };
    let source = Source {
        doc,
        bulk: &Bulk::default(),
        bytes,
        pages: &pages,
        tree: tree.as_ref(),
    };
    source.read(reflows, looked_at, false).0
}

/// The suspects in the selected pages of a document, in order, and then those of the whole file. `bytes` is
/// the file itself, which shows its earlier versions, or empty if it is not available.
pub fn suspects(doc: &Document, bytes: &[u8], selection: &PageSelection) -> Vec<Suspect> {
    read(doc, bytes, &[], Some(selection)).suspects
}

/// The content of the selected pages of a PDF. `at` is the place in the sources that names the file, and
/// becomes the place of every block. `None` if the content cannot be read with certainty.
///
/// Images have only their alternative text, and stay in the original.
pub fn reflow(doc: &Document, selection: &PageSelection, at: Span) -> Option<Reflow> {
    read(doc, &[], &[(selection.clone(), at)], None)
        .reflows
        .pop()
        .flatten()
}

/// Surveys a file, whose pictures may have been left in it, and reads it as [`read`] does.
pub fn read_opened(
    opened: &Opened,
    bytes: &[u8],
    reflows: &[(PageSelection, Span)],
    looked_at: Option<&PageSelection>,
) -> (Survey, Reading) {
    let doc = &opened.doc;
    let pages = pages(doc);
    let tree = structure::read(doc, &pages);
    let source = Source {
        doc,
        bulk: &opened.bulk,
        bytes,
        pages: &pages,
        tree: tree.as_ref(),
    };
    let (facts, (reading, surveyed)) = rayon::join(
        || facts::of(opened, tree.as_ref()),
        || source.read(reflows, looked_at, true),
    );
    let (mut pages, mut inks, mut means) = (Vec::new(), Vec::new(), Vec::new());
    for page in surveyed {
        pages.push(page.facts);
        inks.push(page.ink);
        means.push(page.means);
    }
    let facts = PdfFacts {
        pages,
        bytes: bytes.len() as u64,
        ..facts
    };
    let survey = Survey { facts, inks, means };
    (survey, reading)
}

/// The words on each page of a file in order, without page furniture. Nothing for a file that cannot be
/// opened.
pub fn page_texts(bytes: &[u8]) -> Vec<String> {
    let Ok(opened) = super::opening::open(bytes) else {
        return Vec::new();
    };
    let pages = pages(&opened.doc);
    let readers = pages.len().div_ceil(PAGES_AT_A_TIME);
    pages
        .par_chunks(PAGES_AT_A_TIME)
        .flat_map_iter(|chunk| {
            let mut reader = Interpreter::one_of(readers, &opened.doc);
            let mut texts = Vec::with_capacity(chunk.len());
            for page in chunk {
                let content = reader.page(page);
                let lines = text::lines(&content, &page.crop, false).into_iter();
                let lines: Vec<String> = lines.map(|line| line.text).collect();
                texts.push(lines.join(" "));
            }
            texts
        })
        .collect()
}

/// A document that is being read.
struct Source<'a> {
    doc: &'a Document,
    bulk: &'a Bulk,
    bytes: &'a [u8],
    pages: &'a [Page<'a>],
    tree: Option<&'a StructureTree>,
}

/// What is needed from a page.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    survey: bool,
    text: bool,
    seen: bool,
    looked_at: bool,
}

/// What must be known about a page before it is used.
struct SurveyedPage {
    facts: PdfPage,
    ink: Ink,
    means: Means,
}

struct PageReading {
    surveyed: Option<SurveyedPage>,
    text: Option<PageText>,
    seen: Option<Seen>,
    looked_at: redaction::OnPage,
    shown: Option<ShownPage>,
}

impl<'a> Source<'a> {
    fn read(
        &self,
        reflows: &[(PageSelection, Span)],
        looked_at: Option<&PageSelection>,
        survey: bool,
    ) -> (Reading, Vec<SurveyedPage>) {
        let count = self.pages.len();
        let owned = match self.tree {
            Some(tree) if !reflows.is_empty() => reflow::owned(tree),
            _ => reflow::Owned::default(),
        };
        let mut asked: BTreeMap<usize, Asked> = BTreeMap::new();
        if survey {
            for number in 0..count {
                asked.entry(number).or_default().survey = true;
            }
        }
        for number in reflows.iter().flat_map(|(pages, _)| pages.indices(count)) {
            let asked = asked.entry(number).or_default();
            (asked.text, asked.seen) = (self.tree.is_some(), self.tree.is_none());
        }
        for number in looked_at.map_or_else(Vec::new, |selection| selection.indices(count)) {
            asked.entry(number).or_default().looked_at = true;
        }
        let worded = looked_at.and(self.tree).map(redaction::Worded::of);
        let asked: Vec<(usize, Asked)> = asked.into_iter().collect();
        let readers = asked.len().div_ceil(PAGES_AT_A_TIME);
        let proofs = (survey && facts::claims_ua(self.doc)).then(Arc::default);
        let parts: Vec<(usize, PageReading)> = asked
            .par_chunks(PAGES_AT_A_TIME)
            .flat_map_iter(|chunk| {
                let mut reader = Interpreter::one_of(readers, self.doc).proving(proofs.clone());
                let mut read = Vec::with_capacity(chunk.len());
                for &(number, asked) in chunk {
                    if let Some(page) = self.pages.get(number) {
                        let asked = (asked, worded.as_ref());
                        read.push((number, self.page(&mut reader, page, number, asked, &owned)));
                    }
                }
                read
            })
            .collect();
        let (mut reading, mut surveyed) = (Reading::default(), Vec::new());
        let (mut blackened, mut showings) = (false, Vec::new());
        let mut texts: BTreeMap<usize, PageText> = BTreeMap::new();
        let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
        for (number, page) in parts {
            surveyed.extend(page.surveyed);
            reading.suspects.extend(page.looked_at.suspects);
            blackened |= page.looked_at.blackened;
            showings.extend(page.looked_at.showings);
            reading.shown.extend(page.shown);
            if let Some(text) = page.text {
                texts.insert(number, text);
            }
            if let Some(page) = page.seen {
                seen.insert(number, page);
            }
        }
        reading.reflows = reflows
            .iter()
            .map(|(selection, at)| {
                let selected = selection.indices(count);
                let Some(tree) = self.tree else {
                    return reflow::of_pages(&seen, &selected, *at);
                };
                let (tagged, share) = reflow::write(self.doc, tree, &texts, &selected, *at).unzip();
                if share.is_some_and(|share| share >= Reflow::ENOUGH) {
                    return tagged;
                }
                // Tags that leave out too much are no better than none.
                reflow::of_pages(&self.seen(&selected), &selected, *at).or(tagged)
            })
            .collect();
        if looked_at.is_some() {
            redaction::without_repeated(&mut reading.suspects, &reading.shown);
            let in_file = redaction::in_file(
                self.doc, self.bulk, self.bytes, self.pages, blackened, &showings,
            );
            reading.suspects.extend(in_file);
            reading.suspects.truncate(MOST_SUSPECTS);
        }
        (reading, surveyed)
    }

    /// What is seen on some pages.
    fn seen(&self, numbers: &[usize]) -> BTreeMap<usize, Seen> {
        let mut reader = Interpreter::one_of(1, self.doc);
        let mut seen = BTreeMap::new();
        for &number in numbers {
            if let Some(page) = self.pages.get(number) {
                let content = reader.page(page);
                let besides = besides(self.doc, &mut reader, page);
                let named = Letters::of(&content);
                let page = reflow::seen(&content, &besides, page, named);
                seen.extend(page.map(|page| (number, page)));
            }
        }
        seen
    }

    fn page(
        &self,
        reader: &mut Interpreter<'a>,
        page: &Page<'a>,
        number: usize,
        (asked, worded): (Asked, Option<&redaction::Worded>),
        owned: &reflow::Owned,
    ) -> PageReading {
        let doc = self.doc;
        let content = reader.page(page);
        let named = Letters::of(&content);
        PageReading {
            surveyed: asked.survey.then(|| {
                let annotations = facts::annotations(doc, page).into_iter();
                let annotations: Vec<_> = annotations.map(|(_, annotation)| annotation).collect();
                let mut facts =
                    facts::of_page(doc, page, &content, &named, &annotations, self.bulk);
                if reader.proves() {
                    for annotation in &annotations {
                        let look = reader.annotation(page, annotation);
                        facts.font_faults.extend(facts::font_faults(&look));
                    }
                    for cell in reader.cells(page) {
                        facts.font_faults.extend(facts::font_faults(&cell));
                    }
                }
                SurveyedPage {
                    facts,
                    ink: ink::of(doc, &content, &page.geometry(), &annotations),
                    means: content.means.clone(),
                }
            }),
            text: asked.text.then(|| {
                let besides = besides(doc, reader, page);
                reflow::page_text(&content, &besides.fields, page, number, owned)
            }),
            seen: asked
                .seen
                .then(|| reflow::seen(&content, &besides(doc, reader, page), page, named))
                .flatten(),
            shown: asked.looked_at.then(|| {
                let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
                shown::on_page(&content, page, number)
            }),
            looked_at: if asked.looked_at {
                redaction::on_page(doc, self.bulk, reader, &content, page, worded, number)
            } else {
                redaction::OnPage::default()
            },
        }
    }
}

/// Whether any text is painted.
fn has_text(content: &PageContent) -> bool {
    let is_text = |mark: &Mark| matches!(mark.kind, MarkKind::Text(_));
    content.marks.iter().any(is_text)
}

/// The form fields, notes and links of a page.
fn besides<'a>(doc: &'a Document, reader: &mut Interpreter<'a>, page: &Page<'a>) -> Besides {
    let mut besides = Besides::default();
    for (id, annotation) in facts::annotations(doc, page) {
        if reader.layers().hide_annotation(doc, annotation) {
            continue;
        }
        let place = || rect(doc, annotation.get(b"Rect").ok()?);
        match get_name(doc, annotation, b"Subtype") {
            Some(b"Widget") => {
                let unshown = field::unshown(doc, annotation)
                    .and_then(|words| Some(reader.written(place()?, &words)));
                let content = unshown.unwrap_or_else(|| reader.annotation(page, annotation));
                besides.fields.push(Field { id, content });
            }
            Some(b"Link") => {
                let address = structure::web_address(doc, annotation);
                besides.links.extend(place().zip(address));
                let content = reader.annotation(page, annotation);
                if has_text(&content) {
                    besides.fields.push(Field { id, content });
                }
            }
            // These have an icon, or nothing, on the page.
            None
            | Some(b"Text" | b"Popup" | b"FileAttachment" | b"Sound" | b"Redact" | b"TrapNet") => {}
            Some(kind) => {
                let mut content = reader.annotation(page, annotation);
                if kind == b"FreeText" && field::appearance(doc, annotation).is_none() {
                    // Viewers set these words themselves.
                    let words = get_text(doc, annotation, b"Contents");
                    let written = words.zip(place());
                    content = written.map_or(content, |(words, at)| reader.written(at, &words));
                }
                if has_text(&content) {
                    besides.fields.push(Field { id, content });
                }
            }
        }
    }
    besides
}
