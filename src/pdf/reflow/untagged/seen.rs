//! What is seen on a page: its words, its rules and its pictures, upright, whichever way the page
//! or its text is turned.

use std::sync::Arc;

use crate::pdf::Page;
use crate::pdf::content::{Glyph, Mark, MarkKind, Opacity, PageContent, TextRun};
use crate::pdf::geometry::{Matrix, Point, Rect};
use crate::pdf::reflow::painted::{Besides, replacement};
use crate::pdf::text::{Echo, Letters, Pen, Stand, Step, is_shown, plain_characters};

/// A gap this wide parts what stands in one line, in ems.
const WIDE: f64 = 0.9;
/// A line thicker than this is an area, in points.
const THICKEST: f64 = 3.0;
/// A line shorter than this is a dash or a dot, in points.
const SHORTEST: f64 = 7.0;
/// Lines kept of one page; a page with more of them is a drawing.
const MOST_RULES: usize = 3_000;

/// Letters in one style without a space between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Around it, `y` downwards from the top of the page.
    pub(super) bounds: Rect,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Whether a space parts it from the word before.
    pub(super) apart: bool,
    /// The address that it links to.
    pub(super) link: Option<Arc<str>>,
    /// Its place among the words of the page as they are painted.
    pub(super) order: usize,
}

/// Words beside each other in a line, without a wide gap.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf::reflow) struct Chunk {
    pub(super) words: Vec<Word>,
    pub(in crate::pdf::reflow) bounds: Rect,
    pub(super) baseline: f64,
    /// The height of an em of most of its letters, in points.
    pub(super) size: f64,
    /// Whether it runs another way than most of the page.
    pub(super) turned: bool,
}

impl Chunk {
    /// What it says.
    pub(in crate::pdf::reflow) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if word.apart && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// When it is painted.
    pub(in crate::pdf::reflow) fn order(&self) -> usize {
        self.words.first().map_or(0, |word| word.order)
    }
}

/// What is seen on a page.
#[derive(Debug, Clone, Default)]
pub(in crate::pdf) struct Seen {
    pub(super) width: f64,
    pub(super) height: f64,
    /// From here to the page as it is shown.
    pub(super) to_shown: Matrix,
    /// In paint order.
    pub(super) chunks: Vec<Chunk>,
    /// Lines from left to right.
    pub(super) level: Vec<Rect>,
    /// Lines from top to bottom.
    pub(super) upright: Vec<Rect>,
    /// Areas that are filled.
    pub(super) shades: Vec<Rect>,
    pub(super) pictures: Vec<Rect>,
    /// Letters that are there and are not painted, as below a scan.
    pub(super) unpainted: usize,
    /// Letters on the page that are clipped away, and those of layers that are off.
    pub(super) unseen: usize,
    /// How well the file names its letters.
    pub(super) named: Letters,
    /// All letters that are seen.
    pub(super) letters: usize,
    /// Whether the page could be read to its end.
    pub(super) whole: bool,
}

impl Seen {
    /// The size of the page as it is shown, and a place on it, in points from its top left corner.
    pub(super) fn shown(&self, place: &Rect) -> ((f64, f64), Rect) {
        let page = Rect {
            x0: 0.0,
            y0: 0.0,
            x1: self.width,
            y1: self.height,
        };
        let page = self.to_shown.quad(&page).bounds();
        let place = self.to_shown.quad(place).bounds();
        ((page.width(), page.height()), place)
    }
}

/// Looks at a page, and at what its form fields show and its links are; `None` where its geometry makes no sense.
pub(in crate::pdf) fn seen(
    content: &PageContent,
    besides: &Besides,
    page: &Page<'_>,
    named: Letters,
) -> Option<Seen> {
    let mut eye = Eye::on(content, page)?;
    eye.seen.named = named;
    let links = besides.links.iter();
    eye.links = links
        .map(|(place, address)| (eye.place(place), address.as_str().into()))
        .collect();
    eye.look(content, page);
    let own = eye.seen.chunks.len();
    for field in &besides.fields {
        eye.lift();
        eye.look(&field.content, page);
    }
    let mut seen = eye.seen;
    for chunk in &mut seen.chunks {
        settle(chunk);
    }
    let filled = seen.chunks.split_off(own);
    put_in(filled, &mut seen.chunks);
    Some(seen)
}

/// Looks at some of the text of a page alone, group by group; with it, at which word each group
/// begins.
pub(in crate::pdf::reflow) fn text_alone(
    content: &PageContent,
    page: &Page<'_>,
    groups: &[Vec<&Mark>],
) -> Option<(Seen, Vec<usize>)> {
    let mut eye = Eye::on(content, page)?;
    let mut begins = Vec::with_capacity(groups.len());
    for group in groups {
        eye.lift();
        begins.push(eye.words);
        let mut echo = Echo::default();
        let mut said = None;
        for mark in group {
            if let MarkKind::Text(run) = &mark.kind
                && !echo.repeats(mark, run)
            {
                eye.run(content, mark, run, page, &mut said);
            }
        }
    }
    let mut seen = eye.seen;
    seen.chunks.iter_mut().for_each(settle);
    Some((seen, begins))
}

/// How an eye turns to see a page upright, and the width and height that it sees then.
fn turn(content: &PageContent, page: &Page<'_>) -> Option<(Matrix, f64, f64)> {
    let shown = page.from_shown().inverse()?;
    let (width, height) = page.shown_size();
    let run = main_run(content, page, &shown);
    Some(match run {
        1 => (
            Matrix::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            height,
            width,
        ),
        2 => (
            Matrix::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            width,
            height,
        ),
        3 => (
            Matrix::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            height,
            width,
        ),
        _ => (Matrix::IDENTITY, width, height),
    })
}

/// Puts what fields show after the words that they stand beside or below, as if it had been painted
/// with them.
fn put_in(filled: Vec<Chunk>, chunks: &mut Vec<Chunk>) {
    if filled.is_empty() {
        return;
    }
    let mut placed: Vec<(usize, Chunk)> = Vec::with_capacity(chunks.len() + filled.len());
    for chunk in filled {
        let distance = |(_, other): &(usize, &Chunk)| {
            let beside = (other.baseline - chunk.baseline).abs() < 0.8 * chunk.size.max(other.size)
                && other.bounds.x0 < chunk.bounds.x0;
            if beside {
                (chunk.bounds.x0 - other.bounds.x1).abs()
            } else if other.baseline < chunk.baseline {
                1e4 + (chunk.baseline - other.baseline)
            } else {
                1e9
            }
        };
        let before = chunks
            .iter()
            .enumerate()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .map_or(0, |(index, _)| index + 1);
        placed.push((before, chunk));
    }
    let own = std::mem::take(chunks).into_iter().enumerate();
    placed.extend(own.map(|(index, chunk)| (index + 1, chunk)));
    // those of the page come before those that follow them
    placed.sort_by_key(|(index, chunk)| (*index, chunk.order()));
    let mut next = 0;
    for (_, mut chunk) in placed {
        for word in &mut chunk.words {
            word.order = next;
            next += 1;
        }
        chunks.push(chunk);
    }
}

/// Which way most of the text runs on the page as it is shown: right, up, left or down.
fn main_run(content: &PageContent, page: &Page<'_>, shown: &Matrix) -> usize {
    let mut counts = [0_usize; 4];
    for mark in &content.marks {
        let MarkKind::Text(run) = &mark.kind else {
            continue;
        };
        if run.mode == 3 || content.is_hidden(mark) || !page.crop.contains(mark.bounds.centre()) {
            continue;
        }
        if let Some(glyph) = run.glyphs.first() {
            let (x, y) = direction(shown, Stand::of(run, glyph).along());
            let way = match (x.abs() >= y.abs(), x > 0.0, y > 0.0) {
                (true, true, _) => 0,
                (false, _, false) => 1,
                (true, false, _) => 2,
                (false, _, true) => 3,
            };
            counts[way] += run.glyphs.len();
        }
    }
    (0..4).rev().max_by_key(|&way| counts[way]).unwrap_or(0)
}

/// A direction after a transform, as a vector of length 1.
fn direction(matrix: &Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    let turned = (matrix.a * x + matrix.c * y, matrix.b * x + matrix.d * y);
    let length = turned.0.hypot(turned.1);
    if length > 1e-9 {
        (turned.0 / length, turned.1 / length)
    } else {
        (1.0, 0.0)
    }
}

/// How the next glyph follows the last one that is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Joined,
    Space,
    Line,
}

struct Eye {
    /// From the page's own coordinates to upright ones.
    upright: Matrix,
    seen: Seen,
    pen: Pen,
    /// What lies between the last glyph that is seen and the next, so far.
    gap: Gap,
    words: usize,
    /// The links of the page, each with its place.
    links: Vec<(Rect, Arc<str>)>,
}

impl Eye {
    fn on(content: &PageContent, page: &Page<'_>) -> Option<Self> {
        let (turn, width, height) = turn(content, page)?;
        let upright = page.from_shown().inverse()?.then(&turn);
        Some(Self {
            upright,
            seen: Seen {
                width,
                height,
                to_shown: turn.inverse()?,
                whole: !content.truncated && !content.unreadable,
                ..Seen::default()
            },
            pen: Pen::default(),
            gap: Gap::Line,
            words: 0,
            links: Vec::new(),
        })
    }

    /// Goes elsewhere: what is seen next goes on with nothing.
    fn lift(&mut self) {
        self.pen.lift();
        self.gap = Gap::Line;
    }

    /// Takes in what a page, or something on it, paints.
    fn look(&mut self, content: &PageContent, page: &Page<'_>) {
        let mut echo = Echo::default();
        // the tag whose replacement text has been said
        let mut said: Option<u32> = None;
        for mark in &content.marks {
            if content.is_hidden(mark) {
                if let MarkKind::Text(run) = &mark.kind {
                    self.seen.unseen += run.glyphs.len();
                }
                continue;
            }
            match &mark.kind {
                MarkKind::Text(run) => {
                    if !content.is_running(mark) && !echo.repeats(mark, run) {
                        self.run(content, mark, run, page, &mut said);
                    }
                }
                MarkKind::Path(path) => {
                    let seen = mark.clip.intersect(&page.crop);
                    if path.fill.is_some() {
                        for area in path.fill_areas(&mark.bounds) {
                            self.area(&area.intersect(&seen), true);
                        }
                    }
                    if path.stroke.is_some() {
                        for area in path.stroke_areas(&mark.bounds) {
                            self.area(&area.intersect(&seen), false);
                        }
                    }
                }
                MarkKind::Image(image) => {
                    let seen = mark.visible().intersect(&page.crop);
                    let counts = image.opacity != Opacity::Stencil && !content.is_artifact(mark);
                    if !seen.is_empty() && counts {
                        let place = self.place(&seen);
                        self.seen.pictures.push(place);
                    }
                }
                MarkKind::Shading(_) => {}
            }
        }
    }

    /// Takes in a run, or once for all its runs the text that a tag says stands for them.
    fn run(
        &mut self,
        content: &PageContent,
        mark: &Mark,
        run: &TextRun,
        page: &Page<'_>,
        said: &mut Option<u32>,
    ) {
        let replaced = replacement(content, mark);
        let tag = replaced.as_ref().map(|(tag, _)| *tag);
        let again = tag.is_some() && *said == tag;
        *said = tag;
        let instead = replaced.map(|(_, text)| if again { String::new() } else { text });
        self.text(mark, run, page, instead);
    }

    fn place(&self, rect: &Rect) -> Rect {
        self.upright.quad(rect).bounds()
    }

    fn area(&mut self, rect: &Rect, filled: bool) {
        if rect.x0 > rect.x1 || rect.y0 > rect.y1 {
            return;
        }
        let rect = self.place(rect);
        let (width, height) = (rect.width(), rect.height());
        let lines = self.seen.level.len() + self.seen.upright.len();
        if height <= THICKEST && width >= SHORTEST {
            if lines < MOST_RULES {
                self.seen.level.push(rect);
            }
        } else if width <= THICKEST && height >= SHORTEST {
            if lines < MOST_RULES {
                self.seen.upright.push(rect);
            }
        } else if filled
            && width > THICKEST
            && height > THICKEST
            && self.seen.shades.len() < MOST_RULES
        {
            self.seen.shades.push(rect);
        }
    }

    fn text(&mut self, mark: &Mark, run: &TextRun, page: &Page<'_>, mut instead: Option<String>) {
        if run.is_unpainted() {
            self.seen.unpainted += run.text.chars().filter(|c| c.is_alphanumeric()).count();
            return;
        }
        for glyph in &run.glyphs {
            if !is_shown(glyph, mark, &page.crop) {
                // Nothing can show what is beside the page, as the rest of a map is.
                let is_on_page = page.crop.contains(glyph.quad.bounds().centre());
                self.seen.unseen += usize::from(is_on_page);
                continue;
            }
            let step = match self.pen.step(Stand::of(run, glyph)) {
                Step::Joined => Gap::Joined,
                Step::Apart => Gap::Space,
                Step::Line => Gap::Line,
            };
            self.gap = self.gap.max(step);
            let text: String = match &mut instead {
                Some(text) => std::mem::take(text),
                None => plain_characters(run.glyph_text(glyph)).collect(),
            };
            if text.trim().is_empty() {
                if instead.is_none() {
                    self.gap = self.gap.max(Gap::Space);
                } else {
                    self.cover(run, glyph);
                }
                continue;
            }
            self.seen.letters += text.chars().filter(|c| !c.is_whitespace()).count();
            self.glyph(run, glyph, text.trim());
        }
    }

    /// Where a glyph stands: around it, its baseline, the height of an em, and whether it is turned.
    fn stands(&self, run: &TextRun, glyph: &Glyph) -> (Rect, f64, f64, bool) {
        let [start, _, _, top] = glyph.quad.0;
        let tall = (run.font.ascent - run.font.descent).max(0.1);
        let below = (-run.font.descent / tall).clamp(0.0, 0.5);
        let foot = Point {
            x: start.x + (top.x - start.x) * below,
            y: start.y + (top.y - start.y) * below,
        };
        let baseline = self.upright.apply(foot.x, foot.y).y;
        let around = self.place(&glyph.quad.bounds());
        let (x, _) = direction(&self.upright, Stand::of(run, glyph).along());
        let turned = x < 0.95;
        // the size says nothing of fonts that draw their own glyphs
        let drawn = (top.x - start.x).hypot(top.y - start.y);
        let size = if run.size > 0.4 * drawn && run.size < 4.0 * drawn {
            run.size
        } else {
            drawn
        };
        let bounds = if turned {
            around
        } else {
            Rect {
                y0: baseline - 0.75 * size,
                y1: baseline + 0.2 * size,
                ..around
            }
        };
        (bounds, baseline, size, turned)
    }

    /// A glyph whose characters the words before stand for.
    fn cover(&mut self, run: &TextRun, glyph: &Glyph) {
        let (bounds, ..) = self.stands(run, glyph);
        if self.gap == Gap::Joined
            && let Some(chunk) = self.seen.chunks.last_mut()
            && let Some(word) = chunk.words.last_mut()
        {
            word.bounds = word.bounds.union(&bounds);
            chunk.bounds = chunk.bounds.union(&bounds);
        }
    }

    fn glyph(&mut self, run: &TextRun, glyph: &Glyph, text: &str) {
        let (bounds, baseline, size, turned) = self.stands(run, glyph);
        let bold = run.font.bold || run.mode == 2;
        let italic = run.font.italic;
        let at = bounds.centre();
        let link = self.links.iter().find(|(place, _)| place.contains(at));
        let link = link.map(|(_, address)| Arc::clone(address));
        let gap = std::mem::replace(&mut self.gap, Gap::Joined);
        let follows = self.seen.chunks.last().is_some_and(|chunk| {
            let wide = bounds.x0 - chunk.bounds.x1 > WIDE * size.min(chunk.size);
            gap < Gap::Line && chunk.turned == turned && (turned || !wide)
        });
        if !follows {
            self.seen.chunks.push(Chunk {
                words: Vec::new(),
                bounds,
                baseline,
                size,
                turned,
            });
        }
        let Some(chunk) = self.seen.chunks.last_mut() else {
            return;
        };
        chunk.bounds = chunk.bounds.union(&bounds);
        match chunk.words.last_mut() {
            Some(word)
                if gap == Gap::Joined
                    && (word.bold, word.italic, &word.link) == (bold, italic, &link)
                    && ((word.bounds.y1 - word.bounds.y0) - (bounds.y1 - bounds.y0)).abs()
                        < 0.2 * size =>
            {
                word.text.push_str(text);
                word.bounds = word.bounds.union(&bounds);
            }
            _ => {
                chunk.words.push(Word {
                    text: text.to_owned(),
                    bounds,
                    bold,
                    italic,
                    link,
                    apart: gap > Gap::Joined || chunk.words.is_empty(),
                    order: self.words,
                });
                self.words += 1;
            }
        }
    }
}

/// Gives a chunk the size and the baseline that most of its letters have.
fn settle(chunk: &mut Chunk) {
    if chunk.turned {
        return;
    }
    let mut heights: Vec<(Rect, usize)> = Vec::new();
    for word in &chunk.words {
        let letters = word.text.chars().count();
        let alike =
            |(known, _): &&mut (Rect, usize)| (known.height() - word.bounds.height()).abs() < 0.3;
        match heights.iter_mut().find(alike) {
            Some((_, count)) => *count += letters,
            None => heights.push((word.bounds, letters)),
        }
    }
    let main = heights.into_iter().max_by_key(|&(_, letters)| letters);
    if let Some((main, _)) = main {
        chunk.size = main.height() / 0.95;
        chunk.baseline = main.y0 + 0.75 * chunk.size;
    }
}
