//! A council's own templates: the files under `templates/` of its workspace, by their name.

use std::collections::BTreeMap;
use std::io;

use super::WorkspaceRoot;
use crate::real::real;

/// The largest template that is read, in bytes.
const LARGEST: u64 = 4 << 20;

/// The templates of a workspace by the path below `templates/typeset` or `templates/html`, such as
/// `front.typ` or `page.html`; empty if the workspace has none.
///
/// # Errors
/// A folder or file that cannot be read, is not text, or is far too large for a template.
pub fn templates(root: &WorkspaceRoot) -> io::Result<BTreeMap<String, String>> {
    of(root, &["typeset", "html"])
}

/// The templates of a workspace by the path below `templates/site`.
///
/// # Errors
/// As [`templates`].
pub fn site_templates(root: &WorkspaceRoot) -> io::Result<BTreeMap<String, String>> {
    of(root, &["site"])
}

fn of(root: &WorkspaceRoot, rooms: &[&str]) -> io::Result<BTreeMap<String, String>> {
    let mut templates = BTreeMap::new();
    for room in rooms {
        let folder = root.folder().join("templates").join(room);
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let Some(name) = path.file_name() else {
                continue;
            };
            if !path.is_file() {
                continue;
            }
            let name = name.to_string_lossy().into_owned();
            let told = |error: io::Error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            };
            let inside = real(&path).map_err(told)?;
            if !inside.starts_with(root.folder()) {
                let why = "leads out of the workspace: copy the file into the folder";
                return Err(told(io::Error::other(why)));
            }
            if path.metadata().map_err(told)?.len() > LARGEST {
                return Err(told(io::ErrorKind::FileTooLarge.into()));
            }
            templates.insert(name, std::fs::read_to_string(&path).map_err(told)?);
        }
    }
    Ok(templates)
}
