//! Text and relationships in the XML of a Word file.

use crate::load::xml;

/// The namespace of relationships.
pub(super) const OFFICE: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A relationship of a part.
pub(super) fn lead(id: &str, kind: &str, target: &str, outside: bool) -> String {
    let mode = if outside {
        r#" TargetMode="External""#
    } else {
        ""
    };
    format!(
        r#"<Relationship Id="{}" Type="{OFFICE}/{kind}" Target="{}"{mode}/>"#,
        escaped(id),
        escaped(target)
    )
}

/// Text for XML, without line ends and control characters.
pub(super) fn escaped(words: &str) -> String {
    let plain: String = words
        .chars()
        .filter_map(|letter| match letter {
            '\n' | '\t' => Some(' '),
            letter => (!letter.is_control()).then_some(letter),
        })
        .collect();
    xml::escaped(&plain)
}
