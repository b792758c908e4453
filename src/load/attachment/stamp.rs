//! Recognises an attachment without reading it, by the size and times of its file. A check relies on
//! this. A build does not: it reads and hashes what it publishes.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::kept::{Kept, key};
use crate::load::disk::Disk;
use crate::load::stamps::Stamp;
use crate::model::SourceName;

/// What is kept of a file that was read.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    sha256: String,
}

/// The stamp of a file; `None` if the system does not say enough.
pub(super) fn of(disk: &Disk, name: &SourceName) -> Option<Stamp> {
    Stamp::of(&disk.facts(name)?)
}

/// The length of a file and its SHA-256 in hexadecimal, if it was read with this stamp before.
pub(super) fn find(kept: &dyn Kept, name: &SourceName, stamp: Stamp) -> Option<(u64, String)> {
    let entry: Entry = kept.value(&key_of(name))?;
    (entry.stamp == stamp).then_some((stamp.length, entry.sha256))
}

/// Keeps the SHA-256 of a file that was read before `now`; `stamp` was taken before it was read.
pub(super) fn keep(
    kept: &dyn Kept,
    disk: &Disk,
    name: &SourceName,
    stamp: Stamp,
    sha256: &str,
    now: SystemTime,
) {
    if !stamp.has_settled(now) || of(disk, name) != Some(stamp) {
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
    #[test]
    fn a_file_that_changed_is_another_whatever_its_clock_says() {
        use std::fs;
        use std::time::Duration;

        use crate::kept::Shelf;

        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let (disk, kept) = (Disk::new(&root), Shelf::default());
        let kept: &dyn Kept = &kept;
        let name = SourceName("a.pdf".to_owned());
        let path = root.join("a.pdf");
        let later = SystemTime::now() + Duration::from_secs(60);
        let known = || find(kept, &name, of(&disk, &name)?);
        // The clocks of many disks tick a few hundred times a second.
        let write = |text| {
            std::thread::sleep(Duration::from_millis(20));
            fs::write(&path, text).expect("a file");
        };
        let keep_at = |now| {
            let stamp = of(&disk, &name).expect("a stamp");
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

        let before = of(&disk, &name).expect("a stamp");
        write("three");
        keep(kept, &disk, &name, before, "its hash", later);
        assert_eq!(known(), None, "it changed while it was read");
        keep_at(later);
        fs::remove_file(&path).expect("a file");
        write("three");
        assert_eq!(known(), None, "another file of the name");
    }
}
