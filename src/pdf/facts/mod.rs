//! The facts about a PDF, found once for all that use them: the checks, the accessibility ledger, the words
//! of the web page and the claims of a pack.
//!
//! These are facts that a machine can find: that a figure has no alternative text, but not that the text is
//! poor. Nothing here knows which pages are used, or for what.

mod form;
mod page;
mod picture;
mod xmp;

use lopdf::{Dictionary, Document, Object};

use super::object::{get, get_bool, get_dict, get_stream, get_text};
use super::opening::Opened;
use super::structure::{self, Kid, Role, StructureTree};
use super::{embedded, page_tree};
use crate::model::PdfFacts;

pub(super) use page::{annotations, font_faults, of_page};

/// How deep objects are searched for scripts and files.
const DEEPEST: usize = 16;

/// The facts of a file that was made here, whose pages need not be read.
#[must_use]
pub fn of_own(opened: &Opened) -> PdfFacts {
    let tree = structure::read(&opened.doc, &super::pages(&opened.doc));
    of(opened, tree.as_ref())
}

/// The facts of a file, without those of its pages.
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
    let says = said(doc, catalog);
    facts.title = get_dict(doc, &doc.trailer, b"Info")
        .and_then(|info| get_text(doc, info, b"Title"))
        .or(says.title);
    facts.claims_ua = says.pdf_ua;
    facts.claims_archive = says.pdf_a;
    facts.lang = get_text(doc, catalog, b"Lang").or_else(|| tree.and_then(lang_throughout));
    let mark = get_dict(doc, catalog, b"MarkInfo");
    let marked = |key: &[u8]| mark.and_then(|mark| get_bool(doc, mark, key)) == Some(true);
    facts.marked = marked(b"Marked");
    facts.tags_in_doubt = marked(b"Suspects");
    (facts.form_fields, facts.signed) = form::fields(doc, catalog);
    let form = get_dict(doc, catalog, b"AcroForm").and_then(|form| get(doc, form, b"XFA"));
    facts.form_as_data = form.is_some();
    facts.pages_to_be_made = get_bool(doc, catalog, b"NeedsRendering") == Some(true)
        || (facts.form_fields == 0 && form.is_some_and(|form| form::is_dynamic(doc, form)));
    facts.portfolio = embedded::is_portfolio(doc).then(|| embedded::names(doc));
    facts.lost_pages = page_tree::lost(doc);
    facts.pages_told = page_tree::told(doc);
    facts
}

/// What a file's metadata says.
fn said(doc: &Document, catalog: &Dictionary) -> xmp::Says {
    xmp::read(get_stream(doc, catalog, b"Metadata"))
}

/// Whether a file claims PDF/UA-1.
pub(super) fn claims_ua(doc: &Document) -> bool {
    doc.catalog().is_ok_and(|catalog| said(doc, catalog).pdf_ua)
}

/// Adds what the structure tree says about headings and figures.
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

/// The first language of a file if every element with content has a language or is inside one that has.
/// `None` for any other file.
fn lang_throughout(tree: &StructureTree) -> Option<String> {
    let mut first = None;
    let mut open: Vec<(usize, bool)> = tree.roots.iter().rev().map(|&root| (root, false)).collect();
    while let Some((index, said_above)) = open.pop() {
        let Some(element) = tree.elements.get(index) else {
            continue;
        };
        let said = said_above || element.lang.is_some();
        if first.is_none() {
            first.clone_from(&element.lang);
        }
        for kid in element.kids.iter().rev() {
            match kid {
                Kid::Element(index) => open.push((*index, said)),
                Kid::Content(_) | Kid::Object(_) if !said => return None,
                Kid::Content(_) | Kid::Object(_) => {}
            }
        }
    }
    first
}

/// Searches for scripts and embedded files, wherever they are.
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

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;
    use crate::pdf::PdfFile;

    /// The facts of a file of one page whose catalog has some more entries.
    fn facts(more: impl FnOnce(&mut Document) -> Dictionary) -> PdfFacts {
        let mut doc = Document::with_version("1.7");
        let page = doc.add_object(dictionary! { "Type" => "Page" });
        let tree = doc.add_object(dictionary! {
            "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::from(page)],
        });
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
        for (key, value) in &more(&mut doc) {
            catalog.set(key.clone(), value.clone());
        }
        let catalog = doc.add_object(catalog);
        doc.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).expect("a PDF");
        let survey = PdfFile::from(bytes).survey().expect("a PDF");
        survey.facts.clone()
    }

    #[test]
    fn tags_are_tags_whether_or_not_the_file_says_that_it_has_them() {
        let tree = |kids: Vec<Object>| dictionary! { "Type" => "StructTreeRoot", "K" => kids };
        let figure = |alt: &str| {
            Object::from(dictionary! { "S" => "Figure", "Alt" => Object::string_literal(alt) })
        };
        let unsaid = facts(|doc| {
            let elements = [figure("A map"), figure(" ")].map(|element| doc.add_object(element));
            let root = doc.add_object(tree(elements.map(Object::from).to_vec()));
            dictionary! { "StructTreeRoot" => root }
        });
        assert!(unsaid.tagged && !unsaid.marked);
        assert_eq!(
            (unsaid.structure_elements, unsaid.figures_without_alt),
            (2, 1)
        );
        let empty = facts(|doc| {
            let root = doc.add_object(tree(Vec::new()));
            dictionary! { "StructTreeRoot" => root, "MarkInfo" => dictionary! { "Marked" => true } }
        });
        assert!(!empty.tagged && empty.marked);
    }

    #[test]
    fn a_standard_is_claimed_in_the_metadata_and_nowhere_else() {
        let says = |inside: &str| {
            let packet = format!(
                r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description {inside}/></rdf:RDF>"#
            );
            facts(|doc| {
                let packet = Stream::new(dictionary! { "Type" => "Metadata" }, packet.into_bytes());
                dictionary! { "Metadata" => doc.add_object(packet) }
            })
            .claims_ua
        };
        assert!(says(
            r#"xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:part="1""#
        ));
        assert!(!says(r#"xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/""#));
    }

    #[test]
    fn scripts_and_files_are_found_wherever_they_hang() {
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("x") };
        let field = dictionary! { "T" => Object::string_literal("a"), "AA" => dictionary! { "K" => script } };
        let found =
            facts(|_| dictionary! { "AcroForm" => dictionary! { "Fields" => vec![field.into()] } });
        assert!(found.javascript && !found.embedded_files);
        assert_eq!(found.form_fields, 1);
        let spec = dictionary! { "Type" => "Filespec", "EF" => dictionary! {} };
        let found = facts(|_| dictionary! { "AF" => vec![spec.into()] });
        assert!(found.embedded_files && !found.javascript);
    }

    #[test]
    fn a_field_is_for_what_the_one_around_it_is_for() {
        let signed = |value: Option<Dictionary>| {
            let mut inner = dictionary! { "T" => Object::string_literal("b") };
            if let Some(value) = value {
                inner.set("V", value);
            }
            let outer = dictionary! {
                "T" => Object::string_literal("a"), "FT" => "Sig", "Kids" => vec![inner.into()],
            };
            let text = dictionary! { "T" => Object::string_literal("c"), "FT" => "Tx" };
            let fields: Vec<Object> = vec![outer.into(), text.into()];
            let found = facts(|_| dictionary! { "AcroForm" => dictionary! { "Fields" => fields } });
            (found.signed, found.form_fields)
        };
        assert_eq!(signed(None), (false, 1));
        assert_eq!(signed(Some(dictionary! { "Type" => "Sig" })), (true, 1));
    }
}
