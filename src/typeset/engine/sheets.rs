//! What is read from finished pages: where anchors and headings are, the words of each page, and where
//! each piece of text is.

use typst::foundations::{NativeElement, Selector, StyleChain, Value};
use typst::introspection::{Introspector, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Inherit, Point, Transform};
use typst::model::TableCell;
use typst::pdf::ArtifactElem;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use crate::compose::marks::PICTURE;
use crate::typeset::sheets::{Anchor, Heading, Slot};

/// How high capitals are, in ems.
const CAPITALS: f64 = 0.66;

/// What was read from the pages of a part.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) words: Vec<String>,
    pub(crate) sizes: Vec<(f64, f64)>,
    pub(crate) pieces: Vec<Piece>,
}

/// A piece of text on a page, at most one line. Places are in points from the left and the top of the
/// page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    /// The page, counted from 0.
    pub(crate) page: usize,
    pub(crate) text: String,
    /// The block or row that it belongs to.
    pub(crate) mark: Option<u32>,
    /// Whether it is not the author's running text: a footnote, a repeated header row, the page's
    /// header.
    pub(crate) aside: bool,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// The top of its capitals.
    pub(crate) top: f64,
    pub(crate) baseline: f64,
    pub(crate) size: f64,
}

/// Reads the anchors, headings, page slots and words of a document.
pub(crate) fn read(document: &PagedDocument) -> Reading {
    let mut reading = Reading {
        sizes: document
            .pages()
            .iter()
            .map(|page| {
                let size = page.frame.size();
                (size.x.to_pt(), size.y.to_pt())
            })
            .collect(),
        ..Reading::default()
    };
    let introspector = document.introspector();
    for content in introspector.query(&Selector::Elem(MetadataElem::ELEM, None)) {
        let Some(location) = content.location() else {
            continue;
        };
        let Some(metadata) = content.to_packed::<MetadataElem>() else {
            continue;
        };
        let Value::Dict(dict) = &metadata.value else {
            continue;
        };
        let Some(position) = introspector.position(location) else {
            continue;
        };
        let page = position.page.get() - 1;
        let y = position.point.y.to_pt();
        if let Ok(Value::Str(label)) = dict.get("standard") {
            reading.anchors.push(Anchor {
                name: crate::compose::large::standard_anchor(label),
                page,
                y,
            });
        }
        if let Ok(Value::Str(name)) = dict.get("anchor") {
            reading.anchors.push(Anchor {
                name: name.to_string(),
                page,
                y,
            });
        }
        if let (Ok(Value::Str(anchor)), Ok(Value::Str(words))) =
            (dict.get("slot"), dict.get("words"))
        {
            reading.slots.push(Slot {
                anchor: anchor.to_string(),
                words: words.to_string(),
                page,
            });
        }
        if let (Ok(Value::Str(title)), Ok(Value::Int(level))) =
            (dict.get("heading"), dict.get("level"))
        {
            reading.headings.push(Heading {
                // Bookmarks are not broken into lines, and no-break spaces would only get in the way
                // of a search.
                title: title.as_str().replace('\u{a0}', " "),
                level: u8::try_from(*level).unwrap_or(u8::MAX),
                page,
                y,
            });
        }
    }
    let mut text = TextWalk::default();
    for (index, page) in document.pages().iter().enumerate() {
        text.number = index;
        text.walk(&page.frame, Transform::identity());
        reading.words.push(std::mem::take(&mut text.words));
    }
    reading.pieces = text.pieces;
    reading
}

/// Reads the text of all pages: the author's words, and each piece of text with its block.
#[derive(Default)]
struct TextWalk {
    /// The block that the text belongs to.
    mark: u32,
    /// The author's words on this page.
    words: String,
    /// Where the last of them ended, across and down their frame.
    ended: Option<(f64, f64)>,
    /// The open elements that are not the author's running text: repeated header rows, the page's
    /// header.
    aside: Vec<typst::introspection::Location>,
    /// How many footnotes are open.
    notes: usize,
    /// Whether any block has begun.
    marked: bool,
    /// The page, counted from 0.
    number: usize,
    /// The pieces of text so far.
    pieces: Vec<Piece>,
}

impl TextWalk {
    fn walk(&mut self, frame: &Frame, around: Transform) {
        self.ended = None;
        for (at, item) in frame.items() {
            let here = around.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    // A footnote, or the rest of one from the page before. Text goes on around it.
                    let note = group
                        .parent
                        .is_some_and(|parent| parent.inherit == Inherit::No);
                    self.notes += usize::from(note);
                    self.walk(&group.frame, here.pre_concat(group.transform));
                    self.notes -= usize::from(note);
                    self.ended = None;
                }
                FrameItem::Image(..) if self.running() => self.words.push(PICTURE),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let Some(metadata) = content.to_packed::<MetadataElem>() {
                        if let Value::Dict(dict) = &metadata.value
                            && let Ok(Value::Int(mark)) = dict.get("mark")
                            && self.running()
                        {
                            self.mark = u32::try_from(*mark).unwrap_or(0);
                            self.marked = true;
                        }
                    } else if content.is::<ArtifactElem>()
                        || content
                            .to_packed::<TableCell>()
                            .is_some_and(|cell| cell.is_repeated.get(StyleChain::default()))
                    {
                        self.aside.extend(content.location());
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(at) = self.aside.iter().rposition(|open| open == location) {
                        self.aside.truncate(at);
                    }
                }
                FrameItem::Text(text) => {
                    self.piece(text, here);
                    if !self.running() {
                        continue;
                    }
                    let (x, y) = (at.x.to_pt(), at.y.to_pt());
                    // A word may be set in several pieces side by side.
                    let beside = |(end, line): (f64, f64)| {
                        (end - x).abs() < 0.05 * text.size.to_pt() && (line - y).abs() < 0.1
                    };
                    if !self.ended.is_some_and(beside) {
                        self.words.push(' ');
                    }
                    self.words.push_str(&text.text);
                    self.ended = Some((x + text.width().to_pt(), y));
                }
                _ => {}
            }
        }
    }

    /// Whether the text at this point is the author's running text.
    fn running(&self) -> bool {
        self.aside.is_empty() && self.notes == 0
    }

    fn piece(&mut self, text: &TextItem, here: Transform) {
        let from = Point::zero().transform(here);
        let to = Point::new(text.width(), -text.size * CAPITALS).transform(here);
        self.pieces.push(Piece {
            page: self.number,
            text: text.text.to_string(),
            mark: self.marked.then_some(self.mark),
            aside: !self.running(),
            left: from.x.min(to.x).to_pt(),
            right: from.x.max(to.x).to_pt(),
            top: from.y.min(to.y).to_pt(),
            baseline: from.y.max(to.y).to_pt(),
            size: text.size.to_pt(),
        });
    }
}
