//! Opening a file as a double click would.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::Context as _;

/// The program that knows which program opens what.
const OPENER: &str = if cfg!(target_os = "windows") {
    "explorer"
} else if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Opens a file, or an address, with the desktop's own program, and does not wait for it.
pub(super) fn open(file: &OsStr) -> anyhow::Result<()> {
    Command::new(OPENER)
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| {
            format!(
                "{} cannot be opened: {OPENER} is not installed",
                file.display()
            )
        })?;
    Ok(())
}
