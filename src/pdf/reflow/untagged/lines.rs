//! Lines of text: chunks that stand on one baseline.

use super::seen::{Chunk, Word};
use crate::pdf::geometry::Rect;
use crate::pdf::reflow::lists;
use crate::prose::label::{Label, Shape};

/// What stands on one baseline within a column, left to right.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) chunks: Vec<Chunk>,
    pub(super) bounds: Rect,
    pub(super) baseline: f64,
    pub(super) size: f64,
}

impl Line {
    fn of(chunk: Chunk) -> Self {
        Self {
            bounds: chunk.bounds,
            baseline: chunk.baseline,
            size: chunk.size,
            chunks: vec![chunk],
        }
    }

    pub(super) fn words(&self) -> impl DoubleEndedIterator<Item = &Word> {
        self.chunks.iter().flat_map(|chunk| &chunk.words)
    }

    pub(super) fn text(&self) -> String {
        let texts: Vec<String> = self.chunks.iter().map(Chunk::text).collect();
        texts.join(" ")
    }

    /// Whether all of its letters are bold.
    pub(super) fn is_bold(&self) -> bool {
        let mut letters = self
            .words()
            .filter(|word| word.text.chars().any(char::is_alphanumeric))
            .peekable();
        letters.peek().is_some() && letters.all(|word| word.bold)
    }

    /// How wide its first word is, with what is joined to it.
    pub(super) fn first_word(&self) -> f64 {
        let mut words = self.words();
        let Some(first) = words.next() else {
            return 0.0;
        };
        let end = words
            .take_while(|word| !word.apart)
            .fold(first.bounds.x1, |end, word| end.max(word.bounds.x1));
        end - first.bounds.x0
    }

    /// The bullet or number that it begins with, and where the words after it begin.
    pub(super) fn label(&self) -> Option<(String, f64)> {
        let mut words = self.words();
        let mut label = words.next()?.clone();
        let mut next = words.next();
        // a label may change its style inside, as in "(a)"
        while let Some(word) = next.filter(|word| !word.apart) {
            label.text.push_str(&word.text);
            label.bounds = label.bounds.union(&word.bounds);
            if label.text.chars().count() > 8 {
                return None;
            }
            next = words.next();
        }
        let gap = next?.bounds.x0 - label.bounds.x1;
        let bullet = lists::is_bullet(&label.text)
            && (!matches!(
                label.text.as_str(),
                "-" | "–" | "—" | "o" | ">" | "+" | "*" | "§"
            ) || gap > 0.2 * self.size);
        (bullet || Label::of(&label.text).is_some()).then_some((label.text, next?.bounds.x0))
    }

    /// Whether words follow its label only after a gap wider than a space.
    pub(super) fn label_apart(&self) -> bool {
        let Some((label, begins)) = self.label() else {
            return false;
        };
        let end = self
            .words()
            .scan(0, |length, word| {
                let taken = *length < label.len();
                *length += word.text.len();
                taken.then_some(word.bounds.x1)
            })
            .last();
        end.is_some_and(|end| begins - end > 0.55 * self.size)
    }
}

/// Whether it is a number of several levels, such as `2.1`.
pub(super) fn is_outline_number(word: &str) -> bool {
    Label::of(word).is_some_and(|label| label.shape == Shape::Parts)
}

/// The lines of what stands in one column, from the top.
pub(super) fn lines(mut chunks: Vec<Chunk>) -> Vec<Line> {
    // small raised or lowered letters go to the line that they stand at
    chunks.sort_by(|a, b| {
        a.baseline
            .total_cmp(&b.baseline)
            .then(a.bounds.x0.total_cmp(&b.bounds.x0))
    });
    let mut lines: Vec<Line> = Vec::new();
    for chunk in chunks {
        let home = lines.iter_mut().rev().take(3).find(|line| {
            let step = (chunk.baseline - line.baseline).abs();
            let (small, large) = (chunk.size.min(line.size), chunk.size.max(line.size));
            let beside = line.chunks.iter().all(|other| {
                chunk.bounds.x0 > other.bounds.x1 - 0.3 * small
                    || chunk.bounds.x1 < other.bounds.x0 + 0.3 * small
            });
            let level = step < 0.3 * small || (small < 0.8 * large && step < 0.45 * large);
            beside && level && !chunk.turned && !line.chunks[0].turned
        });
        match home {
            Some(line) => {
                if chunk.size > 1.2 * line.size {
                    (line.size, line.baseline) = (chunk.size, chunk.baseline);
                }
                line.bounds = line.bounds.union(&chunk.bounds);
                line.chunks.push(chunk);
            }
            None => lines.push(Line::of(chunk)),
        }
    }
    for line in &mut lines {
        line.chunks
            .sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        join(line);
    }
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    lines
}

/// Joins chunks that are no further apart than the words of a line are.
fn join(line: &mut Line) {
    let mut joined: Vec<Chunk> = Vec::with_capacity(line.chunks.len());
    for mut chunk in line.chunks.drain(..) {
        let Some(last) = joined.last_mut() else {
            joined.push(chunk);
            continue;
        };
        let gap = chunk.bounds.x0 - last.bounds.x1;
        let size = chunk.size.min(last.size);
        if gap > 0.9 * size {
            joined.push(chunk);
            continue;
        }
        if let Some(first) = chunk.words.first_mut() {
            first.apart = gap > 0.15 * size;
        }
        if chunk.bounds.width() > last.bounds.width() {
            (last.size, last.baseline) = (chunk.size, chunk.baseline);
        }
        last.bounds = last.bounds.union(&chunk.bounds);
        last.words.append(&mut chunk.words);
    }
    line.chunks = joined;
    let main = line
        .chunks
        .iter()
        .max_by(|a, b| a.bounds.width().total_cmp(&b.bounds.width()));
    if let Some(main) = main {
        (line.size, line.baseline) = (main.size, main.baseline);
    }
}
