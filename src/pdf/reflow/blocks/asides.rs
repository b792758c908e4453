//! What stands beside the running text: figures and footnotes.

use super::{Sink, Writer};
use crate::pdf::reflow::drawing::{self, Drawing};
use crate::pdf::reflow::flow::Style;
use crate::pdf::reflow::label::drop_leading;
use crate::pdf::structure::{ContentKey, Element, Kid, Role};
use crate::pdf::text::plain_characters;
use crate::prose::{BlockKind, Figure, Footnote, Inline, MAX_DEPTH, Share};

impl Writer<'_> {
    pub(super) fn figure(
        &mut self,
        element: &Element,
        page: usize,
        style: &Style,
        sink: &mut Sink,
    ) {
        let tree = self.tree;
        let mut inner = Sink::default();
        let mut caption: Option<Vec<Inline>> = None;
        for kid in &element.kids {
            if let Kid::Element(child) = kid
                && tree.elements[*child].role == Role::Caption
                && self.reaches(*child)
            {
                let (line, rest) = self.inner_line(*child, style);
                if !line.is_empty() {
                    caption = Some(line);
                }
                inner.blocks.extend(rest);
            } else {
                self.kid(kid, style, &mut inner);
            }
        }
        inner.flush(self);
        let alt = element
            .alt
            .clone()
            .or_else(|| element.actual_text.clone())
            .map(|alt| plain_characters(&alt).collect::<String>())
            .unwrap_or_default();
        let worded = !inner.blocks.is_empty();
        let (picture, share) = self.picture(element).unzip();
        // a box of text that was tagged as a figure is text; a formula without words is a picture
        if picture.is_some() || !(worded && alt.trim().is_empty() && caption.is_none()) {
            let figure = Figure {
                source: picture.unwrap_or_default(),
                alt: alt.trim().to_owned(),
                caption,
                lettering: Vec::new(),
                share: share.flatten(),
            };
            sink.blocks
                .push((self.block(BlockKind::Figure(figure)), page));
        }
        sink.blocks.extend(inner.blocks);
    }

    /// Where on its page a figure is seen, and how much of the page it takes unless it has words; `None`
    /// where there is no picture of any use. What is on several pages is seen on the first.
    fn picture(&mut self, element: &Element) -> Option<(String, Option<Share>)> {
        let gathered = self.gathered;
        let keys = self.tree.content(&element.kids);
        let seen = |key: &&ContentKey| gathered.drawings.contains_key(key);
        let page = keys.iter().find(seen)?.page;
        let keys = keys.iter().filter(|key| key.page == page);
        let (mut drawing, mut letters) = (Drawing::default(), 0);
        for key in keys {
            drawing = match gathered.drawings.get(key) {
                Some(found) => drawing.with(found),
                None => drawing,
            };
            let pieces = gathered.pieces.get(key).into_iter().flatten();
            letters += pieces.map(|piece| piece.weight).sum::<usize>();
        }
        let kind = drawing::Kind {
            formula: element.role == Role::Formula,
            letters,
        };
        let sheet = gathered.sheets.get(&page)?;
        let region = self.shown.picture(&drawing, &kind, (page, sheet))?;
        let worded = kind.formula || kind.letters > 0;
        let place = drawing.place().filter(|_| !worded);
        Some((
            region.to_string(),
            place.and_then(|place| sheet.share(&place)),
        ))
    }

    /// A footnote where the text refers to its number; otherwise a paragraph in its place.
    pub(super) fn note(&mut self, index: usize, style: &Style, sink: &mut Sink) {
        let mut inner = self.inner(index, style);
        let label = inner.blocks.first_mut().and_then(|(block, _)| {
            let BlockKind::Paragraph(inlines) = &mut block.kind else {
                return None;
            };
            let text = crate::prose::plain(inlines);
            let digits: String = text
                .trim_start()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            (!digits.is_empty() && digits.len() <= 4 && self.referred.contains(&digits))
                .then_some(digits)
        });
        let known = |label: &str| self.footnotes.iter().any(|note| note.label == label);
        match label {
            Some(label) if !known(&label) && self.depth + 3 <= MAX_DEPTH => {
                if let Some((block, _)) = inner.blocks.first_mut()
                    && let BlockKind::Paragraph(inlines) = &mut block.kind
                {
                    drop_leading(inlines, &label);
                }
                self.footnotes.push(Footnote {
                    label,
                    blocks: inner.into_blocks(),
                    span: self.at,
                });
            }
            _ => sink.blocks.extend(inner.blocks),
        }
    }
}
