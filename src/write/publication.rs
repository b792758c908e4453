//! The outputs of a build from being written down to being where they are looked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Known, Moves, Output, Readers, WriteError, failed, make_folder, write_file};

/// The outputs of a build on their way into a folder, which is made where it is not there. Until they
/// are published they are where nobody looks, and are gone if they never are.
pub struct Publication {
    folder: PathBuf,
    kind: String,
    readers: Readers,
    staged: Mutex<Staged>,
}

/// Outputs that have been written down.
#[derive(Default)]
struct Staged {
    place: Option<Staging>,
    names: BTreeSet<String>,
}

impl Publication {
    /// Outputs for a folder. `kind` says for whom they are ("public" or "members"); a folder whose
    /// manifest says otherwise is refused.
    pub fn new(folder: &Path, kind: &str, readers: Readers) -> Self {
        Self {
            folder: folder.to_owned(),
            kind: kind.to_owned(),
            readers,
            staged: Mutex::default(),
        }
    }

    /// Writes an output down while others are still being made. What goes wrong here is tried
    /// again, and told, when all are published.
    pub fn write_ahead(&self, name: &str, bytes: &[u8]) {
        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok((fresh, _)) = self.known().and_then(|_| self.folders(&mut staged)) else {
            return;
        };
        let path = fresh.join(name);
        if write_file(&path, bytes, self.readers).is_ok() {
            staged.names.insert(name.to_owned());
        } else {
            // The error comes up once more when the file is written at last.
            let _ = fs::remove_file(path);
        }
    }

    /// Puts outputs into the folder; those that were written ahead are as they were then.
    ///
    /// # Errors
    /// When anything cannot be written; the folder is then as it was.
    pub fn publish(self, outputs: &[Output]) -> Result<(), WriteError> {
        let known = self.known()?;
        for output in outputs {
            let place = self.folder.join(&output.name);
            if place.symlink_metadata().is_ok() && !known.made(&output.name) {
                return Err(WriteError::WouldOverwrite(place));
            }
        }

        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        let (fresh, old) = self.folders(&mut staged)?;
        for output in outputs {
            if !staged.names.contains(&output.name) {
                write_file(&fresh.join(&output.name), &output.bytes, self.readers)?;
            }
        }

        let mut moves = Moves::default();
        let result = outputs
            .iter()
            .try_for_each(|output| {
                moves.replace(
                    &fresh.join(&output.name),
                    &self.folder.join(&output.name),
                    &old.join(&output.name),
                    self.readers,
                )
            })
            .and_then(|()| {
                let kept: BTreeSet<&str> = outputs.iter().map(|output| &*output.name).collect();
                known
                    .outputs
                    .iter()
                    .filter(|name| !kept.contains(name.as_str()))
                    .try_for_each(|name| {
                        moves.remove(&self.folder.join(name), &old.join(name), self.readers)
                    })
            });
        if result.is_err() {
            moves.undo();
        }
        result
    }

    /// What an earlier build left in the folder, if it was for the same readers.
    fn known(&self) -> Result<Known, WriteError> {
        let known = Known::read(&self.folder);
        match &known.edition {
            Some(holds) if *holds != self.kind => Err(WriteError::OtherReaders {
                folder: self.folder.clone(),
                holds: holds.clone(),
            }),
            _ => Ok(known),
        }
    }

    /// The folders for what is new and for what it replaces.
    fn folders(&self, staged: &mut Staged) -> Result<(PathBuf, PathBuf), WriteError> {
        let place = match &mut staged.place {
            Some(place) => place,
            none => none.insert(Staging::new(&self.folder, self.readers)?),
        };
        let hidden = place.hidden.path();
        Ok((hidden.join("new"), hidden.join("old")))
    }
}

/// A hidden folder in an output folder, gone when it is dropped; so is the output folder where it
/// was made for this and nothing came to be in it.
struct Staging {
    // Before the folder that it is in.
    hidden: tempfile::TempDir,
    _outer: Outer,
}

/// An output folder that was made, if it was.
struct Outer(Option<PathBuf>);

impl Staging {
    fn new(folder: &Path, readers: Readers) -> Result<Self, WriteError> {
        let outer = Outer((!folder.exists()).then(|| folder.to_owned()));
        make_folder(folder, readers)?;
        let hidden = tempfile::Builder::new()
            .prefix(".pack-")
            .tempdir_in(folder)
            .map_err(failed("write to", folder))?;
        Ok(Self {
            hidden,
            _outer: outer,
        })
    }
}

impl Drop for Outer {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // Fails, as it should, where something is in it.
            let _ = fs::remove_dir(folder);
        }
    }
}
