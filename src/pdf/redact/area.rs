//! What redaction is asked for and what it does: boxes, their places on pages, what is in them, and what was
//! removed.

use lopdf::{Document, Object, ObjectId};

use crate::pdf::content::{Glyph, PageContent, TextRun};
use crate::pdf::geometry::{Point, Rect};

/// A box on a page whose content is removed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RedactionBox {
    /// The page, counted from 1.
    pub page: u32,
    /// The distance from the left edge of the page as it is shown, after cropping and turning, in points.
    pub x: f64,
    /// The distance from its top edge, in points.
    pub y: f64,
    /// The width in points.
    pub width: f64,
    /// The height in points.
    pub height: f64,
}

/// What was removed for one box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Removed {
    /// The words that were there.
    pub text: String,
    /// How many images lost pixels or were removed.
    pub images: usize,
    /// How many images were removed as a whole because their format cannot be unpacked.
    pub whole_images: usize,
    /// How many paths were cut.
    pub paths: usize,
    /// How many annotations were removed.
    pub annotations: usize,
    /// The pages, counted from 1, where the same words can still be read. The page itself may be one of them.
    pub elsewhere: Vec<u32>,
}

/// A redacted file, and what was removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Redacted {
    /// The file.
    pub pdf: Vec<u8>,
    /// What was removed for each box, in order.
    pub removed: Vec<Removed>,
}

/// Why a file was not redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedactError {
    /// The file cannot be read.
    Unreadable,
    /// It has no such page.
    NoSuchPage(u32),
    /// A box without area, or one that does not touch its page.
    EmptyBox(u32),
    /// A page is too large to be read to its end.
    TooLarge(u32),
    /// Something can still be read inside a box on this page, so there is no result.
    StillThere(u32),
    /// The words can still be read in the file, in something that no page shows, so there is no result.
    StillInFile,
    /// The file could not be written.
    Unwritable,
}

impl std::fmt::Display for RedactError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable => f.write_str("the PDF cannot be read"),
            Self::NoSuchPage(page) => write!(f, "the PDF has no page {page}"),
            Self::EmptyBox(page) => write!(f, "the box on page {page} covers nothing of it"),
            Self::TooLarge(page) => write!(f, "page {page} is too large to be redacted safely"),
            Self::StillThere(page) => write!(
                f,
                "something could still be read inside a box on page {page}, so nothing was written"
            ),
            Self::StillInFile => f.write_str(
                "the same words are also in something that no page shows, such as a layer that is off, so \
                 nothing was written",
            ),
            Self::Unwritable => f.write_str("the redacted PDF could not be written"),
        }
    }
}

impl std::error::Error for RedactError {}

/// Objects that are added to a document.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) next: u32,
    pub(super) objects: Vec<(ObjectId, Object)>,
}

impl Fresh {
    /// No objects yet, for a document.
    pub(super) fn of(doc: &Document) -> Self {
        Self {
            next: doc.max_id.saturating_add(1),
            objects: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = (self.next, 0);
        self.next = self.next.saturating_add(1);
        self.objects.push((id, object.into()));
        id
    }
}

/// The boxes of one page: their places in its user space, and their indices among all boxes.
pub(super) struct Areas {
    pub(super) rects: Vec<Rect>,
    pub(super) boxes: Vec<usize>,
}

/// The share of a letter's width, on either side, that a box may cover without taking the letter.
const SIDE: f64 = 0.12;

/// Whether the ink of a glyph reaches into a rectangle.
pub(super) fn glyph_inside(run: &TextRun, glyph: &Glyph, area: &Rect) -> bool {
    let body = ink_of(run, glyph, SIDE);
    body.x0 <= area.x1 && body.x1 >= area.x0 && body.y0 <= area.y1 && body.y1 >= area.y0
}

/// Where the ink of a glyph is, without this share of its width on either side. How high and low it goes is
/// estimated from its letter.
pub(super) fn ink_of(run: &TextRun, glyph: &Glyph, side: f64) -> Rect {
    let [start, end, _, top] = glyph.quad.0;
    let height = (run.font.ascent - run.font.descent).max(0.01);
    let level = |em: f64| ((em - run.font.descent) / height).clamp(0.0, 1.0);
    let at = |along: f64, up: f64| Point {
        x: start.x + (end.x - start.x) * along + (top.x - start.x) * up,
        y: start.y + (end.y - start.y) * along + (top.y - start.y) * up,
    };
    let text = run.glyph_text(glyph);
    let low = if text.contains(|c| "gjpqyQ,;()[]{}|/\\_$@ç".contains(c)) {
        -0.18
    } else {
        0.02
    };
    // A box over the upper half of a word takes its low letters too.
    let (low, high) = (level(low), level(0.68));
    let (left, right) = (side, 1.0 - side);
    [
        at(left, low),
        at(right, low),
        at(left, high),
        at(right, high),
    ]
    .into_iter()
    .fold(Rect::NOWHERE, |bounds, point| {
        bounds.union(&Rect::between(point, point))
    })
}

/// The indices of the tags with replacement texts around a mark.
pub(super) fn worded_tags(content: &PageContent, tag: Option<u32>) -> Vec<u32> {
    let mut found = Vec::new();
    let mut next = tag;
    while let Some(index) = next {
        let Some(tag) = content.tags.get(index as usize) else {
            break;
        };
        if tag.actual_text.is_some() || tag.alt.is_some() || tag.expansion.is_some() {
            found.push(index);
        }
        next = tag.parent;
    }
    found
}
