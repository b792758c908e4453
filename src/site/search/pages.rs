//! The words of a meeting's pages, in small files: to make the index of, and to show what was found.

use serde::{Deserialize, Serialize};

use crate::html;
use crate::pdf;
use crate::pipeline::manifest::DocumentMap;
use crate::write::Output;

/// How many pages a file holds: few, so that a file is small when it is fetched to show one page.
pub(super) const CHUNK: usize = 8;
/// What a file opens and ends with, around its data.
const OPENS: &str = "packSearch.pages(";
const ENDS: &str = ");\n";

/// Some pages of a pack that follow each other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pages {
    /// The documents that they are of, by their keys, with their titles.
    pub(super) documents: Vec<(String, String)>,
    pub(super) pages: Vec<Page>,
}

/// One page: its label, which of the documents it is of, and its words.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Page(
    pub(super) String,
    pub(super) Option<usize>,
    pub(super) String,
);

/// The file of a meeting that holds the words of some of its pages, from its folder.
pub(super) fn name(chunk: usize) -> String {
    format!("pages/{chunk}.js")
}

/// The files of the pages of a PDF of everybody's edition.
pub(in crate::site) fn of(map: &DocumentMap, bytes: &[u8]) -> Result<Vec<Output>, String> {
    let texts = pdf::page_texts(bytes);
    if texts.len() != map.pages {
        return Err(format!("{} could not be read again", map.path));
    }
    let chunks = texts.chunks(CHUNK).enumerate();
    chunks
        .map(|(chunk, texts)| {
            let mut pages = Pages::default();
            let mut last = None;
            for (within, text) in texts.iter().enumerate() {
                let at = chunk * CHUNK + within;
                let part = map.parts.iter().position(|part| {
                    (part.first_page..part.first_page + part.pages).contains(&(at + 1))
                });
                if part != last {
                    last = part;
                    let part = part.and_then(|part| map.parts.get(part));
                    let document = part.map(|part| (part.key.clone(), html::clean(&part.title)));
                    pages.documents.extend(document);
                }
                let label = map.labels.get(at).cloned().unwrap_or_default();
                let document = part.and_then(|_| pages.documents.len().checked_sub(1));
                pages.pages.push(Page(label, document, html::clean(text)));
            }
            pages.output(chunk)
        })
        .collect()
}

impl Pages {
    fn output(&self, chunk: usize) -> Result<Output, String> {
        let data = serde_json::to_string(self).map_err(|error| error.to_string())?;
        Ok(Output {
            name: name(chunk),
            bytes: format!("{OPENS}{}{ENDS}", html::in_script(&data)).into(),
        })
    }

    /// What a file holds.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let data = text.strip_prefix(OPENS)?.strip_suffix(ENDS)?;
        serde_json::from_str(data).ok()
    }
}
