//! What several commands share: finding the packs that are meant, reading them, and showing what
//! was found in them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;

use super::Screen;
use crate::check::{self, Context};
use crate::edition::{self, Edition, Hidden};
use crate::finding::{Finding, Severity};
use crate::kept::Kept;
use crate::load::{self, Loaded, PackFolder, PdfContent, WorkspaceRoot};
use crate::model::Audience;
use crate::model::{Date, SourceName};
use crate::output::{self, Format};
use crate::pipeline::manifest::Digest;
use crate::write::{Cache, Readers};

/// A pack that was read.
pub(super) struct Pack {
    /// Its workspace.
    pub(super) root: WorkspaceRoot,
    /// The name of its folder.
    pub(super) name: String,
    /// What was read.
    pub(super) loaded: Loaded,
    /// Everything that was found, in the order in which it is shown.
    pub(super) findings: Vec<Finding>,
    /// What was found in papers that the edition withholds, which is not shown.
    kept_back: Vec<Finding>,
}

/// The packs that arguments name; without any, those of the place that one stands in.
pub(super) fn packs(arguments: &[PathBuf]) -> anyhow::Result<Vec<(WorkspaceRoot, PackFolder)>> {
    let here = [PathBuf::from(".")];
    let arguments = if arguments.is_empty() {
        &here
    } else {
        arguments
    };
    let mut packs = Vec::new();
    for argument in arguments {
        let (root, folders) = load::select(argument)?;
        for folder in folders {
            let pack = (root.clone(), folder);
            if !packs.contains(&pack) {
                packs.push(pack);
            }
        }
    }
    Ok(packs)
}

/// How packs are read and checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// What is read of the content of PDFs.
    pub(super) content: PdfContent,
    /// Whether PDFs are read anew that were read before.
    pub(super) anew: bool,
    /// The day of the check.
    pub(super) on: Option<Date>,
    /// The day on which it is asked whether it is in time to publish.
    pub(super) publish_on: Option<Date>,
    /// Whether anybody may see what is said.
    pub(super) public: bool,
}

impl Reading {
    /// With such content of PDFs, on no day in particular.
    pub(super) fn of(content: PdfContent) -> Self {
        Self {
            content,
            anew: false,
            on: None,
            publish_on: None,
            public: false,
        }
    }
}

/// Reads a pack and checks it.
pub(super) fn read(root: &WorkspaceRoot, folder: &PackFolder, how: &Reading) -> Pack {
    let cache = (!how.anew).then(|| Cache::of(root.folder(), "read", Readers::OwnerOnly));
    let kept = cache.as_ref().map(|cache| cache as &dyn Kept);
    let loaded = load::load_with(root, folder, how.content, kept);
    if let Some(cache) = cache {
        cache.trim();
    }
    let mut findings = loaded.findings.clone();
    findings.extend(check::codes::misspelt(
        &loaded.severity_places,
        load::codes::ALL,
    ));
    let mut severities = BTreeMap::new();
    if let Some(meeting) = &loaded.meeting {
        let context = Context {
            files: &loaded.files,
            on: how.on,
            publish_on: how.publish_on,
        };
        findings.extend(check::find(meeting, &context));
        severities.clone_from(&meeting.council.severities);
    } else if let Some(papers) = &loaded.papers {
        findings.extend(check::find_in_papers(papers, &Context::new(&loaded.files)));
        severities.clone_from(&papers.council.severities);
    }
    let findings = check::settle(findings, &severities, &loaded.files);
    Pack {
        root: root.clone(),
        name: folder.name(root),
        loaded,
        findings,
        kept_back: Vec::new(),
    }
}

impl Pack {
    /// The same pack for a build whose screen and log anybody may see: what was found in papers
    /// that an audience does not get is counted, not shown.
    #[must_use]
    pub(super) fn seen_by(mut self, audience: Audience) -> Self {
        let files = &self.loaded.files;
        let hidden = match (&self.loaded.meeting, audience) {
            (meeting, Audience::Public) => Hidden::where_told(meeting.as_ref(), files),
            (Some(meeting), audience) => Hidden::of(meeting, audience),
            (None, _) => return self,
        };
        (self.kept_back, self.findings) = self
            .findings
            .into_iter()
            .partition(|finding| hidden.covers(finding, files));
        self
    }

    /// The supplement to what was published: a pack of its own, of what is new; nothing where
    /// nothing is.
    pub(super) fn supplement(mut self, issued: Option<Date>) -> anyhow::Result<Option<Self>> {
        let meeting = self.loaded.meeting.take();
        let meeting = meeting.context("the pack could not be read: `pack check` says why")?;
        let record = meeting.record.as_ref().with_context(|| {
            format!(
                "{} has not been published: build it, and run `pack publish`",
                self.name
            )
        })?;
        let hash = |name: &SourceName| {
            let mut sources = self.loaded.sources.iter();
            let source = sources.find(|source| source.name == *name)?;
            Some(source.sha256.clone())
        };
        let Some(new) = edition::supplement(&meeting, record, issued, &hash) else {
            return Ok(None);
        };
        let number = new
            .supplement
            .as_ref()
            .map_or(1, |supplement| supplement.number);
        self.name = format!("{}-supplement-{number}", self.name);
        self.loaded.meeting = Some(new);
        Ok(Some(self))
    }

    /// How many errors there are.
    pub(super) fn errors(&self) -> usize {
        self.findings
            .iter()
            .chain(&self.kept_back)
            .filter(|finding| finding.severity == Severity::Error)
            .count()
    }

    /// The council's own templates by name.
    pub(super) fn templates(&self) -> anyhow::Result<BTreeMap<String, String>> {
        Ok(load::templates(&self.root)?)
    }

    /// The sources of an edition with their hashes; files that it withholds are not named.
    pub(super) fn sources(&self, edition: &Edition) -> Vec<Digest> {
        let open = edition.sources();
        self.loaded
            .sources
            .iter()
            .filter(|source| source.name.file_name() != load::RECORD)
            .filter(|source| source.name.0.ends_with(".toml") || open.contains(&source.name))
            .map(|source| Digest {
                path: source.name.0.clone(),
                sha256: source.sha256.clone(),
                bytes: source.bytes,
            })
            .collect()
    }
}

/// Shows what was found in a pack.
pub(super) fn show(
    screen: &mut Screen,
    pack: &Pack,
    bar: Severity,
    quiet: bool,
) -> anyhow::Result<()> {
    if quiet {
        return Ok(());
    }
    let findings: Vec<Finding> = pack
        .findings
        .iter()
        .filter(|finding| finding.severity >= bar)
        .cloned()
        .collect();
    let text = output::render(
        &findings,
        &pack.loaded.files,
        Format::Human,
        screen.colour_err,
    );
    if !text.is_empty() {
        screen.say(text.trim_end());
    }
    let kept_back = pack.kept_back.iter();
    match kept_back.filter(|finding| finding.severity >= bar).count() {
        0 => {}
        1 => screen.say("1 finding on a paper that this edition withholds is not shown here: pack check shows it."),
        number => screen.say(&format!(
            "{number} findings on papers that this edition withholds are not shown here: pack check shows them."
        )),
    }
    Ok(())
}

/// Shows what is to be known of how a pack was made.
pub(super) fn show_notes(
    screen: &mut Screen,
    pack: &Pack,
    notes: &[Finding],
) -> anyhow::Result<()> {
    let text = output::render(notes, &pack.loaded.files, Format::Short, screen.colour_err);
    screen.say(text.trim_end());
    Ok(())
}

/// A pack as JSON: what was found and what was made.
pub(super) fn json(pack: &Pack, made: &[serde_json::Value]) -> serde_json::Value {
    serde_json::json!({
        "pack": pack.name,
        "findings": output::entries(&pack.findings, &pack.loaded.files),
        "made": made,
    })
}
