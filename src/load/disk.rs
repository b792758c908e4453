//! Reads files of a workspace: only files inside it, only regular files, and none larger than a pack
//! takes.

mod decode;
mod meant;
mod path;
mod refusal;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};

pub(super) use self::decode::decode;
pub(super) use self::path::{folder_of, join};
pub(super) use self::refusal::Refusal;
use self::refusal::{on_the_web, outside, unreadable, unreadable_because};
use super::codes;
use super::encoding::{Encoding, utf16, with_line_ends};
use super::misnamed;
use super::sniff;
use crate::hex::hex;
use crate::memory;
use crate::model::SourceName;
use crate::model::names::composed;
use crate::prose::windows_1252;
use crate::real::real;

/// The largest text file that is read, in bytes.
const TEXT_LIMIT: u64 = 16 << 20;
/// The largest attachment that is read, in bytes.
const ATTACHMENT_LIMIT: u64 = 512 << 20;
/// How much of an attachment is read at a time, in bytes: little enough to be in the processor's cache
/// when it is hashed.
const PIECE: usize = 128 << 10;

/// A file's text and the hash of its bytes.
pub(super) struct TextFile {
    /// The text, without a byte order mark and with `\n` for each `\r\n`.
    pub(super) text: String,
    /// SHA-256 of the file as it is on disk, in hexadecimal.
    pub(super) sha256: String,
    /// Its length on disk.
    pub(super) bytes: u64,
}

/// The files of a workspace.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    root: PathBuf,
    /// A text file that is open in an editor and not saved yet.
    unsaved: Option<Unsaved>,
}

/// A text file and its unsaved content.
pub(super) type Unsaved = (SourceName, Arc<[u8]>);

impl Disk {
    /// The files below a folder, whose path must not have symbolic links.
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            unsaved: None,
        }
    }

    /// The same, with a file that an editor has not saved yet.
    pub(super) fn with_unsaved(self, unsaved: Option<Unsaved>) -> Self {
        Self { unsaved, ..self }
    }

    /// The file that a file in the folder `from` (a path from the workspace) names as `written`, if
    /// there is such a file inside the workspace.
    pub(super) fn locate(&self, from: &str, written: &str) -> Result<SourceName, Refusal> {
        if let Some(refusal) = on_the_web(written) {
            return Err(refusal);
        }
        let mut name = join(from, written)?;
        let real = match real(&self.path(&name)) {
            Ok(real) => real,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                // The same letters with decomposed accents, as a Mac writes them.
                name = self
                    .alike(&name, composed)
                    .ok_or_else(|| self.missing(&name, from, written))?;
                real(&self.path(&name)).map_err(|error| unreadable(written, &error))?
            }
            Err(error) => return Err(unreadable(written, &error)),
        };
        if !real.starts_with(&self.root) {
            return Err(outside(written));
        }
        let kind = real
            .metadata()
            .map_err(|error| unreadable(written, &error))?;
        if kind.is_dir() {
            return Err(Refusal::new(
                codes::FILE_MISSING,
                format!("{written} is a folder, not a file"),
                "Name the file inside it",
            ));
        }
        if !kind.is_file() {
            return Err(unreadable_because(written, "it is not an ordinary file"));
        }
        Ok(name)
    }

    fn path(&self, name: &SourceName) -> PathBuf {
        let mut path = self.root.clone();
        path.extend(name.0.split('/'));
        path
    }

    /// The text of a file.
    pub(super) fn text(&self, name: &SourceName) -> Result<TextFile, Refusal> {
        let bytes = self.read(name, TEXT_LIMIT)?;
        let sha256 = sha256(&bytes);
        let length = bytes.len() as u64;
        Ok(TextFile {
            text: decode(name, bytes)?,
            sha256,
            bytes: length,
        })
    }

    /// The text of a CSV file, and its encoding. Excel saves "CSV" in that of older Windows programs, and
    /// "Unicode Text" in UTF-16.
    pub(super) fn sheet(&self, name: &SourceName) -> Result<(TextFile, Encoding), Refusal> {
        let bytes = self.read(name, TEXT_LIMIT)?;
        let sha256 = sha256(&bytes);
        let length = bytes.len() as u64;
        if let Some(known) = sniff::of(&bytes).filter(|known| known.what == "a web page") {
            return Err(Refusal::new(
                codes::UNKNOWN_FILE_KIND,
                format!("{name} is {}, whatever its name says", known.what),
                "Open it in Excel, save the sheet as “CSV UTF-8 (comma delimited)”, and name that",
            ));
        }
        let file = |text| TextFile {
            text,
            sha256,
            bytes: length,
        };
        match decode(name, bytes.clone()) {
            Err(refusal) if refusal.code == codes::NOT_UTF8 => {
                let (text, encoding) = match utf16(&bytes) {
                    Some(text) => (text, Encoding::Utf16),
                    None => {
                        let letters = bytes.into_iter().map(windows_1252::character);
                        (letters.collect(), Encoding::Windows1252)
                    }
                };
                Ok((file(with_line_ends(text)), encoding))
            }
            read => Ok((file(read?), Encoding::Utf8)),
        }
    }

    /// The bytes of an attachment, and their SHA-256 in hexadecimal. It may be large, so its bytes are
    /// read without copying and hashed while they are in the cache.
    pub(super) fn attachment(&self, name: &SourceName) -> Result<(Bytes, String), Refusal> {
        let failed = |error: std::io::Error| unreadable(&name.0, &error);
        let (mut file, length) = self.open(name, ATTACHMENT_LIMIT)?;
        let mut hash = Sha256::new();
        let bytes = memory::filled(length, |bytes| {
            bytes.chunks_mut(PIECE).try_for_each(|piece| {
                file.read_exact(piece)?;
                hash.update(&*piece);
                Ok(())
            })
        })
        .map_err(failed)?;
        if file.read(&mut [0]).map_err(failed)? > 0 {
            return Err(unreadable_because(&name.0, "it changed while it was read"));
        }
        hold_words(name, &bytes)?;
        Ok((bytes, hex(&hash.finalize())))
    }

    /// The metadata of a file inside the workspace.
    pub(super) fn facts(&self, name: &SourceName) -> Option<std::fs::Metadata> {
        let path = real(&self.path(name)).ok()?;
        let facts = path.starts_with(&self.root).then(|| path.metadata())?;
        facts.ok().filter(std::fs::Metadata::is_file)
    }

    fn read(&self, name: &SourceName, limit: u64) -> Result<Vec<u8>, Refusal> {
        if let Some((file, bytes)) = &self.unsaved
            && file == name
        {
            return Ok(bytes.to_vec());
        }
        let (file, length) = self.open(name, limit)?;
        let mut bytes = Vec::with_capacity(length);
        file.take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&name.0, &error))?;
        hold_words(name, &bytes)?;
        Ok(bytes)
    }

    /// A file that is not too large, and its length in bytes.
    fn open(&self, name: &SourceName, limit: u64) -> Result<(std::fs::File, usize), Refusal> {
        let failed = |error: std::io::Error| unreadable(&name.0, &error);
        let path = real(&self.path(name)).map_err(failed)?;
        if !path.starts_with(&self.root) {
            return Err(outside(&name.0));
        }
        // Opening a pipe waits until somebody writes into it.
        if !path.metadata().map_err(failed)?.is_file() {
            return Err(unreadable_because(&name.0, "it is not an ordinary file"));
        }
        let file = std::fs::File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        usize::try_from(length)
            .ok()
            .filter(|_| length <= limit)
            .map(|length| (file, length))
            .ok_or_else(|| {
                Refusal::new(
                    codes::FILE_TOO_LARGE,
                    format!("{name} is larger than {} MB", limit >> 20),
                    "Split it, or make it smaller: 300 dots an inch are enough for a scan",
                )
            })
    }

    /// The path of a file that was meant to be `file` in `folder`.
    pub(super) fn misnamed(&self, folder: &str, file: &str) -> Option<String> {
        let path = misnamed::file_below(&self.root, folder, file)?;
        let path = path.strip_prefix(&self.root).ok()?;
        Some(path.to_string_lossy().replace('\\', "/"))
    }

    /// The names of the `.toml` files in a folder, without extension, in order.
    pub(super) fn toml_stems(&self, folder: &str) -> Vec<String> {
        let mut stems: Vec<String> = std::fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                name.strip_suffix(".toml").map(ToOwned::to_owned)
            })
            .collect();
        stems.sort();
        stems
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Refuses what a program that keeps files in the web leaves in the place of one: its size, and
/// nothing in it.
fn hold_words(name: &SourceName, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.is_empty() || bytes.iter().any(|&byte| byte != 0) {
        return Ok(());
    }
    Err(Refusal::new(
        codes::FILE_EMPTY,
        format!("{name} has a size and nothing in it"),
        "It has not come down from OneDrive, SharePoint or the network yet: in Explorer, right-click it, choose “Always keep on this device”, wait until it opens, and try again",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Disk) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inner = folder.path().join("council/packs/a");
        std::fs::create_dir_all(&inner).expect("folders");
        std::fs::write(inner.join("report.md"), "text").expect("a file");
        std::fs::write(folder.path().join("secret.txt"), "secret").expect("a file");
        let root = folder.path().join("council").canonicalize().expect("there");
        let disk = Disk::new(&root);
        (folder, disk)
    }

    fn code(result: Result<SourceName, Refusal>) -> Result<String, &'static str> {
        result.map(|name| name.0).map_err(|refusal| refusal.code.0)
    }

    #[test]
    fn paths_stay_in_the_workspace() {
        let (_folder, disk) = workspace();
        let at = |written| code(disk.locate("packs/a", written));
        assert_eq!(at("report.md"), Ok("packs/a/report.md".into()));
        assert_eq!(at("../a/./report.md"), Ok("packs/a/report.md".into()));
        assert_eq!(at("../../../secret.txt"), Err("outside-workspace"));
        assert_eq!(at("../../../../../../etc/passwd"), Err("outside-workspace"));
        assert_eq!(at("/etc/passwd"), Err("outside-workspace"));
        assert_eq!(at("C:/report.md"), Err("outside-workspace"));
        assert_eq!(at("..\\a\\report.md"), Err("invalid-path"));
        assert_eq!(at(""), Err("invalid-path"));
        assert_eq!(at("../a"), Err("file-missing"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_workspace_is_refused() {
        let (folder, disk) = workspace();
        let link = folder.path().join("council/packs/a/link.md");
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), link).expect("a link");
        assert_eq!(
            code(disk.locate("packs/a", "link.md")),
            Err("outside-workspace")
        );
    }

    #[test]
    fn a_missing_file_names_its_neighbour() {
        let (_folder, disk) = workspace();
        let refusal = disk.locate("packs/a", "reprot.md").expect_err("missing");
        assert_eq!(refusal.code, codes::FILE_MISSING);
        assert!(refusal.help.contains("report.md"), "{}", refusal.help);
    }
}
