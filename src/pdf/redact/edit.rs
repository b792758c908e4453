//! Plans which operations in which streams must change, and how.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Document, ObjectId};

use super::area::{Areas, Fresh, Removed, glyph_inside, worded_tags};
use super::picture;
use super::scrub::Replaced;
use crate::pdf::content::{ImageMark, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::structure::ContentKey;
use crate::pdf::text::{Pen, Stand, Step, plain_characters};

/// What happens to an operation.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// It is removed.
    Drop,
    /// Its string loses glyphs. All glyphs are listed in order.
    Show(Vec<Shown>),
    /// Its path is cut along these boxes, in the coordinates of its operators.
    Cut(Vec<Rect>),
    /// It uses this object instead.
    Use(ObjectId),
    /// It loses its replacement texts.
    Unword,
}

/// A glyph: whether it stays, its element and bytes in the string, and its advance.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) stays: bool,
    pub(super) element: u32,
    pub(super) code: std::ops::Range<u32>,
    pub(super) advance: f64,
}

/// The edits of one page.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The edits by stream and the first byte of the operation.
    pub(super) edits: BTreeMap<(usize, usize), Edit>,
    /// The marked content that lost something.
    pub(super) touched: HashSet<ContentKey>,
    /// The images that lost something, each with what is left of it.
    pub(super) replaced: Vec<(ObjectId, Replaced)>,
    /// The replacement texts of what was removed.
    pub(super) spoken: Vec<String>,
}

pub(super) fn plan(
    doc: &Document,
    content: &PageContent,
    areas: &Areas,
    page: usize,
    removed: &mut [Removed],
    fresh: &mut Fresh,
) -> Plan {
    let mut plan = Plan::default();
    let mut pens: Vec<Pen> = vec![Pen::default(); areas.rects.len()];
    for mark in &content.marks {
        let key = (mark.place.stream, mark.place.range.start);
        let edit = match &mark.kind {
            MarkKind::Text(run) => text(run, areas, &mut pens, removed),
            MarkKind::Path(path) => {
                let bounds = mark.bounds.grow(0.01);
                let hit: Vec<usize> = hits(areas, &bounds);
                let filled = path.fill.is_some();
                // A shape that covers the whole box shows nothing of what was inside it.
                let plain = filled
                    && path.stroke.is_none()
                    && hit.iter().all(|&index| {
                        path.fill_parts.len() == 1
                            && path.fill_parts[0].exact
                            && path.fill_parts[0].rect.covers(&areas.rects[index])
                    });
                if hit.is_empty() || plain {
                    continue;
                }
                for &index in &hit {
                    removed[areas.boxes[index]].paths += 1;
                }
                let local: Vec<Rect> = hit
                    .iter()
                    .filter_map(|&index| into(&path.matrix, &areas.rects[index]))
                    .collect();
                if local.len() == hit.len() {
                    Some(Edit::Cut(local))
                } else {
                    Some(Edit::Drop)
                }
            }
            MarkKind::Image(image) => {
                let hit = hits(areas, &mark.bounds);
                if hit.is_empty() {
                    continue;
                }
                let edit = self::image(doc, image, &hit, areas, removed, fresh);
                let left = match &edit {
                    Edit::Use(left) => Some(*left),
                    _ => None,
                };
                let replaced = Replaced {
                    left,
                    by: hit.first().map(|&index| areas.boxes[index]),
                };
                plan.replaced.extend(image.id.map(|id| (id, replaced)));
                Some(edit)
            }
            MarkKind::Shading(_) => None,
        };
        let Some(edit) = edit else { continue };
        plan.edits.insert(key, edit);
        for tag in worded_tags(content, mark.tag) {
            let tag = &content.tags[tag as usize];
            let texts = [&tag.actual_text, &tag.alt, &tag.expansion];
            plan.spoken.extend(texts.into_iter().flatten().cloned());
            plan.edits
                .entry((tag.stream, tag.range.start))
                .or_insert(Edit::Unword);
        }
        for tag in content.tags_of(mark) {
            if let (Some(mcid), Some(stream)) = (tag.mcid, content.streams.get(tag.stream)) {
                plan.touched.insert(ContentKey {
                    page,
                    form: stream.form,
                    mcid,
                });
            }
        }
    }
    plan
}

/// The boxes that a rectangle reaches into.
fn hits(areas: &Areas, bounds: &Rect) -> Vec<usize> {
    let touch =
        |a: &Rect| bounds.x0 < a.x1 && bounds.x1 > a.x0 && bounds.y0 < a.y1 && bounds.y1 > a.y0;
    (0..areas.rects.len())
        .filter(|&index| touch(&areas.rects[index]))
        .collect()
}

fn into(matrix: &Matrix, rect: &Rect) -> Option<Rect> {
    Some(matrix.inverse()?.quad(rect).bounds())
}

fn text(run: &TextRun, areas: &Areas, pens: &mut [Pen], removed: &mut [Removed]) -> Option<Edit> {
    let mut any = false;
    let shown = run
        .glyphs
        .iter()
        .map(|glyph| {
            let mut stays = true;
            for (index, area) in areas.rects.iter().enumerate() {
                if !glyph_inside(run, glyph, area) {
                    continue;
                }
                stays = false;
                let report = &mut removed[areas.boxes[index]];
                let step = pens[index].step(Stand::of(run, glyph));
                if step != Step::Joined && !report.text.is_empty() && !report.text.ends_with(' ') {
                    report.text.push(' ');
                }
                report.text.extend(plain_characters(run.glyph_text(glyph)));
            }
            any |= !stays;
            Shown {
                stays,
                element: glyph.element,
                code: glyph.code.clone(),
                advance: glyph.advance,
            }
        })
        .collect();
    any.then_some(Edit::Show(shown))
}

fn image(
    doc: &Document,
    image: &ImageMark,
    hit: &[usize],
    areas: &Areas,
    removed: &mut [Removed],
    fresh: &mut Fresh,
) -> Edit {
    let rects: Vec<Rect> = hit.iter().map(|&index| areas.rects[index]).collect();
    let whole = rects.iter().any(|rect| rect.covers(&image.quad.bounds()));
    let blanked = if whole {
        None
    } else {
        image
            .id
            .and_then(|id| picture::blanked(doc, id, &image.quad, &rects, fresh))
    };
    for &index in hit {
        let report = &mut removed[areas.boxes[index]];
        report.images += 1;
        if blanked.is_none() && !whole {
            report.whole_images += 1;
        }
    }
    blanked.map_or(Edit::Drop, Edit::Use)
}
