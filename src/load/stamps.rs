//! Whether files have changed, without opening them. A file is unchanged as long as it is the same entry on
//! the same disk, with the same length and times; Git relies on the same.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::workspace::WorkspaceRoot;
use crate::real::real;

/// A file that changed this shortly before it was read may change again without a new time, since the
/// clocks of disks are coarse.
const SETTLED: Duration = Duration::from_secs(3);
/// The most files of a workspace: with more, it is as quick to read the papers again.
const MOST: usize = 20_000;
/// Folders in a workspace's own folder that are not sources: those of this program and of version control.
const ASIDE: [&str; 2] = [".pack", ".git"];

/// The facts about a file of which at least one changes when its content does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Stamp {
    pub(super) length: u64,
    /// The disk and the entry on it.
    pub(super) entry: (u64, u64),
    /// When its content changed, and when anything about it did, in seconds and nanoseconds. The
    /// latter cannot be set by hand.
    pub(super) changed: [(i64, i64); 2],
}

impl Stamp {
    /// The stamp of a file; `None` if the system does not say enough about it.
    #[cfg(unix)]
    pub(super) fn of(facts: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            length: facts.len(),
            entry: (facts.dev(), facts.ino()),
            changed: [
                (facts.mtime(), facts.mtime_nsec()),
                (facts.ctime(), facts.ctime_nsec()),
            ],
        })
    }

    /// The stamp of a file; `None` if the system does not say enough about it.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// Whether the file has been unchanged for long enough before `now` that any later change shows.
    pub(super) fn has_settled(&self, now: SystemTime) -> bool {
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let since = since.ok().and_then(|since| since.checked_sub(SETTLED));
        since.is_some_and(|since| {
            let since = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
            self.changed.iter().all(|(second, _)| *second < since)
        })
    }

    fn add_to(&self, hash: &mut Sha256) {
        let (disk, entry) = self.entry;
        for number in [self.length, disk, entry] {
            hash.update(number.to_le_bytes());
        }
        for (seconds, nanoseconds) in self.changed {
            hash.update(seconds.to_le_bytes());
            hash.update(nanoseconds.to_le_bytes());
        }
    }
}

/// The state of a workspace: which files it has, and the stamp of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps {
    hash: [u8; 32],
    has_settled: bool,
}

impl Stamps {
    /// The state of a workspace now. `None` if it is not certain: the system says too little, a link leads
    /// out of it, a file is unsaved, or there are too many files.
    pub fn of(root: &WorkspaceRoot) -> Option<Self> {
        if root.has_unsaved() {
            return None;
        }
        let mut walk = Walk {
            root: root.folder(),
            now: SystemTime::now(),
            hash: Sha256::new(),
            met: 0,
            has_settled: true,
        };
        walk.below(root.folder())?;
        Some(Self {
            hash: walk.hash.finalize().into(),
            has_settled: walk.has_settled,
        })
    }

    /// A hash that is the same as long as nothing in the workspace changes.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Whether all files have been unchanged for long enough that any later change shows.
    pub fn has_settled(&self) -> bool {
        self.has_settled
    }

    /// Whether a text may name a file in one of the folders that are not part of the state.
    pub fn may_miss_what(text: &str) -> bool {
        ASIDE.iter().any(|name| text.contains(&format!("{name}/")))
    }
}

struct Walk<'a> {
    root: &'a Path,
    now: SystemTime,
    hash: Sha256,
    met: usize,
    has_settled: bool,
}

impl Walk<'_> {
    fn below(&mut self, folder: &Path) -> Option<()> {
        let mut entries = std::fs::read_dir(folder)
            .ok()?
            .collect::<Result<Vec<_>, _>>()
            .ok()?;
        let is_aside = |entry: &std::fs::DirEntry| {
            folder == self.root && ASIDE.iter().any(|aside| *aside == entry.file_name())
        };
        entries.retain(|entry| !is_aside(entry));
        entries.sort_by_key(std::fs::DirEntry::file_name);
        self.hash.update((entries.len() as u64).to_le_bytes());
        for entry in entries {
            let name = entry.file_name();
            self.met += 1;
            if self.met > MOST {
                return None;
            }
            let name = name.as_encoded_bytes();
            self.hash.update((name.len() as u64).to_le_bytes());
            self.hash.update(name);
            let path = entry.path();
            let facts = entry.metadata().ok()?;
            if facts.is_dir() {
                self.hash.update(b"folder");
                self.below(&path)?;
            } else if facts.is_symlink() {
                let real = real(&path).ok()?;
                // Its target is visited in its own folder.
                real.strip_prefix(self.root).ok().filter(|inside| {
                    let first = inside.components().next();
                    first.is_none_or(|first| ASIDE.iter().all(|aside| first.as_os_str() != *aside))
                })?;
                let real = real.as_os_str().as_encoded_bytes();
                self.hash.update(b"link");
                self.hash.update((real.len() as u64).to_le_bytes());
                self.hash.update(real);
            } else if facts.is_file() {
                let stamp = Stamp::of(&facts)?;
                self.has_settled &= stamp.has_settled(self.now);
                self.hash.update(b"file");
                stamp.add_to(&mut self.hash);
            } else {
                return None;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_just_changed_may_change_unseen() {
        let at = |content, anything| Stamp {
            length: 1,
            entry: (1, 1),
            changed: [(content, 0), (anything, 0)],
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        assert!(at(996, 996).has_settled(now));
        assert!(!at(997, 900).has_settled(now));
        assert!(!at(900, 999).has_settled(now));
        assert!(!at(2_000, 900).has_settled(now), "a clock that is ahead");
        assert!(!at(0, 0).has_settled(SystemTime::UNIX_EPOCH));
    }

    #[cfg(unix)]
    #[test]
    fn a_workspace_stands_as_it_did_until_anything_in_it_changes() {
        use std::fs;
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for inner in ["packs/a", "committees", ".pack/cache", ".git"] {
            fs::create_dir_all(at(inner)).expect("a folder");
        }
        for file in ["council.toml", "packs/a/pack.toml", "packs/a/one.pdf"] {
            fs::write(at(file), "one").expect("a file");
        }
        let root = crate::load::find(folder.path()).expect("a workspace");
        let stamps = || Stamps::of(&root);
        let mut last = stamps();
        assert!(last.is_some());
        assert_eq!(stamps(), last);
        fs::write(at(".git/index"), "kept").expect("a file");
        assert_eq!(stamps(), last, "what stands aside is no source");
        fs::remove_dir_all(at(".pack")).expect("a folder");
        assert_eq!(stamps(), last, "nor whether it is there");

        type Change<'c> = (&'c str, &'c dyn Fn() -> std::io::Result<()>);
        let changes: [Change<'_>; 9] = [
            ("other words of the same length", &|| {
                let times = fs::metadata(at("packs/a/one.pdf"))?.modified()?;
                std::thread::sleep(Duration::from_millis(20));
                fs::write(at("packs/a/one.pdf"), "two")?;
                let file = fs::File::options()
                    .append(true)
                    .open(at("packs/a/one.pdf"))?;
                file.set_modified(times)
            }),
            ("another file of the name", &|| {
                fs::write(at("packs/a/two.pdf"), "two")?;
                fs::rename(at("packs/a/two.pdf"), at("packs/a/one.pdf"))
            }),
            ("a new file", &|| fs::write(at("packs/a/new.md"), "")),
            ("an empty folder", &|| fs::create_dir(at("packs/b"))),
            ("another name", &|| fs::rename(at("packs/b"), at("packs/c"))),
            ("a file gone", &|| fs::remove_file(at("packs/a/new.md"))),
            ("a file of the council", &|| {
                fs::write(at("committees/board.toml"), "")
            }),
            ("a link", &|| symlink("one.pdf", at("packs/a/link.pdf"))),
            ("a link to elsewhere in it", &|| {
                fs::remove_file(at("packs/a/link.pdf"))?;
                symlink("pack.toml", at("packs/a/link.pdf"))
            }),
        ];
        for (what, change) in changes {
            change().expect(what);
            let now = stamps();
            assert!(now.is_some(), "{what}");
            assert_ne!(
                now.as_ref().map(Stamps::hash),
                last.as_ref().map(Stamps::hash),
                "{what}"
            );
            last = now;
        }
        assert!(
            !last.is_some_and(|last| last.has_settled()),
            "it has just changed"
        );
        for out in ["/", "../..", ".git/index", "nowhere"] {
            symlink(out, at("out")).expect("a link");
            assert_eq!(stamps(), None, "a link to {out}");
            fs::remove_file(at("out")).expect("a link");
        }
    }

    #[test]
    fn a_text_that_names_what_stands_aside_is_known() {
        assert!(Stamps::may_miss_what("file = \"../../.git/a.pdf\""));
        assert!(Stamps::may_miss_what("source = \".pack/cache/a.md\""));
        assert!(!Stamps::may_miss_what("file = \"papers/a.pdf\""));
    }
}
