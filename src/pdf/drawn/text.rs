//! The text that a drawing of a page leaves out or shows, by its places in the streams.

use std::collections::BTreeMap;

use lopdf::ObjectId;

use crate::pdf::content::{Mark, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::Rect;

/// The first of the rendering modes of text that also clips.
pub(super) const CLIPS: u8 = 4;
/// How far letters paint outside their boxes at the most, in sizes of their type.
const FARTHEST_INK: f64 = 3.0;

/// A place in a stream: the form, or `None` for the page's own content, and the byte.
pub(super) type Key = (Option<ObjectId>, usize);

/// Text to be left out or shown: runs by their places in streams.
#[derive(Debug, Clone, Default)]
pub(in crate::pdf) struct Text {
    pub(super) runs: BTreeMap<Key, Shown>,
}

/// A run that is left out. It still moves on as if it were there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// How far it moves on, in thousandths of the font size.
    pub(super) advance: f64,
    /// The rendering mode. From [`CLIPS`] on, text also clips.
    pub(super) mode: u8,
}

impl Text {
    /// The text of some marks of a content.
    pub(in crate::pdf) fn of<'m>(
        content: &PageContent,
        marks: impl Iterator<Item = &'m Mark>,
    ) -> Self {
        let runs = marks
            .filter_map(|mark| {
                let MarkKind::Text(run) = &mark.kind else {
                    return None;
                };
                let form = content.streams.get(mark.place.stream)?.form;
                let advance = run.glyphs.iter().map(|glyph| glyph.advance).sum();
                let shown = Shown {
                    advance,
                    mode: run.mode,
                };
                Some(((form, mark.place.range.start), shown))
            })
            .collect();
        Self { runs }
    }

    /// The text of a separate stream, such as a pattern cell.
    pub(in crate::pdf) fn within(stream: ObjectId, content: &PageContent) -> Self {
        let runs = Self::of(content, content.marks.iter()).runs;
        Self {
            runs: runs
                .into_iter()
                .map(|((form, start), shown)| ((form.or(Some(stream)), start), shown))
                .collect(),
        }
    }

    /// The text of a content that cannot paint anything in the view.
    pub(super) fn beyond(content: &PageContent, view: &Rect) -> Self {
        Self::all_of_which(content, |mark, run| {
            let reach = mark.bounds.grow(FARTHEST_INK * run.size);
            run.mode < CLIPS && !run.font.type3 && reach.intersect(view).is_empty()
        })
    }

    /// The text of a content that passes a test. Text in a form that is used several times passes if all of
    /// its uses do.
    pub(in crate::pdf) fn all_of_which(
        content: &PageContent,
        passes: impl Fn(&Mark, &TextRun) -> bool,
    ) -> Self {
        let does_pass = |mark: &&Mark| match &mark.kind {
            MarkKind::Text(run) => passes(mark, run),
            _ => false,
        };
        let (passing, others): (Vec<&Mark>, Vec<&Mark>) = content.marks.iter().partition(does_pass);
        let others = Self::of(content, others.into_iter()).runs;
        let mut text = Self::of(content, passing.into_iter());
        text.runs.retain(|key, _| !others.contains_key(key));
        text
    }

    /// Whether there is no text.
    pub(in crate::pdf) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Document, Object, Stream, dictionary};

    use super::*;
    use crate::pdf::content::Interpreter;

    /// What a page of 600 by 800 points shows of its text in a view of its top 100 points.
    fn shown_at_top(content: &[u8], form: &[u8]) -> usize {
        let mut doc = Document::with_version("1.7");
        let font = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        });
        let fonts = dictionary! { "Font" => dictionary! { "F" => font } };
        let form_dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => fonts.clone(),
            "BBox" => vec![0.into(), 0.into(), 600.into(), Object::from(100)],
        };
        let form = doc.add_object(Stream::new(form_dict, form.to_vec()));
        let content = doc.add_object(Stream::new(Dictionary::new(), content.to_vec()));
        let mut resources = fonts;
        resources.set("XObject", dictionary! { "X" => form });
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 600.into(), Object::from(800)],
        });
        let tree = doc.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()] });
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        doc.trailer.set("Root", catalog);
        let pages = crate::pdf::pages(&doc);
        let content = Interpreter::new(&doc).page(&pages[0]);
        let view = Rect {
            x0: 0.0,
            y0: 700.0,
            x1: 600.0,
            y1: 800.0,
        };
        let all = Text::of(&content, content.marks.iter()).runs.len();
        all - Text::beyond(&content, &view).runs.len()
    }

    #[test]
    fn only_text_that_can_reach_into_the_view_is_drawn() {
        let lines = b"BT /F 10 Tf 50 750 Td (seen) Tj 0 -300 Td (below) Tj ET";
        assert_eq!(shown_at_top(lines, b""), 1);
        let large = b"BT /F 200 Tf 50 200 Td (tall) Tj ET";
        assert_eq!(shown_at_top(large, b""), 1);
    }

    #[test]
    fn text_that_clips_is_drawn_wherever_it_is() {
        assert_eq!(
            shown_at_top(b"BT /F 10 Tf 7 Tr 50 50 Td (clip) Tj ET", b""),
            1
        );
    }

    #[test]
    fn a_form_that_reaches_into_the_view_once_keeps_its_text() {
        let form = b"BT /F 10 Tf 50 50 Td (heading) Tj ET";
        assert_eq!(shown_at_top(b"/X Do", form), 0);
        let twice = b"/X Do q 1 0 0 1 0 700 cm /X Do Q";
        assert_eq!(shown_at_top(twice, form), 1);
    }
}
