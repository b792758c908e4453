//! Reads a PDF's text as a report or as minutes.
//!
//! Tags and pages show how a report looks: sections as numbered lists of one bold item, paragraphs as
//! lists with the labels 1.1 and 1.2, headings as bold lines. Here they become sections, numbered
//! paragraphs and lists, for the checks. Large print and the web page keep the text as it was read.

use super::numbers;
use super::parts::{self, Fields, is_bold};
use super::{minutes, report};
use crate::finding::Span;
use crate::model::{Minutes, ParagraphNumbers, Report, ReportLayout};
use crate::prose::{Block, BlockKind, Inline, InlineKind, List, ListItem, Prose, plain};

/// The most bytes of a heading.
const LONGEST: usize = 180;

/// Reads a report, with the numbers that are printed in it. What its keys `stated` goes before what it says.
/// `span` is its beginning.
pub(super) fn read(
    prose: Prose,
    layout: &ReportLayout,
    stated: Option<Report>,
    span: Span,
) -> Report {
    let mut blocks = shaped(prose.blocks, layout);
    let said = parts::take(&mut blocks, None, &[], layout);
    let numbering = numbers::own_or(&blocks, ParagraphNumbers::None);
    let stated = stated.unwrap_or_else(|| report::nothing_stated(span));
    let prose = Prose { blocks, ..prose };
    Report {
        span,
        ..report::completed(stated, said, prose, numbering, layout)
    }
}

/// Reads minutes, and adds what their keys `stated`. `pattern` is the body's pattern of minute numbers,
/// `span` the beginning of the minutes.
pub(super) fn minutes(
    prose: Prose,
    layout: &ReportLayout,
    pattern: Option<&str>,
    stated: Option<Minutes>,
    span: Span,
) -> Minutes {
    let mut blocks = shaped(prose.blocks, layout);
    for block in &mut blocks {
        if let BlockKind::Paragraph(content) = &mut block.kind
            && is_bold(content, false)
            && numbers::minute_number(&mut content.clone(), pattern).is_some()
        {
            let (level, id, content) = (1, None, std::mem::take(content));
            block.kind = BlockKind::Heading { level, id, content };
        }
    }
    let stated = stated.unwrap_or_else(|| minutes::nothing_stated(span));
    minutes::completed(stated, Prose { blocks, ..prose }, pattern)
}

/// Blocks in the shape of a report.
fn shaped(blocks: Vec<Block>, layout: &ReportLayout) -> Vec<Block> {
    let mut shape = Shape {
        fields: Fields(layout),
        blocks: Vec::with_capacity(blocks.len()),
        label: None,
        numbered: false,
    };
    for block in blocks {
        shape.block(block);
    }
    shape.blocks
}

struct Shape<'l> {
    fields: Fields<'l>,
    blocks: Vec<Block>,
    /// A number whose paragraph is still to come.
    label: Option<Inline>,
    /// Whether any section or paragraph had a number so far.
    numbered: bool,
}

impl Shape<'_> {
    fn block(&mut self, mut block: Block) {
        match block.kind {
            BlockKind::List(list) if is_numbering(&list) => self.list(list, &block.lang),
            BlockKind::Paragraph(mut content) => {
                if let Some(label) = self.label.take() {
                    block.span = label.span.to(block.span);
                    content.insert(0, label);
                }
                block.kind = self.line(content);
                self.blocks.push(block);
            }
            kind => {
                block.kind = kind;
                self.blocks.push(block);
            }
        }
    }

    /// Makes a heading or a paragraph of a paragraph, depending on how it looks.
    fn line(&mut self, content: Vec<Inline>) -> BlockKind {
        let words = plain(&content);
        let depth = numbers::depth(&words);
        let asks = self.fields.asks(&words);
        let short = words.len() <= LONGEST;
        let heading = short && (is_bold(&content, depth.is_some()) || asks);
        // In many reports the recommendations come before the sections.
        let level = match depth {
            Some(depth) => depth,
            None if asks && self.numbered => 1,
            None if asks => 0,
            None => 2,
        };
        self.numbered |= depth.is_some();
        if heading && level > 0 && (depth.is_some() || self.numbered) {
            BlockKind::Heading {
                level,
                id: None,
                content,
            }
        } else {
            BlockKind::Paragraph(content)
        }
    }

    /// Makes sections and paragraphs of the items of a list that numbers them. Items without such a number
    /// stay a list.
    fn list(&mut self, list: List, lang: &Option<String>) {
        let (start, tight) = (list.start, list.tight);
        let mut rest: Vec<ListItem> = Vec::new();
        for (index, item) in list.items.into_iter().enumerate() {
            let label = number_of(&item, start, index);
            let Some(label) = label else {
                if item.blocks.iter().any(is_numbered_inside) {
                    self.keep(std::mem::take(&mut rest), tight, lang);
                    item.blocks.into_iter().for_each(|block| self.block(block));
                } else {
                    rest.push(item);
                }
                continue;
            };
            self.keep(std::mem::take(&mut rest), tight, lang);
            let end = item.span.start.saturating_add(label.len() as u32 + 1);
            self.label = Some(Inline {
                kind: InlineKind::Text(format!("{label} ")),
                span: Span { end, ..item.span },
            });
            item.blocks.into_iter().for_each(|block| self.block(block));
        }
        self.keep(rest, tight, lang);
    }

    fn keep(&mut self, items: Vec<ListItem>, tight: bool, lang: &Option<String>) {
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return;
        };
        self.blocks.push(Block {
            span: first.span.to(last.span),
            kind: BlockKind::List(List {
                start: None,
                tight,
                items,
            }),
            lang: lang.clone(),
        });
    }
}

/// Whether a list, or one inside it, numbers sections or paragraphs: it has labels such as 1.1, or is a
/// single bold line with a number.
fn is_numbering(list: &List) -> bool {
    let single = list.items.len() == 1;
    list.items.iter().enumerate().any(|(index, item)| {
        let bold = || {
            matches!(
                item.blocks.first().map(|block| &block.kind),
                Some(BlockKind::Paragraph(content))
                    if is_bold(content, false) && plain(content).len() <= LONGEST
            )
        };
        let number = number_of(item, list.start, index);
        number.is_some_and(|number| number.trim_end_matches('.').contains('.') || single && bold())
            || item.blocks.iter().any(is_numbered_inside)
    })
}

/// Whether a block of an item is a numbered paragraph, or a list that numbers some.
fn is_numbered_inside(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => {
            numbers::depth(&plain(content)).is_some_and(|depth| depth > 1)
        }
        BlockKind::List(inner) => is_numbering(inner),
        _ => false,
    }
}

/// The label of an item, if it is a number in figures: "3.", "3.1".
fn number_of(item: &ListItem, start: Option<(u64, char)>, index: usize) -> Option<String> {
    let label = match (&item.label, start) {
        (Some(label), _) => label.trim().to_owned(),
        (None, Some((start, mark))) => format!("{}{mark}", start.saturating_add(index as u64)),
        (None, None) => return None,
    };
    let figures = label.trim_end_matches(['.', ')']);
    let is_level = |level: &str| !level.is_empty() && level.bytes().all(|it| it.is_ascii_digit());
    figures.split('.').all(is_level).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FileId, Spanned};
    use crate::load::parts::tests::layout;
    use crate::model::{HeaderRow, MinuteBlock};

    /// A block at a byte, so that each is told apart.
    fn block(kind: BlockKind, at: usize) -> Block {
        Block {
            kind,
            span: Span::new(FileId(0), at, at + 1),
            lang: None,
        }
    }

    fn text(words: &str) -> Inline {
        Inline {
            kind: InlineKind::Text(words.to_owned()),
            span: Span::new(FileId(0), 0, 1),
        }
    }

    fn bold(words: &str) -> Inline {
        Inline {
            kind: InlineKind::Strong(vec![text(words)]),
            span: Span::new(FileId(0), 0, 1),
        }
    }

    fn paragraph(content: Inline, at: usize) -> Block {
        block(BlockKind::Paragraph(vec![content]), at)
    }

    fn item(label: Option<&str>, blocks: Vec<Block>) -> ListItem {
        ListItem {
            span: blocks[0].span,
            label: label.map(ToOwned::to_owned),
            blocks,
        }
    }

    fn list(start: Option<u64>, items: Vec<ListItem>, at: usize) -> Block {
        let start = start.map(|start| (start, '.'));
        block(
            BlockKind::List(List {
                start,
                tight: true,
                items,
            }),
            at,
        )
    }

    const FIELDS: [(&str, &str); 2] = [("director", "Director"), ("wards", "Wards")];

    /// The numbers of a report's blocks, and what they are: "# " before a heading.
    fn read_of(blocks: Vec<Block>) -> Vec<(String, String)> {
        let prose = Prose {
            blocks,
            footnotes: Vec::new(),
        };
        let report = read(prose, &layout(&FIELDS), None, Span::new(FileId(0), 0, 1));
        let said = |block: &Block| match &block.kind {
            BlockKind::Heading { content, .. } => format!("# {}", plain(content)),
            BlockKind::Paragraph(content) => plain(content),
            BlockKind::List(list) => format!("a list of {}", list.items.len()),
            other => format!("{other:?}"),
        };
        let numbered = report.body.iter();
        numbered
            .map(|block| {
                let number = block.number.as_ref();
                let number = number.map_or_else(String::new, |number| number.text.clone());
                (number, said(&block.block))
            })
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(number, words): &(&str, &str)| ((*number).to_owned(), (*words).to_owned());
        expected.iter().map(own).collect()
    }

    #[test]
    fn lists_that_number_sections_and_paragraphs_become_those() {
        let blocks = vec![
            list(
                Some(1),
                vec![item(None, vec![paragraph(bold("Background"), 1)])],
                1,
            ),
            list(
                None,
                vec![
                    item(Some("1.1"), vec![paragraph(text("The roofs are old."), 2)]),
                    item(Some("1.2"), vec![paragraph(text("They leak."), 3)]),
                ],
                2,
            ),
            list(
                Some(2),
                vec![item(None, vec![paragraph(bold("Costs"), 4)])],
                4,
            ),
        ];
        assert_eq!(
            read_of(blocks),
            pairs(&[
                ("1.", "# Background"),
                ("1.1", "The roofs are old."),
                ("1.2", "They leak."),
                ("2.", "# Costs"),
            ])
        );
    }

    #[test]
    fn a_list_of_points_stays_one() {
        let points = || {
            let point = |words: &str| item(None, vec![paragraph(text(words), 5)]);
            vec![point("slates"), point("gutters")]
        };
        let read = read_of(vec![
            paragraph(text("1.1 The work is of two kinds:"), 1),
            list(None, points(), 5),
            paragraph(text("1.2 It is due."), 6),
            list(Some(1), points(), 7),
        ]);
        let kinds: Vec<&str> = read.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "The work is of two kinds:",
                "a list of 2",
                "It is due.",
                "a list of 2"
            ]
        );
    }

    #[test]
    fn a_bold_line_is_a_heading_once_numbers_have_begun() {
        let read = read_of(vec![
            paragraph(bold("Fernleigh Borough Council"), 1),
            paragraph(bold("1. Background"), 2),
            paragraph(text("1.1 The roofs are old."), 3),
            paragraph(bold("What it costs"), 4),
        ]);
        assert_eq!(
            read,
            pairs(&[
                ("", "Fernleigh Borough Council"),
                ("1.", "# Background"),
                ("1.1", "The roofs are old."),
                ("", "# What it costs"),
            ])
        );
    }

    #[test]
    fn keys_go_before_what_the_text_says() {
        let prose = Prose {
            blocks: vec![
                paragraph(text("Director: Ann Oakes"), 1),
                paragraph(text("Wards: Northgate"), 2),
                paragraph(text("1.1 The roofs are old."), 3),
            ],
            footnotes: Vec::new(),
        };
        let place = Span::new(FileId(0), 0, 1);
        let stated = Report {
            subject: Some(Spanned::new("Roofs".to_owned(), place)),
            header: vec![HeaderRow {
                key: "director".to_owned(),
                label: "Director".to_owned(),
                lines: vec!["Somebody else".to_owned()],
                span: place,
            }],
            ..report::nothing_stated(place)
        };
        let read = read(prose, &layout(&FIELDS), Some(stated), place);
        let rows: Vec<(&str, &str)> = read
            .header
            .iter()
            .map(|row| (row.key.as_str(), row.lines[0].as_str()))
            .collect();
        assert_eq!(
            rows,
            [("director", "Somebody else"), ("wards", "Northgate")]
        );
        assert_eq!(
            read.subject.map(|subject| subject.value).as_deref(),
            Some("Roofs")
        );
        assert!(read.missing_header.is_empty());
        assert_eq!(read.body.len(), 1, "the lines of the header are taken out");
    }

    #[test]
    fn minutes_have_their_numbers_and_decisions() {
        let blocks = vec![
            paragraph(text("Present: Councillor Okafor"), 1),
            paragraph(bold("12/26 Apologies"), 2),
            paragraph(text("There were none."), 3),
            paragraph(bold("13/26 Roofs"), 4),
            paragraph(text("RESOLVED that the roofs be mended."), 5),
        ];
        let prose = Prose {
            blocks,
            footnotes: Vec::new(),
        };
        let place = Span::new(FileId(0), 0, 1);
        let read = minutes(prose, &layout(&FIELDS), Some("{n}/{yy}"), None, place);
        assert_eq!(read.opening.len(), 1);
        let numbers: Vec<(u32, String)> = read.numbers();
        assert_eq!(numbers, [(2, "12/26".to_owned()), (4, "13/26".to_owned())]);
        let last = &read.minutes[1];
        assert_eq!(last.title(), "Roofs");
        assert!(matches!(last.blocks[..], [MinuteBlock::Decision(_)]));
    }
}
