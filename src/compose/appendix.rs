//! Appendices that are typeset: Markdown, tables, images, and the leaves in place of those
//! that are not there. A PDF travels as it is and has no part.

use super::agenda;
use super::desk::Desk;
use super::given::Given;
use super::leaves;
use super::part::{Block, BlockKind, Figure, Inline, Part, PartKind, Tone};
use super::text::{self, Headings};
use crate::model::{Appendix, Content, Item};
use crate::prose::{self, Prose};

pub(super) fn part(desk: &Desk<'_>, item: &Item, appendix: &Appendix) -> Option<Part> {
    let key = &appendix.key;
    match &appendix.content {
        Content::Missing => {
            let title = appendix.full_title();
            Some(leaves::not_attached(desk, item, key, &title))
        }
        Content::Absent(why) => Some(leaves::absent(desk, item, appendix, why)),
        Content::Withheld(withheld) => {
            Some(leaves::withheld(desk, item, key, &appendix.label, withheld))
        }
        content => set(desk, item, &Given::of_appendix(appendix), content),
    }
}

/// A text, a table or a picture under its title, or under the title of the document that it replaces.
/// A PDF travels as it is and is not set.
pub(super) fn set(
    desk: &Desk<'_>,
    item: &Item,
    given: &Given<'_>,
    content: &Content,
) -> Option<Part> {
    let items = |number: &str| desk.item_anchor(number);
    let speaking = desk.speaking(given.lang);
    let context = speaking.context(given.key, item, &items);
    let mut footnotes = Vec::new();
    let (kind, body) = match content {
        Content::Pdf(_) | Content::Missing | Content::Absent(_) | Content::Withheld(_) => {
            return None;
        }
        Content::Prose(prose) => {
            footnotes = text::footnotes(context, &prose.footnotes);
            let mut headings = Headings::after(1);
            let own = text::blocks(context, &mut headings, without_title(prose, given.heading));
            (PartKind::Appendix, own)
        }
        Content::Table(table) => {
            let table = text::table(context, &mut Headings::after(1), table);
            (
                PartKind::TableAppendix,
                vec![Block::new(BlockKind::Table(table))],
            )
        }
        Content::Image(image) => (
            PartKind::ImageAppendix,
            vec![Block::new(BlockKind::Figure(Figure {
                image: image.source.0.clone(),
                alt: image.alt.clone(),
                caption: None,
                full: true,
                lettering: image.lettering.clone(),
                share: None,
            }))],
        ),
    };
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, eyebrow(desk, item, given)),
        Block::heading(1, given.heading),
    ];
    let summary = given.summary.map(agenda::paragraphs);
    blocks.extend(
        summary
            .unwrap_or_default()
            .into_iter()
            .map(|words| Block::toned(Tone::Quiet, vec![Inline::text(words)])),
    );
    blocks.extend(body);
    let lang = desk.lang(given.lang);
    let mut part = Part::new(given.key, kind, given.title.clone(), lang, blocks);
    part.footnotes = footnotes;
    Some(part)
}

fn eyebrow(desk: &Desk<'_>, item: &Item, given: &Given<'_>) -> Vec<Inline> {
    let mut line = desk.eyebrow(item);
    if !given.label.is_empty() {
        line.push(Inline::text(format!(", {}", given.label)));
    }
    line
}

/// The prose without a first heading that only repeats the title.
fn without_title<'a>(prose: &'a Prose, title: &str) -> &'a [prose::Block] {
    match prose.blocks.split_first() {
        Some((first, rest)) => match &first.kind {
            prose::BlockKind::Heading { content, .. }
                if prose::plain(content).trim().to_lowercase() == title.trim().to_lowercase() =>
            {
                rest
            }
            _ => &prose.blocks,
        },
        None => &prose.blocks,
    }
}
