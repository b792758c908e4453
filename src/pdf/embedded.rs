//! The files inside a PDF: their names, and one of them taken out.

use lopdf::{Dictionary, Document, Object};

use super::object::{as_dict, decoded, get, get_array, get_dict, get_text, resolve};

/// Nodes looked at of the tree of names at most.
const MOST_NODES: usize = 2_000;
/// Files listed at most.
const MOST_FILES: usize = 10_000;
/// The largest file that is taken out, in bytes.
const LARGEST: usize = 512 << 20;

/// The names of the files inside, each once, in order.
pub(crate) fn names(doc: &Document) -> Vec<String> {
    let mut names: Vec<String> = files(doc).into_iter().map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether a PDF is a portfolio: a cover around files that are the papers.
pub(crate) fn is_portfolio(doc: &Document) -> bool {
    doc.catalog()
        .is_ok_and(|catalog| get_dict(doc, catalog, b"Collection").is_some())
}

/// A file by its name.
pub(crate) fn file(doc: &Document, name: &str) -> Option<Vec<u8>> {
    let (_, file) = files(doc).into_iter().find(|(called, _)| called == name)?;
    let held = get_dict(doc, file, b"EF")?;
    [b"UF".as_slice(), b"F"].iter().find_map(|key| {
        let Object::Stream(stream) = get(doc, held, key)? else {
            return None;
        };
        decoded(stream, LARGEST)
    })
}

/// What says of each file what it is called and where it is.
fn files(doc: &Document) -> Vec<(String, &Dictionary)> {
    let mut files: Vec<(String, &Dictionary)> = Vec::new();
    let Ok(catalog) = doc.catalog() else {
        return files;
    };
    let mut add = |object| {
        let Some(file) = as_dict(resolve(doc, object)) else {
            return;
        };
        let name = get_text(doc, file, b"UF")
            .or_else(|| get_text(doc, file, b"F"))
            .or_else(|| file.has(b"EF").then(String::new));
        if let Some(name) = name.filter(|_| files.len() < MOST_FILES) {
            files.push((name, file));
        }
    };
    // A tree: nodes with kids, leaves with pairs of a name and a file.
    let mut open: Vec<&Dictionary> = get_dict(doc, catalog, b"Names")
        .and_then(|names| get_dict(doc, names, b"EmbeddedFiles"))
        .into_iter()
        .collect();
    let mut seen = 0;
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > MOST_NODES {
            break;
        }
        let pairs = get_array(doc, node, b"Names").unwrap_or_default();
        for pair in pairs.chunks_exact(2) {
            add(&pair[1]);
        }
        for kid in get_array(doc, node, b"Kids").unwrap_or_default() {
            open.extend(as_dict(resolve(doc, kid)));
        }
    }
    for file in get_array(doc, catalog, b"AF").unwrap_or_default() {
        add(file);
    }
    files
}
