//! What a PDF says: its content as prose, and what a reader sees of each page.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::FileId;
use crate::prose::Prose;
use crate::prose::page_starts::page_starts;

/// What a PDF's content was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadFrom {
    /// Its structure tree.
    Tags,
    /// Its pages alone: where the words stand on them, and how large.
    Pages,
}

/// A PDF's content as prose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reflow {
    /// What it says, in reading order. The span of every node is that of its words in the
    /// transcript. Editions share it.
    pub prose: Arc<Prose>,
    /// The share of the words on its pages that the prose accounts for, from 0 to 1.
    pub coverage: f64,
    /// For each page taken, the words that it shows besides headers and footers.
    pub page_words: Vec<String>,
    /// For each page taken, the byte of the transcript at which it begins.
    pub page_starts: Vec<u32>,
    /// What it was read from.
    pub from: ReadFrom,
}

impl Reflow {
    /// The content read from pages that show `page_words`.
    pub(crate) fn new(
        mut prose: Prose,
        coverage: f64,
        page_words: Vec<String>,
        from: ReadFrom,
    ) -> Self {
        let transcript = prose.transcribe(FileId::default());
        let page_starts = page_starts(&transcript, &page_words)
            .into_iter()
            .map(|start| u32::try_from(start).unwrap_or(u32::MAX))
            .collect();
        Self {
            prose: Arc::new(prose),
            coverage,
            page_words,
            page_starts,
            from,
        }
    }

    /// Whether tags mark the headings, lists and tables throughout: then a wrong total or a missing
    /// number is the author's mistake, not a misreading.
    pub fn is_certain(&self) -> bool {
        self.from == ReadFrom::Tags && self.is_whole()
    }

    /// The smallest share of the words from which a paper can be set again.
    pub const ENOUGH: f64 = 0.95;

    /// Whether it accounts for enough of the words for the paper to be set again from it: with
    /// fewer, a reader would miss something without knowing.
    pub fn is_whole(&self) -> bool {
        self.coverage >= Self::ENOUGH && !self.prose.is_empty()
    }
}

/// What a reader sees of a page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ShownPage {
    /// The page in its file, counted from 1.
    pub number: u32,
    /// Width as it is shown, in points.
    pub width: f64,
    /// Height as it is shown, in points.
    pub height: f64,
    /// Its text in reading order, as far as the positions show it.
    pub lines: Vec<ShownLine>,
    /// Its pictures in painting order, without stencil masks.
    pub pictures: Vec<ShownPicture>,
}

/// A line of text on a page, or a piece of one that stands apart.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ShownLine {
    /// What it says.
    pub text: String,
    /// The box around it.
    pub place: ShownBox,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ShownPicture {
    /// The box around what is seen of it.
    pub place: ShownBox,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// Bits of each of its colours; 1 for line art.
    pub bits: u8,
    /// Pixels per inch of the page, in the direction that has fewer.
    pub per_inch: f64,
}

/// A place on a page: points from the left and from the top as it is shown, width and height.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the four measures")]
pub struct ShownBox {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}
