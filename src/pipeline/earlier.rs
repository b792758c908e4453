//! What an earlier build left in the output folder of a pack, where a build would make the same now.
//!
//! Same input, same bytes: where this version of the program made the files there from sources that are
//! as they were, they are what a build would make, and large print need not be set again. Each file is
//! held to its hash in the manifest, and none is taken that the order does not make.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::build::made_of;
use super::kit::Built;
use super::ledger::Ledger;
use super::manifest::{DocumentMap, Manifest, Set};
use super::order::{Form, Order, is_of};
use super::papers;
use super::publish::{ACCESSIBILITY, DISTRIBUTION, path, usual_folder};
use super::session::{Request, Session};
use crate::edition::{Edition, WithheldPages};
use crate::model::Audience;
use crate::write::{self, MANIFEST, Output};

/// What an earlier build left in an output folder of a pack.
pub(super) struct Earlier {
    folder: PathBuf,
    audience: Audience,
    manifest: Manifest,
}

impl Earlier {
    /// What was built of a pack for an audience in the usual folder.
    fn of(workspace: &Path, name: &str, audience: Audience) -> Option<Self> {
        Self::in_folder(usual_folder(workspace, name, audience), name, audience)
    }

    /// What was built of a pack for an audience in a folder. Whether its sources are as they were is not
    /// looked at yet.
    pub(super) fn in_folder(folder: PathBuf, name: &str, audience: Audience) -> Option<Self> {
        let manifest = Manifest::read(&write::left(&folder, MANIFEST)?)?;
        let is_own = manifest.pack == name && manifest.edition == audience.as_str();
        is_own.then_some(Self {
            folder,
            audience,
            manifest,
        })
    }

    /// What this version of the program made of an order.
    fn set(&self, order: &Order) -> Option<&Set> {
        let set = self.manifest.set(order)?;
        let is_finished = !set.draft && !set.made_of.is_empty();
        (is_finished && set.version == env!("CARGO_PKG_VERSION")).then_some(set)
    }

    /// The files of a set by their paths from the output folder, if all of them are there as they were
    /// made, and an order makes them.
    fn files(&self, set: &Set, order: &Order) -> Option<Vec<(String, Output)>> {
        let paths = set.outputs.iter();
        paths
            .map(|path| {
                let output = self.file(path)?;
                let is_made = order_makes(order, &self.manifest.pack, &output.name);
                is_made.then(|| (path.clone(), output))
            })
            .collect()
    }

    /// A file of the readers' folder, by its path from the output folder, as it was made.
    pub(super) fn file(&self, path: &str) -> Option<Output> {
        let bytes = self.as_made(path)?;
        let name = path.strip_prefix(&self::path(self.audience, ""))?;
        Some(Output {
            name: name.to_owned(),
            bytes: bytes.into(),
        })
    }

    /// The hash of a file as it was made, by its path from the output folder.
    pub(super) fn sha256(&self, path: &str) -> Option<&str> {
        let mut outputs = self.manifest.outputs.iter();
        let made = outputs.find(|output| output.path == path)?;
        Some(&made.sha256)
    }

    /// The bytes of a file, by its path from the output folder, if it is as it was made.
    fn as_made(&self, path: &str) -> Option<Vec<u8>> {
        let bytes = write::left(&self.folder, path)?;
        self.manifest.is_as_made(path, &bytes).then_some(bytes)
    }

    /// The page map of a PDF by its path from the output folder, under the name that it is built by.
    pub(super) fn map(&self, path: &str, name: &str) -> Option<DocumentMap> {
        let mut maps = self.manifest.documents.iter();
        let map = maps.find(|map| map.path == path)?;
        Some(DocumentMap {
            path: name.to_owned(),
            ..map.clone()
        })
    }

    /// Whether the records beside the readers' folder are as they were made.
    pub(super) fn has_records(&self) -> bool {
        let has = |name| self.as_made(name).is_some();
        has(DISTRIBUTION) && (!self.manifest.has(ACCESSIBILITY) || has(ACCESSIBILITY))
    }

    /// The accessibility of each PDF, by its path from the output folder.
    fn ledgers(&self) -> Option<BTreeMap<String, Ledger>> {
        serde_json::from_slice(&self.as_made(ACCESSIBILITY)?).ok()
    }
}

/// Whether an earlier build left anything of a pack for an audience.
pub fn was_built(workspace: &Path, name: &str, audience: Audience) -> bool {
    Earlier::of(workspace, name, audience).is_some()
}

impl Session {
    /// What an earlier build made of what is asked for, so far as a build would make the same of the pack
    /// now and it is there as it was made; and the orders that are left to make. Of PDFs, only the facts
    /// and bytes need to have been read.
    pub fn made_before(&self, request: &Request<'_>) -> (Built, Vec<Order>) {
        let taken = self.taken(request);
        taken.unwrap_or_else(|| (Built::default(), request.orders.to_vec()))
    }

    fn taken(&self, request: &Request<'_>) -> Option<(Built, Vec<Order>)> {
        let audience = request.audience;
        let earlier = Earlier::of(self.root.folder(), &self.name, audience)?;
        if self.refusal(audience == Audience::Public, false).is_some() {
            return None;
        }
        let meeting = self.loaded.meeting.as_ref()?;
        let edition = Edition::of(meeting, audience, &WithheldPages::new());
        let sources = self.sources(&edition);
        let current = |order: &Order| {
            let set = earlier.set(order);
            set.filter(|set| set.is_made_from(&sources))
        };
        // The pages of a whole edition may have to be counted for what follows.
        if !request.orders.iter().any(|order| current(order).is_some()) {
            return None;
        }
        let made_of = self.with_kit(request, &(), |kit| made_of(kit, audience));
        let made_of = made_of.ok()??;
        let ledgers = earlier.ledgers();
        let mut files = BTreeMap::new();
        let mut left = Vec::new();
        for order in request.orders {
            let set = current(order).filter(|set| set.made_of == made_of);
            // How accessible a PDF is belongs to it.
            let set = set.filter(|_| order.form == Form::Html || ledgers.is_some());
            match set.and_then(|set| earlier.files(set, order)) {
                Some(own) => files.extend(own),
                None => left.push(order.clone()),
            }
        }
        let mut built = Built {
            made_of,
            ..Built::default()
        };
        for (path, output) in files {
            built.documents.extend(earlier.map(&path, &output.name));
            let ledger = ledgers.as_ref().and_then(|ledgers| ledgers.get(&path));
            let ledger = ledger.map(|ledger| (output.name.clone(), ledger.clone()));
            built.ledgers.extend(ledger);
            built.outputs.push(output);
        }
        Some((built, left))
    }
}

/// Whether a file of this name is among what an order makes of a pack.
fn order_makes(order: &Order, pack: &str, name: &str) -> bool {
    let is_beside = || {
        let below = name.strip_prefix(papers::FOLDER);
        below.is_some_and(|below| below.starts_with('/'))
    };
    is_of(name, pack, order) || order.form == Form::Html && is_beside()
}
