//! Text that the page paints, or only holds, so that nobody sees it.
//!
//! Cheap tests come first: most text has nothing over it and stands out from what is known of its
//! ground. What is left is drawn: the page as it is and without that text, and the text alone. A
//! glyph that leaves no trace in the first drawing is not seen.

use std::collections::{BTreeMap, BTreeSet};

use super::annotations::Over;
use super::collect::{Collector, band, core};
use super::surfaces::{Surface, SurfaceKind, mixed, surfaces};
use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::bulk::Bulk;
use crate::pdf::content::color::{Rgb, difference};
use crate::pdf::content::{Glyph, Mark, MarkKind, PageContent, TextRun};
use crate::pdf::drawn::{Easel, Picture, Text, Without};
use crate::pdf::geometry::{Point, Rect};

/// Colours nearer than this may be too near to be told apart; drawing tells.
const NEAR: f32 = 0.15;
/// Differences of a pixel, of 255, below which nobody sees one.
const UNSEEN: u8 = 20;
/// A glyph of which less than this share is seen cannot be read.
const READABLE: f64 = 0.25;
/// A picture over so much of the page is a scan, with its text below or above it.
const SCAN: f64 = 0.6;
/// Something over so much of the page is its background or its cover.
const WHOLE: f64 = 0.9;
/// The share of a page's height, at top and bottom, in which page numbers stand.
const MARGIN: f64 = 0.08;
/// Comparisons of text with shapes on one page; a page that needs more is not judged.
const MOST_COMPARISONS: usize = 60_000_000;
/// Text of this size, in points, or less is not there to be read.
const TINY: f64 = 1.0;
/// Shapes on a page from which on it is a drawing, whose small print is no secret.
const DRAWING: usize = 400;
/// Drawings made to tell apart text that stands at the same place.
const MOST_GROUPS: usize = 4;
/// Pixels to a point, at least, and to the size of the smallest text.
const PIXELS: (f64, f64) = (2.0, 14.0);
/// The most pixels to a point.
const MOST_PIXELS: f64 = 8.0;
/// As dark as a black bar is after it was packed as a photograph.
const DARK: u8 = 90;
/// A dark bar has one colour, give or take what packing does to it; and so has blank paper.
const EVEN: (u8, u8) = (48, 24);
/// Letters that have to be below a bar in a scan: recognition sees one or two in any shadow.
const LETTERS: usize = 3;
/// Pixels of a scan to the inch below which no bar, and no letter, could have been made out.
const COARSEST: (f64, f64) = (6.0, 40.0);

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
    for (order, glyphs) in &known {
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
            left: MOST_COMPARISONS,
        }
    }

    /// What is known of the page's text without drawing it.
    fn known(&mut self) -> Glyphs {
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
            let glyphs = run
                .glyphs
                .iter()
                .map(|glyph| self.glyph(order, mark, run, glyph, &near))
                .collect();
            known.insert(order, glyphs);
        }
        known
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

    fn glyph(
        &mut self,
        order: usize,
        mark: &Mark,
        run: &TextRun,
        glyph: &Glyph,
        near: &[usize],
    ) -> Known {
        if run.glyph_text(glyph).trim().is_empty() {
            return Known::Seen;
        }
        if self.content.is_hidden(mark) {
            return Known::Not(SuspectKind::HiddenLayer);
        }
        let centre = glyph.quad.bounds().centre();
        let cut = !mark.clip.contains(centre);
        if !self.page.crop.grow(1.0).contains(centre) {
            // what a clip cuts away beside the page was never meant to be seen
            return if cut || run.mode == 7 {
                Known::Seen
            } else {
                Known::Not(SuspectKind::OffPage)
            };
        }
        if run.mode == 7 || self.left == 0 {
            return Known::Seen;
        }
        if cut {
            return Known::Not(SuspectKind::ClippedAway);
        }
        let unpainted = run.mode == 3 || run.ink().is_some_and(|ink| ink.alpha < 0.04);
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
        if run.size <= TINY && !self.drawing {
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
        } else {
            Known::Seen
        }
    }

    /// Whether what is painted later may hide all of a glyph that matters.
    fn below(&self, order: usize, points: &[Point; 6], near: &[usize]) -> bool {
        let reached = points.iter().filter(|point| {
            near.iter().any(|&index| {
                let surface = &self.surfaces[index];
                surface.order > order && surface.ink.alpha > 0.02 && surface.reaches(**point)
            })
        });
        reached.count() >= points.len() - 1
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

    /// The picture that a surface is.
    fn image(&self, surface: &Surface) -> Option<&Mark> {
        let mark = self.content.marks.get(surface.order)?;
        matches!(mark.kind, MarkKind::Image(_)).then_some(mark)
    }

    /// Draws what is not known, and says what is seen of it.
    fn judge(
        &mut self,
        doc: &lopdf::Document,
        bulk: &Bulk,
        over: &Over,
        known: &Glyphs,
    ) -> Judgement {
        let mut judgement = Judgement::default();
        let (mut painted, mut recognised) = (Vec::new(), Vec::new());
        for (&order, glyphs) in known {
            if glyphs
                .iter()
                .any(|it| matches!(it, Known::Below | Known::Alike))
            {
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

    fn run(&self, order: usize) -> Option<(&'c Mark, &'c TextRun)> {
        let mark = self.content.marks.get(order)?;
        match &mark.kind {
            MarkKind::Text(run) => Some((mark, run)),
            _ => None,
        }
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
        let hidden: BTreeSet<usize> = unseen.iter().map(|(order, _)| *order).collect();
        for (order, index) in unseen {
            let judged = self.reason(order, index, &known[&order], &hidden, whole);
            judgement.kinds.insert((order, index), judged);
        }
    }

    /// Runs so grouped that none stands where another of its group does, unless both say the same.
    fn groups(&self, runs: &[usize], judgement: &mut Judgement) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
        for &order in runs {
            let Some((mark, run)) = self.run(order) else {
                continue;
            };
            let free = |group: &Vec<usize>| {
                group.iter().all(|&other| {
                    self.run(other).is_none_or(|(there, said)| {
                        body(mark).intersect(&body(there)).is_empty()
                            || said.text.contains(run.text.trim())
                            || run.text.contains(said.text.trim())
                    })
                })
            };
            match groups.iter().position(free) {
                Some(at) => groups[at].push(order),
                None if groups.len() < MOST_GROUPS => groups.push(vec![order]),
                None => judgement.incomplete = true,
            }
        }
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
            if !matches!(known.get(index), Some(Known::Below | Known::Alike)) {
                continue;
            }
            let place = whole.inside(&glyph.quad, low, high);
            let ink: Vec<usize> = place
                .iter()
                .copied()
                .filter(|&at| alone.light(at) < 140)
                .collect();
            let seen = |at: &&usize| whole.difference(without, **at) >= UNSEEN;
            let hidden = if ink.is_empty() {
                // a dot or a dash says nothing; a font that cannot be drawn is judged by shapes
                let drawn = place.iter().any(|&at| whole.difference(without, at) > 0);
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
        hidden: &BTreeSet<usize>,
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
        let (low, high) = band(run);
        let place = whole.inside(&glyph.quad, low, high);
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

    /// How many pixels to the inch the picture has that a surface is.
    fn fineness(&self, surface: &Surface) -> Option<f64> {
        let mark = self.image(surface)?;
        match &mark.kind {
            MarkKind::Image(image) => {
                Some(f64::from(image.pixels.0) * 72.0 / mark.bounds.width().max(1.0))
            }
            _ => None,
        }
    }

    /// Judges text that was read off a scan: whether there is anything to be read where it stands.
    fn recognised(
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

    /// Whether the same characters are seen at the same place in another run.
    fn said_elsewhere(
        &mut self,
        order: usize,
        glyph: &Glyph,
        text: &str,
        reach: f64,
        hidden: &BTreeSet<usize>,
    ) -> bool {
        let bounds = glyph.quad.bounds();
        self.left = self.left.saturating_sub(self.content.marks.len());
        self.content.marks.iter().enumerate().any(|(other, mark)| {
            other != order
                && !hidden.contains(&other)
                && !self.content.is_hidden(mark)
                && same_place(mark, &bounds, text, reach)
        })
    }
}

fn band_of(y: f64) -> i64 {
    (y / 12.0).floor().clamp(-1e6, 1e6) as i64
}

/// Where the letters of a run stand, without what reaches above and below lines.
fn body(mark: &Mark) -> Rect {
    let bounds = &mark.bounds;
    let by = bounds.height().min(bounds.width()) * 0.25;
    bounds.grow(-by.min(4.0))
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
fn blank(run: &TextRun, glyph: &Glyph, whole: &Picture) -> bool {
    let place = whole.inside(&glyph.quad, 0.0, 0.9);
    bar(run, glyph, whole)
        || range(whole, &place).is_some_and(|(darkest, lightest)| lightest - darkest <= EVEN.1)
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
