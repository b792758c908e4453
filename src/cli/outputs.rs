//! What was built and is on the disk.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::pipeline::manifest::Manifest;
use crate::write::MANIFEST;

/// The manifest in an output folder; nothing where there is none.
pub(super) fn manifest(folder: &Path) -> Option<Manifest> {
    let bytes = std::fs::read(folder.join(MANIFEST)).ok()?;
    Manifest::read(&bytes)
}

/// A file that a manifest names, as it was made.
pub(super) fn read(folder: &Path, manifest: &Manifest, path: &str) -> anyhow::Result<Vec<u8>> {
    let file = folder.join(path);
    let bytes =
        std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    if !manifest.is_as_made(path, &bytes) {
        bail!(
            "{} has changed since it was built: build it again",
            file.display()
        );
    }
    Ok(bytes)
}
