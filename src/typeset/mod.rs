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
mod held;
mod kept;
mod named;
mod records;
mod room;
mod sheets;
mod split;
mod style;
mod tidy;
mod unbroken;

pub use coverage::{REPLACEMENT, missing_chars};
pub use engine::{body_files, form_file};
pub use held::{Loss, LossKind};
pub use sheets::{Anchor, Heading, Sheets, Slot};
pub use style::{Side, Style, has_font};

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde::Serialize;

use crate::compose::part::{Block, BlockKind, Figure, Inline, Part, Table};
use crate::compose::slots_in;
use crate::finding::Span;
use crate::kept::Kept;
use kept::Pages;

/// How deep blocks may nest. What is deeper is set without its nesting.
const MAX_DEPTH: usize = 10;

/// The room that words are left, in ems, however deep they are nested.
const WORDS: f64 = 6.0;

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
    /// How many characters stay together on one page whatever comes.
    most: f64,
    /// Whether everything may break over pages.
    loose: bool,
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
    flatten(&mut part.blocks, 0, deepest(style.measure() / style.size));
    tidy::tidy(&mut part);
    // An address that now stands for a link's missing words has not been looked at yet.
    missing.extend(coverage::replace_missing(&mut part));
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
    let place = Place {
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
        measure: style.measure(),
        most: most_together(style),
        loose: false,
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
        missing,
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
        let losses = held::losses(held, &reading.pieces, &reading.sizes);
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

/// How deep blocks may nest where lines are `measure` ems long: what is nested takes some of the
/// line, and words need the rest.
fn deepest(measure: f64) -> usize {
    let levels = (1..MAX_DEPTH).take_while(|levels| measure - *levels as f64 * 2.0 > WORDS);
    levels.last().unwrap_or(1)
}

/// Takes the nesting out of what is nested too deep for its page: what it holds stands in its
/// place, piece by piece. Without recursion, which what is nested deeper yet would not survive.
fn flatten(blocks: &mut Vec<Block>, depth: usize, deepest: usize) {
    if depth < deepest {
        for inner in blocks.iter_mut().flat_map(Block::inner_mut) {
            flatten(inner, depth + 1, deepest);
        }
        return;
    }
    let mut stack: Vec<Block> = std::mem::take(blocks).into_iter().rev().collect();
    while let Some(mut block) = stack.pop() {
        if block.inner().is_empty() {
            blocks.push(block);
            continue;
        }
        let mut pieces = Vec::new();
        if let BlockKind::List { items, .. } = &mut block.kind {
            for item in items {
                if let Some(label) = item.label.take() {
                    pieces.push(Block::paragraph(vec![Inline::strong(label)]));
                }
                pieces.append(&mut item.blocks);
            }
        } else {
            for inner in block.inner_mut() {
                pieces.append(inner);
            }
        }
        stack.extend(pieces.into_iter().rev());
    }
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

/// Where blocks stand.
#[derive(Clone, Copy)]
struct Place {
    /// The width of the lines, in points.
    room: f64,
    /// The gutter of a block that stands directly in the part; a table inside anything else cannot
    /// be turned on its side.
    gutter: Option<f64>,
}

impl Place {
    /// Inside a block that takes `ems` at the sides.
    fn inside(self, style: &Style, ems: f64) -> Self {
        Self {
            room: (self.room - ems * style.size).max(style.size * 4.0),
            gutter: None,
        }
    }
}

/// Joins what belongs together, fits tables and gathers images and page slots.
fn prepare(blocks: &mut Vec<Block>, style: &Style, place: Place, gathered: &mut Gathered) {
    for mut block in std::mem::take(blocks) {
        let inner = match &block.kind {
            BlockKind::List { .. } => place.inside(style, 2.0),
            BlockKind::Quote { .. } => place.inside(style, 1.4),
            BlockKind::Panel { .. } => place.inside(style, 2.0),
            BlockKind::Table(_) => place.inside(style, 1.0),
            _ => Place {
                gutter: None,
                ..place
            },
        };
        for inside in block.inner_mut() {
            prepare(inside, style, inner, gathered);
        }
        if style.large {
            keep_together(&mut block);
        }
        gather_block(&mut block, gathered);
        if matches!(block.kind, BlockKind::Table(_)) {
            fit_table(block, style, place, blocks);
        } else {
            blocks.push(block);
        }
    }
}

/// A table as it fits: one table, several with some of its columns each, or records.
fn fit_table(mut block: Block, style: &Style, place: Place, into: &mut Vec<Block>) {
    let BlockKind::Table(table) = &block.kind else {
        return;
    };
    let across = if place.gutter.is_some() {
        style.measure()
    } else {
        place.room
    };
    let rows = table.header_rows < table.rows.len();
    let mut divided = None;
    let stands = if style.large {
        !rows || fit::fits_upright(table, style, across)
    } else if place.gutter.is_some() {
        fit::fits(table, style.landscape_measure())
    } else {
        fit::stands(table, across)
    };
    let named = (!stands && style.large)
        .then(|| named::numbers_with_names(table))
        .flatten();
    let table = named.as_ref().unwrap_or(table);
    if !stands
        && !named
            .as_ref()
            .is_some_and(|table| fit::fits_upright(table, style, across))
    {
        let (room, ems) = if style.large {
            (across, across / style.size)
        } else {
            let landscape = style.landscape_measure();
            (landscape, landscape / fit::LEAST)
        };
        let suits = |table: &Table| {
            if style.large {
                fit::fits_upright(table, style, room)
            } else {
                fit::fits(table, room)
            }
        };
        if style.large || place.gutter.is_some() {
            divided = split::by_columns(table, ems).filter(|tables| tables.iter().all(suits));
        }
        let last_resort = style.large || !fit::stands(table, room);
        if divided.is_none() && last_resort {
            let kind = records::records(table, style, place.room / style.size);
            into.push(Block { kind, ..block });
            return;
        }
    }
    let tables = divided.unwrap_or_else(|| vec![table.clone()]);
    for (index, mut table) in tables.into_iter().enumerate() {
        let mut fit = fit::fit(&table, style, place.gutter, place.room);
        for (row, places) in table.rows.iter_mut().zip(&fit.places) {
            for (cell, at) in row.cells.iter_mut().zip(places) {
                room::soften_blocks(&mut cell.blocks, fit::room_in(*at, &fit), cell.header);
            }
        }
        fit.landscape &= place.gutter.is_some();
        table.fit = Some(fit);
        into.push(Block {
            kind: BlockKind::Table(table),
            anchor: block.anchor.take(),
            mark: block.mark.filter(|_| index == 0),
            lang: block.lang.clone(),
            span: block.span,
        });
    }
}

/// Gathers the images and page slots of a block itself.
fn gather_block(block: &mut Block, gathered: &mut Gathered) {
    let span = block.span;
    match &mut block.kind {
        BlockKind::Table(Table { caption, .. }) | BlockKind::Records { caption, .. } => {
            gather(caption.as_deref_mut().unwrap_or(&mut []), span, gathered);
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
}

/// A number in the gutter that is wider than it stands before the words instead.
fn free_wide_numbers(blocks: &mut [Block], style: &Style, gutter: f64) {
    for block in blocks {
        let (BlockKind::Heading {
            number, content, ..
        }
        | BlockKind::Paragraph {
            number, content, ..
        }) = &mut block.kind
        else {
            continue;
        };
        let wide =
            |number: &mut String| (engine::width(number, true) * 1.2 + 0.25) * style.size > gutter;
        if let Some(number) = number.take_if(wide) {
            content.splice(0..0, [Inline::strong(number), Inline::text(" ")]);
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
            Inline::Page { anchor, words } => gathered.slots.extend(slots_in(anchor, words)),
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
