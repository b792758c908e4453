//! A PDF that somebody else made: its facts, never its bytes.

use std::collections::BTreeSet;
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
    /// Its own content, read from its structure tree or, where it has none, from its pages.
    pub reflow: Option<Reflow>,
    /// What of the selected pages, and of the file as a whole, a machine reads and nobody sees.
    pub suspects: Vec<Suspect>,
    /// What an acceptance of what is hidden in it has to name: it stands for the file, byte by byte,
    /// and for the places; empty where nothing is hidden.
    pub fingerprint: String,
    /// What a reader sees of the selected pages, in the order of the file; empty where nobody
    /// asked.
    pub shown: Vec<Arc<ShownPage>>,
}

impl PdfDocument {
    /// How many of its pages are in the pack.
    pub fn page_count(&self) -> usize {
        self.selection.indices(self.facts.pages.len()).len()
    }

    /// Whether it claims PDF/UA-1 and keeps, on the pages that are in the pack, all of it that can
    /// be seen without a person.
    pub fn keeps_ua(&self) -> bool {
        let pages = self.selection.indices(self.facts.pages.len());
        self.facts.of_pages(&pages).missing_for_ua(None).is_empty()
    }
}

/// That what is hidden in a PDF may be read by everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// What is accepted: the fingerprint of what was found. A later file has another one.
    pub of: Option<String>,
}

impl Acceptance {
    /// Whether it is what was found in a document that is accepted.
    pub fn covers(&self, document: &PdfDocument) -> bool {
        !document.fingerprint.is_empty()
            && self.of.as_deref() == Some(document.fingerprint.as_str())
    }
}

/// Which pages of a PDF are taken, counted from 1, in the order asked for; no page is taken twice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PageSelection {
    /// First and last page of each range; no two of them overlap. None at all means every page.
    ranges: Vec<(u32, u32)>,
}

impl PageSelection {
    /// The pages of these ranges. A page that several of them hold comes where it is asked for
    /// first. No range at all asks for every page.
    pub fn of(asked: &[(u32, u32)]) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for &(first, last) in asked {
            let mut known = ranges.clone();
            known.sort_unstable();
            let mut next = first;
            for (from, to) in known {
                if from > last || to < next {
                    continue;
                }
                if next < from {
                    ranges.push((next, from - 1));
                }
                next = to + 1;
            }
            if next <= last {
                ranges.push((next, last));
            }
        }
        Self { ranges }
    }

    /// First and last page of each range, in the order asked for; empty where every page is taken.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

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

/// What a PDF is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PdfFacts {
    /// Its pages in order.
    pub pages: Vec<PdfPage>,
    /// Where it names a page that is not there.
    pub lost_pages: Vec<LostPage>,
    /// How many pages it says that it has.
    pub pages_told: Option<u32>,
    /// Whether it holds a form as data (XFA), from which only some programs make pages.
    pub form_as_data: bool,
    /// Whether that form has to be made into pages before anything is seen of it.
    pub pages_to_be_made: bool,
    /// The names of the files inside, where it is a portfolio.
    pub portfolio: Option<Vec<String>>,
    /// Whether it has tags: a structure tree with something in it.
    pub tagged: bool,
    /// Whether it says that it is tagged (`Marked`).
    pub marked: bool,
    /// Whether it says that its tags may be wrong (`Suspects`).
    pub tags_in_doubt: bool,
    /// How many structure elements it has.
    pub structure_elements: usize,
    /// Levels of its headings in the order of reading; one without a level is 0.
    pub headings: Vec<u8>,
    /// Figures and formulas without alternative text.
    pub figures_without_alt: usize,
    /// Its title, where its metadata has one.
    pub title: Option<String>,
    /// Its language, a BCP 47 tag, where it says.
    pub lang: Option<String>,
    /// Whether it claims PDF/UA-1.
    pub claims_ua: bool,
    /// The part and level of PDF/A that it claims, such as "2a".
    pub claims_archive: Option<String>,
    /// Encrypted, with an empty password.
    pub encrypted: bool,
    /// Whether it had to be repaired to be read.
    pub repaired: bool,
    /// Whether it is digitally signed, which merging breaks.
    pub signed: bool,
    /// Whether it holds scripts.
    pub javascript: bool,
    /// Whether it holds embedded files.
    pub embedded_files: bool,
    /// How many form fields it has, those for signatures not counted.
    pub form_fields: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

impl PdfFacts {
    /// Of some pages, counted from 0, what else is known of the file being the same.
    #[must_use]
    pub fn of_pages(&self, indices: &[usize]) -> PdfFacts {
        let pages = indices.iter().filter_map(|&index| self.pages.get(index));
        PdfFacts {
            pages: pages.cloned().collect(),
            ..self.clone()
        }
    }

    /// Whether its pages stand for a form that they do not show.
    pub fn is_placeholder(&self) -> bool {
        let waits = self.pages.iter().any(|page| page.says_wait);
        self.form_as_data && (waits || (self.pages_to_be_made && self.pages.len() <= 1))
    }

    /// Whether every page shows text.
    pub fn has_text(&self) -> bool {
        self.pages.iter().all(|page| page.has_text)
    }

    /// Names of the fonts that its pages show text in and that it does not hold, each once.
    pub fn fonts_not_embedded(&self) -> Vec<&str> {
        let fonts = self.pages.iter().flat_map(|page| &page.fonts_not_embedded);
        let fonts: BTreeSet<&str> = fonts.map(String::as_str).collect();
        fonts.into_iter().collect()
    }

    /// Whether headings begin at level 1 and skip none.
    pub fn headings_in_order(&self) -> bool {
        let mut last = 0;
        self.headings
            .iter()
            .filter(|level| **level > 0)
            .all(|level| {
                let follows = *level <= last + 1;
                last = *level;
                follows
            })
    }

    /// What is missing for PDF/UA-1 of all that can be seen without a person, each in a sentence;
    /// nothing where its claim holds. `lang` is a language that is said of it elsewhere.
    pub fn missing_for_ua(&self, lang: Option<&str>) -> Vec<&'static str> {
        let all = |holds: fn(&PdfPage) -> bool| self.pages.iter().all(holds);
        let tags: &[(bool, &str)] = if self.tagged {
            &[
                (
                    !self.tags_in_doubt,
                    "It says itself that its tags may be wrong.",
                ),
                (
                    self.lang.is_some() || lang.is_some(),
                    "It does not say its language.",
                ),
                (
                    self.headings_in_order(),
                    "Its headings do not begin at level 1, or skip a level.",
                ),
                (
                    self.figures_without_alt == 0,
                    "A figure has no alternative text.",
                ),
                (
                    all(|page| !page.unmarked),
                    "Something on a page is neither tagged nor marked as decoration.",
                ),
                (
                    all(|page| !page.nested),
                    "Something tagged stands inside decoration, or the reverse.",
                ),
                (
                    all(|page| page.annotations_untagged == 0),
                    "A link or comment has no place in the tags.",
                ),
                (
                    all(|page| page.links_undescribed == 0),
                    "A link has no description.",
                ),
            ]
        } else {
            &[]
        };
        let file = [
            (self.tagged, "It has no tags."),
            (
                self.claims_ua,
                "It does not say that it conforms to PDF/UA.",
            ),
            (
                all(|page| page.readable),
                "The content of a page could not be read.",
            ),
            (
                all(|page| page.fonts_not_embedded.is_empty()),
                "A font is not embedded.",
            ),
        ];
        let demands = file.iter().chain(tags);
        let missing = demands.filter(|(holds, _)| !holds);
        missing.map(|(_, sentence)| *sentence).collect()
    }

    /// What is missing for PDF/A-2 of all that is looked at here, each in a sentence.
    pub fn missing_for_archive(&self) -> Vec<&'static str> {
        // A part 3 file is a part 2 file but for its embedded files, which stay behind.
        let claims = self.claims_archive.as_deref();
        let demands = [
            (
                claims.is_some_and(|claim| claim.starts_with(['1', '2', '3'])),
                "It does not say that it conforms to PDF/A.",
            ),
            (
                self.fonts_not_embedded().is_empty(),
                "A font is not embedded.",
            ),
            (!self.repaired, "It had to be repaired."),
        ];
        let missing = demands.into_iter().filter(|(holds, _)| !holds);
        missing.map(|(_, sentence)| sentence).collect()
    }
}

/// A place in a PDF's list of pages where there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostPage {
    /// How many pages come before it.
    pub after: u32,
    /// What is there.
    pub kind: LostPageKind,
}

/// What is in the place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LostPageKind {
    /// Nothing.
    Missing,
    /// Something that is no page, such as a font.
    NoPage,
    /// A branch of the list that leads back into itself.
    Circle,
    /// More pages than a pack takes.
    TooMany,
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
    /// Whether it has text that a machine can read, if only as the hidden layer of a scan.
    pub has_text: bool,
    /// Whether it shows text whose letters the file does not name; then it counts as without text.
    pub letterless: bool,
    /// Whether it has images.
    pub has_images: bool,
    /// Names of the fonts that it shows text in and that the file does not hold.
    pub fonts_not_embedded: Vec<String>,
    /// Whether it names content that the file does not hold, or of which nothing can be read.
    pub content_missing: bool,
    /// Whether it asks its reader to wait for the page that should be there.
    pub says_wait: bool,
    /// Whether its content could be read to the end.
    pub readable: bool,
    /// Whether something on it is neither tagged nor marked as decoration (an artifact).
    pub unmarked: bool,
    /// Whether tagged content has an artifact inside it, or an artifact tagged content.
    pub nested: bool,
    /// Annotations without a place in the tags.
    pub annotations_untagged: usize,
    /// Links without a description (`Contents`).
    pub links_undescribed: usize,
    /// Addresses of links that are not fit for the public; see [`super::address`].
    pub links_unfit: Vec<String>,
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
    /// What it says, in reading order.
    pub prose: Prose,
    /// The share of the words on its pages that the prose accounts for, from 0 to 1.
    pub coverage: f64,
    /// For each page taken, the words that it shows outside its furniture.
    pub page_words: Vec<String>,
    /// What it was read from.
    pub from: ReadFrom,
}

impl Reflow {
    /// Whether it accounts for so much of the words that the paper can be set again from it: less,
    /// and a reader would miss something without knowing.
    pub fn is_whole(&self) -> bool {
        /// Such a share of the words.
        const ENOUGH: f64 = 0.95;
        self.coverage >= ENOUGH && !self.prose.is_empty()
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

/// In which way something is there and not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SuspectKind {
    /// Text under an opaque shape, picture or note that was put over it.
    Covered,
    /// Text marked for redaction that was never carried out.
    RedactionNotApplied,
    /// Dark text on what is as dark.
    DarkOnDark,
    /// Light text on what is as light.
    SameColour,
    /// Text under a picture or a shape that fills the page, where page numbers stand.
    UnderCover,
    /// Text too small to be read.
    TooSmall,
    /// Words that a clip cuts away, and that nobody sees anywhere else.
    ClippedAway,
    /// The end of a text that a clip cuts off.
    CutShort,
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
    /// A replacement text that says something else than the page shows.
    ReplacementText,
    /// A bookmark or title that says what no page does, in a file with blackened lines.
    SpokenElsewhere,
    /// Writing in a scan that a shape was put over.
    CoveredPicture,
    /// Writing in a picture that was cropped.
    CroppedPicture,
    /// Nothing that was found: a page that is too much to be judged.
    NotJudged,
}

impl SuspectKind {
    /// Whether it looks like words that were meant to be hidden and can still be read, rather than
    /// like data that came along.
    pub fn is_failed_redaction(self) -> bool {
        !matches!(
            self,
            SuspectKind::Comment
                | SuspectKind::EmbeddedFile
                | SuspectKind::PersonalDetail
                | SuspectKind::PrivateData
        )
    }

    /// Whether a public edition must not hold it unless somebody says that everybody may read it:
    /// it is dark where a reader sees something blacked out, or is kept from sight in a way that no
    /// layout needs. What light, layers, cells and covers hide comes with many a harmless paper.
    pub fn stops_publication(self) -> bool {
        matches!(
            self,
            SuspectKind::Covered
                | SuspectKind::RedactionNotApplied
                | SuspectKind::DarkOnDark
                | SuspectKind::OffPage
                | SuspectKind::ClippedAway
                | SuspectKind::Invisible
                | SuspectKind::TooSmall
                | SuspectKind::ReplacementText
                | SuspectKind::SpokenElsewhere
                | SuspectKind::CoveredPicture
                | SuspectKind::CroppedPicture
        )
    }
}

impl std::fmt::Display for SuspectKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SuspectKind::Covered => "text can still be read under what covers it",
            SuspectKind::RedactionNotApplied => "a redaction was marked but never carried out",
            SuspectKind::DarkOnDark => "dark text stands on what is as dark",
            SuspectKind::SameColour => "text has the colour of what it stands on",
            SuspectKind::UnderCover => "text is below a picture that fills the page",
            SuspectKind::TooSmall => "text is too small to be seen",
            SuspectKind::ClippedAway => "text is cut away and still there",
            SuspectKind::CutShort => "the end of a text is cut off and still there",
            SuspectKind::OffPage => "text stands outside the page that is shown",
            SuspectKind::Invisible => "text is there but not painted",
            SuspectKind::HiddenLayer => "text is in a layer that is switched off",
            SuspectKind::Comment => "a comment or correction is left in the file",
            SuspectKind::EmbeddedFile => "another file is inside the file",
            SuspectKind::PersonalDetail => "the file's data names a person or a computer's folder",
            SuspectKind::PrivateData => "the file holds a program's private data",
            SuspectKind::EarlierVersion => "text that was deleted is still in the file",
            SuspectKind::ReplacementText => "a replacement text says what the page does not show",
            SuspectKind::SpokenElsewhere => {
                "a bookmark or the title says what no page does, and lines are blackened"
            }
            SuspectKind::CoveredPicture => "a picture still holds the writing that a shape covers",
            SuspectKind::CroppedPicture => {
                "a picture still holds the writing that was cropped away"
            }
            SuspectKind::NotJudged => {
                "too much is drawn here to tell whether words are hidden: look for yourself"
            }
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
    fn headings_may_go_back_but_skip_none() {
        let facts = |headings: &[u8]| PdfFacts {
            headings: headings.to_vec(),
            ..PdfFacts::default()
        };
        assert!(facts(&[1, 2, 3, 2, 1, 2]).headings_in_order());
        assert!(facts(&[]).headings_in_order());
        assert!(!facts(&[2, 3]).headings_in_order());
        assert!(!facts(&[1, 3]).headings_in_order());
    }

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

    #[test]
    fn a_page_asked_for_twice_is_taken_once() {
        let taken = |asked: &[(u32, u32)]| PageSelection::of(asked).indices(9);
        assert_eq!(taken(&[(1, 3), (2, 2)]), [0, 1, 2]);
        assert_eq!(taken(&[(2, 2), (1, 3)]), [1, 0, 2]);
        assert_eq!(taken(&[(5, 7), (1, 9)]), [4, 5, 6, 0, 1, 2, 3, 7, 8]);
        assert_eq!(taken(&[(8, 12), (9, 20)]), [7, 8]);
        assert_eq!(taken(&[]), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            PageSelection::of(&[(1, 3), (2, 5)]).ranges(),
            [(1, 3), (4, 5)]
        );
    }

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
