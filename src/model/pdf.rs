//! A PDF that somebody else made: its facts, never its bytes.

use std::sync::Arc;

use super::page_selection::PageSelection;
use super::pdf_content::{Reflow, ShownPage};
use super::pdf_facts::PdfFacts;
use super::suspect::Suspect;
use super::{Minutes, Report, SourceName};
use crate::finding::FileId;

/// A PDF in the pack.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfDocument {
    /// The file.
    pub source: SourceName,
    /// Which of its pages are in the pack.
    pub selection: PageSelection,
    /// What is known of it.
    pub facts: PdfFacts,
    /// Its own content, read from its structure tree or, where it has none, from its pages.
    pub reflow: Option<Reflow>,
    /// The transcript of that content, which its spans point into.
    pub transcript: Option<FileId>,
    /// The same content as a report or minutes, where it is an item's paper and was read whole.
    pub paper: Option<PdfPaper>,
    /// What a machine can read, but nobody sees, on the selected pages and in the file as a whole.
    pub suspects: Vec<Suspect>,
    /// What accepts the hidden content has to quote: it identifies the file, byte for byte, and the
    /// hidden places. Empty where nothing is hidden.
    pub fingerprint: String,
    /// What a reader sees of the selected pages, in the order of the file; empty where it was not
    /// asked for.
    pub shown: Vec<Arc<ShownPage>>,
}

/// What an item's PDF is, with its parts told apart.
#[derive(Debug, Clone, PartialEq)]
pub enum PdfPaper {
    /// A cover report.
    Report(Arc<Report>),
    /// Minutes of an earlier meeting.
    Minutes(Arc<Minutes>),
}

/// How the text of a PDF was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextRead {
    /// By its tags, which say what is what.
    Certain,
    /// From its pages, by where the words stand on them.
    ByMachine,
    /// In part, so that it was not checked.
    InPart,
    /// Not at all.
    Not,
}

impl TextRead {
    /// The word for it, in what is written for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "by-tags",
            Self::ByMachine => "from-pages",
            Self::InPart => "in-part",
            Self::Not => "not",
        }
    }
}

impl PdfDocument {
    /// The report that it is.
    pub fn report(&self) -> Option<&Report> {
        match &self.paper {
            Some(PdfPaper::Report(report)) => Some(report),
            Some(PdfPaper::Minutes(_)) | None => None,
        }
    }

    /// The minutes that it is.
    pub fn minutes(&self) -> Option<&Minutes> {
        match &self.paper {
            Some(PdfPaper::Minutes(minutes)) => Some(minutes),
            Some(PdfPaper::Report(_)) | None => None,
        }
    }

    /// How its text was read.
    pub fn text_read(&self) -> TextRead {
        match &self.reflow {
            Some(reflow) if reflow.is_certain() => TextRead::Certain,
            Some(reflow) if reflow.is_whole() => TextRead::ByMachine,
            Some(_) => TextRead::InPart,
            None => TextRead::Not,
        }
    }

    /// How many of its pages are in the pack.
    pub fn page_count(&self) -> usize {
        self.selection.indices(self.facts.pages.len()).len()
    }

    /// Whether it claims PDF/UA-1 and, on the pages that are in the pack, meets all of it that a
    /// machine can check.
    pub fn keeps_ua(&self) -> bool {
        let pages = self.selection.indices(self.facts.pages.len());
        self.facts.of_pages(&pages).missing_for_ua(None).is_empty()
    }
}

/// The clerk's word that everybody may read what is hidden in a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// The fingerprint of what was found. A changed file has another one.
    pub of: Option<String>,
}

impl Acceptance {
    /// Whether it accepts what was found in this document.
    pub fn covers(&self, document: &PdfDocument) -> bool {
        !document.fingerprint.is_empty()
            && self.of.as_deref() == Some(document.fingerprint.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PdfPage;

    #[test]
    fn a_claim_alone_makes_no_accessible_file() {
        let page = PdfPage {
            readable: true,
            ..PdfPage::default()
        };
        let facts = PdfFacts {
            claims_ua: true,
            tagged: true,
            lang: Some("en-GB".to_owned()),
            pages: vec![
                page.clone(),
                PdfPage {
                    nested: true,
                    ..page
                },
            ],
            ..PdfFacts::default()
        };
        let document = |facts: PdfFacts, first, last| PdfDocument {
            source: SourceName("a.pdf".to_owned()),
            selection: PageSelection::of(&[(first, last)]),
            facts,
            reflow: None,
            transcript: None,
            paper: None,
            suspects: Vec::new(),
            fingerprint: String::new(),
            shown: Vec::new(),
        };
        assert!(document(facts.clone(), 1, 1).keeps_ua());
        assert!(!document(facts.clone(), 1, 2).keeps_ua());
        let untagged = PdfFacts {
            tagged: false,
            ..facts.clone()
        };
        assert!(!document(untagged, 1, 1).keeps_ua());
        let unsaid = PdfFacts {
            lang: None,
            ..facts
        };
        assert_eq!(unsaid.missing_for_ua(Some("cy")).len(), 1);
        assert!(!document(unsaid, 1, 1).keeps_ua());
    }
}
