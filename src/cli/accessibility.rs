//! `pack accessibility`: what a screen reader gets of each part of a pack.

use std::path::PathBuf;

use super::{Outcome, Screen, build, sources};
use crate::finding::Severity;
use crate::load::PdfContent;
use crate::model::{Audience, SourceName};
use crate::pipeline;

/// Say of each part of a pack how accessible it is, why, and what could be done
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The packs: folders or pack.toml files; without any, those of the place that you stand in.
    packs: Vec<PathBuf>,

    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut told = Vec::new();
    for (root, folder) in sources::packs(&args.packs)? {
        let pack = sources::read(&root, &folder, &sources::Reading::of(PdfContent::NONE));
        let Some(meeting) = &pack.loaded.meeting else {
            sources::show(screen, &pack, Severity::Error, args.json)?;
            outcome = Outcome::Findings;
            continue;
        };
        let templates = pack.templates()?;
        let bytes = |name: &SourceName| pack.loaded.attachments.get(name).cloned();
        let pages = |name: &SourceName| pack.loaded.attachments.pdf(name);
        let progress = screen.ticker(args.json);
        let kit = build::kit(
            &pack,
            meeting,
            &templates,
            (&bytes, &pages),
            &progress,
            None,
        )?;
        let ledger = pipeline::accessibility(&kit, Audience::Public)?;
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
