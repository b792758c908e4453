//! Hashes that show whether anything that a pack is made from has changed.

use std::collections::BTreeSet;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::stamps::Stamp;
use super::{PackFolder, RECORD, WorkspaceRoot};
use crate::hex::hex;
use crate::model::SourceName;
use crate::real::real;

/// Whether a pack was published: its folder has a record of it.
pub fn is_published(root: &WorkspaceRoot, pack: &PackFolder) -> bool {
    root.folder().join(pack.file(RECORD).0).is_file()
}

/// A hash of every file in a pack's folder and of those `outside` it that it was made from; `None` if one
/// of them cannot be read, or if the folder is the workspace's own, which holds outputs too.
pub fn fingerprint(
    root: &WorkspaceRoot,
    pack: &PackFolder,
    outside: &[SourceName],
) -> Option<String> {
    if pack.0.is_empty() {
        return None;
    }
    let mut walk = Walk::of(root.folder());
    walk.below(&pack.0);
    let mut files = walk.seen_whole.then_some(walk.files)?;
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

/// A hash of the names, sizes and times of every file that a pack may be made from: its folder,
/// `council.toml`, the bodies, the templates, and the files `outside`. It is taken very often, so no file
/// is opened. What cannot be read is passed over.
pub fn stamp(root: &WorkspaceRoot, pack: &PackFolder, outside: &[SourceName]) -> u64 {
    let mut walk = Walk::of(root.folder());
    for folder in [&pack.0, "committees", "templates/html", "templates/typeset"] {
        walk.below(folder);
    }
    let mut files = walk.files;
    files.push("council.toml".to_owned());
    // A sheet of a workbook is named with the workbook before it.
    let plain = |name: &SourceName| name.0.split('#').next().map(str::to_owned);
    files.extend(outside.iter().map(|name| name.0.clone()));
    files.extend(outside.iter().filter_map(plain));
    files.sort();
    files.dedup();
    let mut hasher = std::hash::DefaultHasher::new();
    for file in files {
        let known = std::fs::metadata(root.folder().join(&file)).ok();
        let known = known.map(|known| (Stamp::of(&known), known.len(), known.modified().ok()));
        (file, known).hash(&mut hasher);
    }
    hasher.finish()
}

/// The files in some folders, by their paths from `root`.
struct Walk<'a> {
    root: &'a Path,
    files: Vec<String>,
    /// Whether no file was passed over.
    seen_whole: bool,
    /// Where links to folders lead that were followed. A link to a folder around it has no end.
    followed: BTreeSet<PathBuf>,
}

impl<'a> Walk<'a> {
    fn of(root: &'a Path) -> Self {
        Self {
            root,
            files: Vec::new(),
            seen_whole: true,
            followed: BTreeSet::new(),
        }
    }

    /// Goes through a folder. What cannot be read or named is passed over.
    fn below(&mut self, folder: &str) {
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else {
            self.seen_whole = false;
            return;
        };
        for entry in entries {
            let entry = entry.ok();
            let name = entry.as_ref().map(std::fs::DirEntry::file_name);
            let Some((entry, name)) = entry.zip(name.as_ref().and_then(|name| name.to_str()))
            else {
                self.seen_whole = false;
                continue;
            };
            // Hidden files belong to editors and file managers.
            if name.starts_with('.') || folder.is_empty() && name.starts_with("out") {
                continue;
            }
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            if !entry.path().is_dir() {
                self.files.push(path);
            } else if self.is_new(&entry) {
                self.below(&path);
            }
        }
    }

    /// Whether this is a real folder, or a link to a folder that was not followed before.
    fn is_new(&mut self, folder: &std::fs::DirEntry) -> bool {
        let is_link = folder.file_type().is_ok_and(|kind| kind.is_symlink());
        if !is_link {
            return true;
        }
        let target = real(&folder.path());
        target.is_ok_and(|target| self.followed.insert(target))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn workspace() -> (tempfile::TempDir, WorkspaceRoot, PackFolder) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("packs/meeting/plans")).expect("a folder");
        for (name, text) in [
            ("council.toml", ""),
            ("packs/meeting/pack.toml", ""),
            ("packs/meeting/plans/plan.png", "one picture"),
        ] {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let root = super::super::find(folder.path()).expect("a workspace");
        (folder, root, PackFolder("packs/meeting".to_owned()))
    }

    #[test]
    fn whatever_becomes_of_a_file_is_seen() {
        let (folder, root, pack) = workspace();
        let at = |name: &str| folder.path().join(name);
        let outside = [SourceName("shared/costs.xlsx#Sheet1".to_owned())];
        let mut before = stamp(&root, &pack, &outside);
        let mut changed = |what: &str| {
            let now = stamp(&root, &pack, &outside);
            assert_ne!(now, before, "{what}");
            before = now;
        };
        fs::create_dir(at("shared")).expect("a folder");
        fs::write(at("shared/costs.xlsx"), "1").expect("a file");
        changed("a file that was missing comes");
        let plan = at("packs/meeting/plans/plan.png");
        fs::rename(&plan, at("packs/meeting/plans/map.png")).expect("a file");
        changed("a file has another name");
        fs::rename(at("packs/meeting/plans"), at("packs/meeting/maps")).expect("a folder");
        changed("a folder has another name");
        fs::remove_dir_all(at("packs/meeting")).expect("a folder");
        changed("all of it is gone");
    }

    #[cfg(unix)]
    #[test]
    fn another_file_of_the_same_length_and_time_is_another() {
        let (folder, root, pack) = workspace();
        let plan = folder.path().join("packs/meeting/plans/plan.png");
        let before = stamp(&root, &pack, &[]);
        let time = fs::metadata(&plan).and_then(|facts| facts.modified());
        let beside = plan.with_extension("saving");
        fs::write(&beside, "two picture").expect("a file");
        let file = fs::File::options().append(true).open(&beside);
        let kept = file.and_then(|file| file.set_modified(time?));
        kept.and_then(|()| fs::rename(&beside, &plan))
            .expect("another file in its place");
        assert_ne!(stamp(&root, &pack, &[]), before);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_and_names_that_are_no_text_hide_no_other_file() {
        use std::os::unix::ffi::OsStrExt as _;
        let (folder, root, pack) = workspace();
        let meeting = folder.path().join("packs/meeting");
        assert!(fingerprint(&root, &pack, &[]).is_some());
        for name in ["a", "b", "c"] {
            std::os::unix::fs::symlink("..", meeting.join("plans").join(name)).expect("a link");
        }
        assert!(fingerprint(&root, &pack, &[]).is_some());
        let odd = std::ffi::OsStr::from_bytes(b"\xff.md");
        fs::write(meeting.join(odd), "").expect("a file");
        assert!(fingerprint(&root, &pack, &[]).is_none(), "not all is known");
        let before = stamp(&root, &pack, &[]);
        fs::write(meeting.join("plans/plan.png"), "another").expect("a file");
        assert_ne!(stamp(&root, &pack, &[]), before);
    }
}
