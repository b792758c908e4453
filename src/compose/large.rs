//! The parts of a re-flowed edition: those of the standard edition, and in place of each PDF
//! what a reader of large print can use: the clerk's alternative, the PDF's own content set again
//! from its tags or its pages, or an honest slip that says what it is and whom to ask. A contents
//! list comes before them, and a concordance of page numbers after them.

use std::collections::BTreeMap;

use super::agenda::first_page;
use super::desk::Desk;
use super::given::Given;
use super::part::{
    Align, Block, BlockKind, Cell, ContentsRow, Figure, Inline, Part, PartKind, Row, Table, Tone,
};
use super::text::{self, Headings};
use super::words::Words;
use super::{appendix, compose, front, leaves, marks};
use crate::edition::Edition;
use crate::model::{
    Appendix, Content, Item, Lang, PaperBody, PdfDocument, ReadFrom, Reflow, SourceName,
};

/// The first and last printed number of each document in the standard edition, by its key.
pub type StandardNumbers = BTreeMap<String, (String, String)>;

/// A part of a re-flowed edition, and where the standard edition's pages begin in it.
#[derive(Debug, Clone, PartialEq)]
pub struct LargePart {
    /// The part.
    pub part: Part,
    /// Where standard pages begin.
    pub starts: Starts,
}

/// Where the standard edition's pages begin in a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Starts {
    /// The part is in the standard edition too: where its own pages begin there.
    AsSet,
    /// It stands for all pages of a document at once.
    Whole,
    /// These are the words on its pages.
    Pages(Vec<String>),
    /// There is nothing of it in the standard edition.
    None,
}

/// The parts of an edition that is re-flowed. `standard` says which pages of the standard edition
/// each document has, `numbers` on which standard page each place is.
pub fn compose_large(
    edition: &Edition,
    standard: &StandardNumbers,
    numbers: &BTreeMap<String, String>,
) -> Vec<LargePart> {
    let desk = Desk::of(edition);
    let mut parts = as_set(edition);
    for item in edition.meeting().items() {
        for paper in &item.papers {
            if let PaperBody::Pdf(document) = &paper.body {
                let given = Given::of_paper(paper);
                let alternative = paper.alternative.as_deref();
                let alternative = alternative_of(&desk, item, &given, document, alternative);
                parts.push(
                    alternative
                        .unwrap_or_else(|| document_part(&desk, item, &given, document, standard)),
                );
            }
        }
        for appendix in item.all_appendices() {
            parts.extend(appendix_part(&desk, item, appendix, standard));
        }
    }
    drop_replaced(&mut parts);
    for large in &mut parts {
        cite_standard(&mut large.part, numbers);
    }
    parts.push(LargePart {
        part: contents(&desk, standard),
        starts: Starts::None,
    });
    parts
}

/// The parts of the standard edition, each as it is set there.
pub(super) fn as_set(edition: &Edition) -> Vec<LargePart> {
    let parts = compose(edition).into_iter();
    parts
        .map(|part| LargePart {
            part,
            starts: Starts::AsSet,
        })
        .collect()
}

fn appendix_part(
    desk: &Desk<'_>,
    item: &Item,
    appendix: &Appendix,
    standard: &StandardNumbers,
) -> Option<LargePart> {
    if !matches!(appendix.content, Content::Pdf(_) | Content::Image(_)) {
        return None;
    }
    let given = Given::of_appendix(appendix);
    let told = appendix.alternative.as_deref();
    match &appendix.content {
        Content::Pdf(document) => Some(
            alternative_of(desk, item, &given, document, told)
                .unwrap_or_else(|| document_part(desk, item, &given, document, standard)),
        ),
        _ => alternative(desk, item, &given, told),
    }
}

/// What the clerk gave to be read in place of a document.
pub(super) fn alternative(
    desk: &Desk<'_>,
    item: &Item,
    given: &Given<'_>,
    content: Option<&Content>,
) -> Option<LargePart> {
    Some(LargePart {
        part: appendix::set(desk, item, given, content?)?,
        starts: Starts::Whole,
    })
}

/// The same in place of a PDF. Where it has the words of the PDF, each page begins at its own; otherwise
/// it stands for all of them.
pub(super) fn alternative_of(
    desk: &Desk<'_>,
    item: &Item,
    given: &Given<'_>,
    document: &PdfDocument,
    content: Option<&Content>,
) -> Option<LargePart> {
    let mut told = alternative(desk, item, given, content)?;
    if let Some(reflow) = &document.reflow
        && marks::says(&told.part, &reflow.page_words)
    {
        told.starts = Starts::Pages(reflow.page_words.clone());
    }
    Some(told)
}

/// Of two parts with one key the later one stays: an image has a part of its own, which the
/// alternative replaces.
fn drop_replaced(parts: &mut Vec<LargePart>) {
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for (index, large) in parts.iter().enumerate() {
        last.insert(large.part.key.clone(), index);
    }
    let mut index = 0;
    parts.retain(|large| {
        index += 1;
        last.get(&large.part.key) == Some(&(index - 1))
    });
}

fn document_part(
    desk: &Desk<'_>,
    item: &Item,
    given: &Given<'_>,
    document: &PdfDocument,
    standard: &StandardNumbers,
) -> LargePart {
    match &document.reflow {
        Some(reflow) if reflow.is_whole() => {
            reflowed(desk, item, given, (&document.source, reflow))
        }
        _ => LargePart {
            part: slip(desk, item, given, standard),
            starts: Starts::Whole,
        },
    }
}

/// A PDF's own content, set again from its tags or its pages under a note that says so.
pub(super) fn reflowed(
    desk: &Desk<'_>,
    item: &Item,
    given: &Given<'_>,
    (source, reflow): (&SourceName, &Reflow),
) -> LargePart {
    let items = |number: &str| desk.item_anchor(number);
    let speaking = desk.speaking(given.lang);
    let context = speaking.context(given.key, item, &items);
    let origin = match reflow.from {
        ReadFrom::Tags => desk.words.reflowed(),
        ReadFrom::Pages => desk.words.reflowed_from_pages(),
    };
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, given.title.as_str()),
        Block::toned(Tone::Quiet, vec![Inline::text(origin)]),
    ];
    blocks.extend(
        given
            .summary
            .map(|summary| Block::toned(Tone::Quiet, vec![Inline::text(summary)])),
    );
    let mut own = text::blocks(context, &mut Headings::after(1), &reflow.prose.blocks);
    name_pictures(&mut own, source);
    blocks.extend(own);
    let mut part = Part::new(
        given.key,
        PartKind::Appendix,
        given.title.clone(),
        desk.lang(given.lang),
        blocks,
    );
    part.footnotes = text::footnotes(context, &reflow.prose.footnotes);
    LargePart {
        starts: Starts::Pages(reflow.page_words.clone()),
        part,
    }
}

/// Puts the name of the file before the region of it that each picture shows.
fn name_pictures(blocks: &mut [Block], source: &SourceName) {
    for block in blocks {
        if let BlockKind::Figure(figure) = &mut block.kind
            && !figure.image.is_empty()
        {
            figure.image.insert_str(0, &source.0);
        }
        for inner in block.inner_mut() {
            name_pictures(inner, source);
        }
    }
}

/// The leaf in place of a PDF that cannot be set again.
fn slip(desk: &Desk<'_>, item: &Item, given: &Given<'_>, standard: &StandardNumbers) -> Part {
    let words = desk.words;
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, given.title.as_str()),
        Block::toned(Tone::Lead, vec![Inline::text(words.slip())]),
    ];
    if let Some(pages) = pages_of(given.key, standard, words) {
        blocks.push(Block::paragraph(vec![Inline::text(format!("{pages}."))]));
    }
    if let Some(summary) = given.summary {
        blocks.push(Block::paragraph(vec![Inline::text(summary)]));
    }
    blocks.push(Block::paragraph(vec![Inline::text(words.slip_ask())]));
    if let Some(clerk) = &desk.meeting.body.clerk {
        blocks.push(front::contact(desk, clerk));
    }
    leaves::leaf(desk, given.key, PartKind::Slip, &given.title, blocks)
}

/// "Standard pages 45 to 60".
fn pages_of(key: &str, standard: &StandardNumbers, words: Words) -> Option<String> {
    let (first, last) = standard.get(key)?;
    Some(words.on_standard_pages(first, last))
}

/// The contents list of a re-flowed edition, with both editions' pages.
fn contents(desk: &Desk<'_>, standard: &StandardNumbers) -> Part {
    let mut rows = Vec::new();
    for item in &desk.meeting.agenda.items {
        contents_rows(desk, item, 0, standard, &mut rows);
    }
    Part::new(
        "contents",
        PartKind::Contents,
        desk.words.contents(),
        desk.lang(None),
        vec![
            Block::heading(1, desk.words.contents()),
            Block::new(BlockKind::Contents { rows }),
        ],
    )
}

fn contents_rows(
    desk: &Desk<'_>,
    item: &Item,
    depth: u8,
    standard: &StandardNumbers,
    rows: &mut Vec<ContentsRow>,
) {
    let row = |depth: u8, title: String, anchor: &str| ContentsRow {
        depth,
        title: vec![Inline::text(title)],
        standard_page: pages_of(anchor, standard, desk.words),
        anchor: anchor.to_owned(),
    };
    if let Some(anchor) = first_page(desk.meeting, item) {
        let title = if item.title.is_empty() {
            desk.words.no_title()
        } else {
            item.sheet_title()
        };
        rows.push(row(
            depth,
            format!("{} {title}", item.number.value),
            &anchor,
        ));
        for paper in item.papers.iter().filter(|paper| paper.key != anchor) {
            rows.push(row(depth + 1, paper.title.clone(), &paper.key));
        }
        for appendix in item.all_appendices() {
            let title = if appendix.title.is_empty() {
                format!("{}: {}", appendix.label, desk.words.not_for_publication())
            } else {
                appendix.full_title()
            };
            rows.push(row(depth + 1, title, &appendix.key));
        }
    }
    for inner in &item.items {
        contents_rows(desk, inner, depth.saturating_add(1), standard, rows);
    }
}

/// The name of the place where a page of the standard edition begins in a re-flowed one.
pub fn standard_anchor(label: &str) -> String {
    format!("standard-{label}")
}

/// The table at the end that leads from each page of the standard edition to where it begins in
/// this one. `labels` are the marks in order.
pub fn concordance(edition: &Edition, labels: &[String]) -> Part {
    let desk = Desk::of(edition);
    let words = desk.words;
    let head = Row {
        cells: vec![
            Cell::head(vec![Inline::text(words.page_standard())]),
            Cell::head(vec![Inline::text(words.page_here())]),
        ],
        mark: None,
    };
    let rows = labels.iter().map(|label| Row {
        cells: vec![
            Cell::head(vec![Inline::text(label)]),
            Cell::of(vec![Inline::Page {
                anchor: standard_anchor(label),
                words: "{page}".to_owned(),
            }]),
        ],
        mark: None,
    });
    let table = Table {
        caption: None,
        columns: vec![Align::Start, Align::Start],
        header_rows: 1,
        rows: std::iter::once(head).chain(rows).collect(),
        fit: None,
    };
    Part::new(
        "concordance",
        PartKind::Concordance,
        words.concordance(),
        desk.lang(None),
        vec![
            Block::heading(1, words.concordance()),
            Block::new(BlockKind::Table(table)),
        ],
    )
}

/// Prints the description and the lettering of each drawing below it, since print in a drawing keeps
/// its size, and says where a paper that is set again has a picture without a description. Runs after
/// page marks are put in, which depend on the author's words alone.
pub fn spell_out_pictures(blocks: &mut Vec<Block>, words: Words) {
    let mut spelt = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        for inner in block.inner_mut() {
            spell_out_pictures(inner, words);
        }
        let below = match &mut block.kind {
            BlockKind::Figure(figure) if !figure.lettering.is_empty() => described(figure, words),
            BlockKind::Figure(figure) if is_unsaid(figure) => {
                let line = format!("{}.", words.image_undescribed());
                let line = Block::toned(Tone::Quiet, vec![Inline::text(line)]);
                if spelt.last() != Some(&line) {
                    spelt.push(line);
                }
                continue;
            }
            BlockKind::Figure(figure) if figure.alt.trim().is_empty() => {
                words.image_undescribed().clone_into(&mut figure.alt);
                Vec::new()
            }
            _ => Vec::new(),
        };
        spelt.push(block);
        spelt.extend(below);
    }
    *blocks = spelt;
}

/// Whether there is neither a picture nor any words for it.
fn is_unsaid(figure: &Figure) -> bool {
    figure.image.is_empty() && figure.alt.trim().is_empty() && figure.caption.is_none()
}

/// The author's description of a drawing, and the words in it. Where there is a description, pieces
/// without a letter are left out: the figures of a scale mean nothing out of their places.
fn described(figure: &Figure, words: Words) -> Vec<Block> {
    let shows = figure.alt.trim();
    let lettering: Vec<&str> = figure
        .lettering
        .iter()
        .map(String::as_str)
        .filter(|piece| shows.is_empty() || piece.contains(char::is_alphabetic))
        .collect();
    let line = |label: &str, said: &str| {
        let told = vec![Inline::strong(label), Inline::text(format!(" {said}"))];
        (!said.is_empty()).then(|| Block::paragraph(told))
    };
    let shows = line(words.drawing(), shows);
    let lettering = line(words.lettering(), &lettering.join("; "));
    shows.into_iter().chain(lettering).collect()
}

/// Adds its standard number to every page that the text names: "page 112, standard page 39".
/// Withheld pages are named by their standard numbers alone. A part has the program's words in its
/// own language, which need not be the pack's.
fn cite_standard(part: &mut Part, numbers: &BTreeMap<String, String>) {
    let words = Words::of(&Lang(part.lang.clone()));
    let withheld = part.kind == PartKind::Withheld;
    let footnotes = part
        .footnotes
        .iter_mut()
        .flat_map(|footnote| &mut footnote.blocks);
    let mut stack: Vec<&mut Block> = part.blocks.iter_mut().chain(footnotes).collect();
    while let Some(block) = stack.pop() {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
                cite(content, words, numbers, withheld);
            }
            BlockKind::Agenda { rows } => {
                for note in rows.iter_mut().flat_map(|row| &mut row.notes) {
                    cite(note, words, numbers, true);
                }
            }
            _ => stack.extend(block.inner_mut().into_iter().flatten()),
        }
    }
}

fn cite(
    content: &mut [Inline],
    words: Words,
    numbers: &BTreeMap<String, String>,
    standard_alone: bool,
) {
    for inline in content {
        match inline {
            Inline::Page {
                anchor,
                words: pattern,
            } => {
                if !numbers.contains_key(anchor) {
                    continue;
                }
                if standard_alone {
                    let said = match pattern.as_str() {
                        one if one == words.this_page() => words.this_standard_page(),
                        first if first == words.these_pages() => words.these_standard_pages(),
                        other => other,
                    };
                    *pattern = said.replace("{page}", "{standard}");
                } else {
                    let standard = words.standard_page().replace("{page}", "{standard}");
                    *pattern = format!("{pattern}, {}", lower_first(&standard));
                }
            }
            _ => {
                if let Some(content) = inline.inner_mut() {
                    cite(content, words, numbers, standard_alone);
                }
            }
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
