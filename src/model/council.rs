//! The council: its names, its calendar, and how its packs and cover reports look.

use std::collections::BTreeMap;

use super::{Contact, Date, Lang, Notice, SourceName};
use crate::finding::{Severity, Span};

/// A council, as `council.toml` describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Council {
    /// Its full name.
    pub name: String,
    /// What it is called for short.
    pub short_name: Option<String>,
    /// Whose law it follows.
    pub jurisdiction: Jurisdiction,
    /// A principal council, or a parish, town or community council.
    pub tier: Tier,
    /// The languages of its papers; never empty, the first is the pack's own.
    pub languages: Vec<Lang>,
    /// Its web address.
    pub website: Option<String>,
    /// Its postal address, line by line.
    pub address: Vec<String>,
    /// Who signs the summons.
    pub proper_officer: Option<Contact>,
    /// How its packs are made.
    pub pack: PackSettings,
    /// How its cover reports look.
    pub report: ReportLayout,
    /// What it tells those who come to any of its meetings.
    pub notices: Vec<Notice>,
    /// Days besides weekends and bank holidays on which it does not work.
    pub non_working: Vec<Date>,
    /// For how many working days after its notice a decision may be called in.
    pub call_in_days: Option<u8>,
    /// Severities that the council has set, by the code of a rule.
    pub severities: BTreeMap<String, Severity>,
    /// What it changes about how packs look.
    pub style: Style,
    /// Its website of meetings.
    pub site: Site,
    /// Where `[council]` stands.
    pub span: Span,
}

impl Council {
    /// The language of its packs.
    pub fn lang(&self) -> &Lang {
        // A valid council has at least one language; `load` sees to it.
        &self.languages[0]
    }
}

/// Whose law a council follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Jurisdiction {
    /// Local Government Act 1972 as it applies in England.
    England,
    /// Local Government Act 1972 as amended for Wales, and the measures and acts of the Senedd.
    Wales,
    /// Local Government (Scotland) Act 1973.
    Scotland,
    /// Local Government Act (Northern Ireland) 2014.
    NorthernIreland,
}

impl Jurisdiction {
    /// Each with the word that sources and the command line use for it.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("england", Self::England),
        ("wales", Self::Wales),
        ("scotland", Self::Scotland),
        ("northern-ireland", Self::NorthernIreland),
    ];
}

impl Tier {
    /// Each with the word that sources and the command line use for it.
    pub const WORDS: [(&'static str, Self); 2] =
        [("principal", Self::Principal), ("parish", Self::Parish)];
}

/// A principal council (county, district, borough, unitary), or a parish, town or community one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// County, district, borough or unitary.
    Principal,
    /// Parish, town or community.
    Parish,
}

/// How a council's packs are made: the `[pack]` table.
#[derive(Debug, Clone, PartialEq)]
pub struct PackSettings {
    /// What stands beside the page number on every page.
    pub marking: Option<String>,
    /// The page number's pattern, with `{page}` and `{pages}`.
    pub page_number: String,
    /// Whether an item without a report has a leaf of its own.
    pub item_sheets: bool,
    /// Whether each item starts on an odd page.
    pub start_items_on_right: bool,
    /// Whether each report and appendix starts on an odd page.
    pub start_documents_on_right: bool,
    /// Whether pictures keep their full resolution, even where it is higher than a page can show.
    pub full_size_images: bool,
    /// Whether the front sheet and distribution list count as pages; otherwise page 1 is the
    /// first page after them.
    pub number_from_front_sheet: bool,
    /// The words that offer large print.
    pub large_print_notice: Option<String>,
    /// The words that say where the pack is online.
    pub electronic_notice: Option<String>,
    /// Whether a page lists the members of the body that meets.
    pub membership_page: bool,
    /// Whether exempt pages are introduced by a leaf that the printer can set on coloured paper.
    pub exempt_leaf: bool,
    /// Whether a page "Accessibility of this pack" closes each pack.
    pub accessibility_page: bool,
}

impl Default for PackSettings {
    fn default() -> Self {
        Self {
            marking: None,
            page_number: "{page}".to_owned(),
            item_sheets: true,
            start_items_on_right: false,
            start_documents_on_right: false,
            full_size_images: false,
            number_from_front_sheet: true,
            large_print_notice: None,
            electronic_notice: None,
            membership_page: true,
            exempt_leaf: false,
            accessibility_page: false,
        }
    }
}

impl PackSettings {
    /// Whether packs are laid out for printing on both sides.
    pub fn double_sided(&self) -> bool {
        self.start_items_on_right || self.start_documents_on_right
    }
}

/// How a council's cover reports look: the `[report]` table.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportLayout {
    /// The title pattern, with `{body}` and `{BODY}`.
    pub title: Option<String>,
    /// The rows of the header table, in order.
    pub header: Vec<HeaderField>,
    /// The heading over the recommendations.
    pub recommendations_heading: String,
    /// How paragraphs get their numbers.
    pub paragraph_numbers: ParagraphNumbers,
    /// What an appendix is called, with `{n}` for 1, 2 … or `{a}` for A, B ….
    pub appendix_label: String,
    /// The texts that say "nothing to report".
    pub nil: Vec<String>,
    /// The sections that a report must have, in order.
    pub sections: Vec<RequiredSection>,
}

impl Default for ReportLayout {
    fn default() -> Self {
        Self {
            title: None,
            header: Vec::new(),
            recommendations_heading: "Recommendations".to_owned(),
            paragraph_numbers: ParagraphNumbers::Auto,
            appendix_label: "Appendix {n}".to_owned(),
            nil: vec!["None".to_owned()],
            sections: Vec::new(),
        }
    }
}

/// A row of the header table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderField {
    /// The front matter's key.
    pub key: String,
    /// What stands at the left of the row.
    pub label: String,
    /// Whether a report may leave it out without a finding.
    pub required: bool,
}

/// A section of a cover report that the council asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredSection {
    /// Its heading, compared without number, case or closing colon.
    pub heading: String,
    /// Whether a report may leave it out.
    pub required: bool,
    /// Where it is asked for.
    pub span: Span,
}

/// How the paragraphs of a cover report get their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphNumbers {
    /// The program counts.
    Auto,
    /// The author wrote them.
    Written,
    /// There are none.
    None,
}

impl ParagraphNumbers {
    /// Each with the word that sources use for it.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("auto", Self::Auto),
        ("written", Self::Written),
        ("none", Self::None),
    ];
}

/// The font families for body text. They come with the program, and the first is the default.
/// Fonts installed on the machine are never used, so that the same sources give the same pages
/// everywhere.
pub const BODY_FONTS: [&str; 2] = ["Atkinson Hyperlegible Next", "Noto Sans"];

/// What a council changes about how packs look without touching a template: the `[style]` table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// The name of the body font: one of [`BODY_FONTS`].
    pub font: Option<String>,
    /// The colour of rules and tints, as `#rrggbb`.
    pub accent: Option<String>,
    /// The council's logo.
    pub logo: Option<Logo>,
}

/// The website of a council's meetings: the `[site]` table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Site {
    /// The address that it is served under, without a slash at its end.
    pub base: Option<String>,
    /// Whether members' pages say how many meetings they attended, according to the minutes.
    pub attendance: bool,
    /// Addresses of an earlier website, each with the path of the page that has taken its place.
    pub redirects: Vec<(String, String)>,
}

/// A council's logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The image.
    pub file: SourceName,
    /// What it says.
    pub alt: String,
}
