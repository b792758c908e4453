//! What a build leaves on disk: the readers' folder, and beside it the manifest, the list of who
//! gets what, and how accessible each PDF is. Outputs of other builds for the same readers stay.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::kit::Built;
use super::manifest::{Digest, Manifest, Set};
use super::order::{Form, Order, is_of};
use super::session::{Session, SessionError};
use crate::distribution::{self, CopyKind};
use crate::edition::{Edition, WithheldPages};
use crate::model::{Audience, CopyForm, Meeting};
use crate::write::{MANIFEST, Output, Publication, WriteError};

/// Who gets which file.
pub(super) const DISTRIBUTION: &str = "distribution.csv";
/// How accessible each PDF is, part by part.
pub(super) const ACCESSIBILITY: &str = "accessibility.json";

/// Where outputs go unless the clerk says otherwise: a members' edition never lands in a folder that a
/// public build publishes.
pub fn usual_folder(workspace: &Path, name: &str, audience: Audience) -> PathBuf {
    let top = match audience {
        Audience::Public => "out",
        Audience::Members => "out-members",
    };
    workspace.join(top).join(name)
}

/// The path from the output folder of a file that readers get.
pub fn path(audience: Audience, name: &str) -> String {
    format!("{}/{name}", audience.as_str())
}

/// Everything that the distribution list asks for, each once.
pub fn orders(meeting: &Meeting) -> Vec<Order> {
    let asked: BTreeSet<Order> = meeting
        .distribution()
        .iter()
        .filter(|copy| copy.copies > 0)
        .map(|copy| order_of(&CopyKind::of(copy)))
        .collect();
    asked.into_iter().collect()
}

/// Puts what was built for an audience into its output folder.
///
/// # Errors
/// Where the pack was not read, or the disk refuses.
pub fn publish(
    publication: Publication,
    pack: &Session,
    audience: Audience,
    built: &Built,
) -> Result<(), PublishError> {
    let meeting = pack.loaded.meeting.as_ref();
    let meeting = meeting.ok_or(SessionError::NotRead)?;
    let mut manifest = manifest(pack, meeting, audience, built);
    let earlier = publication
        .record(MANIFEST)
        .and_then(|bytes| Manifest::read(&bytes))
        .filter(|earlier| earlier.pack == manifest.pack);
    if let Some(earlier) = &earlier {
        manifest.keep(earlier);
    }
    let prefix = path(audience, "");
    let lines = distribution::lines(meeting, &|kind| {
        let order = order_of(kind);
        let outputs = manifest.outputs.iter().map(|output| output.path.as_str());
        outputs
            .filter(|path| {
                let name = path.strip_prefix(&prefix);
                name.is_some_and(|name| is_of(name, &pack.name, &order))
            })
            .map(str::to_owned)
            .collect()
    });
    let mut records = vec![Output {
        name: DISTRIBUTION.to_owned(),
        // Home addresses are only for the officers who serve the members.
        bytes: distribution::csv(&lines, audience == Audience::Members).into(),
    }];
    let ledgers = ledgers(&publication, audience, built, &manifest)?;
    if !ledgers.is_empty() {
        let mut bytes = serde_json::to_vec_pretty(&ledgers)?;
        bytes.push(b'\n');
        records.push(Output {
            name: ACCESSIBILITY.to_owned(),
            bytes: bytes.into(),
        });
    }
    for record in &records {
        let digest = Digest::of(&record.name, &record.bytes);
        manifest.outputs.push(digest);
    }
    let manifest = manifest.in_order();
    records.push(manifest.output()?);
    let gone: BTreeSet<String> = earlier
        .iter()
        .flat_map(|earlier| &earlier.outputs)
        .filter(|output| !manifest.has(&output.path))
        .filter_map(|output| Some(output.path.strip_prefix(&prefix)?.to_owned()))
        .collect();
    publication.publish(&built.outputs, &gone, &records)?;
    Ok(())
}

/// The accessibility of every PDF that is there, by its path.
fn ledgers(
    publication: &Publication,
    audience: Audience,
    built: &Built,
    manifest: &Manifest,
) -> Result<Map<String, Value>, PublishError> {
    let mut ledgers: Map<String, Value> = publication
        .record(ACCESSIBILITY)
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    for (name, ledger) in &built.ledgers {
        ledgers.insert(path(audience, name), serde_json::to_value(ledger)?);
    }
    ledgers.retain(|path, _| manifest.has(path));
    Ok(ledgers)
}

/// What has to be made for a kind of copy: paper is printed from the PDF.
pub fn order_of(kind: &CopyKind) -> Order {
    Order {
        audience: kind.edition,
        print: kind.print,
        form: match kind.form {
            CopyForm::Paper | CopyForm::Pdf => Form::Pdf,
            CopyForm::Html => Form::Html,
        },
        binding: kind.binding.clone(),
    }
}

/// Why nothing was put into the output folder.
#[derive(Debug)]
pub enum PublishError {
    /// There is no pack.
    Session(SessionError),
    /// The disk refused.
    Write(WriteError),
    /// A record could not be serialised.
    Record(serde_json::Error),
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Session(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
            Self::Record(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishError {}

impl From<SessionError> for PublishError {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

impl From<WriteError> for PublishError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<serde_json::Error> for PublishError {
    fn from(error: serde_json::Error) -> Self {
        Self::Record(error)
    }
}

fn manifest(pack: &Session, meeting: &Meeting, audience: Audience, built: &Built) -> Manifest {
    let edition = Edition::of(meeting, audience, &WithheldPages::new());
    let sources = pack.sources(&edition);
    let supplement = meeting.supplement.as_ref();
    let issued = supplement.and_then(|supplement| supplement.issued);
    let sets = built.made.iter().map(|(order, names)| Set {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        issued: issued.map(|day| day.to_string()),
        draft: built.draft,
        sources: sources.clone(),
        made_of: built.made_of.clone(),
        outputs: names.iter().map(|name| path(audience, name)).collect(),
        ..Set::of(order)
    });
    let outputs = built.outputs.iter().map(|output| Digest {
        path: path(audience, &output.name),
        ..built.digest(output)
    });
    let documents = built.documents.iter().cloned().map(|mut document| {
        document.path = path(audience, &document.path);
        document
    });
    Manifest {
        generator: "pack".to_owned(),
        pack: pack.name.clone(),
        title: meeting.body.name.clone(),
        edition: audience.as_str().to_owned(),
        sets: sets.collect(),
        outputs: outputs.collect(),
        documents: documents.collect(),
    }
}
