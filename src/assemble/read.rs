//! Opens the file of a section and takes out what its pages reach. This needs nothing from the pack, so
//! it can be done while the pack's own pages are still being set.

use serde::{Deserialize, Serialize};

use super::import::{self, ImportError};
use super::imported::Imported;
use super::outcome::AssembleError;
use super::plan::Provenance;
use crate::model::{PageSelection, PdfFacts};
use crate::pdf::opening::{self, OpenError};
use crate::pdf::{Ink, PdfFile, Substance, Survey, facts};

/// The pages of a section, ready for their place in a pack.
#[derive(Debug)]
pub struct Read {
    pub(super) imported: Imported,
    /// The facts about the file, for these pages only.
    pub(super) facts: PdfFacts,
    /// Where the pages of an attachment have ink. The program's own pages leave room for what is put
    /// on them.
    pub(super) inks: Vec<Ink>,
    /// What the pages of an attachment are made of in their file.
    pub(super) substances: Vec<Substance>,
}

/// Why a section's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It cannot be opened.
    Open(OpenError),
    /// It has only this many pages, and others are selected.
    NoSuchPages(usize),
    /// It is too large.
    TooLarge,
}

impl ReadError {
    /// The error of the section at a place of a plan, with its key.
    pub(super) fn of(self, section: usize, key: &str) -> AssembleError {
        let key = key.to_owned();
        match self {
            Self::Open(error) => AssembleError::Open {
                section,
                key,
                error,
            },
            Self::NoSuchPages(pages) => AssembleError::NoSuchPages {
                section,
                key,
                pages,
            },
            Self::TooLarge => AssembleError::TooLarge(key),
        }
    }
}

impl From<OpenError> for ReadError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<ImportError> for ReadError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::NoSuchPages(pages) => Self::NoSuchPages(pages),
            ImportError::TooLarge => Self::TooLarge,
        }
    }
}

/// Reads the selected pages of a file. The data of an attachment's pictures stays in the file's bytes,
/// so that a large file is in memory only once.
///
/// # Errors
/// If the file cannot be used.
pub fn read(file: PdfFile, pages: &PageSelection, origin: Provenance) -> Result<Read, ReadError> {
    match origin {
        Provenance::Generated => {
            let opened = opening::open(file.bytes())?;
            let facts = facts::of_own(&opened);
            Ok(Read {
                imported: import::import(opened, pages, origin, &facts)?,
                facts,
                inks: Vec::new(),
                substances: Vec::new(),
            })
        }
        Provenance::Attachment => {
            let survey = file.survey()?;
            let facts = &survey.facts;
            let imported = import::import(file.into_opened()?, pages, origin, facts)?;
            Ok(Read::of(imported, &survey))
        }
    }
}

/// Reads pages that were taken out of a file before. `None` if that was another file.
///
/// # Errors
/// If the file cannot be used.
pub fn read_again(file: &PdfFile, pages: Pages) -> Result<Option<Read>, ReadError> {
    let survey = file.survey()?;
    let mut imported = pages.0;
    let Some(bulk) = imported.bulk.found_in(file.bytes()) else {
        return Ok(None);
    };
    imported.bulk = bulk;
    Ok(Some(Read::of(imported, &survey)))
}

/// What the pages of an attachment need, to be kept for the next time. It does not have the data that
/// was left in the file.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Pages(Imported);

impl Read {
    /// The pages of an attachment with their survey.
    fn of(imported: Imported, survey: &Survey) -> Self {
        let taken: Vec<usize> = imported.pages.iter().map(|page| page.source - 1).collect();
        let substances = imported.pages.iter().map(|page| {
            let means = survey.means.get(page.source - 1).cloned();
            let mut means = means.unwrap_or_default();
            means.looks(page.looks.iter().cloned());
            Substance {
                content: page.content,
                means,
            }
        });
        let substances = substances.collect();
        let inks = taken.iter().map(|&page| survey.inks.get(page).cloned());
        Self {
            facts: survey.facts.of_pages(&taken),
            inks: inks.map(Option::unwrap_or_default).collect(),
            substances,
            imported,
        }
    }

    /// The same without its file, if little of that is still needed. Pages that are kept for the next
    /// time say where in the file their data is, so this must be done after they are kept.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.imported.bulk.let_go();
        self
    }

    /// What can be kept and read again as [`Pages`].
    pub fn kept(&self) -> impl Serialize + '_ {
        &self.imported
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, Stream, dictionary};

    use super::*;
    use crate::assemble::layer;

    /// A tagged page with a picture, a link, a bookmark and a layer that is not printed.
    fn file() -> PdfFile {
        let mut doc = Document::with_version("1.7");
        let noise: Vec<u8> = (0..200_000_u64).map(|at| (at * at % 251) as u8).collect();
        let picture = doc.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 500, "Height" => 400,
                "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            },
            noise,
        ));
        let layer = doc.add_object(dictionary! {
            "Type" => "OCG", "Name" => Object::string_literal("Notes"),
            "Usage" => dictionary! { "Print" => dictionary! { "PrintState" => "OFF" } },
        });
        let content =
            b"/P <</MCID 0>> BDC q 100 0 0 100 72 600 cm /I Do Q EMC /OC /L BDC EMC".to_vec();
        let content = doc.add_object(Stream::new(dictionary! {}, content));
        let (page, tree) = (doc.new_object_id(), doc.new_object_id());
        let link = doc.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Link",
            "Rect" => vec![72.into(), 72.into(), 200.into(), 90.into()],
            "Dest" => vec![Object::Reference(page), "Fit".into()],
        });
        doc.objects.insert(
            page,
            Object::Dictionary(dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "StructParents" => 0,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Resources" => dictionary! {
                    "XObject" => dictionary! { "I" => picture },
                    "Properties" => dictionary! { "L" => layer },
                },
                "Annots" => vec![link.into()],
            }),
        );
        doc.objects.insert(
            tree,
            Object::Dictionary(dictionary! {
                "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)],
            }),
        );
        let (root, element) = (doc.new_object_id(), doc.new_object_id());
        doc.objects.insert(
            element,
            Object::Dictionary(dictionary! {
                "Type" => "StructElem", "S" => "P", "P" => root, "Pg" => page, "K" => 0,
                "ID" => Object::string_literal("one"), "Alt" => Object::string_literal("A picture"),
            }),
        );
        doc.objects.insert(root, Object::Dictionary(dictionary! {
            "Type" => "StructTreeRoot", "K" => element,
            "ParentTree" => dictionary! { "Nums" => vec![0.into(), vec![Object::Reference(element)].into()] },
        }));
        let (outlines, bookmark) = (doc.new_object_id(), doc.new_object_id());
        doc.objects.insert(bookmark, Object::Dictionary(dictionary! {
            "Title" => Object::string_literal("Here"), "Parent" => outlines,
            "Dest" => vec![Object::Reference(page), "XYZ".into(), 72.into(), 700.into(), Object::Null],
        }));
        doc.objects.insert(
            outlines,
            Object::Dictionary(dictionary! {
                "Type" => "Outlines", "First" => bookmark, "Last" => bookmark, "Count" => 1,
            }),
        );
        let catalog = doc.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => root, "Outlines" => outlines,
            "MarkInfo" => dictionary! { "Marked" => true }, "Lang" => Object::string_literal("en-GB"),
            "OCProperties" => dictionary! {
                "OCGs" => vec![Object::Reference(layer)],
                "D" => dictionary! {
                    "OFF" => vec![Object::Reference(layer)],
                    "AS" => vec![dictionary! {
                        "Event" => "Print", "Category" => vec!["Print".into()],
                        "OCGs" => vec![Object::Reference(layer)],
                    }.into()],
                },
            },
        });
        doc.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).expect("a PDF");
        bytes.into()
    }

    /// All that was read, in words; where data was left in the file, which has no order, aside.
    fn told(read: &Read) -> String {
        let imported = &read.imported;
        let data: Vec<&[u8]> = imported
            .objects
            .streams()
            .map(|(place, _, data)| imported.bulk.data(place, data))
            .collect();
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            imported.objects,
            imported.pages,
            imported.tags,
            imported.links,
            imported.bookmarks,
            imported.layers,
            imported.notes,
            imported.lang,
            imported.output_intent,
            read.inks,
            read.substances,
            data.iter()
                .map(|data| (data.len(), data.first()))
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn pages_that_were_kept_are_what_they_were() {
        let file = file();
        let all = PageSelection::default();
        let first = read(file.clone(), &all, Provenance::Attachment).expect("a PDF");
        assert_eq!(first.imported.tags.elements.len(), 1);
        assert_eq!(
            (first.imported.links.len(), first.imported.bookmarks.len()),
            (1, 1)
        );
        let layers = [&first.imported.layers].into_iter();
        assert!(layer::properties(layers, |_, _| Object::Null).is_some());
        let kept = postcard::to_extend(&first.kept(), Vec::new()).expect("bytes");
        assert!(kept.len() < 100_000, "the picture stays in the file");
        let pages = || postcard::from_bytes::<Pages>(&kept).expect("pages");
        let again = read_again(&file, pages())
            .expect("a PDF")
            .expect("its pages");
        assert_eq!(told(&again), told(&first));
        // Another file has nothing where the data was.
        let short = PdfFile::known(
            file.bytes().slice(..100),
            None,
            file.survey().expect("a PDF"),
        );
        assert!(read_again(&short, pages()).expect("a PDF").is_none());
    }
}
