//! Reads files of a workspace: only files inside it, only regular files, and none larger than a pack
//! takes.

use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::codes;
use super::encoding::{Encoding, utf16, with_line_ends};
use super::misnamed;
use super::sniff;
use crate::finding::{Code, Finding, Place};
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

/// Why a file cannot be read, to become a finding where the file is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
}

impl Refusal {
    pub(super) fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The finding at the place that names the file.
    pub(super) fn at(&self, place: impl Into<Place>) -> Finding {
        Finding::error(self.code, place, self.message.clone()).help(self.help.clone())
    }
}

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

    /// The only file whose path is the same as `name` if `as_seen` is applied to each step of both.
    fn alike(&self, name: &SourceName, as_seen: fn(&str) -> String) -> Option<SourceName> {
        let mut folder = self.root.clone();
        let mut found: Vec<String> = Vec::new();
        for step in name.0.split('/') {
            if folder.join(step).exists() {
                folder.push(step);
                found.push(step.to_owned());
                continue;
            }
            let wanted = as_seen(step);
            let mut names = std::fs::read_dir(&folder)
                .ok()?
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .filter(|name| as_seen(name) == wanted);
            let only = names.next().filter(|_| names.next().is_none())?;
            folder.push(&only);
            found.push(only);
        }
        Some(SourceName(found.join("/")))
    }

    fn missing(&self, name: &SourceName, from: &str, written: &str) -> Refusal {
        if let Some(other) = self.alike(name, |step| composed(step).to_lowercase()) {
            let inside = other
                .0
                .strip_prefix(&format!("{from}/"))
                .unwrap_or(&other.0);
            return Refusal::new(
                codes::FILE_MISSING,
                format!("There is no file {written}, but there is {inside}: capital letters count"),
                format!("Write \"{inside}\""),
            );
        }
        let elsewhere = || self.elsewhere(name, from);
        let help = if let Some(longer) = self.longer(name) {
            let unfinished = [".crdownload", ".part", ".download", ".tmp"];
            let shortcuts = [".lnk", ".url", ".webloc"];
            let ends = |endings: &[&str]| endings.iter().any(|ending| longer.ends_with(ending));
            if ends(&unfinished) {
                format!("There is {longer}, which was not downloaded completely: download it again")
            } else if ends(&shortcuts) {
                format!(
                    "There is {longer}, which is a shortcut and not the file itself: copy the file into the folder"
                )
            } else {
                format!("There is a file {longer} beside it; correct the name, or add the file")
            }
        } else if let Some(path) = elsewhere() {
            format!("There is {path}: write \"{path}\", or move the file")
        } else if let Some(near) = self.neighbour(name) {
            format!("There is a file {near} beside it; correct the name, or add the file")
        } else {
            format!("Put the file at {name}, or correct the path")
        };
        Refusal::new(
            codes::FILE_MISSING,
            format!("There is no file {written}"),
            help,
        )
    }

    /// The names in the folder of a file that is not there.
    fn beside(&self, name: &SourceName) -> Vec<String> {
        let path = self.path(name);
        let entries = path
            .parent()
            .and_then(|folder| std::fs::read_dir(folder).ok());
        let mut names: Vec<String> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The file in the same folder with this name and one more extension.
    fn longer(&self, name: &SourceName) -> Option<String> {
        let begins = format!("{}.", name.file_name());
        let mut names = self.beside(name).into_iter();
        names.find(|other| other.starts_with(&begins))
    }

    /// The file in the same folder with another extension, or with the most similar name.
    fn neighbour(&self, name: &SourceName) -> Option<String> {
        let stem = |name: &str| {
            name.rsplit_once('.')
                .map_or(name, |(stem, _)| stem)
                .to_lowercase()
        };
        let names = self.beside(name);
        let own = stem(name.file_name());
        let alike = names.iter().find(|other| stem(other) == own).cloned();
        alike.or_else(|| {
            super::nearest::nearest(name.file_name(), names.iter().map(String::as_str))
                .map(ToOwned::to_owned)
        })
    }

    /// The path to write for a file of the same name in the folder `from`, or above, beside or below it.
    fn elsewhere(&self, name: &SourceName, from: &str) -> Option<String> {
        let file = name.file_name();
        let own = self.path(&SourceName(from.to_owned()));
        let folders = |of: &Path| -> Vec<String> {
            let entries = std::fs::read_dir(of).into_iter().flatten().flatten();
            let mut names: Vec<String> = entries
                .filter(|entry| entry.path().is_dir())
                .filter_map(|entry| entry.file_name().into_string().ok())
                .filter(|name| !name.starts_with('.'))
                .collect();
            names.sort();
            names
        };
        let mut paths: Vec<String> = vec![file.to_owned()];
        paths.extend(
            folders(&own)
                .iter()
                .map(|folder| format!("{folder}/{file}")),
        );
        if !from.is_empty() {
            paths.push(format!("../{file}"));
            let beside = own.parent().map(folders).unwrap_or_default();
            paths.extend(beside.iter().map(|folder| format!("../{folder}/{file}")));
        }
        paths
            .into_iter()
            .find(|path| own.join(path).is_file() && join(from, path).is_ok())
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

/// Refuses a file that the system cannot read, and says why without its error numbers.
fn unreadable(written: &str, error: &std::io::Error) -> Refusal {
    use std::io::ErrorKind;
    let why = match error.kind() {
        ErrorKind::NotFound => "it is no longer there",
        ErrorKind::PermissionDenied => "you may not read it, or another program has locked it",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        ErrorKind::InvalidFilename => "its name is too long",
        ErrorKind::TimedOut | ErrorKind::NetworkDown | ErrorKind::HostUnreachable => {
            "the network drive does not answer"
        }
        _ => "the computer reports a fault of the drive or the file",
    };
    unreadable_because(written, why)
}

fn unreadable_because(written: &str, why: &str) -> Refusal {
    Refusal::new(
        codes::FILE_UNREADABLE,
        format!("{written} cannot be read: {why}"),
        "Check that the file opens on this computer and that you may read it",
    )
}

fn outside(written: &str) -> Refusal {
    Refusal::new(
        codes::OUTSIDE_WORKSPACE,
        format!("{written} leads out of the workspace"),
        "Copy the file into the pack's folder and name it there",
    )
}

/// Refuses an address on the web.
fn on_the_web(written: &str) -> Option<Refusal> {
    let lower = written.to_lowercase();
    if lower.starts_with("file:") {
        return Some(Refusal::new(
            codes::FILE_MISSING,
            format!("{written} is the address of a file on one computer"),
            "Copy the file into the pack's folder, and write its name here",
        ));
    }
    let is_address = ["http://", "https://", "www.", "ftp://"]
        .iter()
        .any(|start| lower.starts_with(start));
    is_address.then(|| {
        Refusal::new(
            codes::FILE_MISSING,
            format!("{written} is an address on the web, not a file"),
            "Save the paper in the pack's folder, and write the name of the file here: a pack fetches nothing from the web",
        )
    })
}

/// The path from the workspace of the file that a file in the folder `from` names as `written`.
pub(super) fn join(from: &str, written: &str) -> Result<SourceName, Refusal> {
    if written.is_empty() {
        return Err(Refusal::new(
            codes::INVALID_PATH,
            "The path names no file",
            "Write the file's name between the quotation marks",
        ));
    }
    // In a Windows path in quotation marks, TOML reads \r, \t, \n, \b, \f and \e as single characters.
    let escaped: String = written
        .chars()
        .map(|letter| match letter {
            '\r' => "/r".to_owned(),
            '\t' => "/t".to_owned(),
            '\n' => "/n".to_owned(),
            '\u{8}' => "/b".to_owned(),
            '\u{c}' => "/f".to_owned(),
            '\u{1b}' => "/e".to_owned(),
            '\\' => "/".to_owned(),
            other => other.to_string(),
        })
        .collect();
    if escaped != written && !escaped.contains(char::is_control) && !is_absolute(&escaped) {
        return Err(Refusal::new(
            codes::INVALID_PATH,
            "The folders in a path are separated by /, not by a backslash",
            format!("Write \"{escaped}\""),
        ));
    }
    let drive = written.as_bytes().get(1) == Some(&b':');
    if is_absolute(&escaped) || drive {
        return Err(outside(&escaped));
    }
    if written.contains(char::is_control) {
        return Err(Refusal::new(
            codes::INVALID_PATH,
            "The path has a character that no file name can have",
            "Correct the path",
        ));
    }
    let mut steps: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    for component in Path::new(written).components() {
        match component {
            Component::Normal(step) => steps.push(step.to_str().unwrap_or_default()),
            Component::CurDir => {}
            Component::ParentDir => {
                steps.pop().ok_or_else(|| outside(written))?;
            }
            Component::RootDir | Component::Prefix(_) => return Err(outside(written)),
        }
    }
    Ok(SourceName(steps.join("/")))
}

/// Whether a path begins at a drive, a server or the root of the machine.
fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// The folder of a file, as a path from the workspace; empty for the workspace's own.
pub(super) fn folder_of(name: &SourceName) -> &str {
    name.0.rsplit_once('/').map_or("", |(folder, _)| folder)
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

/// What to do with a text in another encoding.
const SAVE_AS_UTF8: &str = "Open it in a text editor and save it with the encoding UTF-8 (in Notepad: File, Save as, Encoding)";

/// The text of a file's bytes: UTF-8 with or without a byte order mark, any line ends.
pub(super) fn decode(name: &SourceName, mut bytes: Vec<u8>) -> Result<String, Refusal> {
    if let Some(known) = sniff::of(&bytes).filter(|known| known.what != "a web page") {
        return Err(Refusal::new(
            codes::UNKNOWN_FILE_KIND,
            format!("{name} is {}, whatever its name says", known.what),
            known.help,
        ));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if utf16(&bytes).is_some() {
        return Err(Refusal::new(
            codes::NOT_UTF8,
            format!("{name} is UTF-16 text, not UTF-8"),
            SAVE_AS_UTF8,
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(with_line_ends(text)),
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            Err(Refusal::new(
                codes::NOT_UTF8,
                format!(
                    "{name} is not UTF-8 text: line {line} has a character in another encoding"
                ),
                SAVE_AS_UTF8,
            ))
        }
    }
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

    #[test]
    fn text_is_utf8_and_says_where_it_is_not() {
        let name = SourceName("a.md".into());
        assert_eq!(
            decode(&name, b"\xEF\xBB\xBFone\r\ntwo\r\n".to_vec()),
            Ok("one\ntwo\n".into())
        );
        let refusal = decode(&name, b"one\ntwo \xA3 three".to_vec()).expect_err("not UTF-8");
        assert!(refusal.message.contains("line 2"), "{}", refusal.message);
        let refusal = decode(&name, b"\xFF\xFEo\0".to_vec()).expect_err("UTF-16");
        assert!(refusal.message.contains("UTF-16"), "{}", refusal.message);
    }
}
