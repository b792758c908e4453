//! The facts of a PDF: its pages and boxes, whether it is tagged, what it holds besides pages.
//! It looks at objects and never draws a page.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::load::codes;
use crate::load::disk::Refusal;
use crate::model::{PageBox, PdfFacts, PdfPage, SourceName};

/// How deep trees of pages, fields, structure and forms are followed.
const DEEPEST: usize = 64;
/// The most pages, fields or structure elements that are counted.
const MOST: usize = 2_000_000;
/// The largest stream that is unpacked, in bytes.
const LARGEST_STREAM: usize = 128 << 20;

/// The facts of a PDF, or why it cannot be used.
pub(super) fn facts(name: &SourceName, bytes: &[u8]) -> Result<PdfFacts, Refusal> {
    let document = open(name, bytes)?;
    let catalog = document.catalog().cloned().unwrap_or_default();
    let pages: Vec<PdfPage> = document
        .page_iter()
        .take(MOST)
        .map(|id| page(&document, id))
        .collect();
    if pages.is_empty() {
        return Err(Refusal::new(
            codes::PDF_EMPTY,
            format!("{name} has no pages"),
            "Ask for the file again, or save it as PDF once more",
        ));
    }
    let structure = structure(&document, &catalog);
    let marked = dict(&document, &catalog, b"MarkInfo")
        .and_then(|info| value(&document, info, b"Marked"))
        .and_then(|marked| marked.as_bool().ok())
        .unwrap_or(false);
    let objects = sweep(&document);
    let form = dict(&document, &catalog, b"AcroForm");
    let metadata = metadata(&document, &catalog);
    Ok(PdfFacts {
        pages,
        tagged: structure.elements > 0 && marked,
        structure_elements: structure.elements,
        title: title(&document, &metadata),
        lang: value(&document, &catalog, b"Lang")
            .and_then(|lang| lopdf::decode_text_string(lang).ok())
            .map(|lang| lang.trim().to_owned())
            .filter(|lang| !lang.is_empty()),
        claims_ua: metadata.contains("pdfuaid"),
        encrypted: document.was_encrypted(),
        signed: objects.signed,
        javascript: objects.javascript,
        embedded_files: objects.embedded_files,
        form_fields: form.map_or(0, |form| fields(&document, form)),
        fonts_not_embedded: objects.fonts_not_embedded,
        figures_without_alt: structure.figures_without_alt,
        bytes: bytes.len() as u64,
    })
}

fn open(name: &SourceName, bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(
            codes::PDF_EMPTY,
            format!("{name} is empty"),
            "Ask for the file again",
        ));
    }
    if !bytes.windows(5).any(|window| window == b"%PDF-") {
        return Err(Refusal::new(
            codes::NOT_A_PDF,
            format!("{name} is not a PDF, whatever its name says"),
            "Open it in the program that made it and save it as PDF",
        ));
    }
    let options = LoadOptions {
        password: Some(String::new()),
        max_decompressed_size: Some(LARGEST_STREAM),
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword
        | lopdf::Error::UnsupportedSecurityHandler(_)
        | lopdf::Error::Decryption(_) => Refusal::new(
            codes::PDF_ENCRYPTED,
            format!("{name} cannot be opened without a password"),
            "Ask for a copy without a password, or print it to PDF and name that",
        ),
        _ => Refusal::new(
            codes::PDF_DAMAGED,
            format!("{name} is damaged beyond repair"),
            "Ask for the file again, or open it in another program and save it as PDF",
        ),
    })
}

/// The value of a key, references followed.
fn value<'d>(document: &'d Document, dict: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let object = dict.get(key).ok()?;
    document.dereference(object).ok().map(|(_, object)| object)
}

fn dict<'d>(document: &'d Document, of: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
    as_dict(value(document, of, key)?)
}

fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

fn page(document: &Document, id: ObjectId) -> PdfPage {
    let media = inherited(document, id, b"MediaBox")
        .and_then(|object| page_box(document, object))
        .unwrap_or(PageBox {
            left: 0.0,
            bottom: 0.0,
            right: 612.0,
            top: 792.0,
        });
    let crop = inherited(document, id, b"CropBox")
        .and_then(|object| page_box(document, object))
        .map(|crop| PageBox {
            left: crop.left.max(media.left),
            bottom: crop.bottom.max(media.bottom),
            right: crop.right.min(media.right),
            top: crop.top.min(media.top),
        })
        .filter(|crop| crop.right > crop.left && crop.top > crop.bottom)
        .unwrap_or(media);
    let rotation = inherited(document, id, b"Rotate")
        .and_then(|object| object.as_i64().ok())
        .map_or(0, |degrees| degrees.rem_euclid(360) / 90 * 90);
    let mut has_text = false;
    let mut has_images = false;
    if let Ok(page) = document.get_dictionary(id) {
        let content = content(document, page);
        has_text = shows_text(&content);
        has_images = has_word(&content, b"BI");
        let resources = inherited(document, id, b"Resources").and_then(as_dict);
        if let Some(resources) = resources.or_else(|| dict(document, page, b"Resources")) {
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
    }
    PdfPage {
        crop,
        media,
        rotation: u16::try_from(rotation).unwrap_or(0),
        has_text,
        has_images,
    }
}

/// The content streams of a page, one after the other.
fn content(document: &Document, page: &Dictionary) -> Vec<u8> {
    let parts: Vec<&Object> = match value(document, page, b"Contents") {
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
    let Some(forms) = dict(document, resources, b"XObject") else {
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
                if let Some(inner) = dict(document, &stream.dict, b"Resources") {
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

/// A page's attribute, its own or that of a node above it.
fn inherited<'d>(document: &'d Document, page: ObjectId, key: &[u8]) -> Option<&'d Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST {
        if let Some(found) = value(document, node, key)
            && !found.is_null()
        {
            return Some(found);
        }
        node = dict(document, node, b"Parent")?;
    }
    None
}

fn page_box(document: &Document, object: &Object) -> Option<PageBox> {
    let numbers: Vec<f64> = object
        .as_array()
        .ok()?
        .iter()
        .filter_map(|number| document.dereference(number).ok()?.1.as_float().ok())
        .map(f64::from)
        .collect();
    let [a, b, c, d] = numbers[..] else {
        return None;
    };
    let page_box = PageBox {
        left: a.min(c),
        bottom: b.min(d),
        right: a.max(c),
        top: b.max(d),
    };
    (page_box.width() > 0.0 && page_box.height() > 0.0).then_some(page_box)
}

#[derive(Default)]
struct Structure {
    elements: usize,
    figures_without_alt: usize,
}

/// Walks the structure tree with a stack of its own, each element once.
fn structure(document: &Document, catalog: &Dictionary) -> Structure {
    let mut found = Structure::default();
    let Some(root) = dict(document, catalog, b"StructTreeRoot") else {
        return found;
    };
    let roles: BTreeMap<&[u8], &[u8]> = dict(document, root, b"RoleMap")
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
    dict(document, font, b"FontDescriptor").is_some_and(|descriptor| {
        [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
            .iter()
            .any(|key| descriptor.has(key))
    })
}

/// How many fields a form has that hold a value of their own.
fn fields(document: &Document, form: &Dictionary) -> usize {
    let mut count = 0;
    let mut seen = BTreeSet::new();
    let mut stack: Vec<&Object> = value(document, form, b"Fields")
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
        let kids: Vec<&Object> = value(document, field, b"Kids")
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
    match value(document, catalog, b"Metadata") {
        Some(Object::Stream(stream)) => String::from_utf8_lossy(&unpacked(stream)).into_owned(),
        _ => String::new(),
    }
}

fn title(document: &Document, metadata: &str) -> Option<String> {
    let from_info = dict(document, &document.trailer, b"Info")
        .and_then(|info| value(document, info, b"Title"))
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
