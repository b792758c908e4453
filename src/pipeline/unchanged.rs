//! A build of which nothing has changed: its files are where they were put, as they were made, so that
//! none has to be made again.
//!
//! What such a build is made from is hashed as a whole, and kept with the hashes of its files and with
//! what was said of them. The cache is of one build of the program, so another never takes them over.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::build::composed_of;
use super::codes;
use super::earlier::Earlier;
use super::kit::Built;
use super::publish::path;
use super::session::{Request, Session};
use crate::finding::{Code, Finding, Place, Severity};
use crate::kept;

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

/// The key of a build: a hash of all that it is made from and of what is asked for.
pub struct BuildKey(String);

impl Session {
    /// The key that a build is kept under. `None` if nothing is kept of such a build.
    pub fn build_key(&self, request: &Request<'_>) -> Option<BuildKey> {
        // Locked files are never the same twice, and a draft is there to be looked at.
        if request.anew || request.password.is_some() || self.errors() > 0 {
            return None;
        }
        let composed = self.with_kit(request, &(), |kit| composed_of(kit, request.audience));
        let composed = composed.ok()??;
        let asked = format!("{} {:?}", request.renumber, request.orders);
        let sources = self.loaded.sources.iter();
        let sources =
            sources.flat_map(|source| [source.name.0.as_bytes(), source.sha256.as_bytes()]);
        let about = [HOW, composed.as_bytes(), asked.as_bytes()];
        Some(BuildKey(kept::key(about.into_iter().chain(sources))))
    }

    /// What an earlier build with this key left in an output folder, if all of it is there as it was made.
    pub fn unchanged(
        &self,
        request: &Request<'_>,
        BuildKey(key): &BuildKey,
        folder: &Path,
    ) -> Option<Built> {
        let entry = self.with_kit(request, &(), |kit| kit.kept?.value::<Entry>(key));
        let entry = entry.ok()??;
        let earlier = Earlier::in_folder(folder.to_owned(), &self.name, request.audience)?;
        if !earlier.has_records() {
            return None;
        }
        let mut built = Built::default();
        for (name, sha256) in entry.outputs {
            let path = path(request.audience, &name);
            if earlier.sha256(&path)? != sha256 {
                return None;
            }
            let output = earlier.file(&path)?;
            built.documents.extend(earlier.map(&path, &name));
            built.outputs.push(output);
        }
        let notes = entry.notes.into_iter().map(Note::finding);
        built.notes = notes.collect::<Option<_>>()?;
        Some(built)
    }

    /// Keeps of a build what shows that another with the same key need not be made.
    pub fn keep_build(&self, request: &Request<'_>, BuildKey(key): &BuildKey, built: &Built) {
        let notes = built.notes.iter().map(Note::of).collect::<Option<_>>();
        let Some(notes) = notes.filter(|_| !built.draft) else {
            return;
        };
        let outputs = built.outputs.iter();
        let outputs = outputs.map(|output| (output.name.clone(), built.digest(output).sha256));
        let outputs = outputs.collect();
        // A build that is not kept is made again.
        let _ = self.with_kit(request, &(), |kit| {
            if let Some(kept) = kit.kept {
                kept.keep(key, &Entry { outputs, notes });
            }
        });
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
