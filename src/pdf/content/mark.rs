//! The marks on a page, in paint order.

use std::ops::Range;
use std::sync::Arc;

use lopdf::ObjectId;
use serde::{Deserialize, Serialize};

use super::Font;
use super::color::Rgb;
use crate::pdf::geometry::{Matrix, Quad, Rect};
use crate::pdf::substance::Means;

/// The most pieces of one path that are kept. If there are more, only its bounds count.
pub(super) const MOST_PARTS: usize = 2_000;

/// Everything that a page paints.
#[derive(Debug, Clone, Default)]
pub struct PageContent {
    /// The marks in paint order.
    pub marks: Vec<Mark>,
    /// The marked-content sequences around marks.
    pub tags: Vec<Tag>,
    /// The content streams: the page's own first, then each use of a form XObject.
    pub streams: Vec<StreamUse>,
    /// Whether there was more than the limits allow.
    pub truncated: bool,
    /// Whether some of the content could not be unpacked.
    pub unreadable: bool,
    /// Whether it draws something that the file does not hold, or whose data breaks off.
    pub lacking: bool,
    /// What the page's own content leaves open.
    pub balance: Balance,
    /// What the page draws with.
    pub(crate) means: Means,
    /// How many operators there are.
    pub(crate) operators: usize,
    /// How many of them are not PDF operators or have too few operands.
    pub(crate) senseless: usize,
}

/// What the content of a page leaves open at its end, or closes without having opened it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Balance {
    /// How many `Q` are missing at its end.
    pub unclosed_states: usize,
    /// How many `q` are missing at its beginning.
    pub unopened_states: usize,
    /// How many `EMC` are missing.
    pub unclosed_marks: usize,
    /// Whether a text object is left open.
    pub open_text: bool,
    /// Whether a path is left that was not painted.
    pub open_path: bool,
    /// What closes the strings, arrays, dictionaries or the image that are open at its end.
    pub unclosed: Vec<u8>,
}

impl PageContent {
    /// The number of the page's own marked content around a mark. `None` for decoration, and for what
    /// has a number in a form.
    pub fn own_number(&self, mark: &Mark) -> Option<i64> {
        let numbered = self.tags_of(mark).find(|tag| tag.mcid.is_some())?;
        let stream = self.streams.get(numbered.stream)?;
        numbered
            .mcid
            .filter(|_| stream.form.is_none() && !self.is_artifact(mark))
    }

    /// A free number for more marked content of the page, above all that it uses.
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

    /// Whether the file says that a mark is a running header, a page number, a watermark or a mark for the
    /// printer.
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
    /// The form XObject. `None` for the page's own content.
    pub form: Option<ObjectId>,
    /// The index of the stream that uses it, and the bytes of the operation that does.
    pub used_by: Option<(usize, Range<usize>)>,
}

/// A marked-content sequence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tag {
    /// Its tag, such as `P` or `Span`.
    pub name: Vec<u8>,
    /// The index of the sequence around it.
    pub parent: Option<u32>,
    /// The index of the stream that it is in.
    pub stream: usize,
    /// The bytes of the operation that opens it.
    pub range: Range<usize>,
    /// Its number in its stream, for the structure tree.
    pub mcid: Option<i64>,
    /// Whether it is page furniture.
    pub artifact: bool,
    /// Whether the file says which kind of furniture: a running header, a page number, a watermark, marks
    /// for the printer. A plain artifact may have words that are nowhere else.
    pub running: bool,
    /// Whether it belongs to a layer that is not shown.
    pub hidden: bool,
    /// The text that its marks represent.
    pub actual_text: Option<String>,
    /// The alternative text of its marks.
    pub alt: Option<String>,
    /// The expansion of an abbreviation.
    pub expansion: Option<String>,
    /// Its language, as the file has it.
    pub lang: Option<String>,
}

/// Where a mark is made.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkPlace {
    /// The index of the stream.
    pub stream: usize,
    /// The bytes of the operation.
    pub range: Range<usize>,
}

/// A mark.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// The rectangle around it, in user space of the page.
    pub bounds: Rect,
    /// The rectangle around the clip when it was made.
    pub clip: Rect,
    /// Whether the clip is that whole rectangle, and not another shape inside it.
    pub clip_whole: bool,
    /// The index of the innermost marked-content sequence around it.
    pub tag: Option<u32>,
    /// Where it is made.
    pub place: MarkPlace,
}

impl Mark {
    /// The part of its bounds that is inside the clip.
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

/// A colour, and how much of what is below shows through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// The colour. `None` for a pattern, or if it is not known.
    pub color: Option<Rgb>,
    /// 1 for opaque, 0 for invisible.
    pub alpha: f32,
    /// Whether it replaces what is below, as far as alpha allows. It does not for multiplying and other
    /// blend modes, or under a soft mask.
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
    /// Its characters, as far as they are known.
    pub text: String,
    /// Its glyphs in the order of the string.
    pub glyphs: Vec<Glyph>,
    /// Space added after every character, in ems.
    pub spacing: f64,
    /// The text rendering mode, 0 to 7: 3 is invisible, 7 only clips.
    pub mode: u8,
    /// Whether it clips and something is painted within it, so that its letters are seen.
    pub cut_out: bool,
    /// What it is filled with, if the mode fills.
    pub fill: Option<Ink>,
    /// What it is stroked with, if the mode strokes.
    pub stroke: Option<Ink>,
}

impl TextRun {
    /// The characters of a glyph.
    pub fn glyph_text(&self, glyph: &Glyph) -> &str {
        self.text
            .get(glyph.text.start as usize..glyph.text.end as usize)
            .unwrap_or_default()
    }

    /// Whether nothing paints its letters: neither they themselves nor what they are cut out of.
    pub fn is_unpainted(&self) -> bool {
        self.mode == 3 || self.mode == 7 && !self.cut_out
    }

    /// The ink that is seen: the fill, or else the stroke.
    pub fn ink(&self) -> Option<Ink> {
        self.fill.or(self.stroke)
    }
}

/// One glyph of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// The bytes of its characters in the run's text.
    pub text: Range<u32>,
    /// Its advance and its height from descent to ascent. The first corner is the start of the glyph at its
    /// descent.
    pub quad: Quad,
    /// The element of the operator's array that it is in, or 0 for a single string.
    pub element: u32,
    /// The bytes of its code in that string.
    pub code: Range<u32>,
    /// The number that its code is.
    pub number: u32,
    /// How far the operator moves on for it, in thousandths of the font size before horizontal scaling. If
    /// the glyph is removed, an adjustment in a `TJ` array must make up for it.
    pub advance: f64,
}

/// A filled or stroked path.
#[derive(Debug, Clone)]
pub struct PathMark {
    /// What it is filled with.
    pub fill: Option<Ink>,
    /// What it is stroked with.
    pub stroke: Option<Ink>,
    /// Its subpaths, if they are filled.
    pub fill_parts: Vec<PathPiece>,
    /// Its segments, as wide as the line, if they are stroked.
    pub stroke_parts: Vec<PathPiece>,
    /// The matrix from the coordinates of its operators to the page.
    pub matrix: Matrix,
}

impl PathMark {
    /// The areas that it fills, for each subpath. If it has too many pieces, it is only `bounds`.
    pub fn fill_areas(&self, bounds: &Rect) -> impl Iterator<Item = Rect> {
        areas(&self.fill_parts, bounds)
    }

    /// The areas that it strokes, for each segment. If it has too many pieces, it is only `bounds`.
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
    /// The rectangle around it.
    pub rect: Rect,
    /// Whether it *is* that rectangle.
    pub exact: bool,
}

/// How much of an image hides what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opacity {
    /// All of it.
    Whole,
    /// Only the part that the image's mask shows.
    Masked,
    /// It is a stencil: paint goes through some of its pixels.
    Stencil,
}

/// An image.
#[derive(Debug, Clone)]
pub struct ImageMark {
    /// The image XObject. `None` for an inline image.
    pub id: Option<ObjectId>,
    /// Its corners on the page: bottom left, bottom right, top right, top left of the picture.
    pub quad: Quad,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// The bits of each colour component, or 0 if the image does not say.
    pub bits: u8,
    /// What it hides.
    pub opacity: Opacity,
    /// Alpha and, for a stencil, colour.
    pub ink: Ink,
}
