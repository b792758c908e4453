//! Files that were meant to have another name: "pack.toml.txt", "Pack.toml". This file looks at
//! names only.

use std::path::{Path, PathBuf};

/// What Windows, editors and mail programs make of ".toml".
const ENDINGS: [&str; 8] = [
    "",
    ".toml",
    ".txt",
    ".toml.txt",
    ".toml.toml",
    ".tml",
    ".toml.md",
    ".ini",
];

/// The file in a folder that was meant to be called `wanted`, which ends in ".toml".
pub(super) fn file(folder: &Path, wanted: &str) -> Option<PathBuf> {
    let stem = wanted.trim_end_matches(".toml").to_lowercase();
    let mut found = paths(folder);
    found.retain(|path| {
        let name = name(path).to_lowercase();
        let rest = name.strip_prefix(&stem);
        rest.is_some_and(|rest| ENDINGS.contains(&rest)) && path.is_file()
    });
    found.into_iter().next()
}

/// The file that was meant to be `wanted` in the folder `folder` of a workspace, in that folder or in
/// one whose name is the same but for capital letters or its plural.
pub(super) fn file_below(root: &Path, folder: &str, wanted: &str) -> Option<PathBuf> {
    let one = |name: &str| name.to_lowercase().trim_end_matches('s').to_owned();
    let wanted_folder = one(folder);
    let mut folders = paths(root);
    folders.retain(|path| one(&name(path)) == wanted_folder && path.is_dir());
    folders.iter().find_map(|folder| file(folder, wanted))
}

/// What is in a folder, in order.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
