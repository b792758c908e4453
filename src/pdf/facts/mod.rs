//! What a PDF is, found out once for everybody who asks: the checks, the accessibility ledger, the
//! words of the web page, and the claims of a pack.
//!
//! It says what a machine can see: that a figure has no alternative text, not that the text is a
//! poor one. It does not know which pages are wanted, nor what for.

mod form;
mod page;
mod xmp;

use lopdf::{Dictionary, Object};

use super::object::{get, get_bool, get_dict, get_stream, get_text};
use super::opening::Opened;
use super::structure::{self, Kid, Role, StructureTree};
use super::{embedded, page_tree};
use crate::model::PdfFacts;

pub(super) use page::{annotations, of_page};

/// How deep objects are searched for scripts and files.
const DEEPEST: usize = 16;

/// The facts of a file that was made here, whose pages need no looking at.
#[must_use]
pub fn of_own(opened: &Opened) -> PdfFacts {
    let tree = structure::read(&opened.doc, &super::pages(&opened.doc));
    of(opened, tree.as_ref())
}

/// The facts of a file, those of its pages left aside.
pub(super) fn of(opened: &Opened, tree: Option<&StructureTree>) -> PdfFacts {
    let doc = &opened.doc;
    let mut facts = PdfFacts {
        encrypted: opened.encrypted,
        repaired: opened.repaired,
        ..PdfFacts::default()
    };
    if let Some(tree) = tree {
        describe(tree, &mut facts);
    }
    for object in doc.objects.values() {
        search(object, 0, &mut facts);
    }
    let Ok(catalog) = doc.catalog() else {
        return facts;
    };
    let says = xmp::read(get_stream(doc, catalog, b"Metadata"));
    facts.title = get_dict(doc, &doc.trailer, b"Info")
        .and_then(|info| get_text(doc, info, b"Title"))
        .or(says.title);
    facts.claims_ua = says.pdf_ua;
    facts.claims_archive = says.pdf_a;
    facts.lang = get_text(doc, catalog, b"Lang");
    let mark = get_dict(doc, catalog, b"MarkInfo");
    let marked = |key: &[u8]| mark.and_then(|mark| get_bool(doc, mark, key)) == Some(true);
    facts.marked = marked(b"Marked");
    facts.tags_in_doubt = marked(b"Suspects");
    (facts.form_fields, facts.signed) = form::fields(doc, catalog);
    facts.form_as_data =
        get_dict(doc, catalog, b"AcroForm").is_some_and(|form| get(doc, form, b"XFA").is_some());
    facts.pages_to_be_made = get_bool(doc, catalog, b"NeedsRendering") == Some(true);
    facts.portfolio = embedded::is_portfolio(doc).then(|| embedded::names(doc));
    facts.lost_pages = page_tree::lost(doc);
    facts.pages_told = page_tree::told(doc);
    facts
}

/// What the structure tree says of headings and figures.
fn describe(tree: &StructureTree, facts: &mut PdfFacts) {
    facts.structure_elements = tree.elements.len();
    facts.tagged = !tree.elements.is_empty();
    let mut open: Vec<usize> = tree.roots.iter().rev().copied().collect();
    while let Some(element) = open.pop().and_then(|index| tree.elements.get(index)) {
        match element.role {
            Role::Heading(level) => facts.headings.push(level),
            Role::Figure | Role::Formula => {
                facts.figures_without_alt +=
                    usize::from(element.alt.is_none() && element.actual_text.is_none());
            }
            _ => {}
        }
        open.extend(element.kids.iter().rev().filter_map(|kid| match kid {
            Kid::Element(index) => Some(*index),
            _ => None,
        }));
    }
}

/// Looks for scripts and embedded files, wherever they may hang.
fn search(object: &Object, depth: usize, facts: &mut PdfFacts) {
    let mut dict = |dict: &Dictionary| {
        facts.javascript |= dict.has(b"JS")
            || matches!(dict.get(b"S"), Ok(Object::Name(kind)) if kind == b"JavaScript");
        facts.embedded_files |= dict.has(b"EF");
        for (_, value) in dict.iter() {
            search_inside(value, depth, facts);
        }
    };
    match object {
        Object::Dictionary(inner) => dict(inner),
        Object::Stream(stream) => dict(&stream.dict),
        Object::Array(items) => {
            for item in items {
                search_inside(item, depth, facts);
            }
        }
        _ => {}
    }
}

fn search_inside(object: &Object, depth: usize, facts: &mut PdfFacts) {
    if depth < DEEPEST && matches!(object, Object::Dictionary(_) | Object::Array(_)) {
        search(object, depth + 1, facts);
    }
}
