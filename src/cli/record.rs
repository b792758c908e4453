//! `pack publish`: writes down what went out, so that no later build gives its pages other numbers.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use serde::Serialize;

use super::build::usual_folder;
use super::sources::{self, Reading};
use super::{Outcome, Screen};
use crate::edition::{Edition, WithheldPages};
use crate::load::{self, PdfContent};
use crate::model::{Audience, Date, Document, Meeting};
use crate::pipeline::manifest::{Digest, DocumentMap, Manifest};
use crate::write::MANIFEST;

/// What the file opens with.
const HEAD: &str = "\
# What was published of this meeting, and on which pages. `pack publish` wrote it: keep it with the
# agenda. As long as it is here, `pack build` gives no published page another number.
";

/// Records that a pack was published: its documents, their page numbers and their files
///
/// The record is published.toml in the pack's folder and belongs in version control. From then on
/// no build gives a published page another number unless it is asked to (pack build --renumber).
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// The day on which it was published, where `published` in pack.toml does not say it
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,

    /// Takes the place of an earlier record: the pack was issued anew
    #[arg(long)]
    again: bool,
}

/// The record as it is written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    published: toml::value::Datetime,
    last_page: usize,
    document: Vec<WrittenDocument>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenDocument {
    key: String,
    title: String,
    first_page: usize,
    last_page: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let named: Vec<PathBuf> = args.pack.iter().cloned().collect();
    let packs = sources::packs(&named)?;
    let [(root, folder)] = packs.as_slice() else {
        bail!(
            "there are {} packs here: name the one that was published",
            packs.len()
        );
    };
    let pack = sources::read(root, folder, &Reading::of(PdfContent::CHECKED));
    let meeting = pack
        .loaded
        .meeting
        .as_ref()
        .context("the pack could not be read: `pack check` says why")?;
    let place = root.folder().join(folder.file(load::RECORD).0);
    if place.exists() && !args.again {
        bail!(
            "{} says already what was published; where the pack was issued anew, use --again",
            place.display()
        );
    }
    let day = args
        .on
        .or(meeting.sitting.published.as_ref().map(|day| **day))
        .context("on which day was it published? Say `published` in pack.toml, or use --on")?;
    let document = built(&pack)?;
    let hashes = |path: &str| {
        let known = pack.loaded.sources.iter();
        known
            .filter(|source| source.name.0 == path)
            .map(|source| source.sha256.clone())
            .next()
    };
    let written = Written {
        published: format!("{day}").parse().context("a day")?,
        last_page: document.last_number,
        document: documents(meeting, &document, &hashes),
    };
    let text = format!("{HEAD}\n{}", toml::to_string(&written)?);
    std::fs::write(&place, text)
        .with_context(|| format!("{} cannot be written", place.display()))?;
    screen.say(&format!(
        "{}: {} documents on pages 1 to {}",
        place.display(),
        written.document.len(),
        written.last_page
    ));
    Ok(Outcome::Clean)
}

/// The page map of the public's standard PDF, where it is there and what its sources make.
fn built(pack: &sources::Pack) -> anyhow::Result<DocumentMap> {
    let folder = usual_folder(pack.root.folder(), &pack.name, Audience::Public);
    let build = format!("build it first: pack build {}", pack.name);
    let manifest = std::fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| Manifest::read(&bytes))
        .with_context(|| format!("there is no public pack in {}; {build}", folder.display()))?;
    let set = manifest
        .sets
        .iter()
        .find(|set| set.print == "standard" && set.form == "pdf")
        .with_context(|| format!("no standard PDF is in {}; {build}", folder.display()))?;
    if set.draft {
        bail!(
            "what is in {} is a draft; mend the errors and {build}",
            folder.display()
        );
    }
    let now = |path: &str| {
        let mut sources = pack.loaded.sources.iter();
        let source = sources.find(|source| source.name.0 == path)?;
        Some(source.sha256.clone())
    };
    if let Some(changed) = set.changed(&now).first() {
        bail!("{changed} was changed after the pack was built; {build}");
    }
    let document = manifest
        .documents
        .iter()
        .find(|document| document.print == "standard" && set.outputs.contains(&document.path))
        .context("the manifest has no page map of the standard PDF")?;
    let file = folder.join(&document.path);
    let bytes =
        std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    if !manifest
        .outputs
        .contains(&Digest::of(&document.path, &bytes))
    {
        bail!("{} is not what was built any more; {build}", file.display());
    }
    Ok(document.clone())
}

/// The parts that have numbers, each with the file that it was made from.
fn documents(
    meeting: &Meeting,
    map: &DocumentMap,
    hash: &dyn Fn(&str) -> Option<String>,
) -> Vec<WrittenDocument> {
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let standing = edition.meeting().documents();
    let source_of = |key: &str| {
        standing.iter().find_map(|standing| {
            let (own, source) = match standing.document {
                Document::Paper(paper) => (&paper.key, &paper.source),
                Document::Appendix(appendix) => (&appendix.key, &appendix.source),
                Document::Item(_) => return None,
            };
            (own == key).then(|| source.as_ref().map(|source| source.0.clone()))?
        })
    };
    map.parts
        .iter()
        .filter_map(|part| {
            let (first, last) = part.numbers?;
            let source = source_of(&part.key);
            Some(WrittenDocument {
                key: part.key.clone(),
                title: part.title.clone(),
                first_page: first,
                last_page: part.withheld.map_or(last, |(_, kept)| kept),
                sha256: source.as_deref().and_then(hash),
                source,
            })
        })
        .collect()
}
