//! What the pages say, written as prose: headings, paragraphs, lists, tables, notes.

use std::collections::{BTreeMap, HashSet};

use super::grid;
use super::lines::is_outline_number;
use super::page::Piece;
use super::paragraphs::{Paragraph, Pitches};
use super::running::{Running, flow};
use crate::finding::Span;
use crate::model::PageRegion;
use crate::pdf::geometry::Rect;
use crate::prose::{BlockKind, Figure, Footnote, Prose, Share};

/// Letters that are larger than most by this much make a heading.
const LARGER: f64 = 1.12;
/// A heading has at most so many letters.
const LONGEST: usize = 180;

/// A piece and the page that it begins on.
pub(super) struct Placed {
    pub(super) page: usize,
    pub(super) piece: Piece,
}

/// The stretch of a page that a picture takes, by the page among the selected ones and its place.
type Picture<'a> = &'a dyn Fn(usize, &Rect) -> Option<(PageRegion, Option<Share>)>;

/// The prose of some pieces.
pub(super) fn prose(
    pieces: Vec<Placed>,
    body: f64,
    pitches: &Pitches,
    (at, picture): (Span, Picture<'_>),
) -> Prose {
    let styles = Styles::of(&pieces, body);
    let mut writer = Writer {
        running: Running::new(notes(&pieces, body), at),
        footnotes: Vec::new(),
        picture,
    };
    for placed in pieces {
        writer.piece(placed, &styles, pitches);
    }
    Prose {
        blocks: writer.running.finish(),
        footnotes: writer.footnotes,
    }
}

/// The looks that headings have, the highest first.
struct Styles {
    body: f64,
    bold_body: bool,
    looks: Vec<(i64, bool)>,
}

impl Styles {
    fn of(pieces: &[Placed], body: f64) -> Self {
        let paragraphs = || {
            pieces.iter().filter_map(|placed| match &placed.piece {
                Piece::Paragraph(paragraph) => Some(paragraph),
                _ => None,
            })
        };
        let letters = |bold: bool| -> usize {
            paragraphs()
                .filter(|paragraph| paragraph.bold == bold && paragraph.size < LARGER * body)
                .map(|paragraph| paragraph.text().chars().count())
                .sum()
        };
        let mut styles = Self {
            body,
            bold_body: letters(true) > letters(false),
            looks: Vec::new(),
        };
        let looks: HashSet<(i64, bool)> = paragraphs()
            .filter(|paragraph| styles.is_heading(paragraph))
            .map(look)
            .collect();
        styles.looks = looks.into_iter().collect();
        styles.looks.sort_unstable_by(|a, b| b.cmp(a));
        styles
    }

    fn is_heading(&self, paragraph: &Paragraph) -> bool {
        let text = paragraph.text();
        let letters = text.chars().count();
        let larger = paragraph.size >= LARGER * self.body;
        let heavier = paragraph.bold && !self.bold_body && paragraph.size > 0.95 * self.body;
        let ends = text.trim_end().chars().next_back();
        let sentence = matches!(ends, Some('.' | ';' | ','));
        let item = paragraph.label.as_ref().is_some_and(|(label, _)| {
            !is_outline_number(label) && !label.starts_with(|c: char| c.is_ascii_digit())
        });
        let row = paragraph.lines.iter().any(|line| line.chunks.len() > 2);
        paragraph.lines.len() <= 4
            && !row
            && letters <= LONGEST
            && text.chars().any(char::is_alphabetic)
            && !item
            && ((larger && !(sentence && letters > 60))
                || (heavier && !sentence && letters <= LONGEST * 2 / 3))
    }

    /// The level of a heading; `None` for what is none.
    fn level(&self, paragraph: &Paragraph) -> Option<u8> {
        if !self.is_heading(paragraph) {
            return None;
        }
        let rank = self
            .looks
            .iter()
            .position(|known| *known == look(paragraph))?;
        Some(u8::try_from(rank + 1).unwrap_or(6).min(6))
    }
}

fn look(paragraph: &Paragraph) -> (i64, bool) {
    ((paragraph.size * 2.0).round() as i64, paragraph.bold)
}

/// The numbers of the notes at the foot of each page.
fn notes(pieces: &[Placed], body: f64) -> BTreeMap<usize, HashSet<String>> {
    let mut notes: BTreeMap<usize, HashSet<String>> = BTreeMap::new();
    for placed in pieces {
        if let Piece::Paragraph(paragraph) = &placed.piece
            && let Some(number) = note_number(paragraph, body)
        {
            notes.entry(placed.page).or_default().insert(number);
        }
    }
    notes
}

/// The number that a note in small print begins with.
fn note_number(paragraph: &Paragraph, body: f64) -> Option<String> {
    let first = paragraph.lines.first()?.words().next()?;
    let number = first.text.as_str();
    let digits =
        !number.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit());
    let small = first.bounds.height() < 0.8 * 0.95 * paragraph.size;
    (digits && small && paragraph.size < 0.95 * body).then(|| number.to_owned())
}

/// A paper in the making.
struct Writer<'a> {
    running: Running,
    footnotes: Vec<Footnote>,
    picture: Picture<'a>,
}

impl Writer<'_> {
    fn piece(&mut self, placed: Placed, styles: &Styles, pitches: &Pitches) {
        let page = placed.page;
        let at = self.running.at;
        let made = match placed.piece {
            Piece::Paragraph(paragraph) => {
                if let Some(level) = styles.level(&paragraph) {
                    self.running.close(0);
                    let content = self.running.flow(&paragraph, 0, page).inlines(at, false);
                    self.running.push(
                        BlockKind::Heading {
                            level,
                            id: None,
                            content,
                        },
                        page,
                    );
                } else if let Some(label) = note_number(&paragraph, styles.body) {
                    self.note(&paragraph, label, page);
                } else {
                    self.running.paragraph(&paragraph, page);
                }
                return;
            }
            Piece::Grid(found) => grid::ruled(found, pitches, at),
            Piece::Aligned(found) => grid::aligned(found, at),
            Piece::Picture(place) => {
                let (region, share) = (self.picture)(page, &place).unzip();
                vec![BlockKind::Figure(Figure {
                    source: region.map(|at| at.to_string()).unwrap_or_default(),
                    alt: String::new(),
                    caption: None,
                    lettering: Vec::new(),
                    share: share.flatten(),
                })]
            }
        };
        self.running.close(0);
        for kind in made {
            self.running.push(kind, page);
        }
    }

    fn note(&mut self, paragraph: &Paragraph, label: String, page: usize) {
        if self.footnotes.iter().any(|note| note.label == label) {
            self.running.paragraph(paragraph, page);
            return;
        }
        let flow = flow(&paragraph.lines, label.chars().count(), None, page);
        let block = self
            .running
            .block(BlockKind::Paragraph(flow.inlines(self.running.at, true)));
        self.footnotes.push(Footnote {
            label,
            blocks: vec![block],
            span: self.running.at,
        });
    }
}
