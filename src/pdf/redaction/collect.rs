//! Joins suspect glyphs into words and lines, and finds the part of a glyph that matters.

use crate::model::{Suspect, SuspectKind};
use crate::pdf::content::{Glyph, TextRun};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::text::{Pen, Stand, Step, is_unknown, plain_characters};

/// The fewest glyphs without a letter that count. Fewer are a bullet or another symbol.
const FEWEST: usize = 4;

/// Points in the body of a glyph, between the baseline and the height of an x. If these are hidden, it cannot
/// be read.
pub(super) fn core(run: &TextRun, glyph: &Glyph) -> [Point; 6] {
    let [start, end, _, top] = glyph.quad.0;
    let (ascent, descent) = (run.font.ascent, run.font.descent);
    let height = (ascent - descent).max(0.01);
    let level = |em: f64| ((em - descent) / height).clamp(0.05, 0.95);
    let at = |along: f64, up: f64| Point {
        x: start.x + (end.x - start.x) * along + (top.x - start.x) * up,
        y: start.y + (end.y - start.y) * along + (top.y - start.y) * up,
    };
    let (low, high) = (level(0.08), level(0.42));
    [
        at(0.15, low),
        at(0.5, low),
        at(0.85, low),
        at(0.15, high),
        at(0.5, high),
        at(0.85, high),
    ]
}

/// Whether at most one of these points fails a test: what is so small is nothing that could be read.
pub(super) fn nearly_all(points: &[Point; 6], passes: impl Fn(Point) -> bool) -> bool {
    let failing = points.iter().filter(|point| !passes(**point));
    failing.take(2).count() < 2
}

/// The same part, as shares of the height of a glyph's quadrilateral.
pub(super) fn band(run: &TextRun) -> (f64, f64) {
    let (ascent, descent) = (run.font.ascent, run.font.descent);
    let height = (ascent - descent).max(0.01);
    let level = |em: f64| ((em - descent) / height).clamp(0.02, 0.98);
    (level(0.04), level(0.46))
}

/// Joins suspect glyphs into words and lines.
pub(super) struct Collector {
    number: u32,
    found: Vec<Suspect>,
    pen: Pen,
    open: Option<SuspectKind>,
}

impl Collector {
    pub(super) fn new(number: u32) -> Self {
        Self {
            number,
            found: Vec::new(),
            pen: Pen::default(),
            open: None,
        }
    }

    pub(super) fn add(&mut self, run: &TextRun, glyph: &Glyph, kind: Option<SuspectKind>) {
        let text = run.glyph_text(glyph);
        let Some(kind) = kind else {
            // A space between suspect words does not separate them.
            if !text.trim().is_empty() {
                self.open = None;
            }
            return;
        };
        let step = self.pen.step(Stand::of(run, glyph));
        let bounds = glyph.quad.bounds();
        match self.found.last_mut() {
            Some(last) if self.open == Some(kind) && step != Step::Line => {
                if step == Step::Apart {
                    last.text.push(' ');
                }
                last.text.extend(plain_characters(text));
                last.bounds = last
                    .bounds
                    .map(|known| Rect::from(known).union(&bounds).into());
            }
            _ => self.found.push(Suspect {
                kind,
                page: Some(self.number),
                bounds: Some(bounds.into()),
                text: plain_characters(text).collect(),
            }),
        }
        self.open = Some(kind);
    }

    pub(super) fn finish(mut self) -> Vec<Suspect> {
        self.found.retain(|suspect| {
            if is_placeholder(&suspect.text) {
                return false;
            }
            // Letters without a known character are still words to anyone who sees them.
            let unknown = suspect.text.chars().filter(|letter| is_unknown(*letter));
            suspect.text.chars().any(char::is_alphanumeric) || unknown.count() >= FEWEST
        });
        self.found
    }
}

/// Whether a text only replaces words that were removed: one letter again and again, or that something was
/// redacted.
fn is_placeholder(text: &str) -> bool {
    let letters: String = text
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let again = letters.chars().next().is_some_and(|first| {
        letters
            .chars()
            .all(|letter| letter == first && !letter.is_numeric())
    });
    (again && letters.chars().count() >= FEWEST) || letters == "redacted"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crosses_are_no_words_and_names_and_numbers_are() {
        for nothing in ["XXXX XXXXX", "[REDACTED]", "x.x.x.x"] {
            assert!(is_placeholder(nothing), "{nothing}");
        }
        for words in ["Xavier", "4444", "AAA", "redacted by Jo", "•••"] {
            assert!(!is_placeholder(words), "{words}");
        }
    }
}
