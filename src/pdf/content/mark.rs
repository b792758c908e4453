//! The marks on a page, in the order in which they are painted.

use std::ops::Range;
use std::sync::Arc;

use lopdf::ObjectId;
use serde::{Deserialize, Serialize};

use super::Font;
use super::color::Rgb;
use crate::pdf::geometry::{Matrix, Quad, Rect};
use crate::pdf::substance::Means;

/// Pieces of one path that are told apart; beyond, only its bounds count.
pub(super) const MOST_PARTS: usize = 2_000;

/// Everything that a page paints.
#[derive(Debug, Clone, Default)]
pub struct PageContent {
    /// The marks in paint order.
    pub marks: Vec<Mark>,
    /// The marked-content sequences that marks stand in.
    pub tags: Vec<Tag>,
    /// The content streams: the page's own first, then each use of a form XObject.
    pub streams: Vec<StreamUse>,
    /// Whether there was more than can be read in bounded time and memory.
    pub truncated: bool,
    /// Whether some of the content could not be unpacked.
    pub unreadable: bool,
    /// What the page's own content leaves open.
    pub balance: Balance,
    /// What is drawn with.
    pub(crate) means: Means,
    /// How many operators were met.
    pub(crate) operators: usize,
    /// How many of them no PDF knows, or lack what they work on.
    pub(crate) senseless: usize,
}

/// What the content of a page leaves open at its end, or closes without having opened it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Balance {
    /// `Q` that the content lacks at its end.
    pub unclosed_states: usize,
    /// `q` that it lacks at its beginning.
    pub unopened_states: usize,
    /// `EMC` that it lacks.
    pub unclosed_marks: usize,
    /// Whether a text object is left open.
    pub open_text: bool,
    /// Whether a path is left that was not painted.
    pub open_path: bool,
    /// What closes the strings, arrays, dictionaries or the image in which it breaks off.
    pub unclosed: Vec<u8>,
}

impl PageContent {
    /// A number that is free for more marked content of the page: one above all that it uses.
    pub fn free_mcid(&self) -> i64 {
        let of_page = |tag: &&Tag| {
            let stream = self.streams.get(tag.stream);
            stream.is_some_and(|stream| stream.form.is_none())
        };
        let numbers = self.tags.iter().filter(of_page).filter_map(|tag| tag.mcid);
        numbers.max().map_or(0, |highest| highest.saturating_add(1))
    }

    /// Whether so much of what was unpacked makes no sense that nothing follows from the rest, or half of
    /// it where it shows nothing.
    pub(crate) fn is_garbled(&self) -> bool {
        let shows_nothing = self.senseless > 0 && self.marks.is_empty();
        let much = self.senseless >= 8 && self.senseless * 50 >= self.operators;
        much || shows_nothing && self.senseless * 2 >= self.operators
    }

    /// The tags around a mark, innermost first.
    pub fn tags_of(&self, mark: &Mark) -> impl Iterator<Item = &Tag> {
        let mut next = mark.tag;
        std::iter::from_fn(move || {
            let tag = self.tags.get(next? as usize)?;
            next = tag.parent;
            Some(tag)
        })
    }

    /// Whether a mark is page furniture: a running header, a page number, a background.
    pub fn is_artifact(&self, mark: &Mark) -> bool {
        self.tags_of(mark).any(|tag| tag.artifact)
    }

    /// Whether a mark is what the file calls a running head, a page number, a watermark or marks for
    /// the printer.
    pub fn is_running(&self, mark: &Mark) -> bool {
        self.tags_of(mark).any(|tag| tag.running)
    }

    /// Whether a mark is in a layer that is not shown.
    pub fn is_hidden(&self, mark: &Mark) -> bool {
        self.tags_of(mark).any(|tag| tag.hidden)
    }
}

/// One use of a content stream.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamUse {
    /// The form XObject; `None` for the page's own content.
    pub form: Option<ObjectId>,
    /// The stream that uses it, as an index, and the bytes of the operation there that does.
    pub used_by: Option<(usize, Range<usize>)>,
}

/// A marked-content sequence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tag {
    /// Its tag, such as `P` or `Span`.
    pub name: Vec<u8>,
    /// The sequence around it, as an index.
    pub parent: Option<u32>,
    /// Which stream it stands in, as an index.
    pub stream: usize,
    /// The bytes of the operation that opens it.
    pub range: Range<usize>,
    /// Its number among the content of its stream, for the structure tree.
    pub mcid: Option<i64>,
    /// Whether it is page furniture.
    pub artifact: bool,
    /// Whether the file says which furniture: a running head, a page number, a watermark, marks for
    /// the printer. A plain artifact may hold words that are nowhere else.
    pub running: bool,
    /// Whether it belongs to a layer that is not shown.
    pub hidden: bool,
    /// The text that its marks stand for.
    pub actual_text: Option<String>,
    /// What its marks show, in words.
    pub alt: Option<String>,
    /// What the abbreviation stands for.
    pub expansion: Option<String>,
    /// Its language.
    pub lang: Option<String>,
}

/// Where a mark is made.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkPlace {
    /// Which stream, as an index.
    pub stream: usize,
    /// The bytes of the operation.
    pub range: Range<usize>,
}

/// A mark.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Around it, in user space of the page.
    pub bounds: Rect,
    /// What of the page could be painted on at that moment.
    pub clip: Rect,
    /// Whether that is all of the rectangle, and not some other shape inside it.
    pub clip_whole: bool,
    /// The innermost marked-content sequence around it, as an index.
    pub tag: Option<u32>,
    /// Where it is made.
    pub place: MarkPlace,
}

impl Mark {
    /// What of its bounds the clip lets through.
    pub fn visible(&self) -> Rect {
        self.bounds.intersect(&self.clip)
    }
}

/// The kinds of mark.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the kinds speak for themselves")]
pub enum MarkKind {
    Text(TextRun),
    Path(PathMark),
    Image(ImageMark),
    /// A smooth shading over the whole clip.
    Shading(Ink),
}

/// Colour and how much of what is below shows through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// The colour; `None` for a pattern or where it cannot be known.
    pub color: Option<Rgb>,
    /// 1 for opaque, 0 for invisible.
    pub alpha: f32,
    /// Whether it replaces what is below, as far as alpha says; not so for multiplying and the
    /// other blend modes, nor under a soft mask.
    pub normal: bool,
}

impl Ink {
    /// Whether nothing below shows through.
    pub fn is_opaque(&self) -> bool {
        self.normal && self.alpha > 0.95
    }
}

/// Text shown by one operator.
#[derive(Debug, Clone)]
pub struct TextRun {
    /// Its font.
    pub font: Arc<Font>,
    /// The height of an em on the page, in points.
    pub size: f64,
    /// Its characters, as far as the file says what they are.
    pub text: String,
    /// Its glyphs in the order of the string.
    pub glyphs: Vec<Glyph>,
    /// Space added after every character, in ems.
    pub spacing: f64,
    /// The text rendering mode, 0 to 7: 3 is invisible, 7 only clips.
    pub mode: u8,
    /// What it is filled with, where the mode fills.
    pub fill: Option<Ink>,
    /// What it is stroked with, where the mode strokes.
    pub stroke: Option<Ink>,
}

impl TextRun {
    /// The characters of a glyph.
    pub fn glyph_text(&self, glyph: &Glyph) -> &str {
        self.text
            .get(glyph.text.start as usize..glyph.text.end as usize)
            .unwrap_or_default()
    }

    /// What it is seen in: the fill, or else the stroke.
    pub fn ink(&self) -> Option<Ink> {
        self.fill.or(self.stroke)
    }
}

/// One glyph of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its characters in the run's text, as bytes.
    pub text: Range<u32>,
    /// Advance times height from descent to ascent; the first corner is the start of the
    /// glyph at its descent.
    pub quad: Quad,
    /// Which element of the operator's array it stands in; 0 for a single string.
    pub element: u32,
    /// Where its code begins in that string, and how many bytes it has.
    pub code: Range<u32>,
    /// How far the operator moves on for it, in thousandths of the font size before horizontal
    /// scaling; what an adjustment in a `TJ` array must make up for when the glyph goes.
    pub advance: f64,
}

/// A filled or stroked path.
#[derive(Debug, Clone)]
pub struct PathMark {
    /// What it is filled with.
    pub fill: Option<Ink>,
    /// What it is stroked with.
    pub stroke: Option<Ink>,
    /// Its subpaths as far as they fill.
    pub fill_parts: Vec<PathPiece>,
    /// Its straight segments as wide as the line is.
    pub stroke_parts: Vec<PathPiece>,
    /// From the coordinates of its operators to the page.
    pub matrix: Matrix,
}

impl PathMark {
    /// What it fills, subpath by subpath; of a path in too many pieces, all that is around them.
    pub fn fill_areas(&self, bounds: &Rect) -> impl Iterator<Item = Rect> {
        areas(&self.fill_parts, bounds)
    }

    /// What it strokes, segment by segment; of a path in too many pieces, all that is around them.
    pub fn stroke_areas(&self, bounds: &Rect) -> impl Iterator<Item = Rect> {
        areas(&self.stroke_parts, bounds)
    }
}

fn areas(parts: &[PathPiece], bounds: &Rect) -> impl Iterator<Item = Rect> {
    let all = (parts.len() >= MOST_PARTS).then_some(*bounds);
    let told = if all.is_some() { &[] } else { parts };
    told.iter().map(|part| part.rect).chain(all)
}

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathPiece {
    /// Around it.
    pub rect: Rect,
    /// Whether it *is* that rectangle.
    pub exact: bool,
}

/// How much of an image hides what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opacity {
    /// All of it.
    Whole,
    /// Only where the image's mask says so.
    Masked,
    /// It is a stencil: paint goes through some of its pixels.
    Stencil,
}

/// An image.
#[derive(Debug, Clone)]
pub struct ImageMark {
    /// The image XObject; `None` for an inline image.
    pub id: Option<ObjectId>,
    /// Its corners on the page: bottom left, bottom right, top right, top left of the picture.
    pub quad: Quad,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// Bits of each of its colours; 0 where the image does not say.
    pub bits: u8,
    /// What it hides.
    pub opacity: Opacity,
    /// Alpha and, for a stencil, colour.
    pub ink: Ink,
}
