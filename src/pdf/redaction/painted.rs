//! Text that the page paints so that nobody sees it.

use crate::model::{Suspect, SuspectKind};
use crate::pdf::Page;
use crate::pdf::content::color::{Rgb, difference};
use crate::pdf::content::{Glyph, Ink, Mark, MarkKind, Opacity, PageContent, Part, TextRun};
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::text::{Pen, Stand, Step, plain_characters};

/// Colours nearer than this cannot be told apart on paper.
const ALIKE: f32 = 0.06;
/// A picture over so much of the page is a scan, with its text below or above it.
const SCAN: f64 = 0.6;
/// Comparisons of text with shapes on one page; a page that needs more is a trap.
const MOST_COMPARISONS: usize = 40_000_000;
/// Text smaller than this, in points, is a reader's or a program's aid rather than words.
const SMALLEST: f64 = 0.5;

/// A stretch of the page that something is painted on, as far as it is known.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    /// When it is painted: the place among the page's marks.
    pub(super) order: usize,
    /// The stretches that it fills.
    pub(super) parts: Vec<Rect>,
    bounds: Rect,
    pub(super) ink: Ink,
    pub(super) kind: SurfaceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SurfaceKind {
    /// A shape that fills its parts.
    Shape,
    /// A shape that fills some of its parts, nobody knows which.
    Vague,
    /// A picture that hides what is below.
    Picture,
}

impl Surface {
    /// Rectangles in one colour.
    pub(super) fn shape(order: usize, parts: Vec<Rect>, ink: Ink) -> Self {
        Self {
            order,
            bounds: around(&parts),
            parts,
            ink,
            kind: SurfaceKind::Shape,
        }
    }

    /// Whether a point lies on it; where its parts lie inside one another, the inner ones are
    /// holes.
    fn holds(&self, point: Point) -> bool {
        self.bounds.contains(point)
            && self
                .parts
                .iter()
                .filter(|part| part.contains(point))
                .count()
                % 2
                == 1
    }

    /// Whether text of a colour disappears below it.
    fn hides(&self, text: Option<Rgb>) -> bool {
        if self.kind == SurfaceKind::Vague {
            return false;
        }
        if self.ink.is_opaque() {
            return true;
        }
        // a highlight as dark as the text itself
        match (self.ink.color, text) {
            (Some(over), Some(text)) => {
                let dark = over.iter().all(|part| *part < 0.35);
                self.ink.alpha > 0.45 && dark && difference(over, text) < 0.15
            }
            _ => false,
        }
    }
}

fn around(parts: &[Rect]) -> Rect {
    parts
        .iter()
        .fold(Rect::NOWHERE, |bounds, part| bounds.union(part))
}

/// What a content paints in the way of surfaces, counted from `order`.
pub(super) fn surfaces(content: &PageContent, order: usize, page: &Rect) -> Vec<Surface> {
    let mut found = Vec::new();
    for (index, mark) in content.marks.iter().enumerate() {
        if content.is_hidden(mark) {
            continue;
        }
        match &mark.kind {
            MarkKind::Path(path) => {
                if let Some(ink) = path.fill {
                    let clip = &mark.clip;
                    let (exact, vague) = sorted(&path.fill_parts, clip);
                    push(&mut found, order + index, exact, ink, true);
                    push(&mut found, order + index, vague, ink, false);
                }
                if let Some(ink) = path.stroke {
                    let parts: Vec<Rect> = path
                        .stroke_parts
                        .iter()
                        .filter(|part| part.exact)
                        .map(|part| part.rect.intersect(&mark.clip))
                        .filter(|rect| rect.width().min(rect.height()) > 2.5)
                        .collect();
                    for part in parts {
                        push(&mut found, order + index, vec![part], ink, true);
                    }
                }
            }
            MarkKind::Image(image) => {
                let rect = mark.visible();
                if rect.is_empty() {
                    continue;
                }
                let single = image.pixels == (1, 1) && image.opacity == Opacity::Stencil;
                let kind = match image.opacity {
                    _ if single => SurfaceKind::Shape,
                    Opacity::Whole if axis_aligned(&image.quad.0) => SurfaceKind::Picture,
                    _ => SurfaceKind::Vague,
                };
                found.push(Surface {
                    order: order + index,
                    parts: vec![rect],
                    bounds: rect,
                    ink: image.ink,
                    kind,
                });
            }
            MarkKind::Shading(ink) => {
                let rect = mark.clip.intersect(page);
                push(&mut found, order + index, vec![rect], *ink, false);
            }
            MarkKind::Text(_) => {}
        }
    }
    found
}

/// The rectangles of a path and its other pieces. A rectangle that another piece of the path
/// reaches into may have a hole there, and counts as one of the others.
fn sorted(parts: &[Part], clip: &Rect) -> (Vec<Rect>, Vec<Rect>) {
    let pieces = |exact: bool| -> Vec<Rect> {
        parts
            .iter()
            .filter(|part| part.exact == exact)
            .map(|part| part.rect.intersect(clip))
            .filter(|rect| !rect.is_empty())
            .collect()
    };
    let mut vague = pieces(false);
    let others = vague.clone();
    let (holed, exact): (Vec<Rect>, Vec<Rect>) = pieces(true).into_iter().partition(|rect| {
        others
            .iter()
            .take(200)
            .any(|other| !other.intersect(rect).is_empty())
    });
    vague.extend(holed);
    (exact, vague)
}

fn push(found: &mut Vec<Surface>, order: usize, parts: Vec<Rect>, ink: Ink, exact: bool) {
    if parts.is_empty() || ink.alpha < 0.02 {
        return;
    }
    found.push(Surface {
        order,
        bounds: around(&parts),
        parts,
        ink,
        kind: if exact {
            SurfaceKind::Shape
        } else {
            SurfaceKind::Vague
        },
    });
}

fn axis_aligned(quad: &[Point; 4]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1.0;
    (0..4).all(|i| {
        let (a, b) = (quad[i], quad[(i + 1) % 4]);
        near(a.x, b.x) || near(a.y, b.y)
    })
}

/// The suspects among the text of a page; `over` is what annotations paint on top.
pub(super) fn suspects(
    content: &PageContent,
    over: &[Surface],
    page: &Page<'_>,
    number: u32,
) -> Vec<Suspect> {
    let mut surfaces = surfaces(content, 0, &page.media);
    surfaces.extend(over.iter().cloned().map(|mut surface| {
        surface.order = surface.order.saturating_add(content.marks.len());
        surface
    }));
    let mut look = Look {
        content,
        surfaces,
        page,
        left: MOST_COMPARISONS,
    };
    let mut collector = Collector::new(number);
    for (order, mark) in content.marks.iter().enumerate() {
        let MarkKind::Text(run) = &mark.kind else {
            continue;
        };
        if run.text.trim().is_empty() || run.size < SMALLEST {
            continue;
        }
        let near = look.near(&mark.bounds);
        for glyph in &run.glyphs {
            let kind = look.glyph(order, mark, run, glyph, &near);
            collector.add(run, glyph, kind);
        }
    }
    collector.finish()
}

struct Look<'c> {
    content: &'c PageContent,
    surfaces: Vec<Surface>,
    page: &'c Page<'c>,
    left: usize,
}

impl Look<'_> {
    /// The surfaces that a run may have to do with, as indices in paint order.
    fn near(&mut self, bounds: &Rect) -> Vec<usize> {
        if self.left < self.surfaces.len() {
            self.left = 0;
            return Vec::new();
        }
        self.left -= self.surfaces.len();
        self.surfaces
            .iter()
            .enumerate()
            .filter(|(_, surface)| !surface.bounds.intersect(&bounds.grow(0.5)).is_empty())
            .map(|(index, _)| index)
            .collect()
    }

    fn glyph(
        &mut self,
        order: usize,
        mark: &Mark,
        run: &TextRun,
        glyph: &Glyph,
        near: &[usize],
    ) -> Option<SuspectKind> {
        let text = run.glyph_text(glyph);
        if text.trim().is_empty() {
            return None;
        }
        if self.content.is_hidden(mark) {
            return Some(SuspectKind::HiddenLayer);
        }
        let centre = glyph.quad.bounds().centre();
        if !self.page.crop.grow(1.0).contains(centre) {
            // what a clip cuts away was never meant to be seen, on the page or beside it
            return mark
                .clip
                .contains(centre)
                .then_some(SuspectKind::OffPage)
                .filter(|_| run.mode != 7);
        }
        if !mark.clip.contains(centre) || run.mode == 7 || self.left == 0 {
            return None;
        }
        let points = core(run, glyph);
        let cost = near.len() * points.len();
        self.left = self.left.saturating_sub(cost);
        let unpainted = run.mode == 3 || run.ink().is_some_and(|ink| ink.alpha < 0.04);
        if unpainted {
            let scan = near.iter().any(|&index| {
                let surface = &self.surfaces[index];
                surface.bounds.contains(centre) && self.is_image(surface)
            });
            return (!scan).then_some(SuspectKind::Invisible);
        }
        let color = run.ink().and_then(|ink| ink.color);
        let hidden_points = points
            .iter()
            .filter(|point| {
                near.iter().any(|&index| {
                    let surface = &self.surfaces[index];
                    surface.order > order
                        && surface.holds(**point)
                        && surface.hides(color)
                        && !self.is_scan(surface)
                })
            })
            .count();
        if hidden_points == points.len() {
            return (!self.said_again(order, run, glyph)).then_some(SuspectKind::Covered);
        }
        // what it stands on, from the paper up
        let color = color?;
        if run.mode == 2 && run.stroke.and_then(|ink| ink.color) != run.fill.and_then(|i| i.color) {
            return None;
        }
        // what is blended over it later changes both in ways that are not followed here
        let blended = near.iter().any(|&index| {
            let surface = &self.surfaces[index];
            surface.order > order && !surface.ink.is_opaque() && surface.bounds.contains(centre)
        });
        let alike = !blended
            && points.iter().all(|&point| {
                self.ground(order, point, near)
                    .is_some_and(|ground| difference(color, ground) < ALIKE)
            });
        // other letters at the same place may give these their edge, as in a shadow
        (alike && !self.edged(order, glyph)).then_some(SuspectKind::SameColour)
    }

    /// The colour that a point of the page has just before `order`, from the paper up; `None`
    /// where it cannot be known.
    fn ground(&self, order: usize, point: Point, near: &[usize]) -> Option<Rgb> {
        let mut ground = Some([1.0; 3]);
        for &index in near {
            let surface = &self.surfaces[index];
            if surface.order >= order || !surface.bounds.contains(point) {
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

    fn is_image(&self, surface: &Surface) -> bool {
        self.content
            .marks
            .get(surface.order)
            .is_some_and(|mark| matches!(mark.kind, MarkKind::Image(_)))
    }

    /// Whether a surface is the picture of a scanned page.
    fn is_scan(&self, surface: &Surface) -> bool {
        surface.kind == SurfaceKind::Picture && surface.bounds.share_of(&self.page.crop) > SCAN
    }

    /// Whether the same characters are painted again later at the same place.
    fn said_again(&mut self, order: usize, run: &TextRun, glyph: &Glyph) -> bool {
        self.again(order, glyph, Some(run.glyph_text(glyph)), 0.3 * run.size)
    }

    /// Whether other text stands at the same place: a shadow or an outline around it.
    fn edged(&mut self, order: usize, glyph: &Glyph) -> bool {
        let reach = glyph.quad.bounds().height() * 0.3;
        self.again_before(order, glyph, reach) || self.again(order, glyph, None, reach)
    }

    fn again(&mut self, order: usize, glyph: &Glyph, text: Option<&str>, reach: f64) -> bool {
        let bounds = glyph.quad.bounds();
        let marks = self.content.marks.get(order + 1..).unwrap_or_default();
        self.left = self.left.saturating_sub(marks.len());
        marks
            .iter()
            .any(|mark| same_place(mark, &bounds, text, reach))
    }

    fn again_before(&mut self, order: usize, glyph: &Glyph, reach: f64) -> bool {
        let bounds = glyph.quad.bounds();
        let marks = self.content.marks.get(..order).unwrap_or_default();
        self.left = self.left.saturating_sub(marks.len());
        marks
            .iter()
            .any(|mark| same_place(mark, &bounds, None, reach))
    }
}

/// Whether a mark paints a glyph at nearly the same place, with the same text where it is given.
fn same_place(mark: &Mark, bounds: &Rect, text: Option<&str>, reach: f64) -> bool {
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
            && text.is_none_or(|text| text == run.glyph_text(other))
            && !run.glyph_text(other).trim().is_empty()
    })
}

/// What a ground looks like with ink over it; `None` where that cannot be known.
fn mixed(ground: Option<Rgb>, ink: &Ink) -> Option<Rgb> {
    if ink.is_opaque() {
        return ink.color;
    }
    let (below, over) = (ground?, ink.color?);
    if !ink.normal {
        return None;
    }
    Some(std::array::from_fn(|part| {
        below[part] + (over[part] - below[part]) * ink.alpha
    }))
}

/// Points in the body of a glyph, between baseline and the height of an x: what must be hidden for
/// it to be unreadable.
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
            // a space between suspect words does not part them
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
        self.found
            .retain(|suspect| suspect.text.chars().any(char::is_alphanumeric));
        self.found
    }
}
