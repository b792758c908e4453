//! Removes what is outside the visible part of a page from the copy that goes into a pack, as a crop only
//! hides it. What is seen stays as it is, even if only part of it is seen.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::area::{Fresh, RedactError, ink_of, worded_tags};
use super::edit::{Edit, Plan, Shown};
use super::scrub::{self, Replaced};
use super::{PageChange, replace, rewrite, write};
use crate::pdf::content::{Glyph, Interpreter, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::Rect;
use crate::pdf::structure::ContentKey;

/// How far outside the edge of a page a line or a letter may be and still show, in points.
const EDGE: f64 = 1.0;

/// A PDF without what these pages, counted from 1, draw completely outside their visible part.
///
/// # Errors
/// Why it was not done.
pub fn without_beside(bytes: &[u8], wanted: &BTreeSet<u32>) -> Result<Vec<u8>, RedactError> {
    let mut doc = crate::pdf::open(bytes).ok_or(RedactError::Unreadable)?;
    scrub::tree(&mut doc);
    let mut fresh = Fresh::of(&doc);
    let mut changes: Vec<PageChange> = Vec::new();
    let mut replaced = HashMap::new();
    {
        let pages = crate::pdf::pages(&doc);
        let mut reader = Interpreter::new(&doc);
        let mut touched: HashSet<ContentKey> = HashSet::new();
        for (index, page) in pages.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if !wanted.contains(&number) {
                continue;
            }
            let content = reader.page(page);
            if content.truncated || content.unreadable {
                return Err(RedactError::TooLarge(number));
            }
            let plan = plan(&content, &page.crop.grow(EDGE), index);
            touched.extend(plan.touched.iter().copied());
            let forms = content.streams.iter().filter_map(|usage| usage.form);
            replaced.extend(forms.map(|form| (form, Replaced::default())));
            replaced.extend(plan.replaced.iter().copied());
            let (content, resources) = rewrite::page(&doc, page, &content, &plan, &[], &mut fresh)
                .ok_or(RedactError::TooLarge(number))?;
            changes.push(PageChange {
                id: page.id.ok_or(RedactError::Unreadable)?,
                content,
                resources,
            });
        }
        scrub::structure(&doc, &pages, &touched, &mut Vec::new(), &mut fresh);
    }
    replace(&mut doc, fresh, changes)?;
    scrub::unused(&mut doc, &replaced, &mut []);
    write(&mut doc)
}

/// The edits that remove everything outside `shown`.
fn plan(content: &PageContent, shown: &Rect, page: usize) -> Plan {
    let mut plan = Plan::default();
    for mark in &content.marks {
        let edit = match &mark.kind {
            MarkKind::Text(run) => text(run, shown),
            _ if !apart(&mark.bounds, shown) => None,
            MarkKind::Image(image) => {
                plan.replaced
                    .extend(image.id.map(|id| (id, Replaced::default())));
                Some(Edit::Drop)
            }
            MarkKind::Path(_) | MarkKind::Shading(_) => Some(Edit::Drop),
        };
        let Some(edit) = edit else { continue };
        if matches!(edit, Edit::Show(_)) {
            for tag in worded_tags(content, mark.tag) {
                let tag = &content.tags[tag as usize];
                plan.edits
                    .entry((tag.stream, tag.range.start))
                    .or_insert(Edit::Unword);
            }
            for tag in content.tags_of(mark) {
                if let (Some(mcid), Some(stream)) = (tag.mcid, content.streams.get(tag.stream)) {
                    let form = stream.form;
                    plan.touched.insert(ContentKey { page, form, mcid });
                }
            }
        }
        let key = (mark.place.stream, mark.place.range.start);
        plan.edits.insert(key, edit);
    }
    plan
}

/// The edit of a run that loses glyphs, or `None` if all stay.
fn text(run: &TextRun, shown: &Rect) -> Option<Edit> {
    let glyphs: Vec<Shown> = run
        .glyphs
        .iter()
        .map(|glyph| Shown {
            stays: may_show(run, glyph, shown),
            element: glyph.element,
            code: glyph.code.clone(),
            advance: glyph.advance,
        })
        .collect();
    let any = glyphs.iter().any(|glyph| !glyph.stays);
    any.then_some(Edit::Show(glyphs))
}

/// Whether any ink of a glyph may be inside `shown`. Glyphs of Type 3 fonts paint what they like, and thick lines
/// reach beyond their letter.
fn may_show(run: &TextRun, glyph: &Glyph, shown: &Rect) -> bool {
    let around = glyph.quad.bounds();
    if run.font.type3 || run.stroke.is_some() {
        let reach = around.width().max(around.height());
        return !apart(&around.grow(reach), shown);
    }
    !apart(&ink_of(run, glyph, 0.0), shown)
}

fn apart(bounds: &Rect, shown: &Rect) -> bool {
    bounds.x1 < shown.x0 || bounds.x0 > shown.x1 || bounds.y1 < shown.y0 || bounds.y0 > shown.y1
}
