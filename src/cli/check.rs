//! `pack check`: everything that is wrong with a pack, before anybody else finds it.

use std::path::PathBuf;

use anyhow::Context as _;

use super::gathered::Gathered;
use super::sources::Reading;
use super::{Outcome, Screen};
use crate::finding::Severity;
use crate::load::PdfContent;
use crate::model::Date;
use crate::output::{self, Baseline, Format, baseline, fingerprints};

/// Checks packs: nothing is missing, nothing contradicts itself, nothing is published that should
/// not be, and the deadline is kept
///
/// Findings are errors, warnings or notes. A council sets how much a rule matters in council.toml;
/// `pack rule CODE` explains one. The exit code is 0 where nothing is at or over the bar, 1 where
/// something is, 2 where the check could not run.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Packs: their folders, their pack.toml files, or a workspace for all of its packs
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// The day of the check, such as 2026-03-08; some rules need to know what day it is
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,

    /// Asks whether publishing on this day is in time
    #[arg(long, value_name = "DATE")]
    publish_on: Option<Date>,

    /// Lowers the bar: warnings, or notes too, make the exit code 1
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,

    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    format: Format,

    /// Leaves out the findings that this file accepts
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Prints a baseline that accepts everything found, in the place of the findings
    #[arg(long, conflicts_with_all = ["baseline", "format"])]
    write_baseline: bool,

    /// Mends what can be mended safely, shows it, and checks what is left
    #[arg(long)]
    fix: bool,

    /// Reads every PDF anew instead of taking what is unchanged since the last time from .pack/cache
    /// in the workspace
    #[arg(long)]
    no_cache: bool,
}

/// What makes the exit code 1 beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Warnings.
    Warnings,
    /// Warnings and notes.
    Notes,
}

fn format(word: &str) -> Result<Format, String> {
    Format::parse(word).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.into_iter().map(|(name, _)| name).collect();
        format!("the formats are {}", known.join(", "))
    })
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let how = Reading {
        content: PdfContent::CHECKED,
        anew: args.no_cache,
        on: args.on,
        publish_on: args.publish_on,
    };
    let mut gathered = Gathered::read(&args.packs, &how)?;
    if args.fix && super::fix::apply(&gathered, screen)? {
        gathered = Gathered::read(&args.packs, &how)?;
    }
    let files = &gathered.files;
    if args.write_baseline {
        screen.print(&baseline::write(&gathered.findings, files))?;
        return Ok(Outcome::Clean);
    }
    let mut findings = gathered.findings.clone();
    if let Some(path) = &args.baseline {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the baseline {} cannot be read", path.display()))?;
        let accepted = Baseline::parse(&text).map_err(|line| {
            anyhow::anyhow!("{}: line {line} is not a fingerprint", path.display())
        })?;
        let prints = fingerprints(&findings, files);
        let mut prints = prints.iter();
        findings.retain(|_| prints.next().is_none_or(|print| !accepted.accepts(print)));
    }
    let text = match args.format {
        Format::Sarif | Format::Junit | Format::Github => {
            let (findings, files) = gathered.seen_from_here(&findings);
            output::render(&findings, &files, args.format, false)
        }
        Format::Human | Format::Short | Format::Json => {
            output::render(&findings, files, args.format, screen.colour_out)
        }
    };
    screen.print(&text)?;
    if matches!(args.format, Format::Human | Format::Short) {
        screen.say(&output::summary(&findings, files));
    }
    let bar = match args.deny {
        None => Severity::Error,
        Some(Deny::Warnings) => Severity::Warning,
        Some(Deny::Notes) => Severity::Note,
    };
    Ok(if findings.iter().any(|finding| finding.severity >= bar) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}
