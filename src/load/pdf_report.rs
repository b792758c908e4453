//! A PDF's text in the shape of a report, and the report that it is.
//!
//! Tags and pages say how a report looks: sections as numbered lists of one bold item, paragraphs as
//! lists whose labels are 1.1 and 1.2, headings as bold lines. A report has sections, numbered
//! paragraphs and the lists in them. Large print and the web page keep the text as it was read.

use super::numbers;
use super::parts::{self, Fields, is_bold};
use crate::finding::Span;
use crate::model::{HeaderRow, ParagraphNumbers, Report, ReportLayout};
use crate::prose::{Block, BlockKind, Inline, InlineKind, List, ListItem, Prose, plain};

/// A heading has at most so many bytes.
const LONGEST: usize = 180;

/// The report that a PDF is, with the numbers that are printed in it. `span` is where it begins.
pub(super) fn read(prose: Prose, layout: &ReportLayout, span: Span) -> Report {
    let Prose { blocks, footnotes } = prose;
    let mut blocks = shaped(blocks, layout);
    let mut said = parts::take(&mut blocks, None, &[], layout);
    let (mut header, mut missing_header) = (Vec::new(), Vec::new());
    for field in &layout.header {
        match said.header.remove(&field.key) {
            Some(lines) => header.push(HeaderRow {
                key: field.key.clone(),
                label: field.label.clone(),
                lines: lines.value,
                span: lines.span,
            }),
            None => missing_header.push(field.key.clone()),
        }
    }
    let numbering = numbers::own_or(&blocks, ParagraphNumbers::None);
    Report {
        subject: said.subject,
        header,
        missing_header,
        contacts: Vec::new(),
        recommendations: said.recommendations,
        body: numbers::number(blocks, numbering),
        footnotes,
        signatory: None,
        background_papers: None,
        lang: None,
        span,
    }
}

/// Blocks as a report has them.
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

    /// What a paragraph is by its looks: a heading, or a paragraph indeed.
    fn line(&mut self, content: Vec<Inline>) -> BlockKind {
        let words = plain(&content);
        let depth = numbers::depth(&words);
        let asks = self.fields.asks(&words);
        let short = words.len() <= LONGEST;
        let heading = short && (is_bold(&content, depth.is_some()) || asks);
        // What members are asked to decide stands over the sections in many reports.
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

    /// The items of a list that numbers sections or paragraphs, each as what it is; those between
    /// them that have no such number stay a list.
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

/// Whether a list, or one in it, numbers sections or paragraphs: it has labels such as 1.1, or is a
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

/// The number of an item, where it is one of figures: "3.", "3.1".
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
