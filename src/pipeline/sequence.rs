//! The order of a pack: which part or file follows which, where each may start, and what belongs
//! to which item. Numbering, assembling and the manifest all use this one list.

use std::collections::BTreeMap;

use super::error::BuildError;
use crate::compose::issued::{self, Gone};
use crate::compose::opening::{self, Opening};
use crate::compose::part::Part;
use crate::compose::words::Words;
use crate::edition::Edition;
use crate::finding::Span;
use crate::model::{
    Access, Appendix, Content, Item, Lang, Meeting, PageNumber, PageRange, PageSelection, Paper,
    PaperBody, PdfDocument, SourceName,
};

/// A stretch of the pack: a part that is typeset, or pages of a file that travel as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Its key, unique in the pack, which is also the anchor of its first page.
    pub key: String,
    /// Its title in the outline and the tags.
    pub title: String,
    /// The number of the item that it belongs to.
    pub item: Option<String>,
    /// The groups of tags that it is in, outermost first.
    pub groups: Vec<String>,
    /// How deep it is in the outline, from 0.
    pub level: usize,
    /// Where it may start.
    pub start: StartOf,
    /// Who may see it.
    pub access: Access,
    /// How many page numbers are left free for it, where that is more than its own pages.
    pub reserved: u32,
    /// Which number its first page has.
    pub begins: Begins,
    /// Its language, where it differs from the pack's.
    pub lang: Option<Lang>,
    /// What the pack writes at the head of its first page, where its pages are a PDF's.
    pub opening: Option<Opening>,
    /// What is on its pages.
    pub body: Body,
}

/// Which number the first page of a stretch has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begins {
    /// The next that is free.
    #[default]
    Next,
    /// The one after the leaf before it, whatever that has.
    AfterLeaf,
    /// The one that it was published with.
    Published(PageNumber),
    /// The first of these numbers, which are those of what it replaces with a letter, if it has as many
    /// pages; and where the clerk asks for them.
    Keeping(PageRange, Span),
}

/// The ending of the key of a leaf before a document.
pub const LEAF: &str = "-leaf";

/// What begins with a stretch, which decides whether it has to start on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartOf {
    /// An item of the agenda.
    Item,
    /// A report or appendix inside an item.
    Document,
    /// The leaf before an exempt document, which a printer can set on paper of another colour, and the
    /// document after it: neither is on the back of the other where both sides are printed.
    Leaf,
    /// The pack, or a page that belongs to what is before it.
    Page,
}

/// What is on the pages of a stretch.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Something to typeset.
    Part(Box<Part>),
    /// Pages of a PDF.
    Pdf {
        /// The file.
        source: SourceName,
        /// Which of its pages.
        selection: PageSelection,
    },
}

impl Stretch {
    /// Its place in the pack and its title, in words: everything but what is on its pages and where the
    /// sources say so.
    pub(super) fn place(&self) -> String {
        let Self {
            key,
            title,
            item,
            groups,
            level,
            start,
            access: _,
            reserved,
            begins,
            lang,
            opening,
            body: _,
        } = self;
        let begins = match begins {
            Begins::Keeping(pages, _) => format!("keeping {pages}"),
            Begins::Next | Begins::AfterLeaf | Begins::Published(_) => format!("{begins:?}"),
        };
        format!(
            "{:?}",
            (
                key, title, item, groups, level, start, reserved, begins, lang, opening
            )
        )
    }
}

/// Puts the parts of an edition and its files in order. A document for which there is no part is
/// one that travels as it is.
///
/// # Errors
/// Where a part has no place in the pack, which would lose what it says.
pub fn sequence(edition: &Edition, parts: Vec<Part>) -> Result<Vec<Stretch>, BuildError> {
    let mut order = Order {
        meeting: edition.meeting(),
        gone: Vec::new(),
        parts: parts
            .iter()
            .enumerate()
            .map(|(index, part)| (part.key.clone(), index))
            .collect(),
        pool: parts.into_iter().map(Some).collect(),
        stretches: Vec::new(),
        words: Words::of(edition.meeting().lang()),
    };
    for key in ["front-sheet", "contents", "distribution"] {
        order.page(key);
    }
    for item in &edition.meeting().agenda.items {
        order.item(item, &mut Vec::new(), 0);
    }
    for key in ["concordance", "accessibility"] {
        order.page(key);
    }
    keep_numbers(edition.meeting(), &mut order.stretches);
    take_over_numbers(edition.meeting(), &mut order.stretches);
    let left: Vec<String> = order
        .pool
        .into_iter()
        .flatten()
        .map(|part| part.key)
        .collect();
    if left.is_empty() {
        Ok(order.stretches)
    } else {
        Err(BuildError::Unplaced(left))
    }
}

/// Gives what was published its numbers back, in a pack of all issues.
fn keep_numbers(meeting: &Meeting, stretches: &mut [Stretch]) {
    let Some(record) = issued::consolidated(meeting) else {
        return;
    };
    let leaves: Vec<Gone<'_>> = meeting
        .items()
        .flat_map(|item| issued::gone(meeting, item))
        .collect();
    let mut before = String::new();
    let mut begun = None;
    for stretch in stretches {
        let key = stretch.key.strip_suffix(LEAF).unwrap_or(&stretch.key);
        // A document follows the leaf that says it is exempt.
        let follows = before.strip_suffix(LEAF) == Some(key);
        let leaf = leaves.iter().find(|gone| gone.key == stretch.key);
        let recorded = leaf
            .map(|gone| gone.recorded)
            .or_else(|| record.latest(key));
        if follows {
            stretch.begins = Begins::AfterLeaf;
        }
        // The papers of an item that the public does not get were published as one leaf.
        let recorded = recorded.or_else(|| {
            let mut items = meeting.items();
            let item = items.find(|item| stretch.item.as_ref() == Some(&item.number.value))?;
            let recorded = record
                .latest(&item.key)
                .filter(|_| !item.access.is_public());
            recorded.filter(|_| begun.replace(item.key.as_str()) != Some(&item.key))
        });
        if let Some(recorded) = recorded.filter(|_| !follows && stretch.item.is_some()) {
            stretch.begins = Begins::Published(recorded.pages.first());
            if recorded.key == stretch.key || leaf.is_some() {
                stretch.reserved = recorded.pages.count();
            }
        }
        before.clone_from(&stretch.key);
    }
}

/// Gives the papers of a supplement the numbers of those that they replace, where the clerk asks for
/// that.
fn take_over_numbers(meeting: &Meeting, stretches: &mut [Stretch]) {
    let Some(supplement) = &meeting.supplement else {
        return;
    };
    let replaced = || {
        supplement
            .brings
            .values()
            .flat_map(|brings| &brings.replaces)
    };
    let mut before = String::new();
    for stretch in stretches {
        let key = stretch.key.strip_suffix(LEAF).unwrap_or(&stretch.key);
        let kept = replaced()
            .find(|replaced| replaced.key == key)
            .and_then(|replaced| replaced.keeps);
        stretch.begins = match kept {
            _ if before.strip_suffix(LEAF) == Some(key) => Begins::AfterLeaf,
            Some((numbers, asked)) => Begins::Keeping(numbers, asked),
            None => Begins::Next,
        };
        before.clone_from(&stretch.key);
    }
}

struct Order<'e> {
    meeting: &'e Meeting,
    /// The published documents of the item at hand that no longer stand.
    gone: Vec<Gone<'e>>,
    parts: BTreeMap<String, usize>,
    pool: Vec<Option<Part>>,
    stretches: Vec<Stretch>,
    words: Words,
}

impl<'e> Order<'e> {
    fn take(&mut self, key: &str) -> Option<Part> {
        let index = *self.parts.get(key)?;
        self.pool.get_mut(index)?.take()
    }

    fn page(&mut self, key: &str) {
        if let Some(part) = self.take(key) {
            self.stretches.push(Stretch {
                key: part.key.clone(),
                title: part.title.clone(),
                item: None,
                groups: vec![part.title.clone()],
                level: 0,
                start: StartOf::Page,
                access: Access::Public,
                reserved: 0,
                begins: Begins::Next,
                lang: None,
                opening: None,
                body: Body::Part(Box::new(part)),
            });
        }
    }

    /// Adds the leaves for published documents that no longer stand, before the document with a key.
    fn gone(&mut self, item: &Item, before: &str, groups: &[String], level: usize) {
        let here = self.gone.iter().filter(|gone| gone.before == before);
        let keys: Vec<String> = here.map(|gone| gone.key.clone()).collect();
        for key in keys {
            let leaf = Document {
                key: &key,
                title: String::new(),
                access: &Access::Public,
                reserved: 0,
                pdf: None,
                lang: None,
                opening: Opening {
                    label: String::new(),
                    title: String::new(),
                },
            };
            self.document(item, &leaf, groups, level);
        }
    }

    fn item(&mut self, item: &'e Item, groups: &mut Vec<String>, level: usize) {
        groups.push(item_title(item));
        let first = self.stretches.len();
        self.gone = issued::gone(self.meeting, item);
        self.gone(item, &item.key, groups, level + 1);
        if let Some(part) = self.take(&item.key) {
            let reserved = item.withheld.as_ref().map_or(0, |withheld| withheld.pages);
            self.stretches.push(Stretch {
                key: part.key.clone(),
                title: item_title(item),
                item: Some(item.number.value.clone()),
                groups: groups.clone(),
                level,
                start: StartOf::Item,
                access: item.access.clone(),
                reserved,
                begins: Begins::Next,
                lang: None,
                opening: None,
                body: Body::Part(Box::new(part)),
            });
        }
        for paper in &item.papers {
            self.paper(item, paper, groups, level);
        }
        for appendix in &item.appendices {
            self.appendix(item, appendix, groups, level + 1);
        }
        for inner in &item.items {
            self.item(inner, groups, level + 1);
        }
        if let Some(stretch) = self.stretches.get_mut(first) {
            stretch.start = StartOf::Item;
        }
        groups.pop();
    }

    fn paper(&mut self, item: &Item, paper: &Paper, groups: &[String], level: usize) {
        let reserved = match &paper.body {
            PaperBody::Withheld(withheld) => withheld.pages,
            _ => 0,
        };
        let pdf = match &paper.body {
            PaperBody::Pdf(document) => Some(&**document),
            _ => None,
        };
        let document = Document {
            key: &paper.key,
            title: paper.title.clone(),
            access: &paper.access,
            reserved,
            pdf,
            lang: None,
            opening: opening::of_paper(self.words, item, paper),
        };
        self.gone(item, &paper.key, groups, level + 1);
        self.document(item, &document, groups, level + 1);
        for appendix in &paper.appendices {
            self.appendix(item, appendix, groups, level + 1);
        }
    }

    fn appendix(&mut self, item: &Item, appendix: &Appendix, groups: &[String], level: usize) {
        let published = self.meeting.record.as_ref();
        let reserved = match &appendix.content {
            Content::Withheld(withheld) => withheld.pages,
            // Its numbers stay free.
            _ if appendix.withdrawn.is_some() => published
                .and_then(|record| record.latest(&appendix.key))
                .map_or(0, |recorded| recorded.pages.count()),
            _ => 0,
        };
        let pdf = match &appendix.content {
            Content::Pdf(document) => Some(&**document),
            _ => None,
        };
        let document = Document {
            key: &appendix.key,
            title: appendix.full_title(),
            access: &appendix.access,
            reserved,
            pdf,
            lang: appendix.lang.clone(),
            opening: opening::of_appendix(self.words, item, appendix),
        };
        self.gone(item, &appendix.key, groups, level);
        self.document(item, &document, groups, level);
    }

    fn document(&mut self, item: &Item, document: &Document<'_>, groups: &[String], level: usize) {
        let mut follows = false;
        if let Some(leaf) = self.take(&format!("{}{LEAF}", document.key)) {
            let leaf = Body::Part(Box::new(leaf));
            self.push(item, document, groups, level, leaf, 0);
            self.starts_as(StartOf::Leaf);
            follows = true;
        }
        let body = match (self.take(document.key), document.pdf) {
            (Some(part), _) => Body::Part(Box::new(part)),
            (None, Some(pdf)) => Body::Pdf {
                source: pdf.source.clone(),
                selection: pdf.selection.clone(),
            },
            (None, None) => return,
        };
        self.push(item, document, groups, level, body, document.reserved);
        // In an edition that withholds it, the leaf in its place begins where its own leaf does.
        let withheld = document.reserved > 0 && !document.access.is_public();
        if follows || (withheld && self.meeting.council.pack.exempt_leaf) {
            self.starts_as(StartOf::Leaf);
        }
    }

    fn starts_as(&mut self, start: StartOf) {
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.start = start;
        }
    }

    fn push(
        &mut self,
        item: &Item,
        document: &Document<'_>,
        groups: &[String],
        level: usize,
        body: Body,
        reserved: u32,
    ) {
        let title = match &body {
            Body::Part(part) if document.title.is_empty() => part.title.clone(),
            _ => document.title.clone(),
        };
        let mut groups = groups.to_vec();
        groups.push(title.clone());
        self.stretches.push(Stretch {
            key: match &body {
                Body::Part(part) => part.key.clone(),
                Body::Pdf { .. } => document.key.to_owned(),
            },
            title,
            item: Some(item.number.value.clone()),
            groups,
            level,
            start: StartOf::Document,
            access: document.access.clone(),
            reserved,
            begins: Begins::Next,
            lang: document.lang.clone(),
            opening: match &body {
                Body::Part(_) => None,
                Body::Pdf { .. } => Some(document.opening.clone()),
            },
            body,
        });
    }
}

/// What papers and appendices have in common here.
struct Document<'a> {
    key: &'a str,
    title: String,
    access: &'a Access,
    reserved: u32,
    pdf: Option<&'a PdfDocument>,
    lang: Option<Lang>,
    opening: Opening,
}

/// The title of an item in the outline: "4. Budget monitoring".
pub fn item_title(item: &Item) -> String {
    let title = item.sheet_title();
    if title.is_empty() {
        item.number.value.clone()
    } else {
        format!("{} {title}", item.number.value)
    }
}
