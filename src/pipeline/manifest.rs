//! `manifest.json`: what a build read, what it made, and which item is on which pages. Later builds,
//! `pack verify` and other programs rely on it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::order::{Form, Order};
use crate::assemble::Password;
use crate::assemble::numbering::{PageEntry, PageMap};
use crate::assemble::verify::{Bookmark, Expected, Fault, Reference, verify};
use crate::hex::hex;
use crate::model::{Holds, PageNumber, PageRange, PrintSize};
use crate::pdf::Substance;
use crate::write::Output;

/// What is in an output folder: every edition, print and form that was built for the same readers,
/// and what each was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always "pack".
    pub generator: String,
    /// The pack: its folder's name.
    pub pack: String,
    /// What the pack is called on its first page.
    pub title: String,
    /// For whom: "public" or "members".
    pub edition: String,
    /// The sets of files, each built and replaced as one.
    pub sets: Vec<Set>,
    /// Every file of all sets and the records beside them, by path from the output folder.
    pub outputs: Vec<Digest>,
    /// The page map of each PDF.
    pub documents: Vec<DocumentMap>,
}

/// One print and form of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// The print: "standard", "large", "giant" or a size.
    pub print: String,
    /// "pdf" or "html".
    pub form: String,
    /// What it holds, where that is not the whole: "items", "agenda" or "exempt".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub holds: Option<String>,
    /// The items that it holds, where it does not hold them all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub items: Vec<String>,
    /// Whether a leaf for notes faces each item.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub notes: bool,
    /// The most pages of one of its volumes, where there are several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub volume_pages: Option<u32>,
    /// The day of publication that a supplement bears, such as "2026-11-05".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub issued: Option<String>,
    /// The version of the program that made it.
    pub version: String,
    /// Whether it was built in spite of errors.
    pub draft: bool,
    /// The files that it was made from, by path from the workspace; withheld ones are not named.
    pub sources: Vec<Digest>,
    /// A hash of what else it was made from, as far as its readers may know: the parts as they were
    /// composed, the templates, the day.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub made_of: String,
    /// Its files, by path from the output folder; sets may share some.
    pub outputs: Vec<String>,
}

impl Set {
    /// The set of what is made of an order, before anything is.
    pub fn of(order: &Order) -> Self {
        let holds = &order.binding.holds;
        Self {
            print: order.print.to_string(),
            form: match order.form {
                Form::Pdf => "pdf".to_owned(),
                Form::Html => "html".to_owned(),
            },
            holds: (*holds != Holds::Whole).then(|| holds.as_str().to_owned()),
            items: holds.items().to_vec(),
            notes: order.binding.notes,
            volume_pages: order.binding.volume_pages,
            issued: None,
            version: String::new(),
            draft: false,
            sources: Vec::new(),
            made_of: String::new(),
            outputs: Vec::new(),
        }
    }

    /// Its place among others: the standard print first, PDF before the web page, the whole before
    /// copies of part of it. Words that no build writes come last.
    fn place(&self) -> impl Ord + use<> {
        let words = ["items", "agenda", "exempt"];
        let holds = self.holds.as_deref();
        (
            PrintSize::parse(&self.print).ok_or_else(|| self.print.clone()),
            self.form != "pdf",
            holds.map(|holds| {
                words
                    .iter()
                    .position(|word| *word == holds)
                    .ok_or(holds.to_owned())
            }),
            self.items.clone(),
            self.notes,
            self.volume_pages,
        )
    }

    /// Whether two are for the same print and form, so that one replaces the other.
    fn same_kind(&self, other: &Self) -> bool {
        let kind = |set: &Self| {
            let bound = (set.holds.clone(), set.notes, set.volume_pages);
            (set.print.clone(), set.form.clone(), bound)
        };
        kind(self) == kind(other) && self.items == other.items
    }

    /// Whether it was made from these files, all of them and no others.
    pub(super) fn is_made_from(&self, sources: &[Digest]) -> bool {
        let own = self.sources.len() == sources.len();
        own && sources.iter().all(|source| self.sources.contains(source))
    }

    /// The sources that are no longer as they were when the set was made, given the hash that each
    /// has now.
    pub fn changed<'s>(&'s self, now: &dyn Fn(&str) -> Option<String>) -> Vec<&'s str> {
        self.sources
            .iter()
            .filter(|source| now(&source.path).as_ref() != Some(&source.sha256))
            .map(|source| source.path.as_str())
            .collect()
    }
}

/// A file and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Its path, with `/` between folders.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Which part of a pack is on which pages of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentMap {
    /// The PDF's path from the output folder.
    pub path: String,
    /// How many pages it has.
    pub pages: usize,
    /// The label of each page, in order.
    pub labels: Vec<String>,
    /// For each page, the number printed on it.
    pub numbers: Vec<Option<PageNumber>>,
    /// The highest number, which is on no page where it is kept for what is withheld.
    pub last_number: u32,
    /// The pattern of the printed numbers.
    pub page_number: String,
    /// The print: "standard", "large", "giant" or a size.
    pub print: String,
    /// Whether a password is needed to open it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub locked: bool,
    /// The parts in order.
    pub parts: Vec<PartPages>,
    /// The bookmarks in order, with the page of the file that each leads to. Those that came with
    /// attachments stand between them and are not named.
    #[serde(default)]
    pub outline: Vec<Bookmark>,
}

/// The pages of one part of a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartPages {
    /// Its key, such as "item-4-appendix-1".
    pub key: String,
    /// Its title.
    pub title: String,
    /// The number of the item that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<String>,
    /// The file that it came from, where it is one that travels as it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    /// Its first page in the file, counted from 1.
    pub first_page: usize,
    /// How many pages it has.
    pub pages: usize,
    /// The printed numbers of its first and last page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub numbers: Option<(PageNumber, PageNumber)>,
    /// The first and last number that no page of it bears: they are kept for pages that only
    /// another edition has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub withheld: Option<(PageNumber, PageNumber)>,
    /// How many structure elements it brought.
    #[serde(default)]
    pub structure_elements: usize,
    /// The page numbers that its own text prints.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub references: Vec<Reference>,
}

impl PartPages {
    /// The numbers that it takes, those kept for what is withheld included.
    pub fn taken(&self) -> Option<PageRange> {
        let (first, last) = self.numbers?;
        let last = self.withheld.map_or(last, |(_, kept)| kept);
        Some(PageRange::new(first, last.number()))
    }
}

impl DocumentMap {
    /// How a PDF differs from this map, and its pages from those of the sources that are known; empty
    /// where it does not.
    pub fn verify(
        &self,
        pdf: &[u8],
        sources: &[Option<Substance>],
        password: Option<&Password>,
    ) -> Vec<Fault> {
        let map = PageMap {
            sections: Vec::new(),
            pages: self
                .labels
                .iter()
                .zip(&self.numbers)
                .map(|(label, number)| PageEntry {
                    section: 0,
                    page: Some(0),
                    number: *number,
                    label: label.clone(),
                })
                .collect(),
            last_number: self.last_number,
        };
        let parts = self.parts.iter();
        let references: Vec<Reference> = parts.flat_map(|part| part.references.clone()).collect();
        verify(
            pdf,
            &Expected {
                map: &map,
                page_number: &self.page_number,
                password,
                sources,
                references: &references,
                outline: &self.outline,
                elements: self.parts.iter().map(|part| part.structure_elements).sum(),
            },
        )
    }
}

impl Digest {
    /// The hash of some bytes.
    pub fn of(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            path: path.into(),
            sha256: hex(&Sha256::digest(bytes)),
            bytes: bytes.len() as u64,
        }
    }
}

impl Manifest {
    /// A manifest as it was written; `None` where these bytes are not one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Whether it names a file, by its path from the output folder.
    pub fn has(&self, path: &str) -> bool {
        self.outputs.iter().any(|output| output.path == path)
    }

    /// Whether a file still is what was made, by its path from the output folder.
    pub fn is_as_made(&self, path: &str, bytes: &[u8]) -> bool {
        self.outputs.contains(&Digest::of(path, bytes))
    }

    /// What was made of an order, whatever has become of its sources.
    pub(super) fn set(&self, order: &Order) -> Option<&Set> {
        let kind = Set::of(order);
        self.sets.iter().find(|set| set.same_kind(&kind))
    }

    /// What was made of an order, if its sources are still the same; `now` gives the hash of a file.
    ///
    /// # Errors
    /// Where it was not made, is a draft, or a source has changed since.
    pub fn made(
        &self,
        order: &Order,
        now: &dyn Fn(&str) -> Option<String>,
    ) -> Result<&Set, NotMade> {
        let set = self.set(order).ok_or(NotMade::Never)?;
        if set.draft {
            return Err(NotMade::Draft);
        }
        match set.changed(now).first() {
            Some(changed) => Err(NotMade::Changed((*changed).to_owned())),
            None => Ok(set),
        }
    }

    /// Takes over from an earlier manifest of the same folder the sets that were not built again,
    /// with their files and page maps.
    pub fn keep(&mut self, earlier: &Self) {
        for set in &earlier.sets {
            if self.sets.iter().any(|own| own.same_kind(set)) {
                continue;
            }
            for digest in &earlier.outputs {
                let known = self.outputs.iter().any(|own| own.path == digest.path);
                if set.outputs.contains(&digest.path) && !known {
                    self.outputs.push(digest.clone());
                }
            }
            for document in &earlier.documents {
                let known = self.documents.iter().any(|own| own.path == document.path);
                if set.outputs.contains(&document.path) && !known {
                    self.documents.push(document.clone());
                }
            }
            self.sets.push(set.clone());
        }
    }

    /// The same in the order that it is written in, whatever was built first and what was there
    /// before: the sets by print and form, each with its page maps, and the files by path.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.sets.sort_by_cached_key(Set::place);
        self.outputs.sort_by(|one, other| one.path.cmp(&other.path));
        let sets = &self.sets;
        self.documents.sort_by_cached_key(|document| {
            let of = |set: &Set| set.outputs.iter().position(|path| *path == document.path);
            let mut found = sets.iter().enumerate();
            found.find_map(|(index, set)| Some((index, of(set)?)))
        });
        self
    }

    /// The manifest as a file.
    ///
    /// # Errors
    /// Never for a manifest made here; serialising plain data cannot fail.
    pub fn output(&self) -> Result<Output, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(Output {
            name: crate::write::MANIFEST.to_owned(),
            bytes: bytes.into(),
        })
    }
}

/// Why an earlier build cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// It was never built.
    Never,
    /// It was built in spite of errors.
    Draft,
    /// A source has changed since.
    Changed(String),
}

impl std::fmt::Display for NotMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Never => f.write_str("it has not been built"),
            Self::Draft => f.write_str("what was built is a draft"),
            Self::Changed(source) => write!(f, "{source} was changed after it was built"),
        }
    }
}

impl std::error::Error for NotMade {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_fips_180() {
        // The example of FIPS 180-4 for the message "abc".
        assert_eq!(
            Digest::of("x", b"abc").sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
