//! Files that may have been forgotten: papers in a pack's folder that no item names, and another pack of
//! the same meeting. Only names, the beginnings of papers and other `pack.toml` files are read.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use super::codes;
use super::workspace::{PackFolder, WorkspaceRoot};
use crate::finding::{Finding, Place, Span};

/// How deep folders are searched, and how many files in all.
const DEPTH: usize = 4;
const MOST_FILES: usize = 5_000;
/// The largest `pack.toml` of another pack that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Reports in Markdown and PDFs in the pack's folder that are not among its sources.
pub(super) fn unnamed(
    root: &WorkspaceRoot,
    pack: &PackFolder,
    named: &BTreeSet<String>,
) -> Vec<Finding> {
    // A pack in the workspace's own folder has everything else beside it.
    if pack.0.is_empty() {
        return Vec::new();
    }
    let mut files = Vec::new();
    gather(&root.folder().join(&pack.0), &pack.0, DEPTH, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|name| !named.contains(name))
        .filter_map(|name| {
            let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
            let path = name.strip_prefix(&format!("{}/", pack.0))?;
            let help = format!("Name it at its item in pack.toml: source = \"{path}\"; or move it out of the folder");
            let message = format!("No item of the agenda names {path}");
            let place = Place::File(name.clone());
            match ending.as_str() {
                "md" | "markdown" if is_report(&root.folder().join(&name)) => Some(
                    Finding::warning(codes::PAPER_NOT_NAMED, place, message).help(help),
                ),
                "pdf" => Some(Finding::note(codes::PAPER_NOT_NAMED, place, message).help(help)),
                _ => None,
            }
        })
        .collect()
}

fn gather(folder: &Path, name: &str, depth: usize, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(own) = entry.file_name().into_string() else {
            continue;
        };
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        let hidden = own.starts_with(['.', '~']) || own == "out" || own == "out-members";
        if hidden || files.len() >= MOST_FILES {
            continue;
        }
        let name = format!("{name}/{own}");
        if kind.is_dir() && depth > 0 && !entry.path().join("pack.toml").exists() {
            gather(&entry.path(), &name, depth - 1, files);
        } else if kind.is_file() {
            files.push(name);
        }
    }
}

/// Whether a Markdown file begins as reports and minutes do.
fn is_report(path: &Path) -> bool {
    let mut start = [0; 3];
    std::fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok()
        && &start == b"+++"
}

/// Another pack of the committee that meets on the same day at the same time.
pub(super) fn same_meeting(
    root: &WorkspaceRoot,
    pack: &PackFolder,
    place: Span,
) -> Option<Finding> {
    let own = meeting(root, pack)?;
    let other = root
        .packs()
        .ok()?
        .into_iter()
        .filter(|other| other != pack)
        .find(|other| meeting(root, other).as_ref() == Some(&own))?;
    Some(
        Finding::warning(
            codes::MEETING_TWICE,
            place,
            format!("There is another pack of this meeting: {}", other.0),
        )
        .help("Remove the one that is not wanted, or correct its date or committee"),
    )
}

/// The committee, day and time of a pack, as its `pack.toml` writes them.
fn meeting(root: &WorkspaceRoot, pack: &PackFolder) -> Option<[String; 3]> {
    let path = root.folder().join(&pack.0).join("pack.toml");
    let small = path.metadata().ok()?.len() <= LARGEST;
    let text = small
        .then(|| std::fs::read_to_string(&path).ok())
        .flatten()?;
    let table: toml::Table = text.parse().ok()?;
    let sitting = table.get("meeting")?.as_table()?;
    let time = sitting.get("time").map(ToString::to_string);
    Some([
        table.get("committee")?.as_str()?.to_owned(),
        sitting.get("date")?.to_string(),
        time.unwrap_or_default(),
    ])
}
