//! What is hidden of a pack that could not be loaded: its access is unknown, but the text of its files
//! shows which tables have an `access` that is not public.

use std::collections::BTreeSet;

use super::hidden::{Hidden, SHORTEST};
use crate::finding::{FileId, Files, Span};
use crate::model::{Audience, Meeting, SourceName};

impl Hidden {
    /// What is hidden from the public of a pack; where it could not be loaded, what the text of its
    /// files says is not public.
    pub fn where_told(meeting: Option<&Meeting>, files: &Files) -> Self {
        match meeting {
            Some(meeting) => Self::of(meeting, Audience::Public),
            None => told(files),
        }
    }
}

/// What the text of a pack's files says is not public.
fn told(files: &Files) -> Hidden {
    let mut ranges = Vec::new();
    let mut named = String::new();
    for (id, file) in files
        .iter()
        .filter(|(_, file)| file.path.ends_with(".toml"))
    {
        let tables = tables(id, &file.text);
        let text = |span: &Span| file.text.get(span.range()).unwrap_or_default();
        let private_part = tables
            .iter()
            .map(text)
            .any(|table| table.trim_start().starts_with("[[part]]") && withholds(table));
        let withheld = tables.iter().filter(|table| {
            let table = text(table);
            let in_part = private_part && values(table, "part").next().is_some();
            table.trim_start().starts_with("[[item]]") && (withholds(table) || in_part)
        });
        for table in withheld {
            named.push_str(text(table));
            ranges.push(*table);
        }
    }
    let open: BTreeSet<SourceName> = files
        .iter()
        .filter(|(_, file)| !withholds(&file.text))
        .map(|(_, file)| SourceName(file.path.clone()))
        .filter(|name| !named.contains(name.file_name()))
        .collect();
    Hidden {
        any: !ranges.is_empty() || open.len() < files.iter().count(),
        names: names(&named),
        ranges,
        open,
    }
}

/// The value of a key on each line that has it.
fn values<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = &'t str> {
    text.lines().filter_map(move |line| {
        let (before, value) = line.split_once('=')?;
        (before.trim().trim_matches(['"', '\'']) == key).then_some(value)
    })
}

/// Whether a text has a line that withholds the table or file that it is in.
fn withholds(text: &str) -> bool {
    values(text, "access").any(|value| value.contains("exempt") || value.contains("confidential"))
}

/// The items and parts of an agenda's text, each from its head to the next one.
fn tables(file: FileId, text: &str) -> Vec<Span> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let head = line.trim_start();
        if head.starts_with("[[item]]")
            || head.starts_with("[[part]]")
            || head.starts_with("[[copy]]")
        {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let spans = starts.iter().zip(ends);
    spans
        .map(|(start, end)| Span::new(file, *start, end))
        .collect()
}

/// The texts between quotation marks that name something: titles and files.
fn names(text: &str) -> BTreeSet<String> {
    let keys = [
        "title",
        "heading",
        "file",
        "source",
        "sources",
        "alternative",
        "alt",
    ];
    let values = keys.iter().flat_map(|key| values(text, key));
    let pieces = values.flat_map(|value| value.split(['"', '\'']));
    let names = pieces
        .map(str::trim)
        .filter(|piece| piece.chars().count() >= SHORTEST);
    names.map(str::to_lowercase).collect()
}
