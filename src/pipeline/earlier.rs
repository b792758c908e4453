//! What an earlier build left in the output folder of a pack, where a build would make the same now.
//!
//! Same input, same bytes: where this version of the program made the files there from sources that are
//! as they were, they are what a build would make, and large print need not be set again. Each file is
//! held to its hash in the manifest, and none is taken that the order does not make.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::build::made_of;
use super::kit::Built;
use super::ledger::Ledger;
use super::manifest::{Manifest, Set};
use super::order::{Form, Order, is_of};
use super::papers;
use super::publish::{ACCESSIBILITY, path, usual_folder};
use super::session::{Request, Session};
use crate::edition::{Edition, WithheldPages};
use crate::model::Audience;
use crate::write::{self, MANIFEST, Output};

/// What an earlier build left in the usual output folder of a pack.
struct Earlier {
    folder: PathBuf,
    audience: Audience,
    manifest: Manifest,
}

impl Earlier {
    /// What was built of a pack for an audience, if this version of the program made all of what is
    /// ordered. Whether its sources are as they were is not looked at yet.
    fn of(workspace: &Path, name: &str, audience: Audience, orders: &[Order]) -> Option<Self> {
        let folder = usual_folder(workspace, name, audience);
        let manifest = Manifest::read(&write::left(&folder, MANIFEST)?)?;
        let earlier = Self {
            folder,
            audience,
            manifest,
        };
        let is_own = earlier.manifest.pack == name && earlier.manifest.edition == audience.as_str();
        let mut orders = orders.iter();
        (is_own && orders.all(|order| earlier.set(order).is_some())).then_some(earlier)
    }

    fn set(&self, order: &Order) -> Option<&Set> {
        let set = self.manifest.set(order)?;
        let is_finished = !set.draft && !set.made_of.is_empty();
        (is_finished && set.version == env!("CARGO_PKG_VERSION")).then_some(set)
    }

    /// A file of the readers' folder, by its path from the output folder, as it was made.
    fn file(&self, path: &str) -> Option<Output> {
        let bytes = write::left(&self.folder, path)?;
        let name = path.strip_prefix(&self::path(self.audience, ""))?;
        self.manifest.is_as_made(path, &bytes).then(|| Output {
            name: name.to_owned(),
            bytes: bytes.into(),
        })
    }

    /// The accessibility of each PDF, by its path from the output folder.
    fn ledgers(&self) -> Option<BTreeMap<String, Ledger>> {
        let bytes = write::left(&self.folder, ACCESSIBILITY)?;
        let is_as_made = self.manifest.is_as_made(ACCESSIBILITY, &bytes);
        is_as_made.then(|| serde_json::from_slice(&bytes).ok())?
    }
}

impl Session {
    /// What an earlier build made of what is asked for, if a build would make the same of the pack now
    /// and all of it is there as it was made. Of PDFs no more than their facts and bytes has to have
    /// been read.
    pub fn made_before(&self, request: &Request<'_>) -> Option<Built> {
        let (audience, orders) = (request.audience, request.orders);
        let earlier = Earlier::of(self.root.folder(), &self.name, audience, orders)?;
        if self.refusal(audience == Audience::Public, false).is_some() {
            return None;
        }
        let meeting = self.loaded.meeting.as_ref()?;
        let edition = Edition::of(meeting, audience, &WithheldPages::new());
        let sources = self.sources(&edition);
        // The pages of a whole edition may have to be counted for what follows.
        let is_current = |order| {
            earlier
                .set(order)
                .is_some_and(|set| set.is_made_from(&sources))
        };
        if !orders.iter().all(is_current) {
            return None;
        }
        let made_of = self.with_kit(request, &(), |kit| made_of(kit, audience));
        let made_of = made_of.ok()??;
        let mut built = Built {
            made_of,
            ..Built::default()
        };
        let mut paths = BTreeSet::new();
        for order in orders {
            let set = earlier.set(order)?;
            if set.made_of != built.made_of {
                return None;
            }
            let prefix = path(audience, "");
            let makes = |path: &String| {
                let name = path.strip_prefix(&prefix);
                name.is_some_and(|name| order_makes(order, &self.name, name))
            };
            if !set.outputs.iter().all(makes) {
                return None;
            }
            paths.extend(set.outputs.iter());
        }
        let ledgers = earlier.ledgers()?;
        for path in paths {
            let output = earlier.file(path)?;
            let maps = earlier.manifest.documents.iter();
            for map in maps.filter(|map| map.path == *path) {
                let mut map = map.clone();
                map.path.clone_from(&output.name);
                built.documents.push(map);
            }
            let ledger = ledgers.get(path).cloned();
            built
                .ledgers
                .extend(ledger.map(|ledger| (output.name.clone(), ledger)));
            built.outputs.push(output);
        }
        Some(built)
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
