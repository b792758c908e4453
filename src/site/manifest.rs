//! What is kept beside a site for the next time: its files with their hashes, and what it says of
//! each meeting, with a hash of what that was made from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::outcome::KIND;
use super::published::Published;
use super::search::Made;
use crate::model::SourceName;
use crate::pipeline::manifest::Digest;
use crate::write::{MANIFEST, Output};

/// The record of a site.
#[derive(Debug, Default, Serialize)]
pub(super) struct Manifest {
    generator: String,
    /// What a folder of outputs is for, as every manifest says.
    edition: String,
    /// The files, by path from the folder that the site's is in.
    outputs: Vec<Digest>,
    pub(super) meetings: Vec<Entry>,
    /// What the index of each year was made of.
    pub(super) search: Made,
}

/// A meeting on the site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The pack's folder.
    pub(super) folder: String,
    /// A hash of what it was made from; `None` if that could not be read.
    pub(super) key: Option<String>,
    /// The files outside the folder that it was made from.
    pub(super) outside: Vec<String>,
    pub(super) published: Published,
    /// The files that were built for it, by path from the site.
    pub(super) outputs: Vec<String>,
}

impl Entry {
    pub(super) fn outside(&self) -> Vec<SourceName> {
        self.outside.iter().cloned().map(SourceName).collect()
    }
}

impl Manifest {
    /// Reads a record; `None` if these bytes are not the record of a site.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Written {
            edition: String,
            outputs: Vec<Digest>,
            meetings: serde_json::Value,
            #[serde(default)]
            search: Made,
        }
        let read: Written = serde_json::from_slice(bytes).ok()?;
        (read.edition == KIND).then(|| Self {
            generator: String::new(),
            edition: read.edition,
            outputs: read.outputs,
            // Another version may have known other things of a meeting; its files are known still.
            meetings: serde_json::from_value(read.meetings).unwrap_or_default(),
            search: read.search,
        })
    }

    pub(super) fn of(
        outputs: impl Iterator<Item = Digest>,
        meetings: Vec<Entry>,
        search: Made,
    ) -> Self {
        Self {
            generator: "pack".to_owned(),
            edition: KIND.to_owned(),
            outputs: outputs
                .map(|digest| Digest {
                    path: format!("{KIND}/{}", digest.path),
                    ..digest
                })
                .collect(),
            meetings,
            search,
        }
    }

    /// The files by path from the site.
    pub(super) fn digests(&self) -> BTreeMap<String, Digest> {
        let prefix = format!("{KIND}/");
        let outputs = self.outputs.iter().filter_map(|digest| {
            let path = digest.path.strip_prefix(&prefix)?.to_owned();
            Some((
                path.clone(),
                Digest {
                    path,
                    ..digest.clone()
                },
            ))
        });
        outputs.collect()
    }

    pub(super) fn output(&self) -> Result<Output, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(Output {
            name: MANIFEST.to_owned(),
            bytes: bytes.into(),
        })
    }
}
