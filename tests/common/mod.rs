//! What several tests need.

#![allow(dead_code, reason = "each test uses some of it")]

pub(crate) mod sheet;

use std::path::PathBuf;

/// The folder with real papers and odd PDFs, which is not part of the project; `None` where it is
/// absent, and whoever needs it is skipped.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("PACK_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}
