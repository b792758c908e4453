//! Text that a page draws without painting it by itself: in the cells of patterns, in soft masks and
//! in the programs of glyphs. Where such a thing reaches into a box, all of its text goes: where in
//! it the words stand is not followed.

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

/// Takes the text out of what boxes touch of a page's patterns, masks and glyph programs.
pub(super) fn clear<'a>(
    doc: &'a Document,
    reader: &mut Interpreter<'a>,
    resources: &'a Dictionary,
    content: &PageContent,
    areas: &Areas,
    removed: &mut [Removed],
    fresh: &mut Fresh,
) {
    let Some(hit) = touched(content, areas) else {
        return;
    };
    let page = Scope::of(Some(resources));
    for (id, listing) in asides(doc, resources) {
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
}

/// The box that something with a pattern, a mask or glyphs of its own touches.
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

/// A stream with its edits, in place of the one that it was.
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
