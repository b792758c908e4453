//! A part becomes tagged PDF pages. Standard and large print differ by [`Style`] alone.
//!
//! This room knows parts, sizes and fonts. It does not know the meeting or the page numbers of the
//! pack, which come from outside and fill the slots. Pages have no page number, marking or header of
//! the pack. At least the lowest 20 mm are left free for them.
//! The engine is in a room inside, and nothing else here names it.

mod abreast;
mod alike;
mod capitals;
mod columns;
mod coverage;
mod engine;
mod fit;
mod foot;
mod gather;
mod grid;
mod head_notes;
mod held;
mod kept;
mod named;
mod once;
mod prepare;
mod records;
mod room;
mod sheets;
mod split;
mod style;
mod tidy;
mod turn;
mod unbroken;
mod with_next;

pub use coverage::{DRAWING, REPLACEMENT, in_body_font, is_in_body_font, missing_chars};
pub use engine::{body_files, form_covers, form_file};
pub use foot::{EDGE, GAP, box_height, strip};
pub use held::{Loss, LossKind};
pub use sheets::{Anchor, Heading, Sheets, Slot};
pub use style::{Side, Style, has_font};

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde::Serialize;

use crate::compose::part::Part;
use crate::finding::Span;
use crate::kept::Kept;
use gather::Gathered;
use kept::Pages;
use once::once;
use prepare::{Measure, deepest, flatten, free_wide_numbers, gutter, prepare};

/// The template files that come with the program, by their path.
const TEMPLATES: &[(&str, &str)] = &[
    (
        "/pack.typ",
        include_str!("../../templates/typeset/pack.typ"),
    ),
    (
        "/text.typ",
        include_str!("../../templates/typeset/text.typ"),
    ),
    (
        "/tables.typ",
        include_str!("../../templates/typeset/tables.typ"),
    ),
    (
        "/front.typ",
        include_str!("../../templates/typeset/front.typ"),
    ),
];

/// The template that is run.
const MAIN: &str = "/pack.typ";

/// What typesetting needs besides the part: the images, the page numbers of anchors and a council's
/// own template files.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The bytes of an image, by the name that a figure has for it.
    pub images: &'a (dyn Fn(&str) -> Option<Bytes> + Sync),
    /// The printed page number of an anchor, if its page has been counted.
    pub pages: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Template files that replace the program's own, by their name, such as `front.typ`.
    pub templates: &'a BTreeMap<String, String>,
    /// What page headers say about the pages of the standard edition, for a re-flowed edition.
    pub standard: Option<&'a StandardHeads>,
    /// Where finished parts are kept for the next time.
    pub kept: Option<&'a dyn Kept>,
}

/// What a page header says about the pages of the standard edition that the page has pieces of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardHeads {
    /// For one page: "Standard page {page}".
    pub one: String,
    /// For several: "Standard pages {first} to {last}".
    pub several: String,
}

impl StandardHeads {
    /// What is said of one page and of several.
    pub fn says(&self) -> [&str; 2] {
        [&self.one, &self.several]
    }
}

/// Why a part could not be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypesetError {
    /// An image is not among the sources.
    NoImage {
        /// Its name.
        name: String,
        /// Where the block that shows it is.
        span: Option<Span>,
    },
    /// The engine refused.
    Engine {
        /// The part.
        part: String,
        /// The engine's messages.
        words: Vec<String>,
    },
    /// Words would not be on the pages as they should.
    Lost {
        /// The part.
        part: String,
        /// What is wrong, one entry for each place.
        losses: Vec<Loss>,
    },
}

impl std::fmt::Display for TypesetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoImage { name, .. } => write!(f, "the image {name} is not there"),
            Self::Engine { part, words } => {
                write!(f, "{part} could not be set: {}", words.join("; "))
            }
            Self::Lost { part, losses } => {
                write!(f, "{part} does not fit its pages:")?;
                losses
                    .iter()
                    .take(10)
                    .try_for_each(|loss| write!(f, "\n  {loss}"))
            }
        }
    }
}

impl std::error::Error for TypesetError {}

/// What the template reads.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    part: &'a Part,
    style: &'a Style,
    /// Where paragraph text begins, in points. 0 if nothing is numbered.
    gutter: f64,
    /// The width of the lines, in points.
    measure: f64,
    /// The height of the text of a page, in points.
    depth: f64,
    /// The height of the free space below it, in points.
    foot: f64,
    /// The most characters that are always kept together on one page.
    most: f64,
    /// Whether everything may break over pages.
    loose: bool,
    /// The letters that the body font does not have. Words with them are set in another font.
    wider: String,
    /// The path of each image, by its name.
    images: &'a BTreeMap<String, String>,
    /// What a page header says if the page has pieces of one page of the standard edition, and of
    /// several.
    standard: [&'a str; 2],
}

/// Sets a part on pages.
///
/// The same part, style and setting give the same bytes.
///
/// # Errors
/// If an image is missing, if the engine refuses (because an image is broken, or a council's own
/// template does not work), or if words would be lost.
pub fn typeset(part: &Part, style: &Style, setting: &Setting) -> Result<Sheets, TypesetError> {
    let mut part = part.clone();
    let mut mended = coverage::Mended::default();
    coverage::mend_part(&mut part, &mut mended);
    // This is done before anything is moved, so that every setting of the part has the same marks.
    part.number_blocks();
    flatten(&mut part.blocks, 0, deepest(style.measure() / style.size));
    tidy::tidy(&mut part, style.large);
    // A link without words now has its address as words, which has not been checked yet.
    coverage::mend_part(&mut part, &mut mended);
    if style.large {
        let spellings = capitals::spellings(&part);
        for block in &mut part.blocks {
            capitals::calm(block, &spellings);
        }
    }
    let held = held::held(&part);
    let gutter = gutter(&part, style);
    let mut gathered = Gathered::default();
    free_wide_numbers(&mut part.blocks, style, gutter);
    let place = Measure {
        room: style.measure() - gutter,
        gutter: Some(gutter),
    };
    prepare(&mut part.blocks, style, place, &mut gathered);
    room::soften_blocks(&mut part.blocks, place.room / style.size, false);
    for footnote in &mut part.footnotes {
        // Its number comes before its first words.
        let place = place.inside(style, 3.0);
        prepare(&mut footnote.blocks, style, place, &mut gathered);
        room::soften_blocks(&mut footnote.blocks, place.room / style.size, false);
    }
    let mut said = BTreeSet::new();
    once(&mut part.blocks, &mut said);
    for footnote in &mut part.footnotes {
        once(&mut footnote.blocks, &mut said);
    }

    let mut files: Vec<(String, Bytes)> = Vec::new();
    let mut images = BTreeMap::new();
    for (index, (name, span)) in gathered.images.iter().enumerate() {
        let bytes = (setting.images)(name).ok_or_else(|| TypesetError::NoImage {
            name: name.clone(),
            span: *span,
        })?;
        let path = format!("/images/{index}");
        files.push((path.clone(), coverage::drawing(bytes)));
        images.insert(name.clone(), path);
    }
    let pages: BTreeMap<&str, String> = gathered
        .slots
        .iter()
        .filter_map(|anchor| Some((anchor.as_str(), (setting.pages)(anchor)?)))
        .collect();
    let data = Data {
        part: &part,
        style,
        gutter,
        measure: style.measure(),
        depth: style.depth(false),
        foot: style.foot(),
        most: most_together(style),
        loose: false,
        wider: mended.wider.iter().collect(),
        images: &images,
        standard: setting.standard.map_or(["", ""], StandardHeads::says),
    };
    files.push(("/pages.json".to_owned(), json(&pages, &part.key)?));

    let sources: Vec<(&str, &str)> = TEMPLATES
        .iter()
        .map(|&(path, text)| {
            let own = setting.templates.get(path.trim_start_matches('/'));
            (path, own.map_or(text, String::as_str))
        })
        .collect();
    let pages = pages_of(data, &sources, &files, &held, setting.kept)?;
    Ok(Sheets {
        pdf: pages.pdf,
        sizes: pages.sizes,
        anchors: pages.anchors,
        headings: pages.headings,
        words: pages.words,
        numbers: gathered.slots.into_iter().collect(),
        slots: pages.slots,
        missing: mended.missing,
        warnings: pages.warnings,
    })
}

/// How many characters of text fill about two fifths of a page, and at most 900.
fn most_together(style: &Style) -> f64 {
    let a_line = style.measure() / (style.size * 0.55);
    let lines = style.depth(false) * 0.4 / (style.size * 1.5);
    (a_line * lines).floor().min(900.0)
}

/// How large a part may be as the engine is given it, in bytes, before its memory is given back as soon as it is
/// set: setting one takes some hundred times as much.
const HEAVY: usize = 768 << 10;

/// The pages that the engine makes of a part, or made before. If they do not have what they should,
/// they are made again with everything allowed to break. If that does not help, it is an error.
fn pages_of(
    mut data: Data<'_>,
    sources: &[(&str, &str)],
    files: &[(String, Bytes)],
    held: &[held::Held],
    kept: Option<&dyn Kept>,
) -> Result<Pages, TypesetError> {
    let part = data.part;
    let with_part = |data: &Data<'_>| -> Result<Vec<(String, Bytes)>, TypesetError> {
        let mut files = files.to_vec();
        files.push(("/part.json".to_owned(), json(data, &part.key)?));
        Ok(files)
    };
    let mut files = with_part(&data)?;
    let kept = kept.map(|kept| (kept, kept::key(&part.key, sources, &files)));
    if let Some(pages) = kept.as_ref().and_then(|(kept, key)| kept.value(key)) {
        return Ok(pages);
    }
    loop {
        let weight = files.last().map_or(0, |(_, json)| json.len());
        let turn = turn::wait_for(weight);
        let laid = engine::lay_out(&part.key, MAIN, sources, files, weight > HEAVY);
        drop(turn);
        let laid = laid.map_err(|words| TypesetError::Engine {
            part: part.title.clone(),
            words,
        })?;
        let reading = laid.reading;
        let losses = held::losses(held, &reading.pieces, &reading.sizes, data.style.strip());
        if !losses.is_empty() && data.loose {
            return Err(TypesetError::Lost {
                part: part.title.clone(),
                losses,
            });
        }
        if !losses.is_empty() {
            data.loose = true;
            files = with_part(&data)?;
            continue;
        }
        let pages = Pages {
            pdf: laid.pdf.into(),
            sizes: reading.sizes,
            anchors: reading.anchors,
            headings: reading.headings,
            slots: reading.slots,
            words: reading.words,
            warnings: laid.warnings,
        };
        if let Some((kept, key)) = kept {
            kept.keep(&key, &pages);
        }
        return Ok(pages);
    }
}

/// Frees the memory that was used to set parts, when no more are being set for now.
pub fn forget() {
    engine::forget();
}

fn json(value: &impl Serialize, part: &str) -> Result<Bytes, TypesetError> {
    serde_json::to_vec(value)
        .map(Bytes::from)
        .map_err(|error| TypesetError::Engine {
            part: part.to_owned(),
            words: vec![error.to_string()],
        })
}
