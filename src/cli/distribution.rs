//! `pack distribution`: who gets which edition, in what size and form, and how many copies.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::{Outcome, Screen, shown};
use crate::distribution::{self, Line};
use crate::finding::Severity;
use crate::load::PdfContent;
use crate::pipeline::{Reading, Session};
use crate::{typeset, write};

/// Print who gets which edition, and how many of each to make
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: a folder or a pack.toml; without it, the one that you stand in.
    pack: Option<PathBuf>,

    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Write it to this file instead of printing it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table for the eye, with totals for the print room.
    Text,
    /// A spreadsheet.
    Csv,
    /// For other programs.
    Json,
    /// A PDF sheet of address labels (A4, 3 by 7) for the copies on paper.
    Labels,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let packs = shown::packs(args.pack.as_slice())?;
    let [(root, folder)] = packs.as_slice() else {
        bail!("there are {} packs here: name one of them", packs.len());
    };
    let pack = Session::read(root, folder, &Reading::of(PdfContent::FACTS));
    let Some(meeting) = &pack.loaded.meeting else {
        shown::show(screen, &pack, Severity::Error, false)?;
        return Ok(Outcome::Findings);
    };
    // Copies made by a list that may be wrong cost more than a list that comes later.
    if pack.errors() > 0 {
        shown::show(screen, &pack, Severity::Error, false)?;
        return Ok(Outcome::Findings);
    }
    let lines: Vec<Line> = distribution::lines(meeting, &|_| Vec::new());
    let bytes = match args.format {
        Format::Text => distribution::text(&lines).into_bytes(),
        Format::Csv => distribution::csv(&lines, true).into_bytes(),
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&distribution::json(&lines))?;
            text.push('\n');
            text.into_bytes()
        }
        Format::Labels => {
            let (regular, bold) = typeset::body_files();
            distribution::labels(&meeting.body.name, &lines, regular, bold)?
        }
    };
    match &args.out {
        Some(file) => write::file(file, &bytes)
            .with_context(|| format!("could not write {}", file.display()))?,
        None if args.format == Format::Labels && screen.out_is_terminal() => {
            bail!("labels are a PDF: say where to put it with --out labels.pdf");
        }
        None => screen.print_bytes(&bytes)?,
    }
    Ok(Outcome::Clean)
}
