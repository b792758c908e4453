//! Checks the page numbers that are printed in the text, and the bookmarks, against the pages that they
//! lead to.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::{Deserialize, Serialize};

use super::elements::Elements;
use super::fault::Faults;
use super::tags::{kids, parents};
use crate::assemble::bookmark;
use crate::assemble::object::{as_dict, get_array, get_int, get_name, get_text, resolve};
use crate::pdf::content::{Interpreter, MarkKind};
use crate::pdf::page::{self, Page};

/// A page number that the pack's own text prints: "page 39". Pages are those of the file, counted from
/// 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reference {
    /// The page that prints it.
    pub on: usize,
    /// The page that it leads to. `None` if the pack does not have that place.
    #[serde(default)]
    pub to: Option<usize>,
    /// What is printed.
    pub words: String,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// The page of the file that it leads to, counted from 1. `None` if the pack does not have that
    /// place.
    #[serde(default)]
    pub page: Option<usize>,
}

/// The pages of a file, each with its place in it, counted from 1.
pub(super) type Places = HashMap<ObjectId, usize>;

/// The page that an explicit destination leads to.
pub(super) fn led_to(
    doc: &Document,
    destination: Option<&Object>,
    places: &Places,
) -> Option<usize> {
    match destination.map(|destination| resolve(doc, destination)) {
        Some(Object::Array(array)) => match array.first() {
            Some(Object::Reference(id)) => places.get(id).copied(),
            _ => None,
        },
        _ => None,
    }
}

/// Checks that every bookmark leads somewhere, and that the expected ones are there in their order.
pub(super) fn bookmarks(
    doc: &Document,
    expected: &[Bookmark],
    places: &Places,
    faults: &mut Faults,
) {
    let mut found = Vec::new();
    for (entry, _) in bookmark::entries(doc) {
        let title = get_text(doc, entry, b"Title").unwrap_or_default();
        let page = led_to(doc, entry.get(b"Dest").ok(), places);
        if page.is_none() {
            faults.add(
                None,
                format!("The bookmark \u{201c}{title}\u{201d} leads nowhere."),
            );
        }
        found.push((title, page));
    }
    let mut left = found.iter();
    for wanted in expected {
        let is_wanted = |(title, page): &&(String, Option<usize>)| {
            squashed(title) == squashed(&wanted.title) && page.is_some() && *page == wanted.page
        };
        let before = left.clone();
        if left.by_ref().find(is_wanted).is_none() {
            left = before;
            faults.add(
                wanted.page,
                format!(
                    "No bookmark \u{201c}{}\u{201d} leads to it from its place in the outline.",
                    wanted.title
                ),
            );
        }
    }
}

/// Checks that every expected number is printed in the text as a link to its page, as often as it is
/// expected.
pub(super) fn references(
    doc: &Document,
    elements: &Elements,
    expected: &[Reference],
    places: &Places,
    faults: &mut Faults,
) {
    if expected.is_empty() {
        return;
    }
    let pages = page::pages(doc);
    let mut text = Text::new(doc, elements, &pages, places);
    // A number at the end of a page may be carried over to the next.
    let on: HashSet<usize> = expected
        .iter()
        .flat_map(|reference| [reference.on, reference.on + 1])
        .collect();
    let mut found: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut seen = HashSet::new();
    for page in on.iter().filter_map(|on| pages.get(on.checked_sub(1)?)) {
        for annotation in get_array(doc, page.dict, b"Annots").unwrap_or_default() {
            let Some(annotation) = as_dict(resolve(doc, annotation)) else {
                continue;
            };
            let to = led_to(doc, annotation.get(b"Dest").ok(), places);
            let element = text.element_of(annotation);
            // A link over two lines has two annotations and one tag.
            if let (Some(to), Some(element)) = (to, element)
                && seen.insert(element)
            {
                let words = text.words_of(element);
                *found.entry((to, words)).or_default() += 1;
            }
        }
    }
    for reference in expected {
        let Some(to) = reference.to else {
            faults.add(
                Some(reference.on),
                format!(
                    "\u{201c}{}\u{201d} is printed for a place that is not in the pack.",
                    reference.words
                ),
            );
            continue;
        };
        match found.get_mut(&(to, squashed(&reference.words))) {
            Some(left) if *left > 0 => *left -= 1,
            _ => faults.add(
                Some(reference.on),
                format!(
                    "Nothing on it says \u{201c}{}\u{201d} and leads to page {to} of the file.",
                    reference.words
                ),
            ),
        }
    }
}

/// Words without their spaces, which depend on lines and pages, without hyphens, which may divide words
/// over lines, and without what the text of a PDF cannot have.
fn squashed(words: &str) -> String {
    let is_of_lines = |letter: char| matches!(letter, '-' | '\u{2010}' | '\u{ad}' | '\u{200b}');
    words
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !is_of_lines(*letter))
        .collect()
}

/// The words of a file's tags, which are read when they are needed.
struct Text<'a> {
    doc: &'a Document,
    elements: &'a Elements,
    pages: &'a [Page<'a>],
    places: &'a Places,
    reader: Interpreter<'a>,
    parents: HashMap<i64, &'a Object>,
    /// For each page that was read, the text of each piece of its marked content.
    read: HashMap<usize, HashMap<i64, String>>,
}

impl<'a> Text<'a> {
    fn new(
        doc: &'a Document,
        elements: &'a Elements,
        pages: &'a [Page<'a>],
        places: &'a Places,
    ) -> Self {
        Self {
            doc,
            elements,
            pages,
            places,
            reader: Interpreter::new(doc),
            parents: parents(doc),
            read: HashMap::new(),
        }
    }

    /// The tag that an annotation belongs to.
    fn element_of(&self, annotation: &Dictionary) -> Option<ObjectId> {
        let parent = get_int(self.doc, annotation, b"StructParent")?;
        self.parents.get(&parent)?.as_reference().ok()
    }

    /// The words of a tag and of everything below it, without spaces.
    fn words_of(&mut self, element: ObjectId) -> String {
        let mut words = String::new();
        let mut seen = HashSet::new();
        let mut stack = vec![(Object::Reference(element), None)];
        while let Some((kid, page)) = stack.pop() {
            match kid {
                Object::Integer(mcid) => words.push_str(&self.piece(page, mcid)),
                Object::Reference(id) if !seen.insert(id) => {}
                kid => {
                    let doc = self.doc;
                    let dict = match &kid {
                        Object::Reference(id) => self.elements.held(doc, *id),
                        kid => as_dict(kid).cloned(),
                    };
                    let Some(dict) = dict else { continue };
                    let own = dict
                        .get(b"Pg")
                        .ok()
                        .and_then(|page| page.as_reference().ok());
                    let page = own.or(page);
                    match get_name(doc, &dict, b"Type") {
                        Some(b"OBJR") => {}
                        Some(b"MCR") => {
                            if let Some(mcid) = get_int(doc, &dict, b"MCID") {
                                words.push_str(&self.piece(page, mcid));
                            }
                        }
                        _ => {
                            let below = kids(doc, Some(&dict)).into_iter().rev();
                            stack.extend(below.map(|kid| (kid.clone(), page)));
                        }
                    }
                }
            }
        }
        squashed(&words)
    }

    /// The text of a piece of marked content.
    fn piece(&mut self, page: Option<ObjectId>, mcid: i64) -> String {
        let Some(at) = page.and_then(|page| self.places.get(&page)).copied() else {
            return String::new();
        };
        let (pages, reader) = (self.pages, &mut self.reader);
        let pieces = self.read.entry(at).or_insert_with(|| {
            let mut pieces: HashMap<i64, String> = HashMap::new();
            let content = pages.get(at - 1).map(|page| reader.page(page));
            for (content, mark) in content
                .iter()
                .flat_map(|content| content.marks.iter().map(move |mark| (content, mark)))
            {
                if let MarkKind::Text(run) = &mark.kind
                    && let Some(mcid) = content.tags_of(mark).find_map(|tag| tag.mcid)
                {
                    pieces.entry(mcid).or_default().push_str(&run.text);
                }
            }
            pieces
        });
        pieces.get(&mcid).cloned().unwrap_or_default()
    }
}
