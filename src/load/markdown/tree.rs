//! The elements that are open while Markdown is read, and what is made of them when they close.

use std::collections::BTreeMap;
use std::ops::Range;

use super::link::Meant;
use super::origin::{Places, trim_range};
use crate::finding::Span;
use crate::load::disk::Refusal;
use crate::load::notes::Notes;
use crate::model::SourceName;
use crate::prose::{
    Alignment, Block, BlockKind, Figure, Footnote, Inline, InlineKind, LinkTarget, List, ListItem,
    Prose, plain,
};

/// An element that is open.
pub(super) struct Frame {
    pub(super) open: Open,
    pub(super) range: Range<usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// Whether it had running text without a paragraph.
    pub(super) tight: bool,
}

/// The cells of a row, each with its words and its place.
pub(super) type Cells = Vec<(Vec<Inline>, Range<usize>)>;

/// The kinds of element.
pub(super) enum Open {
    Document,
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
        lang: Option<String>,
    },
    Quote,
    Preformatted(String),
    Html(String),
    List {
        start: Option<(u64, char)>,
        items: Vec<(Vec<Block>, Range<usize>)>,
        tight: bool,
    },
    Item,
    Footnote(String),
    Table {
        columns: Vec<Alignment>,
        head: Vec<(Cells, Range<usize>)>,
        rows: Vec<(Cells, Range<usize>)>,
    },
    Row(Cells),
    Cell,
    Strong,
    Emphasis,
    Struck,
    Link(Option<LinkTarget>),
    Image {
        source: Option<SourceName>,
        title: String,
    },
}

impl Open {
    /// Whether it is a block and not running text.
    pub(super) fn is_block(&self) -> bool {
        !matches!(
            self,
            Open::Strong | Open::Emphasis | Open::Struck | Open::Link(_) | Open::Image { .. }
        )
    }

    /// Whether it holds blocks directly.
    pub(super) fn holds_blocks(&self) -> bool {
        matches!(
            self,
            Open::Document | Open::Quote | Open::Item | Open::Footnote(_)
        )
    }

    /// Whether it can hold others of its sort, so that its depth counts.
    pub(super) fn nests(&self) -> bool {
        matches!(self, Open::Quote | Open::List { .. }) || !self.is_block()
    }
}

impl Frame {
    pub(super) fn new(open: Open, range: Range<usize>) -> Self {
        Self {
            open,
            range,
            blocks: Vec::new(),
            inlines: Vec::new(),
            tight: false,
        }
    }

    /// Makes a paragraph of the running text that it holds directly.
    pub(super) fn flush(&mut self) {
        let inlines = std::mem::take(&mut self.inlines);
        let span = match (inlines.first(), inlines.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => return,
        };
        self.tight = true;
        if let Some(kind) = paragraph(inlines) {
            self.blocks.push(Block {
                kind,
                span,
                lang: None,
            });
        }
    }
}

/// What a piece of Markdown says.
#[derive(Debug, Default)]
pub(in crate::load) struct Reading {
    /// The prose.
    pub(in crate::load) prose: Prose,
    /// The images that it shows, by their path from the workspace, and where each is named.
    pub(in crate::load) images: Vec<(SourceName, Span)>,
}

/// Finds the file that an image names.
pub(in crate::load) type Locate<'l> = &'l dyn Fn(&str) -> Result<SourceName, Refusal>;

pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) origin: Places<'a>,
    pub(super) locate: Locate<'a>,
    pub(super) notes: &'a Notes,
    /// Addresses that replace those that wrap them.
    pub(super) meant: Meant,
    pub(super) stack: Vec<Frame>,
    /// How many open elements are being left out, because they nest too deep.
    pub(super) skipping: usize,
    pub(super) footnotes: BTreeMap<String, Footnote>,
    /// The label of each reference to a footnote, in order.
    pub(super) references: Vec<String>,
    /// The labels of references in the text itself.
    pub(super) begun: Vec<String>,
    /// The labels of references in each footnote.
    pub(super) leads: BTreeMap<String, Vec<String>>,
    pub(super) reading: Reading,
}

impl Builder<'_> {
    /// The mark after the first number of a numbered list.
    pub(super) fn list_mark(&self, range: &Range<usize>) -> char {
        self.marker(range).map_or('.', |(_, mark)| mark)
    }

    /// Number and mark at the start of a numbered list's item.
    fn marker(&self, range: &Range<usize>) -> Option<(u64, char)> {
        let text = self.text.get(range.clone())?.trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = text[digits..].chars().next()?;
        Some((text[..digits].parse().ok()?, mark))
    }

    /// Makes a list. A number that does not follow the one before is kept as the item's label, unless
    /// the author wrote the same number everywhere, as Markdown allows.
    pub(super) fn list(
        &self,
        start: Option<(u64, char)>,
        items: Vec<(Vec<Block>, Range<usize>)>,
        tight: bool,
    ) -> List {
        let written: Vec<Option<(u64, char)>> = items
            .iter()
            .map(|(_, range)| start.and(self.marker(range)))
            .collect();
        let lazy = written.len() > 1
            && written
                .iter()
                .all(|number| number.map(|(number, _)| number) == start.map(|(start, _)| start));
        let mut expected = start.map_or(0, |(number, _)| number);
        let items = items
            .into_iter()
            .zip(written)
            .map(|((blocks, range), written)| {
                let label = written
                    .filter(|&(number, _)| !lazy && number != expected)
                    .map(|(number, mark)| {
                        expected = number;
                        format!("{number}{mark}")
                    });
                expected = expected.saturating_add(1);
                ListItem {
                    blocks,
                    label,
                    span: self.origin.span(trim_range(self.text, range)),
                }
            })
            .collect();
        List {
            start,
            tight,
            items,
        }
    }
}

/// A paragraph; or a figure, if it begins with its only image: the words after that are the caption.
/// `None` if it is empty.
pub(super) fn paragraph(inlines: Vec<Inline>) -> Option<BlockKind> {
    let is_image = |inline: &Inline| matches!(inline.kind, InlineKind::Image(_));
    let mut inlines = trimmed(inlines);
    if inlines.is_empty() {
        return None;
    }
    if !is_image(&inlines[0]) || inlines[1..].iter().any(is_image) {
        return Some(BlockKind::Paragraph(inlines));
    }
    let words = trimmed(inlines.split_off(1));
    match inlines.pop().map(|inline| inline.kind) {
        Some(InlineKind::Image(mut figure)) => {
            if !words.is_empty() {
                figure.caption = Some(words);
            }
            Some(BlockKind::Figure(figure))
        }
        _ => None,
    }
}

/// Running text without line ends and empty words at its ends.
pub(super) fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let blank = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        _ => false,
    };
    while inlines.last().is_some_and(blank) {
        inlines.pop();
    }
    let first = inlines.iter().position(|inline| !blank(inline));
    inlines.drain(..first.unwrap_or(0));
    inlines
}

/// Appends a piece; words after words become one piece.
pub(super) fn append(inlines: &mut Vec<Inline>, inline: Inline) {
    if let (
        Some(Inline {
            kind: InlineKind::Text(before),
            span,
        }),
        InlineKind::Text(text),
    ) = (inlines.last_mut(), &inline.kind)
    {
        before.push_str(text);
        *span = span.to(inline.span);
    } else {
        inlines.push(inline);
    }
}

/// A figure with its file, title and alternative text.
pub(super) fn figure(
    source: Option<SourceName>,
    title: &str,
    alt: &[Inline],
    span: Span,
) -> Option<Figure> {
    let caption = (!title.is_empty()).then(|| {
        vec![Inline {
            kind: InlineKind::Text(title.to_owned()),
            span,
        }]
    });
    Some(Figure {
        source: source?.0,
        alt: plain(alt),
        caption,
        lettering: Vec::new(),
        share: None,
    })
}
