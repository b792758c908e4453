//! Whether anything that a pack is made from has changed: one hash of all of it, quicker than reading it.

use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{PackFolder, RECORD, WorkspaceRoot};
use crate::hex::hex;
use crate::model::SourceName;

/// Whether a pack's folder says that it was published.
pub fn is_published(root: &WorkspaceRoot, pack: &PackFolder) -> bool {
    root.folder().join(pack.file(RECORD).0).is_file()
}

/// A hash of every file in a pack's folder and of those `outside` it that it was made from; none where
/// one of them cannot be read, or where the folder is the workspace's own, which holds outputs too.
pub fn fingerprint(
    root: &WorkspaceRoot,
    pack: &PackFolder,
    outside: &[SourceName],
) -> Option<String> {
    if pack.0.is_empty() {
        return None;
    }
    let mut files = Vec::new();
    walk(root.folder(), &pack.0, &mut files)?;
    files.extend(outside.iter().map(|name| name.0.clone()));
    files.sort();
    files.dedup();
    let mut whole = Sha256::new();
    for file in files {
        let bytes = std::fs::read(root.folder().join(&file)).ok()?;
        whole.update(Sha256::digest(file.as_bytes()));
        whole.update(Sha256::digest(&bytes));
    }
    Some(hex(&whole.finalize()))
}

/// A hash of the names, sizes and times of every file that a pack may be made from: what is in its
/// folder, what stands beside `council.toml`, the bodies, the templates, and what is `outside`. It is
/// taken again and again, so no file is opened.
pub fn stamp(root: &WorkspaceRoot, pack: &PackFolder, outside: &[SourceName]) -> u64 {
    let mut files = Vec::new();
    // A folder that goes away while it is looked at is seen the next time.
    let _ = walk(root.folder(), &pack.0, &mut files);
    for folder in ["committees", "templates/html", "templates/typeset"] {
        let _ = walk(root.folder(), folder, &mut files);
    }
    files.push("council.toml".to_owned());
    files.extend(outside.iter().map(|name| name.0.clone()));
    files.sort();
    files.dedup();
    let mut hasher = std::hash::DefaultHasher::new();
    for file in files {
        let known = std::fs::metadata(root.folder().join(&file)).ok();
        let known = known.map(|known| (known.len(), known.modified().ok()));
        (file, known).hash(&mut hasher);
    }
    hasher.finish()
}

fn walk(root: &Path, folder: &str, files: &mut Vec<String>) -> Option<()> {
    for entry in std::fs::read_dir(root.join(folder)).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name();
        let name = name.to_str()?;
        // What editors and file managers leave for themselves is no source.
        if name.starts_with('.') {
            continue;
        }
        let path = if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        };
        if folder.is_empty() && name.starts_with("out") {
            continue;
        }
        if entry.path().is_dir() {
            walk(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Some(())
}
