//! Words and relationships as the parts of a Word file have them.

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

/// Words as XML has them.
pub(super) fn escaped(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\n' | '\t' => plain.push(' '),
            letter if letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}
