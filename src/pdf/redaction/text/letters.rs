//! Letters that may hide other letters: blocks and squares typed over words, or words typed over
//! each other.

use std::collections::BTreeMap;

use crate::pdf::content::color::{Rgb, difference};
use crate::pdf::content::{Mark, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::redaction::collect::nearly_all;

/// Runs over more of the page's height than so many bands are kept apart.
const TALL: i64 = 24;
/// Colours nearer than this may be too near to be told apart.
const NEAR: f32 = 0.15;

/// The text of a page, by where it stands.
#[derive(Debug, Default)]
pub(super) struct Letters {
    bands: BTreeMap<i64, Vec<usize>>,
    tall: Vec<usize>,
}

/// A run that stands where another does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other<'c> {
    pub(super) order: usize,
    run: &'c TextRun,
}

impl Letters {
    pub(super) fn of(content: &PageContent) -> Self {
        let mut letters = Self::default();
        for (order, mark) in content.marks.iter().enumerate() {
            let MarkKind::Text(run) = &mark.kind else {
                continue;
            };
            let unseen = matches!(run.mode, 3 | 7)
                || run.font.blank
                || run.ink().is_none_or(|ink| ink.alpha < 0.02)
                || mark.visible().is_empty()
                || content.is_hidden(mark);
            // what has no name in Unicode may be drawn all the same
            if unseen || !run.text.is_empty() && run.text.trim().is_empty() {
                continue;
            }
            let (low, high) = (band_of(mark.bounds.y0), band_of(mark.bounds.y1));
            if high - low > TALL {
                letters.tall.push(order);
            } else {
                for band in low..=high {
                    letters.bands.entry(band).or_default().push(order);
                }
            }
        }
        letters
    }

    /// The other runs that stand where a run does, the last first; those aside that say the same, as
    /// in words printed twice. Every comparison counts against `left`.
    pub(super) fn around<'c>(
        &self,
        content: &'c PageContent,
        order: usize,
        mark: &Mark,
        run: &TextRun,
        left: &mut usize,
    ) -> Vec<Other<'c>> {
        let body = body(&mark.bounds);
        let bands = self.bands.range(band_of(body.y0)..=band_of(body.y1));
        let here = bands.flat_map(|(_, all)| all).chain(&self.tall);
        let mut found = Vec::new();
        for &other in here {
            *left = left.saturating_sub(1);
            if *left == 0 {
                break;
            }
            let Some(there) = content.marks.get(other).filter(|_| other != order) else {
                continue;
            };
            if let MarkKind::Text(said) = &there.kind
                && !there.visible().intersect(&body).is_empty()
                && (run.text.trim().is_empty() || !said.text.contains(run.text.trim()))
            {
                *left = left.saturating_sub(said.glyphs.len() * run.glyphs.len());
                found.push(Other {
                    order: other,
                    run: said,
                });
            }
        }
        found.sort_unstable_by_key(|other| std::cmp::Reverse(other.order));
        found.dedup_by_key(|other| other.order);
        found
    }
}

impl Other<'_> {
    /// Whether its glyphs stand over all that matters of a glyph.
    pub(super) fn covers(&self, run: &TextRun, points: &[Point; 6]) -> bool {
        let large = self.run.size > 2.0 * run.size;
        nearly_all(points, |point| {
            self.run.glyphs.iter().any(|glyph| {
                let stands_there = || {
                    let text = self.run.glyph_text(glyph);
                    let blank = !text.is_empty() && text.trim().is_empty();
                    let slight = !large && text.chars().all(is_slight) && !text.is_empty();
                    !blank && !slight
                };
                glyph.quad.bounds().grow(0.5).contains(point) && stands_there()
            })
        })
    }

    /// Whether it may have nearly the same colour.
    pub(super) fn is_like(&self, color: Option<Rgb>) -> bool {
        match (self.run.ink().and_then(|ink| ink.color), color) {
            (Some(own), Some(other)) => difference(own, other) < NEAR,
            _ => true,
        }
    }
}

/// Accents, and lines to write on: too little to hide a letter of their own size.
fn is_slight(character: char) -> bool {
    matches!(
        character,
        '_' | '^' | '`' | '~' | '\u{a8}' | '\u{af}' | '\u{b4}' | '\u{b8}'
    ) || matches!(character, '\u{2c6}'..='\u{2dd}' | '\u{300}'..='\u{36f}')
}

/// Where the letters of a run stand, without what reaches above and below lines.
pub(super) fn body(bounds: &Rect) -> Rect {
    let by = bounds.height().min(bounds.width()) * 0.25;
    bounds.grow(-by.min(4.0))
}

/// The stretch of a page's height that a place lies in.
pub(super) fn band_of(y: f64) -> i64 {
    (y / 12.0).floor().clamp(-1e6, 1e6) as i64
}
