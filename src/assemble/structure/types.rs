//! The types of elements: the standard ones, and which of them a file's own type stands for.

use lopdf::{Dictionary, Object};

use crate::assemble::entries::Entries;

/// The longest chain of a file's own types.
const MOST_ROLES: usize = 64;
/// The standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4). A role map must not change them.
const STANDARD: [&str; 49] = [
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// Whether a type is one of PDF 1.7 itself.
pub(in crate::assemble) fn is_standard(role: &[u8]) -> bool {
    STANDARD.iter().any(|standard| standard.as_bytes() == role)
}

/// The end of a chain of role mappings, if it is a standard type.
pub(in crate::assemble) fn end_of_roles<'a>(
    roles: &'a Dictionary,
    start: &'a [u8],
) -> Option<&'a [u8]> {
    let mut role = start;
    for _ in 0..MOST_ROLES {
        match roles.get(role) {
            Ok(Object::Name(next)) if !is_standard(role) => role = next,
            _ => break,
        }
    }
    is_standard(role).then_some(role)
}

/// The type of an element after the file's role map, which may also change standard types.
pub(super) fn standard_type<'a>(roles: &'a Dictionary, element: &'a Entries) -> Option<&'a [u8]> {
    let mut kind = element.get(b"S")?.as_name().ok()?;
    for _ in 0..MOST_ROLES {
        match roles.get(kind) {
            Ok(Object::Name(next)) => kind = next,
            _ => break,
        }
    }
    Some(kind)
}
