//! The text of a page: words in the order in which they are painted, and the whole page in
//! reading order as far as positions tell.
//!
//! Where the file has no spaces, geometry supplies them. Nothing here knows about tags beyond
//! leaving page furniture aside when asked to.

use super::content::{Glyph, Mark, MarkKind, PageContent, TextRun};
use super::geometry::{Point, Rect};

/// Text of fewer glyphs is a symbol or two.
const FEWEST_GLYPHS: usize = 8;
/// A gap this wide between two glyphs is a space, in ems.
const SPACE: f64 = 0.17;
/// A step this far across the line begins another one, in ems.
const NEXT_LINE: f64 = 0.65;
/// A step this far back along the line begins again, in ems.
const BACK: f64 = 0.5;

/// How a glyph follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// In the same word.
    Joined,
    /// After a space that the page shows.
    Apart,
    /// On another line, or elsewhere on the page.
    Line,
}

/// Where one glyph stands, as far as the next one needs to know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stand {
    start: Point,
    end: Point,
    along: (f64, f64),
    em: f64,
    spacing: f64,
}

impl Stand {
    /// The size of its print.
    pub fn em(&self) -> f64 {
        self.em
    }

    /// Where `glyph` of `run` stands.
    pub fn of(run: &TextRun, glyph: &Glyph) -> Self {
        let [start, end, _, top] = glyph.quad.0;
        let up = unit(start, top).unwrap_or((0.0, 1.0));
        Self {
            start,
            end,
            along: unit(start, end).unwrap_or((up.1, -up.0)),
            em: run.size.max(0.1),
            spacing: run.spacing,
        }
    }

    /// Which way its line runs, as a vector of length 1.
    pub(crate) fn along(&self) -> (f64, f64) {
        self.along
    }

    /// Where a line stands that begins with this glyph and ends with another: from where to where along it,
    /// how far down, and how large it is, in points.
    pub(crate) fn line_to(&self, last: &Self) -> (f64, f64, f64, f64) {
        let (x, y) = self.along;
        let along = |point: Point| point.x * x + point.y * y;
        let down = self.start.x * y - self.start.y * x;
        (along(self.start), along(last.end), down, self.em)
    }
}

/// Follows glyphs over the page and says how each stands to the one before.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pen {
    last: Option<Stand>,
}

impl Pen {
    /// How the next glyph follows; the first one is joined to nothing.
    pub fn step(&mut self, next: Stand) -> Step {
        let step = self.last.map_or(Step::Joined, |last| {
            let em = next.em.max(last.em);
            let (x, y) = (next.start.x - last.end.x, next.start.y - last.end.y);
            let forth = x * last.along.0 + y * last.along.1;
            let across = (y * last.along.0 - x * last.along.1).abs();
            let turned = last.along.0 * next.along.0 + last.along.1 * next.along.1 < 0.9;
            // letters set apart on purpose are still one word
            let spacing = if last.spacing > 0.0 && last.spacing < 0.8 {
                last.spacing * last.em
            } else {
                0.0
            };
            if turned || across > NEXT_LINE * em || forth < -BACK * em {
                Step::Line
            } else if forth - spacing > SPACE * next.em.min(last.em) {
                Step::Apart
            } else {
                Step::Joined
            }
        });
        self.last = Some(next);
        step
    }

    /// Goes to where a glyph stands without looking back.
    pub fn move_to(&mut self, stand: Stand) {
        self.last = Some(stand);
    }

    /// Starts again.
    pub fn lift(&mut self) {
        self.last = None;
    }
}

fn unit(from: Point, to: Point) -> Option<(f64, f64)> {
    let (x, y) = (to.x - from.x, to.y - from.y);
    // The numbers of a page are far from where a square overflows.
    let length = (x * x + y * y).sqrt();
    (length > 1e-6).then(|| (x / length, y / length))
}

/// How well a file names the letters of what a page says: counted once, for whoever looks for words
/// and for whoever sets them again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Letters {
    /// Glyphs, spaces aside.
    all: usize,
    /// Those of which the file does not say what they are.
    unknown: usize,
    /// Those with no text at all, or a control character. Some programs write spaces like that.
    empty: usize,
    /// Those that only their font knows; a bullet may be one of them.
    private: usize,
    /// Those that run from right to left.
    leftward: usize,
}

impl Letters {
    /// Those of a page.
    pub(crate) fn of(content: &PageContent) -> Self {
        let mut letters = Self::default();
        for mark in &content.marks {
            if let MarkKind::Text(run) = &mark.kind {
                for glyph in &run.glyphs {
                    letters.glyph(run.glyph_text(glyph));
                }
            }
        }
        letters
    }

    fn glyph(&mut self, text: &str) {
        let space = |letter: char| letter == ' ' || letter == '\u{a0}';
        if !text.is_empty() && text.chars().all(space) {
            return;
        }
        self.all += 1;
        if text.chars().all(char::is_control) {
            self.empty += 1;
        } else if text.chars().all(is_private) {
            self.private += 1;
        } else if text.chars().all(is_unknown) {
            self.unknown += 1;
        } else if text.chars().any(is_leftward) {
            self.leftward += 1;
        }
    }

    /// Whether most of them have no name, so that nothing that looks for words finds any.
    pub(crate) fn are_unknown(&self) -> bool {
        self.all >= FEWEST_GLYPHS && (self.unknown + self.empty + self.private) * 2 > self.all
    }

    /// Whether so many have a name, and run from left to right, that the words can be set again
    /// without their page.
    pub(crate) fn are_certain(&self) -> bool {
        (self.unknown <= 2 && self.unknown * 3 <= self.all || self.unknown * 300 <= self.all)
            && self.empty * 5 <= self.all
            && self.private * 10 <= self.all
            && self.leftward * 20 <= self.all
    }
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

fn is_leftward(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff)
}

/// Whether a character says nothing of a letter: none is known, or one of private use.
pub(crate) fn is_unknown(letter: char) -> bool {
    letter == '\u{fffd}' || is_private(letter) || letter.is_control()
}

/// Text as a reader has it: ligatures taken apart, odd spaces made plain, noise left out.
pub fn plain_characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(|character| {
        let apart: &'static str = match character {
            'ﬀ' => "ff",
            'ﬁ' => "fi",
            'ﬂ' => "fl",
            'ﬃ' => "ffi",
            'ﬄ' => "ffl",
            'ﬅ' | 'ﬆ' => "st",
            _ => "",
        };
        let single = match character {
            _ if !apart.is_empty() => None,
            '\u{feff}' | '\u{200b}' | '\0' => None,
            c if c.is_whitespace() || c.is_control() => Some(' '),
            c => Some(c),
        };
        apart.chars().chain(single)
    })
}

/// Whether text marks say the same again at nearly the same place, as in bold made by printing
/// twice or in a shadow.
#[derive(Debug, Default)]
pub struct Echo {
    recent: Vec<(Rect, String, f64)>,
}

impl Echo {
    /// Whether `run` repeats one of the runs just before it.
    pub fn repeats(&mut self, mark: &Mark, run: &TextRun) -> bool {
        let near = |a: &Rect, b: &Rect, by: f64| {
            (a.x0 - b.x0).abs() < by && (a.y0 - b.y0).abs() < by && (a.x1 - b.x1).abs() < by
        };
        if run.text.trim().is_empty() {
            return false;
        }
        let known = self.recent.iter().any(|(bounds, text, size)| {
            *text == run.text
                && (size - run.size).abs() < 0.05 * size
                && near(bounds, &mark.bounds, 0.15 * size)
        });
        if !known {
            if self.recent.len() >= 16 {
                self.recent.remove(0);
            }
            self.recent.push((mark.bounds, run.text.clone(), run.size));
        }
        known
    }
}

/// A word on a page, or a line of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Around it, in user space.
    pub bounds: Rect,
    /// Whether it begins a line, or a new place on the page.
    pub starts_line: bool,
}

/// The words that a page shows, in paint order. Left out are layers that are off, text that is
/// outside `shown` or clipped away, text printed over itself, and, unless `furniture` is asked
/// for, artifacts.
pub fn words(content: &PageContent, shown: &Rect, furniture: bool) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut pen = Pen::default();
    let mut echo = Echo::default();
    let mut open = false;
    for mark in &content.marks {
        let MarkKind::Text(run) = &mark.kind else {
            continue;
        };
        if content.is_hidden(mark)
            || !furniture && content.is_artifact(mark)
            || echo.repeats(mark, run)
        {
            continue;
        }
        for glyph in &run.glyphs {
            if !is_shown(glyph, mark, shown) {
                continue;
            }
            let step = pen.step(Stand::of(run, glyph));
            let bounds = glyph.quad.bounds();
            let mut first = true;
            for character in plain_characters(run.glyph_text(glyph)) {
                if character == ' ' {
                    open = false;
                    continue;
                }
                let apart = first && step != Step::Joined;
                first = false;
                match words.last_mut() {
                    Some(word) if open && !apart => {
                        word.text.push(character);
                        word.bounds = word.bounds.union(&bounds);
                    }
                    _ => words.push(Word {
                        text: character.to_string(),
                        bounds,
                        starts_line: step == Step::Line || words.is_empty(),
                    }),
                }
                open = true;
            }
        }
    }
    words
}

/// Whether the middle of a glyph is inside both the clip and the page.
pub(crate) fn is_shown(glyph: &Glyph, mark: &Mark, shown: &Rect) -> bool {
    let centre = glyph.quad.bounds().centre();
    mark.clip.contains(centre) && shown.contains(centre)
}

/// The lines of a page in reading order by position.
pub fn lines(content: &PageContent, shown: &Rect, furniture: bool) -> Vec<Word> {
    let mut fragments: Vec<Word> = Vec::new();
    for word in words(content, shown, furniture) {
        match fragments.last_mut() {
            Some(last)
                if !word.starts_line
                    && word.bounds.x0 - last.bounds.x1 < 1.5 * word.bounds.height() =>
            {
                last.text.push(' ');
                last.text.push_str(&word.text);
                last.bounds = last.bounds.union(&word.bounds);
            }
            _ => fragments.push(word),
        }
    }
    let mut pieces = Vec::new();
    cut(fragments, 0, &mut pieces);
    let mut lines: Vec<Word> = Vec::new();
    for piece in pieces {
        let mut last: Option<Rect> = None;
        for fragment in piece {
            let level = last.is_some_and(|last| {
                (fragment.bounds.centre().y - last.centre().y).abs()
                    < 0.5 * fragment.bounds.height().min(last.height())
            });
            last = Some(fragment.bounds);
            match lines.last_mut() {
                Some(line) if level => {
                    line.text.push(' ');
                    line.text.push_str(&fragment.text);
                    line.bounds = line.bounds.union(&fragment.bounds);
                }
                _ => lines.push(fragment),
            }
        }
    }
    lines
}

/// Cuts the page along the widest empty strip, columns before rows where they are clear, until
/// what is left is one column.
fn cut(mut fragments: Vec<Word>, depth: usize, pieces: &mut Vec<Vec<Word>>) {
    if fragments.is_empty() {
        return;
    }
    let em = fragments
        .iter()
        .map(|f| f.bounds.height())
        .fold(0.0, f64::max)
        .max(1.0);
    if depth < 40 && fragments.len() > 2 {
        let across = widest_gap(fragments.iter().map(|f| (f.bounds.x0, f.bounds.x1)));
        let down = widest_gap(fragments.iter().map(|f| (f.bounds.y0, f.bounds.y1)));
        let columns = across.filter(|(gap, _)| *gap > 0.8 * em);
        if let Some((_, at)) = columns {
            let on_left = |f: &Word| f.bounds.centre().x < at;
            let many = |left: bool| {
                let lines = fragments
                    .iter()
                    .filter(|f| on_left(f) == left && f.text.contains(' '));
                lines.take(3).count() == 3
            };
            if many(true) && many(false) {
                let (left, right) = fragments.into_iter().partition(on_left);
                cut(left, depth + 1, pieces);
                cut(right, depth + 1, pieces);
                return;
            }
        }
        if let Some((_, at)) = down.filter(|(gap, _)| *gap > 0.6 * em) {
            let (above, below) = fragments
                .into_iter()
                .partition(|f| f.bounds.centre().y >= at);
            cut(above, depth + 1, pieces);
            cut(below, depth + 1, pieces);
            return;
        }
    }
    fragments.sort_by(|a, b| {
        let row = |f: &Word| (f.bounds.centre().y / (0.6 * em)).round() as i64;
        row(b)
            .cmp(&row(a))
            .then(a.bounds.x0.total_cmp(&b.bounds.x0))
    });
    pieces.push(fragments);
}

/// The widest stretch that no interval touches: how wide, and its middle.
fn widest_gap(intervals: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let mut intervals: Vec<(f64, f64)> = intervals.collect();
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best: Option<(f64, f64)> = None;
    let mut reach = intervals.first()?.1;
    for (from, to) in intervals {
        let gap = from - reach;
        if gap > 0.0 && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, reach + gap / 2.0));
        }
        reach = reach.max(to);
    }
    best
}
