//! A part becomes tagged PDF pages. Standard and large print differ by [`Style`] alone.
//!
//! This room knows parts, sizes and fonts. It does not know the meeting, nor any page number of
//! the pack: those come in from outside and fill the slots. Pages carry no number, no marking and
//! no running head of the pack; the lowest 20 mm stay free for them.
//! The engine is one room inside; nothing else here names it.

mod capitals;
mod coverage;
mod engine;
mod fit;
mod kept;
mod records;
mod style;
mod tidy;
mod unbroken;

pub use coverage::{REPLACEMENT, missing_chars};
pub use engine::body_files;
pub use style::{Side, Style, has_font};

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::compose::part::{Block, BlockKind, Figure, Inline, Part};
use crate::finding::Span;
use crate::kept::Kept;
use kept::Pages;

/// How deep blocks may nest. What is deeper is set without its nesting.
const MAX_DEPTH: usize = 10;

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

/// A part on pages.
#[derive(Debug, Clone)]
pub struct Sheets {
    /// The pages as tagged PDF (PDF/UA-1 and PDF/A-2a).
    pub pdf: Bytes,
    /// Width and height of each page in points.
    pub sizes: Vec<(f64, f64)>,
    /// The places that links and page slots can reach; the part's key is one, at the head of its
    /// first page.
    pub anchors: Vec<Anchor>,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// For each page, where it begins in the text.
    pub breaks: Vec<Break>,
    /// For each page, the author's words on it, notes and repeated heads left out; a picture stands
    /// as [`crate::compose::marks::PICTURE`].
    pub words: Vec<String>,
    /// The anchors whose page numbers are printed on these pages.
    pub slots: Vec<String>,
    /// Characters that no font has, with the place of their block.
    pub missing: Vec<(char, Option<Span>)>,
    /// What the engine had to say; never for a clerk.
    pub warnings: Vec<String>,
}

impl Sheets {
    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.sizes.len()
    }
}

/// A place on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// The page, counted from 0.
    pub page: usize,
    /// Points from the page's top.
    pub y: f64,
}

/// A heading on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Its words, number first.
    pub title: String,
    /// 1 for the part's title.
    pub level: u8,
    /// The page, counted from 0.
    pub page: usize,
    /// Points from the page's top.
    pub y: f64,
}

/// Where a page begins in the text of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// The block or table row, by its [`Block::mark`].
    pub mark: u32,
    /// How many of its characters, white space left out, stand on earlier pages.
    pub offset: usize,
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
}

impl std::fmt::Display for TypesetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoImage { name, .. } => write!(f, "the image {name} is not there"),
            Self::Engine { part, words } => {
                write!(f, "{part} could not be set: {}", words.join("; "))
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
    let mut missing = coverage::replace_missing(&mut part);
    // Before anything is moved, so that every setting of the part has the same numbers.
    part.number_blocks();
    flatten(&mut part.blocks, 0);
    tidy::tidy(&mut part, style);
    // An address that now stands for a link's missing words has not been looked at yet.
    missing.extend(coverage::replace_missing(&mut part));
    if style.large {
        let spellings = capitals::spellings(&part);
        for block in &mut part.blocks {
            capitals::calm(block, &spellings);
        }
    }
    let gutter = gutter(&part, style);
    let mut gathered = Gathered::default();
    for block in &mut part.blocks {
        prepare(block, style, Some(gutter), &mut gathered);
    }
    for footnote in &mut part.footnotes {
        for block in &mut footnote.blocks {
            prepare(block, style, None, &mut gathered);
        }
    }

    let mut files: Vec<(String, Bytes)> = Vec::new();
    let mut images = BTreeMap::new();
    for (index, (name, span)) in gathered.images.iter().enumerate() {
        let bytes = (setting.images)(name).ok_or_else(|| TypesetError::NoImage {
            name: name.clone(),
            span: *span,
        })?;
        let path = format!("/images/{index}");
        files.push((path.clone(), bytes));
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
        images: &images,
        standard: setting
            .standard
            .map_or(["", ""], |heads| [&heads.one, &heads.several]),
    };
    files.push(("/part.json".to_owned(), json(&data, &part.key)?));
    files.push(("/pages.json".to_owned(), json(&pages, &part.key)?));

    let sources: Vec<(&str, &str)> = TEMPLATES
        .iter()
        .map(|&(path, text)| {
            let own = setting.templates.get(path.trim_start_matches('/'));
            (path, own.map_or(text, String::as_str))
        })
        .collect();
    let pages = pages_of(&part, &sources, files, setting.kept)?;
    Ok(Sheets {
        pdf: pages.pdf,
        sizes: pages.sizes,
        anchors: pages.anchors,
        headings: pages.headings,
        breaks: pages.breaks,
        words: pages.words,
        slots: gathered.slots.into_iter().collect(),
        missing,
        warnings: pages.warnings,
    })
}

/// What the engine makes of a part, or made of it before.
fn pages_of(
    part: &Part,
    sources: &[(&str, &str)],
    files: Vec<(String, Bytes)>,
    kept: Option<&dyn Kept>,
) -> Result<Pages, TypesetError> {
    let kept = kept.map(|kept| (kept, kept::key(&part.key, sources, &files)));
    if let Some(pages) = kept.as_ref().and_then(|(kept, key)| kept.value(key)) {
        return Ok(pages);
    }
    let laid =
        engine::lay_out(&part.key, MAIN, sources, files).map_err(|words| TypesetError::Engine {
            part: part.title.clone(),
            words,
        })?;
    let reading = engine::read(&laid.document);
    let pages = Pages {
        pdf: laid.pdf.into(),
        sizes: reading.sizes,
        anchors: reading.anchors,
        headings: reading.headings,
        breaks: reading.breaks,
        words: reading.words,
        warnings: laid.warnings,
    };
    if let Some((kept, key)) = kept {
        kept.keep(&key, &pages);
    }
    Ok(pages)
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

/// Takes the nesting out of what is nested too deep for any page.
fn flatten(blocks: &mut [Block], depth: usize) {
    for block in blocks.iter_mut() {
        if depth < MAX_DEPTH {
            for inner in block.inner_mut() {
                flatten(inner, depth + 1);
            }
        } else {
            let text = shallow_text(block);
            block.kind = BlockKind::Paragraph {
                number: None,
                tone: crate::compose::part::Tone::Body,
                content: vec![Inline::text(text)],
            };
        }
    }
}

/// All words inside a block, found without recursion.
fn shallow_text(block: &Block) -> String {
    let mut words = Vec::new();
    let mut stack = vec![block];
    while let Some(block) = stack.pop() {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                words.push(crate::compose::part::plain(content));
            }
            BlockKind::Preformatted { text } => words.push(text.clone()),
            _ => stack.extend(block.inner().into_iter().flatten().rev()),
        }
    }
    words.join(" ")
}

/// How wide the gutter of the paragraph numbers is, in points; 0 where nothing is numbered.
fn gutter(part: &Part, style: &Style) -> f64 {
    let widest = part
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { number, level, .. } if *level > 1 => number.as_deref(),
            BlockKind::Paragraph { number, .. } => number.as_deref(),
            _ => None,
        })
        .map(|number| engine::width(number, true))
        .fold(0.0, f64::max);
    if widest == 0.0 {
        0.0
    } else {
        // 14 mm at the standard size; a "number" that is a sentence gets no more than a quarter.
        (style.size * 3.45)
            .max((widest + 0.9) * style.size * 1.05)
            .min(style.measure() / 4.0)
    }
}

#[derive(Default)]
struct Gathered {
    images: BTreeMap<String, Option<Span>>,
    slots: BTreeSet<String>,
    notes: BTreeSet<String>,
}

/// Fits tables and gathers images and page slots. `gutter` is that of a block that stands directly
/// in the part; a table inside anything else cannot be turned on its side.
fn prepare(block: &mut Block, style: &Style, gutter: Option<f64>, gathered: &mut Gathered) {
    let span = block.span;
    if style.large
        && let BlockKind::Table(table) = &block.kind
        && table.header_rows < table.rows.len()
        && !fit::fits_upright(table, style)
    {
        block.kind = records::records(table);
    }
    if style.large {
        keep_together(block);
    }
    match &mut block.kind {
        BlockKind::Records { caption, .. } => {
            gather(caption.as_deref_mut().unwrap_or(&mut []), span, gathered);
        }
        BlockKind::Table(table) => {
            table.fit = Some(fit::fit(table, style, gutter));
            gather(
                table.caption.as_deref_mut().unwrap_or(&mut []),
                span,
                gathered,
            );
        }
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            gather(content, span, gathered);
        }
        BlockKind::Figure(figure) => image(figure, span, gathered),
        BlockKind::Masthead(masthead) => {
            if let Some(logo) = &mut masthead.logo {
                image(logo, span, gathered);
            }
        }
        BlockKind::Agenda { rows } => {
            for row in rows {
                gathered.slots.extend(row.anchor.clone());
                gather(&mut row.title, span, gathered);
                for note in &mut row.notes {
                    gather(note, span, gathered);
                }
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                gathered.slots.insert(row.anchor.clone());
                gather(&mut row.title, span, gathered);
            }
        }
        BlockKind::Fields { rows, .. } => {
            for line in rows.iter_mut().flat_map(|row| &mut row.lines) {
                gather(line, span, gathered);
            }
        }
        _ => {}
    }
    for inner in block.inner_mut() {
        for block in inner {
            prepare(block, style, None, gathered);
        }
    }
}

/// Joins what belongs together in the words of a block itself.
fn keep_together(block: &mut Block) {
    match &mut block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            unbroken::keep(content);
        }
        BlockKind::Fields { rows, .. } => {
            for line in rows.iter_mut().flat_map(|row| &mut row.lines) {
                unbroken::keep(line);
            }
        }
        BlockKind::Agenda { rows } => {
            for row in rows {
                unbroken::keep(&mut row.title);
                for note in &mut row.notes {
                    unbroken::keep(note);
                }
                for sub in &mut row.sub {
                    *sub = unbroken::joined(sub);
                }
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                unbroken::keep(&mut row.title);
            }
        }
        BlockKind::Members { members, .. } => {
            for member in members {
                member.name = unbroken::joined(&member.name);
            }
        }
        BlockKind::Signature { lines } => {
            for line in lines {
                *line = unbroken::joined(line);
            }
        }
        _ => {}
    }
}

fn image(figure: &mut Figure, span: Option<Span>, gathered: &mut Gathered) {
    gathered.images.entry(figure.image.clone()).or_insert(span);
    gather(
        figure.caption.as_deref_mut().unwrap_or(&mut []),
        span,
        gathered,
    );
}

fn gather(content: &mut [Inline], span: Option<Span>, gathered: &mut Gathered) {
    for inline in content {
        match inline {
            Inline::Page { anchor, .. } => {
                gathered.slots.insert(anchor.clone());
            }
            Inline::Note { label } if !gathered.notes.insert(label.clone()) => {
                *inline = Inline::NoteAgain {
                    label: std::mem::take(label),
                };
            }
            Inline::Image(figure) => image(figure, span, gathered),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Web { content, .. }
            | Inline::Go { content, .. }
            | Inline::Lang { content, .. }
            | Inline::Keep { content } => gather(content, span, gathered),
            _ => {}
        }
    }
}
