//! The words of the selected pages, by the marked-content sequence that they stand in.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::ObjectId;

use super::drawing::{Drawing, Sheet};
use super::flow::{Flow, Piece, Style};
use super::folio;
use super::loose::{Loose, OnPage};
use super::painted::{Field, replacement};
use super::to_say::Said;
use super::untagged::seen::{Seen, text_alone};
use crate::pdf::Page;
use crate::pdf::content::{Mark, MarkKind, PageContent, TextRun};
use crate::pdf::geometry::Rect;
use crate::pdf::structure::{ContentKey, Element, Kid, Role, StructureTree};
use crate::pdf::text::{Echo, Pen, Stand, Step, is_shown, plain_characters};

/// What the selected pages say.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The text of each marked-content sequence in paint order.
    pub(super) pieces: HashMap<ContentKey, Vec<Piece>>,
    /// What each form field shows that has a place of its own in the tags.
    pub(super) fields: HashMap<ObjectId, Vec<Piece>>,
    /// Characters, spaces aside, that the pages show outside page furniture.
    pub(super) characters: usize,
    /// Those of them that are in tags.
    pub(super) tagged: usize,
    /// For each page of the file its place among the selected ones.
    pub(super) places: HashMap<usize, usize>,
    /// What is drawn in each marked-content sequence of a figure.
    pub(super) drawings: HashMap<ContentKey, Drawing>,
    /// The pages of the file.
    pub(super) sheets: HashMap<usize, Sheet>,
}

/// What the structure tree has a place for.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Owned {
    content: HashSet<ContentKey>,
    fields: HashSet<ObjectId>,
    /// What of the content is in figures.
    figures: HashSet<ContentKey>,
}

/// What a structure tree has a place for that is read.
pub(in crate::pdf) fn owned(tree: &StructureTree) -> Owned {
    let mut owned = Owned::default();
    let read = tree.elements.iter().filter(|it| it.role != Role::Artifact);
    for kid in read.flat_map(|element| &element.kids) {
        match kid {
            Kid::Content(key) => drop(owned.content.insert(*key)),
            Kid::Object(id) => drop(owned.fields.insert(*id)),
            Kid::Element(_) => {}
        }
    }
    let drawn = |it: &&Element| matches!(it.role, Role::Figure | Role::Formula);
    for figure in tree.elements.iter().filter(drawn) {
        owned.figures.extend(tree.content(&figure.kids));
    }
    owned
}

/// The words of a page that its tags leave out.
#[derive(Debug)]
pub(super) struct Outside {
    pub(super) seen: Seen,
    pub(super) groups: Vec<Group>,
}

/// Words that were painted one after the other, without tagged content between them.
#[derive(Debug)]
pub(super) struct Group {
    /// What was painted before them.
    pub(super) after: Option<ContentKey>,
    /// Its first word, counted on the page.
    pub(super) from: usize,
}

impl Outside {
    /// Those of some marks, told apart by the tagged content before them.
    fn of(
        content: &PageContent,
        page: &Page<'_>,
        marks: Vec<(Option<ContentKey>, Vec<&Mark>)>,
    ) -> Option<Self> {
        let (after, marks): (Vec<_>, Vec<_>) = marks.into_iter().unzip();
        let (seen, begins) = text_alone(content, page, &marks)?;
        let groups = after.into_iter().zip(begins);
        Some(Self {
            groups: groups.map(|(after, from)| Group { after, from }).collect(),
            seen,
        })
    }
}

/// The words of the selected pages from those of single pages.
pub(super) fn gather(texts: &BTreeMap<usize, PageText>, selected: &[usize]) -> Gathered {
    let mut gathered = Gathered::default();
    let edges = |(page, text): (&usize, &PageText)| {
        let content = text
            .pieces
            .iter()
            .map(|(key, found)| (*key, found.as_slice()));
        (*page, folio::edges(content))
    };
    let folios = folio::folios(&texts.iter().map(edges).collect(), texts.len(), selected);
    for (place, number) in selected.iter().enumerate() {
        if gathered.places.contains_key(number) {
            continue;
        }
        gathered.places.insert(*number, place);
        let Some(page) = texts.get(number) else {
            continue;
        };
        gathered.characters += page.characters;
        gathered.tagged += page.tagged;
        let placed = |pieces: &[Piece]| -> Vec<Piece> {
            let here = |piece: Piece| Piece {
                page: place,
                ..piece
            };
            pieces.iter().cloned().map(here).collect()
        };
        for (key, pieces) in &page.pieces {
            if folios.contains(key) {
                let weight = pieces.iter().map(|piece| piece.weight).sum::<usize>();
                gathered.characters -= weight;
                gathered.tagged -= weight;
                continue;
            }
            let known = gathered.pieces.entry(*key).or_default();
            known.extend(placed(pieces));
        }
        for (id, pieces) in &page.fields {
            gathered.fields.insert(*id, placed(pieces));
        }
        gathered.drawings.extend(page.drawings.iter().cloned());
        gathered.sheets.insert(*number, page.sheet);
    }
    gathered
}

/// The words of a page.
#[derive(Debug)]
pub(in crate::pdf) struct PageText {
    pieces: Vec<(ContentKey, Vec<Piece>)>,
    fields: Vec<(ObjectId, Vec<Piece>)>,
    characters: usize,
    tagged: usize,
    /// What the tags leave out.
    pub(super) outside: Option<Outside>,
    /// What is drawn in figures.
    drawings: Vec<(ContentKey, Drawing)>,
    /// Pictures that are in none.
    loose: Vec<Loose>,
    sheet: Sheet,
}

impl PageText {
    /// Its pictures; it is the page `number` of the file, and the selected page `place`.
    pub(super) fn pictures(&self, number: usize, place: usize) -> OnPage<'_> {
        OnPage {
            number,
            place,
            sheet: &self.sheet,
            loose: &self.loose,
            figures: &self.drawings,
        }
    }

    /// The words in the order of painting, a space between any two sequences, and those outside the
    /// tags that are said.
    pub(super) fn words(&self, outside: &[&Said]) -> String {
        let mut words = String::new();
        let add = |words: &mut String, after: Option<ContentKey>| {
            for said in outside.iter().filter(|said| said.after == after) {
                words.push_str(&said.words);
                words.push(' ');
            }
        };
        let pieces = |words: &mut String, pieces: &[Piece]| {
            let mut flow = Flow::default();
            for piece in pieces {
                flow.piece(piece, &Style::default());
            }
            words.push_str(&flow.plain());
            words.push(' ');
        };
        add(&mut words, None);
        for (key, found) in &self.pieces {
            pieces(&mut words, found);
            add(&mut words, Some(*key));
        }
        for (_, found) in &self.fields {
            pieces(&mut words, found);
        }
        words
    }

    /// The tagged content beside or above a place, after which a field there is read.
    fn before(&mut self, field: &Rect) -> Option<&mut Vec<Piece>> {
        let middle = field.centre().y;
        let away = |bounds: &Rect| {
            let beside = (bounds.y0..=bounds.y1).contains(&middle) && bounds.x0 < field.x0;
            if beside {
                (field.x0 - bounds.x1).abs()
            } else if bounds.y0 > middle {
                1e4 + bounds.y0 - middle
            } else {
                1e9
            }
        };
        let nearest = |pieces: &[Piece]| {
            let bounds = pieces.iter().filter_map(|piece| piece.bounds);
            bounds.map(|it| away(&it)).min_by(f64::total_cmp)
        };
        let found = self.pieces.iter_mut().filter_map(|(_, pieces)| {
            let distance = nearest(pieces)?;
            (distance < 1e9).then_some((distance, pieces))
        });
        found
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, pieces)| pieces)
    }
}

/// Reads the words of a page, counted from 0, and of its form fields.
pub(in crate::pdf) fn page_text(
    content: &PageContent,
    fields: &[Field],
    page: &Page<'_>,
    number: usize,
    owned: &Owned,
) -> PageText {
    let mut order: Vec<(ContentKey, Vec<Piece>)> = Vec::new();
    let mut index: HashMap<ContentKey, usize> = HashMap::new();
    let mut outside: Vec<(Option<ContentKey>, Vec<&Mark>)> = Vec::new();
    let mut last: Option<ContentKey> = None;
    let (mut characters, mut tagged) = (0, 0);
    let mut drawings: HashMap<ContentKey, Drawing> = HashMap::new();
    let mut loose = Vec::new();
    let mut echo = Echo::default();
    // the tag whose replacement text has been said
    let mut said: Option<u32> = None;
    for mark in &content.marks {
        if content.is_running(mark) || content.is_hidden(mark) {
            continue;
        }
        let artifact = content.is_artifact(mark);
        let key = owner(content, mark, number, &owned.content).filter(|_| !artifact);
        if let (None, MarkKind::Text(run)) = (key, &mark.kind) {
            if run.is_unpainted() {
                continue;
            }
            match outside.last_mut() {
                Some((after, marks)) if *after == last => marks.push(mark),
                _ => outside.push((last, vec![mark])),
            }
        }
        let in_figure = key.filter(|key| owned.figures.contains(key));
        if let (None, MarkKind::Image(image)) = (in_figure, &mark.kind) {
            loose.extend(Loose::of(mark, image, page, key));
        }
        if artifact {
            continue;
        }
        if let Some(key) = in_figure {
            drawings.entry(key).or_default().add(mark, page);
        }
        let mut piece = match &mark.kind {
            MarkKind::Text(run) => {
                let Some(piece) = text_piece(mark, run, page, number) else {
                    continue;
                };
                if echo.repeats(mark, run) {
                    continue;
                }
                characters += piece.weight;
                tagged += piece.weight * usize::from(key.is_some());
                piece
            }
            MarkKind::Image(_) => Piece {
                text: String::new(),
                bold: false,
                italic: false,
                lang: None,
                ends: None,
                bounds: None,
                page: number,
                weight: 0,
            },
            _ => continue,
        };
        let Some(key) = key else { continue };
        last = Some(key);
        let mut langs = content.tags_of(mark).filter_map(|tag| tag.lang.as_ref());
        piece.lang = langs.find(|lang| !lang.is_empty()).cloned();
        match replacement(content, mark) {
            Some((tag, text)) => {
                let again = said == Some(tag);
                piece.text = if again { String::new() } else { text };
                said = Some(tag);
            }
            None => said = None,
        }
        let slot = *index.entry(key).or_insert_with(|| {
            order.push((key, Vec::new()));
            order.len() - 1
        });
        let pieces = &mut order[slot].1;
        pieces.push(piece);
    }
    let outside = if outside.is_empty() {
        None
    } else {
        Outside::of(content, page, outside)
    };
    if !loose.is_empty() {
        let shown = |(key, pieces): &(ContentKey, Vec<Piece>)| {
            let bounds = pieces.iter().filter_map(|piece| piece.bounds);
            Some((*key, page.shown_box(&bounds.reduce(|a, b| a.union(&b))?)?))
        };
        let content: Vec<_> = order.iter().filter_map(shown).collect();
        loose
            .iter_mut()
            .for_each(|it: &mut Loose| it.put_below(&content));
    }
    let mut text = PageText {
        pieces: order,
        fields: Vec::new(),
        characters,
        tagged,
        outside,
        drawings: drawings.into_iter().collect(),
        loose,
        sheet: Sheet {
            size: page.shown_size(),
            letters: characters,
        },
    };
    for field in fields {
        text.field(field, page, number, owned);
    }
    text
}

impl PageText {
    /// Takes in what a form field or a note shows, at its place in the tags or after what it stands beside.
    fn field(&mut self, field: &Field, page: &Page<'_>, number: usize, owned: &Owned) {
        let mut pieces: Vec<Piece> = Vec::new();
        for mark in &field.content.marks {
            if let MarkKind::Text(run) = &mark.kind
                && !field.content.is_hidden(mark)
                && !run.is_unpainted()
                && let Some(mut piece) = text_piece(mark, run, page, number)
            {
                if let Some((_, text)) = replacement(&field.content, mark) {
                    piece.text = text;
                }
                pieces.push(piece);
            }
        }
        let weight = pieces.iter().map(|piece| piece.weight).sum::<usize>();
        let Some(first) = pieces.first_mut() else {
            return;
        };
        first.text.insert(0, ' ');
        if let Some(last) = pieces.last_mut() {
            last.text.push(' ');
        }
        self.characters += weight;
        if let Some(id) = field.id.filter(|id| owned.fields.contains(id)) {
            self.tagged += weight;
            self.fields.push((id, pieces));
            return;
        }
        let bounds = pieces.iter().filter_map(|piece| piece.bounds);
        let bounds = bounds.reduce(|a, b| a.union(&b));
        if let Some(beside) = bounds.and_then(|bounds| self.before(&bounds)) {
            beside.extend(pieces);
            self.tagged += weight;
        } else if let Some((_, first)) = self.pieces.first_mut() {
            // It is read before everything else.
            first.splice(..0, pieces);
            self.tagged += weight;
        }
    }
}

/// The innermost sequence around a mark that the structure tree owns.
fn owner(
    content: &PageContent,
    mark: &Mark,
    page: usize,
    owned: &HashSet<ContentKey>,
) -> Option<ContentKey> {
    content
        .tags_of(mark)
        .filter_map(|tag| {
            Some(ContentKey {
                page,
                form: content.streams.get(tag.stream)?.form,
                mcid: tag.mcid?,
            })
        })
        .find(|key| owned.contains(key))
}

/// What of a run the page shows; `None` where that is nothing.
fn text_piece(mark: &Mark, run: &TextRun, page: &Page<'_>, number: usize) -> Option<Piece> {
    let mut text = String::new();
    let mut pen = Pen::default();
    let mut ends: Option<(Stand, Stand)> = None;
    let mut bounds: Option<Rect> = None;
    for glyph in &run.glyphs {
        if !is_shown(glyph, mark, &page.crop) {
            continue;
        }
        let stand = Stand::of(run, glyph);
        match pen.step(stand) {
            Step::Joined => {}
            Step::Apart => text.push(' '),
            Step::Line => text.push('\n'),
        }
        let before = text.len();
        text.extend(plain_characters(run.glyph_text(glyph)));
        if !text[before..].trim().is_empty() {
            let covers = glyph.quad.bounds();
            bounds = Some(bounds.map_or(covers, |known| known.union(&covers)));
        }
        ends = Some((ends.map_or(stand, |(first, _)| first), stand));
    }
    ends?;
    let weight = text.chars().filter(|c| !c.is_whitespace()).count();
    Some(Piece {
        text,
        bold: run.font.bold || run.mode == 2,
        italic: run.font.italic,
        lang: None,
        ends,
        bounds,
        page: number,
        weight,
    })
}
