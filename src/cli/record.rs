//! `pack publish`: records what was published, so that no later build gives its pages other numbers.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};

use super::{Outcome, Screen, outputs, shown};
use crate::load::{self, PdfContent};
use crate::model::{Audience, Binding, Date, PrintSize, Record, SourceName};
use crate::pipeline::manifest::DocumentMap;
use crate::pipeline::{self, Form, Order, Reading, Session};

/// Record that a pack was published: its documents, their page numbers and their files
///
/// The record is published.toml in the pack's folder. The words of the public papers go into
/// published.txt, for `pack diff`. Keep both in version control. From then on published pages keep
/// their numbers, unless you build with --renumber.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// The day of publication, if pack.toml has no `published` and the supplement was built without a day
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    /// Replace an earlier record, because the pack was reissued
    #[arg(long, conflicts_with = "supplement")]
    again: bool,

    /// Add the supplement that was built last
    #[arg(long)]
    supplement: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let (root, folder) = shown::pack(args.pack.as_deref(), "name the one that was published")?;
    let mut pack = Session::read(&root, &folder, &Reading::of(PdfContent::CHECKED));
    let place = root.folder().join(folder.file(load::RECORD).0);
    let record = pack
        .loaded
        .meeting
        .as_ref()
        .and_then(|meeting| meeting.record.clone());
    let (whole, mut supplements, words) = match record {
        Some(record) if args.supplement => {
            let Some(supplement) = pack.supplement(None)? else {
                bail!("nothing is new since the last pages were published");
            };
            pack = supplement;
            (Some(record.whole), record.supplements, record.words)
        }
        None if args.supplement => {
            bail!(
                "the pack itself has not been published: use `pack publish` without --supplement first"
            )
        }
        _ if place.exists() && !args.again => bail!(
            "{} already says what was published; if the pack was reissued, use --again",
            place.display()
        ),
        _ => (None, Vec::new(), None),
    };
    let meeting = pack
        .loaded
        .meeting
        .as_ref()
        .context("the pack could not be read: `pack check` says why")?;
    let (map, on_it) = built(&pack)?;
    let in_file = meeting.sitting.published.as_ref().map(|day| **day);
    let stated = if args.supplement { on_it } else { in_file };
    let day = args
        .on
        .or(stated)
        .context("the date of publication is missing: use --on, or for the pack itself set `published` in pack.toml")?;
    let issued = pipeline::issued(&pack, &map, day)?;
    screen.say(&format!(
        "{}: {} documents, up to page {}",
        place.display(),
        issued.documents.len(),
        issued.last_page
    ));
    let whole = match whole {
        Some(whole) => {
            supplements.push(issued);
            whole
        }
        None => issued,
    };
    let words = words.unwrap_or_default().with(pipeline::words(meeting));
    let said = load::written_words(&words);
    let record = Record {
        whole,
        supplements,
        words: Some(words),
    };
    let text = load::written_record(&record)?;
    let words = root.folder().join(folder.file(load::WORDS).0);
    for (file, text) in [(&place, text), (&words, said)] {
        crate::write::file(file, text.as_bytes())
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(Outcome::Clean)
}

/// The page map of the public's standard PDF, where it is there and what its sources make, and the day
/// that a supplement bears.
fn built(pack: &Session) -> anyhow::Result<(DocumentMap, Option<Date>)> {
    let folder = pipeline::usual_folder(pack.root.folder(), &pack.name, Audience::Public);
    let build = format!("build it first: pack build {}", pack.name);
    let manifest = outputs::manifest(&folder)
        .with_context(|| format!("there is no public pack in {}; {build}", folder.display()))?;
    let order = Order {
        audience: Audience::Public,
        print: PrintSize::Standard,
        form: Form::Pdf,
        binding: Binding::default(),
    };
    let now = |path: &str| pack.hash(&SourceName(path.to_owned()));
    let set = manifest
        .made(&order, &now)
        .map_err(|why| anyhow!("the public PDF in {}: {why}; {build}", folder.display()))?;
    let document = manifest
        .documents
        .iter()
        .find(|document| set.outputs.contains(&document.path))
        .context("the manifest has no page map of the standard PDF")?;
    outputs::read(&folder, &manifest, &document.path)?;
    let issued = set.issued.as_ref().and_then(|day| day.parse().ok());
    Ok((document.clone(), issued))
}
