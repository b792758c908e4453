//! The files inside a PDF: their names, with the folders of a portfolio that they are in, and one of
//! them taken out.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object};

use super::object::{as_dict, decoded, get, get_array, get_dict, get_int, get_text, resolve, text};

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

/// A file by its name, without its folder where only one is called so.
pub(crate) fn file(doc: &Document, name: &str) -> Option<Vec<u8>> {
    let files = files(doc);
    let whole = files.iter().find(|(called, _)| called == name);
    let (_, file) = whole.or_else(|| {
        let last = |called: &str| called.rsplit('/').next() == Some(name);
        let mut called_so = files.iter().filter(|(called, _)| last(called));
        called_so.next().filter(|_| called_so.next().is_none())
    })?;
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
    let folders = folders(doc, catalog);
    let mut met = HashSet::new();
    let mut add = |object, folder: Option<&String>| {
        let Some(file) = as_dict(resolve(doc, object)) else {
            return;
        };
        let name = get_text(doc, file, b"UF")
            .or_else(|| get_text(doc, file, b"F"))
            .or_else(|| file.has(b"EF").then(String::new))
            .filter(|_| files.len() < MOST_FILES && met.insert(std::ptr::from_ref(file)));
        if let Some(name) = name {
            let folder = folder.filter(|folder| !folder.is_empty());
            files.push((
                folder.map_or(name.clone(), |folder| format!("{folder}/{name}")),
                file,
            ));
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
            add(&pair[1], folder_of(doc, &pair[0], &folders));
        }
        for kid in get_array(doc, node, b"Kids").unwrap_or_default() {
            open.extend(as_dict(resolve(doc, kid)));
        }
    }
    for file in get_array(doc, catalog, b"AF").unwrap_or_default() {
        add(file, None);
    }
    files
}

/// The folder that the key of a file begins with: "<2>letter.pdf" is in the one that is numbered 2
/// (ISO 32000-2 section 12.3.5).
fn folder_of<'a>(
    doc: &Document,
    key: &Object,
    folders: &'a HashMap<i64, String>,
) -> Option<&'a String> {
    let key = text(resolve(doc, key))?;
    let (number, _) = key.strip_prefix('<')?.split_once('>')?;
    folders.get(&number.parse().ok()?)
}

/// The folders of a portfolio by their numbers, each with those that it is in; that of the outermost
/// has no name.
fn folders(doc: &Document, catalog: &Dictionary) -> HashMap<i64, String> {
    let mut folders = HashMap::new();
    let root = get_dict(doc, catalog, b"Collection")
        .and_then(|collection| get_dict(doc, collection, b"Folders"));
    let Some(root) = root else { return folders };
    folders.extend(get_int(doc, root, b"ID").map(|number| (number, String::new())));
    let mut met = HashSet::new();
    let mut open: Vec<(&Dictionary, String)> = Vec::new();
    open.extend(get_dict(doc, root, b"Child").map(|child| (child, String::new())));
    while let Some((folder, outside)) = open.pop() {
        if met.len() >= MOST_NODES || !met.insert(std::ptr::from_ref(folder)) {
            continue;
        }
        let name = get_text(doc, folder, b"Name").unwrap_or_default();
        let path = if outside.is_empty() {
            name
        } else {
            format!("{outside}/{name}")
        };
        open.extend(get_dict(doc, folder, b"Next").map(|next| (next, outside)));
        open.extend(get_dict(doc, folder, b"Child").map(|child| (child, path.clone())));
        folders.extend(get_int(doc, folder, b"ID").map(|number| (number, path)));
    }
    folders
}
