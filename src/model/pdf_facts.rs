//! What a PDF is: its pages, tags, fonts and claims, and what is missing for a claim to hold.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

/// Why a file with content that no element holds may not claim PDF/UA (ISO 14289-1, 7.1).
pub const UNMARKED: &str = "Something on a page is neither tagged nor marked as decoration.";

/// Why a file whose headings skip a level may not (7.4.2).
pub const HEADINGS_SKIP: &str = "Its headings do not begin at level 1, or skip a level.";

/// What a PDF is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PdfFacts {
    /// Its pages in order.
    pub pages: Vec<PdfPage>,
    /// Where it names a page that is not there.
    pub lost_pages: Vec<LostPage>,
    /// How many pages it says it has.
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
    /// Whether it is encrypted, with an empty password.
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
    /// The same facts with only some of the pages, counted from 0.
    #[must_use]
    pub fn of_pages(&self, indices: &[usize]) -> PdfFacts {
        let pages = indices.iter().filter_map(|&index| self.pages.get(index));
        PdfFacts {
            pages: pages.cloned().collect(),
            ..self.clone()
        }
    }

    /// The indices of pages that are placeholders for a form that the file does not show, as Adobe's
    /// programs write them. Those that join files keep the page without its form.
    pub fn placeholders(&self) -> Vec<usize> {
        // Where pages were made of a form, its fields are on them.
        let unmade = self.form_as_data && self.form_fields == 0;
        let is_alone = self.pages.len() <= 1;
        if self.form_as_data && self.pages_to_be_made && is_alone {
            return vec![0];
        }
        let stands_for_form = |page: &PdfPage| {
            page.says_wait && (page.asks_for_viewer || unmade)
                || page.asks_for_viewer && unmade && is_alone
        };
        let pages = self.pages.iter().enumerate();
        let gone = pages.filter(|(_, page)| stands_for_form(page));
        gone.map(|(index, _)| index).collect()
    }

    /// Whether every page shows text.
    pub fn has_text(&self) -> bool {
        self.pages.iter().all(|page| page.has_text)
    }

    /// The names of the fonts that its pages use and that are not embedded, each once.
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
                let follows = *level - 1 <= last;
                last = *level;
                follows
            })
    }

    /// Whether each drawing with tags inside is drawn once, so that what it says has one place.
    fn draws_tagged_once(&self) -> bool {
        let mut drawn = HashSet::new();
        let mut all = self.pages.iter().flat_map(|page| &page.drawn_tagged);
        all.all(|id| drawn.insert(id))
    }

    /// What is missing for PDF/UA-1, as far as a machine can check it, each in a sentence; empty
    /// where its claim holds. `lang` is a language that the pack gives for it.
    pub fn missing_for_ua(&self, lang: Option<&str>) -> Vec<&'static str> {
        let all = |holds: fn(&PdfPage) -> bool| self.pages.iter().all(holds);
        let sound = |fault| (self.pages.iter()).all(|page| !page.font_faults.contains(&fault));
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
                (self.headings_in_order(), HEADINGS_SKIP),
                (
                    self.figures_without_alt == 0,
                    "A figure has no alternative text.",
                ),
                (all(|page| !page.unmarked), UNMARKED),
                (
                    all(|page| !page.nested),
                    "Something tagged stands inside decoration, or the reverse.",
                ),
                (
                    self.draws_tagged_once(),
                    "A drawing with tags is drawn more than once.",
                ),
                (
                    all(|page| !page.lang_malformed),
                    "Words are marked with a language that is none.",
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
            (
                sound(FontFault::Unnamed),
                "A font does not say which characters it shows.",
            ),
            (
                sound(FontFault::Widths),
                "A font has letters of other widths than the file says.",
            ),
            (
                sound(FontFault::Missing),
                "A font lacks a letter that is shown.",
            ),
            (
                sound(FontFault::Unmapped),
                "A font does not say which of its letters are meant.",
            ),
        ];
        let demands = file.iter().chain(tags);
        let missing = demands.filter(|(holds, _)| !holds);
        missing.map(|(_, sentence)| *sentence).collect()
    }

    /// What is missing for PDF/A-2, as far as it is looked at here, each in a sentence.
    pub fn missing_for_archive(&self) -> Vec<&'static str> {
        // PDF/A-3 is PDF/A-2 but for embedded files, which do not come into the pack.
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

/// What a font breaks of PDF/UA-1, 7.21, for a glyph that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FontFault {
    /// The file does not say which character it is.
    Unnamed,
    /// The file gives another width than the font's program.
    Widths,
    /// The font's program does not have it.
    Missing,
    /// The file does not say how codes lead to glyphs.
    Unmapped,
}

/// A place in a PDF's page tree where there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostPage {
    /// How many pages come before it.
    pub after: u32,
    /// What is there.
    pub kind: LostPageKind,
}

/// What is there instead of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LostPageKind {
    /// Nothing.
    Missing,
    /// A page that was deleted from the file.
    Deleted,
    /// Something other than a page, such as a font.
    NoPage,
    /// A branch of the tree that leads back to itself.
    Circle,
    /// More pages than a pack takes.
    TooMany,
}

/// A page of a PDF.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PdfPage {
    /// The crop box, in points, before rotation.
    pub crop: PageBox,
    /// The media box, in points, before rotation.
    pub media: PageBox,
    /// Turned clockwise by 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// Whether it has text that a machine can read, if only as the hidden layer of a scan.
    pub has_text: bool,
    /// Whether it shows text whose characters the file does not identify; it then counts as having
    /// no text.
    pub letterless: bool,
    /// Whether it has images.
    pub has_images: bool,
    /// The names of the fonts that it uses and that are not embedded.
    pub fonts_not_embedded: Vec<String>,
    /// What is wrong with its fonts, looked for only in a file that claims PDF/UA-1.
    pub font_faults: BTreeSet<FontFault>,
    /// Whether its content is missing from the file, or none of it can be read.
    pub content_missing: bool,
    /// Whether it names content that the file does not hold or that cannot be read, beside content that
    /// is there.
    pub content_partial: bool,
    /// How many of its pictures no program can show.
    pub pictures_lost: usize,
    /// Whether it asks its reader to wait for the page that should be there.
    pub says_wait: bool,
    /// Whether it says little but the name of another program to open it with.
    pub asks_for_viewer: bool,
    /// Whether its content could be read to the end.
    pub readable: bool,
    /// Whether something on it is neither tagged nor marked as decoration (an artifact).
    pub unmarked: bool,
    /// The numbers of its own marked content in which something is painted: an element must hold each.
    pub marked: BTreeSet<i64>,
    /// The drawings (XObjects) on it that have a tag as a whole: an element must hold each.
    pub drawn_whole: BTreeSet<(u32, u16)>,
    /// The drawings on it that have tags inside, each as often as it is drawn.
    pub drawn_tagged: Vec<(u32, u16)>,
    /// Whether words are marked with a language that is none.
    pub lang_malformed: bool,
    /// Whether an artifact is inside tagged content, or tagged content inside an artifact.
    pub nested: bool,
    /// Annotations without a place in the tags.
    pub annotations_untagged: usize,
    /// Form fields whose value the pack draws in other letters than those of ASCII, as the file does not say
    /// how they look.
    pub fields_to_draw: Vec<FieldToDraw>,
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

/// A form field whose value is drawn.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FieldToDraw {
    /// What it is called; empty where it has no name.
    pub name: String,
    /// The letters of its value beyond ASCII, each once.
    pub letters: Vec<char>,
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
}
