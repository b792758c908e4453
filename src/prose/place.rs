//! Prose that stands at one place of the sources as a whole, as the content of a named file does.

use super::{Block, BlockKind, Figure, Inline, InlineKind, Prose};
use crate::finding::Span;

impl Prose {
    /// Makes every node stand at one place.
    pub fn stand_at(&mut self, place: Span) {
        blocks(&mut self.blocks, place);
        for footnote in &mut self.footnotes {
            footnote.span = place;
            blocks(&mut footnote.blocks, place);
        }
    }
}

fn blocks(all: &mut [Block], place: Span) {
    for block in all {
        block.span = place;
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                inlines(content, place);
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    item.span = place;
                    blocks(&mut item.blocks, place);
                }
            }
            BlockKind::Quote(inner) => blocks(inner, place),
            BlockKind::Table(table) => {
                inlines(table.caption.as_deref_mut().unwrap_or_default(), place);
                for row in &mut table.rows {
                    row.span = place;
                    for cell in &mut row.cells {
                        cell.span = place;
                        blocks(&mut cell.blocks, place);
                    }
                }
            }
            BlockKind::Figure(figure) => caption(figure, place),
            BlockKind::Preformatted(_) | BlockKind::Rule => {}
        }
    }
}

fn inlines(all: &mut [Inline], place: Span) {
    for inline in all {
        inline.span = place;
        match &mut inline.kind {
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => inlines(inner, place),
            InlineKind::Image(figure) => caption(figure, place),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::FootnoteRef(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => {}
        }
    }
}

fn caption(figure: &mut Figure, place: Span) {
    inlines(figure.caption.as_deref_mut().unwrap_or_default(), place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileId;
    use crate::prose::{Cell, Footnote, LinkTarget, List, ListItem, Row, Table};

    const THERE: Span = Span {
        file: FileId(3),
        start: 5,
        end: 8,
    };

    fn inline(kind: InlineKind) -> Inline {
        let span = THERE;
        Inline { kind, span }
    }

    fn words() -> Vec<Inline> {
        vec![inline(InlineKind::Text("words".into()))]
    }

    fn block(kind: BlockKind) -> Block {
        let (span, lang) = (THERE, None);
        Block { kind, span, lang }
    }

    fn figure() -> Figure {
        Figure {
            source: String::new(),
            alt: String::new(),
            caption: Some(words()),
            lettering: Vec::new(),
        }
    }

    /// One of everything that has something inside.
    fn everything() -> Prose {
        let paragraph = || vec![block(BlockKind::Paragraph(words()))];
        let link = InlineKind::Link {
            target: LinkTarget::Here("a".into()),
            content: words(),
        };
        let inlines = [
            InlineKind::Strong(words()),
            InlineKind::Emphasis(words()),
            InlineKind::Struck(words()),
            InlineKind::Lang("cy".into(), words()),
            link,
            InlineKind::Image(figure()),
        ];
        Prose {
            blocks: [
                BlockKind::Heading {
                    level: 1,
                    id: None,
                    content: words(),
                },
                BlockKind::Paragraph(inlines.map(inline).into()),
                BlockKind::List(List {
                    start: None,
                    tight: true,
                    items: vec![ListItem {
                        blocks: paragraph(),
                        label: None,
                        span: THERE,
                    }],
                }),
                BlockKind::Quote(paragraph()),
                BlockKind::Table(Table {
                    caption: Some(words()),
                    rows: vec![Row {
                        cells: vec![Cell {
                            blocks: paragraph(),
                            header: false,
                            columns: 1,
                            rows: 1,
                            span: THERE,
                        }],
                        span: THERE,
                    }],
                    ..Table::default()
                }),
                BlockKind::Figure(figure()),
                BlockKind::Rule,
            ]
            .map(block)
            .into(),
            footnotes: vec![Footnote {
                label: "1".into(),
                blocks: paragraph(),
                span: THERE,
            }],
        }
    }

    #[test]
    fn every_node_stands_where_it_is_told() {
        let here = Span::new(FileId(1), 20, 30);
        let mut prose = everything();
        let before = serde_json::to_string(&prose).expect("JSON");
        prose.stand_at(here);
        let after = serde_json::to_string(&prose).expect("JSON");
        let span = |span: Span| serde_json::to_string(&span).expect("JSON");
        assert!(before.matches(&span(THERE)).count() > 25);
        assert_eq!(after, before.replace(&span(THERE), &span(here)));
    }
}
