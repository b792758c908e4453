//! What is hidden of a pack that could not be read: nobody knows its access, but its texts say which
//! tables have an `access` that is not public.

use std::collections::BTreeSet;

use crate::finding::{FileId, Files, Span};
use crate::model::SourceName;

/// Names shorter than this say nothing.
const SHORTEST: usize = 4;

/// What is hidden, as far as texts tell.
pub(super) struct Told {
    /// The items whose tables, or tables inside, withhold something.
    pub(super) ranges: Vec<Span>,
    /// The files that neither withhold themselves nor are named there.
    pub(super) open: BTreeSet<SourceName>,
    /// What is called something there, in small letters.
    pub(super) names: BTreeSet<String>,
    /// Whether anything is hidden at all.
    pub(super) any: bool,
}

/// Reads what the texts of a pack say is not public.
pub(super) fn told(files: &Files) -> Told {
    let mut ranges = Vec::new();
    let mut named = String::new();
    let agendas = files.iter();
    for (id, file) in agendas.filter(|(_, file)| file.path.ends_with(".toml")) {
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
    Told {
        any: !ranges.is_empty() || open.len() < files.iter().count(),
        names: names(&named),
        ranges,
        open,
    }
}

/// What stands behind a key, on each line that has it.
fn values<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = &'t str> {
    text.lines().filter_map(move |line| {
        let (before, value) = line.split_once('=')?;
        (before.trim().trim_matches(['"', '\'']) == key).then_some(value)
    })
}

/// Whether a text has a line that withholds what it stands in.
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
    let said = pieces
        .map(str::trim)
        .filter(|piece| piece.len() >= SHORTEST);
    said.map(str::to_lowercase).collect()
}
