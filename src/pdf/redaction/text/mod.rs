//! Text that the page paints, or only holds, so that nobody sees it.
//!
//! Cheap tests come first: most text has nothing over it and stands out from what is known of its
//! ground. What is left is drawn: the page as it is and without that text, and the text alone. A
//! glyph that leaves no trace in the first drawing is not seen.

mod judge;
mod known;
mod letters;
mod scan;

use std::collections::BTreeMap;

use self::letters::{Letters, band_of};
use super::annotations::Over;
use super::collect::Collector;
use super::surfaces::{Surface, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{Mark, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::Rect;

/// Comparisons of text with shapes on one page; a page that needs more is not judged.
const MOST_COMPARISONS: usize = 60_000_000;
/// Text of this size, in points, or less is not there to be read.
const TINY: f64 = 1.0;
/// Shapes on a page from which on it is a drawing, whose small print is no secret.
const DRAWING: usize = 400;
/// Letters that have to be below a bar in a scan: recognition sees one or two in any shadow.
const LETTERS: usize = 3;

/// What is known of a glyph without drawing it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Known {
    /// It is seen, or there is nothing to see.
    Seen,
    /// It is not seen.
    Not(SuspectKind),
    /// Something may be over it.
    Below,
    /// It may not stand out from its ground.
    Alike,
    /// A clip that is no rectangle may cut it away.
    Clipped,
    /// It belongs to a scan: what it says is seen there, or not.
    Recognised,
}

/// Everything that the judgement of one page's text needs.
pub(super) struct Look<'c, 'p> {
    pub(super) content: &'c PageContent,
    pub(super) page: &'c Page<'p>,
    surfaces: Vec<Surface>,
    /// The surfaces that reach into each stretch of the page's height, and those in many.
    bands: BTreeMap<i64, Vec<u32>>,
    tall: Vec<u32>,
    letters: Letters,
    left: usize,
    drawing: bool,
}

/// The text of a page that is not seen, and whether all of it could be judged.
pub(super) fn suspects(
    doc: &lopdf::Document,
    bulk: &Bulk,
    content: &PageContent,
    over: &Over,
    page: &Page<'_>,
    number: u32,
) -> Vec<Suspect> {
    let mut look = Look::new(content, over, page);
    let known = look.known();
    let judged = look.judge(doc, bulk, over, &known);
    let mut collector = Collector::new(number);
    let mut recognised = Collector::new(number);
    // On nearly all pages everything is seen.
    let is_hidden = judged.kinds.values().any(|judged| judged.kind.is_some())
        || (known.values().flatten()).any(|known| matches!(known, Known::Not(_)));
    for (order, glyphs) in known.iter().filter(|_| is_hidden) {
        let MarkKind::Text(run) = &content.marks[*order].kind else {
            continue;
        };
        for (index, glyph) in run.glyphs.iter().enumerate() {
            let (kind, scanned) = match (glyphs.get(index), judged.kinds.get(&(*order, index))) {
                (_, Some(judged)) => (judged.kind, judged.scanned),
                (Some(Known::Not(kind)), None) => (Some(*kind), false),
                _ => (None, false),
            };
            // what was read off a scan is told only where there is enough of it
            let (own, other) = if scanned {
                (&mut recognised, &mut collector)
            } else {
                (&mut collector, &mut recognised)
            };
            own.add(run, glyph, kind);
            other.add(run, glyph, None);
        }
    }
    let mut found = collector.finish();
    let mut scanned = recognised.finish();
    scanned.retain(|suspect| {
        let letters = suspect.text.chars().filter(|c| c.is_alphanumeric());
        letters.count() >= LETTERS
    });
    found.extend(scanned);
    if judged.incomplete || look.left == 0 || content.truncated || content.unreadable {
        found.push(Suspect {
            kind: SuspectKind::NotJudged,
            page: Some(number),
            bounds: None,
            text: String::new(),
        });
    }
    found
}

/// What drawing told of a glyph.
#[derive(Debug, Clone, Copy)]
struct Judged {
    kind: Option<SuspectKind>,
    /// Whether it is text read off a scan.
    scanned: bool,
}

/// What drawing told.
#[derive(Debug, Default)]
struct Judgement {
    kinds: BTreeMap<(usize, usize), Judged>,
    incomplete: bool,
}

impl Known {
    /// Whether only drawing tells what is seen of it.
    fn needs_drawing(self) -> bool {
        matches!(self, Known::Below | Known::Alike | Known::Clipped)
    }
}

/// What is known of each glyph of the runs that have any text, by the runs' places.
type Glyphs = BTreeMap<usize, Vec<Known>>;

impl<'c, 'p> Look<'c, 'p> {
    fn new(content: &'c PageContent, over: &Over, page: &'c Page<'p>) -> Self {
        let mut all = surfaces(content, 0, &page.media);
        all.extend(over.surfaces.iter().cloned().map(|mut surface| {
            surface.order = surface.order.saturating_add(content.marks.len());
            surface
        }));
        let (mut bands, mut tall) = (BTreeMap::<i64, Vec<u32>>::new(), Vec::new());
        for (index, surface) in (0_u32..).zip(&all) {
            let (low, high) = (band_of(surface.bounds.y0), band_of(surface.bounds.y1));
            if high - low > 24 {
                tall.push(index);
            } else {
                for at in low..=high {
                    bands.entry(at).or_default().push(index);
                }
            }
        }
        let shapes = content
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Path(_)));
        Self {
            drawing: shapes.count() > DRAWING,
            content,
            page,
            surfaces: all,
            bands,
            tall,
            letters: Letters::of(content),
            left: MOST_COMPARISONS,
        }
    }

    /// The surfaces that a run may have to do with, as indices in paint order.
    fn near(&mut self, bounds: &Rect) -> Vec<usize> {
        let reach = bounds.grow(0.5);
        let low = band_of(reach.y0);
        let high = band_of(reach.y1).min(low + 400);
        let here = self.bands.range(low..=high).flat_map(|(_, all)| all);
        let mut near: Vec<usize> = Vec::new();
        let mut seen = 0;
        for &index in self.tall.iter().chain(here) {
            seen += 1;
            if seen > self.left {
                break;
            }
            let index = index as usize;
            if !self.surfaces[index].bounds.intersect(&reach).is_empty() {
                near.push(index);
            }
        }
        self.left = self.left.saturating_sub(seen);
        near.sort_unstable();
        near.dedup();
        near
    }

    /// The picture that a surface is.
    fn image(&self, surface: &Surface) -> Option<&Mark> {
        let mark = self.content.marks.get(surface.order)?;
        matches!(mark.kind, MarkKind::Image(_)).then_some(mark)
    }

    fn run(&self, order: usize) -> Option<(&'c Mark, &'c TextRun)> {
        let mark = self.content.marks.get(order)?;
        match &mark.kind {
            MarkKind::Text(run) => Some((mark, run)),
            _ => None,
        }
    }
}
