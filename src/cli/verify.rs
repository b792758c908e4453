//! `pack verify`: is a file still what the build made, and does it keep what its map says?

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::{Outcome, Screen, password};
use crate::pipeline::manifest::{Digest, Manifest};
use crate::write::MANIFEST;

/// Hold a finished pack to its manifest: bytes, pages, numbers, labels, links and tags
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The PDF, where the build put it: in a folder beside manifest.json.
    file: PathBuf,

    #[command(flatten)]
    password: password::Source,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let name = args
        .file
        .file_name()
        .context("that is not a file")?
        .to_string_lossy()
        .into_owned();
    let pdf = std::fs::read(&args.file)
        .with_context(|| format!("could not read {}", args.file.display()))?;
    let file = args
        .file
        .canonicalize()
        .with_context(|| format!("could not find {}", args.file.display()))?;
    let readers = file.parent().context("that is not a file")?;
    let beside = readers
        .parent()
        .context("that is not a file of a pack")?
        .join(MANIFEST);
    let bytes =
        std::fs::read(&beside).with_context(|| format!("could not read {}", beside.display()))?;
    let manifest = Manifest::read(&bytes)
        .with_context(|| format!("{} is not a manifest of this pack", beside.display()))?;
    let path = format!("{}/{name}", manifest.edition);
    let Some(document) = manifest
        .documents
        .iter()
        .find(|document| document.path == path)
    else {
        bail!(
            "{} does not name a PDF {path}: it was not made by this build",
            beside.display()
        );
    };
    let password = if document.locked {
        let Some(password) = args.password.read()? else {
            bail!(
                "{name} is locked: name the file with its password, --password-file FILE, or set {}",
                password::VARIABLE
            );
        };
        Some(password)
    } else {
        None
    };
    let mut faults: Vec<String> = Vec::new();
    let now = Digest::of(&path, &pdf);
    if !manifest.outputs.contains(&now) {
        faults.push("it was changed after it was made: its SHA-256 is not the manifest's".into());
    }
    faults.extend(
        document
            .verify(&pdf, &[], password.as_ref())
            .into_iter()
            .map(|fault| fault.to_string()),
    );
    if faults.is_empty() {
        screen.print(&format!(
            "{name}: {} pages, all as the manifest says\n",
            document.pages
        ))?;
        return Ok(Outcome::Clean);
    }
    for fault in faults {
        screen.print(&format!("{name}: {fault}\n"))?;
    }
    Ok(Outcome::Findings)
}
