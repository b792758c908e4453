//! One build at a time in one folder.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::{Readers, WriteError, failed, make_folder};

/// The file that is locked. The system releases it when the program ends, however it ends.
const FILE: &str = ".lock";

/// A folder that nobody else builds in. If it was made for this build and is still empty, it is
/// removed when this is dropped.
pub(super) struct Lock {
    folder: PathBuf,
    made: bool,
    _file: File,
}

impl Lock {
    /// Locks a folder, which is made if it does not exist; `waiting` is called before waiting.
    pub(super) fn of(
        folder: &Path,
        readers: Readers,
        waiting: &dyn Fn(),
    ) -> Result<Self, WriteError> {
        let path = folder.join(FILE);
        loop {
            let made = !folder.exists();
            make_folder(folder, readers)?;
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(failed("write", &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    waiting();
                    file.lock().map_err(failed("lock", &path))?;
                }
                // Some network drives have no locks; builds there go on without.
                Err(TryLockError::Error(_)) => {}
            }
            if is_still(&file, &path) {
                return Ok(Self {
                    folder: folder.to_owned(),
                    made,
                    _file: file,
                });
            }
        }
    }
}

/// Whether a file that was opened is still the one at its path: the build that had the lock before
/// may have removed it.
fn is_still(file: &File, path: &Path) -> bool {
    let (Ok(own), Ok(there)) = (file.metadata(), fs::metadata(path)) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (own.dev(), own.ino()) == (there.dev(), there.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (own, there);
        true
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let alone = || fs::read_dir(&self.folder).is_ok_and(|entries| entries.count() == 1);
        if self.made && alone() {
            let _ = fs::remove_file(self.folder.join(FILE));
            // Fails, as it should, where something is in it by now.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}
