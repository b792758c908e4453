//! A PDF that somebody else made: its facts, never its bytes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::SourceName;
use crate::prose::Prose;

/// A PDF in the pack.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfDocument {
    /// The file.
    pub source: SourceName,
    /// Which of its pages are in the pack.
    pub selection: PageSelection,
    /// What is known of it.
    pub facts: PdfFacts,
    /// Its own content, read from its structure tree, where it has one.
    pub reflow: Option<Reflow>,
    /// What of the selected pages, and of the file as a whole, a machine reads and nobody sees.
    pub suspects: Vec<Suspect>,
    /// What a reader sees of the selected pages, in the order of the file; empty where nobody
    /// asked.
    pub shown: Vec<Arc<ShownPage>>,
}

impl PdfDocument {
    /// How many of its pages are in the pack.
    pub fn page_count(&self) -> usize {
        self.selection.indices(self.facts.pages.len()).len()
    }
}

/// Which pages of a PDF are taken: ranges of pages counted from 1; empty means all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PageSelection {
    /// First and last page of each range.
    pub ranges: Vec<(u32, u32)>,
}

impl PageSelection {
    /// Whether a page, counted from 1, is among them.
    pub fn takes(&self, page: u32) -> bool {
        self.ranges.is_empty()
            || self
                .ranges
                .iter()
                .any(|&(first, last)| (first..=last).contains(&page))
    }

    /// The pages as indices counted from 0, in the order asked for; those that a document of
    /// `pages` pages does not have are left out.
    pub fn indices(&self, pages: usize) -> Vec<usize> {
        if self.ranges.is_empty() {
            return (0..pages).collect();
        }
        self.ranges
            .iter()
            .flat_map(|&(first, last)| first as usize..=(last as usize).min(pages))
            .filter(|&page| page >= 1)
            .map(|page| page - 1)
            .collect()
    }
}

/// What is known of a PDF without looking at it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PdfFacts {
    /// Its pages in order.
    pub pages: Vec<PdfPage>,
    /// Whether it has a structure tree that says it is tagged.
    pub tagged: bool,
    /// How many structure elements it has.
    pub structure_elements: usize,
    /// Its title, where its metadata has one.
    pub title: Option<String>,
    /// Its language, where it says.
    pub lang: Option<String>,
    /// Whether it claims PDF/UA.
    pub claims_ua: bool,
    /// Encrypted, with an empty password.
    pub encrypted: bool,
    /// Whether it has digital signatures, which merging breaks.
    pub signed: bool,
    /// Whether it holds JavaScript.
    pub javascript: bool,
    /// Whether it holds embedded files.
    pub embedded_files: bool,
    /// How many form fields it has.
    pub form_fields: usize,
    /// Names of fonts that are not embedded.
    pub fonts_not_embedded: Vec<String>,
    /// Figures without alternative text, in a tagged file.
    pub figures_without_alt: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

/// A page of a PDF.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PdfPage {
    /// The box that is shown, in points, before rotation.
    pub crop: PageBox,
    /// The medium, in points, before rotation.
    pub media: PageBox,
    /// Turned clockwise by 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// Whether it has text that a machine can read.
    pub has_text: bool,
    /// Whether it has images.
    pub has_images: bool,
}

impl PdfPage {
    /// Width and height as the page is shown, in points.
    pub fn shown_size(&self) -> (f64, f64) {
        let (width, height) = (self.crop.width(), self.crop.height());
        if self.rotation % 180 == 90 {
            (height, width)
        } else {
            (width, height)
        }
    }
}

/// A rectangle in points.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the four edges")]
pub struct PageBox {
    pub left: f64,
    pub bottom: f64,
    pub right: f64,
    pub top: f64,
}

impl PageBox {
    /// Width in points.
    pub fn width(&self) -> f64 {
        (self.right - self.left).abs()
    }

    /// Height in points.
    pub fn height(&self) -> f64 {
        (self.top - self.bottom).abs()
    }
}

/// A tagged PDF's content as prose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reflow {
    /// What its structure tree says, in reading order.
    pub prose: Prose,
    /// The share of the words on its pages that the tree accounts for, from 0 to 1.
    pub coverage: f64,
    /// For each page taken, the index of the first block of the prose that begins on it.
    pub page_starts: Vec<usize>,
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

/// In which way something is there and not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SuspectKind {
    /// Text under an opaque shape, picture or note that was put over it.
    Covered,
    /// Text marked for redaction that was never carried out.
    RedactionNotApplied,
    /// Text in the colour of what it stands on.
    SameColour,
    /// Text beside the part of the page that is shown.
    OffPage,
    /// Text that is not painted at all, and no scan that it could belong to.
    Invisible,
    /// Text in a layer that is switched off.
    HiddenLayer,
    /// A comment, or a mark of somebody's corrections.
    Comment,
    /// A file inside the file.
    EmbeddedFile,
    /// A person's name, an e-mail address or a folder of somebody's computer in the file's data.
    PersonalDetail,
    /// What a program keeps for itself.
    PrivateData,
    /// Text that was deleted and is still in the file.
    EarlierVersion,
}

impl SuspectKind {
    /// Whether it looks like somebody's attempt to hide words that can still be read, rather than
    /// like data that came along.
    pub fn is_failed_redaction(self) -> bool {
        matches!(
            self,
            SuspectKind::Covered
                | SuspectKind::RedactionNotApplied
                | SuspectKind::SameColour
                | SuspectKind::OffPage
                | SuspectKind::Invisible
                | SuspectKind::HiddenLayer
                | SuspectKind::EarlierVersion
        )
    }
}

impl std::fmt::Display for SuspectKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SuspectKind::Covered => "text can still be read under what covers it",
            SuspectKind::RedactionNotApplied => "a redaction was marked but never carried out",
            SuspectKind::SameColour => "text has the colour of what it stands on",
            SuspectKind::OffPage => "text stands outside the page that is shown",
            SuspectKind::Invisible => "text is there but not painted",
            SuspectKind::HiddenLayer => "text is in a layer that is switched off",
            SuspectKind::Comment => "a comment or correction is left in the file",
            SuspectKind::EmbeddedFile => "another file is inside the file",
            SuspectKind::PersonalDetail => "the file's data names a person or a computer's folder",
            SuspectKind::PrivateData => "the file holds a program's private data",
            SuspectKind::EarlierVersion => "text that was deleted is still in the file",
        })
    }
}

/// Something in a PDF that a machine reads and a reader does not see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// What is wrong.
    pub kind: SuspectKind,
    /// The page, counted from 1; `None` for the whole file.
    pub page: Option<u32>,
    /// Where on the page, in points in its user space.
    pub bounds: Option<PageBox>,
    /// What a machine reads there.
    pub text: String,
}

impl Suspect {
    /// Its words with all but their first letters masked, for logs that others read.
    pub fn masked(&self) -> String {
        let mut masked = String::new();
        for (index, word) in self.text.split_whitespace().take(8).enumerate() {
            if index > 0 {
                masked.push(' ');
            }
            let mut letters = word.chars();
            masked.extend(letters.next());
            masked.extend(letters.take(12).map(|_| '•'));
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_words_show_their_first_letters() {
        let suspect = Suspect {
            kind: SuspectKind::Covered,
            page: None,
            bounds: None,
            text: "Jo  Éclair 07".to_owned(),
        };
        assert_eq!(suspect.masked(), "J• É••••• 0•");
    }
}
