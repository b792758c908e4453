//! The furniture of pages, drawn by printpdf: numbers in their box, markings, notices at the head, a
//! word across the page. Each text becomes one form XObject that all pages share. The two fonts are
//! embedded once, with only the characters that are used.
//!
//! printpdf draws one small page for each text. Its pages become forms through the same importer as
//! any attachment. When measured, drawing 1,011 numbers took under 3 % of the time to merge the 107 MB
//! of pages under them, so there is no need to write this by hand. printpdf embeds whole fonts unless
//! its layout engine is compiled in, so the fonts are subset first. This module knows how furniture
//! looks. Where it goes on a page is decided in [`super::stamp`].

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Object, Stream};
use printpdf::{
    Color, FontId, Greyscale, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem, TextRenderingMode, WindingOrder,
};

use super::import;
use super::object::{decoded, dict, name, reals};
use super::outcome::AssembleError;
use super::plan::{Furniture, Opening, Provenance};
use crate::model::{PageSelection, PdfFacts};
use crate::pdf::opening;
use crate::typeset::box_height;

/// One drawn text with its width and height in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    /// The form's place among the pack's own objects.
    pub(super) object: usize,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// The kinds of text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Text {
    /// A page number: bold, in a thin box on white, unlike any number that the page itself may have.
    Number(String),
    /// A protective marking: regular, on white.
    Marking(String),
    /// A notice at the head: bold, in a box, on white.
    Notice(String),
    /// The heading of an attachment: bold, larger, on white over a thin line, in lines of this width
    /// in points.
    Opening(Opening, u16),
    /// Lines to write on, with a word above them, on a blank page of this width and height.
    Notes(String, (u16, u16)),
    /// A word across the page: a pale outline that darkens only what is paler, so that the words and
    /// figures under it stay as they are.
    Watermark(String),
}

impl Text {
    /// The characters that are drawn.
    fn characters(&self) -> String {
        match self {
            Text::Number(text)
            | Text::Marking(text)
            | Text::Notice(text)
            | Text::Notes(text, _)
            | Text::Watermark(text) => text.clone(),
            Text::Opening(opening, _) => format!("{}{ELLIPSIS}", opening.words()),
        }
    }

    fn is_bold(&self) -> bool {
        !matches!(self, Text::Marking(_))
    }
}

/// The size of a watermark's letters in points, before it is fitted to its page.
const WATERMARK: f32 = 96.0;
/// The size of an opening's letters, relative to those of a page number.
const OPENING: f32 = 1.2;
/// The distance between the lines of an opening, relative to the size of its letters.
const LEADING: f32 = 1.25;
/// The distance between the lines on a page for notes, in points: 9 mm.
const RULED: f32 = 25.5;
/// The most lines of an opening. The agenda has the whole title.
const MOST_LINES: usize = 4;
/// What replaces the rest.
const ELLIPSIS: char = '\u{2026}';
/// The most content of one piece, in bytes.
const LARGEST_PIECE: usize = 1 << 20;

/// A font with only some characters, as printpdf takes it.
struct Face {
    font: ParsedFont,
    id: FontId,
    widths: BTreeMap<char, f32>,
}

impl Face {
    /// A font with the characters of `needed`, which it must have, and those of `wanted` that it has.
    fn new(
        bytes: &[u8],
        needed: &BTreeSet<char>,
        wanted: &BTreeSet<char>,
        tag: &str,
    ) -> Result<Face, AssembleError> {
        let mut warnings = Vec::new();
        let whole = ParsedFont::from_bytes(bytes, 0, &mut warnings)
            .ok_or_else(|| AssembleError::Font("it is not a TrueType or OpenType font".into()))?;
        let mut remapper = subsetter::GlyphRemapper::new();
        let (mut codes, mut advances, mut widths) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let em = f32::from(whole.units_per_em.max(1));
        for character in needed.union(wanted) {
            let glyph = whole
                .lookup_glyph_index(u32::from(*character))
                .filter(|glyph| *glyph != 0);
            let Some(glyph) = glyph else {
                if needed.contains(character) {
                    let missing = format!("it has no character \u{201c}{character}\u{201d}");
                    return Err(AssembleError::Font(missing));
                }
                continue;
            };
            let advance = whole.get_glyph_width(glyph).unwrap_or(0);
            let code = remapper.remap(glyph);
            codes.insert(u32::from(*character), code);
            advances.insert(code, advance);
            widths.insert(*character, f32::from(advance) / em);
        }
        let subset = subsetter::subset(bytes, 0, &remapper)
            .map_err(|error| AssembleError::Font(format!("it cannot be cut down: {error}")))?;
        let mut font = ParsedFont::with_glyph_data(
            subset,
            0,
            Some(format!("{tag}+PackFurniture")),
            codes,
            advances,
            whole.units_per_em,
            whole.font_metrics.clone(),
        );
        font.font_type = whole.font_type;
        font.pdf_font_metrics = whole.pdf_font_metrics.clone();
        Ok(Face {
            font,
            id: FontId(tag.to_owned()),
            widths,
        })
    }

    fn has_all(&self, text: &str) -> bool {
        text.chars().all(|letter| self.widths.contains_key(&letter))
    }

    /// An opening in lines of at most `width` ems. A title that the font cannot write is left to the
    /// agenda.
    fn lines(&self, opening: &Opening, width: f32) -> Vec<String> {
        let mut words = opening.words();
        if !self.has_all(&words) {
            words.clone_from(&opening.label);
            words.retain(|letter| self.widths.contains_key(&letter));
        }
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in words.split_whitespace() {
            let joined = match line.as_str() {
                "" => word.to_owned(),
                line => format!("{line} {word}"),
            };
            if self.width(&joined) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word longer than a line is continued on the next one.
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line) > width && line.len() > letter.len_utf8() {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(line);
        if lines.len() > MOST_LINES && self.widths.contains_key(&ELLIPSIS) {
            lines.truncate(MOST_LINES);
            let mut last = lines.pop().unwrap_or_default();
            while self.width(&last) + self.width(ELLIPSIS.encode_utf8(&mut [0; 4])) > width
                && last.pop().is_some()
            {}
            lines.push(format!("{}{ELLIPSIS}", last.trim_end()));
        }
        lines
    }

    fn width(&self, text: &str) -> f32 {
        text.chars()
            .filter_map(|character| self.widths.get(&character))
            .sum()
    }
}

/// All drawn pieces, by their text.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    by_text: BTreeMap<Text, Piece>,
    /// The width of the widest number, in points.
    pub(super) widest_number: f32,
}

impl Pieces {
    pub(super) fn get(&self, text: &Text) -> Option<Piece> {
        self.by_text.get(text).copied()
    }
}

impl FromIterator<(Text, Piece)> for Pieces {
    fn from_iter<I: IntoIterator<Item = (Text, Piece)>>(pieces: I) -> Self {
        let by_text: BTreeMap<Text, Piece> = pieces.into_iter().collect();
        let numbers = by_text
            .iter()
            .filter(|(text, _)| matches!(text, Text::Number(_)));
        Self {
            widest_number: numbers.map(|(_, piece)| piece.width).fold(0.0, f32::max),
            by_text,
        }
    }
}

/// Draws `texts`. The forms and what they need are added to the pack's own objects.
pub(super) fn draw(
    furniture: &Furniture,
    texts: &BTreeSet<Text>,
    shared: &mut Vec<Object>,
) -> Result<Pieces, AssembleError> {
    if texts.is_empty() {
        return Ok(Pieces::default());
    }
    let characters = |bold: bool, opening: bool| -> BTreeSet<char> {
        let alike =
            |text: &&Text| text.is_bold() == bold && matches!(text, Text::Opening(..)) == opening;
        let texts = texts.iter().filter(alike).map(Text::characters);
        texts
            .flat_map(|text| text.chars().collect::<Vec<_>>())
            .collect()
    };
    let mut document = PdfDocument::new("furniture");
    let mut faces = [None, None];
    for (slot, (bytes, bold, tag)) in faces.iter_mut().zip([
        (furniture.regular, false, "PACKFR"),
        (furniture.bold, true, "PACKFB"),
    ]) {
        let (needed, wanted) = (characters(bold, false), characters(bold, true));
        if !needed.is_empty() || !wanted.is_empty() {
            let face = Face::new(bytes, &needed, &wanted, tag)?;
            document
                .resources
                .fonts
                .map
                .insert(face.id.clone(), PdfFont::new(face.font.clone()));
            *slot = Some(face);
        }
    }
    let mut pages = Vec::with_capacity(texts.len());
    let mut sizes = Vec::with_capacity(texts.len());
    for text in texts {
        let Some(face) = &faces[usize::from(text.is_bold())] else {
            continue;
        };
        let (ops, width, height) = draw_one(text, face, furniture.size);
        pages.push(PdfPage::new(Mm::from(Pt(width)), Mm::from(Pt(height)), ops));
        sizes.push((width, height));
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        ..PdfSaveOptions::default()
    };
    let bytes = document.with_pages(pages).save(&options, &mut Vec::new());
    let failed = |why: &str| AssembleError::Font(format!("page numbers could not be drawn: {why}"));
    let opened = opening::open(&bytes).map_err(|error| failed(&error.to_string()))?;
    let facts = PdfFacts::default();
    let imported = import::import(
        opened,
        &PageSelection::default(),
        Provenance::Generated,
        &facts,
    )
    .map_err(|_| failed("no pages were made"))?;
    let objects = &imported.objects;
    let objects: Vec<Object> = (0..objects.len())
        .filter_map(|place| objects.get(place))
        .collect();
    let mut forms: Vec<Object> = imported
        .pages
        .iter()
        .zip(texts.iter().zip(&sizes))
        .map(|(page, (text, size))| form(&objects, page.object, text, *size))
        .collect::<Option<_>>()
        .ok_or_else(|| failed("a page has no content"))?;
    // The drawn pages themselves are left out of the pack, and so is what only they need.
    let mut places = BTreeMap::new();
    for form in &mut forms {
        move_in(form, &objects, &mut places, shared);
    }
    let first = shared.len();
    shared.extend(forms);
    Ok(texts
        .iter()
        .cloned()
        .zip(sizes)
        .enumerate()
        .map(|(index, (text, (width, height)))| {
            (
                text,
                Piece {
                    object: first + index,
                    width,
                    height,
                },
            )
        })
        .collect())
}

fn grey(percent: f32) -> Color {
    Color::Greyscale(Greyscale {
        percent,
        icc_profile: None,
    })
}

fn draw_one(text: &Text, face: &Face, size: f32) -> (Vec<Op>, f32, f32) {
    let (line, size, pad, height) = match text {
        Text::Number(line) | Text::Notice(line) => (line, size, size * 0.6, box_height(size)),
        Text::Marking(line) => (line, size, size * 0.3, box_height(size)),
        Text::Watermark(line) => (line, WATERMARK, WATERMARK * 0.1, WATERMARK * 1.1),
        Text::Opening(opening, width) => return draw_opening(opening, *width, face, size),
        Text::Notes(word, area) => return draw_notes(word, *area, face, size),
    };
    let width = face.width(line) * size + 2.0 * pad;
    let mut ops = Vec::new();
    let paint = match text {
        Text::Number(_) | Text::Notice(_) => Some(PaintMode::FillStroke),
        Text::Marking(_) | Text::Opening(..) | Text::Notes(..) => Some(PaintMode::Fill),
        Text::Watermark(_) => None,
    };
    let ink = match paint {
        Some(mode) => {
            ops.push(Op::SetFillColor { col: grey(1.0) });
            ops.push(Op::SetOutlineColor { col: grey(0.0) });
            ops.push(Op::SetOutlineThickness { pt: Pt(0.5) });
            ops.push(rectangle([0.25, 0.25, width - 0.5, height - 0.5], mode));
            vec![Op::SetFillColor { col: grey(0.0) }]
        }
        None => vec![
            Op::SetOutlineColor { col: grey(0.7) },
            Op::SetOutlineThickness { pt: Pt(1.2) },
            Op::SetTextRenderingMode {
                mode: TextRenderingMode::Stroke,
            },
        ],
    };
    // Capitals and figures are about 0.7 of the size high, so this centres them.
    let baseline = (height - size * 0.7) / 2.0;
    ops.extend(write(line, face, size, (pad, baseline), ink));
    (ops, width, height)
}

/// Draws an opening. It has no box, as it is a heading and not a page number.
fn draw_opening(opening: &Opening, width: u16, face: &Face, size: f32) -> (Vec<Op>, f32, f32) {
    let size = size * OPENING;
    let width = f32::from(width);
    let lines = face.lines(opening, width / size);
    let leading = size * LEADING;
    let below = size * 0.5;
    let height = below + leading * lines.len() as f32;
    let mut ops = vec![
        Op::SetFillColor { col: grey(1.0) },
        rectangle([0.0, 0.0, width, height], PaintMode::Fill),
        Op::SetFillColor { col: grey(0.0) },
        rectangle([0.0, 0.0, width, 0.5], PaintMode::Fill),
    ];
    for (index, line) in lines.iter().enumerate() {
        // A space at the end keeps its last word apart from the next line when the text is read out.
        let line = format!(
            "{line}{}",
            if index + 1 < lines.len() && face.has_all(" ") {
                " "
            } else {
                ""
            }
        );
        let baseline = height - leading * index as f32 - size * 0.95;
        let black = vec![Op::SetFillColor { col: grey(0.0) }];
        ops.extend(write(&line, face, size, (0.0, baseline), black));
    }
    (ops, width, height)
}

/// Draws lines to write on, far enough apart for handwriting.
fn draw_notes(
    word: &str,
    (width, height): (u16, u16),
    face: &Face,
    size: f32,
) -> (Vec<Op>, f32, f32) {
    let (width, height) = (f32::from(width), f32::from(height));
    let size = size * OPENING;
    let top = height - size;
    let black = vec![Op::SetFillColor { col: grey(0.0) }];
    let mut ops = write(word, face, size, (0.0, top), black);
    ops.push(Op::SetFillColor { col: grey(0.6) });
    let lines = ((top - RULED) / RULED).max(0.0) as usize;
    let places = (1..=lines).map(|line| top - RULED * line as f32);
    ops.extend(places.map(|y| rectangle([0.0, y, width, 0.4], PaintMode::Fill)));
    (ops, width, height)
}

fn rectangle([x, y, width, height]: [f32; 4], mode: PaintMode) -> Op {
    Op::DrawRectangle {
        rectangle: Rect {
            x: Pt(x),
            y: Pt(y),
            width: Pt(width),
            height: Pt(height),
            mode: Some(mode),
            winding_order: Some(WindingOrder::NonZero),
        },
    }
}

/// A line of text that begins at a place. `ink` sets its colour.
fn write(line: &str, face: &Face, size: f32, (x, y): (f32, f32), ink: Vec<Op>) -> Vec<Op> {
    let mut ops = vec![
        Op::StartTextSection,
        Op::SetFont {
            font: PdfFontHandle::External(face.id.clone()),
            size: Pt(size),
        },
    ];
    ops.extend(ink);
    ops.push(Op::SetTextCursor {
        pos: Point { x: Pt(x), y: Pt(y) },
    });
    ops.push(Op::ShowText {
        items: vec![TextItem::Text(line.to_owned())],
    });
    ops.push(Op::EndTextSection);
    ops
}

/// Adds the objects that an object refers to to the shared ones, each once, and changes its references.
/// `places` is where those are that have been added.
fn move_in(
    object: &mut Object,
    objects: &[Object],
    places: &mut BTreeMap<usize, usize>,
    shared: &mut Vec<Object>,
) {
    match object {
        Object::Reference((number, _)) => {
            let number = *number as usize;
            let place = match places.get(&number) {
                Some(place) => *place,
                None => {
                    let place = shared.len();
                    places.insert(number, place);
                    shared.push(Object::Null);
                    let mut taken = objects.get(number).cloned().unwrap_or(Object::Null);
                    move_in(&mut taken, objects, places, shared);
                    shared[place] = taken;
                    place
                }
            };
            *object = super::spelling::shared(place);
        }
        Object::Array(array) => {
            let entries = array.iter_mut();
            entries.for_each(|entry| move_in(entry, objects, places, shared));
        }
        Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => {
            let entries = dict.iter_mut();
            entries.for_each(|(_, value)| move_in(value, objects, places, shared));
        }
        _ => {}
    }
}

/// A drawn page as a form XObject.
fn form(
    objects: &[Object],
    page: usize,
    text: &Text,
    (width, height): (f32, f32),
) -> Option<Object> {
    let Object::Dictionary(page) = objects.get(page)? else {
        return None;
    };
    let Ok(Object::Array(contents)) = page.get(b"Contents") else {
        return None;
    };
    let mut content = Vec::new();
    let darkens = matches!(text, Text::Watermark(_));
    if darkens {
        content.extend_from_slice(b"/Darken gs\n");
    }
    for part in contents {
        let Object::Reference((number, _)) = part else {
            return None;
        };
        let Object::Stream(stream) = objects.get(*number as usize)? else {
            return None;
        };
        content.extend(decoded(stream, LARGEST_PIECE)?);
        content.push(b'\n');
    }
    let resources = match page.get(b"Resources").ok()? {
        Object::Reference((number, _)) => objects.get(*number as usize)?.clone(),
        direct => direct.clone(),
    };
    let Object::Dictionary(resources) = resources else {
        return None;
    };
    // Of the resources that printpdf adds, only the fonts are used.
    let mut used = lopdf::Dictionary::new();
    if let Ok(fonts) = resources.get(b"Font") {
        used.set("Font", fonts.clone());
    }
    if darkens {
        let state = dict([("Type", name("ExtGState")), ("BM", name("Darken"))]);
        let states = dict([("Darken", Object::Dictionary(state))]);
        used.set("ExtGState", states);
    }
    Some(Object::Stream(Stream::new(
        dict([
            ("Type", name("XObject")),
            ("Subtype", name("Form")),
            (
                "BBox",
                reals([0.0, 0.0, f64::from(width), f64::from(height)]),
            ),
            ("Resources", Object::Dictionary(used)),
        ]),
        content,
    )))
}
