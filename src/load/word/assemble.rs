//! Assembles a story: paragraphs become headings, lists, captions, figures and quotations, depending
//! on what is around them.

use super::found::Found;
use super::numbering::{Label, Shape};
use super::story::{Paragraph, Read, block};
use super::styles::Kind;
use super::survey::Survey;
use crate::finding::Span;
use crate::load::numbers::depth;
use crate::prose::{Block, BlockKind, Figure, Inline, InlineKind, List, ListItem, plain};

/// The most words of a paragraph that is read as a heading only because it looks like one.
const MOST_HEADING_WORDS: usize = 12;
/// The deepest level of heading.
const DEEPEST: u8 = 6;

/// Assembles what was read. `top` is true for the text itself, and false for a cell or a note, which
/// have no headings.
pub(super) fn assemble(
    reads: Vec<Read>,
    survey: &Survey,
    found: &mut Found,
    top: bool,
) -> Vec<Block> {
    let mut maker = Maker::default();
    let mut reads = reads.into_iter().peekable();
    while let Some(read) = reads.next() {
        let paragraph = match read {
            Read::Block(inner) => {
                maker.block(inner);
                continue;
            }
            Read::Paragraph(paragraph) => *paragraph,
        };
        if paragraph.kind == Kind::Caption {
            maker.caption(paragraph);
            continue;
        }
        // Bold lines below one another are a letterhead, unless a number tells the first of them from
        // a bold sentence below it.
        let next_stands_out = matches!(reads.peek(), Some(Read::Paragraph(next))
            if next.stands_out
                && next.label.is_none()
                && (looks_like_heading(next) || depth(&plain(&paragraph.content)).is_none()));
        let by_looks = top
            && !survey.has_headings
            && reads.peek().is_some()
            && !next_stands_out
            && looks_like_heading(&paragraph);
        if by_looks {
            found.heading_by_looks(paragraph.span);
        }
        let level = paragraph
            .heading
            .filter(|_| top)
            .or(by_looks.then_some(survey.highest));
        match level {
            Some(level) => maker.heading(paragraph, (level + 1).saturating_sub(survey.highest)),
            None => maker.paragraph(paragraph, survey, top),
        }
    }
    maker.finish()
}

fn looks_like_heading(paragraph: &Paragraph) -> bool {
    let words = plain(&paragraph.content);
    let bullet = matches!(&paragraph.label, Some((label, _)) if label.shape == Shape::Bullet);
    paragraph.stands_out
        && !bullet
        && paragraph.kind != Kind::Title
        && words.split_whitespace().count() <= MOST_HEADING_WORDS
        && words.chars().any(char::is_alphabetic)
        && !words.trim_end().ends_with(['.', ';', ','])
}

/// A list that is still open.
struct Growing {
    level: u8,
    bullet: bool,
    scheme: u32,
    /// How far its text stands in from the left.
    indent: i64,
    next: u64,
    list: List,
    span: Span,
}

#[derive(Default)]
struct Maker {
    blocks: Vec<Block>,
    lists: Vec<Growing>,
    /// A caption that waits for its table.
    caption: Option<Paragraph>,
}

impl Maker {
    fn finish(mut self) -> Vec<Block> {
        self.close(0);
        self.loose_caption();
        self.blocks
    }

    /// Closes lists until only `open` are left.
    fn close(&mut self, open: usize) {
        while self.lists.len() > open
            && let Some(done) = self.lists.pop()
        {
            let done = block(BlockKind::List(done.list), done.span);
            let item = self
                .lists
                .last_mut()
                .and_then(|around| around.list.items.last_mut());
            match item {
                Some(item) => item.blocks.push(done),
                None => self.blocks.push(done),
            }
        }
    }

    fn block(&mut self, mut inner: Block) {
        self.close(0);
        let caption = match &mut inner.kind {
            BlockKind::Table(table) => Some(&mut table.caption),
            BlockKind::Figure(figure) => Some(&mut figure.caption),
            _ => None,
        };
        match caption.filter(|caption| caption.is_none()) {
            Some(caption) => *caption = self.caption.take().map(|waiting| waiting.content),
            None => self.loose_caption(),
        }
        self.blocks.push(inner);
    }

    /// A caption belongs to the figure or table that it follows, else to the one that follows it.
    fn caption(&mut self, paragraph: Paragraph) {
        self.close(0);
        self.loose_caption();
        let before = self.blocks.last_mut().map(|block| &mut block.kind);
        match before {
            Some(BlockKind::Figure(figure)) if figure.caption.is_none() => {
                figure.caption = Some(paragraph.content);
            }
            _ => self.caption = Some(paragraph),
        }
    }

    /// A caption that nothing follows belongs to the table before it, else it is a paragraph.
    fn loose_caption(&mut self) {
        let Some(caption) = self.caption.take() else {
            return;
        };
        match self.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Table(table)) if table.caption.is_none() => {
                table.caption = Some(caption.content);
            }
            _ => self
                .blocks
                .push(block(BlockKind::Paragraph(caption.content), caption.span)),
        }
    }

    /// Pictures in a heading go before it. One without words is not a heading.
    fn heading(&mut self, mut paragraph: Paragraph, level: u8) {
        self.close(0);
        let (pictures, words): (Vec<Inline>, Vec<Inline>) = std::mem::take(&mut paragraph.content)
            .into_iter()
            .partition(|inline| matches!(inline.kind, InlineKind::Image(_)));
        for picture in pictures {
            if let InlineKind::Image(figure) = picture.kind {
                self.block(block(BlockKind::Figure(figure), picture.span));
            }
        }
        self.loose_caption();
        let empty = plain(&words).trim().is_empty();
        paragraph.content = words;
        let (id, span) = (paragraph.id.clone(), paragraph.span);
        if empty {
            if !paragraph.content.is_empty() {
                let content = paragraph.content;
                self.blocks.push(block(BlockKind::Paragraph(content), span));
            }
            return;
        }
        let content = unstressed(numbered(paragraph));
        let level = level.clamp(1, DEEPEST);
        self.blocks
            .push(block(BlockKind::Heading { level, id, content }, span));
    }

    fn paragraph(&mut self, paragraph: Paragraph, survey: &Survey, top: bool) {
        let pictures = only_pictures(&paragraph.content);
        if let (Some(figures), None) = (pictures, &paragraph.label) {
            for (figure, span) in figures {
                self.block(block(BlockKind::Figure(figure), span));
            }
            return;
        }
        self.loose_caption();
        let listed =
            matches!(&paragraph.label, Some((label, _)) if !survey.numbers_paragraphs(label));
        if listed {
            self.item(paragraph);
            return;
        }
        if paragraph.label.is_none() && self.goes_on(&paragraph) {
            return;
        }
        self.close(0);
        let (span, kind) = (paragraph.span, paragraph.kind);
        let heads = paragraph.heading.is_some() && !top || kind == Kind::Title;
        let content = numbered(paragraph);
        let content = if heads {
            vec![Inline {
                kind: InlineKind::Strong(unstressed(content)),
                span,
            }]
        } else {
            content
        };
        let made = block(BlockKind::Paragraph(content), span);
        match (kind, self.blocks.last_mut().map(|block| &mut block.kind)) {
            (Kind::Quote, Some(BlockKind::Quote(before))) => before.push(made),
            (Kind::Quote, _) => self.blocks.push(block(BlockKind::Quote(vec![made]), span)),
            _ => self.blocks.push(made),
        }
    }

    /// Adds a paragraph that is indented as far as a list's text to the list's last item.
    fn goes_on(&mut self, paragraph: &Paragraph) -> bool {
        if paragraph.indent <= 0 || paragraph.kind != Kind::Text {
            return false;
        }
        let inside = |list: &Growing| list.indent > 0 && paragraph.indent >= list.indent;
        let Some(place) = self.lists.iter().rposition(inside) else {
            return false;
        };
        self.close(place + 1);
        let item = self.lists.last_mut().and_then(|list| {
            list.span = list.span.to(paragraph.span);
            list.list.items.last_mut()
        });
        let Some(item) = item else { return false };
        let content = paragraph.content.clone();
        item.blocks
            .push(block(BlockKind::Paragraph(content), paragraph.span));
        true
    }

    fn item(&mut self, paragraph: Paragraph) {
        let Some((label, _)) = paragraph.label else {
            return;
        };
        let bullet = label.shape == Shape::Bullet;
        let keep = self
            .lists
            .iter()
            .rposition(|list| list.level <= label.level)
            .map_or(0, |place| place + 1);
        self.close(keep);
        let follows = self.lists.last().is_some_and(|list| {
            list.level == label.level
                && list.bullet == bullet
                && (bullet || list.scheme == label.scheme)
                && !begins_again(list, &label)
        });
        if !follows
            && self
                .lists
                .last()
                .is_some_and(|list| list.level == label.level)
        {
            self.close(keep - 1);
        }
        if !follows {
            self.lists.push(Growing {
                level: label.level,
                bullet,
                scheme: label.scheme,
                indent: label.indent.unwrap_or(paragraph.indent),
                next: 0,
                list: List {
                    start: start(&label),
                    tight: true,
                    items: Vec::new(),
                },
                span: paragraph.span,
            });
        }
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let shown = match (label.shape, list.list.start) {
            (Shape::Bullet, _) => None,
            (Shape::Number(number, mark), Some((_, of_list)))
                if mark == of_list && (list.list.items.is_empty() || number == list.next) =>
            {
                list.next = number.saturating_add(1);
                None
            }
            (Shape::Number(number, _), _) => {
                list.next = number.saturating_add(1);
                Some(label.text)
            }
            (Shape::Dotted | Shape::Other, _) => Some(label.text),
        };
        list.span = list.span.to(paragraph.span);
        list.list.items.push(ListItem {
            blocks: vec![block(
                BlockKind::Paragraph(paragraph.content),
                paragraph.span,
            )],
            label: shown,
            span: paragraph.span,
        });
    }
}

/// Whether a label is the first number of another list rather than the next of this one.
fn begins_again(list: &Growing, label: &Label) -> bool {
    matches!(label.shape, Shape::Number(number, _) if number < list.next)
}

/// The first number of a numbered list.
fn start(label: &Label) -> Option<(u64, char)> {
    match label.shape {
        Shape::Number(number, mark)
            if label.text.starts_with(|first: char| first.is_ascii_digit()) =>
        {
            Some((number, mark))
        }
        _ => None,
    }
}

/// A paragraph's words after its number.
fn numbered(paragraph: Paragraph) -> Vec<Inline> {
    let Paragraph {
        mut content,
        label,
        span,
        ..
    } = paragraph;
    let Some((label, place)) = label.filter(|(label, _)| label.shape != Shape::Bullet) else {
        return content;
    };
    let text = format!("{} ", label.text);
    let place = Span {
        end: place.end.saturating_add(1).min(span.end),
        ..place
    };
    match content.first_mut() {
        Some(Inline {
            kind: InlineKind::Text(words),
            span: first,
        }) => {
            words.insert_str(0, &text);
            first.start = place.start;
        }
        _ => content.insert(
            0,
            Inline {
                kind: InlineKind::Text(text),
                span: place,
            },
        ),
    }
    content
}

/// The words of a heading without bold, since the heading stands out anyway.
fn unstressed(content: Vec<Inline>) -> Vec<Inline> {
    content
        .into_iter()
        .flat_map(|inline| match inline.kind {
            InlineKind::Strong(inner) => unstressed(inner),
            InlineKind::HardBreak => {
                vec![Inline {
                    kind: InlineKind::Text(" ".to_owned()),
                    ..inline
                }]
            }
            _ => vec![inline],
        })
        .collect()
}

/// The pictures of a paragraph that has nothing else.
fn only_pictures(content: &[Inline]) -> Option<Vec<(Figure, Span)>> {
    let mut figures = Vec::new();
    for inline in content {
        match &inline.kind {
            InlineKind::Image(figure) => figures.push((figure.clone(), inline.span)),
            InlineKind::Text(text) if text.trim().is_empty() => {}
            InlineKind::HardBreak => {}
            _ => return None,
        }
    }
    (!figures.is_empty()).then_some(figures)
}
