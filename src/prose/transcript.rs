//! The transcript of prose: its words alone, one line for each paragraph or table row. Findings in a
//! file that is not text point into its transcript.

use super::{Block, BlockKind, Figure, Inline, InlineKind, Prose};
use crate::finding::{FileId, Span};

impl Prose {
    /// Writes the transcript, and sets the span of every node to that of its words in it. The same
    /// prose always gives the same transcript.
    pub(crate) fn transcribe(&mut self, file: FileId) -> String {
        let mut pen = Pen {
            file,
            text: String::new(),
        };
        pen.blocks(&mut self.blocks, '\n');
        for footnote in &mut self.footnotes {
            let from = pen.text.len();
            pen.write(&footnote.label, ' ');
            pen.blocks(&mut footnote.blocks, ' ');
            footnote.span = pen.since(from);
            pen.end('\n');
        }
        pen.text
    }
}

/// Writes a transcript.
struct Pen {
    file: FileId,
    text: String,
}

impl Pen {
    /// From a byte to the end of what has been written, without the whitespace at either end.
    fn since(&self, from: usize) -> Span {
        let written = self.text.get(from..).unwrap_or_default();
        let start = from + (written.len() - written.trim_start().len());
        let end = from + written.trim_end().len();
        Span::new(self.file, start.min(end), end)
    }

    /// Ends the last word, cell or line of the text with a separator, if there is one to end.
    fn end(&mut self, with: char) {
        self.text
            .truncate(self.text.trim_end_matches([' ', '\t']).len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(with);
        }
    }

    fn write(&mut self, words: &str, after: char) {
        self.text.push_str(words);
        self.end(after);
    }

    fn blocks(&mut self, all: &mut [Block], after: char) {
        for block in all {
            let from = self.text.len();
            self.block(block, after);
            block.span = self.since(from);
            self.end(after);
        }
    }

    fn block(&mut self, block: &mut Block, after: char) {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                self.inlines(content);
            }
            BlockKind::List(list) => {
                for (index, item) in list.items.iter_mut().enumerate() {
                    let from = self.text.len();
                    match (&item.label, list.start) {
                        (Some(label), _) => self.write(label.trim(), ' '),
                        (None, Some((start, mark))) => {
                            self.write(
                                &format!("{}{mark}", start.saturating_add(index as u64)),
                                ' ',
                            );
                        }
                        (None, None) => {}
                    }
                    self.blocks(&mut item.blocks, after);
                    item.span = self.since(from);
                }
            }
            BlockKind::Quote(inner) => self.blocks(inner, after),
            BlockKind::Table(table) => {
                self.inlines(table.caption.as_deref_mut().unwrap_or_default());
                self.end(after);
                for row in &mut table.rows {
                    let from = self.text.len();
                    for cell in &mut row.cells {
                        let from = self.text.len();
                        self.blocks(&mut cell.blocks, ' ');
                        cell.span = self.since(from);
                        self.end('\t');
                    }
                    row.span = self.since(from);
                    self.end(after);
                }
            }
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::Preformatted(text) => self.text.push_str(text),
            BlockKind::Rule => {}
        }
    }

    fn inlines(&mut self, all: &mut [Inline]) {
        for inline in all {
            let from = self.text.len();
            match &mut inline.kind {
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Struck(inner)
                | InlineKind::Lang(_, inner)
                | InlineKind::Link { content: inner, .. } => self.inlines(inner),
                InlineKind::Image(figure) => self.figure(figure),
                InlineKind::Text(words) | InlineKind::Code(words) => self.text.push_str(words),
                InlineKind::FootnoteRef(_) => {}
                InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
            }
            inline.span = Span::new(self.file, from, self.text.len());
        }
    }

    fn figure(&mut self, figure: &mut Figure) {
        self.text.push_str(&figure.alt);
        if let Some(caption) = &mut figure.caption {
            if !figure.alt.is_empty() {
                self.end(' ');
            }
            self.inlines(caption);
        }
    }
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
            share: None,
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
                        cells: vec![Cell::new(paragraph(), false, THERE)],
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
    fn every_node_stands_where_its_words_are() {
        let mut prose = everything();
        let text = prose.transcribe(FileId(1));
        assert_eq!(
            text,
            "words\nwordswordswordswordswordswords\nwords\nwords\nwords\nwords\nwords\n1 words\n"
        );
        let after = serde_json::to_string(&prose).expect("JSON");
        let left = serde_json::to_string(&THERE).expect("JSON");
        assert!(!after.contains(&left), "something still stands elsewhere");
        let at = |span: Span| text.get(span.range());
        let [heading, paragraph, list, .., table, figure, _] = &prose.blocks[..] else {
            panic!("all blocks");
        };
        for block in [heading, list, figure] {
            assert_eq!(at(block.span), Some("words"));
        }
        let BlockKind::Paragraph(inlines) = &paragraph.kind else {
            panic!("a paragraph");
        };
        assert!(
            inlines
                .iter()
                .all(|inline| at(inline.span) == Some("words"))
        );
        let BlockKind::Table(rows) = &table.kind else {
            panic!("a table");
        };
        assert_eq!(at(table.span), Some("words\nwords"));
        assert_eq!(at(rows.rows[0].cells[0].span), Some("words"));
        assert_eq!(at(prose.footnotes[0].span), Some("1 words"));
        let again = prose.transcribe(FileId(1));
        assert_eq!(again, text);
    }
}
