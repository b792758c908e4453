//! An Office file as a package: its parts, and their relationships.
//!
//! The main part is the one that the package's own relationships name, whatever it is called.
//! Nothing outside the file is ever fetched. This file does not know what the parts say.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::xml;
use super::zip::{Archive, Fault};

/// The most bytes of one part.
pub(super) const MOST_PART: usize = 96 << 20;
/// The most bytes of text that are unpacked from one file, in all parts together.
const MOST_ALL: usize = 256 << 20;

/// A package whose main part is known.
#[derive(Debug)]
pub(super) struct Package<'b> {
    archive: Archive<'b>,
    main: String,
    left: Cell<usize>,
}

/// A relationship of a part: to another part, or to an address outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    /// The last word of its type: `image`, `hyperlink`, `footnotes`.
    pub(super) kind: String,
    /// A part's name, or the address of something outside the file.
    pub(super) target: String,
    /// Whether it is outside the file.
    pub(super) external: bool,
}

/// The relationships of a part by their ids.
pub(super) type Relationships = BTreeMap<String, Relationship>;

impl<'b> Package<'b> {
    /// Opens a package; `usually` is the name of its main part, if it does not name one itself.
    ///
    /// # Errors
    /// When it is not an archive.
    pub(super) fn open(bytes: &'b [u8], usually: &str) -> Result<Self, Fault> {
        let archive = Archive::open(bytes)?;
        let left = Cell::new(MOST_ALL);
        let mut package = Self {
            archive,
            main: String::new(),
            left,
        };
        let main = package
            .relationships("")
            .into_values()
            .find(|to| to.kind == "officeDocument" && !to.external);
        package.main = match main {
            Some(main) => main.target,
            None => usually.to_owned(),
        };
        Ok(package)
    }

    /// The name of the main part.
    pub(super) fn main(&self) -> &str {
        &self.main
    }

    /// Whether it has a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.archive.has(part)
    }

    /// Whether it has macros.
    pub(super) fn has_macros(&self) -> bool {
        self.archive
            .names()
            .any(|name| name.ends_with("vbaproject.bin"))
    }

    /// The text of a part.
    ///
    /// # Errors
    /// When it cannot be unpacked, or is not text.
    pub(super) fn text(&self, part: &str) -> Option<Result<String, Fault>> {
        let most = self.left.get().min(MOST_PART);
        let bytes = match self.archive.file(part, most)? {
            Ok(bytes) => bytes,
            Err(fault) => return Some(Err(fault)),
        };
        self.left
            .set(self.left.get() - bytes.len().min(self.left.get()));
        Some(decoded(bytes).ok_or(Fault::Damaged))
    }

    /// The relationships of a part, or of the package itself if `part` is empty.
    pub(super) fn relationships(&self, part: &str) -> Relationships {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let Some(Ok(text)) = self.text(&name) else {
            return Relationships::new();
        };
        let Some(document) = xml::document(&text) else {
            return Relationships::new();
        };
        document
            .root_element()
            .children()
            .filter_map(|node| {
                let external = node.attribute("TargetMode") == Some("External");
                let target = node.attribute("Target")?;
                let kind = node.attribute("Type")?.rsplit('/').next()?.to_owned();
                let target = if external {
                    target.to_owned()
                } else {
                    resolved(folder, target)
                };
                let to = Relationship {
                    kind,
                    target,
                    external,
                };
                Some((node.attribute("Id")?.to_owned(), to))
            })
            .collect()
    }
}

/// Text of a part: UTF-8, or UTF-16 with a byte order mark.
pub(super) fn decoded(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|two| of([two[0], two[1]]))
            .collect();
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// The part that `target` names for a part in `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_inside_the_package() {
        assert_eq!(resolved("word", "media/a.png"), "word/media/a.png");
        assert_eq!(resolved("word", "/media/a.png"), "media/a.png");
        assert_eq!(
            resolved("word", "../../../customXml/a.xml"),
            "customXml/a.xml"
        );
    }
}
