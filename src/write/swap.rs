//! Replaces a folder with another in one step.

use std::fs;
use std::path::Path;

use super::{WriteError, failed};

/// Puts a folder where another may be; what was there is then at `old`, or where the new folder was.
/// Where the system cannot swap two folders this takes two moves, and if the second fails the first is
/// undone.
pub(super) fn into_place(fresh: &Path, place: &Path, old: &Path) -> Result<(), WriteError> {
    if place.symlink_metadata().is_err() {
        return fs::rename(fresh, place).map_err(failed("write", place));
    }
    if exchange(fresh, place) {
        return Ok(());
    }
    fs::rename(place, old).map_err(failed("replace", place))?;
    fs::rename(fresh, place).map_err(|source| {
        // Nothing better can be done if this fails too: the error already says where.
        let _ = fs::rename(old, place);
        failed("write", place)(source)
    })
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}
