//! The index that the search page looks words up in, without a server.
//!
//! It is made of small files that name a function of the page's script, since a page that was opened
//! from a folder may load scripts and nothing else. `2026/sc.js` knows on which pages of that year's
//! meetings the words that begin with "sc" stand; `meetings.js` knows whose pages those are; the words
//! of a meeting's pages lie beside its papers, to show what was found. Each year has files of its own,
//! so that a new paper leaves those of other years as they are.

mod pages;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::desk::{Record, page_of_body, page_of_member};
use super::outcome::SiteError;
use super::published::Published;
use crate::hex::hex;
use crate::html;
use crate::pipeline::manifest::Digest;
use crate::write::Output;
use pages::{CHUNK, Pages};

pub(super) use pages::of as pages_of;

/// The script of the search page.
const SCRIPT: &str = include_str!("../../../templates/site/search.js");
/// What is hashed with what an index is made of, and changed when its form is.
const FORM: &str = "3";

/// The index of each year by a hash of what it was made of.
pub(super) type Made = BTreeMap<String, String>;

/// What was found out of the files of a site.
pub(super) struct Index {
    pub(super) outputs: Vec<Output>,
    /// The files that are as they were.
    pub(super) kept: BTreeSet<String>,
    pub(super) made: Made,
}

/// What is at hand of a site while its index is made.
pub(super) struct Files<'a> {
    /// Its files, with their hashes.
    pub(super) now: &'a BTreeMap<String, Digest>,
    /// Those that it had the last time, and what its index was made of.
    pub(super) before: &'a BTreeMap<String, Digest>,
    pub(super) made: &'a Made,
    pub(super) bytes: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
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
    /// The number of its first page among those of its year, and how many it has.
    first: usize,
    pages: usize,
    /// The first page of each of its documents, counted from 0.
    parts: Vec<usize>,
}

/// Everything that the search page knows before it looks up a word.
#[derive(Serialize)]
struct All<'a> {
    meetings: Vec<Known<'a>>,
    /// The pages of bodies and members, by their names.
    names: Vec<(&'a str, String)>,
    /// The files of each year's index.
    files: BTreeMap<&'a str, Vec<&'a str>>,
}

/// The script of the search page, as it stands in it: the page's policy knows it by its hash, and what
/// it loads is let in with it.
pub(super) fn script() -> String {
    let lines = SCRIPT.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    lines.join("\n")
}

/// How many pages' words lie in one file.
pub(super) fn chunk() -> usize {
    CHUNK
}

/// The index of the site.
pub(super) fn all(record: &Record<'_>, files: &Files<'_>) -> Result<Index, SiteError> {
    let mut years: BTreeMap<String, Vec<&Published>> = BTreeMap::new();
    for meeting in record.meetings {
        let year = meeting.date.0.year().to_string();
        years.entry(year).or_default().push(meeting);
    }
    let mut index = Index {
        outputs: Vec::new(),
        kept: BTreeSet::new(),
        made: Made::new(),
    };
    for (year, meetings) in &years {
        let made_of = hash(meetings, files);
        let folder = format!("search/{year}/");
        let is_as_it_was = files.made.get(year) == Some(&made_of);
        index.made.insert(year.clone(), made_of);
        if is_as_it_was {
            let known = files.before.keys();
            let known = known.filter(|name| name.starts_with(&folder));
            index.kept.extend(known.cloned());
            continue;
        }
        let texts: Vec<Vec<Pages>> = meetings
            .par_iter()
            .map(|meeting| texts(meeting, files))
            .collect();
        let shards = words::shards(&texts);
        let written: Result<Vec<Output>, serde_json::Error> = shards
            .par_iter()
            .map(|(shard, words)| {
                let data = serde_json::to_string(words)?;
                let data = format!("\"{year}/{shard}\",{data}");
                Ok(written(format!("{folder}{shard}.js"), "words", &data))
            })
            .collect();
        index.outputs.extend(written?);
    }
    let meetings = meetings(record, &index)?;
    index.outputs.push(meetings);
    Ok(index)
}

fn written(name: String, call: &str, data: &str) -> Output {
    Output {
        name,
        bytes: format!("packSearch.{call}({});\n", html::in_script(data)).into(),
    }
}

/// The files that hold the words of a meeting's pages.
fn chunks(meeting: &Published) -> impl Iterator<Item = String> {
    let folder = meeting.folder();
    let pages = meeting.pdf.pages.unwrap_or_default();
    (0..pages.div_ceil(CHUNK)).map(move |chunk| format!("{folder}/{}", pages::name(chunk)))
}

/// A hash of everything that the index of some meetings is made of.
fn hash(meetings: &[&Published], files: &Files<'_>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(FORM);
    for name in meetings.iter().flat_map(|meeting| chunks(meeting)) {
        let known = files.now.get(&name).map(|digest| digest.sha256.as_str());
        hasher.update(format!("{name} {}\n", known.unwrap_or_default()));
    }
    hex(&hasher.finalize())
}

/// The pages of a meeting, as they were built now or the last time.
fn texts(meeting: &Published, files: &Files<'_>) -> Vec<Pages> {
    chunks(meeting)
        .map(|name| {
            let bytes = (files.bytes)(&name);
            let pages = bytes.and_then(|bytes| Pages::read(&bytes));
            pages.unwrap_or_default()
        })
        .collect()
}

/// The list of meetings.
fn meetings(record: &Record<'_>, index: &Index) -> Result<Output, SiteError> {
    let mut firsts: BTreeMap<i16, usize> = BTreeMap::new();
    let known = record.meetings.iter().map(|meeting| {
        let first = firsts.entry(meeting.date.0.year()).or_default();
        let pages = meeting.pdf.pages.unwrap_or_default();
        let said = record.languages.iter();
        let known = Known {
            id: &meeting.id,
            body: &meeting.body.name,
            date: meeting.date.to_string(),
            said: said
                .map(|words| words.composed().long_date(meeting.date.0))
                .collect(),
            page: &meeting.page.path,
            pdf: &meeting.pdf.path,
            first: *first,
            pages,
            parts: meeting.starts.clone(),
        };
        *first += pages;
        known
    });
    let known = known.collect();
    let mut names: Vec<(&str, String)> = Vec::new();
    let mut members: BTreeMap<&str, &str> = BTreeMap::new();
    for body in record.bodies() {
        names.push((&body.name, page_of_body(&body.id)));
        let seats = body.places.first().into_iter().flatten();
        for member in seats.flat_map(|places| &places.members) {
            let page = member.slug.as_deref();
            members.extend(page.map(|slug| (slug, member.name.as_str())));
        }
    }
    let members = members.into_iter();
    names.extend(members.map(|(slug, name)| (name, page_of_member(slug))));
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let outputs = index.outputs.iter().map(|output| &output.name);
    for name in outputs.chain(&index.kept) {
        let path = name.strip_prefix("search/");
        let path = path.and_then(|path| path.strip_suffix(".js")?.split_once('/'));
        if let Some((year, shard)) = path {
            files.entry(year).or_default().push(shard);
        }
    }
    files.values_mut().for_each(|shards| shards.sort_unstable());
    let all = All {
        meetings: known,
        names,
        files,
    };
    let name = "search/meetings.js".to_owned();
    Ok(written(name, "meetings", &serde_json::to_string(&all)?))
}
