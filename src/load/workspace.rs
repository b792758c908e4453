//! Finds the workspace and its packs: the folder with `council.toml`, and the folders with a `pack.toml`.
//! Only names are looked at; no file is opened.

use std::path::{Path, PathBuf};

use super::disk::{Disk, Unsaved};
use super::misnamed;
use crate::model::SourceName;
use crate::real::real;

/// Why nothing could be loaded at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is nothing at this path.
    NotThere(PathBuf),
    /// No folder from here upwards holds a `council.toml`.
    NoWorkspace(PathBuf),
    /// No pack is here.
    NoPack(PathBuf),
    /// No pack or workspace is here, but a file whose name is not quite right: its path, and the name that
    /// it should have.
    Misnamed(PathBuf, &'static str),
    /// No pack is where packs are looked for, but one is deeper.
    TooDeep(PathBuf),
    /// A folder cannot be read, and why.
    Unreadable(PathBuf, String),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotThere(path) => write!(f, "There is no {}", path.display()),
            Self::NoWorkspace(path) => write!(
                f,
                "Neither {} nor any folder above it has a council.toml, so this is not a workspace of packs",
                path.display()
            ),
            Self::NoPack(path) => write!(
                f,
                "There is no pack.toml in {}, in a folder below it or in one above it",
                path.display()
            ),
            Self::TooDeep(path) => write!(
                f,
                "There is a pack in {}, which is too deep to be found: move its folder into packs/, or give its path in the command",
                path.display()
            ),
            Self::Misnamed(path, name) => write!(
                f,
                "There is no {name}, but there is {}: rename it to {name} (in Windows Explorer, View, Show, “File name extensions” shows whole names)",
                path.display()
            ),
            Self::Unreadable(path, why) => write!(f, "{} cannot be read: {why}", path.display()),
        }
    }
}

impl std::error::Error for LoadError {}

/// The folder that holds `council.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceRoot {
    folder: PathBuf,
    unsaved: Option<Unsaved>,
}

impl WorkspaceRoot {
    /// The folder, with all links resolved.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The workspace with a text file as it is in an editor, where it is not saved yet.
    ///
    /// # Errors
    /// There is no such file in the workspace.
    pub fn with_unsaved(self, file: &Path, text: Vec<u8>) -> Result<Self, LoadError> {
        let real = resolve(file)?;
        if !real.starts_with(&self.folder) {
            return Err(LoadError::NoWorkspace(real));
        }
        let name = SourceName(relative(&self.folder, &real).0);
        Ok(Self {
            unsaved: Some((name, text.into())),
            ..self
        })
    }

    /// Whether a file of it is unsaved in an editor.
    pub(super) fn has_unsaved(&self) -> bool {
        self.unsaved.is_some()
    }

    /// Its files.
    pub(super) fn disk(&self) -> Disk {
        Disk::new(&self.folder).with_unsaved(self.unsaved.clone())
    }

    /// Whether the folder of a pack is there.
    pub fn has(&self, pack: &PackFolder) -> bool {
        self.folder.join(&pack.0).is_dir()
    }

    /// Every pack of the workspace in the order of their paths.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn packs(&self) -> Result<Vec<PackFolder>, LoadError> {
        packs_below(&self.folder, &self.folder)
    }
}

/// A folder with a `pack.toml`: its path from the workspace, with `/` between folders; empty for
/// the workspace's own folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackFolder(pub String);

impl PackFolder {
    /// A file in the folder.
    pub fn file(&self, name: &str) -> SourceName {
        if self.0.is_empty() {
            SourceName(name.to_owned())
        } else {
            SourceName(format!("{}/{name}", self.0))
        }
    }

    /// The folder's own name, which is used for the outputs. `root` is needed for a pack in the workspace's
    /// own folder.
    pub fn name(&self, root: &WorkspaceRoot) -> String {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        if name.is_empty() {
            root.folder
                .file_name()
                .map_or_else(|| "pack".to_owned(), |name| name.to_string_lossy().into())
        } else {
            name.to_owned()
        }
    }
}

/// The workspace that a path is in: the nearest folder upwards with a `council.toml`.
///
/// # Errors
/// There is nothing at the path, or no such folder.
pub fn find(start: &Path) -> Result<WorkspaceRoot, LoadError> {
    let start = resolve(start)?;
    start
        .ancestors()
        .find(|folder| folder.join("council.toml").is_file())
        .map(|folder| WorkspaceRoot {
            folder: folder.to_owned(),
            unsaved: None,
        })
        .ok_or_else(|| {
            let near = start
                .ancestors()
                .find_map(|folder| misnamed::file(folder, "council.toml"));
            near.map_or(LoadError::NoWorkspace(start.clone()), |path| {
                LoadError::Misnamed(path, "council.toml")
            })
        })
}

/// The workspace and the packs that an argument means: a pack's folder, or any path inside it, means that
/// pack; a folder above packs means all of them; a file outside packs means all packs of the workspace.
///
/// # Errors
/// There is nothing at the path, no workspace around it, or no pack.
pub fn select(start: &Path) -> Result<(WorkspaceRoot, Vec<PackFolder>), LoadError> {
    let root = find(start)?;
    let start = resolve(start)?;
    let inside = start
        .ancestors()
        .take_while(|folder| folder.starts_with(&root.folder))
        .find(|folder| folder.join("pack.toml").is_file());
    if let Some(folder) = inside {
        let pack = relative(&root.folder, folder);
        return Ok((root, vec![pack]));
    }
    let shared = start.is_file();
    let above = if shared { &root.folder } else { &start };
    let packs = packs_below(&root.folder, above)?;
    if packs.is_empty() {
        let near = places(&start)
            .into_iter()
            .chain(start.ancestors().map(Path::to_owned))
            .take_while(|folder| folder.starts_with(&root.folder))
            .find_map(|folder| misnamed::file(&folder, "pack.toml"));
        if let Some(path) = near {
            return Err(LoadError::Misnamed(path, "pack.toml"));
        }
        // "packs/2026/march"
        let deeper = places(&start)
            .into_iter()
            .flat_map(|folder| places(&folder))
            .find(|folder| folder.join("pack.toml").is_file());
        return Err(deeper.map_or(LoadError::NoPack(start), LoadError::TooDeep));
    }
    Ok((root, packs))
}

/// The folders where packs are looked for: the folder itself, and those in it and in its `packs`.
fn places(folder: &Path) -> Vec<PathBuf> {
    let mut places = vec![folder.to_owned()];
    for above in [folder.to_owned(), folder.join("packs")] {
        let inner = std::fs::read_dir(&above).into_iter().flatten();
        let mut inner: Vec<PathBuf> = inner.filter_map(|entry| Some(entry.ok()?.path())).collect();
        inner.sort();
        places.extend(inner);
    }
    places
}

fn resolve(path: &Path) -> Result<PathBuf, LoadError> {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    real(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => LoadError::NotThere(path.to_owned()),
        _ => LoadError::Unreadable(path.to_owned(), error.to_string()),
    })
}

fn packs_below(root: &Path, folder: &Path) -> Result<Vec<PackFolder>, LoadError> {
    let mut packs = Vec::new();
    if folder.join("pack.toml").is_file() {
        packs.push(relative(root, folder));
    }
    for place in [folder.to_owned(), folder.join("packs")] {
        if !place.is_dir() {
            continue;
        }
        let unreadable =
            |error: std::io::Error| LoadError::Unreadable(place.clone(), error.to_string());
        for entry in std::fs::read_dir(&place).map_err(unreadable)? {
            let inner = entry.map_err(unreadable)?.path();
            if inner.join("pack.toml").is_file() {
                packs.push(relative(root, &inner));
            }
        }
    }
    packs.sort();
    packs.dedup();
    Ok(packs)
}

fn relative(root: &Path, folder: &Path) -> PackFolder {
    let steps: Vec<String> = folder
        .strip_prefix(root)
        .unwrap_or(folder)
        .components()
        .map(|step| step.as_os_str().to_string_lossy().into_owned())
        .collect();
    PackFolder(steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in [
            "council.toml",
            "packs/b/pack.toml",
            "packs/a/pack.toml",
            "packs/a/deep/report.md",
            "packs/empty/notes.md",
            "spring/pack.toml",
        ] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            std::fs::write(path, "").expect("a file");
        }
        folder
    }

    fn selected(folder: &tempfile::TempDir, at: &str) -> Result<Vec<String>, LoadError> {
        select(&folder.path().join(at))
            .map(|(_, packs)| packs.into_iter().map(|pack| pack.0).collect())
    }

    #[test]
    fn a_workspace_means_all_its_packs_in_order() {
        let folder = workspace();
        assert_eq!(
            selected(&folder, ""),
            Ok(vec!["packs/a".into(), "packs/b".into(), "spring".into()])
        );
        assert_eq!(
            selected(&folder, "packs"),
            Ok(vec!["packs/a".into(), "packs/b".into()])
        );
    }

    #[test]
    fn a_pack_is_known_from_its_file_its_folder_and_anywhere_inside() {
        let folder = workspace();
        for at in [
            "packs/a",
            "packs/a/pack.toml",
            "packs/a/deep",
            "packs/a/deep/report.md",
        ] {
            assert_eq!(selected(&folder, at), Ok(vec!["packs/a".into()]), "{at}");
        }
    }

    #[test]
    fn what_is_no_pack_says_so() {
        let folder = workspace();
        assert!(matches!(
            selected(&folder, "packs/empty"),
            Err(LoadError::NoPack(_))
        ));
        assert!(matches!(
            selected(&folder, "packs/none"),
            Err(LoadError::NotThere(_))
        ));
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        assert!(matches!(
            find(elsewhere.path()),
            Err(LoadError::NoWorkspace(_))
        ));
    }
}
