//! Lines put together into paragraphs.
//!
//! A line goes on with the one before where it stands as far below it as lines of a paragraph do,
//! in the same size, and where its first word would not have fitted into the line before.

use std::collections::BTreeMap;

use super::lines::Line;
use crate::pdf::reflow::lists::is_bullet;

/// The distance between the lines of a paragraph in ems, where the document does not tell.
const USUAL: f64 = 1.2;
/// The most that it can be.
const MOST: f64 = 2.3;

/// How far apart the lines of paragraphs stand, by their size.
#[derive(Debug, Default)]
pub(super) struct Pitches(BTreeMap<i64, f64>);

fn key(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

impl Pitches {
    /// The distances that most lines of these columns have.
    pub(super) fn of<'a>(columns: impl Iterator<Item = &'a [Line]>) -> Self {
        let mut counts: BTreeMap<i64, BTreeMap<i64, usize>> = BTreeMap::new();
        for lines in columns {
            for pair in lines.windows(2) {
                let step = pair[1].baseline - pair[0].baseline;
                let full = pair[1].words().count() > 3;
                if alike(&pair[0], &pair[1])
                    && step > 0.8 * pair[0].size
                    && step < MOST * pair[0].size
                {
                    let steps = counts.entry(key(pair[0].size)).or_default();
                    *steps.entry((step * 4.0).round() as i64).or_default() += 1 + usize::from(full);
                }
            }
        }
        Self(
            counts
                .into_iter()
                .filter_map(|(size, steps)| {
                    let most = steps.values().max().copied()?;
                    // the smallest of those that are common: what is wider parts paragraphs
                    let step = steps.into_iter().find(|(_, count)| count * 2 >= most)?.0;
                    (most > 2).then_some((size, step as f64 / 4.0))
                })
                .collect(),
        )
    }

    fn at(&self, size: f64) -> f64 {
        let known = self.0.get(&key(size)).copied();
        known.unwrap_or(USUAL * size)
    }
}

fn alike(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() < 0.08 * a.size.max(b.size)
}

/// A paragraph as the page shows it.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) lines: Vec<Line>,
    /// The bullet or number that it begins with, and where its words begin.
    pub(super) label: Option<(String, f64)>,
    pub(super) left: f64,
    pub(super) size: f64,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// Whether its last line goes to the end of its column.
    pub(super) full: bool,
}

impl Paragraph {
    fn of(lines: Vec<Line>, right: f64) -> Option<Self> {
        let first = lines.first()?;
        let last = lines.last()?;
        let letters = |line: &Line| line.text().chars().count();
        let size = lines.iter().max_by_key(|line| letters(line))?.size;
        Some(Self {
            label: first.label(),
            left: first.bounds.x0,
            size,
            bold: lines.iter().all(Line::is_bold),
            full: right - last.bounds.x1 < 4.0 * last.size,
            lines,
        })
    }

    pub(super) fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(Line::text).collect();
        lines.join(" ")
    }
}

/// The paragraphs of a column that reaches to `right`.
pub(super) fn paragraphs(lines: Vec<Line>, right: f64, pitches: &Pitches) -> Vec<Paragraph> {
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match groups.last_mut() {
            Some(group)
                if group
                    .last()
                    .is_some_and(|last| stands_on(last, &line, pitches)) =>
            {
                group.push(line);
            }
            _ => groups.push(vec![line]),
        }
    }
    groups
        .into_iter()
        .flat_map(|group| {
            let right = end_of(&group, right);
            divided(group, right)
        })
        .collect()
}

/// Whether a line stands below another as lines of one paragraph do.
fn stands_on(above: &Line, below: &Line, pitches: &Pitches) -> bool {
    let step = below.baseline - above.baseline;
    let pitch = pitches.at(below.size.max(above.size)).max(0.9 * below.size);
    let turned = |line: &Line| line.chunks.iter().any(|chunk| chunk.turned);
    alike(above, below) && step > 0.0 && step < 1.22 * pitch && !turned(above) && !turned(below)
}

/// Where the lines of a group end. Words that are set narrower than their column, as a quotation
/// may be, break so that each next word would not have fitted.
fn end_of(group: &[Line], right: f64) -> f64 {
    let end = group.iter().map(|line| line.bounds.x1).fold(0.0, f64::max);
    let narrow = group.windows(2).all(|pair| {
        let fits = pair[0].bounds.x1 + 0.25 * pair[0].size + pair[1].first_word() < end - 1.0;
        !fits || pair[1].label().is_some()
    });
    let centred = group.len() > 1
        && group.windows(2).all(|pair| {
            let (a, b) = (&pair[0].bounds, &pair[1].bounds);
            (a.centre().x - b.centre().x).abs() < 2.0 && (a.x0 - b.x0).abs() > 2.0
        });
    // lines that end far from each other, as those of an address do, were broken on purpose
    let even = group.first().is_some_and(|line| {
        let width = end - line.bounds.x0;
        let ends = group[..group.len() - 1].iter().map(|line| line.bounds.x1);
        width > 12.0 * line.size && ends.fold(end, f64::min) > end - 0.15 * width
    });
    if centred || (narrow && even && group.len() > 2) {
        end
    } else {
        end.max(right)
    }
}

/// Paragraphs of lines that stand close below each other.
fn divided(group: Vec<Line>, right: f64) -> Vec<Paragraph> {
    let mut made = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    for line in group {
        if let Some(last) = open.last()
            && parts(&open, last, &line, right)
        {
            made.extend(Paragraph::of(std::mem::take(&mut open), right));
        }
        open.push(line);
    }
    made.extend(Paragraph::of(open, right));
    made
}

/// Whether a line ends as a paragraph or an item may.
fn ends_sentence(line: &Line) -> bool {
    let text = line.text();
    let end = text.trim_end();
    end.ends_with(['.', ';', ':', ',', '?', '!', ')'])
        || end.ends_with("and")
        || end.ends_with("or")
}

/// Whether a line begins a paragraph below another.
fn parts(open: &[Line], above: &Line, line: &Line, right: f64) -> bool {
    let em = line.size;
    let fits = above.bounds.x1 + 0.25 * em + line.first_word() < right - 0.5;
    if above.is_bold() != line.is_bold() && (fits || line.is_bold()) {
        return true;
    }
    let label = line.label();
    if let Some((label, _)) = &label
        && (fits || is_bullet(label) || (line.label_apart() && ends_sentence(above)))
    {
        return true;
    }
    let first = &open[0];
    let hangs = first.label().map(|(_, words)| words);
    let expected = match (hangs, open.get(1)) {
        (Some(words), _) => Some(words),
        (None, Some(second)) => Some(second.bounds.x0),
        // after a first line, an indent may have been its own
        (None, None) => None,
    };
    let centred = (above.bounds.centre().x - line.bounds.centre().x).abs() < 2.0;
    let moved = match expected {
        Some(left) => line.bounds.x0 - left,
        None if line.bounds.x0 > first.bounds.x0 => line.bounds.x0 - first.bounds.x0,
        None => 0.0,
    };
    let back_to_label = hangs.is_some() && (line.bounds.x0 - first.bounds.x0).abs() < 0.6 * em;
    let elsewhere = moved.abs() > 0.8 * em && !centred && !back_to_label;
    fits || elsewhere
}
