//! What can be told of text without drawing it: what it belongs to, what may be over it, and what it
//! stands on.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::letters::Other;
use super::{Glyphs, Known, Look, TINY};
use crate::model::SuspectKind;
use crate::pdf::content::color::{Rgb, difference};
use crate::pdf::content::{Glyph, Mark, MarkKind, TextRun};
use crate::pdf::geometry::Point;
use crate::pdf::redaction::collect::{core, nearly_all};
use crate::pdf::redaction::surfaces::{Surface, SurfaceKind, mixed};

/// Colours nearer than this may be too near to be told apart; drawing tells.
const NEAR: f32 = 0.15;
/// Letters narrower than this, in points, are not there to be read.
const NARROW: f64 = 0.15;

impl Look<'_, '_> {
    /// What is known of the page's text without drawing it.
    pub(super) fn known(&mut self) -> Glyphs {
        let content = self.content;
        let mut known = Glyphs::new();
        for (order, mark) in content.marks.iter().enumerate() {
            let MarkKind::Text(run) = &mark.kind else {
                continue;
            };
            if run.text.trim().is_empty() {
                continue;
            }
            let near = self.near(&mark.bounds);
            let others = self
                .letters
                .around(content, order, mark, run, &mut self.left);
            let glyphs = run
                .glyphs
                .iter()
                .map(|glyph| self.glyph((order, mark, run), glyph, &near, &others))
                .collect();
            known.insert(order, glyphs);
        }
        known
    }

    fn glyph(
        &mut self,
        (order, mark, run): (usize, &Mark, &TextRun),
        glyph: &Glyph,
        near: &[usize],
        others: &[Other<'_>],
    ) -> Known {
        if !says_something(run.glyph_text(glyph)) {
            return Known::Seen;
        }
        if self.content.is_hidden(mark) {
            return Known::Not(SuspectKind::HiddenLayer);
        }
        let centre = glyph.quad.bounds().centre();
        // whatever else cuts it away: cropping a page may leave a clip round what is kept
        if !self.page.crop.grow(1.0).contains(centre) {
            return Known::Not(SuspectKind::OffPage);
        }
        if self.left == 0 {
            return Known::Seen;
        }
        if !mark.clip.contains(centre) {
            return Known::Not(self.cut(mark, run));
        }
        if run.mode == 7 {
            // letters that are cut out of something are seen in what is painted later, if it stands out
            let cut_out = run.cut_out
                && near.iter().any(|&index| {
                    let surface = &self.surfaces[index];
                    surface.order > order && self.stands_out(surface, centre, near)
                });
            return if cut_out {
                Known::Seen
            } else {
                Known::Not(SuspectKind::Invisible)
            };
        }
        let unpainted =
            run.mode == 3 || run.font.blank || run.ink().is_some_and(|ink| ink.alpha < 0.04);
        if unpainted {
            let scanned = near.iter().any(|&index| {
                let surface = &self.surfaces[index];
                surface.bounds.contains(centre) && self.image(surface).is_some()
            });
            return if scanned {
                Known::Recognised
            } else {
                Known::Not(SuspectKind::Invisible)
            };
        }
        if (run.size <= TINY || is_squeezed(glyph)) && !self.drawing {
            return Known::Not(SuspectKind::TooSmall);
        }
        let points = core(run, glyph);
        let parts: usize = near.iter().map(|&i| self.surfaces[i].parts.len()).sum();
        self.left = self
            .left
            .saturating_sub(parts * 2 + near.len() * points.len());
        if self.below(order, &points, near) {
            return Known::Below;
        }
        if points
            .iter()
            .filter(|point| mark.clip.contains(**point))
            .count()
            * 2
            < points.len()
        {
            return Known::Clipped;
        }
        let color = run.ink().and_then(|ink| ink.color);
        match others.iter().find(|other| other.covers(run, &points)) {
            Some(other) if other.order > order => return Known::Below,
            Some(other) if other.is_like(color) => return Known::Alike,
            _ => {}
        }
        // what it stands on, from the paper up
        let Some(ink) = run.ink() else {
            return Known::Seen;
        };
        if run.mode == 2 && run.stroke.and_then(|ink| ink.color) != run.fill.and_then(|i| i.color) {
            return Known::Seen;
        }
        let alike =
            points.iter().all(
                |&point| match (ink.color, self.ground(order, point, near)) {
                    (Some(color), Some(ground)) => difference(color, ground) < NEAR,
                    _ => true,
                },
            );
        if alike || !ink.normal || ink.alpha < 0.3 {
            Known::Alike
        } else if !mark.clip_whole {
            Known::Clipped
        } else {
            Known::Seen
        }
    }

    /// What text is that its clip cuts away: the end of one that the clip shows in part, as in the
    /// cell of a spreadsheet, or words that nobody sees any of.
    fn cut(&mut self, mark: &Mark, run: &TextRun) -> SuspectKind {
        self.left = self.left.saturating_sub(self.content.marks.len());
        let beside = !mark.clip.grow(run.size).intersect(&mark.bounds).is_empty();
        let shown = |other: &Mark| match &other.kind {
            MarkKind::Text(run) => {
                other.clip == mark.clip
                    && run.glyphs.iter().any(|glyph| {
                        mark.clip.contains(glyph.quad.bounds().centre())
                            && !run.glyph_text(glyph).trim().is_empty()
                    })
            }
            _ => false,
        };
        if beside && self.content.marks.iter().any(shown) {
            SuspectKind::CutShort
        } else {
            SuspectKind::ClippedAway
        }
    }

    /// Whether what is painted later may hide all of a glyph that matters.
    fn below(&self, order: usize, points: &[Point; 6], near: &[usize]) -> bool {
        nearly_all(points, |point| {
            near.iter().any(|&index| {
                let surface = &self.surfaces[index];
                surface.order > order && surface.ink.alpha > 0.02 && surface.reaches(point)
            })
        })
    }

    /// Whether a surface has another colour than what it is painted on, or may have.
    fn stands_out(&self, surface: &Surface, point: Point, near: &[usize]) -> bool {
        match (surface.kind, self.ground(surface.order, point, near)) {
            (SurfaceKind::Shape, ground @ Some(before)) => {
                mixed(ground, &surface.ink).is_none_or(|after| difference(before, after) >= NEAR)
            }
            _ => true,
        }
    }

    /// The colour that a point of the page has just before `order`, from the paper up; `None`
    /// where it cannot be known.
    fn ground(&self, order: usize, point: Point, near: &[usize]) -> Option<Rgb> {
        let mut ground = Some([1.0; 3]);
        for &index in near {
            let surface = &self.surfaces[index];
            if surface.order >= order || !surface.reaches(point) {
                continue;
            }
            ground = match surface.kind {
                SurfaceKind::Vague | SurfaceKind::Picture => None,
                SurfaceKind::Shape if surface.holds(point) => mixed(ground, &surface.ink),
                SurfaceKind::Shape => ground,
            };
        }
        ground
    }
}

/// Whether a glyph stands for more than space, or for the sign over a letter, which the letter may
/// cover.
fn says_something(text: &str) -> bool {
    if text.is_ascii() {
        return !text.trim_ascii().is_empty();
    }
    text.nfkd()
        .any(|letter| !letter.is_whitespace() && !is_combining_mark(letter))
}

/// Whether a letter is squeezed to next to no width.
fn is_squeezed(glyph: &Glyph) -> bool {
    let [start, end, ..] = glyph.quad.0;
    // what has no width of its own, as accents, stands over another letter
    glyph.advance > 200.0 && (end.x - start.x).hypot(end.y - start.y) < NARROW
}

#[cfg(test)]
mod tests {
    use super::says_something;

    #[test]
    fn a_sign_over_a_letter_says_nothing_by_itself() {
        for text in ["", " ", "\u{64b}", "\u{fe70}", "\u{301}"] {
            assert!(!says_something(text), "{text:?}");
        }
        for text in ["a", "7", "\u{e9}", "\u{fffd}", "."] {
            assert!(says_something(text), "{text:?}");
        }
    }
}
