//! `pack publish`: writes down what went out, so that no later build gives its pages other numbers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use serde::Serialize;

use super::build::usual_folder;
use super::shown;
use super::{Outcome, Screen};
use crate::edition::{Edition, WithheldPages};
use crate::load::{self, PdfContent};
use crate::model::{Audience, Date, Document, Issued, Meeting, Recorded, SourceName};
use crate::pipeline::manifest::{Digest, DocumentMap, Manifest};
use crate::pipeline::{Reading, Said, Session};
use crate::write::MANIFEST;

/// The file, beside the record, that holds the words that were published.
pub(super) const WORDS: &str = "published.txt";
/// What the record opens with.
const HEAD: &str = "\
# What was published of this meeting, and on which pages. `pack publish` wrote it: keep it with the
# agenda. As long as it is here, `pack build` gives no published page another number.
";

/// Records that a pack was published: its documents, their page numbers and their files
///
/// The record is published.toml in the pack's folder, with the words of the public's papers in
/// published.txt for `pack diff`; both belong in version control. From then on
/// no build gives a published page another number unless it is asked to (pack build --renumber).
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pack: its folder or its pack.toml
    #[arg(value_name = "PACK")]
    pack: Option<PathBuf>,

    /// The day on which it was published, where `published` in pack.toml does not say it
    #[arg(long, value_name = "DATE", value_parser = super::day::parse)]
    on: Option<Date>,

    /// Takes the place of an earlier record: the pack was issued anew
    #[arg(long, conflicts_with = "supplement")]
    again: bool,

    /// Adds the supplement that was built last
    #[arg(long)]
    supplement: bool,
}

/// The record as it is written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    #[serde(flatten)]
    whole: WrittenIssue,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    supplement: Vec<WrittenIssue>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenIssue {
    published: toml::value::Datetime,
    last_page: u32,
    items: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    withheld: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<String>,
    document: Vec<WrittenDocument>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenDocument {
    key: String,
    title: String,
    first_page: u32,
    last_page: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

impl WrittenIssue {
    fn of(issued: &Issued) -> anyhow::Result<Self> {
        let documents = issued.documents.iter().map(|document| {
            let (source, sha256) = document
                .source
                .as_ref()
                .map(|(source, hash)| (source.0.clone(), hash.clone()))
                .unzip();
            WrittenDocument {
                key: document.key.clone(),
                title: document.title.clone(),
                first_page: document.first,
                last_page: document.last,
                source,
                sha256,
            }
        });
        Ok(Self {
            published: issued.published.to_string().parse().context("a day")?,
            last_page: issued.last_page,
            items: issued.items.clone(),
            withheld: issued.withheld.clone(),
            withdrawn: issued.withdrawn.clone(),
            document: documents.collect(),
        })
    }
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> anyhow::Result<Outcome> {
    let named: Vec<PathBuf> = args.pack.iter().cloned().collect();
    let packs = shown::packs(&named)?;
    let [(root, folder)] = packs.as_slice() else {
        bail!(
            "there are {} packs here: name the one that was published",
            packs.len()
        );
    };
    let mut pack = Session::read(root, folder, &Reading::of(PdfContent::CHECKED));
    let place = root.folder().join(folder.file(load::RECORD).0);
    let record = pack
        .loaded
        .meeting
        .as_ref()
        .and_then(|meeting| meeting.record.clone());
    let (whole, mut supplements) = match record {
        Some(record) if args.supplement => {
            let Some(supplement) = pack.supplement(None)? else {
                bail!("nothing is new since the last pages were published");
            };
            pack = supplement;
            (Some(record.whole), record.supplements)
        }
        None if args.supplement => {
            bail!("the pack itself has not been published: `pack publish` without --supplement")
        }
        _ if place.exists() && !args.again => bail!(
            "{} says already what was published; where the pack was issued anew, use --again",
            place.display()
        ),
        _ => (None, Vec::new()),
    };
    let meeting = pack
        .loaded
        .meeting
        .as_ref()
        .context("the pack could not be read: `pack check` says why")?;
    let in_file = meeting.sitting.published.as_ref().map(|day| **day);
    let day = args
        .on
        .or(in_file.filter(|_| !args.supplement))
        .context("on which day was it published? Use --on; `published` in pack.toml serves for the pack itself")?;
    let issued = issued(&pack, meeting, day)?;
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
    let written = Written {
        whole: WrittenIssue::of(&whole)?,
        supplement: supplements
            .iter()
            .map(WrittenIssue::of)
            .collect::<Result<_, _>>()?,
    };
    let text = format!("{HEAD}\n{}", toml::to_string(&written)?);
    let words = root.folder().join(folder.file(WORDS).0);
    let earlier = std::fs::read_to_string(&words).ok();
    let earlier = earlier.filter(|_| args.supplement).unwrap_or_default();
    let said = Said::read(&earlier).with(Said::of(meeting)).written();
    for (file, text) in [(&place, text), (&words, said)] {
        std::fs::write(file, text)
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(Outcome::Clean)
}

/// The page map of the public's standard PDF, where it is there and what its sources make.
fn built(pack: &Session) -> anyhow::Result<DocumentMap> {
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

/// What was built of a pack, as it was issued.
fn issued(pack: &Session, meeting: &Meeting, published: Date) -> anyhow::Result<Issued> {
    let map = built(pack)?;
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let open = files(edition.meeting());
    let members = Edition::of(meeting, Audience::Members, &WithheldPages::new());
    let all = files(members.meeting());
    let hash = |source: &SourceName| {
        let mut sources = pack.loaded.sources.iter();
        let source = sources.find(|known| known.name == *source)?;
        Some(source.sha256.clone())
    };
    let number = |number: usize| u32::try_from(number).context("too many pages");
    let mut documents = Vec::new();
    for part in &map.parts {
        let Some((first, last)) = part.numbers else {
            continue;
        };
        let source = open.get(&part.key).cloned();
        documents.push(Recorded {
            key: part.key.clone(),
            title: part.title.clone(),
            first: number(first)?,
            last: number(part.withheld.map_or(last, |(_, kept)| kept))?,
            source: source.and_then(|source| Some((source.clone(), hash(&source)?))),
        });
    }
    Ok(Issued {
        published,
        last_page: number(map.last_number)?,
        items: meeting
            .items()
            .map(|item| item.number.value.clone())
            .collect(),
        documents,
        withheld: all
            .into_iter()
            .filter(|(key, _)| !open.contains_key(key))
            .filter_map(|(key, source)| Some((key, hash(&source)?)))
            .collect(),
        withdrawn: withdrawn(meeting),
    })
}

/// The keys of what the agenda says is withdrawn.
fn withdrawn(meeting: &Meeting) -> Vec<String> {
    let standing = meeting.documents();
    let withdrawn = standing.iter().filter_map(|standing| {
        let (key, reason) = match standing.document {
            Document::Item(item) => (&item.key, &item.withdrawn),
            Document::Appendix(appendix) => (&appendix.key, &appendix.withdrawn),
            Document::Paper(_) => return None,
        };
        reason.as_ref().map(|_| key.clone())
    });
    // A supplement says of papers that it does not hold that they are withdrawn.
    let brings = meeting.supplement.iter();
    let told = brings
        .flat_map(|supplement| supplement.brings.values())
        .flat_map(|brings| &brings.withdraws)
        .map(|told| told.key.clone());
    withdrawn.chain(told).collect()
}

/// The file of each document, by the document's key.
fn files(meeting: &Meeting) -> BTreeMap<String, SourceName> {
    let standing = meeting.documents();
    let files = standing.iter().filter_map(|standing| {
        let (key, source) = match standing.document {
            Document::Paper(paper) => (&paper.key, &paper.source),
            Document::Appendix(appendix) => (&appendix.key, &appendix.source),
            Document::Item(_) => return None,
        };
        Some((key.clone(), source.clone()?))
    });
    files.collect()
}
