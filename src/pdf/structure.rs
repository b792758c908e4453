//! The structure tree of a tagged PDF (PDF 32000-1, 14.7): elements with their standard roles and
//! the content that they own.
//!
//! Read iteratively and within bounds; an element that is its own ancestor is met once. What the
//! roles mean for a reader is not known here.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{as_dict, get, get_dict, get_int, get_name, get_text, resolve, target, text};
use super::page::Page;

/// Elements read from one tree at most.
const MOST_ELEMENTS: usize = 1_000_000;
/// Pieces of content at most.
const MOST_CONTENT: usize = 3_000_000;
/// How deep elements may nest; what is deeper is left out.
const DEEPEST: usize = 96;

/// A structure tree.
#[derive(Debug, Clone, Default)]
pub struct StructureTree {
    /// All elements; a parent stands before its children.
    pub elements: Vec<Element>,
    /// The elements at the top, as indices.
    pub roots: Vec<usize>,
    /// Whether some of the tree was left out because it is too large or too deep.
    pub truncated: bool,
}

/// An element.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// What it is, after the role map.
    pub role: Role,
    /// Its own object, where it is one.
    pub id: Option<ObjectId>,
    /// What it holds, in order.
    pub kids: Vec<Kid>,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// The text that stands for all its content.
    pub actual_text: Option<String>,
    /// What the abbreviation stands for.
    pub expansion: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// The page that its content is on unless it says otherwise, as an index.
    pub page: Option<usize>,
    /// Rows and columns that a cell takes; at least 1.
    pub spans: (usize, usize),
    /// Whether a header cell is the head of its row rather than of its column.
    pub row_header: bool,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kid {
    /// Another element, as an index.
    Element(usize),
    /// A marked-content sequence.
    Content(ContentKey),
    /// An annotation or an image as a whole.
    Object(ObjectId),
}

/// Names a marked-content sequence in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentKey {
    /// The page, counted from 0.
    pub page: usize,
    /// The form XObject that it stands in; `None` for the page's own content.
    pub form: Option<ObjectId>,
    /// Its number there.
    pub mcid: i64,
}

/// The standard structure types (PDF 32000-1, 14.8.4, and those that ISO 32000-2 adds) as far as
/// reading tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[expect(missing_docs, reason = "the words are the standard's own")]
pub enum Role {
    /// Document, Part, Art, Sect, Div and everything unknown: what is inside counts.
    #[default]
    Group,
    Section,
    Title,
    /// A heading with its level, 0 where it has none.
    Heading(u8),
    Paragraph,
    BlockQuote,
    Caption,
    Contents,
    ContentsItem,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    TableGroup,
    TableHead,
    TableRow,
    HeaderCell,
    DataCell,
    Span,
    Quote,
    Note,
    Reference,
    Code,
    Link,
    Annotation,
    Strong,
    Emphasis,
    Figure,
    Formula,
    Form,
    Line,
    Artifact,
}

impl Role {
    /// The role of a standard type.
    pub fn standard(name: &[u8]) -> Option<Role> {
        Some(match name {
            b"Document" | b"DocumentFragment" | b"Part" | b"Art" | b"Div" | b"NonStruct"
            | b"Private" | b"Index" | b"Aside" => Role::Group,
            b"Sect" => Role::Section,
            b"Title" => Role::Title,
            b"H" => Role::Heading(0),
            b"P" => Role::Paragraph,
            b"BlockQuote" => Role::BlockQuote,
            b"Caption" => Role::Caption,
            b"TOC" => Role::Contents,
            b"TOCI" => Role::ContentsItem,
            b"L" => Role::List,
            b"LI" => Role::ListItem,
            b"Lbl" => Role::Label,
            b"LBody" => Role::ListBody,
            b"Table" => Role::Table,
            b"THead" => Role::TableHead,
            b"TBody" | b"TFoot" => Role::TableGroup,
            b"TR" => Role::TableRow,
            b"TH" => Role::HeaderCell,
            b"TD" => Role::DataCell,
            b"Span" | b"BibEntry" | b"Ruby" | b"RB" | b"RT" | b"RP" | b"Warichu" | b"WT"
            | b"WP" => Role::Span,
            b"Quote" => Role::Quote,
            b"Note" | b"FENote" => Role::Note,
            b"Reference" => Role::Reference,
            b"Code" => Role::Code,
            b"Link" => Role::Link,
            b"Annot" => Role::Annotation,
            b"Strong" => Role::Strong,
            b"Em" => Role::Emphasis,
            b"Figure" => Role::Figure,
            b"Formula" => Role::Formula,
            b"Form" => Role::Form,
            b"Sub" => Role::Line,
            b"Artifact" => Role::Artifact,
            [b'H', digits @ ..] if !digits.is_empty() && digits.len() < 3 => {
                let level: u8 = std::str::from_utf8(digits).ok()?.parse().ok()?;
                Role::Heading(level.max(1))
            }
            _ => return None,
        })
    }

    /// Whether it stands in running text rather than by itself.
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Role::Span
                | Role::Quote
                | Role::Reference
                | Role::Code
                | Role::Link
                | Role::Annotation
                | Role::Strong
                | Role::Emphasis
                | Role::Label
                | Role::Line
                | Role::Form
        )
    }
}

/// Whether a document says that it is tagged, or at least has a structure tree.
pub fn root(doc: &Document) -> Option<&Dictionary> {
    get_dict(doc, doc.catalog().ok()?, b"StructTreeRoot")
}

/// The structure tree of a document; `None` where it has none.
pub fn read(doc: &Document, pages: &[Page<'_>]) -> Option<StructureTree> {
    let root = root(doc)?;
    let page_numbers: HashMap<ObjectId, usize> = pages
        .iter()
        .enumerate()
        .filter_map(|(number, page)| Some((page.id?, number)))
        .collect();
    let mut reader = TreeReader {
        doc,
        roles: get_dict(doc, root, b"RoleMap"),
        page_numbers,
        seen: HashSet::new(),
        tree: StructureTree::default(),
        content: 0,
    };
    // kids of the root, then of each element as it is met
    let mut open: Vec<(usize, &Dictionary, usize)> = Vec::new();
    for kid in list(doc, root, b"K") {
        if let Some((index, dict)) = reader.element(kid, None) {
            reader.tree.roots.push(index);
            open.push((index, dict, 1));
        }
    }
    open.reverse();
    while let Some((index, dict, depth)) = open.pop() {
        let page = reader.tree.elements[index].page;
        let mut found = Vec::new();
        for kid in list(doc, dict, b"K") {
            if let Some(kid) = reader.content(kid, page) {
                reader.tree.elements[index].kids.push(kid);
            } else if depth >= DEEPEST {
                reader.tree.truncated = true;
            } else if let Some((child, dict)) = reader.element(kid, page) {
                reader.tree.elements[index].kids.push(Kid::Element(child));
                found.push((child, dict, depth + 1));
            }
        }
        open.extend(found.into_iter().rev());
    }
    Some(reader.tree)
}

struct TreeReader<'a> {
    doc: &'a Document,
    roles: Option<&'a Dictionary>,
    page_numbers: HashMap<ObjectId, usize>,
    seen: HashSet<ObjectId>,
    tree: StructureTree,
    content: usize,
}

/// The values at `key`, whether there is one or an array of them.
fn list<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Vec<&'a Object> {
    match (dict.get(key).ok(), get(doc, dict, key)) {
        (_, Some(Object::Array(items))) => items.iter().collect(),
        (Some(object), Some(_)) => vec![object],
        _ => Vec::new(),
    }
}

impl<'a> TreeReader<'a> {
    /// A kid that is content; `None` for an element or nonsense.
    fn content(&mut self, kid: &Object, page: Option<usize>) -> Option<Kid> {
        let key = match resolve(self.doc, kid) {
            Object::Integer(mcid) => ContentKey {
                page: page?,
                form: None,
                mcid: *mcid,
            },
            Object::Dictionary(dict) => {
                let own = dict.get(b"Pg").ok().and_then(|o| self.page(o)).or(page);
                match get_name(self.doc, dict, b"Type") {
                    Some(b"MCR") => ContentKey {
                        page: own?,
                        form: dict.get(b"Stm").ok().and_then(|o| target(self.doc, o)),
                        mcid: get_int(self.doc, dict, b"MCID")?,
                    },
                    Some(b"OBJR") => {
                        return Some(Kid::Object(target(self.doc, dict.get(b"Obj").ok()?)?));
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        self.content += 1;
        if self.content > MOST_CONTENT {
            self.tree.truncated = true;
            return None;
        }
        Some(Kid::Content(key))
    }

    fn page(&self, object: &Object) -> Option<usize> {
        match object {
            Object::Reference(id) => self.page_numbers.get(id).copied(),
            _ => None,
        }
    }

    fn element(&mut self, kid: &'a Object, page: Option<usize>) -> Option<(usize, &'a Dictionary)> {
        let id = target(self.doc, kid);
        let Object::Dictionary(dict) = resolve(self.doc, kid) else {
            return None;
        };
        if !dict.has(b"S") || id.is_some_and(|id| !self.seen.insert(id)) {
            return None;
        }
        if self.tree.elements.len() >= MOST_ELEMENTS {
            self.tree.truncated = true;
            return None;
        }
        let doc = self.doc;
        let mut element = Element {
            role: self.role(dict),
            id,
            kids: Vec::new(),
            alt: get_text(doc, dict, b"Alt"),
            actual_text: get(doc, dict, b"ActualText").and_then(text),
            expansion: get_text(doc, dict, b"E"),
            lang: get_text(doc, dict, b"Lang"),
            page: dict.get(b"Pg").ok().and_then(|o| self.page(o)).or(page),
            spans: (1, 1),
            row_header: false,
        };
        self.attributes(dict, &mut element);
        self.tree.elements.push(element);
        Some((self.tree.elements.len() - 1, dict))
    }

    fn attributes(&self, dict: &'a Dictionary, element: &mut Element) {
        let doc = self.doc;
        for entry in list(doc, dict, b"A") {
            let Some(attributes) = as_dict(resolve(doc, entry)) else {
                continue;
            };
            let span = |key: &[u8]| {
                get_int(doc, attributes, key)
                    .and_then(|value| usize::try_from(value).ok())
                    .filter(|value| (1..=1000).contains(value))
            };
            if let Some(rows) = span(b"RowSpan") {
                element.spans.0 = rows;
            }
            if let Some(columns) = span(b"ColSpan") {
                element.spans.1 = columns;
            }
            if get_name(doc, attributes, b"Scope") == Some(b"Row") {
                element.row_header = true;
            }
        }
    }

    fn role(&self, dict: &Dictionary) -> Role {
        let Some(mut name) = get_name(self.doc, dict, b"S") else {
            return Role::Group;
        };
        // the role map may run through several names; a standard one ends it
        for _ in 0..16 {
            if let Some(role) = Role::standard(name) {
                return role;
            }
            match self.roles.and_then(|roles| get_name(self.doc, roles, name)) {
                Some(next) => name = next,
                None => break,
            }
        }
        let mapped = get_dict(self.doc, dict, b"NS")
            .and_then(|space| get_dict(self.doc, space, b"RoleMapNS"))
            .and_then(|map| match get(self.doc, map, name)? {
                Object::Name(name) => Some(name.as_slice()),
                Object::Array(pair) => match resolve(self.doc, pair.first()?) {
                    Object::Name(name) => Some(name.as_slice()),
                    _ => None,
                },
                _ => None,
            });
        mapped.and_then(Role::standard).unwrap_or(Role::Group)
    }
}

impl StructureTree {
    /// The content of some kids, however deep.
    pub fn content(&self, kids: &[Kid]) -> Vec<ContentKey> {
        let mut found = Vec::new();
        let mut open: Vec<&Kid> = kids.iter().rev().collect();
        while let Some(kid) = open.pop() {
            match kid {
                Kid::Element(child) => open.extend(self.elements[*child].kids.iter().rev()),
                Kid::Content(key) => found.push(*key),
                Kid::Object(_) => {}
            }
        }
        found
    }
}

/// Where an annotation that a structure element refers to leads on the web.
pub(crate) fn web_target(doc: &Document, annotation: ObjectId) -> Option<String> {
    web_address(doc, as_dict(doc.get_object(annotation).ok()?)?)
}

/// Where a link leads on the web.
pub(crate) fn web_address(doc: &Document, link: &Dictionary) -> Option<String> {
    let action = get_dict(doc, link, b"A")?;
    let uri = get(doc, action, b"URI").and_then(text)?;
    let scheme = uri.split(':').next()?.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel").then_some(uri)
}
