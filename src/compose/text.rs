//! Prose as its author wrote it becomes blocks of a part: links get their anchors, and headings
//! levels that skip none.

use super::part::{
    Align, Block, BlockKind, Cell, Figure, Footnote, Inline, ListItem, NumberStyle, Numbering, Row,
    Table, Tone,
};
use super::words::Words;
use crate::model::Item;
use crate::prose::{self, InlineKind, LinkTarget};

/// What the conversion has to know besides the prose itself.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The key of the part that the prose becomes a part of.
    pub(super) key: &'a str,
    /// The level that a heading of level 1 gets.
    pub(super) top: u8,
    /// The program's own words.
    pub(super) words: Words,
    /// The item that the document belongs to, whose appendices `appendix:1` means.
    pub(super) item: Option<&'a Item>,
    /// The anchors of items by their number; an item without a page is not in it.
    pub(super) items: &'a dyn Fn(&str) -> Option<String>,
    /// Whether there are pages that a link can name.
    pub(super) paged: bool,
}

/// The anchor of `#id` in a part.
pub(super) fn local_anchor(key: &str, id: &str) -> String {
    format!("{key}/{id}")
}

/// Counts the headings of a part, so that each has an anchor and no level is skipped: PDF/UA-1
/// (7.4.2) and the engine refuse a heading of level 3 right after one of level 1.
#[derive(Debug)]
pub(super) struct Headings {
    count: usize,
    level: u8,
}

impl Headings {
    /// After a part's own title of `level`; 0 where it has none.
    pub(super) fn after(level: u8) -> Self {
        Self { count: 0, level }
    }

    /// The level and anchor of the next heading, which asks for a level.
    pub(super) fn next(&mut self, key: &str, asked: u8) -> (u8, String) {
        self.count += 1;
        self.level = asked.clamp(1, self.level.saturating_add(1)).min(6);
        (self.level, format!("{key}/h{}", self.count))
    }
}

/// Blocks of prose as blocks of a part.
pub(super) fn blocks(
    context: Context<'_>,
    headings: &mut Headings,
    blocks: &[prose::Block],
) -> Vec<Block> {
    blocks
        .iter()
        .map(|block| self::block(context, headings, block, None))
        .collect()
}

/// One block of prose, with its number where it has one. A heading's own id is its anchor.
pub(super) fn block(
    context: Context<'_>,
    headings: &mut Headings,
    block: &prose::Block,
    number: Option<&str>,
) -> Block {
    let number = number.map(str::to_owned);
    let mut anchor = None;
    let kind = match &block.kind {
        prose::BlockKind::Heading { level, id, content } => {
            let asked = context.top.saturating_add(level.saturating_sub(1));
            let (level, own) = headings.next(context.key, asked);
            anchor = Some(
                id.as_deref()
                    .map_or(own, |id| local_anchor(context.key, id)),
            );
            BlockKind::Heading {
                level,
                number,
                content: inlines(context, content),
            }
        }
        prose::BlockKind::Paragraph(content) => BlockKind::Paragraph {
            number,
            tone: Tone::Body,
            content: inlines(context, content),
        },
        prose::BlockKind::List(list) => BlockKind::List {
            numbering: list.start.map(|(start, mark)| Numbering {
                start,
                style: if mark == ')' {
                    NumberStyle::FigureBracket
                } else {
                    NumberStyle::Figure
                },
            }),
            tight: list.tight,
            items: list
                .items
                .iter()
                .map(|item| ListItem {
                    label: item.label.clone(),
                    blocks: lettered(
                        list.start.is_some(),
                        blocks(context, headings, &item.blocks),
                    ),
                })
                .collect(),
        },
        prose::BlockKind::Quote(inner) => BlockKind::Quote {
            blocks: blocks(context, headings, inner),
        },
        prose::BlockKind::Table(inner) => BlockKind::Table(table(context, headings, inner)),
        prose::BlockKind::Figure(inner) => BlockKind::Figure(figure(context, inner)),
        prose::BlockKind::Preformatted(text) => BlockKind::Preformatted { text: text.clone() },
        prose::BlockKind::Rule => BlockKind::Rule,
    };
    Block {
        anchor,
        lang: block.lang.clone(),
        ..Block::new(kind).from_source(block.span)
    }
}

/// The blocks of a list item. Inside a numbered item, a numbered list has letters, so that a
/// recommendation can be called "2(a)".
fn lettered(numbered: bool, mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if let BlockKind::List {
            numbering: Some(numbering),
            ..
        } = &mut block.kind
            && numbered
            && matches!(numbering.style, NumberStyle::Figure)
        {
            numbering.style = NumberStyle::Letter;
        }
    }
    blocks
}

/// A table of prose as a table of a part.
pub(super) fn table(context: Context<'_>, headings: &mut Headings, table: &prose::Table) -> Table {
    Table {
        caption: table
            .caption
            .as_deref()
            .map(|caption| inlines(context, caption)),
        columns: table
            .columns
            .iter()
            .map(|alignment| match alignment {
                prose::Alignment::Start => Align::Auto,
                prose::Alignment::Centre => Align::Centre,
                prose::Alignment::End => Align::End,
            })
            .collect(),
        header_rows: table.header_rows,
        rows: table
            .rows
            .iter()
            .map(|row| Row {
                cells: row
                    .cells
                    .iter()
                    .map(|cell| Cell {
                        blocks: blocks(context, headings, &cell.blocks),
                        header: cell.header,
                        columns: cell.columns.max(1),
                        rows: cell.rows.max(1),
                    })
                    .collect(),
                mark: None,
            })
            .collect(),
        fit: None,
    }
}

fn figure(context: Context<'_>, figure: &prose::Figure) -> Figure {
    Figure {
        image: figure.source.clone(),
        alt: figure.alt.clone(),
        caption: figure
            .caption
            .as_deref()
            .map(|caption| inlines(context, caption)),
        full: false,
        lettering: figure.lettering.clone(),
        share: figure.share.map(|share| share.width),
    }
}

/// The footnotes of a document.
pub(super) fn footnotes(context: Context<'_>, footnotes: &[prose::Footnote]) -> Vec<Footnote> {
    footnotes
        .iter()
        .map(|footnote| Footnote {
            label: footnote.label.clone(),
            blocks: blocks(context, &mut Headings::after(context.top), &footnote.blocks),
        })
        .collect()
}

/// Running text of prose as running text of a part.
pub(super) fn inlines(context: Context<'_>, inlines: &[prose::Inline]) -> Vec<Inline> {
    inlines
        .iter()
        .flat_map(|inline| self::inline(context, &inline.kind))
        .collect()
}

fn inline(context: Context<'_>, kind: &InlineKind) -> Vec<Inline> {
    let inner = |content: &[prose::Inline]| inlines(context, content);
    vec![match kind {
        InlineKind::Text(text) => Inline::text(text),
        InlineKind::Strong(content) => Inline::Strong {
            content: inner(content),
        },
        InlineKind::Emphasis(content) => Inline::Emphasis {
            content: inner(content),
        },
        InlineKind::Struck(content) => Inline::Struck {
            content: inner(content),
        },
        InlineKind::Code(text) => Inline::Code { text: text.clone() },
        InlineKind::Link { target, content } => return link(context, target, inner(content)),
        InlineKind::Image(image) => Inline::Image(figure(context, image)),
        InlineKind::FootnoteRef(label) => Inline::Note {
            label: label.clone(),
        },
        InlineKind::Lang(lang, content) => Inline::Lang {
            lang: lang.clone(),
            content: inner(content),
        },
        InlineKind::SoftBreak => Inline::text(" "),
        InlineKind::HardBreak => Inline::Break,
    }]
}

/// A link; one to a place in the pack prints the page as well: "the site plan (page 39)".
fn link(context: Context<'_>, target: &LinkTarget, content: Vec<Inline>) -> Vec<Inline> {
    let anchor = match target {
        LinkTarget::Web(url) => {
            return vec![Inline::Web {
                url: url.clone(),
                content,
            }];
        }
        LinkTarget::Here(id) => Some(local_anchor(context.key, id)),
        LinkTarget::Item(number) => (context.items)(number),
        LinkTarget::Appendix(name) => context.item.and_then(|item| {
            item.all_appendices()
                .find(|appendix| appendix.position.to_string() == *name)
                .map(|appendix| appendix.key.clone())
        }),
    };
    match anchor {
        Some(anchor) if !context.paged => vec![Inline::Go { anchor, content }],
        Some(anchor) => go(context.words, anchor, content),
        // A reference to what is not there is a finding; the words still print.
        None => content,
    }
}

/// Words that lead to a place in the pack, and the page in brackets.
pub(super) fn go(words: Words, anchor: impl Into<String>, content: Vec<Inline>) -> Vec<Inline> {
    let anchor = anchor.into();
    vec![
        Inline::Go {
            anchor: anchor.clone(),
            content,
        },
        Inline::text(" ("),
        Inline::Page {
            anchor,
            words: words.on_page().to_owned(),
        },
        Inline::text(")"),
    ]
}
