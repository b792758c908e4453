//! Files inside a ZIP archive, such as a Word file: found by the archive's directory, and unpacked one at a
//! time up to a given size.
//!
//! This file knows the archive. It does not know what is in its files. A library would bring seven others
//! with it, to replace these lines.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

/// The most files that an archive may have.
const MOST_FILES: usize = 20_000;
/// How far from the end the directory's last record can begin, since it ends in a comment.
const TAIL: usize = 22 + 0xFFFF;

/// Why an archive or a file in it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not an archive, or is damaged.
    Damaged,
    /// A file in it needs a password.
    Encrypted,
    /// A file in it is larger than allowed, or there are too many.
    TooLarge,
}

/// An archive whose directory was read.
#[derive(Debug)]
pub(super) struct Archive<'b> {
    bytes: &'b [u8],
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    method: u16,
    encrypted: bool,
    crc: u32,
    packed: usize,
    header: usize,
}

impl<'b> Archive<'b> {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// When it has no valid directory.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let from = bytes.len().saturating_sub(TAIL);
        let last = bytes[from..]
            .windows(4)
            .rposition(|four| four == b"PK\x05\x06")
            .ok_or(Fault::Damaged)?
            + from;
        let count = usize::from(short(bytes, last + 10).ok_or(Fault::Damaged)?);
        let mut at = long(bytes, last + 16).ok_or(Fault::Damaged)?;
        if count > MOST_FILES {
            return Err(Fault::TooLarge);
        }
        let mut files = BTreeMap::new();
        for _ in 0..count {
            let (name, entry, next) = entry(bytes, at).ok_or(Fault::Damaged)?;
            // If two files have the same name, the first counts, as it does for Word.
            files.entry(name).or_insert(entry);
            at = next;
        }
        Ok(Self { bytes, files })
    }

    /// The names of its files in lower case, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is a file with a name, ignoring case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(&key(name))
    }

    /// The bytes of a file, at most `most`; `None` if there is no such file.
    pub(super) fn file(&self, name: &str, most: usize) -> Option<Result<Vec<u8>, Fault>> {
        let entry = self.files.get(&key(name))?;
        Some(self.unpacked(*entry, most))
    }

    fn unpacked(&self, entry: Entry, most: usize) -> Result<Vec<u8>, Fault> {
        if entry.encrypted {
            return Err(Fault::Encrypted);
        }
        let head = |at| short(self.bytes, entry.header + at).map(usize::from);
        let start = head(26)
            .zip(head(28))
            .and_then(|(name, extra)| entry.header.checked_add(30 + name + extra))
            .ok_or(Fault::Damaged)?;
        let packed = start
            .checked_add(entry.packed)
            .and_then(|end| self.bytes.get(start..end))
            .ok_or(Fault::Damaged)?;
        let limit = most as u64 + 1;
        let mut bytes = Vec::new();
        match entry.method {
            0 => packed.take(limit).read_to_end(&mut bytes),
            8 => DeflateDecoder::new(packed)
                .take(limit)
                .read_to_end(&mut bytes),
            _ => return Err(Fault::Damaged),
        }
        .map_err(|_| Fault::Damaged)?;
        if bytes.len() > most {
            return Err(Fault::TooLarge);
        }
        let mut crc = Crc::new();
        crc.update(&bytes);
        (crc.sum() == entry.crc)
            .then_some(bytes)
            .ok_or(Fault::Damaged)
    }
}

/// An entry of the directory: the file's name, the file, and the byte where the next entry begins.
fn entry(bytes: &[u8], at: usize) -> Option<(String, Entry, usize)> {
    (bytes.get(at..at.checked_add(4)?)? == b"PK\x01\x02").then_some(())?;
    let [name, extra, comment] =
        [28, 30, 32].map(|field| short(bytes, at + field).map(usize::from));
    let first = at + 46;
    let end = first.checked_add(name?)?;
    let name = String::from_utf8_lossy(bytes.get(first..end)?);
    let entry = Entry {
        method: short(bytes, at + 10)?,
        encrypted: short(bytes, at + 8)? & 1 == 1,
        crc: u32::try_from(long(bytes, at + 16)?).ok()?,
        packed: long(bytes, at + 20)?,
        header: long(bytes, at + 42)?,
    };
    Some((key(&name), entry, end + extra? + comment?))
}

/// A name for comparison.
fn key(name: &str) -> String {
    name.trim_start_matches('/')
        .replace('\\', "/")
        .to_lowercase()
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

/// Makes an archive of files without compression.
pub(super) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = Crc::new();
        crc.update(bytes);
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let mut facts = vec![0, 0, 0, 0, 0, 0, 0x21, 0];
        facts.extend(crc.sum().to_le_bytes());
        facts.extend(size.to_le_bytes());
        facts.extend(size.to_le_bytes());
        let length = u16::try_from(name.len()).unwrap_or(u16::MAX);
        facts.extend(length.to_le_bytes());
        facts.extend([0, 0]);
        let header = u32::try_from(archive.len()).unwrap_or(u32::MAX);
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(header.to_le_bytes());
        directory.extend(name.as_bytes());
        archive.extend(b"PK\x03\x04\x14\0");
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(*bytes);
    }
    let (start, length) = (archive.len() as u32, directory.len() as u32);
    let count = (files.len() as u16).to_le_bytes();
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_any_letters_and_bounded() {
        let bytes = packed(&[("Word/Document.xml", b"words"), ("b", b"")]);
        let archive = Archive::open(&bytes).expect("an archive");
        let file = |most| archive.file("/word/document.xml", most);
        assert_eq!(file(5), Some(Ok(b"words".to_vec())));
        assert_eq!(file(4), Some(Err(Fault::TooLarge)));
        assert_eq!(archive.file("b", 0), Some(Ok(Vec::new())));
        assert_eq!(archive.file("c", 9), None);
    }

    #[test]
    fn a_cut_or_altered_archive_is_damaged_at_worst() {
        let whole = packed(&[("a", b"words")]);
        for end in 0..whole.len() {
            let _ = Archive::open(&whole[..end]);
        }
        let mut altered = whole.clone();
        for at in 0..whole.len() {
            altered[at] ^= 0x55;
            if let Ok(archive) = Archive::open(&altered)
                && let Some(Ok(bytes)) = archive.file("a", 100)
            {
                assert!(bytes == b"words" || bytes.is_empty(), "{at}");
            }
            altered[at] ^= 0x55;
        }
    }
}
