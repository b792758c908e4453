//! `pack check`: everything that is wrong with a pack, before anybody else finds it.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context as _;

use super::gathered::Gathered;
use super::public::Log;
use super::{Outcome, Screen, shown};
use crate::finding::Severity;
use crate::load::PdfContent;
use crate::model::Date;
use crate::output::{self, Baseline, Format, baseline, fingerprints};
use crate::pipeline::{Check, Checked, Reading, SeenPack, Step};

/// Check packs for what is missing, contradictory, late, or should not be published
///
/// Findings are errors, warnings or notes. `pack rule CODE` explains one, and council.toml can
/// change how serious it is.
///
/// The exit code is 0 if there are no errors, 1 if there are, and 2 if the check could not run. Use
/// --deny to count warnings or notes as well.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The packs: folders or pack.toml files, or a workspace for all its packs
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// The date of the check, such as 2026-03-08; some rules depend on it
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    /// Check whether publishing on this day would be in time
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    publish_on: Option<Date>,

    /// Exit with code 1 for warnings, or for notes too
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,

    /// How to print findings: human, short (one line each), json, sarif (code scanning), junit
    /// (build servers), github (annotations), markdown (a summary), statistics (a count for each
    /// code)
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    pub(super) format: Format,

    /// Show only these codes, separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,

    /// Leave out these codes, separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Leave out the findings listed in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write a baseline that accepts every finding, to FILE or else to the screen
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "format"])]
    write_baseline: Option<Option<PathBuf>>,

    /// Fix what can be fixed safely, show the changes, and check again
    #[arg(long)]
    fix: bool,

    /// Do not use .pack/cache: read every PDF again
    #[arg(long)]
    no_cache: bool,

    /// Check FILE alone, reading its unsaved text from standard input; for editors
    #[arg(long, value_name = "FILE", conflicts_with_all = ["packs", "fix", "write_baseline"])]
    stdin_path: Option<PathBuf>,

    #[command(flatten)]
    log: Log,
}

/// What makes the exit code 1, besides errors.
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
    super::rule::all_known(args.select.iter().chain(&args.ignore))?;
    let before = args.before(screen)?;
    if let Some(checked) = before.as_ref().and_then(Check::known) {
        return told(&checked, screen);
    }
    let how = Reading {
        content: PdfContent::CHECKED,
        anew: args.no_cache,
        on: args.on,
        publish_on: args.publish_on,
        public: args.log.is_public(),
    };
    let progress = screen.progress(args.stdin_path.is_some());
    progress.show(Step::doing("reading and checking"));
    let mut gathered = match &args.stdin_path {
        Some(file) => {
            let mut text = Vec::new();
            std::io::stdin()
                .read_to_end(&mut text)
                .context("standard input cannot be read")?;
            Gathered::read_unsaved(file, &text, &how)?
        }
        None => Gathered::read(&args.packs, &how)?,
    };
    if args.fix && super::fix::apply(&gathered, screen)? {
        gathered = Gathered::read(&args.packs, &how)?;
    }
    drop(progress);
    let files = &gathered.files;
    let mut findings = gathered.findings.clone();
    findings.retain(|finding| {
        let named = |codes: &[String]| codes.iter().any(|code| code == finding.code.0);
        (args.select.is_empty() || named(&args.select)) && !named(&args.ignore)
    });
    if let Some(path) = &args.write_baseline {
        let text = baseline::write(&findings, files);
        match path {
            Some(path) => std::fs::write(path, text)
                .with_context(|| format!("{} cannot be written", path.display()))?,
            None => screen.print(&text)?,
        }
        return Ok(Outcome::Clean);
    }
    if let Some(path) = &args.baseline {
        let bytes = std::fs::read(path)
            .with_context(|| format!("the baseline {} cannot be read", path.display()))?;
        let accepted = Baseline::read(&bytes).map_err(|line| {
            anyhow::anyhow!("{}: line {line} is not a fingerprint", path.display())
        })?;
        let prints = fingerprints(&findings, files);
        let mut prints = prints.iter();
        findings.retain(|_| prints.next().is_none_or(|print| !accepted.accepts(print)));
    }
    // A log that anybody may see names no files.
    let shown = gathered.packs.iter().filter(|_| !how.public);
    let read = super::read_pdfs::of(shown.filter_map(|pack| pack.meeting.as_ref()));
    let text = match args.format {
        Format::Sarif | Format::Junit | Format::Github | Format::Markdown => {
            let (findings, files) = gathered.seen_from_here(&findings);
            output::render(&findings, &files, args.format, false)
        }
        Format::Json => output::json(&findings, files, &read),
        Format::Human | Format::Short | Format::Statistics => {
            output::render(&findings, files, args.format, screen.colour_out)
        }
    };
    let mut said = Vec::new();
    if matches!(args.format, Format::Human | Format::Short) {
        said.push(output::summary(&findings, files));
    }
    if args.format == Format::Human {
        said.extend(super::read_pdfs::said(&read));
    }
    let bar = match args.deny {
        None => Severity::Error,
        Some(Deny::Warnings) => Severity::Warning,
        Some(Deny::Notes) => Severity::Note,
    };
    let checked = Checked {
        printed: text,
        said,
        found: findings.iter().any(|finding| finding.severity >= bar),
    };
    if let Some(before) = before {
        let packs = gathered.packs.iter().map(|pack| SeenPack {
            meeting: pack.meeting.as_ref(),
            findings: &pack.findings,
        });
        before.keep(&packs.collect::<Vec<_>>(), files, &checked);
    }
    told(&checked, screen)
}

/// Prints the results of a check.
fn told(checked: &Checked, screen: &mut Screen) -> anyhow::Result<Outcome> {
    screen.print(&checked.printed)?;
    for line in &checked.said {
        screen.say(line);
    }
    Ok(if checked.found {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

impl Args {
    /// The check that is asked for, if it depends only on the workspace and the arguments.
    fn before(&self, screen: &Screen) -> anyhow::Result<Option<Check>> {
        let alone = self.baseline.is_none() && self.write_baseline.is_none();
        if self.no_cache || self.fix || self.stdin_path.is_some() || !alone {
            return Ok(None);
        }
        let packs = shown::packs(&self.packs)?;
        let Some((root, _)) = packs.first() else {
            return Ok(None);
        };
        if packs
            .iter()
            .any(|(other, _)| other.folder() != root.folder())
        {
            return Ok(None);
        }
        let folders = packs.iter().map(|(_, folder)| folder.0.as_str());
        let here = shown::here().map(|here| here.to_string_lossy().into_owned());
        let asked = format!("{self:?} {here:?} {}", self.log.is_public());
        let colours = screen.colour_out.to_string();
        let asked: Vec<&str> = [asked.as_str(), &colours]
            .into_iter()
            .chain(folders)
            .collect();
        Ok(Check::of(root, &asked))
    }
}
