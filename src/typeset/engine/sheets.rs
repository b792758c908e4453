//! What can be read off finished pages: where anchors and headings are, and where each page
//! begins in the text.

use typst::foundations::{NativeElement, Selector, StyleChain, Value};
use typst::introspection::{Introspector, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{FootnoteEntry, TableCell};
use typst_layout::PagedDocument;

use crate::compose::marks::PICTURE;
use crate::typeset::{Anchor, Break, Heading};

/// What is to be known of a laid-out part.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) breaks: Vec<Break>,
    pub(crate) words: Vec<String>,
    pub(crate) sizes: Vec<(f64, f64)>,
}

/// Reads a document's anchors, headings and page beginnings.
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
        if let (Ok(Value::Str(title)), Ok(Value::Int(level))) =
            (dict.get("heading"), dict.get("level"))
        {
            reading.headings.push(Heading {
                title: title.to_string(),
                level: u8::try_from(*level).unwrap_or(u8::MAX),
                page,
                y,
            });
        }
    }
    let mut text = TextWalk::default();
    for page in document.pages() {
        text.begun = false;
        text.walk(&page.frame);
        reading.words.push(std::mem::take(&mut text.words));
        reading.breaks.push(text.page.take().unwrap_or(Break {
            mark: text.mark,
            offset: text.offset,
        }));
    }
    reading
}

/// Counts the author's characters from one mark to the next, over all pages.
#[derive(Default)]
struct TextWalk {
    /// The block that the text belongs to.
    mark: u32,
    /// How many characters of it, white space left out, have gone by.
    offset: usize,
    /// Whether this page has shown any of the author's text.
    begun: bool,
    /// Where this page begins.
    page: Option<Break>,
    /// The author's words on this page.
    words: String,
    /// Where the last of them ended, and on which line of their frame.
    ended: Option<(f64, f64)>,
    /// What is open of that which is not the author's running text: footnotes, repeated heads.
    aside: Vec<typst::introspection::Location>,
}

impl TextWalk {
    fn walk(&mut self, frame: &Frame) {
        self.ended = None;
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    self.walk(&group.frame);
                    self.ended = None;
                }
                FrameItem::Image(..) if self.aside.is_empty() => self.words.push(PICTURE),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let Some(metadata) = content.to_packed::<MetadataElem>() {
                        if let Value::Dict(dict) = &metadata.value
                            && let Ok(Value::Int(mark)) = dict.get("mark")
                            && self.aside.is_empty()
                        {
                            self.mark = u32::try_from(*mark).unwrap_or(0);
                            self.offset = 0;
                        }
                    } else if content.is::<FootnoteEntry>()
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
                FrameItem::Text(text) if self.aside.is_empty() => {
                    let (x, y) = (at.x.to_pt(), at.y.to_pt());
                    // A word may be set in pieces, one beside the other.
                    let beside = |(end, line): (f64, f64)| {
                        (end - x).abs() < 0.05 * text.size.to_pt() && (line - y).abs() < 0.1
                    };
                    if !self.ended.is_some_and(beside) {
                        self.words.push(' ');
                    }
                    self.words.push_str(&text.text);
                    self.ended = Some((x + text.width().to_pt(), y));
                    if !self.begun {
                        self.begun = true;
                        self.page = Some(Break {
                            mark: self.mark,
                            offset: self.offset,
                        });
                    }
                    self.offset += text
                        .text
                        .chars()
                        .filter(|character| !character.is_whitespace())
                        .count();
                }
                _ => {}
            }
        }
    }
}
