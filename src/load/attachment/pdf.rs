//! The facts of a PDF: its pages and boxes, whether it is tagged, what it holds besides pages.
//! It looks at objects and never draws a page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Pdf;
use crate::finding::Span;
use crate::load::disk::Refusal;
use crate::load::{PdfContent, codes};
use crate::model::{PageBox, PageSelection, PdfFacts, PdfPage, SourceName};
use crate::pdf::Page;
use crate::pdf::geometry::Rect;
use crate::pdf::object::{as_dict, get, get_dict};
use crate::pdf::opening::{OpenError, Opened, open_light};

/// The most pages, fields or structure elements that are counted.
const MOST: usize = 2_000_000;
/// The largest stream that is unpacked, in bytes.
const LARGEST_STREAM: usize = 128 << 20;

/// The facts of a PDF and the content of the selections of its pages that are wanted, or why it
/// cannot be used.
pub(super) fn read(
    name: &SourceName,
    bytes: &Bytes,
    selections: &[(PageSelection, Span)],
    content: PdfContent,
) -> Result<Pdf, Refusal> {
    let opened = open_light(bytes).map_err(|error| refusal(name, error))?;
    let facts = facts(&opened, bytes.len() as u64);
    let wanted: &[(PageSelection, Span)] = if content.reflow && facts.tagged {
        selections
    } else {
        &[]
    };
    let all = PageSelection::default();
    let reading =
        crate::pdf::read_opened(&opened, bytes, wanted, content.looked_at.then_some(&all));
    let mut reflows = reading.reflows;
    reflows.resize(selections.len(), None);
    Ok(Pdf {
        facts,
        reflows,
        suspects: reading.suspects,
        shown: reading.shown.into_iter().map(Arc::new).collect(),
    })
}

fn refusal(name: &SourceName, error: OpenError) -> Refusal {
    let (code, what, help) = match error {
        OpenError::NotPdf => (
            codes::NOT_A_PDF,
            "is not a PDF, whatever its name says",
            "Open it in the program that made it and save it as PDF",
        ),
        OpenError::Empty => (codes::PDF_EMPTY, "is empty", "Ask for the file again"),
        OpenError::NoPages => (
            codes::PDF_EMPTY,
            "has no pages",
            "Ask for the file again, or save it as PDF once more",
        ),
        OpenError::Damaged => (
            codes::PDF_DAMAGED,
            "is damaged beyond repair",
            "Ask for the file again, or open it in another program and save it as PDF",
        ),
        OpenError::NeedsPassword => (
            codes::PDF_ENCRYPTED,
            "cannot be opened without a password",
            "Ask for a copy without a password",
        ),
        OpenError::UnknownEncryption => (
            codes::PDF_ENCRYPTED,
            "is encrypted in a way that cannot be read",
            "Ask for a copy without encryption",
        ),
        OpenError::TooLarge => (
            codes::PDF_DAMAGED,
            "unpacks to more than can be read safely",
            "Open it in another program and save it as PDF",
        ),
    };
    Refusal::new(code, format!("{name} {what}"), help)
}

fn facts(opened: &Opened, bytes: u64) -> PdfFacts {
    let document = &opened.doc;
    let catalog = document.catalog().cloned().unwrap_or_default();
    let pages: Vec<PdfPage> = crate::pdf::pages(document)
        .iter()
        .map(|found| page(document, found))
        .collect();
    let structure = structure(document, &catalog);
    let marked = get_dict(document, &catalog, b"MarkInfo")
        .and_then(|info| get(document, info, b"Marked"))
        .and_then(|marked| marked.as_bool().ok())
        .unwrap_or(false);
    let objects = sweep(document);
    let form = get_dict(document, &catalog, b"AcroForm");
    let metadata = metadata(document, &catalog);
    PdfFacts {
        pages,
        tagged: structure.elements > 0 && marked,
        structure_elements: structure.elements,
        title: title(document, &metadata),
        lang: get(document, &catalog, b"Lang")
            .and_then(|lang| lopdf::decode_text_string(lang).ok())
            .map(|lang| lang.trim().to_owned())
            .filter(|lang| !lang.is_empty()),
        claims_ua: metadata.contains("pdfuaid"),
        encrypted: opened.encrypted,
        signed: objects.signed,
        javascript: objects.javascript,
        embedded_files: objects.embedded_files,
        form_fields: form.map_or(0, |form| fields(document, form)),
        fonts_not_embedded: objects.fonts_not_embedded,
        figures_without_alt: structure.figures_without_alt,
        bytes,
    }
}

fn page(document: &Document, page: &Page<'_>) -> PdfPage {
    let edges = |rect: &Rect| PageBox {
        left: rect.x0,
        bottom: rect.y0,
        right: rect.x1,
        top: rect.y1,
    };
    let content = content(document, page.dict);
    let mut has_text = shows_text(&content);
    let mut has_images = has_word(&content, b"BI");
    if let Some(resources) = page.resources {
        let mut seen = BTreeSet::new();
        inside(
            document,
            resources,
            &mut seen,
            0,
            &mut has_text,
            &mut has_images,
        );
    }
    PdfPage {
        crop: edges(&page.crop),
        media: edges(&page.media),
        rotation: page.rotation,
        has_text,
        has_images,
    }
}

/// The content streams of a page, one after the other.
fn content(document: &Document, page: &Dictionary) -> Vec<u8> {
    let parts: Vec<&Object> = match get(document, page, b"Contents") {
        Some(Object::Array(parts)) => parts.iter().collect(),
        Some(part) => vec![part],
        None => Vec::new(),
    };
    let mut content = Vec::new();
    for part in parts {
        if let Ok((_, Object::Stream(stream))) = document.dereference(part)
            && content.len() < LARGEST_STREAM
        {
            content.extend(unpacked(stream));
            content.push(b'\n');
        }
    }
    content
}

/// The bytes of a stream, unpacked where that is possible.
fn unpacked(stream: &lopdf::Stream) -> Vec<u8> {
    if stream.dict.has(b"Filter") {
        stream
            .decompressed_content_with_limit(LARGEST_STREAM)
            .unwrap_or_default()
    } else {
        stream.content.clone()
    }
}

/// Looks for text and images in the forms that a page draws.
fn inside(
    document: &Document,
    resources: &Dictionary,
    seen: &mut BTreeSet<ObjectId>,
    depth: usize,
    has_text: &mut bool,
    has_images: &mut bool,
) {
    let Some(forms) = get_dict(document, resources, b"XObject") else {
        return;
    };
    for (_, object) in forms.iter() {
        if (*has_text && *has_images) || depth > 8 {
            return;
        }
        if let Ok(id) = object.as_reference()
            && !seen.insert(id)
        {
            continue;
        }
        let Ok((_, Object::Stream(stream))) = document.dereference(object) else {
            continue;
        };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => *has_images = true,
            Ok(b"Form") => {
                *has_text |= shows_text(&unpacked(stream));
                if let Some(inner) = get_dict(document, &stream.dict, b"Resources") {
                    inside(document, inner, seen, depth + 1, has_text, has_images);
                }
            }
            _ => {}
        }
    }
}

fn shows_text(content: &[u8]) -> bool {
    has_word(content, b"Tj") || has_word(content, b"TJ")
}

/// Whether a two-letter operator stands in a content stream.
fn has_word(content: &[u8], word: &[u8; 2]) -> bool {
    let ends = |byte: Option<&u8>| {
        byte.is_none_or(|byte| byte.is_ascii_whitespace() || b"()[]<>/".contains(byte))
    };
    content.windows(2).enumerate().any(|(at, pair)| {
        pair == word
            && ends(content.get(at + 2))
            && ends(at.checked_sub(1).and_then(|before| content.get(before)))
    })
}

#[derive(Default)]
struct Structure {
    elements: usize,
    figures_without_alt: usize,
}

/// Walks the structure tree with a stack of its own, each element once.
fn structure(document: &Document, catalog: &Dictionary) -> Structure {
    let mut found = Structure::default();
    let Some(root) = get_dict(document, catalog, b"StructTreeRoot") else {
        return found;
    };
    let roles: BTreeMap<&[u8], &[u8]> = get_dict(document, root, b"RoleMap")
        .map(|map| {
            map.iter()
                .filter_map(|(from, to)| Some((from.as_slice(), to.as_name().ok()?)))
                .collect()
        })
        .unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut stack: Vec<&Object> = root.get(b"K").into_iter().collect();
    while let Some(object) = stack.pop() {
        if let Ok(id) = object.as_reference()
            && !seen.insert(id)
        {
            continue;
        }
        let Ok((_, object)) = document.dereference(object) else {
            continue;
        };
        match object {
            Object::Array(kids) => stack.extend(kids),
            Object::Dictionary(element) => {
                if let Ok(role) = element.get(b"S").and_then(Object::as_name) {
                    found.elements += 1;
                    let role = roles.get(role).copied().unwrap_or(role);
                    if role == b"Figure" && !element.has(b"Alt") && !element.has(b"ActualText") {
                        found.figures_without_alt += 1;
                    }
                }
                stack.extend(element.get(b"K"));
            }
            _ => {}
        }
        if found.elements >= MOST {
            break;
        }
    }
    found
}

#[derive(Default)]
struct Objects {
    signed: bool,
    javascript: bool,
    embedded_files: bool,
    fonts_not_embedded: Vec<String>,
}

/// Looks at every object once.
fn sweep(document: &Document) -> Objects {
    let mut found = Objects::default();
    let mut fonts = BTreeSet::new();
    for object in document.objects.values() {
        let Some(dict) = as_dict(object) else {
            continue;
        };
        let name = |key: &[u8]| dict.get(key).and_then(Object::as_name).unwrap_or_default();
        found.javascript |= name(b"S") == b"JavaScript" || dict.has(b"JS");
        found.embedded_files |= dict.has(b"EF");
        found.signed |= (name(b"FT") == b"Sig" && dict.has(b"V")) || name(b"Type") == b"Sig";
        if name(b"Type") == b"Font"
            && !matches!(name(b"Subtype"), b"Type0" | b"Type3")
            && !is_embedded(document, dict)
        {
            let full = String::from_utf8_lossy(name(b"BaseFont")).into_owned();
            let bare = full.split_once('+').map_or(full.as_str(), |(_, bare)| bare);
            fonts.insert(bare.to_owned());
        }
    }
    found.fonts_not_embedded = fonts.into_iter().filter(|font| !font.is_empty()).collect();
    found
}

fn is_embedded(document: &Document, font: &Dictionary) -> bool {
    get_dict(document, font, b"FontDescriptor").is_some_and(|descriptor| {
        [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
            .iter()
            .any(|key| descriptor.has(key))
    })
}

/// How many fields a form has that hold a value of their own.
fn fields(document: &Document, form: &Dictionary) -> usize {
    let mut count = 0;
    let mut seen = BTreeSet::new();
    let mut stack: Vec<&Object> = get(document, form, b"Fields")
        .and_then(|fields| fields.as_array().ok())
        .map(|fields| fields.iter().collect())
        .unwrap_or_default();
    while let Some(object) = stack.pop() {
        if let Ok(id) = object.as_reference()
            && !seen.insert(id)
        {
            continue;
        }
        let Ok((_, Object::Dictionary(field))) = document.dereference(object) else {
            continue;
        };
        let kids: Vec<&Object> = get(document, field, b"Kids")
            .and_then(|kids| kids.as_array().ok())
            .map(|kids| kids.iter().collect())
            .unwrap_or_default();
        let has_fields_inside = kids.iter().any(|kid| {
            document
                .dereference(kid)
                .ok()
                .and_then(|(_, kid)| as_dict(kid))
                .is_some_and(|kid| kid.has(b"T"))
        });
        if has_fields_inside {
            stack.extend(kids);
        } else {
            count += 1;
        }
        if count >= MOST {
            break;
        }
    }
    count
}

fn metadata(document: &Document, catalog: &Dictionary) -> String {
    match get(document, catalog, b"Metadata") {
        Some(Object::Stream(stream)) => String::from_utf8_lossy(&unpacked(stream)).into_owned(),
        _ => String::new(),
    }
}

fn title(document: &Document, metadata: &str) -> Option<String> {
    let from_info = get_dict(document, &document.trailer, b"Info")
        .and_then(|info| get(document, info, b"Title"))
        .and_then(|title| lopdf::decode_text_string(title).ok());
    let from_metadata = || {
        let (_, rest) = metadata.split_once("<dc:title")?;
        let (title, _) = rest.split_once("</dc:title>")?;
        let (_, item) = title.split_once("<rdf:li")?;
        let (_, words) = item.split_once('>')?;
        let (words, _) = words.split_once('<')?;
        Some(words.to_owned())
    };
    from_info
        .filter(|title| !title.trim().is_empty())
        .or_else(from_metadata)
        .map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty())
}
