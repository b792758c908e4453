//! What a PDF says: its content as prose, and what a reader sees of each page.

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
    /// What it says, in reading order. Every node stands where its words are in the transcript.
    pub prose: Prose,
    /// The share of the words on its pages that the prose accounts for, from 0 to 1.
    pub coverage: f64,
    /// For each page taken, the words that it shows outside its furniture.
    pub page_words: Vec<String>,
    /// For each page taken, the byte of the transcript of its prose that the page begins at.
    pub page_starts: Vec<u32>,
    /// What it was read from.
    pub from: ReadFrom,
}

impl Reflow {
    /// The content of pages that show these words.
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
            prose,
            coverage,
            page_words,
            page_starts,
            from,
        }
    }

    /// Whether tags say what is a heading, a list and a table, of all of it: then a total that does
    /// not add up, or a number that is missing, is the author's doing and not the reader's.
    pub fn is_certain(&self) -> bool {
        self.from == ReadFrom::Tags && self.is_whole()
    }

    /// With a smaller share of the words, a reader would miss something.
    pub const ENOUGH: f64 = 0.95;

    /// Whether it accounts for so much of the words that the paper can be set again from it: less,
    /// and a reader would miss something without knowing.
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
    /// Its text in the order of reading, as far as places tell.
    pub lines: Vec<ShownLine>,
    /// Its pictures in the order of painting; stencils are none.
    pub pictures: Vec<ShownPicture>,
}

/// A line of text on a page, or what of it stands by itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ShownLine {
    /// What it says.
    pub text: String,
    /// Around it.
    pub place: ShownBox,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ShownPicture {
    /// Around what is seen of it.
    pub place: ShownBox,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// Bits of each of its colours; 1 for line art.
    pub bits: u8,
    /// Pixels in an inch of the page, in the direction that has fewer.
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
