//! The only writer of disk: the outputs of a build appear whole or not at all, and nothing that
//! `pack` did not make is overwritten.
//!
//! Outputs are first written to a hidden folder beside their places, large ones while they are still
//! being looked at, and moved there when all are made. When a move fails, those already made are
//! taken back. What an earlier build made and this one no longer does is removed, as the earlier
//! `manifest.json` tells.

mod cache;
mod publication;

pub use cache::Cache;
pub use publication::Publication;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

/// The file in an output folder that says which of its files `pack` made.
pub const MANIFEST: &str = "manifest.json";

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its name inside the output folder, with `/` between folders; never `..`.
    pub name: String,
    /// What it holds.
    pub bytes: Bytes,
}

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Whoever the system's defaults admit.
    Anybody,
    /// The owner of the files alone, where the system has such permissions.
    OwnerOnly,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// A file of that name is there and `pack` did not make it.
    WouldOverwrite(PathBuf),
    /// The folder holds outputs for other readers.
    OtherReaders {
        /// The folder.
        folder: PathBuf,
        /// Whose outputs it holds.
        holds: String,
    },
    /// The system refused.
    Io {
        /// What was being done, such as "write".
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::WouldOverwrite(path) => write!(
                f,
                "{} is already there and was not made by pack: move it away, or choose another folder with --out",
                path.display()
            ),
            Self::OtherReaders { folder, holds } => write!(
                f,
                "{} holds a {holds} edition: choose another folder with --out, so that what is private and what is published stay apart",
                folder.display()
            ),
            Self::Io {
                doing,
                path,
                source,
            } => {
                write!(f, "could not {doing} {}: {source}", path.display())?;
                match source.kind() {
                    io::ErrorKind::StorageFull
                    | io::ErrorKind::QuotaExceeded
                    | io::ErrorKind::FileTooLarge => {
                        write!(
                            f,
                            ". There is no room for it: free some space and build again"
                        )
                    }
                    io::ErrorKind::PermissionDenied => {
                        write!(f, ". Choose a folder that you may write to with --out")
                    }
                    io::ErrorKind::ReadOnlyFilesystem => write!(
                        f,
                        ". The disk cannot be written to: choose another folder with --out"
                    ),
                    io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => write!(
                        f,
                        ". A file stands where the folder should be: choose another with --out"
                    ),
                    _ => Ok(()),
                }
            }
        }
    }
}

// The message holds what the system said, so there is no source to say it a second time.
impl std::error::Error for WriteError {}

/// Writes one file, in place of what is there, whole or not at all.
///
/// # Errors
/// When it cannot be written; what was there stays.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(bytes)?;
    fresh.as_file().sync_all()?;
    fresh.persist(path)?;
    Ok(())
}

/// What an earlier build left in a folder.
#[derive(Default)]
struct Known {
    edition: Option<String>,
    outputs: Vec<String>,
}

impl Known {
    fn read(folder: &Path) -> Self {
        let Some(manifest) = fs::read(folder.join(MANIFEST))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
            .filter(|manifest| manifest.get("generator").is_some_and(|by| by == "pack"))
        else {
            return Self::default();
        };
        let outputs = manifest
            .get("outputs")
            .and_then(|outputs| outputs.as_array())
            .into_iter()
            .flatten()
            .filter_map(|output| output.get("path")?.as_str())
            .filter(|name| is_inside(name))
            .map(str::to_owned)
            .collect();
        Self {
            edition: manifest
                .get("edition")
                .and_then(|edition| edition.as_str())
                .map(str::to_owned),
            outputs,
        }
    }

    fn made(&self, name: &str) -> bool {
        (name == MANIFEST && self.edition.is_some())
            || self.outputs.iter().any(|known| known == name)
    }
}

/// Whether a name from a manifest stays inside its folder.
fn is_inside(name: &str) -> bool {
    Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// Moves made so far, so that they can be taken back.
#[derive(Default)]
struct Moves {
    done: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Moves {
    fn replace(
        &mut self,
        fresh: &Path,
        place: &Path,
        old: &Path,
        readers: Readers,
    ) -> Result<(), WriteError> {
        let aside = self.set_aside(place, old, readers)?;
        if let Some(parent) = place.parent() {
            make_folder(parent, readers)?;
        }
        match fs::rename(fresh, place) {
            Ok(()) => {
                self.done.push((place.to_owned(), aside));
                Ok(())
            }
            Err(source) => {
                if let Some(old) = aside {
                    // Nothing better can be done if this fails too: the error already says where.
                    let _ = fs::rename(old, place);
                }
                Err(failed("write", place)(source))
            }
        }
    }

    fn remove(&mut self, place: &Path, old: &Path, readers: Readers) -> Result<(), WriteError> {
        if let Some(aside) = self.set_aside(place, old, readers)? {
            self.done.push((place.to_owned(), Some(aside)));
        }
        Ok(())
    }

    fn set_aside(
        &self,
        place: &Path,
        old: &Path,
        readers: Readers,
    ) -> Result<Option<PathBuf>, WriteError> {
        if place.symlink_metadata().is_err() {
            return Ok(None);
        }
        if let Some(parent) = old.parent() {
            make_folder(parent, readers)?;
        }
        fs::rename(place, old).map_err(failed("replace", place))?;
        Ok(Some(old.to_owned()))
    }

    fn undo(&mut self) {
        for (place, old) in self.done.drain(..).rev() {
            let _ = match old {
                Some(old) => fs::rename(old, &place),
                None => fs::remove_file(&place),
            };
        }
    }
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io {
        doing,
        path,
        source,
    }
}

fn make_folder(folder: &Path, readers: Readers) -> Result<(), WriteError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if readers == Readers::OwnerOnly {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.create(folder).map_err(failed("make", folder))
}

fn write_file(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), WriteError> {
    if let Some(parent) = path.parent() {
        make_folder(parent, readers)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::OwnerOnly {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path).map_err(failed("write", path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(failed("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(
        folder: &Path,
        outputs: &[Output],
        kind: &str,
        readers: Readers,
    ) -> Result<(), WriteError> {
        Publication::new(folder, kind, readers).publish(outputs)
    }

    fn output(name: &str, text: &str) -> Output {
        Output {
            name: name.to_owned(),
            bytes: text.to_owned().into(),
        }
    }

    fn manifest(edition: &str, names: &[&str]) -> Output {
        let outputs: Vec<_> = names
            .iter()
            .map(|name| serde_json::json!({ "path": name }))
            .collect();
        let manifest =
            serde_json::json!({ "generator": "pack", "edition": edition, "outputs": outputs });
        output(MANIFEST, &manifest.to_string())
    }

    fn listing(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("the folder is there")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_build_replaces_and_clears_what_the_first_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = [
            output("a.pdf", "1"),
            output("papers/b.pdf", "1"),
            manifest("public", &["a.pdf", "papers/b.pdf"]),
        ];
        publish(folder.path(), &first, "public", Readers::Anybody).expect("first build");
        let second = [output("a.pdf", "2"), manifest("public", &["a.pdf"])];
        publish(folder.path(), &second, "public", Readers::Anybody).expect("second build");
        assert_eq!(fs::read(folder.path().join("a.pdf")).expect("a.pdf"), b"2");
        assert!(!folder.path().join("papers/b.pdf").exists());
        assert!(
            !listing(folder.path())
                .iter()
                .any(|name| name.starts_with(".pack"))
        );
    }

    #[test]
    fn what_is_written_ahead_is_nowhere_until_all_is_published() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("out");
        let outputs = [output("a.pdf", "1"), manifest("public", &["a.pdf"])];
        let publication = Publication::new(&inside, "public", Readers::Anybody);
        publication.write_ahead("a.pdf", b"1");
        assert!(!inside.join("a.pdf").exists());
        drop(publication);
        assert!(!inside.exists(), "nothing was published");

        let publication = Publication::new(&inside, "public", Readers::Anybody);
        publication.write_ahead("a.pdf", b"1");
        publication.publish(&outputs).expect("a build");
        assert_eq!(listing(&inside), ["a.pdf", MANIFEST]);
        assert_eq!(fs::read(inside.join("a.pdf")).expect("a.pdf"), b"1");

        let publication = Publication::new(&inside, "public", Readers::Anybody);
        publication.write_ahead("a.pdf", b"2");
        drop(publication);
        assert_eq!(listing(&inside), ["a.pdf", MANIFEST]);
        assert_eq!(fs::read(inside.join("a.pdf")).expect("a.pdf"), b"1");

        let members = Publication::new(&inside, "members", Readers::OwnerOnly);
        members.write_ahead("a.pdf", b"private");
        assert_eq!(listing(&inside), ["a.pdf", MANIFEST], "not even hidden");
    }

    #[test]
    fn a_file_of_somebody_elses_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.pdf"), "mine").expect("a file");
        let result = publish(
            folder.path(),
            &[output("b.pdf", "1"), output("a.pdf", "1")],
            "public",
            Readers::Anybody,
        );
        assert!(matches!(result, Err(WriteError::WouldOverwrite(_))));
        assert_eq!(listing(folder.path()), ["a.pdf"]);
        assert_eq!(
            fs::read(folder.path().join("a.pdf")).expect("a.pdf"),
            b"mine"
        );
    }

    #[test]
    fn public_and_members_outputs_never_share_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        publish(
            folder.path(),
            &[manifest("public", &[])],
            "public",
            Readers::Anybody,
        )
        .expect("public build");
        let result = publish(
            folder.path(),
            &[output("x.pdf", "private")],
            "members",
            Readers::OwnerOnly,
        );
        assert!(matches!(result, Err(WriteError::OtherReaders { .. })));
        assert_eq!(listing(folder.path()), [MANIFEST]);
    }

    #[test]
    fn when_a_file_cannot_be_put_in_place_all_are_taken_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = [output("a.pdf", "old"), manifest("public", &["a.pdf"])];
        publish(folder.path(), &first, "public", Readers::Anybody).expect("first build");
        fs::write(folder.path().join("papers"), "a file, no folder").expect("a file");
        let second = [output("a.pdf", "new"), output("papers/b.pdf", "new")];
        let result = publish(folder.path(), &second, "public", Readers::Anybody);
        assert!(matches!(result, Err(WriteError::Io { .. })));
        assert_eq!(
            fs::read(folder.path().join("a.pdf")).expect("a.pdf"),
            b"old"
        );
        assert_eq!(listing(folder.path()), ["a.pdf", MANIFEST, "papers"]);
    }

    #[cfg(unix)]
    #[test]
    fn members_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("members");
        publish(
            &inside,
            &[output("x.pdf", "private")],
            "members",
            Readers::OwnerOnly,
        )
        .expect("members build");
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&inside.join("x.pdf")), 0o600);
        assert_eq!(mode(&inside), 0o700);
    }
}
