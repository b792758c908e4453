//! Takes the outputs of a build from a hidden folder to where readers look for them.
//!
//! What readers get is in a folder of its own, named after its edition, in the output folder; the
//! records about it (the manifest and others) are beside it. A build prepares the whole readers'
//! folder afresh in a hidden folder beside it, and puts it in place in one step. Whenever a build is
//! stopped, the folder is as it was or as it is to be, and the next build finishes or clears what was
//! left.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::lock::Lock;
use super::{Known, MANIFEST, Output, Readers, WriteError, failed, is_inside, left, make_folder};
use super::{swap, write_file};
use crate::hex::hex;

/// The hidden folder, in an output folder, of a build that is not finished.
const STAGING: &str = ".pack";

/// The outputs of a build on their way into a folder, which is made if it does not exist. Until they
/// are published they are in a hidden folder, which is removed if they never are.
pub struct Publication {
    folder: PathBuf,
    kind: String,
    readers: Readers,
    known: Known,
    staged: Mutex<BTreeSet<String>>,
    /// Released last.
    _lock: Lock,
}

impl Publication {
    /// Outputs for a folder, in which nobody else builds until this is dropped; `waiting` is called
    /// if another build has to finish first. `kind` says who they are for ("public" or "members"); a
    /// folder whose manifest says otherwise is refused.
    ///
    /// # Errors
    /// When the folder cannot be written to or holds outputs for other readers.
    pub fn new(
        folder: &Path,
        kind: &str,
        readers: Readers,
        waiting: &dyn Fn(),
    ) -> Result<Self, WriteError> {
        let lock = Lock::of(folder, readers, waiting)?;
        let mut publication = Self {
            folder: folder.to_owned(),
            kind: kind.to_owned(),
            readers,
            known: Known::read(folder),
            staged: Mutex::default(),
            _lock: lock,
        };
        if let Some(holds) = publication.known.edition.clone()
            && holds != kind
        {
            return Err(WriteError::OtherReaders {
                folder: folder.to_owned(),
                holds,
            });
        }
        publication.finish_or_clear()?;
        publication.known = Known::read(folder);
        // A file would be lost, and what a link leads to would stay as it is while readers look there.
        let place = folder.join(kind);
        match place.symlink_metadata() {
            Ok(there) if !there.is_dir() => Err(WriteError::WouldOverwrite(place)),
            _ => Ok(publication),
        }
    }

    /// A file beside the readers' folder as the last build left it.
    pub fn record(&self, name: &str) -> Option<Vec<u8>> {
        left(&self.folder, name)
    }

    /// A file in the readers' folder as the last build left it.
    pub fn there(&self, name: &str) -> Option<Vec<u8>> {
        left(&self.folder.join(&self.kind), name)
    }

    /// An output that was written ahead.
    pub fn ahead(&self, name: &str) -> Option<Vec<u8>> {
        let staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        let is_there = staged.contains(name);
        is_there.then(|| fs::read(self.fresh().join(name)).ok())?
    }

    /// Writes an output while others are still being made, and says whether that worked. If not, it
    /// is tried again, and any error reported, when all are published.
    pub fn write_ahead(&self, name: &str, bytes: &[u8]) -> bool {
        let path = self.fresh().join(name);
        if write_file(&path, bytes, self.readers).is_ok() {
            let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
            staged.insert(name.to_owned());
            true
        } else {
            // The error comes up again when the outputs are published.
            let _ = fs::remove_file(path);
            false
        }
    }

    /// Puts outputs into the readers' folder, those that were written ahead as they were then, removes
    /// the files of an earlier build that are `gone`, and puts the records beside it. The manifest
    /// has to be among them: it says what is in the folder.
    ///
    /// # Errors
    /// When anything cannot be written; the folder is then as it was.
    pub fn publish(
        self,
        outputs: &[Output],
        gone: &BTreeSet<String>,
        records: &[Output],
    ) -> Result<(), WriteError> {
        let refuse = |name: &str| {
            let place = self.folder.join(name);
            let foreign = place.symlink_metadata().is_ok() && !self.known.made(name);
            if foreign {
                Err(WriteError::WouldOverwrite(place))
            } else {
                Ok(())
            }
        };
        for output in outputs {
            refuse(&format!("{}/{}", self.kind, output.name))?;
        }
        for record in records {
            refuse(&record.name)?;
        }
        let staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = self.fresh();
        make_folder(&fresh, self.readers)?;
        for output in outputs {
            if !staged.contains(&output.name) {
                write_file(&fresh.join(&output.name), &output.bytes, self.readers)?;
            }
        }
        let place = self.folder.join(&self.kind);
        let replaced: BTreeSet<&str> = outputs.iter().map(|output| &*output.name).collect();
        carry_over(&place, "", &fresh, self.readers, &|name| {
            !replaced.contains(name) && !gone.contains(name)
        })?;
        let kept = self.staging().join("records");
        let (manifest, others): (Vec<_>, Vec<_>) =
            records.iter().partition(|record| record.name == MANIFEST);
        for record in others {
            write_file(&kept.join(&record.name), &record.bytes, self.readers)?;
        }
        // Once the manifest is there under its name, what is staged is whole.
        for manifest in manifest {
            let part = kept.join("manifest.part");
            write_file(&part, &manifest.bytes, self.readers)?;
            fs::rename(&part, kept.join(MANIFEST)).map_err(failed("write to", &kept))?;
        }
        swap::into_place(&fresh, &place, &self.staging().join("old"))?;
        self.put_records()
    }

    /// Moves the records beside the readers' folder, the manifest last, and removes the files that an
    /// earlier build left and this one does not make.
    fn put_records(&self) -> Result<(), WriteError> {
        let kept = self.staging().join("records");
        let mut names: Vec<_> = fs::read_dir(&kept)
            .map_err(failed("read", &kept))?
            .filter_map(|entry| Some(entry.ok()?.file_name()))
            .collect();
        names.sort_by_key(|name| name == MANIFEST);
        for name in names {
            let place = self.folder.join(&name);
            fs::rename(kept.join(&name), &place).map_err(failed("write", &place))?;
        }
        let now = Known::read(&self.folder);
        let outputs = self.known.outputs.iter().map(|(name, _)| name);
        for name in outputs.filter(|name| !now.made(name)) {
            // In the readers' folder it is gone already; elsewhere nothing depends on it.
            let _ = fs::remove_file(self.folder.join(name));
        }
        let _ = fs::remove_dir_all(self.staging());
        Ok(())
    }

    /// Deals with what a stopped build left: finishes it where the readers' folder is already the new
    /// one, and clears it where that is still the old one.
    fn finish_or_clear(&self) -> Result<(), WriteError> {
        let staging = self.staging();
        if !staging.exists() {
            return Ok(());
        }
        let manifest = staging.join("records").join(MANIFEST);
        let place = self.folder.join(&self.kind);
        if !place.exists() && staging.join("old").exists() {
            // Stopped between the two moves of a system that cannot swap folders.
            let from = if manifest.exists() {
                self.fresh()
            } else {
                staging.join("old")
            };
            fs::rename(from, &place).map_err(failed("write", &place))?;
        }
        if Known::read(&staging.join("records")).describes(&self.folder, &self.kind) {
            return self.put_records();
        }
        fs::remove_dir_all(&staging).map_err(failed("clear", &staging))
    }

    fn staging(&self) -> PathBuf {
        self.folder.join(STAGING)
    }

    /// Where the readers' folder is prepared.
    fn fresh(&self) -> PathBuf {
        self.staging().join("new")
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // Nothing reads it, and if this fails the next build clears it.
        let _ = fs::remove_dir_all(self.staging());
    }
}

impl Known {
    /// Whether the readers' folder of a kind holds every file that the manifest names there, byte
    /// for byte.
    fn describes(&self, folder: &Path, kind: &str) -> bool {
        let prefix = format!("{kind}/");
        self.edition.is_some()
            && self
                .outputs
                .iter()
                .filter(|(name, _)| name.starts_with(&prefix))
                .all(|(name, hash)| {
                    fs::read(folder.join(name))
                        .is_ok_and(|bytes| hex(&Sha256::digest(&bytes)) == *hash)
                })
    }
}

/// Carries the files of a folder that are to stay over into the one that replaces it.
fn carry_over(
    from: &Path,
    below: &str,
    to: &Path,
    readers: Readers,
    stays: &dyn Fn(&str) -> bool,
) -> Result<(), WriteError> {
    let folder = from.join(below);
    let Ok(entries) = fs::read_dir(&folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.map_err(failed("read", &folder))?;
        let file = entry.file_name().to_string_lossy().into_owned();
        let name = if below.is_empty() {
            file
        } else {
            format!("{below}/{file}")
        };
        let kind = entry.file_type().map_err(failed("read", &folder))?;
        if kind.is_dir() {
            carry_over(from, &name, to, readers, stays)?;
        } else if is_inside(&name) && stays(&name) {
            let (old, new) = (from.join(&name), to.join(&name));
            if let Some(parent) = new.parent() {
                make_folder(parent, readers)?;
            }
            // Where a file cannot have two names it is copied.
            if fs::hard_link(&old, &new).is_err() {
                fs::copy(&old, &new).map_err(failed("copy", &old))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: &dyn Fn() = &|| panic!("nobody else is at work here");

    fn output(name: &str, text: &str) -> Output {
        Output {
            name: name.to_owned(),
            bytes: text.to_owned().into(),
        }
    }

    /// A manifest that names files of the public folder, each with what it holds.
    fn manifest(files: &[(&str, &str)]) -> Output {
        let outputs: Vec<_> = files
            .iter()
            .map(|(name, text)| {
                let hash = hex(&Sha256::digest(text.as_bytes()));
                serde_json::json!({ "path": format!("public/{name}"), "sha256": hash })
            })
            .collect();
        let manifest =
            serde_json::json!({ "generator": "pack", "edition": "public", "outputs": outputs });
        output(MANIFEST, &manifest.to_string())
    }

    fn open(folder: &Path) -> Result<Publication, WriteError> {
        Publication::new(folder, "public", Readers::Anybody, NOBODY)
    }

    /// Publishes some files, and says in the manifest that all of `there` are in the folder.
    fn publish(
        folder: &Path,
        files: &[(&str, &str)],
        gone: &[&str],
        there: &[(&str, &str)],
    ) -> Result<(), WriteError> {
        let outputs: Vec<_> = files
            .iter()
            .map(|(name, text)| output(name, text))
            .collect();
        let gone = gone.iter().map(|name| (*name).to_owned()).collect();
        open(folder)?.publish(&outputs, &gone, &[manifest(there)])
    }

    /// Every file below a folder with what it holds.
    fn listing(folder: &Path) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut stack = vec![folder.to_owned()];
        while let Some(inner) = stack.pop() {
            for entry in fs::read_dir(inner).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    stack.push(path);
                } else {
                    let name = path.strip_prefix(folder).expect("inside");
                    let text = fs::read(&path).expect("a file");
                    files.push((
                        name.to_string_lossy().into_owned(),
                        String::from_utf8_lossy(&text).into_owned(),
                    ));
                }
            }
        }
        files.sort();
        files
    }

    fn public(folder: &Path) -> Vec<(String, String)> {
        listing(&folder.join("public"))
    }

    fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        files.iter().map(own).collect()
    }

    #[test]
    fn a_build_replaces_its_own_files_and_leaves_the_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = [("a.pdf", "1"), ("papers/b.pdf", "1")];
        publish(folder.path(), &first, &[], &first).expect("first build");
        assert_eq!(public(folder.path()), pairs(&first));
        fs::write(folder.path().join("public/notes.txt"), "mine").expect("a file");
        let second = [("a.pdf", "2"), ("large.pdf", "2"), ("notes.txt", "mine")];
        publish(folder.path(), &second[..2], &["papers/b.pdf"], &second[..2])
            .expect("second build");
        assert_eq!(public(folder.path()), pairs(&second));
        assert!(!folder.path().join("public/papers").exists());
        assert!(!folder.path().join(STAGING).exists());
    }

    #[test]
    fn what_is_not_published_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("out");
        let publication = open(&inside).expect("a folder");
        publication.write_ahead("a.pdf", b"1");
        drop(publication);
        assert!(!inside.exists(), "nothing was published");
        publish(&inside, &[("a.pdf", "1")], &[], &[("a.pdf", "1")]).expect("a build");
        let publication = open(&inside).expect("a folder");
        publication.write_ahead("a.pdf", b"2");
        assert_eq!(public(&inside), pairs(&[("a.pdf", "1")]));
        drop(publication);
        assert_eq!(public(&inside), pairs(&[("a.pdf", "1")]));
        assert!(!inside.join(STAGING).exists());
    }

    #[test]
    fn what_stands_where_the_readers_folder_goes_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("public");
        fs::write(&place, "mine").expect("a file");
        assert!(matches!(
            open(folder.path()),
            Err(WriteError::WouldOverwrite(_))
        ));
        assert_eq!(fs::read(&place).expect("the file"), b"mine");
        #[cfg(unix)]
        {
            fs::remove_file(&place).expect("removed");
            let elsewhere = tempfile::tempdir().expect("a folder");
            std::os::unix::fs::symlink(elsewhere.path(), &place).expect("a link");
            assert!(matches!(
                open(folder.path()),
                Err(WriteError::WouldOverwrite(_))
            ));
            assert!(place.is_symlink());
        }
    }

    #[test]
    fn a_file_of_somebody_elses_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("public")).expect("a folder");
        fs::write(folder.path().join("public/a.pdf"), "mine").expect("a file");
        let files = [("b.pdf", "1"), ("a.pdf", "1")];
        let result = publish(folder.path(), &files, &[], &files);
        assert!(matches!(result, Err(WriteError::WouldOverwrite(_))));
        assert_eq!(public(folder.path()), pairs(&[("a.pdf", "mine")]));
    }

    #[test]
    fn public_and_members_outputs_never_share_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        publish(folder.path(), &[("a.pdf", "1")], &[], &[("a.pdf", "1")]).expect("a build");
        let members = Publication::new(folder.path(), "members", Readers::OwnerOnly, NOBODY);
        assert!(matches!(members, Err(WriteError::OtherReaders { .. })));
    }

    #[test]
    fn what_a_stopped_build_left_is_cleared_before_the_folders_change_places_and_finished_after() {
        let folder = tempfile::tempdir().expect("a folder");
        publish(folder.path(), &[("a.pdf", "1")], &[], &[("a.pdf", "1")]).expect("a build");
        let before = fs::read(folder.path().join(MANIFEST)).expect("a manifest");
        let leave = |inner: &str, name: &str, bytes: &[u8]| {
            let inner = folder.path().join(STAGING).join(inner);
            fs::create_dir_all(&inner).expect("a folder");
            fs::write(inner.join(name), bytes).expect("a file");
        };
        let manifest = manifest(&[("a.pdf", "2")]);
        leave("new", "a.pdf", b"2");
        leave("records", MANIFEST, &manifest.bytes);
        drop(open(folder.path()).expect("cleared"));
        assert_eq!(public(folder.path()), pairs(&[("a.pdf", "1")]));
        let now = || fs::read(folder.path().join(MANIFEST)).expect("a manifest");
        assert_eq!(now(), before);

        leave("new", "a.pdf", b"1");
        leave("records", MANIFEST, &manifest.bytes);
        fs::write(folder.path().join("public/a.pdf"), "2").expect("a file");
        drop(open(folder.path()).expect("finished"));
        assert_eq!(public(folder.path()), pairs(&[("a.pdf", "2")]));
        assert_eq!(now(), manifest.bytes);

        // Where two folders cannot change places, a build may stop between the two moves.
        leave("new", "a.pdf", b"3");
        leave(
            "records",
            MANIFEST,
            &super::tests::manifest(&[("a.pdf", "3")]).bytes,
        );
        fs::rename(
            folder.path().join("public"),
            folder.path().join(STAGING).join("old"),
        )
        .expect("moved");
        drop(open(folder.path()).expect("finished"));
        assert_eq!(public(folder.path()), pairs(&[("a.pdf", "3")]));
    }

    #[test]
    fn the_second_waits_for_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = open(folder.path()).expect("a folder");
        let (told, hears) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let told = told;
                let waiting = || told.send(()).expect("somebody hears");
                Publication::new(folder.path(), "public", Readers::Anybody, &waiting)
                    .map(|second| second.record("a.txt"))
            });
            hears.recv().expect("the second says that it waits");
            fs::write(folder.path().join("a.txt"), "first").expect("a file");
            drop(first);
            let found = second.join().expect("no panic").expect("a folder");
            assert_eq!(found.as_deref(), Some(&b"first"[..]));
        });
    }

    #[cfg(unix)]
    #[test]
    fn members_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("out");
        let members = Publication::new(&inside, "members", Readers::OwnerOnly, NOBODY);
        let manifest = serde_json::json!({ "generator": "pack", "edition": "members" });
        let records = [output(MANIFEST, &manifest.to_string())];
        members
            .expect("a folder")
            .publish(&[output("x.pdf", "private")], &BTreeSet::new(), &records)
            .expect("members build");
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&inside.join("members/x.pdf")), 0o600);
        assert_eq!(mode(&inside.join("members")), 0o700);
        assert_eq!(mode(&inside), 0o700);
    }
}
