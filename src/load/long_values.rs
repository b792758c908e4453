//! TOML values that are much too long for their key, such as a text that should be a separate file, or
//! one without its closing quotation mark.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

/// The most bytes of a text: anything longer is a paper. A title may be a string of the PDF, which PDF/A-2 allows
/// 32,767 (ISO 19005-2, 6.1.13).
const MOST_LETTERS: usize = 30_000;
/// The most entries of a list.
const MOST_ENTRIES: usize = 2_000;

/// A value that is too long, and its place.
pub(super) struct Long {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// What replaces it in a draft.
    pub(super) instead: &'static str,
}

/// The values of a document that are too long; `text` is what it was read from.
pub(super) fn find(document: &DeTable<'_>, text: &str) -> Vec<Long> {
    let mut found = Vec::new();
    let mut open: Vec<&TomlSpanned<DeValue<'_>>> = document.values().collect();
    while let Some(value) = open.pop() {
        let at = value.span();
        match value.get_ref() {
            DeValue::String(words) if words.len() > MOST_LETTERS => found.push(Long {
                at,
                message: format!(
                    "This text has {} letters, and none here has more than {MOST_LETTERS}",
                    words.chars().count()
                ),
                help: "Write it in a separate file, and name that as `source` or as an appendix",
                instead: "\"\"",
            }),
            DeValue::Array(entries)
                if entries.len() > MOST_ENTRIES && is_list(entries, text.get(at.clone())) =>
            {
                found.push(Long {
                    at,
                    message: format!(
                        "This list has {} entries, and none here has more than {MOST_ENTRIES}",
                        entries.len()
                    ),
                    help: "Put them all in a table (CSV), and name that as an appendix",
                    instead: "[]",
                });
            }
            DeValue::Array(entries) => open.extend(entries.iter()),
            DeValue::Table(table) => open.extend(table.values()),
            _ => {}
        }
    }
    found.sort_by_key(|long| long.at.start);
    found
}

/// Whether an array is written in one pair of brackets. Tables that each begin with a line `[[…]]` are
/// counted where they are read.
fn is_list(entries: &[TomlSpanned<DeValue<'_>>], written: Option<&str>) -> bool {
    let is_table = matches!(
        entries.first().map(TomlSpanned::get_ref),
        Some(DeValue::Table(_))
    );
    !(is_table && written.is_none_or(|it| it.starts_with("[[")))
}
