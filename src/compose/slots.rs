//! Slots: the places in words that are filled with page numbers once pages have been counted.

use std::collections::BTreeMap;

/// The name of the slot for the last page number of a part: "Pages 45 to 60".
pub fn last_page_of(key: &str) -> String {
    format!("{key}!last")
}

/// The name of the slot for a number of the standard edition, in a re-flowed one.
pub fn standard_number_of(slot: &str) -> String {
    format!("{slot}!standard")
}

/// The place that the number in a slot is about: "item-4" for "item-4!last".
pub fn place_of(slot: &str) -> &str {
    slot.split('!').next().unwrap_or(slot)
}

/// The slots whose numbers some words print: `{page}` is the number at the anchor, and `{standard}`
/// that of the standard edition.
pub fn slots_in(anchor: &str, words: &str) -> impl Iterator<Item = String> {
    let own = words.contains("{page}").then(|| anchor.to_owned());
    let standard = words
        .contains("{standard}")
        .then(|| standard_number_of(anchor));
    own.into_iter().chain(standard)
}

/// Words with the numbers of their slots filled in.
pub fn filled(anchor: &str, words: &str, numbers: &BTreeMap<String, String>) -> String {
    let number = |slot: &str| numbers.get(slot).map_or("", String::as_str);
    words
        .replace("{page}", number(anchor))
        .replace("{standard}", number(&standard_number_of(anchor)))
}
