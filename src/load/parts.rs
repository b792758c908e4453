//! Finds a report's parts without front matter, as in Word and PDF: the rows of the council's header, in a
//! first table with labels on the left or in lines such as "Label: value", and the subject.
//!
//! What is found is taken out of the text, since the pack prints it in the header. Sections stay
//! where they are: rules know them by their headings.

use std::collections::BTreeMap;

use super::numbers;
use super::word::{BACKGROUND_PAPERS, RECOMMENDATIONS_HEADING, SIGNED_BY, Tagged};
use crate::finding::{Span, Spanned};
use crate::model::{HeaderField, ReportLayout, names};
use crate::prose::{Block, BlockKind, Cell, Inline, InlineKind, Prose, Row, Table, plain};

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

/// Finds fields by the council's labels.
pub(super) struct Fields<'l>(pub(super) &'l ReportLayout);

impl Fields<'_> {
    /// The field of a label; `None` for one that the council does not know.
    fn of(&self, label: &str) -> Option<&HeaderField> {
        let label = bare(label);
        let is = |other: &str| bare(other) == label;
        self.0.header.iter().find(|field| {
            !label.is_empty() && (is(&field.label) || is(&field.key.replace('-', " ")))
        })
    }

    fn has(&self, key: &str) -> bool {
        self.0.header.iter().any(|field| field.key == key)
    }

    fn is_nil(&self, words: &str) -> bool {
        self.0.nil.iter().any(|nil| bare(nil) == bare(words))
    }

    fn is_recommendations(&self, label: &str) -> bool {
        let heading = &self.0.recommendations_heading;
        // This is called for every line of a paper: long lines are not compared.
        if label.trim().len() > heading.len().max("recommendations".len()) * 2 {
            return false;
        }
        let label = bare(label);
        label == bare(heading) || matches!(label.as_str(), "recommendation" | "recommendations")
    }

    /// Whether a line is the heading over the recommendations, with or without a number.
    pub(super) fn asks(&self, line: &str) -> bool {
        let figure = |c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace();
        self.is_recommendations(line.trim_start_matches(figure))
    }

    /// Whether a row has a label of the header.
    fn knows(&self, row: &Row) -> bool {
        matches!(row.cells.as_slice(), [label, _, ..] if self.of(&words(&label.blocks)).is_some())
    }

    /// Whether at least two rows of a table have labels of the header.
    fn head(&self, table: &Table) -> bool {
        table.rows.iter().filter(|row| self.knows(row)).count() >= 2
    }
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

/// The key and the value of a line "Label: value". A bold label needs no colon.
fn labelled<'f>(content: &[Inline], fields: &'f Fields<'_>) -> Option<(&'f str, String)> {
    let words = plain(content);
    let stressed = match content.first().map(|first| &first.kind) {
        Some(InlineKind::Strong(inner)) => plain(inner).len(),
        _ => 0,
    };
    let colon = words.find(':');
    let at = [colon, Some(stressed).filter(|at| *at > 0)];
    at.into_iter().flatten().find_map(|at| {
        let (label, value) = words.split_at_checked(at)?;
        let value = value.trim_start_matches(':').trim();
        let field = fields.of(label)?;
        (!value.is_empty()).then(|| (field.key.as_str(), value.to_owned()))
    })
}

/// The lines of a cell: its paragraphs and the items of its lists.
fn lines(cell: &Cell) -> Vec<String> {
    let mut all = Vec::new();
    gather(&cell.blocks, &mut all);
    all
}

fn gather(blocks: &[Block], all: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                let words = plain(content);
                all.extend((!words.trim().is_empty()).then(|| words.trim().to_owned()));
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    gather(&item.blocks, all);
                }
            }
            BlockKind::Quote(inner) => gather(inner, all),
            BlockKind::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    gather(&cell.blocks, all);
                }
            }
            BlockKind::Figure(_) | BlockKind::Preformatted(_) | BlockKind::Rule => {}
        }
    }
}

fn words(blocks: &[Block]) -> String {
    let mut all = Vec::new();
    gather(blocks, &mut all);
    all.join(" ")
}

/// A label for comparison: without case, closing colon and "(s)".
fn bare(label: &str) -> String {
    let label = label.trim().trim_end_matches([':', ' ']).replace("(s)", "");
    names::folded(&label)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::finding::FileId;
    use crate::prose::Alignment;

    fn at(start: usize) -> Span {
        Span::new(FileId(0), start, start + 1)
    }

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline {
            kind: InlineKind::Text(words.to_owned()),
            span: at(0),
        }]
    }

    fn block(kind: BlockKind, start: usize) -> Block {
        Block {
            kind,
            span: at(start),
            lang: None,
        }
    }

    fn paragraph(words: &str, start: usize) -> Block {
        block(BlockKind::Paragraph(text(words)), start)
    }

    fn heading(level: u8, words: &str, start: usize) -> Block {
        let content = text(words);
        block(
            BlockKind::Heading {
                level,
                id: None,
                content,
            },
            start,
        )
    }

    /// A layout whose header has these fields: the key and the label of each.
    pub(in crate::load) fn layout(fields: &[(&str, &str)]) -> ReportLayout {
        let field = |(key, label): &(&str, &str)| HeaderField {
            key: (*key).to_owned(),
            label: (*label).to_owned(),
            required: true,
        };
        ReportLayout {
            header: fields.iter().map(field).collect(),
            ..ReportLayout::default()
        }
    }

    const FIELDS: [(&str, &str); 3] = [
        ("subject", "Subject"),
        ("cabinet-member", "Cabinet Member(s)"),
        ("director", "Director"),
    ];

    fn row(label: &str, value: &str) -> Row {
        let cell = |words: &str| Cell::new(vec![paragraph(words, 0)], false, at(0));
        Row {
            cells: vec![cell(label), cell(value)],
            span: at(4),
        }
    }

    #[test]
    fn a_first_table_with_known_labels_is_the_header() {
        let table = Table {
            columns: vec![Alignment::Start; 2],
            rows: vec![
                row("SUBJECT:", "Play areas"),
                row("Cabinet Member", "Councillor Reed"),
                row("Recommendations", "That the plan be agreed."),
                row("Something else", "kept"),
            ],
            ..Table::default()
        };
        let mut blocks = vec![
            block(BlockKind::Table(table), 1),
            heading(1, "Background", 2),
        ];
        let parts = take(&mut blocks, None, &[], &layout(&FIELDS));
        assert_eq!(
            parts.subject.map(|it| it.value).as_deref(),
            Some("Play areas")
        );
        let member = parts
            .header
            .get("cabinet-member")
            .map(|row| row.value.clone());
        assert_eq!(member, Some(vec!["Councillor Reed".to_owned()]));
        assert!(parts.recommendations.is_some());
        let BlockKind::Table(left) = &blocks[0].kind else {
            panic!("the row that nobody knows stays");
        };
        assert_eq!(left.rows.len(), 1);
    }

    #[test]
    fn lines_with_known_labels_are_the_header() {
        let mut blocks = vec![
            heading(1, "The Ropewalk Baths", 1),
            paragraph("Director: Ann Oakes", 2),
            paragraph("Note: this stays", 3),
            heading(2, "Background", 4),
            paragraph("Director: not here", 5),
        ];
        let parts = take(&mut blocks, None, &[], &layout(&FIELDS));
        assert_eq!(
            parts.subject.map(|it| it.value).as_deref(),
            Some("The Ropewalk Baths")
        );
        assert_eq!(parts.header.len(), 1);
        let left: Vec<u32> = blocks.iter().map(|block| block.span.start).collect();
        assert_eq!(left, [3, 4, 5]);
        assert!(matches!(
            blocks[1].kind,
            BlockKind::Heading { level: 1, .. }
        ));
    }
}
