//! The packs that a checking command was asked for, once they are read, with all their findings in
//! one table of files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::shown;
use crate::edition::Hidden;
use crate::finding::{FileId, Files, Finding, Place, Span};
use crate::model::Meeting;
use crate::pipeline::{Reading, Session};
use crate::real::real;

/// Packs that were read and checked.
pub(super) struct Gathered {
    /// The source texts of all packs; a file that several packs share is in it once.
    pub(super) files: Files,
    /// What is wrong, each once, in order.
    pub(super) findings: Vec<Finding>,
    /// The packs in order.
    pub(super) packs: Vec<Pack>,
}

/// One pack that was read.
pub(super) struct Pack {
    /// The workspace's folder.
    pub(super) root: PathBuf,
    /// Its folder, from the workspace.
    pub(super) folder: String,
    /// The SHA-256 of each source, by its path from the workspace.
    pub(super) hashes: BTreeMap<String, String>,
    /// Its meeting, if it could be read.
    pub(super) meeting: Option<Meeting>,
    /// What is wrong with this pack, in order, pointing into [`Gathered::files`].
    pub(super) findings: Vec<Finding>,
}

impl Gathered {
    /// Reads and checks the packs at some paths; without paths, those of the current folder.
    pub(super) fn read(paths: &[PathBuf], how: &Reading) -> anyhow::Result<Self> {
        Self::read_with(paths, None, how)
    }

    /// Reads and checks the packs that a file belongs to, which its editor has not saved yet. Only
    /// what is wrong with that file counts.
    pub(super) fn read_unsaved(file: &Path, text: &[u8], how: &Reading) -> anyhow::Result<Self> {
        let paths = [file.to_owned()];
        let mut gathered = Self::read_with(&paths, Some((file, text)), how)?;
        let real = real(file).unwrap_or_default();
        let root = gathered.packs.first().map(|pack| pack.root.clone());
        let files = &gathered.files;
        gathered.findings.retain(|finding| {
            let path = match &finding.place {
                Place::Text(span) => files.get(span.file).map(|file| file.path.as_str()),
                Place::File(path) | Place::Page(path, _) => Some(path.as_str()),
                Place::Nowhere => None,
            };
            let path = root.as_ref().zip(path).map(|(root, path)| root.join(path));
            path.is_some_and(|path| path == real)
        });
        Ok(gathered)
    }

    fn read_with(
        paths: &[PathBuf],
        unsaved: Option<(&Path, &[u8])>,
        how: &Reading,
    ) -> anyhow::Result<Self> {
        let mut gathered = Self {
            files: Files::default(),
            findings: Vec::new(),
            packs: Vec::new(),
        };
        for (root, folder) in shown::packs(paths)? {
            if gathered
                .packs
                .first()
                .is_some_and(|pack| pack.root != root.folder())
            {
                anyhow::bail!("these packs belong to different workspaces; take one at a time");
            }
            let root = match unsaved {
                Some((file, text)) => root.with_unsaved(file, text.to_vec())?,
                None => root,
            };
            let session = Session::read(&root, &folder, how);
            gathered.add(session, folder.0, how.public);
        }
        gathered.findings = gathered
            .packs
            .iter()
            .flat_map(|pack| pack.findings.iter().cloned())
            .collect();
        let mut seen = BTreeSet::new();
        gathered.findings.retain(|finding| {
            seen.insert((finding.code, finding.place.clone(), finding.message.clone()))
        });
        crate::output::sort(&mut gathered.findings, &gathered.files);
        Ok(gathered)
    }

    /// The findings with paths as they are seen from the current folder, for services that know
    /// the repository and not the workspace.
    pub(super) fn seen_from_here(&self, findings: &[Finding]) -> (Vec<Finding>, Files) {
        let here = shown::here();
        let root = self.packs.first().and_then(|pack| real(&pack.root).ok());
        let prefix = match (here, root) {
            (Some(here), Some(root)) => root
                .strip_prefix(here)
                .map(|path| path.to_string_lossy().replace('\\', "/"))
                .unwrap_or_default(),
            _ => String::new(),
        };
        let long = |path: &str| {
            if prefix.is_empty() {
                path.to_owned()
            } else {
                format!("{prefix}/{path}")
            }
        };
        let mut files = Files::default();
        for (_, file) in self.files.iter() {
            files.adopt(long(&file.path), file);
        }
        let findings = findings
            .iter()
            .cloned()
            .map(|mut finding| {
                finding.place = match finding.place {
                    Place::File(path) => Place::File(long(&path)),
                    Place::Page(path, page) => Place::Page(long(&path), page),
                    place => place,
                };
                finding
            })
            .collect();
        (findings, files)
    }

    fn add(&mut self, pack: Session, folder: String, public: bool) {
        let hidden = Hidden::where_told(pack.loaded.meeting.as_ref(), &pack.loaded.files);
        let masked = |finding: Finding| match &hidden {
            hidden if public => hidden.masked(finding, &pack.loaded.files),
            _ => finding,
        };
        let found: Vec<Finding> = pack.findings.iter().cloned().map(masked).collect();
        let places: BTreeMap<FileId, FileId> = pack
            .loaded
            .files
            .iter()
            .map(|(id, file)| (id, self.files.adopt(file.path.clone(), file)))
            .collect();
        self.packs.push(Pack {
            root: pack.root.folder().to_path_buf(),
            folder,
            hashes: pack
                .loaded
                .sources
                .iter()
                .map(|source| (source.name.0.clone(), source.sha256.clone()))
                .collect(),
            meeting: pack.loaded.meeting,
            findings: found
                .into_iter()
                .map(|finding| moved(finding, &places))
                .collect(),
        });
    }
}

/// A finding whose places are in another table of files.
fn moved(mut finding: Finding, places: &BTreeMap<FileId, FileId>) -> Finding {
    let move_span = |span: Span| Span {
        file: places.get(&span.file).copied().unwrap_or(span.file),
        ..span
    };
    if let Place::Text(span) = finding.place {
        finding.place = Place::Text(move_span(span));
    }
    for (span, _) in &mut finding.related {
        *span = move_span(*span);
    }
    finding
}
