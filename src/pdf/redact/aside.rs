//! Removes text that a page does not paint directly: in pattern cells, soft masks and glyph programs. If any
//! of these reaches into a box, all their text is removed, as its place is not known.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::area::{Areas, Fresh, Removed};
use super::edit::{Edit, Shown};
use super::rewrite;
use crate::pdf::aside::asides;
use crate::pdf::content::{Interpreter, MarkKind, PageContent};
use crate::pdf::object::{decoded, get_dict};
use crate::pdf::scope::Scope;
use crate::pdf::text::plain_characters;

/// The most bytes of one stream.
const LARGEST: usize = 64 << 20;

/// Removes the text of a page's patterns, masks and glyph programs if boxes touch any. `None` if there are
/// too many of them.
pub(super) fn clear<'a>(
    doc: &'a Document,
    reader: &mut Interpreter<'a>,
    resources: &'a Dictionary,
    content: &PageContent,
    areas: &Areas,
    removed: &mut [Removed],
    fresh: &mut Fresh,
) -> Option<()> {
    let Some(hit) = touched(content, areas) else {
        return Some(());
    };
    let page = Scope::of(Some(resources));
    for (id, listing) in asides(doc, resources)? {
        let Ok(Object::Stream(stream)) = doc.get_object(id) else {
            continue;
        };
        let inner = reader.stream(stream, &page.within(Some(listing)));
        let mut edits: BTreeMap<ObjectId, HashMap<usize, Edit>> = BTreeMap::new();
        let report = &mut removed[areas.boxes[hit]];
        for mark in &inner.marks {
            let MarkKind::Text(run) = &mark.kind else {
                continue;
            };
            let home = inner
                .streams
                .get(mark.place.stream)
                .and_then(|usage| usage.form)
                .unwrap_or(id);
            let shown = run.glyphs.iter().map(|glyph| Shown {
                stays: false,
                element: glyph.element,
                code: glyph.code.clone(),
                advance: glyph.advance,
            });
            edits
                .entry(home)
                .or_default()
                .insert(mark.place.range.start, Edit::Show(shown.collect()));
            if !report.text.is_empty() {
                report.text.push(' ');
            }
            report.text.extend(plain_characters(&run.text));
        }
        for (id, edits) in edits {
            if let Some(stream) = without_text(doc, id, &edits, fresh) {
                fresh.objects.push((id, stream.into()));
            }
        }
    }
    Some(())
}

/// The first box that is touched by anything that may have a pattern, a mask or glyph programs.
fn touched(content: &PageContent, areas: &Areas) -> Option<usize> {
    content.marks.iter().find_map(|mark| {
        let (fill, stroke) = match &mark.kind {
            MarkKind::Path(path) => (path.fill, path.stroke),
            MarkKind::Text(run) => (run.fill, run.stroke),
            MarkKind::Image(image) => (Some(image.ink), None),
            MarkKind::Shading(ink) => (Some(*ink), None),
        };
        let odd = [fill, stroke]
            .iter()
            .flatten()
            .any(|ink| ink.color.is_none() || !ink.normal);
        let text = matches!(mark.kind, MarkKind::Text(_));
        let bounds = mark.visible();
        let hit = |area: &crate::pdf::geometry::Rect| !area.intersect(&bounds).is_empty();
        (odd || text)
            .then(|| areas.rects.iter().position(hit))
            .flatten()
    })
}

/// A stream with its edits.
fn without_text(
    doc: &Document,
    id: ObjectId,
    edits: &HashMap<usize, Edit>,
    fresh: &mut Fresh,
) -> Option<Stream> {
    let Object::Stream(stream) = doc.get_object(id).ok()? else {
        return None;
    };
    let bytes = decoded(stream, LARGEST)?;
    let mut dict = stream.dict.clone();
    for key in [b"Filter".as_slice(), b"DecodeParms", b"Length"] {
        dict.remove(key);
    }
    let mut resources = get_dict(doc, &dict, b"Resources")
        .cloned()
        .unwrap_or_default();
    let mut new = Stream::new(
        dict,
        rewrite::content(doc, &bytes, edits, &mut resources, fresh),
    );
    new.compress().ok()?;
    Some(new)
}
