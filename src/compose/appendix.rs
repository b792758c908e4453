//! Appendices that are typeset: Markdown, tables, images, and the leaves in the place of those
//! that are not there. A PDF travels as it is and has no part.

use super::agenda;
use super::desk::Desk;
use super::leaves;
use super::part::{Block, BlockKind, Figure, Inline, Part, PartKind, Tone};
use super::text::{self, Headings};
use crate::model::{Appendix, Content, Item};
use crate::prose::{self, Prose};

pub(super) fn part(desk: &Desk<'_>, item: &Item, appendix: &Appendix) -> Option<Part> {
    let items = |number: &str| desk.item_anchor(number);
    let context = desk.context(&appendix.key, item, &items);
    let title = appendix.full_title();
    let mut footnotes = Vec::new();
    let (kind, body) = match &appendix.content {
        Content::Pdf(_) => return None,
        Content::Missing => {
            return Some(leaves::not_attached(desk, item, &appendix.key, &title));
        }
        Content::Absent(why) => {
            return Some(leaves::absent(desk, item, appendix, why));
        }
        Content::Withheld(withheld) => {
            let label = &appendix.label;
            return Some(leaves::withheld(desk, item, &appendix.key, label, withheld));
        }
        Content::Prose(prose) => {
            footnotes = text::footnotes(context, &prose.footnotes);
            let mut headings = Headings::after(1);
            let own = text::blocks(context, &mut headings, without_title(prose, appendix));
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
            }))],
        ),
    };
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, eyebrow(desk, item, appendix)),
        Block::heading(1, appendix.title.as_str()),
    ];
    let summary = appendix.summary.as_deref().map(agenda::paragraphs);
    blocks.extend(
        summary
            .unwrap_or_default()
            .into_iter()
            .map(|words| Block::toned(Tone::Quiet, vec![Inline::text(words)])),
    );
    blocks.extend(body);
    let mut part = Part::new(
        &appendix.key,
        kind,
        title,
        desk.lang(appendix.lang.as_ref()),
        blocks,
    );
    part.footnotes = footnotes;
    Some(part)
}

fn eyebrow(desk: &Desk<'_>, item: &Item, appendix: &Appendix) -> Vec<Inline> {
    let mut line = desk.eyebrow(item);
    if !appendix.label.is_empty() {
        line.push(Inline::text(format!(", {}", appendix.label)));
    }
    line
}

/// The prose without a first heading that only repeats the appendix's title.
fn without_title<'a>(prose: &'a Prose, appendix: &Appendix) -> &'a [prose::Block] {
    match prose.blocks.split_first() {
        Some((first, rest)) => match &first.kind {
            prose::BlockKind::Heading { content, .. }
                if prose::plain(content).trim().to_lowercase()
                    == appendix.title.trim().to_lowercase() =>
            {
                rest
            }
            _ => &prose.blocks,
        },
        None => &prose.blocks,
    }
}
