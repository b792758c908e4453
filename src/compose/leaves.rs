//! Leaves: pages that carry few words, in place of an item without a report or of a document
//! that is not there.

use super::desk::Desk;
use super::issued::{Gone, page_range, sentence};
use super::part::{Block, BlockKind, Inline, Part, PartKind, Tone};
use super::{agenda, exempt};
use crate::model::{Access, Appendix, Item, Withheld};

/// The leaf that introduces an item without a report.
pub(super) fn item_sheet(desk: &Desk<'_>, item: &Item) -> Part {
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::new(BlockKind::Heading {
            level: 1,
            number: Some(item.number.value.clone()),
            content: vec![Inline::text(item.sheet_title())],
        }),
    ];
    blocks.extend(agenda::said(desk.meeting, desk.words, item).leaf());
    leaf(
        desk,
        &item.key,
        PartKind::ItemSheet,
        item.sheet_title(),
        blocks,
    )
}

/// The leaf in place of a document that is listed and was not there when a draft was made.
pub(super) fn not_attached(desk: &Desk<'_>, item: &Item, key: &str, title: &str) -> Part {
    let words = desk.words;
    let blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
        Block::toned(
            Tone::Lead,
            vec![Inline::text(format!("{}.", words.not_attached()))],
        ),
        Block::paragraph(vec![Inline::text(words.not_attached_text())]),
    ];
    leaf(desk, key, PartKind::NotAttached, title, blocks)
}

/// The leaf in place of a document that the clerk has left out on purpose, saying why.
pub(super) fn absent(desk: &Desk<'_>, item: &Item, appendix: &Appendix, why: &str) -> Part {
    let title = &appendix.full_title();
    let state = match appendix.withdrawn {
        Some(_) => desk.words.withdrawn(),
        None => desk.words.not_in_pack(),
    };
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
        Block::toned(Tone::Lead, vec![Inline::text(format!("{state}."))]),
    ];
    blocks.extend(
        agenda::paragraphs(why)
            .into_iter()
            .map(|words| Block::paragraph(vec![Inline::text(words)])),
    );
    leaf(desk, &appendix.key, PartKind::Slip, title, blocks)
}

/// The leaf in place of what this edition's readers may not see: why, and which page numbers
/// were left free for it. `label` is what the agenda calls the document, if it does.
pub(super) fn withheld(
    desk: &Desk<'_>,
    item: &Item,
    key: &str,
    label: &str,
    withheld: &Withheld,
) -> Part {
    let words = desk.words;
    let title = match (label, item.title.as_str()) {
        ("", "") => words.no_title(),
        ("", title) => title,
        (label, _) => label,
    };
    let pages = agenda::withheld_pages(words, key, withheld);
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
        Block::toned(Tone::Lead, pages),
    ];
    let law = desk.meeting.law();
    if let Some(notice) = exempt::notice(&withheld.access, law, words) {
        blocks.push(Block::paragraph(vec![Inline::text(format!("{notice}."))]));
    }
    if let Access::Exempt {
        public_interest: Some(reason),
        ..
    } = &withheld.access
    {
        blocks.push(Block::paragraph(vec![Inline::text(reason)]));
    }
    leaf(desk, key, PartKind::Withheld, title, blocks)
}

/// The leaf in place of a published document that has been replaced or withdrawn since.
pub(super) fn gone(desk: &Desk<'_>, item: &Item, gone: &Gone<'_>) -> Part {
    let words = desk.words;
    let pages = page_range(words, gone.recorded.pages);
    let title = sentence(&pages);
    let was = words
        .gone_was()
        .replace("{pages}", &title)
        .replace("{title}", &gone.recorded.title);
    let mut state = Vec::new();
    match (&gone.by, &item.withdrawn) {
        (Some(by), _) => state.push(Inline::Page {
            anchor: by.clone(),
            words: words.gone_replaced().to_owned(),
        }),
        (None, Some(reason)) if !reason.is_empty() => state.push(Inline::text(
            words.gone_withdrawn_why().replace("{reason}", reason),
        )),
        (None, _) => state.push(Inline::text(words.gone_withdrawn())),
    }
    let blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title.clone()),
        Block::toned(Tone::Lead, vec![Inline::text(was)]),
        Block::paragraph(state),
    ];
    leaf(desk, &gone.key, PartKind::Slip, &title, blocks)
}

/// The leaf before an exempt document, which the printer can set on coloured paper; `None` for one
/// that is public.
pub(super) fn exempt(desk: &Desk<'_>, item: &Item, key: &str, access: &Access) -> Option<Part> {
    let law = desk.meeting.law();
    let notice = exempt::notice(access, law, desk.words)?;
    let title = desk.words.not_for_publication();
    let blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
        Block::toned(Tone::Lead, vec![Inline::text(format!("{notice}."))]),
    ];
    let key = format!("{key}-leaf");
    Some(leaf(desk, &key, PartKind::ExemptLeaf, title, blocks))
}

pub(super) fn leaf(
    desk: &Desk<'_>,
    key: &str,
    kind: PartKind,
    title: &str,
    blocks: Vec<Block>,
) -> Part {
    Part::new(
        key,
        kind,
        title,
        desk.lang(None),
        vec![Block::new(BlockKind::Leaf { blocks })],
    )
}
