//! `pack diff`: what has changed in a pack since it was published.

use std::path::PathBuf;

use super::{Outcome, Screen, shown};
use crate::load::PdfContent;
use crate::pipeline::{Reading, Session, difference};

/// Show what has changed in a pack since it was published: items, papers and their words
///
/// The output is safe to share: for papers that are not public it says only that they have changed.
/// The exit code is 1 if anything has.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let (root, folder) = shown::pack(args.pack.as_deref(), "name one")?;
    let pack = Session::read(&root, &folder, &Reading::of(PdfContent::CHECKED));
    let Some(told) = difference(&pack)? else {
        screen.say(&format!(
            "{}: nothing has changed since it was published",
            pack.name
        ));
        return Ok(Outcome::Clean);
    };
    screen.print(&told)?;
    Ok(Outcome::Findings)
}
