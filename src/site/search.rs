//! The index that the search page looks words up in, without a server.
//!
//! It is made of small files that name a function of the page's script, since a page that was opened
//! from a folder may load scripts and nothing else. `w/sc.js` knows on which pages the words that
//! begin with "sc" stand; `meetings.js` knows whose pages those are; the words of a meeting's pages
//! lie beside its papers, to show what was found.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::desk::Record;
use super::outcome::SiteError;
use super::published::Published;
use crate::html;
use crate::model::names::unaccented;
use crate::pdf;
use crate::pipeline::manifest::DocumentMap;
use crate::write::{Output, Publication};

/// The script of the search page.
const SCRIPT: &str = include_str!("../../templates/site/search.js");
/// The file of a meeting that holds the words of its pages.
const PAGES: &str = "pages.js";
/// What such a file opens and ends with, around its data.
const OPENS: &str = "packSearch.pages(";
const ENDS: &str = ");\n";
/// The shortest word that is looked up.
const SHORTEST: usize = 2;

/// The pages of a pack.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pages {
    /// The documents by their keys, with their titles.
    documents: Vec<(String, String)>,
    pages: Vec<Page>,
}

/// One page: its label, which of the documents it is of, and its words.
#[derive(Debug, Serialize, Deserialize)]
struct Page(String, Option<usize>, String);

impl Pages {
    /// The pages of a PDF of everybody's edition.
    pub(super) fn of(map: &DocumentMap, bytes: &[u8]) -> Self {
        let parts = map.parts.iter();
        let document = |page: usize| {
            map.parts
                .iter()
                .position(|part| (part.first_page..part.first_page + part.pages).contains(&page))
        };
        let pages = pdf::page_texts(bytes).into_iter().enumerate();
        Self {
            documents: parts
                .map(|part| (part.key.clone(), html::clean(&part.title)))
                .collect(),
            pages: pages
                .map(|(at, text)| {
                    let label = map.labels.get(at).cloned().unwrap_or_default();
                    Page(label, document(at + 1), html::clean(&text))
                })
                .collect(),
        }
    }

    /// The file that holds them.
    pub(super) fn output(&self) -> Result<Output, String> {
        let data = serde_json::to_string(self).map_err(|error| error.to_string())?;
        Ok(Output {
            name: PAGES.to_owned(),
            bytes: format!("{OPENS}{}{ENDS}", html::in_script(&data)).into(),
        })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let data = text.strip_prefix(OPENS)?.strip_suffix(ENDS)?;
        serde_json::from_str(data).ok()
    }
}

/// The pages of each meeting, as they were built now or the last time.
pub(super) fn texts(
    meetings: &[Published],
    built: &[Output],
    publication: &Publication,
) -> Vec<Pages> {
    meetings
        .iter()
        .map(|meeting| {
            let name = format!("{}/{PAGES}", meeting.folder());
            let fresh = built.iter().find(|output| output.name == name);
            let bytes = match fresh {
                Some(output) if !output.bytes.is_empty() => Some(output.bytes.to_vec()),
                Some(_) => publication.ahead(&name),
                None => publication.there(&name),
            };
            bytes
                .and_then(|bytes| Pages::read(&bytes))
                .unwrap_or_default()
        })
        .collect()
}

/// A meeting as the search page knows it.
#[derive(Serialize)]
struct Known<'a> {
    /// The name of its folder.
    id: &'a str,
    body: &'a str,
    date: String,
    said: Vec<String>,
    page: &'a str,
    pdf: &'a str,
    /// The number of its first page among those of all, and how many it has.
    first: usize,
    pages: usize,
}

/// The script of the search page, as it stands in it: the page's policy knows it by its hash, and what
/// it loads is let in with it.
pub(super) fn script() -> String {
    let lines = SCRIPT.lines().map(str::trim_end);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The list of meetings and the words.
pub(super) fn all(record: &Record<'_>, texts: &[Pages]) -> Result<Vec<Output>, SiteError> {
    let mut first = 0;
    let mut known = Vec::new();
    let mut starts = Vec::new();
    for (meeting, pages) in record.meetings.iter().zip(texts) {
        let said = record.languages.iter();
        known.push(Known {
            id: &meeting.id,
            body: &meeting.body.name,
            date: meeting.date.to_string(),
            said: said
                .map(|words| words.composed().long_date(meeting.date.0))
                .collect(),
            page: &meeting.page.path,
            pdf: &meeting.pdf.path,
            first,
            pages: pages.pages.len(),
        });
        starts.push(first);
        first += pages.pages.len();
    }
    let written = |name: String, call: &str, data: &str| Output {
        name,
        bytes: format!("packSearch.{call}({});\n", html::in_script(data)).into(),
    };
    let mut outputs = vec![written(
        "search/meetings.js".to_owned(),
        "meetings",
        &serde_json::to_string(&known)?,
    )];
    for (shard, words) in shards(texts, &starts) {
        let data = serde_json::to_string(&(&shard, &words))?;
        let name = format!("search/w/{shard}.js");
        outputs.push(written(name, "words", &data));
    }
    Ok(outputs)
}

type Words = BTreeMap<String, Vec<usize>>;

/// The words by how they begin, each with its pages: the first, and from each to the next.
fn shards(texts: &[Pages], starts: &[usize]) -> BTreeMap<String, Words> {
    let found: Vec<Words> = texts
        .par_iter()
        .zip(starts)
        .map(|(pages, start)| {
            let mut words = Words::new();
            for (at, page) in pages.pages.iter().enumerate() {
                let distinct: BTreeSet<String> = words_of(&page.2).collect();
                for word in distinct {
                    words.entry(word).or_default().push(start + at);
                }
            }
            words
        })
        .collect();
    let mut shards: BTreeMap<String, Words> = BTreeMap::new();
    for words in found {
        for (word, pages) in words {
            let shard = shards.entry(shard(&word)).or_default();
            shard.entry(word).or_default().extend(pages);
        }
    }
    for pages in shards.values_mut().flat_map(BTreeMap::values_mut) {
        for at in (1..pages.len()).rev() {
            pages[at] -= pages[at - 1];
        }
    }
    shards
}

/// The words of a text as they are looked up.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let plain = unaccented(text);
    let words: Vec<String> = plain
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// The file of a word: its first two characters where they are plain.
fn shard(word: &str) -> String {
    let beginning = word.chars().take(2);
    beginning
        .map(|character| match character {
            'a'..='z' | '0'..='9' => character,
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_on_its_pages_whatever_its_accents() {
        let page = |text: &str| Page("1".to_owned(), None, text.to_owned());
        let pages = |texts: &[&str]| Pages {
            documents: Vec::new(),
            pages: texts.iter().map(|text| page(text)).collect(),
        };
        let texts = [
            pages(&["Schools, and schooling", "Ŷd a gwenith"]),
            pages(&["The schools’ places: a 5 % rise", "Schools"]),
        ];
        let shards = shards(&texts, &[0, 2]);
        assert_eq!(shards["sc"]["schools"], [0, 2, 1]);
        assert_eq!(shards["sc"]["schooling"], [0]);
        assert_eq!(shards["yd"]["yd"], [1]);
        assert!(!shards.contains_key("a"), "a letter is no word");
    }
}
