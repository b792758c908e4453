//! Words and relationships as the parts of a Word file have them.

use crate::load::xml;

/// The space of relationships.
pub(super) const OFFICE: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Where a part leads.
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

/// Words as XML has them, without line ends and characters that control a device.
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
