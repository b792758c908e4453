//! `pack distribution`: who gets which edition, in what size and form, and how many copies.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::{Outcome, Screen, outputs, password, shown};
use crate::assemble::Password;
use crate::distribution::print_order::{self, Count, Job};
use crate::distribution::{self, Line};
use crate::finding::Severity;
use crate::load::PdfContent;
use crate::model::{CopyForm, SourceName};
use crate::pipeline::manifest::NotMade;
use crate::pipeline::{self, Reading, Session};
use crate::{pdf, typeset, write};

/// List who gets which edition, and how many of each to make
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml; the current one by default.
    pack: Option<PathBuf>,

    /// List what to print instead: for each file built by `pack build --for-distribution`, its
    /// paper copies, sheets, A3 leaves and colour pages.
    #[arg(long)]
    print_order: bool,

    /// The form of the list.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Write it to this file, not to the screen.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    password: password::Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table to read, with totals for the print room.
    Text,
    /// A spreadsheet.
    Csv,
    /// For other programs.
    Json,
    /// A PDF sheet of address labels (A4, 3 by 7) for paper copies.
    Labels,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let (root, folder) = shown::pack(args.pack.as_deref(), "name one of them")?;
    let pack = Session::read(&root, &folder, &Reading::of(PdfContent::FACTS));
    let Some(meeting) = &pack.loaded.meeting else {
        shown::show(screen, &pack, Severity::Error, false)?;
        return Ok(Outcome::Findings);
    };
    // A wrong list wastes printed copies, so none is given while there are errors.
    if pack.errors() > 0 {
        shown::show(screen, &pack, Severity::Error, false)?;
        return Ok(Outcome::Findings);
    }
    let lines: Vec<Line> = distribution::lines(meeting, &|_| Vec::new());
    let bytes = match (args.format, args.print_order) {
        (Format::Text, false) => distribution::text(&lines).into_bytes(),
        (Format::Csv, false) => distribution::csv(&lines, true).into_bytes(),
        (Format::Json, false) => json(&distribution::json(&lines))?,
        (Format::Labels, false) => {
            let (regular, bold) = typeset::body_files();
            distribution::labels(&meeting.body.name, &lines, regular, bold)?
        }
        (Format::Text, true) => print_order::text(&jobs(args, &pack, &lines)?).into_bytes(),
        (Format::Csv, true) => print_order::csv(&jobs(args, &pack, &lines)?).into_bytes(),
        (Format::Json, true) => json(&print_order::json(&jobs(args, &pack, &lines)?))?,
        (Format::Labels, true) => bail!("a print order can be text, csv or json, not labels"),
    };
    match &args.out {
        Some(file) => write::file(file, &bytes)
            .with_context(|| format!("could not write {}", file.display()))?,
        None if args.format == Format::Labels && screen.out_is_terminal() => {
            bail!("labels are a PDF: name the file to write with --out labels.pdf");
        }
        None => screen.print_bytes(&bytes)?,
    }
    Ok(Outcome::Clean)
}

fn json(value: &serde_json::Value) -> anyhow::Result<Vec<u8>> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// What there is to print: each file of each kind of copy on paper, as it was built.
fn jobs(args: &Args, pack: &Session, lines: &[Line]) -> anyhow::Result<Vec<Job>> {
    let mut jobs = Vec::new();
    let paper = distribution::totals(lines);
    let paper = paper.into_iter();
    for (kind, copies) in paper.filter(|(kind, _)| kind.form == CopyForm::Paper) {
        let order = pipeline::order_of(&kind);
        let folder = pipeline::usual_folder(pack.root.folder(), &pack.name, kind.edition);
        let now = |path: &str| pack.hash(&SourceName(path.to_owned()));
        let manifest = outputs::manifest(&folder).ok_or(NotMade::Never);
        let build = || format!("{}: pack build --for-distribution makes it", kind.words());
        let manifest = manifest.with_context(build)?;
        let set = manifest.made(&order, &now).with_context(build)?;
        for file in &set.outputs {
            let bytes = outputs::read(&folder, &manifest, file)?;
            let mut documents = manifest.documents.iter();
            let is_locked = documents.any(|document| document.path == *file && document.locked);
            let password = if is_locked {
                args.password.read()?
            } else {
                None
            };
            if is_locked && password.is_none() {
                bail!("{file} has a password: use --password-file FILE");
            }
            let leaves = pdf::leaves(&bytes, password.as_ref().map(Password::as_str));
            let leaves = leaves.with_context(|| format!("{file} cannot be opened"))?;
            let pages: Vec<print_order::Page> = leaves
                .iter()
                .map(|leaf| print_order::Page {
                    size: leaf.size,
                    colour: leaf.colour,
                })
                .collect();
            jobs.push(Job {
                kind: kind.clone(),
                file: file.rsplit('/').next().unwrap_or(file).to_owned(),
                copies,
                each: Count::of(&pages),
            });
        }
    }
    if jobs.is_empty() {
        bail!("nobody on the distribution list gets a copy on paper");
    }
    Ok(jobs)
}
