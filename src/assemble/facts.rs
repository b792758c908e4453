//! What can be said of a PDF before anything is done with it: a pure look at its objects, for the
//! checks, for the accessibility ledger, and for deciding what a pack may claim.
//!
//! It judges nothing beyond what a machine can see: that a figure has no alternative text, not
//! that the text is a poor one.

use lopdf::{Dictionary, Document, Object};
use rayon::prelude::*;

use super::bookmark;
use super::geometry::Geometry;
use super::import::Imported;
use super::ink::{self, Ink};
use super::object::{as_dict, decoded, get, get_array, get_dict, get_name, get_text, resolve};
use super::structure::{self, Tree};
use crate::pdf::opening::{OpenError, Opened, open};
use crate::pdf::page_tree;

/// XMP read at most, in bytes.
const LARGEST_XMP: usize = 4 << 20;
/// Form fields counted at most.
const MOST_FIELDS: usize = 100_000;

/// Facts of one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Its pages, in order.
    pub pages: Vec<PageFacts>,
    /// Whether it has a structure tree with anything in it.
    pub tagged: bool,
    /// Whether it says that its tags may be wrong (`Suspects`).
    pub suspects: bool,
    /// Its title, if it states one.
    pub title: Option<String>,
    /// Its language, a BCP 47 tag, if it states one.
    pub lang: Option<String>,
    /// Structure elements.
    pub elements: usize,
    /// Figures and formulas.
    pub figures: usize,
    /// Of these, those without alternative or replacement text.
    pub figures_without_alt: usize,
    /// Levels of its headings in reading order; a plain `H` is 0.
    pub headings: Vec<u8>,
    /// Tables without a header cell.
    pub tables_without_headers: usize,
    /// Tables.
    pub tables: usize,
    /// Names of fonts that are not embedded, each once, in order.
    pub fonts_not_embedded: Vec<String>,
    /// Whether it identifies itself as PDF/UA-1.
    pub pdf_ua: bool,
    /// Part and level of PDF/A that it identifies itself as, such as `2a`.
    pub pdf_a: Option<String>,
    /// Whether it was encrypted.
    pub encrypted: bool,
    /// Whether it had to be repaired to be read.
    pub repaired: bool,
    /// Signature fields that are signed.
    pub signatures: usize,
    /// Whether it runs scripts.
    pub javascript: bool,
    /// Whether files are embedded in it.
    pub embedded_files: bool,
    /// Form fields, signatures not counted.
    pub form_fields: usize,
    /// Bookmarks.
    pub bookmarks: usize,
    /// Whether it labels its pages itself.
    pub page_labels: bool,
}

/// Facts of one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageFacts {
    /// Width as seen, in points.
    pub width: f32,
    /// Height as seen, in points.
    pub height: f32,
    /// Clockwise turn when shown, in degrees.
    pub rotate: u16,
    /// Whether text is shown, if only as the hidden layer of a scan.
    pub text: bool,
    /// Whether something on it is neither tagged nor marked as an artifact.
    pub unmarked: bool,
    /// Whether tagged content has an artifact inside it, or an artifact tagged content.
    pub nested: bool,
    /// Resolution of its coarsest image, in dots per inch.
    pub lowest_dpi: Option<f32>,
    /// Resolution of its finest.
    pub highest_dpi: Option<f32>,
    /// Whether its content could be read to the end.
    pub readable: bool,
    /// Annotations without a place in the structure tree.
    pub annotations_untagged: usize,
    /// Links without a description (`Contents`).
    pub links_undescribed: usize,
}

impl Facts {
    /// Whether headings begin at level 1 and skip none.
    #[must_use]
    pub fn headings_in_order(&self) -> bool {
        let mut last = 0;
        self.headings
            .iter()
            .filter(|level| **level > 0)
            .all(|level| {
                let follows = *level <= last + 1;
                last = *level;
                follows
            })
    }

    /// Whether every page shows text.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.pages.iter().all(|page| page.text)
    }
}

/// Opens a file and looks at it.
///
/// # Errors
/// As [`open`].
pub fn read(bytes: &[u8]) -> Result<Facts, OpenError> {
    open(bytes).map(|opened| of(&opened))
}

/// Looks at an opened file, its pages' content included.
#[must_use]
pub fn of(opened: &Opened) -> Facts {
    let doc = &opened.doc;
    let mut facts = of_document(opened);
    facts.fonts_not_embedded = fonts_not_embedded(doc, doc.objects.values());
    let pages = page_tree::pages(doc);
    facts.pages = pages
        .par_iter()
        .map(|page| {
            let geometry = Geometry::of(doc, &page.dict);
            let annotations: Vec<&Dictionary> = get_array(doc, &page.dict, b"Annots")
                .unwrap_or_default()
                .iter()
                .filter_map(|annotation| as_dict(resolve(doc, annotation)))
                .collect();
            let ink = ink::scan_page(
                doc,
                &page.dict,
                geometry,
                annotations.iter().copied(),
                pages.len(),
            );
            page_facts(&ink, geometry, annotations.into_iter())
        })
        .collect();
    facts
}

/// What can be said without reading any page: for an import, which reads the selected ones.
pub(super) fn of_document(opened: &Opened) -> Facts {
    let doc = &opened.doc;
    let mut facts = Facts {
        encrypted: opened.encrypted,
        repaired: opened.repaired,
        ..Facts::default()
    };
    let Ok(catalog) = doc.catalog() else {
        return facts;
    };
    facts.lang = get_text(doc, catalog, b"Lang");
    facts.title =
        get_dict(doc, &doc.trailer, b"Info").and_then(|info| get_text(doc, info, b"Title"));
    facts.suspects = get_dict(doc, catalog, b"MarkInfo")
        .is_some_and(|info| matches!(get(doc, info, b"Suspects"), Some(Object::Boolean(true))));
    facts.page_labels = catalog.has(b"PageLabels");
    if let Some(Object::Stream(xmp)) = get(doc, catalog, b"Metadata")
        && let Some(packet) = decoded(xmp, LARGEST_XMP)
    {
        let packet = String::from_utf8_lossy(&packet);
        facts.pdf_ua = property(&packet, "pdfuaid:part").as_deref() == Some("1");
        facts.pdf_a = property(&packet, "pdfaid:part").map(|part| {
            part + &property(&packet, "pdfaid:conformance")
                .unwrap_or_default()
                .to_ascii_lowercase()
        });
    }
    let names = get_dict(doc, catalog, b"Names");
    facts.embedded_files =
        names.is_some_and(|names| names.has(b"EmbeddedFiles")) || catalog.has(b"AF");
    let opens_script = get_dict(doc, catalog, b"OpenAction")
        .is_some_and(|action| get_name(doc, action, b"S") == Some(b"JavaScript"));
    facts.javascript = names.is_some_and(|names| names.has(b"JavaScript")) || opens_script;
    (facts.form_fields, facts.signatures) = fields(doc, catalog);
    facts.bookmarks = bookmark::count(doc);
    if let Some(tree) = structure::read(doc) {
        describe(doc, &tree, &mut facts);
    }
    facts
}

/// The facts of the pages that were imported, and of the fonts they use.
pub(super) fn add_imported(facts: &mut Facts, imported: &Imported, inks: &[Ink]) {
    facts.fonts_not_embedded = {
        let dicts = imported.objects.iter();
        let lookup = &imported.objects;
        let mut names = std::collections::BTreeSet::new();
        for font in dicts.filter_map(as_dict) {
            let missing = not_embedded(font, &|object| match object {
                Object::Reference((number, 0)) => lookup.get(*number as usize),
                other => Some(other),
            });
            names.extend(missing);
        }
        names.into_iter().collect()
    };
    facts.pages = inks
        .iter()
        .zip(&imported.pages)
        .map(|(ink, page)| {
            let annotations = page
                .annotations
                .iter()
                .filter_map(|place| imported.objects.get(*place).and_then(as_dict));
            page_facts(ink, page.geometry, annotations)
        })
        .collect();
}

fn page_facts<'a>(
    ink: &Ink,
    geometry: Geometry,
    annotations: impl Iterator<Item = &'a Dictionary>,
) -> PageFacts {
    let (width, height) = geometry.size();
    let mut facts = PageFacts {
        width,
        height,
        rotate: geometry.rotate,
        text: ink.text,
        unmarked: ink.unmarked,
        nested: ink.nested,
        lowest_dpi: ink.lowest_dpi,
        highest_dpi: ink.highest_dpi,
        readable: ink.complete,
        annotations_untagged: 0,
        links_undescribed: 0,
    };
    for annotation in annotations {
        let kind = match annotation.get(b"Subtype") {
            Ok(Object::Name(kind)) => kind.as_slice(),
            _ => continue,
        };
        if kind == b"Popup" {
            continue;
        }
        facts.annotations_untagged += usize::from(!annotation.has(b"StructParent"));
        facts.links_undescribed += usize::from(kind == b"Link" && !annotation.has(b"Contents"));
    }
    facts
}

/// What the structure tree says of headings, figures and tables, types mapped by the role map.
fn describe(doc: &Document, tree: &Tree, facts: &mut Facts) {
    let roles = structure::names(doc, b"RoleMap");
    facts.tagged = true;
    // Header cells are told apart by the table they stand in, which is the last one opened.
    let mut open_table = false;
    for element in tree.in_order() {
        facts.elements += 1;
        let Ok(Object::Name(role)) = element.get(b"S") else {
            continue;
        };
        match standard(&roles, role).as_slice() {
            b"Figure" | b"Formula" => {
                facts.figures += 1;
                facts.figures_without_alt +=
                    usize::from(!element.has(b"Alt") && !element.has(b"ActualText"));
            }
            b"Table" => {
                facts.tables += 1;
                facts.tables_without_headers += 1;
                open_table = true;
            }
            b"TH" if open_table => {
                facts.tables_without_headers -= 1;
                open_table = false;
            }
            b"H" => facts.headings.push(0),
            [b'H', level @ b'1'..=b'9'] => facts.headings.push(level - b'0'),
            _ => {}
        }
    }
}

/// The standard type that a role is mapped to, or the role itself.
fn standard(roles: &Dictionary, role: &[u8]) -> Vec<u8> {
    let mut role = role.to_vec();
    for _ in 0..16 {
        match roles.get(&role) {
            Ok(Object::Name(next)) if *next != role => role = next.clone(),
            _ => break,
        }
    }
    role
}

/// Form fields and signed signatures, by a walk over the field tree.
fn fields(doc: &Document, catalog: &Dictionary) -> (usize, usize) {
    let (mut fields, mut signatures, mut seen) = (0, 0, 0);
    let Some(form) = get_dict(doc, catalog, b"AcroForm") else {
        return (0, 0);
    };
    let mut stack: Vec<(&Object, bool)> = get_array(doc, form, b"Fields")
        .unwrap_or_default()
        .iter()
        .map(|field| (field, false))
        .collect();
    while let Some((field, signs)) = stack.pop() {
        seen += 1;
        if seen > MOST_FIELDS {
            break;
        }
        let Some(field) = as_dict(resolve(doc, field)) else {
            continue;
        };
        let signs = match get_name(doc, field, b"FT") {
            Some(kind) => kind == b"Sig",
            None => signs,
        };
        let kids = get_array(doc, field, b"Kids").unwrap_or_default();
        if kids.is_empty() || field.has(b"V") {
            if signs {
                signatures += usize::from(get_dict(doc, field, b"V").is_some());
            } else {
                fields += 1;
            }
        }
        if !field.has(b"V") {
            stack.extend(kids.iter().map(|kid| (kid, signs)));
        }
    }
    (fields, signatures)
}

fn fonts_not_embedded<'a>(
    doc: &'a Document,
    objects: impl Iterator<Item = &'a Object>,
) -> Vec<String> {
    let mut names = std::collections::BTreeSet::new();
    for font in objects.filter_map(as_dict) {
        names.extend(not_embedded(font, &|object| Some(resolve(doc, object))));
    }
    names.into_iter().collect()
}

/// The name of a font that is one and whose program is not in the file.
fn not_embedded<'a>(
    font: &'a Dictionary,
    follow: &dyn Fn(&'a Object) -> Option<&'a Object>,
) -> Option<String> {
    let kind = |dict: &Dictionary, key: &[u8]| match dict.get(key) {
        Ok(Object::Name(name)) => name.clone(),
        _ => Vec::new(),
    };
    let is_font = kind(font, b"Type") == b"Font";
    // A composite font has its program with its descendant, which is met on its own.
    if !is_font || matches!(kind(font, b"Subtype").as_slice(), b"Type3" | b"Type0") {
        return None;
    }
    let descriptor = font
        .get(b"FontDescriptor")
        .ok()
        .and_then(follow)
        .and_then(as_dict);
    let embedded = descriptor.is_some_and(|descriptor| {
        [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
            .iter()
            .any(|key| descriptor.has(key))
    });
    (!embedded).then(|| String::from_utf8_lossy(&kind(font, b"BaseFont")).into_owned())
}

/// A property of an XMP packet, written as an element or as an attribute.
fn property(packet: &str, name: &str) -> Option<String> {
    let element = format!("<{name}>");
    let attribute = format!("{name}=");
    if let Some(at) = packet.find(&element) {
        let rest = &packet[at + element.len()..];
        return Some(rest[..rest.find('<')?].trim().to_owned());
    }
    let rest = &packet[packet.find(&attribute)? + attribute.len()..];
    let quote = rest
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let rest = &rest[1..];
    Some(rest[..rest.find(quote)?].trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_may_go_back_but_skip_none() {
        let facts = |headings: &[u8]| Facts {
            headings: headings.to_vec(),
            ..Facts::default()
        };
        assert!(facts(&[1, 2, 3, 2, 1, 2]).headings_in_order());
        assert!(facts(&[]).headings_in_order());
        assert!(!facts(&[2, 3]).headings_in_order());
        assert!(!facts(&[1, 3]).headings_in_order());
    }

    #[test]
    fn xmp_is_read_in_both_its_spellings() {
        assert_eq!(
            property("<pdfuaid:part>1</pdfuaid:part>", "pdfuaid:part").as_deref(),
            Some("1")
        );
        assert_eq!(
            property("<x pdfuaid:part='1' y=\"\"/>", "pdfuaid:part").as_deref(),
            Some("1")
        );
        assert_eq!(property("<x/>", "pdfuaid:part"), None);
    }
}
