//! Keys and tables that may appear more than once.

/// The key for several of what a key takes one of.
pub(super) fn several(key: &str) -> Option<&'static str> {
    (key == "source").then_some("sources")
}

/// The tables that a key in the plural is meant for: "members" for each `[[member]]`.
pub(super) fn meant_tables(key: &str) -> Option<&'static str> {
    const PLURALS: [(&str, &str); 11] = [
        ("members", "member"),
        ("councillors", "member"),
        ("copies-to", "copy"),
        ("distribution", "copy"),
        ("items", "item"),
        ("agenda", "item"),
        ("agenda-item", "item"),
        ("business", "item"),
        ("parts", "part"),
        ("appendices", "appendix"),
        ("notices", "notice"),
    ];
    PLURALS
        .iter()
        .find(|(plural, _)| *plural == key)
        .map(|(_, one)| *one)
}

/// The name in double brackets of the tables under a key, in a table called `what`.
pub(super) fn header(key: &str, what: &str) -> String {
    match (what, key) {
        ("this item", "item" | "appendix") => format!("item.{key}"),
        _ => key.to_owned(),
    }
}
