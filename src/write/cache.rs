//! What builds keep for the next one, in `.pack/cache` of the workspace: never more than a set size,
//! and never in the way. An entry that cannot be read or written counts as absent.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use super::{Readers, make_folder};
use crate::kept::Kept;

/// The folder in a workspace.
const FOLDER: &str = ".pack";
/// The most that one cache may take on disk, in bytes.
const MOST: u64 = 256 << 20;
/// How long an entry stays without being used: long enough for the next meeting of most bodies, but
/// not for ever, in case a paper was withdrawn.
const LONGEST: Duration = Duration::from_secs(45 * 24 * 60 * 60);

/// What may come into the caches of a workspace before they are looked through again, in bytes: to look
/// takes longer than to read a small pack.
const UNSEEN: u64 = MOST / 16;

/// The length of the SHA-256 at the end of an entry, in bytes. A damaged entry counts as absent.
const SEAL: usize = 32;

/// A cache of one kind: what is made for the public and what is made for members never meet.
pub struct Cache {
    folder: PathBuf,
    /// Comes before every key, so that entries of another build of the program are not read.
    program: String,
    readers: Readers,
}

impl Cache {
    /// The cache of a kind ("public" or "members") in a workspace.
    pub fn of(workspace: &Path, kind: &str, readers: Readers) -> Self {
        Self {
            folder: workspace.join(FOLDER).join("cache").join(kind),
            program: program(),
            readers,
        }
    }

    /// Removes entries that have not been used for long, then the least recently used until the rest is
    /// small enough: the first time that this program comes by, and whenever much was put since.
    pub fn trim(&self) {
        let is_due = {
            let mut put = put();
            let since = put.get(&self.folder).copied();
            let is_due = since.is_none_or(|bytes| bytes > UNSEEN);
            if is_due {
                put.insert(self.folder.clone(), 0);
            }
            is_due
        };
        if is_due {
            self.trim_to(MOST, SystemTime::now() - LONGEST);
        }
    }

    fn trim_to(&self, most: u64, since: SystemTime) {
        let mut entries: Vec<(SystemTime, u64, PathBuf)> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let facts = entry.metadata().ok()?;
                Some((facts.modified().ok()?, facts.len(), entry.path()))
            })
            .collect();
        let mut total: u64 = entries.iter().map(|(_, bytes, _)| bytes).sum();
        entries.sort();
        for (used, bytes, path) in entries {
            if total <= most && used >= since {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= bytes;
            }
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{}-{key}", self.program))
    }

    fn prepare(&self) -> Option<()> {
        make_folder(&self.folder, self.readers).ok()?;
        // Version control ignores it, whichever the council uses.
        let ignore = self.folder.ancestors().nth(2)?.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n").ok()?;
        }
        Some(())
    }
}

impl Kept for Cache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let path = self.path(key);
        let mut sealed = fs::read(&path).ok()?;
        let start = sealed.len().checked_sub(SEAL)?;
        if Sha256::digest(&sealed[..start]).as_slice() != &sealed[start..] {
            return None;
        }
        // Entries that are used stay longest.
        if let Ok(file) = fs::File::options().append(true).open(&path) {
            let _ = file.set_modified(SystemTime::now());
        }
        sealed.truncate(start);
        Some(sealed)
    }

    fn put(&self, key: &str, entry: &[u8]) {
        if let Some(bytes) = put().get_mut(&self.folder) {
            *bytes += entry.len() as u64;
        }
        // Another reader sees the whole entry or none.
        let _ = self.prepare().and_then(|()| {
            let mut fresh = tempfile::NamedTempFile::new_in(&self.folder).ok()?;
            fresh.write_all(entry).ok()?;
            fresh.write_all(&Sha256::digest(entry)).ok()?;
            fresh.persist(self.path(key)).ok()
        });
    }
}

/// How many bytes this program has put into each folder since it looked through it.
fn put() -> std::sync::MutexGuard<'static, BTreeMap<PathBuf, u64>> {
    static PUT: LazyLock<Mutex<BTreeMap<PathBuf, u64>>> = LazyLock::new(Mutex::default);
    PUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells one build of the program from another: the size and the time of its file.
fn program() -> String {
    let facts = std::env::current_exe().and_then(fs::metadata);
    let time = facts.as_ref().ok().and_then(|facts| {
        let since = facts
            .modified()
            .ok()?
            .duration_since(SystemTime::UNIX_EPOCH);
        since.ok().map(|since| since.as_nanos())
    });
    format!(
        "{:x}-{:x}",
        facts.as_ref().map_or(0, fs::Metadata::len),
        time.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_kept_apart_and_the_oldest_go_first() {
        let workspace = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(workspace.path(), "public", Readers::Anybody);
        assert_eq!(cache.get("a"), None);
        cache.put("a", b"one");
        cache.put("b", b"two");
        assert_eq!(cache.get("a").as_deref(), Some(&b"one"[..]));
        let members = Cache::of(workspace.path(), "members", Readers::OwnerOnly);
        assert_eq!(members.get("a"), None);
        let ignored = workspace.path().join(".pack/.gitignore");
        assert_eq!(fs::read_to_string(ignored).expect("it is there"), "*\n");

        let old = SystemTime::now() - std::time::Duration::from_secs(1000);
        let file = fs::File::options()
            .append(true)
            .open(cache.path("b"))
            .expect("an entry");
        file.set_modified(old).expect("a time");
        let one = 3 + SEAL as u64;
        cache.trim_to(2 * one, old);
        assert!(cache.path("b").exists());
        cache.trim_to(one, old);
        assert!(!cache.path("b").exists());
        assert!(cache.get("a").is_some());
        cache.trim_to(one, SystemTime::now() + Duration::from_secs(1000));
        assert!(!cache.path("a").exists(), "nobody asked for it for long");
    }

    #[test]
    fn a_cache_is_looked_through_once_and_again_when_much_came() {
        let workspace = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(workspace.path(), "public", Readers::Anybody);
        let grow_old = || {
            cache.put("old", b"old");
            let file = fs::File::options()
                .append(true)
                .open(cache.path("old"))
                .expect("an entry");
            file.set_modified(SystemTime::now() - 2 * LONGEST)
                .expect("a time");
        };
        grow_old();
        cache.trim();
        assert!(!cache.path("old").exists());
        grow_old();
        cache.trim();
        assert!(cache.path("old").exists(), "little came since");
        let large = vec![0; 1 << 20];
        for number in 0..=UNSEEN >> 20 {
            cache.put(&number.to_string(), &large);
        }
        cache.trim();
        assert!(!cache.path("old").exists());
    }

    #[test]
    fn an_entry_is_what_it_was_or_nothing() {
        let workspace = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(workspace.path(), "public", Readers::Anybody);
        cache.put("a", b"an entry");
        let entry = fs::read(cache.path("a")).expect("an entry");
        for at in 0..entry.len() {
            let mut damaged = entry.clone();
            damaged[at] ^= 1;
            fs::write(cache.path("a"), &damaged).expect("an entry");
            assert_eq!(cache.get("a"), None, "byte {at}");
            fs::write(cache.path("a"), &entry[..at]).expect("an entry");
            assert_eq!(cache.get("a"), None, "{at} bytes");
        }
        fs::write(cache.path("a"), &entry).expect("an entry");
        assert_eq!(cache.get("a").as_deref(), Some(&b"an entry"[..]));
    }

    #[cfg(unix)]
    #[test]
    fn what_members_get_is_kept_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let workspace = tempfile::tempdir().expect("a folder");
        let members = Cache::of(workspace.path(), "members", Readers::OwnerOnly);
        members.put("a", b"private");
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&members.folder), 0o700);
        assert_eq!(mode(&members.path("a")), 0o600);
    }
}
