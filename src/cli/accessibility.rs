//! `pack accessibility`: what a screen reader gets of each part of a pack.

use std::path::PathBuf;

use super::follower::Follower;
use super::{Outcome, Screen, shown};
use crate::finding::Severity;
use crate::load::PdfContent;
use crate::pipeline::{Reading, Session};

/// Show how accessible each part of a pack is, why, and what could be done
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The packs: folders or pack.toml files; those in the current folder by default.
    packs: Vec<PathBuf>,

    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut told = Vec::new();
    for (root, folder) in shown::packs(&args.packs)? {
        let pack = Session::read(&root, &folder, &Reading::of(PdfContent::ALL));
        if pack.loaded.meeting.is_none() {
            shown::show(screen, &pack, Severity::Error, args.json)?;
            outcome = Outcome::Findings;
            continue;
        }
        let progress = screen.progress(args.json);
        let follower = Follower {
            progress: &progress,
            publication: None,
        };
        let ledger = pack.accessibility(&follower)?;
        if ledger.parts.iter().any(|part| part.verdict != "accessible") {
            outcome = Outcome::Findings;
        }
        if args.json {
            told.push(serde_json::json!({ "pack": pack.name, "ledger": ledger }));
        } else {
            screen.print(&format!("{}\n\n{}", pack.name, ledger.text()))?;
        }
    }
    if args.json {
        let text = serde_json::to_string_pretty(&told)?;
        screen.print(&format!("{text}\n"))?;
    }
    Ok(outcome)
}
