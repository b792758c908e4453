//! The only writer of disk: the outputs of a build appear whole or not at all, and nothing that
//! `pack` did not make is overwritten.
//!
//! Files that an earlier build made and that are no longer wanted are removed; its `manifest.json`
//! says which it made.

mod cache;
mod lock;
mod publication;
mod refused;
mod swap;

pub use cache::Cache;
pub use publication::Publication;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::real::real;

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

/// A file in an output folder as it was left there; `None` where its name leads out of the folder.
pub fn left(folder: &Path, name: &str) -> Option<Vec<u8>> {
    is_inside(name).then(|| fs::read(folder.join(name)).ok())?
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
                match refused::remedy(source) {
                    Some(remedy) => write!(f, ". {remedy}"),
                    None => Ok(()),
                }
            }
        }
    }
}

// The message holds what the system said, so there is no source to say it a second time.
impl std::error::Error for WriteError {}

/// Writes one file, in place of what is there, whole or not at all. A file that was there keeps its
/// permissions, also where `path` is a link to it; a new one gets the usual ones.
///
/// # Errors
/// When it cannot be written; what was there stays.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &real(path).unwrap_or_else(|_| path.to_owned());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    #[cfg_attr(
        not(unix),
        expect(unused_mut, reason = "only Unix has something to set")
    )]
    let mut builder = tempfile::Builder::new();
    // Without this only its owner could read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut fresh = builder.tempfile_in(folder)?;
    fresh.write_all(bytes)?;
    #[cfg(unix)]
    if let Ok(before) = fs::metadata(path) {
        fresh.as_file().set_permissions(before.permissions())?;
    }
    fresh.as_file().sync_all()?;
    fresh.persist(path)?;
    Ok(())
}

/// What an earlier build left in a folder.
#[derive(Default)]
struct Known {
    edition: Option<String>,
    /// Each output with its SHA-256 in hexadecimal; empty where the manifest has none.
    outputs: Vec<(String, String)>,
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
        let text = |output: &serde_json::Value, key| Some(output.get(key)?.as_str()?.to_owned());
        let outputs = manifest
            .get("outputs")
            .and_then(|outputs| outputs.as_array())
            .into_iter()
            .flatten()
            .filter_map(|output| {
                let hash = text(output, "sha256").unwrap_or_default();
                Some((text(output, "path")?, hash))
            })
            .filter(|(name, _)| is_inside(name))
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
            || self.outputs.iter().any(|(known, _)| known == name)
    }
}

/// Whether a name from a manifest stays inside its folder.
fn is_inside(name: &str) -> bool {
    Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)))
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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_keeps_its_permissions_and_a_new_one_gets_the_usual_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        fs::write(at("usual"), "").expect("written");
        file(&at("new"), b"new").expect("written");
        assert_eq!(mode(&at("new")), mode(&at("usual")));

        for rights in [0o600, 0o644, 0o755] {
            fs::set_permissions(at("new"), fs::Permissions::from_mode(rights)).expect("set");
            file(&at("new"), b"newer").expect("written");
            assert_eq!(mode(&at("new")), rights);
        }
        assert_eq!(fs::read(at("new")).expect("it"), b"newer");
    }

    #[test]
    fn a_link_stays_and_its_file_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "old").expect("written");
        std::os::unix::fs::symlink("file", at("link")).expect("linked");
        file(&at("link"), b"new").expect("written");
        assert!(at("link").is_symlink());
        assert_eq!(fs::read(at("file")).expect("it"), b"new");
    }
}
