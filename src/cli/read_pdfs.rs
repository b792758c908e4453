//! What `pack check` says about how the text of PDFs was read: text that could not be read has not been
//! checked.

use std::collections::BTreeMap;

use crate::model::{Meeting, TextRead};

/// How the text of each PDF of some meetings was read, by its path.
pub(super) fn of<'m>(meetings: impl Iterator<Item = &'m Meeting>) -> BTreeMap<&'m str, TextRead> {
    let documents = meetings.flat_map(|meeting| meeting.documents().into_iter());
    documents
        .filter_map(|standing| standing.document.pdf())
        .map(|document| (document.source.0.as_str(), document.text_read()))
        .collect()
}

/// The same in a line; nothing where there are none.
pub(super) fn said(read: &BTreeMap<&str, TextRead>) -> Option<String> {
    let of = |how: TextRead| -> Vec<&str> {
        let files = read.iter().filter(|(_, own)| **own == how);
        files.map(|(path, _)| *path).collect()
    };
    let named = |how: TextRead, words: &str| {
        let files = of(how);
        (!files.is_empty()).then(|| format!("{words}: {}", files.join(", ")))
    };
    let certain = of(TextRead::Certain).len();
    let parts = [
        (certain > 0).then(|| format!("{certain} read by their tags")),
        named(TextRead::ByMachine, "read from the pages alone"),
        named(TextRead::InPart, "read in part, and not checked"),
        named(TextRead::Not, "not read"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("text of PDFs: {}", parts.join("; ")))
}
