//! `pack verify`: is a file still what the build made, and does it keep what its map says?

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Outcome, Screen, password, shown};
use crate::finding::counted;
use crate::model::Audience;
use crate::pipeline::manifest::{Digest, Manifest};
use crate::pipeline::usual_folder;
use crate::real::real;
use crate::write::MANIFEST;

/// Check finished packs against their manifests: bytes, pages, numbers, labels, links and tags
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A PDF where the build left it, or a pack, to check all its PDFs in out/ and out-members/
    #[arg(value_name = "FILE|PACK")]
    file: PathBuf,

    #[command(flatten)]
    password: password::Source,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let is_pack = args.file.is_dir() || args.file.extension().is_some_and(|kind| kind == "toml");
    if !is_pack {
        return file(&args.file, args, screen);
    }
    let mut files = Vec::new();
    for (root, folder) in shown::packs(std::slice::from_ref(&args.file))? {
        let name = folder.name(&root);
        for audience in [Audience::Public, Audience::Members] {
            let built = usual_folder(root.folder(), &name, audience);
            let Ok(bytes) = std::fs::read(built.join(MANIFEST)) else {
                continue;
            };
            let manifest = Manifest::read(&bytes)
                .with_context(|| format!("{} is not a manifest", built.join(MANIFEST).display()))?;
            let documents = manifest.documents.iter();
            files.extend(documents.map(|document| built.join(&document.path)));
        }
    }
    if files.is_empty() {
        bail!(
            "there is nothing in out/ or out-members/ for {}: run pack build first",
            args.file.display()
        );
    }
    let mut outcome = Outcome::Clean;
    for path in files {
        if file(&path, args, screen)? == Outcome::Findings {
            outcome = Outcome::Findings;
        }
    }
    Ok(outcome)
}

/// Checks one PDF against the manifest beside its folder.
fn file(path: &Path, args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let name = path
        .file_name()
        .context("that is not a file")?
        .to_string_lossy()
        .into_owned();
    let pdf = std::fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let file = real(path).with_context(|| format!("could not find {}", path.display()))?;
    let readers = file.parent().context("that is not a file")?;
    let beside = readers
        .parent()
        .context("that is not a file of a pack")?
        .join(MANIFEST);
    if !beside.is_file() {
        bail!(
            "{} is not where a build left it: name a PDF in out/ or out-members/, or the pack itself",
            path.display()
        );
    }
    let bytes =
        std::fs::read(&beside).with_context(|| format!("could not read {}", beside.display()))?;
    let manifest = Manifest::read(&bytes)
        .with_context(|| format!("{} is not a manifest of this pack", beside.display()))?;
    let inside = format!("{}/{name}", manifest.edition);
    let Some(document) = manifest
        .documents
        .iter()
        .find(|document| document.path == inside)
    else {
        bail!(
            "{} does not list {inside}: the PDF is not from this build",
            beside.display()
        );
    };
    let password = if document.locked {
        let Some(password) = args.password.read()? else {
            bail!(
                "{name} has a password: use --password-file FILE, or set {}",
                password::VARIABLE
            );
        };
        Some(password)
    } else {
        None
    };
    let mut faults: Vec<String> = Vec::new();
    let now = Digest::of(&inside, &pdf);
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
            "{name}: {}, all as the manifest says\n",
            counted(document.pages, "page")
        ))?;
        return Ok(Outcome::Clean);
    }
    for fault in faults {
        screen.print(&format!("{name}: {fault}\n"))?;
    }
    Ok(Outcome::Findings)
}
