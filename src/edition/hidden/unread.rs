//! What is hidden of a pack that could not be read: nobody knows its access, but its texts say which
//! tables have an `access` that is not public.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Hidden;
use crate::finding::{FileId, Files, Span};
use crate::model::SourceName;

/// A line that withholds what it stands in.
static WITHHOLDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?m)^\s*["']?access["']?\s*=\s*["']?(?:exempt|confidential)"#).ok()
});
/// A line that puts an item into a part of the agenda.
static IN_PART: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^\s*part\s*=").ok());

/// What is hidden, as far as it can be told: the items whose tables, or tables inside, withhold
/// something, and every file that is named there or withholds itself.
pub(super) fn hidden(files: &Files) -> Hidden {
    let matches = |pattern: &LazyLock<Option<Regex>>, text: &str| {
        // What cannot be looked for is taken to be there.
        pattern
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(text))
    };
    let mut ranges = Vec::new();
    let mut named = String::new();
    for (id, file) in files
        .iter()
        .filter(|(_, file)| file.path.ends_with(".toml"))
    {
        let tables = tables(id, &file.text);
        let text = |span: &Span| file.text.get(span.range()).unwrap_or_default();
        let private_part = tables.iter().any(|table| {
            text(table).trim_start().starts_with("[[part]]") && matches(&WITHHOLDS, text(table))
        });
        let withheld = tables.iter().filter(|table| {
            let text = text(table);
            text.trim_start().starts_with("[[item]]")
                && (matches(&WITHHOLDS, text) || private_part && matches(&IN_PART, text))
        });
        for table in withheld {
            named.push_str(text(table));
            ranges.push(*table);
        }
    }
    let open: BTreeSet<SourceName> = files
        .iter()
        .filter(|(_, file)| !matches(&WITHHOLDS, &file.text))
        .map(|(_, file)| SourceName(file.path.clone()))
        .filter(|name| !named.contains(name.file_name()))
        .collect();
    Hidden {
        any: !ranges.is_empty() || open.len() < files.iter().count(),
        names: quoted(&named),
        ranges,
        open,
    }
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
fn quoted(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let says = [
            "title",
            "heading",
            "file",
            "source",
            "sources",
            "alternative",
            "alt",
        ];
        if says.contains(&key.trim()) {
            let pieces = value.split(['"', '\'']).map(str::trim);
            names.extend(
                pieces
                    .filter(|piece| piece.len() >= super::SHORTEST)
                    .map(str::to_lowercase),
            );
        }
    }
    names
}
