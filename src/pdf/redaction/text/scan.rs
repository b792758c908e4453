//! Text that was recognised in a scan: whether the scan shows anything there.

use super::{Judged, Judgement, Known, Look};
use crate::model::SuspectKind;
use crate::pdf::content::{Glyph, MarkKind, TextRun};
use crate::pdf::drawn::Picture;
use crate::pdf::redaction::collect::band;
use crate::pdf::redaction::surfaces::Surface;

/// As dark as a black bar is after it was packed as a photograph.
pub(super) const DARK: u8 = 90;
/// A dark bar has one colour, give or take what packing does to it; and so has blank paper.
const EVEN: (u8, u8) = (48, 24);
/// Pixels of a scan to the inch below which no bar, and no letter, could have been made out.
pub(super) const COARSEST: (f64, f64) = (6.0, 40.0);

impl Look<'_, '_> {
    /// How many pixels to the inch the picture has that a surface is.
    pub(super) fn fineness(&self, surface: &Surface) -> Option<f64> {
        let mark = self.image(surface)?;
        match &mark.kind {
            MarkKind::Image(image) => {
                Some(f64::from(image.pixels.0) * 72.0 / mark.bounds.width().max(1.0))
            }
            _ => None,
        }
    }

    /// Judges text that was read off a scan: whether there is anything to be read where it stands.
    pub(super) fn recognised(
        &mut self,
        order: usize,
        known: &[Known],
        whole: &Picture,
        judgement: &mut Judgement,
    ) {
        let Some((mark, run)) = self.run(order) else {
            return;
        };
        let near = self.near(&mark.bounds);
        let fineness = near
            .iter()
            .filter_map(|&index| self.fineness(&self.surfaces[index]))
            .fold(0.0, f64::max);
        if fineness < COARSEST.0 {
            return;
        }
        let mut from = 0;
        while from < run.glyphs.len() {
            let is_space = |glyph: &Glyph| run.glyph_text(glyph).trim().is_empty();
            let rest = &run.glyphs[from..];
            let length = rest.iter().position(is_space).unwrap_or(rest.len());
            let word = from..from + length;
            let gone = word.clone().all(|at| {
                known.get(at) == Some(&Known::Recognised) && blank(run, &run.glyphs[at], whole)
            });
            for at in word {
                let here = bar(run, &run.glyphs[at], whole);
                if known.get(at) == Some(&Known::Recognised) && (gone || here) {
                    judgement.kinds.insert(
                        (order, at),
                        Judged {
                            kind: Some(SuspectKind::Covered),
                            scanned: true,
                        },
                    );
                }
            }
            from += length.max(1);
        }
    }
}

/// The lightest and the darkest of some pixels.
fn range(picture: &Picture, place: &[usize]) -> Option<(u8, u8)> {
    let light = place.iter().map(|&at| picture.light(at));
    Some((light.clone().min()?, light.max()?))
}

/// Whether the page is dark and even all around the body of a glyph: letters, light or dark, are
/// not.
fn bar(run: &TextRun, glyph: &Glyph, whole: &Picture) -> bool {
    let (low, high) = band(run);
    let place = whole.inside(&glyph.quad, low, high);
    range(whole, &place)
        .is_some_and(|(darkest, lightest)| lightest <= DARK && lightest - darkest <= EVEN.0)
}

/// Whether there is nothing to be read where a glyph stands: one colour and no more.
pub(super) fn blank(run: &TextRun, glyph: &Glyph, whole: &Picture) -> bool {
    let place = whole.inside(&glyph.quad, 0.0, 0.9);
    bar(run, glyph, whole)
        || range(whole, &place).is_some_and(|(darkest, lightest)| lightest - darkest <= EVEN.1)
}
