//! Leaves: pages that carry few words, in the place of an item without a report or of a document
//! that is not there.

use super::part::{
    Block, BlockKind, Field, FieldsLook, Inline, ListItem, NumberStyle, Numbering, Part, PartKind,
    Tone,
};
use super::words::Words;
use super::{Desk, exempt, front, last_page_of};
use crate::model::{Access, Item, ItemKind, Withheld};

/// The leaf that introduces an item without a report.
pub(super) fn item_sheet(desk: &Desk<'_>, item: &Item) -> Part {
    let words = desk.words;
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::new(BlockKind::Heading {
            level: 1,
            number: Some(item.number.value.clone()),
            content: vec![Inline::text(item.sheet_title())],
        }),
    ];
    if let Some(text) = &item.text {
        blocks.extend(paragraphs(text));
    }
    if !item.sub.is_empty() {
        blocks.push(Block::new(BlockKind::List {
            numbering: Some(Numbering {
                start: 1,
                style: NumberStyle::Letter,
            }),
            tight: false,
            items: item
                .sub
                .iter()
                .map(|sub| ListItem {
                    label: None,
                    blocks: vec![Block::paragraph(vec![Inline::text(sub)])],
                })
                .collect(),
        }));
    }
    let state = match &item.kind {
        ItemKind::ToFollow { due: Some(due) } => Some(format!(
            "{} {}",
            words.to_follow_by(),
            words.long_date(*due)
        )),
        ItemKind::ToFollow { due: None } => Some(words.to_follow().to_owned()),
        ItemKind::Verbal => Some(words.verbal().to_owned()),
        ItemKind::Presentation => Some(words.presentation().to_owned()),
        ItemKind::NoneReceived => Some(words.none_received().to_owned()),
        ItemKind::CirculatedSeparately => Some(words.circulated().to_owned()),
        _ => None,
    };
    if let Some(state) = state {
        blocks.push(Block::toned(
            Tone::Lead,
            vec![Inline::text(format!("{state}."))],
        ));
    }
    let fields = facts(desk, item);
    if !fields.is_empty() {
        blocks.push(Block::new(BlockKind::Fields {
            look: FieldsLook::Plain,
            rows: fields,
        }));
    }
    if let Some(note) = &item.note {
        blocks.extend(paragraphs(note));
    }
    leaf(
        desk,
        &item.key,
        PartKind::ItemSheet,
        item.sheet_title(),
        blocks,
    )
}

/// What is known of an item beside its title: reference, site, officer.
pub(super) fn facts(desk: &Desk<'_>, item: &Item) -> Vec<Field> {
    let words = desk.words;
    let officer = item.officer.as_ref().map(|officer| {
        let mut who = officer.name.clone();
        if let Some(post) = &officer.post {
            who.push_str(", ");
            who.push_str(post);
        }
        who
    });
    let revision = item.revision.clone();
    let supplement = item.supplement.map(|number| number.to_string());
    [
        (words.time(), item.time.map(|time| words.time_of(time))),
        (words.reference(), item.reference.clone()),
        (words.address(), item.application.address.clone()),
        (words.ward(), item.application.ward.clone()),
        (words.applicant(), item.application.applicant.clone()),
        (words.officer(), officer),
        (words.revised(), revision),
        (words.supplement(), supplement),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some(front::field(label, value?)))
    .collect()
}

/// The leaf in the place of a document that is listed and was not there when a draft was made.
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

/// The leaf in the place of a document that the clerk has left out on purpose, saying why.
pub(super) fn absent(desk: &Desk<'_>, item: &Item, key: &str, title: &str, why: &str) -> Part {
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
        Block::toned(
            Tone::Lead,
            vec![Inline::text(format!("{}.", desk.words.not_in_pack()))],
        ),
    ];
    blocks.extend(paragraphs(why));
    leaf(desk, key, PartKind::Slip, title, blocks)
}

/// The leaf in the place of what this edition's readers may not see: why, and which page numbers
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
    let pages = pages(desk, key, withheld);
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
        Block::toned(Tone::Lead, pages),
    ];
    let jurisdiction = desk.meeting.council.jurisdiction;
    if let Some(notice) = exempt::notice(&withheld.access, jurisdiction, words) {
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

/// "Pages 45 to 60 are not for publication."
pub(super) fn pages(desk: &Desk<'_>, key: &str, withheld: &Withheld) -> Vec<Inline> {
    let words = desk.words;
    let page = |anchor: String, words: &str| Inline::Page {
        anchor,
        words: words.to_owned(),
    };
    if withheld.pages > 1 {
        vec![
            page(key.to_owned(), plural(words)),
            Inline::text(format!(" {} ", words.to())),
            page(last_page_of(key), "{page}"),
            Inline::text(format!(" {}.", words.pages_withheld())),
        ]
    } else {
        vec![
            page(key.to_owned(), words.page_alone()),
            Inline::text(format!(" {}.", words.page_withheld())),
        ]
    }
}

fn plural(words: Words) -> &'static str {
    match words {
        Words::English => "Pages {page}",
        Words::Welsh => "Tudalennau {page}",
    }
}

/// The leaf before an exempt document, which the printer can set on coloured paper; none before
/// one that is public.
pub(super) fn exempt(desk: &Desk<'_>, item: &Item, key: &str, access: &Access) -> Option<Part> {
    let jurisdiction = desk.meeting.council.jurisdiction;
    let notice = exempt::notice(access, jurisdiction, desk.words)?;
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

/// Text of a TOML string: a blank line parts paragraphs.
fn paragraphs(text: &str) -> Vec<Block> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            Block::paragraph(vec![Inline::text(words)])
        })
        .collect()
}
