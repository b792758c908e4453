//! Knowing a file again without reading it. As long as a file is the same entry of the same disk
//! and its length and its times stand still, so does what is in it; Git goes by the same.
//!
//! A check believes this. A build does not: it reads and hashes what it publishes.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::kept::{Kept, key};
use crate::load::disk::Disk;
use crate::model::SourceName;

/// A file that changed so shortly before it was read may have changed since at the same time, as
/// coarse as the clocks of disks are.
const SETTLED: Duration = Duration::from_secs(3);

/// What of a file changes when anything in it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    /// The disk and the entry on it.
    entry: (u64, u64),
    /// When its content changed, and when anything about it did, in seconds and nanoseconds. The
    /// latter cannot be set by hand.
    changed: [(i64, i64); 2],
}

impl Stamp {
    /// The stamp of a file; none where the system does not say enough.
    #[cfg(unix)]
    pub(super) fn of(disk: &Disk, name: &SourceName) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let facts = disk.facts(name)?;
        Some(Self {
            length: facts.len(),
            entry: (facts.dev(), facts.ino()),
            changed: [
                (facts.mtime(), facts.mtime_nsec()),
                (facts.ctime(), facts.ctime_nsec()),
            ],
        })
    }

    /// The stamp of a file; none where the system does not say enough.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Disk, _: &SourceName) -> Option<Self> {
        None
    }

    /// Whether the file has been as it is for so long before `now` that a later change shows.
    fn has_settled(&self, now: SystemTime) -> bool {
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let since = since.ok().and_then(|since| since.checked_sub(SETTLED));
        since.is_some_and(|since| {
            let since = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
            self.changed.iter().all(|(second, _)| *second < since)
        })
    }
}

/// What is kept of a file that was read.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    sha256: String,
}

/// The length of a file and its SHA-256 in hexadecimal, where it was read with this stamp before.
pub(super) fn find(kept: &dyn Kept, name: &SourceName, stamp: Stamp) -> Option<(u64, String)> {
    let entry: Entry = kept.value(&key_of(name))?;
    (entry.stamp == stamp).then_some((stamp.length, entry.sha256))
}

/// Keeps the SHA-256 of a file that was read before `now`; `stamp` is that of before it was read.
pub(super) fn keep(
    kept: &dyn Kept,
    disk: &Disk,
    name: &SourceName,
    stamp: Stamp,
    sha256: &str,
    now: SystemTime,
) {
    if !stamp.has_settled(now) || Stamp::of(disk, name) != Some(stamp) {
        return;
    }
    let entry = Entry {
        stamp,
        sha256: sha256.to_owned(),
    };
    if kept.value::<Entry>(&key_of(name)).as_ref() != Some(&entry) {
        kept.keep(&key_of(name), &entry);
    }
}

fn key_of(name: &SourceName) -> String {
    key([b"stamp", name.0.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(unix)]
    use crate::kept::Shelf;

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
    fn a_file_that_changed_is_another_whatever_its_clock_says() {
        use std::fs;

        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let (disk, kept) = (Disk::new(&root), Shelf::default());
        let kept: &dyn Kept = &kept;
        let name = SourceName("a.pdf".to_owned());
        let path = root.join("a.pdf");
        let later = SystemTime::now() + Duration::from_secs(60);
        let known = || find(kept, &name, Stamp::of(&disk, &name)?);
        // The clocks of many disks tick a few hundred times a second.
        let write = |text| {
            std::thread::sleep(Duration::from_millis(20));
            fs::write(&path, text).expect("a file");
        };
        let keep_at = |now| {
            let stamp = Stamp::of(&disk, &name).expect("a stamp");
            keep(kept, &disk, &name, stamp, "its hash", now);
        };

        write("one");
        assert_eq!(known(), None, "never read");
        keep_at(SystemTime::now());
        assert_eq!(known(), None, "it may have changed since");
        keep_at(later);
        assert_eq!(known(), Some((3, "its hash".to_owned())));

        let time = fs::metadata(&path).and_then(|facts| facts.modified());
        write("two");
        let file = fs::File::options().append(true).open(&path);
        file.and_then(|file| file.set_modified(time.expect("a time")))
            .expect("a time");
        assert_eq!(known(), None, "of the same length and time");

        let before = Stamp::of(&disk, &name).expect("a stamp");
        write("three");
        keep(kept, &disk, &name, before, "its hash", later);
        assert_eq!(known(), None, "it changed while it was read");
        keep_at(later);
        fs::remove_file(&path).expect("a file");
        write("three");
        assert_eq!(known(), None, "another file of the name");
    }
}
