//! Text that may or may not be visible: the page is drawn with it and without it.

use std::collections::{BTreeMap, BTreeSet};

use super::letters::body;
use super::scan::{COARSEST, DARK, blank};
use super::{Glyphs, Judged, Judgement, Known, Look, TINY};
use crate::model::SuspectKind;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::{Glyph, Mark, MarkKind, TextRun};
use crate::pdf::drawn::{Easel, Picture, Text, Without};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::redaction::annotations::Over;
use crate::pdf::redaction::collect::{band, core};

/// A glyph of which less than this share is seen cannot be read.
const READABLE: f64 = 0.25;
/// A picture over so much of the page is a scan, with its text below or above it.
const SCAN: f64 = 0.6;
/// Something over so much of the page is its background or its cover.
const WHOLE: f64 = 0.9;
/// The share of a page's height, at top and bottom, in which page numbers stand.
const MARGIN: f64 = 0.08;
/// Drawings made to tell apart text that stands at the same place.
const MOST_GROUPS: usize = 4;
/// Pixels to a point, at least, and to the size of the smallest text.
const PIXELS: (f64, f64) = (2.0, 14.0);
/// The most pixels to a point.
const MOST_PIXELS: f64 = 8.0;

impl Look<'_, '_> {
    /// Draws what is not known, and says what is seen of it.
    pub(super) fn judge(
        &mut self,
        doc: &lopdf::Document,
        bulk: &Bulk,
        over: &Over,
        known: &Glyphs,
    ) -> Judgement {
        let mut judgement = Judgement::default();
        let (mut painted, mut recognised) = (Vec::new(), Vec::new());
        for (&order, glyphs) in known {
            if glyphs.iter().any(|it| it.needs_drawing()) {
                painted.push(order);
            }
            if glyphs.contains(&Known::Recognised) {
                recognised.push(order);
            }
        }
        if painted.is_empty() && recognised.is_empty() {
            return judgement;
        }
        let mut view = Rect::NOWHERE;
        let mut smallest = f64::INFINITY;
        for &order in painted.iter().chain(&recognised) {
            if let Some((mark, run)) = self.run(order) {
                view = view.union(&mark.bounds.intersect(&self.page.crop));
                smallest = smallest.min(run.size.max(TINY));
            }
        }
        let pixels = (PIXELS.1 / smallest).clamp(PIXELS.0, MOST_PIXELS);
        let easel = Easel::new(
            doc,
            bulk,
            self.page,
            self.content,
            &over.notes,
            &[],
            (view.grow(4.0), pixels),
        );
        let Some(mut easel) = easel else {
            judgement.incomplete = true;
            return judgement;
        };
        let Some(whole) = easel.draw(&Without::default()) else {
            judgement.incomplete = true;
            return judgement;
        };
        for &order in &recognised {
            self.recognised(order, &known[&order], &whole, &mut judgement);
        }
        if !painted.is_empty() {
            self.painted(&painted, known, &whole, &mut easel, &mut judgement);
        }
        judgement
    }

    /// Judges text that is painted: the page is drawn without it.
    fn painted(
        &mut self,
        runs: &[usize],
        known: &Glyphs,
        whole: &Picture,
        easel: &mut Easel<'_>,
        judgement: &mut Judgement,
    ) {
        let marks = |orders: &[usize]| {
            let marks = orders
                .iter()
                .filter_map(|&order| self.content.marks.get(order));
            Text::of(self.content, marks)
        };
        let Some(alone) = easel.draw_text(&marks(runs)) else {
            judgement.incomplete = true;
            return;
        };
        let mut unseen: Vec<(usize, usize)> = Vec::new();
        for group in self.groups(runs, judgement) {
            let text = marks(&group);
            if text.is_empty() {
                continue;
            }
            let without = Without {
                text,
                marks: BTreeSet::new(),
            };
            let Some(without) = easel.draw(&without) else {
                judgement.incomplete = true;
                return;
            };
            for &order in &group {
                self.traces(
                    order,
                    &known[&order],
                    (whole, &without, &alone),
                    &mut unseen,
                );
            }
        }
        let mut hidden: BTreeMap<usize, usize> = BTreeMap::new();
        for (order, _) in &unseen {
            *hidden.entry(*order).or_default() += 1;
        }
        for (order, index) in unseen {
            let judged = self.reason(order, index, &known[&order], &hidden, whole);
            judgement.kinds.insert((order, index), judged);
        }
    }

    /// Runs so grouped that none stands where another of its group does, unless both say the same.
    fn groups(&mut self, runs: &[usize], judgement: &mut Judgement) -> Vec<Vec<usize>> {
        let mut left = self.left;
        let apart = |one: usize, other: usize| {
            let (Some((here, said)), Some((there, other))) = (self.run(one), self.run(other))
            else {
                return true;
            };
            body(&here.bounds)
                .intersect(&body(&there.bounds))
                .is_empty()
                || other.text.contains(said.text.trim())
                || said.text.contains(other.text.trim())
        };
        let (groups, whole) = grouped(runs, &mut left, apart);
        judgement.incomplete |= !whole;
        self.left = left;
        groups
    }

    /// The glyphs of a run that leave no trace on the page.
    fn traces(
        &self,
        order: usize,
        known: &[Known],
        (whole, without, alone): (&Picture, &Picture, &Picture),
        unseen: &mut Vec<(usize, usize)>,
    ) {
        let Some((_, run)) = self.run(order) else {
            return;
        };
        let (low, high) = band(run);
        for (index, glyph) in run.glyphs.iter().enumerate() {
            if !known.get(index).is_some_and(|it| it.needs_drawing()) {
                continue;
            }
            let place = whole.inside(&glyph.quad, low, high);
            let ink: Vec<usize> = place
                .iter()
                .copied()
                .filter(|&at| alone.light(at) < 140)
                .collect();
            let seen = |at: &&usize| whole.differs_at(without, **at);
            let hidden = if ink.is_empty() {
                // a dot or a dash says nothing; a font that cannot be drawn is judged by shapes
                let drawn = place.iter().any(|&at| whole.changes_at(without, at));
                !drawn && self.shut(order, run, glyph)
            } else {
                (ink.iter().filter(seen).count() as f64) < READABLE * ink.len() as f64
            };
            if hidden {
                unseen.push((order, index));
            }
        }
    }

    /// Whether opaque rectangles surely hide a glyph.
    fn shut(&self, order: usize, run: &TextRun, glyph: &Glyph) -> bool {
        let color = run.ink().and_then(|ink| ink.color);
        core(run, glyph).iter().all(|&point| {
            self.surfaces.iter().any(|surface| {
                surface.order > order && surface.holds(point) && surface.hides(color)
            })
        })
    }

    /// Why a glyph is not seen, and whether that is a fault at all.
    fn reason(
        &mut self,
        order: usize,
        index: usize,
        known: &[Known],
        hidden: &BTreeMap<usize, usize>,
        whole: &Picture,
    ) -> Judged {
        let none = Judged {
            kind: None,
            scanned: false,
        };
        let Some((mark, run)) = self.run(order) else {
            return none;
        };
        let Some(glyph) = run.glyphs.get(index) else {
            return none;
        };
        let text = run.glyph_text(glyph);
        if self.said_elsewhere(order, glyph, text, 0.3 * run.size, hidden) {
            return none;
        }
        if known.get(index) == Some(&Known::Below) {
            let centre = glyph.quad.bounds().centre();
            let near = self.near(&mark.bounds);
            let over = near
                .iter()
                .map(|&index| &self.surfaces[index])
                .filter(|surface| surface.order > order && surface.bounds.contains(centre));
            let (mut scan, mut cover) = (false, false);
            for surface in over {
                let share = surface.bounds.share_of(&self.page.crop);
                scan |= share > SCAN && self.fineness(surface).is_some_and(|it| it >= COARSEST.0);
                cover |= share > WHOLE;
            }
            if scan {
                let blank = blank(run, glyph, whole);
                let kind = blank.then_some(self.covered(cover, centre));
                return Judged {
                    kind,
                    scanned: kind.is_some(),
                };
            }
            return Judged {
                kind: Some(self.covered(cover, centre)),
                scanned: false,
            };
        }
        if known.get(index) == Some(&Known::Clipped) {
            let letters = |glyph: &&Glyph| !run.glyph_text(glyph).trim().is_empty();
            let all = run.glyphs.iter().filter(letters).count();
            let kind = if hidden.get(&order).is_some_and(|gone| *gone >= all) {
                SuspectKind::Invisible
            } else {
                SuspectKind::CutShort
            };
            return Judged {
                kind: Some(kind),
                scanned: false,
            };
        }
        let (low, high) = band(run);
        let place = whole.inside(&glyph.quad, low, high);
        // what its mask or its way of blending leaves out, and its colour would not hide
        let unpainted = run.ink().filter(|ink| !ink.normal).is_some_and(|ink| {
            ink.color
                .is_some_and(|color| place.iter().all(|&at| whole.is_apart_at(at, color)))
        });
        if unpainted {
            return Judged {
                kind: Some(SuspectKind::Invisible),
                scanned: false,
            };
        }
        let dark = place
            .iter()
            .filter(|&&at| whole.light(at) < DARK + 20)
            .count()
            * 2
            > place.len();
        Judged {
            kind: Some(if dark {
                SuspectKind::DarkOnDark
            } else {
                SuspectKind::SameColour
            }),
            scanned: false,
        }
    }

    /// What text below something is: a page number under the picture that fills a cover is none of
    /// those that somebody meant to hide.
    fn covered(&self, cover: bool, at: Point) -> SuspectKind {
        let crop = &self.page.crop;
        let (up, across) = (
            (at.y - crop.y0) / crop.height(),
            (at.x - crop.x0) / crop.width(),
        );
        // a page that is turned has its foot at a side
        let along = if self.page.rotation % 180 == 90 {
            across
        } else {
            up
        };
        let margin = !(MARGIN..=1.0 - MARGIN).contains(&along);
        if cover && margin {
            SuspectKind::UnderCover
        } else {
            SuspectKind::Covered
        }
    }

    /// Whether the same characters are seen at the same place in another run.
    fn said_elsewhere(
        &mut self,
        order: usize,
        glyph: &Glyph,
        text: &str,
        reach: f64,
        hidden: &BTreeMap<usize, usize>,
    ) -> bool {
        let bounds = glyph.quad.bounds();
        self.left = self.left.saturating_sub(self.content.marks.len());
        // Of a page that is not judged nothing more is claimed.
        if self.left == 0 {
            return true;
        }
        self.content.marks.iter().enumerate().any(|(other, mark)| {
            other != order
                && !hidden.contains_key(&other)
                && !self.content.is_hidden(mark)
                && same_place(mark, &bounds, text, reach)
        })
    }
}

/// Runs in groups whose members are apart from each other, and whether all runs are in one. `left` is how
/// many pairs may still be compared.
fn grouped(
    runs: &[usize],
    left: &mut usize,
    apart: impl Fn(usize, usize) -> bool,
) -> (Vec<Vec<usize>>, bool) {
    let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
    let mut whole = true;
    for &run in runs {
        let place = groups.iter().position(|group| {
            group.iter().all(|&other| {
                *left = left.saturating_sub(1);
                *left > 0 && apart(run, other)
            })
        });
        if *left == 0 {
            return (groups, false);
        }
        match place {
            Some(at) => groups[at].push(run),
            None if groups.len() < MOST_GROUPS => groups.push(vec![run]),
            None => whole = false,
        }
    }
    (groups, whole)
}

/// Whether a mark paints some text at nearly the same place.
fn same_place(mark: &Mark, bounds: &Rect, text: &str, reach: f64) -> bool {
    let MarkKind::Text(run) = &mark.kind else {
        return false;
    };
    if mark.bounds.intersect(&bounds.grow(reach)).is_empty() || matches!(run.mode, 3 | 7) {
        return false;
    }
    run.glyphs.iter().any(|other| {
        let there = other.quad.bounds();
        (there.x0 - bounds.x0).abs() < reach
            && (there.y0 - bounds.y0).abs() < reach
            && text == run.glyph_text(other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_grouped_until_too_many_pairs_were_compared() {
        let runs: Vec<usize> = (0..100).collect();
        let mut left = 100 * 100;
        assert_eq!(
            grouped(&runs, &mut left, |_, _| true),
            (vec![runs.clone()], true)
        );
        let even_and_odd = |one: usize, other: usize| one % 2 == other % 2;
        let (groups, whole) = grouped(&runs, &mut left, even_and_odd);
        assert!(whole && groups.len() == 2 && groups[1].iter().all(|run| run % 2 == 1));
        assert!(
            !grouped(&runs, &mut left, |_, _| false).1,
            "too many groups"
        );
        let mut left = 1_000;
        let (groups, whole) = grouped(&runs, &mut left, |_, _| true);
        assert!(!whole && left == 0);
        assert_eq!(groups[0], runs[..groups[0].len()]);
    }
}
