//! What a report attaches.

use super::{Acceptance, Access, Lang, PdfDocument, SourceName, Withheld};
use crate::finding::{Span, Spanned};
use crate::prose::{Prose, Table};

/// An appendix.
#[derive(Debug, Clone, PartialEq)]
pub struct Appendix {
    /// The name of its anchors, unique in the pack: "item-4-appendix-1".
    pub key: String,
    /// Its place among the item's appendices, counted from 1: what `appendix:1` means.
    pub position: usize,
    /// What it is called: "Appendix 3"; empty where the clerk wants no label.
    pub label: String,
    /// Its title.
    pub title: Spanned<String>,
    /// What it is.
    pub content: Content,
    /// The file it came from; `None` where there is none, or where the edition withholds it.
    pub source: Option<SourceName>,
    /// The file that it replaces.
    pub supersedes: Option<String>,
    /// Whether it keeps the page numbers of what it replaces, with a letter.
    pub keep_numbers: bool,
    /// Why it was withdrawn: a leaf says so in its place.
    pub withdrawn: Option<String>,
    /// Whose it is, and so whose accessibility duty (SI 2018/952, reg. 4).
    pub origin: Option<Origin>,
    /// What it says, in a sentence or two.
    pub summary: Option<String>,
    /// Who may see it.
    pub access: Access,
    /// What a large-print or HTML reader gets instead of a file that cannot re-flow.
    pub alternative: Option<Box<Content>>,
    /// The file of the alternative.
    pub alternative_source: Option<SourceName>,
    /// Its language, where it differs from the pack's.
    pub lang: Option<Lang>,
    /// Why the clerk accepts what the redaction checks found in it.
    pub accept_redaction: Option<Acceptance>,
    /// Why everybody may read it although it is marked as not for publication.
    pub accept_marking: Option<String>,
    /// Where it is listed.
    pub span: Span,
}

impl Appendix {
    /// Where the clerk asks for it to keep the page numbers of what it replaces.
    pub fn keeps_numbers(&self) -> Option<Span> {
        self.keep_numbers.then_some(self.span)
    }

    /// Label and title as they stand in the outline: "Appendix 3: Site plan". One alone where the
    /// other is missing or withheld.
    pub fn full_title(&self) -> String {
        match (self.label.as_str(), self.title.value.as_str()) {
            (label, "") => label.to_owned(),
            ("", title) => title.to_owned(),
            (label, title) => format!("{label}: {title}"),
        }
    }
}

/// What an appendix is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Markdown.
    Prose(Prose),
    /// A CSV file.
    Table(Table),
    /// PNG, JPEG or SVG.
    Image(Image),
    /// A PDF.
    Pdf(Box<PdfDocument>),
    /// Listed, but missing.
    Missing,
    /// Left out on purpose, and why.
    Absent(String),
    /// Not in this edition.
    Withheld(Withheld),
}

/// An image.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file.
    pub source: SourceName,
    /// Its format.
    pub format: ImageFormat,
    /// The alternative text; empty where there is none.
    pub alt: String,
    /// Width in pixels (in user units for SVG).
    pub width: f64,
    /// Height in pixels (in user units for SVG).
    pub height: f64,
    /// The lettering of a drawing, piece by piece; empty for a picture made of pixels.
    pub lettering: Vec<String>,
}

/// The formats of images that a pack takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the formats' own")]
pub enum ImageFormat {
    Png,
    Jpeg,
    Svg,
}

/// Whose an appendix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The council's own, or paid for or controlled by it.
    Own,
    /// Somebody else's.
    ThirdParty,
}

impl Origin {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 2] =
        [("own", Self::Own), ("third-party", Self::ThirdParty)];
}
