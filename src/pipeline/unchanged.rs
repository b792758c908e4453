//! A build of which nothing has changed: its files are where they were put, as they were made, so that
//! none has to be made again.
//!
//! What such a build is made from is hashed as a whole, and kept with the hashes of its files and with
//! what was said of them. The cache is of one build of the program, so another never takes them over.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::build::composed_of;
use super::codes;
use super::kit::{Built, Kit};
use super::manifest::Manifest;
use super::publish::{ACCESSIBILITY, DISTRIBUTION, path};
use super::session::{Request, Session};
use crate::finding::{Code, Finding, Place, Severity};
use crate::kept::{self, Kept};
use crate::write::{self, MANIFEST, Output};

/// Part of the key that a build is kept under; changed when other things are kept of it.
const HOW: &[u8] = b"build 1";

/// What is kept of a build.
#[derive(Serialize, Deserialize)]
struct Entry {
    /// The files by name, each with its SHA-256 in hexadecimal.
    outputs: Vec<(String, String)>,
    notes: Vec<Note>,
}

/// What a clerk was told of how a file was made.
#[derive(Serialize, Deserialize)]
struct Note {
    code: String,
    severity: String,
    message: String,
    /// The path of a file and the page of it, where it is about one.
    place: (Option<String>, Option<u32>),
    help: Option<String>,
}

impl Session {
    /// What an earlier build left in an output folder, if it was asked for the same, made from the same,
    /// and all of it is there as it was made.
    pub fn unchanged(&self, request: &Request<'_>, folder: &Path) -> Option<Built> {
        let entry: Entry = self.kept_build(request, |kept, key| kept.value(key))??;
        let manifest = Manifest::read(&write::left(folder, MANIFEST)?)?;
        let audience = request.audience;
        let edition = audience.as_str();
        if (manifest.pack.as_str(), manifest.edition.as_str()) != (&self.name, edition) {
            return None;
        }
        let as_made = |name: &str| {
            let bytes = write::left(folder, name)?;
            manifest.is_as_made(name, &bytes).then_some(bytes)
        };
        as_made(DISTRIBUTION)?;
        if manifest.has(ACCESSIBILITY) {
            as_made(ACCESSIBILITY)?;
        }
        let mut built = Built::default();
        for (name, sha256) in entry.outputs {
            let path = path(audience, &name);
            let is_same = |of: &super::manifest::Digest| of.path == path && of.sha256 == sha256;
            if !manifest.outputs.iter().any(is_same) {
                return None;
            }
            let bytes = as_made(&path)?.into();
            let maps = manifest.documents.iter().filter(|map| map.path == path);
            built.documents.extend(maps.cloned().map(|mut map| {
                map.path.clone_from(&name);
                map
            }));
            built.outputs.push(Output { name, bytes });
        }
        let notes = entry.notes.into_iter().map(Note::finding);
        built.notes = notes.collect::<Option<_>>()?;
        Some(built)
    }

    /// Keeps of a build what shows that another need not be made.
    pub fn keep_build(&self, request: &Request<'_>, built: &Built) {
        let notes = built.notes.iter().map(Note::of);
        let Some(notes) = notes.collect::<Option<_>>() else {
            return;
        };
        let outputs = built.outputs.iter().map(|output| {
            let digest = built.digest(output);
            (output.name.clone(), digest.sha256)
        });
        let outputs = outputs.collect();
        if !built.draft {
            self.kept_build(request, |kept, key| {
                kept.keep(key, &Entry { outputs, notes });
            });
        }
    }

    /// Calls `work` with the cache and with the key of a build: a hash of all that it is made from and
    /// of what is asked for. `None` where nothing is kept of such a build.
    fn kept_build<R>(
        &self,
        request: &Request<'_>,
        work: impl FnOnce(&dyn Kept, &str) -> R,
    ) -> Option<R> {
        // Locked files are never the same twice, and a draft is there to be looked at.
        if request.anew || request.password.is_some() || self.errors() > 0 {
            return None;
        }
        let done = self.with_kit(request, &(), |kit| {
            let key = self.key(kit, request)?;
            Some(work(kit.kept?, &key))
        });
        done.ok()?
    }

    fn key(&self, kit: &Kit<'_>, request: &Request<'_>) -> Option<String> {
        let composed = composed_of(kit, request.audience)?;
        let asked = format!("{} {:?}", request.renumber, request.orders);
        let sources = self.loaded.sources.iter();
        let sources =
            sources.flat_map(|source| [source.name.0.as_bytes(), source.sha256.as_bytes()]);
        let about = [HOW, composed.as_bytes(), asked.as_bytes()];
        Some(kept::key(about.into_iter().chain(sources)))
    }
}

impl Note {
    /// What is kept of a finding; `None` where it points into the text of a source, or has a code that
    /// is not a build's own.
    fn of(finding: &Finding) -> Option<Self> {
        let place = match &finding.place {
            Place::Nowhere => (None, None),
            Place::File(path) => (Some(path.clone()), None),
            Place::Page(path, page) => (Some(path.clone()), Some(*page)),
            Place::Text(_) => return None,
        };
        let is_whole = finding.label.is_none() && finding.related.is_empty();
        (is_whole && code(finding.code.0).is_some()).then(|| Self {
            code: finding.code.0.to_owned(),
            severity: finding.severity.as_str().to_owned(),
            message: finding.message.clone(),
            place,
            help: finding.help.clone(),
        })
    }

    fn finding(self) -> Option<Finding> {
        let place = match self.place {
            (None, _) => Place::Nowhere,
            (Some(path), None) => Place::File(path),
            (Some(path), Some(page)) => Place::Page(path, page),
        };
        let severity = Severity::parse(&self.severity)?;
        let finding = Finding::new(code(&self.code)?, severity, place, self.message);
        Some(match self.help {
            Some(help) => finding.help(help),
            None => finding,
        })
    }
}

/// The code of a build with this name.
fn code(name: &str) -> Option<Code> {
    codes::explained()
        .map(|(code, _)| code)
        .find(|code| code.0 == name)
}
