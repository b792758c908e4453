//! Recognises an attachment without reading it, by the size and times of its file. A check relies on
//! this. A build does not: it reads and hashes what it publishes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::kept::{Kept, key};
use crate::load::disk::Disk;
use crate::load::stamps::Stamp;
use crate::model::SourceName;

/// What is kept of a file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    sha256: String,
}

/// Files by their names.
type Entries = BTreeMap<String, Entry>;

/// What is kept of the attachments of a pack, as one entry: a file of its own for each would take longer to
/// make than to read many of them again.
pub(super) struct Known<'k> {
    kept: &'k dyn Kept,
    key: String,
    before: Entries,
    now: Mutex<Entries>,
}

impl<'k> Known<'k> {
    /// What was kept when these files were read last.
    pub(super) fn of<'n>(
        kept: &'k dyn Kept,
        names: impl IntoIterator<Item = &'n SourceName>,
    ) -> Self {
        let names = names.into_iter().map(|name| name.0.as_bytes());
        let key = key([b"stamps".as_slice()].into_iter().chain(names));
        let before: Entries = kept.value(&key).unwrap_or_default();
        Self {
            kept,
            key,
            now: Mutex::new(before.clone()),
            before,
        }
    }

    /// The length of a file and its SHA-256 in hexadecimal, if it was read with this stamp before.
    pub(super) fn find(&self, name: &SourceName, stamp: Stamp) -> Option<(u64, String)> {
        let entry = self.before.get(&name.0)?;
        (entry.stamp == stamp).then(|| (stamp.length, entry.sha256.clone()))
    }

    /// Notes the SHA-256 of a file that was read before `now`; `stamp` was taken before it was read.
    pub(super) fn note(
        &self,
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
        let mut entries = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(name.0.clone(), entry);
    }

    /// Keeps what was noted.
    pub(super) fn keep(self) {
        let now = self
            .now
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if now != self.before {
            self.kept.keep(&self.key, &now);
        }
    }
}

/// The stamp of a file; `None` if the system does not say enough.
pub(super) fn of(disk: &Disk, name: &SourceName) -> Option<Stamp> {
    Stamp::of(&disk.facts(name)?)
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
        let known = || Known::of(kept, [&name]).find(&name, of(&disk, &name)?);
        // The clocks of many disks tick a few hundred times a second.
        let write = |text| {
            std::thread::sleep(Duration::from_millis(20));
            fs::write(&path, text).expect("a file");
        };
        let keep = |stamp, now| {
            let known = Known::of(kept, [&name]);
            known.note(&disk, &name, stamp, "its hash", now);
            known.keep();
        };
        let keep_at = |now| keep(of(&disk, &name).expect("a stamp"), now);

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
        keep(before, later);
        assert_eq!(known(), None, "it changed while it was read");
        keep_at(later);
        fs::remove_file(&path).expect("a file");
        write("three");
        assert_eq!(known(), None, "another file of the name");
    }
}
