//! Finds a report's parts without front matter, as in Word and PDF: the rows of the council's header, in a
//! first table with labels on the left or in lines such as "Label: value", and the subject.
//!
//! What is found is taken out of the text, since the pack prints it in the header. Sections stay
//! where they are: rules know them by their headings.

use std::collections::BTreeMap;

mod fields;

pub(super) use self::fields::Fields;
use self::fields::{bare, labelled, lines, words};
use super::numbers;
use super::word::{BACKGROUND_PAPERS, RECOMMENDATIONS_HEADING, SIGNED_BY, Tagged};
use crate::finding::{Span, Spanned};
use crate::model::ReportLayout;
use crate::prose::{Block, BlockKind, Inline, InlineKind, Prose, Row, Table, plain};

/// How many blocks at the start may belong to the header.
const HEAD: usize = 25;

/// The parts of a report that were found in its text.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) subject: Option<Spanned<String>>,
    /// The lines of each row of the header, by the council's key.
    pub(super) header: BTreeMap<String, Spanned<Vec<String>>>,
    pub(super) recommendations: Option<Spanned<Prose>>,
    pub(super) background_papers: Option<Vec<String>>,
    /// The lines of the signatory.
    pub(super) signatory: Option<Spanned<Vec<String>>>,
    /// Whether parts were looked for, because the report has no front matter.
    pub(super) from_text: bool,
}

/// Takes the parts of a report out of its text. `title` is the paragraph in the style of a title; `tagged`
/// are content controls that say which part they hold.
pub(super) fn take(
    blocks: &mut Vec<Block>,
    title: Option<Span>,
    tagged: &[Tagged],
    layout: &ReportLayout,
) -> Parts {
    let mut parts = Parts {
        from_text: true,
        ..Parts::default()
    };
    let fields = Fields(layout);
    for control in tagged {
        parts.take_tagged(control, blocks, &fields);
    }
    let table = blocks
        .iter()
        .take(HEAD)
        .position(|block| matches!(&block.kind, BlockKind::Table(table) if fields.head(table)));
    if let Some(place) = table
        && let BlockKind::Table(table) = &mut blocks[place].kind
    {
        parts.take_rows(table, &fields);
        if table.rows.is_empty() {
            blocks.remove(place);
        }
    }
    parts.take_lines(blocks, &fields);
    if parts.recommendations.is_none() {
        parts.take_asked(blocks, &fields);
    }
    parts.take_ends(blocks, &fields);
    // A title is looked for only if the report does not state its subject.
    if parts.subject.is_none() {
        parts.take_title(blocks, title);
    }
    if let Some(row) = parts.header.get("subject") {
        let subject = row.value.join(" ");
        parts.subject = Some(Spanned::new(subject, row.span));
    }
    parts
}

impl Parts {
    /// Takes what a content control holds, and where it stands.
    fn take_tagged(&mut self, control: &Tagged, blocks: &mut Vec<Block>, fields: &Fields<'_>) {
        let lines = Spanned::new(control.lines.clone(), control.span);
        match control.key.as_str() {
            "recommendations" => {
                self.take_recommendations(control.span, blocks, fields);
                return;
            }
            RECOMMENDATIONS_HEADING => {
                self.take_section(control.span, blocks);
                return;
            }
            "background-papers" => self.take_papers(&control.lines, fields),
            "signatory" => self.signatory = Some(lines).filter(|lines| !lines.is_empty()),
            key if key == "subject" || fields.has(key) => {
                if !lines.is_empty() {
                    if key == "subject" {
                        let subject = lines.join(" ");
                        self.subject = Some(Spanned::new(subject, lines.span));
                    }
                    self.header.insert(key.to_owned(), lines);
                }
            }
            _ => return,
        }
        let at = control.span.start;
        let holds =
            |span: Span| (span.start..span.end).contains(&at) || span.start < at && at == span.end;
        let Some(place) = blocks.iter().position(|block| holds(block.span)) else {
            return;
        };
        let emptied = match &mut blocks[place].kind {
            BlockKind::Table(table) => {
                if let Some(row) = table.rows.iter().position(|row| holds(row.span)) {
                    table.rows.remove(row);
                    table.header_rows = table.header_rows.min(table.rows.len());
                }
                // Rows that are not tagged may have known labels.
                if table.rows.iter().any(|row| fields.knows(row)) {
                    self.take_rows(table, fields);
                }
                table.rows.is_empty()
            }
            BlockKind::Paragraph(_) => blocks[place].span.start == at || control.span.end > at,
            _ => false,
        };
        if emptied {
            blocks.remove(place);
        }
    }

    /// Takes the recommendations and the heading over them.
    fn take_recommendations(&mut self, span: Span, blocks: &mut Vec<Block>, fields: &Fields<'_>) {
        let inside = |block: &Block| span.start <= block.span.start && block.span.start < span.end;
        let first = blocks
            .iter()
            .position(|block| block.span.start >= span.start);
        let first = first.unwrap_or(blocks.len());
        let taken: Vec<Block> = blocks.extract_if(first.., |block| inside(block)).collect();
        let heading = first.checked_sub(1).filter(|place| {
            matches!(&blocks[*place].kind, BlockKind::Heading { content, .. } if fields.is_recommendations(&plain(content)))
        });
        if let Some(place) = heading {
            blocks.remove(place);
        }
        if !taken.is_empty() {
            let prose = Prose {
                blocks: taken,
                ..Prose::default()
            };
            self.recommendations = Some(Spanned::new(prose, span));
        }
    }

    /// Takes the heading of the recommendations and the blocks under it.
    fn take_section(&mut self, heading: Span, blocks: &mut Vec<Block>) {
        let level = |block: &Block| match block.kind {
            BlockKind::Heading { level, .. } => Some(level),
            _ => None,
        };
        let is = |block: &Block| block.span.start == heading.start && level(block).is_some();
        let Some(place) = blocks.iter().position(is) else {
            return;
        };
        let own = level(&blocks[place]);
        let next = blocks[place + 1..]
            .iter()
            .position(|block| level(block).is_some_and(|level| Some(level) <= own));
        let end = next.map_or(blocks.len(), |next| place + 1 + next);
        let taken: Vec<Block> = blocks.drain(place..end).skip(1).collect();
        if let (Some(first), Some(last)) = (taken.first(), taken.last()) {
            let span = first.span.to(last.span);
            let prose = Prose {
                blocks: taken,
                ..Prose::default()
            };
            self.recommendations = Some(Spanned::new(prose, span));
        }
    }

    /// Takes the table with only background papers and signatory, at the end of a report.
    fn take_ends(&mut self, blocks: &mut Vec<Block>, fields: &Fields<'_>) {
        let label = |row: &Row| match row.cells.as_slice() {
            [label, _] => bare(&words(&label.blocks)),
            _ => String::new(),
        };
        let (papers, signed) = (bare(BACKGROUND_PAPERS), bare(SIGNED_BY));
        let is_end = |block: &Block| {
            matches!(&block.kind, BlockKind::Table(table)
                if !table.rows.is_empty() && table.rows.iter().all(|row| [&papers, &signed].contains(&&label(row))))
        };
        let Some(place) = blocks.iter().rposition(is_end) else {
            return;
        };
        if let BlockKind::Table(table) = blocks.remove(place).kind {
            for row in table.rows {
                let said: Vec<String> = row.cells.iter().skip(1).flat_map(lines).collect();
                if label(&row) == papers {
                    self.take_papers(&said, fields);
                } else if !said.is_empty() {
                    self.signatory.get_or_insert(Spanned::new(said, row.span));
                }
            }
        }
    }

    fn take_papers(&mut self, lines: &[String], fields: &Fields<'_>) {
        if !lines.is_empty() && self.background_papers.is_none() {
            let papers = lines.iter().filter(|line| !fields.is_nil(line));
            self.background_papers = Some(papers.cloned().collect());
        }
    }

    fn take_rows(&mut self, table: &mut Table, fields: &Fields<'_>) {
        table.rows.retain_mut(|row| {
            let [label, values @ ..] = row.cells.as_mut_slice() else {
                return true;
            };
            let words = words(&label.blocks);
            if let Some(field) = fields.of(&words) {
                let lines = values.iter().flat_map(lines).collect();
                let row = Spanned::new(lines, row.span);
                return self.header.insert(field.key.clone(), row).is_some();
            }
            if fields.is_recommendations(&words) && self.recommendations.is_none() {
                let blocks = values
                    .iter_mut()
                    .flat_map(|cell| std::mem::take(&mut cell.blocks));
                let prose = Prose {
                    blocks: blocks.collect(),
                    ..Prose::default()
                };
                self.recommendations = Some(Spanned::new(prose, row.span));
                return false;
            }
            true
        });
        table.header_rows = table.header_rows.min(table.rows.len());
    }

    /// Takes the lines "Label: value" before the first heading below level 1.
    fn take_lines(&mut self, blocks: &mut Vec<Block>, fields: &Fields<'_>) {
        let head = blocks
            .iter()
            .take(HEAD)
            .position(|block| matches!(block.kind, BlockKind::Heading { level: 2.., .. }))
            .unwrap_or(HEAD.min(blocks.len()));
        let mut place = 0;
        blocks.retain(|block| {
            place += 1;
            let BlockKind::Paragraph(content) = &block.kind else {
                return true;
            };
            let said = (place <= head).then(|| labelled(content, fields)).flatten();
            let Some((key, value)) = said.filter(|(key, _)| !self.header.contains_key(*key)) else {
                return true;
            };
            let row = Spanned::new(vec![value], block.span);
            self.header.insert(key.to_owned(), row);
            false
        });
    }

    /// Takes the recommendations that begin with a line "Recommendations:" before the first section or
    /// numbered paragraph, and end there or at the next bold line.
    fn take_asked(&mut self, blocks: &mut Vec<Block>, fields: &Fields<'_>) {
        let body = |block: &Block| match &block.kind {
            BlockKind::Heading { level, .. } => *level > 1 || numbers::opens(block),
            _ => numbers::opens(block),
        };
        let end = blocks.iter().position(body).unwrap_or(blocks.len());
        let label = |block: &Block| match &block.kind {
            BlockKind::Paragraph(content) => {
                let words = plain(content);
                let label = words.split_inclusive(':').next()?;
                fields
                    .is_recommendations(label)
                    .then(|| label.trim_start().to_owned())
            }
            _ => None,
        };
        let found = blocks[..end].iter().enumerate();
        let Some((first, label)) = { found }.find_map(|(at, block)| Some((at, label(block)?)))
        else {
            return;
        };
        let end = blocks[first + 1..end]
            .iter()
            .position(|block| match &block.kind {
                BlockKind::Paragraph(content) => is_bold(content, false),
                _ => false,
            })
            .map_or(end, |bold| first + 1 + bold);
        let mut taken: Vec<Block> = blocks.drain(first..end).collect();
        let span = taken[0].span;
        if let BlockKind::Paragraph(content) = &mut taken[0].kind {
            let _ = numbers::cut(content, &label);
            if plain(content).trim_matches([' ', ':']).is_empty() {
                taken.remove(0);
            }
        }
        let prose = Prose {
            blocks: taken,
            ..Prose::default()
        };
        self.recommendations = Some(Spanned::new(prose, span));
    }

    /// Takes the title: the paragraph in that style, or else the only heading of level 1, if it is the
    /// first, has others below it and has no number. One with a number is the report's only section.
    fn take_title(&mut self, blocks: &mut Vec<Block>, title: Option<Span>) {
        let styled = title.and_then(|title| {
            let is = |block: &Block| {
                block.span == title && matches!(block.kind, BlockKind::Paragraph(_))
            };
            blocks.iter().position(is)
        });
        let level = |block: &Block| match block.kind {
            BlockKind::Heading { level, .. } => Some(level),
            _ => None,
        };
        let mut levels = blocks.iter().filter_map(level);
        let over_all = levels.next() == Some(1) && {
            let mut rest = levels.peekable();
            rest.peek().is_some() && rest.all(|level| level > 1)
        };
        let heading = over_all
            .then(|| blocks.iter().position(|block| level(block).is_some()))
            .flatten()
            .filter(|place| !numbers::opens(&blocks[*place]));
        let Some(place) = styled.or(heading) else {
            return;
        };
        let taken = blocks.remove(place);
        if let BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) = &taken.kind {
            self.subject = Some(Spanned::new(plain(content).trim().to_owned(), taken.span));
        }
        if styled.is_none() {
            for block in blocks {
                if let BlockKind::Heading { level, .. } = &mut block.kind {
                    *level -= 1;
                }
            }
        }
    }
}

/// Whether a line is all bold; if it is `numbered`, its number need not be.
pub(super) fn is_bold(content: &[Inline], numbered: bool) -> bool {
    let mut bold = false;
    is_bold_on(content, numbered, &mut bold) && bold
}

/// The same for a part of the line; `bold` becomes true once something is bold.
fn is_bold_on(content: &[Inline], numbered: bool, bold: &mut bool) -> bool {
    content.iter().all(|inline| match &inline.kind {
        InlineKind::Strong(_) => {
            *bold = true;
            true
        }
        InlineKind::Lang(_, inner) => is_bold_on(inner, numbered, bold),
        InlineKind::Text(text) => {
            let text = text.trim_matches([' ', ':', '.', '\u{a0}']);
            let figure = |byte: u8| byte.is_ascii_digit() || byte == b'.';
            text.is_empty() || numbered && !*bold && text.bytes().all(figure)
        }
        InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::FootnoteRef(_) => true,
        _ => false,
    })
}

#[cfg(test)]
pub(super) mod tests;
