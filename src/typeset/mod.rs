//! A part becomes tagged PDF pages. Standard and large print differ by [`Style`] alone.
//!
//! This room knows parts, sizes and fonts. It does not know the meeting, nor any page number of
//! the pack: those come in from outside and fill the slots. Pages carry no number, no marking and
//! no running head of the pack; the lowest 20 mm stay free for them.
//! The engine is one room inside; nothing else here names it.

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
mod unbroken;

pub use coverage::{DRAWING, REPLACEMENT, in_body_font, is_in_body_font, missing_chars};
pub use engine::{body_files, form_file};
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

/// What typesetting takes besides the part: where images come from, which pages places are on, a
/// council's own template files.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The bytes of an image by the name that a figure has for it.
    pub images: &'a (dyn Fn(&str) -> Option<Bytes> + Sync),
    /// The printed page number of an anchor, as far as pages have been counted.
    pub pages: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Template files that take the place of the program's own, by their name, such as
    /// `front.typ`.
    pub templates: &'a BTreeMap<String, String>,
    /// What the heads of pages say of the standard edition's, for a re-flowed edition.
    pub standard: Option<&'a StandardHeads>,
    /// Where parts that were set are kept for the next time.
    pub kept: Option<&'a dyn Kept>,
}

/// What the head of a page says of the pages of the standard edition that it holds pieces of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardHeads {
    /// Of one: "Standard page {page}".
    pub one: String,
    /// Of several: "Standard pages {first} to {last}".
    pub several: String,
}

/// Why a part could not be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypesetError {
    /// An image is not among the sources.
    NoImage {
        /// Its name.
        name: String,
        /// Where the block that shows it stands.
        span: Option<Span>,
    },
    /// The engine refused.
    Engine {
        /// The part.
        part: String,
        /// The engine's words.
        words: Vec<String>,
    },
    /// Words would not be on the pages as they should.
    Lost {
        /// The part.
        part: String,
        /// What is wrong, one entry a place.
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
    /// Where paragraph text begins, in points; 0 where nothing is numbered.
    gutter: f64,
    /// How wide the lines are, in points.
    measure: f64,
    /// How high the text of a page is, in points.
    depth: f64,
    /// How much of the page below them stays free, in points.
    foot: f64,
    /// How many characters stay together on one page whatever comes.
    most: f64,
    /// Whether everything may break over pages.
    loose: bool,
    /// The letters whose words are set in the font that has more of them.
    wider: String,
    /// Where each image is, by its name.
    images: &'a BTreeMap<String, String>,
    /// What the head of a page says that holds one page of the standard edition, and several.
    standard: [&'a str; 2],
}

/// Sets a part on pages.
///
/// The same part, style and setting give the same bytes.
///
/// # Errors
/// When an image is not there, or the engine refuses: a broken image, or a council's own template
/// that does not work.
pub fn typeset(part: &Part, style: &Style, setting: &Setting) -> Result<Sheets, TypesetError> {
    let mut part = part.clone();
    let mut mended = coverage::Mended::default();
    coverage::mend_part(&mut part, &mut mended);
    // Before anything is moved, so that every setting of the part has the same numbers.
    part.number_blocks();
    flatten(&mut part.blocks, 0, deepest(style.measure() / style.size));
    tidy::tidy(&mut part, style.large);
    // An address that now stands for a link's missing words has not been looked at yet.
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
        // Its number stands before its first words.
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
        standard: setting
            .standard
            .map_or(["", ""], |heads| [&heads.one, &heads.several]),
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

/// How many characters of text take less than about two fifths of a page.
fn most_together(style: &Style) -> f64 {
    let a_line = style.measure() / (style.size * 0.55);
    let lines = style.depth(false) * 0.4 / (style.size * 1.5);
    (a_line * lines).floor().min(900.0)
}

/// What the engine makes of a part, or made of it before. Pages that do not hold what they should
/// are made again with everything let break; what fits neither way is an error.
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
        let laid = engine::lay_out(&part.key, MAIN, sources, files).map_err(|words| {
            TypesetError::Engine {
                part: part.title.clone(),
                words,
            }
        })?;
        let reading = engine::read(&laid.document);
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

/// Gives up the memory that setting parts took, once none is set any more for the time being.
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
