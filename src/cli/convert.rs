//! `pack convert`: a Word file as Markdown, for a council that moves over.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Outcome, Screen, fresh};
use crate::finding::Severity;
use crate::load;
use crate::output::{self, Format};

/// Convert a Word file to Markdown, with its pictures beside it
///
/// Anything that cannot be converted is listed. Tracked deletions, comments and hidden text are
/// left out. You do not have to convert a Word file to use it: name it as the source of an item.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The Word file
    #[arg(value_name = "FILE.docx")]
    file: PathBuf,

    /// The Markdown file to make; the same name ending in .md by default
    #[arg(long, value_name = "FILE.md")]
    to: Option<PathBuf>,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let bytes = std::fs::read(&args.file)
        .with_context(|| format!("{} cannot be read", args.file.display()))?;
    let to = args
        .to
        .clone()
        .unwrap_or_else(|| args.file.with_extension("md"));
    let stem = to
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let name = args.file.to_string_lossy().replace('\\', "/");
    let converted = load::convert(&name, &bytes, &stem);
    screen.print(&output::render(
        &converted.findings,
        &converted.files,
        Format::Human,
        screen.colour_out,
    ))?;
    let unread = converted.files.iter().all(|(_, file)| file.text.is_empty());
    if unread && !converted.findings.is_empty() {
        return Ok(Outcome::Findings);
    }
    let folder = to.parent().unwrap_or(Path::new(""));
    let mut all = vec![(to.clone(), converted.markdown.into_bytes())];
    let pictures = converted.pictures.into_iter();
    all.extend(pictures.map(|(name, bytes)| (folder.join(name), bytes)));
    if let Some((there, _)) = all.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        bail!(
            "{} already exists: move it, or name another file with --to",
            there.display()
        );
    }
    fresh::create(&all)?;
    for (path, _) in &all {
        screen.say(&format!("wrote {}", path.display()));
    }
    let errors = converted
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    Ok(if errors {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}
