//! The files inside a PDF: their names, with their folders in a portfolio, and the content of one.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object};

use super::object::{as_dict, decoded, get, get_array, get_dict, get_int, get_text, resolve, text};

/// The most nodes of the tree of names, and the most folders, that are read.
const MOST_NODES: usize = 2_000;
/// The most files that are listed.
const MOST_FILES: usize = 10_000;
/// The largest file that is taken out, in bytes.
const LARGEST: usize = 512 << 20;

/// The names of the files inside, sorted, each once.
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

/// The content of a file by its name. The folder may be left out if only one file has that name.
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

/// The name and the dictionary of each file.
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
    // The names are a tree. Its nodes have kids, and its leaves have pairs of a name and a file.
    let mut open: Vec<&Dictionary> = get_dict(doc, catalog, b"Names")
        .and_then(|names| get_dict(doc, names, b"EmbeddedFiles"))
        .into_iter()
        .collect();
    let mut seen = HashSet::new();
    while let Some(node) = open.pop() {
        if !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        if seen.len() > MOST_NODES {
            break;
        }
        let pairs = get_array(doc, node, b"Names").unwrap_or_default();
        for pair in pairs.chunks_exact(2) {
            add(&pair[1], folder_of(doc, &pair[0], &folders));
        }
        let kids = get_array(doc, node, b"Kids").unwrap_or_default();
        let kids = kids.iter().take(MOST_NODES);
        open.extend(kids.filter_map(|kid| as_dict(resolve(doc, kid))));
    }
    for file in get_array(doc, catalog, b"AF").unwrap_or_default() {
        add(file, None);
    }
    files
}

/// The folder of a file by its key: "<2>letter.pdf" is in the folder with number 2 (ISO 32000-2, section
/// 12.3.5).
fn folder_of<'a>(
    doc: &Document,
    key: &Object,
    folders: &'a HashMap<i64, String>,
) -> Option<&'a String> {
    let key = text(resolve(doc, key))?;
    let (number, _) = key.strip_prefix('<')?.split_once('>')?;
    folders.get(&number.parse().ok()?)
}

/// The paths of the folders of a portfolio by their numbers. The path of the outermost is empty.
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
